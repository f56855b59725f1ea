"""General press words that support a topic of topics.yaml, and cues of it so common that they say little.

The office's cues are about the province; the words here are those of any newspaper on the subject, written by
us after reading half A of the labelled articles. A topic without an entry has its cues only.
"""

from __future__ import annotations

from functools import cache

_SUPPORT_VI = {
    "T00": (
        "bóng đá; cầu thủ; trận đấu; bàn thắng; vòng đấu; tỷ số; tỉ số; HLV; tiền đạo; tiền vệ; hậu "
        "vệ; thủ môn; trọng tài; đội bóng; đội tuyển; mùa giải; giải vô địch; SEA Games; bán kết; "
        "chung kết; ghi bàn; cúp quốc gia; vận động viên; huy chương vàng; ngoại hạng Anh; marathon"
    ),
    "T01": (
        "phân giới; cắm mốc; đường biên giới; khu vực biên giới; cửa khẩu; đồng biên giới; đường tuần "
        "tra biên giới; hiệp định biên giới; biên phòng toàn dân; giao lưu biên giới; lễ hội vùng "
        "biên; tỉnh biên giới; huyện biên giới; tuyến biên giới; vùng biên giới; cư dân biên giới; chợ "
        "biên giới; chợ cửa khẩu; biên mậu; bảo vệ biên giới; quản lý biên giới; Ban Biên giới; hoạch "
        "định biên giới; hiệp ước biên giới; biên giới trên đất liền"
    ),
    "T02": (
        "chủ quyền biển đảo; tàu thuyền; ngư trường; đánh bắt xa bờ; thuyền viên; hải phận; lãnh hải; "
        "vùng đặc quyền kinh tế; quần đảo"
    ),
    "T03": (
        "Phật tử; hòa thượng; thượng tọa; giáo hội; giáo dân; Thiên Chúa giáo; Hồi giáo; Giáo hoàng; "
        "giám mục; Tòa Thánh; Vatican; thánh lễ; tu sĩ; tăng ni; đức tin; nhà thờ; linh mục; mục sư; "
        "giáo phái; theo đạo; truyền đạo; chức sắc; lễ Giáng sinh; nhà nguyện"
    ),
    "T04": (
        "vi phạm nhân quyền; nhân quyền Việt Nam; danh sách các nước đặc biệt quan tâm; Cao ủy; "
        "UNHCR; người tị nạn; người hồi hương; hồi hương; tù nhân lương tâm; bất đồng chính kiến; tự "
        "do; quyền tự do; tự do dân chủ; quyền công dân; quyền phụ nữ; quyền trẻ em; tù chính trị; tra "
        "tấn; dân quyền; Đạo luật Nhân quyền; Ngoại trưởng Mỹ; phân biệt đối xử; ân xá quốc tế; vượt "
        "biên"
    ),
    "T05": (
        "dân tộc; người dân tộc; Ê Đê; Xê Đăng; M'nông; Mơ Nông; Giẻ Triêng; Jơ Rai; Tây Nguyên; bản "
        "làng; buôn; trưởng bản; thôn bản; đoàn kết các dân tộc; cử tuyển; sử thi; Đê Ga; Đề Ga; Dega"
    ),
    "T06": (
        "gỗ lậu; lâm trường; khai thác gỗ; kiểm lâm; phá rừng; rừng; đốn hạ; quyền sử dụng đất; đền "
        "bù; giải tỏa; quy hoạch đất; đất rừng; thu hồi; khoáng sản; mỏ; sổ hồng; giao đất; đất ở; "
        "chặt phá; ha đất; gỗ quý; quặng"
    ),
    "T07": (
        "công an; cảnh sát; bắt giữ; bắt khẩn cấp; tạm giữ; bị bắt; bị cáo; bị can; phiên tòa; tuyên "
        "phạt; tù giam; năm tù; hung thủ; nghi can; đối tượng; điều tra; vụ án; truy tố; lừa; chiếm "
        "đoạt; trộm; cướp giật; đâm; chém; giết; án mạng; hung khí; côn đồ; hàng lậu; nhập lậu; xuất "
        "lậu; gian lận thương mại; ma túy; heroin; mại dâm; tội phạm; vi phạm pháp luật; tử vong; tai "
        "nạn; xe khách; tông; lâm tặc; chống trả; hành hung; bắt cóc; tham ô; TAND; VKSND; viện kiểm "
        "sát; đường dây; hải quan; xăng dầu lậu; thuốc lá lậu; trốn thuế; tử hình; buôn bán"
    ),
    "T08": (
        "công ty; dự án; tập đoàn; tỷ đồng; vốn đầu tư; thị trường; ngân hàng; cổ phiếu; cổ phần; nhà "
        "máy; công trình; hợp đồng; giá; kinh doanh; sản xuất; thương mại; thi công; khu đô thị; nhà "
        "thầu; xăng dầu; kim ngạch; hàng hóa; nhập khẩu; chứng khoán; lợi nhuận; doanh thu; bất động "
        "sản; thuế; kinh tế; cao tốc"
    ),
    "T09": (
        "nông sản; trồng trọt; cây trồng; vụ mùa; vật nuôi; gia súc; gia cầm; thủy sản; người trồng; "
        "thu hoạch; giống; phân bón; thuốc trừ sâu; vụ đông xuân; nông hộ; năng suất; cây mía; cây "
        "tiêu; rau; trái cây"
    ),
    "T10": (
        "văn hóa; du khách; thác; danh lam thắng cảnh; tour; nghệ sĩ; ca sĩ; nghệ thuật; âm nhạc; "
        "phim; diễn viên; đạo diễn; nhà văn; nhà thơ; bảo tàng; kiến trúc; khai quật; cổ vật; hiện "
        "vật; dân gian; sử thi; tượng; nghệ nhân; biểu diễn; festival; sân khấu; ca khúc; tác phẩm; "
        "lữ hành; khu nghỉ dưỡng; danh thắng; di tích; khám phá; truyền thuyết; phong tục; thời "
        "trang; hoa hậu; triển lãm; UNESCO; khảo cổ học"
    ),
    "T11": (
        "bác sĩ; bệnh nhân; điều trị; ca mắc; Covid 19; SARS CoV 2; vắc xin; tiêm; sở y tế; bộ y tế; "
        "đại học; thí sinh; kỳ thi; sinh viên; lớp học; phòng học; hiệu trưởng; giáo dục; phụ huynh; "
        "tốt nghiệp; xét nghiệm; cách ly; ca mổ; phẫu thuật; người nghèo; thu nhập; mưu sinh; từ "
        "thiện; làm thuê; khám bệnh; viêm não; cúm gia cầm; H5N1; người lao động; bảo hiểm; học bổng; "
        "điểm chuẩn; tư vấn mùa thi; trẻ; sức khỏe"
    ),
    "T12": (
        "động vật; quý hiếm; voi; hổ; loài; sinh thái; bảo tồn; môi trường; mưa lớn; lũ; ngập; vỡ "
        "đập; gió giật; dự báo thời tiết; tuyệt chủng; khí tượng thủy văn; nắng nóng; triều cường; "
        "vườn quốc gia; nguồn nước"
    ),
    "T13": (
        "cán bộ; Đại hội Đảng; dự thảo; Bộ Chính trị; Ban Chấp hành; đại biểu; HĐND; cử tri; Quốc "
        "hội; luật; nghị định; chính phủ; hối lộ; tham ô; thất thoát; làm trái; lợi dụng chức vụ; vi "
        "phạm quy định; sai phạm; cách chức; khiển trách; cảnh cáo; đảng viên; nguyên giám đốc; "
        "nguyên phó; tiếp tay; bao che; bầu cử; báo cáo chính trị; thiếu trách nhiệm; công chức; thủ "
        "tục"
    ),
    "T14": (
        "chuyến thăm; thăm chính thức; hội đàm; Thủ tướng; Chủ tịch nước; Bộ Ngoại giao; quan hệ song "
        "phương; quan hệ hai nước; hai nước; tuyên bố chung; thỏa thuận; hiệp định; Tổng thống; đại "
        "sứ quán; Hoa Kỳ; Mỹ; Liên Hợp Quốc; LHQ; Việt kiều; người Việt ở nước ngoài; hợp tác; quốc "
        "tế; nhà tài trợ; EU; EC; Ngân hàng Thế giới; dioxin; chất độc da cam; song phương; bang "
        "giao; thế giới; ngoại trưởng; nước ngoài; tài trợ"
    ),
    "T15": (
        "phản hồi bạn đọc; báo chí; nhà báo; mạo danh phóng viên; giả danh nhà báo; tòa soạn; thông "
        "tin sai lệch; truyền thông; mạng xã hội; không đúng sự thật; thông tin sai; tung tin; vu "
        "khống; phóng viên giả; đài truyền hình"
    ),
}
_SUPPORT_EN = {
    "T00": (
        "football; soccer; goalkeeper; defender; league; coach; match; season; cup final; SEA Games; athlete"
    ),
    "T01": "border; border residents; border patrol; demarcation; border province; border area",
    "T02": "fishing boat; vessels; sea; islands; coast; maritime; crew",
    "T03": (
        "religious; church; faith; Christians; Christian; believers; congregations; Buddhism; "
        "Vatican; bishop; monk"
    ),
    "T04": (
        "rights; rights group; UN experts; jailed; imprisoned; activists; freedoms; asylum; refugees; "
        "detained; torture"
    ),
    "T05": "ethnic; minorities; Montagnards; villagers; Central Highlands; tribes; hill tribe",
    "T06": "forest; timber; logging; land; mine; loggers; farmland; forest land",
    "T07": (
        "crime; criminals; arrest; arrests; detained; suspect; suspects; jailed; prison; killed; "
        "attack; gang; drugs; smuggled; smugglers; trafficking; investigation; indicted; charged; "
        "fraud; stabbed; accident; crash; gunmen"
    ),
    "T08": (
        "company; companies; project; projects; billion; million; market; economy; economic; "
        "businesses; industry; construction; exports; imports; plant; energy; capital; shares; "
        "revenue"
    ),
    "T09": (
        "farm; farms; crop; crops; harvest; farming; agricultural; growers; plantation; livestock; "
        "rice; cattle"
    ),
    "T10": (
        "culture; cultural; visitors; travel; art; artists; music; film; traditional; heritage site; "
        "festivals; dance"
    ),
    "T11": (
        "patients; doctors; disease; covid 19; vaccine; education; pupils; university; teachers; "
        "poor; medical; clinic"
    ),
    "T12": (
        "flooding; floods; rain; rains; storms; landslides; environment; environmental; species; dam; "
        "polluted"
    ),
    "T13": (
        "officials; government; party; chairman; secretary; policy; merger; administrative; bribes; "
        "disciplined; leaders"
    ),
    "T14": (
        "foreign minister; prime minister; president; relations; visit; cooperation; agreement; "
        "embassy; talks; donors"
    ),
    "T15": "media; reporters; newspaper; false information; rumours; social media; fake; misinformation",
}
# Cues of the topics, then supporting words that nearly every page has.
_WEAK_VI = (
    "UBND tỉnh; HĐND tỉnh; Tỉnh ủy; người phát ngôn; họp báo; phóng viên; nhà báo; xét xử; Campuchia; "
    "Lào; Hàn Quốc; Nhật Bản; ASEAN; đầu tư; doanh nghiệp; tăng trưởng; lao động; học sinh; trẻ em; "
    "việc làm; tổ chức phi chính phủ; biên giới; bộ đội biên phòng; đồn biên phòng; bò; heo; lúa; "
    "mía; sắn; tôm; chuối; cà phê; cao su; nông nghiệp; nông dân; chùa; bão; cướp; thiệt hại; dân "
    "chủ; bầu cử; đồng bào; xác minh; phản hồi thông tin; quy hoạch tỉnh; thanh tra; kỷ luật; tiêu "
    "cực; lãng phí; đoàn công tác; hợp tác xã; Quy Nhơn; trường học; xuất khẩu; du lịch; HAGL; Hoàng "
    "Anh Gia Lai; bầu Đức; thủy điện; hồ chứa; bồi thường; đất đai; dự đoán; người Thượng; tòa án "
    "nhân dân; công ty; dự án; tỷ đồng; giá; kinh doanh; sản xuất; thị trường; thế giới; quốc tế; Mỹ; "
    "Thủ tướng; đại biểu; luật; chính phủ; cán bộ; đối tượng; điều tra; công an; tử vong; tai nạn; "
    "dân tộc; Tây Nguyên; rừng; văn hóa; tự do; lừa; tiêm; trẻ; hợp tác; nước ngoài; thỏa thuận; "
    "loài; giống; rau; phim; báo chí; truyền thông; giết; đâm; buôn; thuế; kinh tế; tư nhân; môi "
    "trường; thu nhập; sức khỏe; tài trợ; truy tố; thu hồi; mỏ; đại học; nghệ thuật; khám phá; tác "
    "phẩm; vi phạm quy định; xăng dầu; thương mại; nhập khẩu; hợp đồng; công trình; ngân hàng; hải "
    "quan; cửa khẩu; buôn bán; người lao động; Hoa Kỳ; hai nước; hàng hóa; tượng; lũ; hồ tiêu; chăn "
    "nuôi"
)
_WEAK_EN = (
    "court; trial; growth; export; student; school; jobs; children; wanted; police; journalist; "
    "spokesperson; Laos; Cambodia; weapons; protest; damage; waste; visit; rights; land; border; "
    "officials; government; company; companies; project; projects; million; billion; market; party; "
    "media; match; season; sea; attack; poor; forest; travel; art; film; music; talks; rain; policy; "
    "leaders; president; capital; industry; economic; match; preview; transfer; storm"
)


@cache
def support_words(topic: str, language: str) -> tuple[str, ...]:
    """The supporting words of a topic id in "vi" or "en"; none for a topic that is not known here."""
    table = _SUPPORT_VI if language == "vi" else _SUPPORT_EN
    return tuple(word.strip() for word in table.get(topic, "").split(";") if word.strip())


@cache
def weak_words(language: str) -> frozenset[str]:
    """Small-letter phrases that say little alone."""
    return frozenset(w.strip().lower() for w in (_WEAK_VI if language == "vi" else _WEAK_EN).split(";"))
