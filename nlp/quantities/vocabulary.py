"""What is counted and measured, in Vietnamese and English: canonical form -> phrases, parted by `|`.

Canonical forms are folded Vietnamese, so that an English and a Vietnamese report of one event can be
compared.
"""

from __future__ import annotations

from nlp.patterns import words_of

# normalised unit -> how it is written after a number
MEASURES = {
    "percentage point": "điểm phần trăm|điểm %|percentage points|percentage point",
    "percent": "%|phần trăm|percent|per cent|pct",
    "km2": "km²|km2|ki-lô-mét vuông|kilômét vuông|km vuông|square kilometers|square kilometres|sq km",
    "m2": "m²|m2|mét vuông|met vuông|square meters|square metres|sq m",
    "m3": "m³|m3|mét khối|cubic meters|cubic metres",
    "km": "km|ki-lô-mét|kilômét|cây số|kilometers|kilometres|kilometer|kilometre",
    "cm": "cm",
    "mm": "mm|milimét|mi-li-mét|millimeters|millimetres",
    "m": "m|mét|metres|meters|metre|meter",
    "ha": "ha|héc-ta|hecta|héc ta|hectares|hectare",
    "tonne": "tấn|tonnes|tons|tonne|metric tons",
    "kg": "kg|ki-lô-gam|kilôgam|cân|kilograms|kilos",
    "MW": "mw|megawatts|megawatt",
    "VND": "đồng|vnđ|vnd|đ|dong",
    "USD": "usd|đô la mỹ|đô-la mỹ|đô la|đô-la|us dollars|dollars|dollar",
    "EUR": "euro|eur|euros",
    "CNY": "nhân dân tệ|ndt|cny|tệ|yuan|renminbi",
    "KHR": "riel|khr|riels",
    "LAK": "kíp lào|kip lào|kíp|lak",
    "THB": "baht|bạt thái|thb",
    "JPY": "yên nhật|yên|jpy|yen",
    "KRW": "won|krw",
    # a sào is 360 m² in the north, 500 in the centre, 1,000 in the south: never set beside hectares
    "sao": "sào",
    "mau": "mẫu ruộng|mẫu đất|mẫu lúa",
}
OTHER_MONEY = "|".join(MEASURES[unit] for unit in ("USD", "EUR", "CNY", "KHR", "LAK", "THB", "JPY", "KRW"))
# Durations and marks of age are told of an event, but never compared: too much depends on the sentence.
DURATIONS = (
    "ngày|tháng|năm|giờ|phút|giây|tuần|tuổi|thập kỷ|thế kỷ|quý|đêm|buổi|lần|đời|thứ|độ|điểm|bàn|phẩy|"
    "giờ sáng|days|day|months|month|years|year|hours|hour|minutes|minute|seconds|weeks|week|decades|times|"
    "points|goals|am|pm|a.m|p.m|degrees|year-old"
)

# canonical noun -> phrases; what a count in persons is said of
PERSONS_VI = {
    "nguoi": "người|nạn nhân|người dân|người khác|dân thường|người nữa",
    "hoc sinh": "học sinh|em học sinh",
    "sinh vien": "sinh viên",
    "tre em": "trẻ em|trẻ|em nhỏ|cháu bé|cháu|em",
    "cong nhan": "công nhân",
    "lao dong": "lao động|người lao động",
    "giao vien": "giáo viên|thầy cô",
    "benh nhan": "bệnh nhân",
    "khach": "hành khách|du khách|khách du lịch|lượt khách|lượt du khách|khách",
    "can bo": "cán bộ|cán bộ chiến sĩ|cán bộ, chiến sĩ",
    "chien si": "chiến sĩ|chiến sỹ|bộ đội",
    "doi tuong": "đối tượng|nghi phạm|bị can|bị cáo",
    "tin do": "tín đồ|giáo dân|tín hữu",
    "dai bieu": "đại biểu",
    "ngu dan": "ngư dân|thuyền viên",
    "nhan khau": "nhân khẩu|khẩu",
    "phu nu": "phụ nữ",
    "thi sinh": "thí sinh",
}
PERSONS_EN = {
    "nguoi": "people|persons|person|victims|residents|villagers|civilians|others|deaths|fatalities|locals",
    "hoc sinh": "pupils|schoolchildren",
    "sinh vien": "students",
    "tre em": "children|child",
    "cong nhan": "workers|miners",
    "giao vien": "teachers",
    "benh nhan": "patients",
    "khach": "tourists|visitors|passengers",
    "chien si": "soldiers|troops",
    "doi tuong": "suspects|defendants",
    "tin do": "believers|worshippers|christians",
    "dai bieu": "delegates",
    "ngu dan": "fishermen|sailors|crew members",
    "phu nu": "women",
}
HOUSEHOLDS = "hộ gia đình|hộ dân|hộ nghèo|hộ cận nghèo|hộ|gia đình|households|household|families"
HOUSES = (
    "căn nhà|ngôi nhà|nóc nhà|nhà dân|nhà ở|nhà của người dân|căn nhà dân|ngôi nhà dân|nhà|căn|ngôi|"
    "houses|homes|house|dwellings"
)
# What begins with "nhà" and is no dwelling; each is counted as what it is.
NOT_HOUSES = (
    "bếp|kho|xưởng|máy|trường|trẻ|trọ|hàng|ga|xe|chờ|chùa|thờ|rông|văn hóa|vệ sinh|sinh hoạt|nghỉ|thuốc|"
    "thầu|đầu tư|báo|khoa học|nghiên cứu|văn|thơ|sư|giáo|nước|mạng|lưới|kính|màng|hát|tù|khách|nông|cung cấp|"
    "sản xuất|phân phối|quản lý|tài trợ|hảo tâm|vườn|để xe"
)
VEHICLES = {
    "o to": "ô tô|xe ô tô|xe hơi|cars|car",
    "xe may": "xe máy|xe mô tô|mô tô|motorbikes|motorcycles",
    "tau ca": "tàu cá|tàu thuyền|thuyền|tàu|boats|vessels|fishing boats",
    "xe": "xe|phương tiện|vehicles|xe tải|trucks",
}
CASES = {
    "vu": "vụ việc|vụ án|vụ|incidents",
    "ca": "trường hợp|ca bệnh|ca|cases|case",
}
# Classifiers carry no meaning of their own: "12 chiếc cầu" and "12 cầu" are the same.
CLASSIFIERS = ("con", "cái", "chiếc", "cây", "bộ", "quả", "bức", "tấm", "cuốn", "tuyến", "cơn", "đợt", "ngọn")

# canonical state -> phrases; what happened to what is counted
STATES_VI = {
    "chet": "chết|tử vong|thiệt mạng|tử nạn|bỏ mạng|qua đời|hy sinh|chết đuối|tử thương",
    "thuong vong": "thương vong",
    "bi thuong": "bị thương|bị thương tích",
    "bi thuong nang": "bị thương nặng|trọng thương",
    "bi thuong nhe": "bị thương nhẹ",
    "mat tich": "mất tích",
    "mac ket": "mắc kẹt",
    "ngo doc": "ngộ độc",
    "nhap vien": "nhập viện|phải cấp cứu",
    "duoc cuu": "được cứu|cứu sống|được giải cứu",
    "bi bat": "bị bắt|bắt giữ|bị bắt giữ|tạm giữ|bị tạm giữ|bị tạm giam|bắt",
    "bi khoi to": "bị khởi tố|khởi tố",
    "so tan": "sơ tán|được sơ tán",
    "di doi": "di dời|được di dời|tái định cư",
    "co lap": "cô lập|bị cô lập|bị chia cắt",
    "toc mai": "tốc mái|bay mái",
    "sap": "sập|bị sập|đổ sập|sập hoàn toàn|sụp đổ|đổ sụp",
    "hu hong": "hư hỏng|hư hại|bị hư hại",
    "thiet hai": "thiệt hại|bị thiệt hại|bị ảnh hưởng",  # what collapsed and what was damaged, together
    "hu hong nang": "hư hỏng nặng|thiệt hại nặng",
    "ngap": "ngập|ngập úng|ngập lụt|ngập nước|bị ngập",
    "cuon troi": "cuốn trôi|bị trôi|trôi",
    "chay": "bị cháy|cháy rụi|thiêu rụi|bốc cháy|cháy",
    "nhiem": "nhiễm|dương tính|mắc bệnh|mắc covid-19|nhiễm bệnh",
    "tro ve": "hồi hương|trở về",
    "mat trang": "mất trắng",
    "bi pha": "bị phá|bị chặt phá|bị phá trắng|bị đốn hạ|bị cưa hạ|bị triệt hạ",
    "hoan thanh": "hoàn thành",
}
STATES_EN = {
    "chet": "killed|dead|died|deaths|fatalities|killing|death",
    "bi thuong": "injured|wounded|hurt|injuring|injuries",
    "mat tich": "missing",
    "mac ket": "trapped|stranded",
    "nhap vien": "hospitalised|hospitalized",
    "ngo doc": "poisoned|food poisoning",
    "duoc cuu": "rescued",
    "bi bat": "arrested|detained|arresting|detaining",
    "so tan": "evacuated|evacuating",
    "di doi": "relocated|resettled|relocating",
    "co lap": "cut off|isolated",
    "toc mai": "unroofed|roofs blown off|lost their roofs|roof damage",
    "sap": "collapsed|destroyed|collapsing|destroying",
    "hu hong": "damaged|damaging",
    "thiet hai": "affected",
    "ngap": "flooded|inundated|submerged|flooding|submerging",
    "cuon troi": "swept away|washed away",
    "chay": "burned|burnt|burned down",
    "nhiem": "infected|tested positive",
}
# "12 houses at risk of collapse" have not collapsed.
UNREAL = "nguy cơ|thoát|suýt|không|chưa|tránh|at risk|risk|no|not|could|may|might|có thể|sẽ|nếu"

# canonical measured thing -> phrases that stand before the figure (or after an area)
MEASURED = {
    "thiet hai": "thiệt hại|tổn thất|damage|losses|damages",
    "von dau tu": "vốn đầu tư|tổng mức đầu tư|tổng vốn|tổng đầu tư|đầu tư|investment|invested",
    "kinh phi": "kinh phí|ngân sách thực hiện|chi phí|cost|costs",
    "ho tro": "hỗ trợ|trợ cấp|support|aid",
    "boi thuong": "bồi thường thiệt hại|bồi thường|đền bù thiệt hại|đền bù|compensation",
    "phat": "xử phạt|phạt|fined|fine",
    "doanh thu": "doanh thu|revenue",
    "loi nhuan": "lợi nhuận|profit",
    "thu ngan sach": "thu ngân sách|tổng thu ngân sách|budget revenue",
    "giai ngan": "giải ngân|disbursed|disbursement",
    "xuat khau": "kim ngạch xuất khẩu|xuất khẩu|exports|export turnover",
    "nhap khau": "kim ngạch nhập khẩu|nhập khẩu|imports",
    "san luong": "sản lượng|output",
    "nang suat": "năng suất|yield",
    "tang truong": "tốc độ tăng trưởng|tăng trưởng|grdp|gdp|growth",
    "ho ngheo": "tỷ lệ hộ nghèo|hộ nghèo|poverty rate",
    "dien tich": "diện tích|area",
    "chieu dai": "chiều dài|dài|length",
    "chieu cao": "chiều cao|cao",
    "chieu rong": "chiều rộng|rộng",
    "do sau": "độ sâu|sâu",
    "cong suat": "công suất|capacity",
    "gia": "giá bán|giá|price|prices",
    "menh gia": "mệnh giá|denomination",
    "luong mua": "lượng mưa|mưa|rainfall",
    "dan so": "dân số|population",
    "luong": "mức lương|lương|tiền lương|salary",
    "von": "vốn điều lệ|dư nợ|vay|loan",
    "quy mo": "quy mô",
    "cach": "cách|khoảng cách|distance",
    "ty le": "tỷ lệ|tỉ lệ|rate|share",
    "chiem doat": "chiếm đoạt|lừa đảo|tham ô",
}
# What begins like a measured thing and is another word: no height in a motorway, no wage in rice stores
NOT_MEASURED = (
    "cao tốc|cao nguyên|cao su|cao cấp|cao điểm|cao ốc|cao đẳng|cao tuổi|lương thực|lương tâm|giá trị|"
    "giá rét|dài hạn|cách mạng|cách ly|cách đây|cách thức|rộng rãi|sâu bệnh|mưa đá|phạt tù"
)
# words that carry no content of their own: a counted thing ends before one of them
STOP = words_of(
    "trong ở tại đã được bị là và của với cho để từ vào do theo có này khác trên về đến tới lên xuống ra "
    "qua thì mà nên nhưng cũng đang sẽ như khi nếu vì bởi những các một hai cùng còn chỉ hơn gần khoảng đó "
    "kia ấy nay rồi lại phải hay hoặc không chưa sau trước giữa ngoài dưới mỗi so đều vừa mới trở the a an "
    "of in on at by to from for with and or as were was is are be been have has had who which that this "
    "these those it its their his her after before over under into about than more less per not will would "
    "could between during while when where since until"
)
# Unaccented only where the bare word is not another word: "qua" and "chung" are no doubt.
CERTAINTY_BEFORE = {
    "about": (
        "trên dưới|khoảng|khoang|chừng|gần|gan|ngót|xấp xỉ|xap xi|ước tính|uoc tinh|ước|độ chừng|tương đương|"
        "about|around|nearly|almost|some|roughly|approximately|estimated|an estimated|close to"
    ),
    "at_least": (
        "hơn|hon|trên|tren|ít nhất|it nhat|tối thiểu|toi thieu|không dưới|khong duoi|không ít hơn|at least|"
        "more than|over|no fewer than|no less than|a minimum of"
    ),
    "at_most": (
        "tối đa|toi da|không quá|khong qua|không vượt quá|khong vuot qua|"
        "dưới|duoi|nhiều nhất|chưa đến|chưa tới|không hơn|up to|at most|"
        "no more than|fewer than|less than|under|below"
    ),
}
CERTAINTY_AFTER = {"at_least": "trở lên|or more", "at_most": "trở xuống|or less|or fewer"}
