"""Named features of a sentence: what makes it checkable, or opinion, forecast or question.

Each feature is a question a reader can answer; none asks who says it, of whom, or in what tone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from nlp.loaded import LOADED, blank
from nlp.wordlists import WordLists
from store.types import Quantity

_LISTS = {
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
}
_WRITTEN = ("opinion", "first person", "second person")  # without their marks these words are others
# What is looked for by patterns or taken out is asked for in the same pass: without one of these words it
# cannot be there.
_ACCOUNTS = (
    "theo|according to|cho biết|cho hay|khẳng định|xác nhận|thông báo|nói rằng|tuyên bố|thừa nhận|báo cáo|"
    "cáo buộc|said|says|reported|confirmed|announced|told|stated|alleged|claimed"
)
_GUARDS = {
    "loaded": "|".join(LOADED),
    "account": _ACCOUNTS,
    "day": "ngày|tháng|năm|quý|hôm qua|hôm nay|sáng|chiều|tối|đêm",
    "calendar": (
        "january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|"
        "wednesday|thursday|friday|saturday|sunday|yesterday|last year|last month|years ago|hôm qua|"
        "năm ngoái|năm nay"
    ),
}
_WORDS = WordLists(_LISTS | _GUARDS, only_as_written=(*_WRITTEN, "account", "day", "calendar"))
_ACCOUNT = WordLists({"account": _ACCOUNTS}, only_as_written=("account",))
_ATTRIBUTION = re.compile(
    r"(?<!\w)(?P<phrase>"
    r"(?:theo|Theo)\s(?!dõi|đuổi|học|hình|đó|kiểu|tôi|chúng|mình|cách|phương|hướng|quy|luật)[^,;:.()\n]{3,70}|"
    r"(?:According|according) to [^,;:.()\n]{3,70}|"
    r"[^,;:.()\n]{3,80}?\s(?:cho biết|cho hay|khẳng định|xác nhận|thông báo|nói rằng|tuyên bố|thừa nhận|"
    r"báo cáo|cáo buộc|"
    r"said|says|reported|confirmed|announced|told|stated|alleged|claimed)(?!\w))"
)
_DAY = re.compile(r"(?<!\w)(?:ngày|tháng|năm|quý|hôm qua|hôm nay|sáng|chiều|tối|đêm)\s+\d")
_DATE_IN_DIGITS = re.compile(r"\d{1,2}[/.-]\d{1,2}|(?:19|20)(?<!\d\d\d)\d\d(?!\d)")
_CALENDAR = re.compile(
    r"(?<!\w)(?:January|February|March|April|June|July|August|September|October|November|December|Monday|Tuesday|"
    r"Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|last year|last month|years ago|hôm qua|năm ngoái|"
    r"năm nay)(?!\w)"
)
# It begins with the space, so that everything else is passed over quickly.
_NAME = re.compile(r" (?<=[\w,(“\"] )(?:[A-ZĐÀ-ỸƠƯĂÂÊÔ][\w.-]*)(?: [A-ZĐÀ-ỸƠƯĂÂÊÔ][\w.-]*){0,5}")
_DIGIT = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTE_OPEN = "\"“‘«'-–"
_QUOTED = re.compile(r"[\"“][^\"”]*(?:[\"”]|$)")
_SEVEN_WORDS = re.compile(r"\W*+(?:\w++\W++){6}\w")  # possessive, so that it looks once at each character

COUNTED = (
    "figure",
    "number",
    "name",
    "act",
    "opinion",
)  # features that count to three, the others are yes or no


def find_features(sentence: str, *, quantities: tuple[Quantity, ...], has_place: bool) -> dict[str, float]:
    """One sentence, its quantities and whether it names a place of the gazetteer -> features by name, 0 to 1.

    Loaded words are taken out first: with and without them a sentence has the same features.
    """
    text, met = _read(sentence)
    quoted = sum(len(hit) for hit in _QUOTED.findall(text)) / max(1, len(text))
    numbers = len(_DIGIT.findall(text))
    counts = {
        "figure": len(quantities),
        "number": numbers,
        "name": len(_NAME.findall(text)),
        "act": met.get("act", 0),
        "opinion": met.get("opinion", 0),
    }
    found = {name: min(count, 3) / 3 for name, count in counts.items()}
    found |= {
        "place": float(has_place),
        "date": float(_has_date(text, met, has_digits=numbers > 0)),
        "agency": float("agency" in met),
        "comparison": float("comparison" in met),
        "attribution": float("account" in met and bool(find_attribution(text))),
        "past": float("past" in met),
        "hedge": float("hedge" in met),
        "forecast": float("forecast" in met and "done" not in met),
        "first person": float("first person" in met),
        "second person": float("second person" in met),
        "general": float("general" in met),
        "question": float("?" in text[-3:]),
        "quoted speech": float(quoted > 0.5 or text[:1] in _QUOTE_OPEN),
        "fragment": float(_SEVEN_WORDS.match(text) is None or text[-1:] not in '.!?…”"'),
    }
    return found


def find_attribution(sentence: str) -> str:
    """A sentence -> the words that say by whose account it stands ("theo UBND tỉnh…"), as written; "" if
    none.
    """
    if not _ACCOUNT.find(sentence):
        return ""
    hit = _ATTRIBUTION.search(sentence)
    return hit["phrase"].strip() if hit else ""


def _read(sentence: str) -> tuple[str, dict[str, int]]:
    """A sentence -> it without loaded words and with even spaces, and how often each list is met in it."""
    text = " ".join(sentence.split())
    met = _WORDS.count(text)
    if "loaded" in met:
        text = " ".join(blank(sentence).split())
        met = _WORDS.count(text)
    return text, met


def _has_date(text: str, met: Mapping[str, int], *, has_digits: bool) -> bool:
    if has_digits and (_DATE_IN_DIGITS.search(text) or ("day" in met and _DAY.search(text))):
        return True
    return "calendar" in met and _CALENDAR.search(text) is not None
