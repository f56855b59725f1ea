"""Word lists behind the features of check-worthiness, Vietnamese and English; phrases parted by `|`."""

from __future__ import annotations

LISTS = {
    "agency": (
        "UBND|ủy ban nhân dân|HĐND|hội đồng nhân dân|công an|bộ|sở|cục|chi cục|tòa án|viện kiểm sát|"
        "thanh tra|chính phủ|thủ tướng|quốc hội|bộ đội|biên phòng|bệnh viện|trường|tỉnh ủy|tỉnh uỷ|"
        "thành ủy|ban chỉ đạo|kiểm lâm|công ty|tập đoàn|tổng công ty|hạt kiểm lâm|cảnh sát|cơ quan|"
        "ngân hàng|hiệp hội|lực lượng|huyện ủy|ministry|police|government|court|department|committee|"
        "congress|administration|agency|company|hospital|senate|university|bank|army|president|party|"
        "united nations|council|province|authorities"
    ),
    "act": (
        "bắt|bắt giữ|tạm giam|khởi tố|truy tố|xét xử|tuyên phạt|phát hiện|phê duyệt|ký|ký kết|khánh thành|"
        "khai trương|khai mạc|khởi công|xây dựng|đầu tư|chi|thu|thu hồi|phá|chặt|khai thác|vận chuyển|chết|"
        "tử vong|thiệt mạng|bị thương|sập|cháy|nổ|ngập|tăng|giảm|chiếm|đạt|xuất khẩu|nhập khẩu|cấp|hỗ trợ|"
        "trao|trao tặng|bổ nhiệm|miễn nhiệm|cách chức|kỷ luật|quyết định|ban hành|yêu cầu|thông qua|"
        "công bố|ghi nhận|vi phạm|xử phạt|tổ chức|diễn ra|xảy ra|tiếp nhận|hoàn thành|đưa vào|chuyển giao|"
        "chỉ đạo|triển khai|thực hiện|cam kết|cấm|gây ra|điều tra|chở|bán|mua|nhận|dừng|hủy|sa thải|"
        "giải cứu|sơ tán|di dời|killed|died|arrested|charged|sentenced|approved|signed|built|invested|"
        "spent|cut|raised|increased|decreased|doubled|passed|voted|vetoed|created|lost|won|sold|bought|"
        "banned|reported|opened|closed|fell|rose|grew|dropped|proposed|supported|opposed|ended|gave|added|"
        "paid|reduced|produced|sent|took|made|started|has been|have been|was|were|had"
    ),
    "comparison": (
        "nhất|hơn|so với|gấp|gấp đôi|cao hơn|thấp hơn|nhiều hơn|ít hơn|bằng|kỷ lục|đầu tiên|duy nhất|"
        "hầu hết|phần lớn|một nửa|tất cả|mọi|more|less|most|least|highest|lowest|largest|higher|lower|than|"
        "record|first|every|all|only|never|worst|best|biggest|greatest|fewer|increase|decrease|half|"
        "percent|double|same"
    ),
    "hedge": (
        "có thể|có lẽ|dường như|hình như|nhiều khả năng|chắc|chắc là|được cho là|nghi|ước chừng|may|might|"
        "maybe|perhaps|possibly|probably|seems|seem|could|would"
    ),
    "opinion": (
        "nên|cần phải|phải là|đáng|đáng tiếc|tuyệt vời|rất|đẹp|tốt|xấu|thú vị|hấp dẫn|tin rằng|hy vọng|"
        "mong|nghĩ|cảm thấy|thích|yêu|ghét|tuyệt|thật|hạnh phúc|buồn|vui|đặc biệt|quan trọng|bức xúc|ấm áp|"
        "khá|vô cùng|think|believe|hope|feel|should|ought|great|good|bad|wonderful|terrible|beautiful|must|"
        "want|like|love|wish|important|wrong|right|know|need|let|going to|try|sure|glad|proud|thank|tell|"
        "understand"
    ),
    "forecast": ("sẽ|dự kiến|dự báo|sắp tới|thời gian tới|will|shall|expected to|forecast|plan to"),
    "first person": (
        "tôi|chúng tôi|ta|chúng ta|mình|bọn mình|i|we|our|my|me|us|i'm|i've|we're|we've|i'd|let's"
    ),
    "second person": ("bạn|các bạn|hãy|đừng|quý khách|you|your|please|yourself|you're"),
    "general": (
        "thường|thông thường|ngày xưa|luôn|chẳng hạn|nếu|khi nào|đôi khi|nhiều người|ai cũng|con người|"
        "chúng ta|if|usually|often|sometimes|generally|always|when|everybody|people"
    ),
    "past": ("đã|vừa|từng|được|bị|since|ago|last|years"),
    "done": ("đã|từng|had|has|have"),
    "public matter": (
        "ngân sách|dự án|công trình|doanh nghiệp|hộ dân|hộ nghèo|gói thầu|đấu thầu|chủ đầu tư|đất|đất đai|"
        "rừng|lâm tặc|khoáng sản|nước thải|ô nhiễm|thuế|học phí|viện phí|lương|nợ lương|bảo hiểm|trợ cấp|"
        "đền bù|bồi thường|tái định cư|thu hồi|giải tỏa|quy hoạch|giấy phép|trái phép|sai phạm|vi phạm|"
        "khiếu nại|tố cáo|tham ô|hối lộ|tham nhũng|lừa đảo|chiếm đoạt|ma túy|buôn lậu|vụ án|bị can|bị cáo|"
        "nghi phạm|nạn nhân|tai nạn|hỏa hoạn|bão|lũ|lũ quét|sạt lở|động đất|hạn hán|dịch|dịch bệnh|ca mắc|"
        "bệnh nhân|vắc-xin|tử vong|bạo lực|đình công|biểu tình|luật|nghị quyết|nghị định|quy định|hiệp định|"
        "thỏa thuận|hợp đồng|xuất khẩu|nhập khẩu|sản lượng|doanh thu|lợi nhuận|lạm phát|lãi suất|giá xăng|"
        "biên giới|vượt biên|chủ quyền|bầu cử|đại biểu|cử tri|cán bộ|quan chức|thí sinh|tuyển sinh|"
        "thất nghiệp|lao động|công nhân|nông dân|ngư dân|cứu trợ|nguy cơ|tax|taxes|budget|deficit|debt|jobs|"
        "unemployment|inflation|economy|trade|wages|income|poverty|spending|crime|drugs|drug|law|laws|bill|"
        "amendment|treaty|nuclear|weapons|troops|soldiers|war|oil|energy|schools|medicare|social security|"
        "health care|insurance|immigration|border|land|forest|election|court|corruption|pollution|victims"
    ),
    "play and show": (
        "trận|trận đấu|bàn thắng|tỉ số|tỷ số|hiệp một|hiệp hai|hiệp đầu|cầu thủ|thủ môn|tiền đạo|hậu vệ|"
        "tiền vệ|huấn luyện viên|hlv|trọng tài|đối thủ|sân khách|sân nhà|đội khách|đội chủ nhà|vô địch|"
        "ghi bàn|bóng đá|võ sĩ|tay vợt|ca sĩ|ca khúc|bài hát|diễn viên|bộ phim|phim|nhân vật|nhạc sĩ|"
        "vai diễn|khán giả|người hâm mộ|sân khấu|tiểu thuyết|cuốn sách|bức tranh|trò chơi|game|màn hình|"
        "phiên bản|camera|hoa hậu|người mẫu|nghệ sĩ|thảm đỏ|album|mv|striker|goalkeeper|midfielder|"
        "singer|actor|"
        "actress|movie|novel"
    ),
    "everyday life": (
        "mẹ|bố|cha|ba mẹ|bố mẹ|vợ|chồng|con gái|con trai|bà ngoại|bà nội|em gái|em trai|anh em|bạn bè|"
        "bạn trai|bạn gái|cưới|yêu|tình yêu|gia đình tôi|bữa cơm|bếp|nhà rông|nhà sàn|lễ hội|truyền thuyết|"
        "ngày xưa|hồi nhỏ|thời thơ ấu|cô gái|chàng trai|cậu bé|cô bé|món|món ăn|rau|nước chấm|thói quen|"
        "tâm sự|im lặng|nụ cười|nước mắt|trái tim|my wife|my husband|my mother|my father|my kids|my family"
    ),
}
VALUES = (
    "nên|cần|cần phải|phải|không được phép|không thể chấp nhận|có quyền|xứng đáng|đáng lẽ|should|"
    "ought|must|need to|needs to|have to|has to|deserve|deserves|got to"
)
MONTHS = (  # without those that are as often a person's name
    "January|February|March|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday|"
    "Friday|Saturday|Sunday"
)
AGENCY_NAMES = (
    "UBND|HĐND|MTTQ|CSGT|Ủy ban|Uỷ ban|Hội đồng|Công an|Sở|Bộ|Cục|Chi cục|Tòa án|Toà án|Viện kiểm sát|"
    "Thanh tra|Chính phủ|Thủ tướng|Quốc hội|Tỉnh ủy|Ban chỉ đạo|Công ty|Tập đoàn|Tổng công ty|Bệnh viện|"
    "Ngân hàng|Ministry|Police|Government|Court|Department|Committee|Congress|Administration|"
    "Senate|Council|University"
)
# What is looked for by patterns or taken out is asked for in the same pass: without one of these words it
# cannot be there.
TOLD = (
    "cho biết|cho hay|cho rằng|khẳng định|xác nhận|thông báo|nói rằng|tuyên bố|thừa nhận|báo cáo|cáo buộc|"
    "tố cáo|phản ánh|bác bỏ|phủ nhận|kết luận rằng|nêu rõ|said|says|reported|confirmed|announced|told|stated|"
    "alleged|claimed|denied|acknowledged|admitted|accused|found that"
)
ACCOUNTS = f"theo|according to|{TOLD}"
GUARDS = {
    "account": ACCOUNTS,
    "day": "ngày|tháng|năm|quý|hôm qua|hôm nay|sáng|chiều|tối|đêm",
    "calendar": (
        "january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|"
        "wednesday|thursday|friday|saturday|sunday|yesterday|last year|last month|years ago|hôm qua|"
        "năm ngoái|năm nay"
    ),
}
