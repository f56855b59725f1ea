"""Words by which a sport item, a company item and a local authority are known, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nlp.surface import Surface
from nlp.wordlists import WordLists

_SPORT = """
bóng đá; v league; v leagues; vleague; hlv; huấn luyện viên; cầu thủ; trận đấu; bàn thắng; tỷ số; tỉ
số; vòng đấu; tiền đạo; tiền vệ; hậu vệ; trung vệ; thủ môn; trọng tài; clb; câu lạc bộ; đội tuyển;
đội bóng; giải vô địch; hạng nhất; sea games; chung kết; bán kết; tứ kết; đá phạt; penalty; ghi bàn;
cúp quốc gia; cup quốc gia; sân vận động; sân cỏ; vận động viên; vđv; lượt đi; lượt về; chân sút;
mùa giải; bóng chuyền; ngoại hạng; afc; fifa; u15; u16; u17; u18; u19; u20; u21; u22; u23; football;
soccer; midfielder; striker; goalkeeper; head coach; matchday; league; stadium; goal; goals;
fixture; club; bong da; cau thu; tran dau; ban thang; ty so; vong dau; tien dao; tien ve; hau ve;
thu mon; trong tai; doi bong; mua giai; huan luyen vien; giai vo dich; ghi ban
thi đấu; tay đua; cua rơ; cuarơ; đua xe đạp; chặng đua; đường đua; về đích; áo vàng; việt dã; marathon;
điền kinh; cầu lông; bóng bàn; quần vợt; bơi lội; cử tạ; võ sĩ; boxing; taekwondo; karate; judo; wushu;
muay; pencak silat; võ đài; huy chương vàng; hcv; hcb; hcđ; kỷ lục quốc gia; thể dục thể thao; tdtt;
đại hội thể thao; asiad; olympic; aff cup; world cup; giải đấu; giải đua; nhà thi đấu; đối thủ; đăng quang;
ngôi vô địch; nhà vô địch; á quân; suất dự; bảng xếp hạng; hiệp một; hiệp hai; bàn gỡ; thẻ đỏ; hạt giống;
tay vợt; kỳ thủ; billiards; futsal; tennis; badminton; volleyball; cyclist; cyclists; cycling; runner;
runners; athlete; athletes; medal; medals; gold medal; tournament; championship; champions; defender;
coach; players; penalties; kick off; boxer; thi dau; duong dua; viet da; dien kinh; vo si;
giai dau; bang xep hang; cđv; cổ động viên; champions league; thủ thành; cầu trường; đội khách; đội chủ nhà;
bán độ; hiệp 1; hiệp 2; vòng cấm; khung thành; sút xa; pha bóng; đường bóng; hat trick; tuyển thủ
"""
_COMPANY = """
cổ phiếu; cổ đông; cổ phần; trái phiếu; lợi nhuận; doanh thu; tập đoàn; chứng khoán; niêm yết; hag;
hng; hđqt; báo cáo tài chính; vốn hóa; công ty con; thị giá; phiên giao dịch; tổng tài sản; nợ vay;
share; shares; shareholders; bond; bonds; profit; profits; revenue; listed; stock; conglomerate; co
phieu; co dong; trai phieu; loi nhuan; tap doan; chung khoan
"""
_AUTHORITY = """
ubnd; hđnd; ủy ban nhân dân; hội đồng nhân dân; tỉnh ủy; thành ủy; huyện ủy; công an; cảnh sát;
tand; tòa án; vksnd; viện kiểm sát; viện ksnd; sở; bộ đội biên phòng; bđbp; bộ chỉ huy; hạt kiểm
lâm; ban; bệnh viện; chi cục; cục; đoàn đbqh; mttq; lãnh đạo; địa bàn; chủ tịch; bí thư; police;
authorities; people's committee; court; department; officials; cong an; toa an; lanh dao; dia ban;
bo doi bien phong
"""


def _listed(words: str) -> list[str]:
    return [word.strip() for word in words.replace("\n", " ").split(";")]


_LISTS = {"sport": "|".join(_listed(_SPORT)), "company": "|".join(_listed(_COMPANY))}
WORDS = WordLists(_LISTS, only_as_written=_LISTS)
# Up to the name: "Công an tỉnh Gia Lai", "Sở Y tế tỉnh Gia Lai", "lãnh đạo huyện Krông Pa".
_BEFORE_NAME = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(map(re.escape, _listed(_AUTHORITY)))})(?![^\W_])[^.,;()\n]{{0,32}}$"
)
_REACH = 44  # characters before a name in which its authority stands


def is_led_by_authority(text: Surface, starts: Iterable[int]) -> bool:
    """Whether a local authority's name leads up to one of the names that start there."""
    return any(_BEFORE_NAME.search(text.lower, max(0, at - _REACH), at) is not None for at in starts)
