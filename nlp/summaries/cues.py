"""Words and shapes by which a sentence is no summary: captions, appeals to readers, dangling beginnings."""

from __future__ import annotations

import re

from nlp.patterns import alternatives
from nlp.text import fold

_CAPTION = (
    "ảnh|ảnh minh họa|ảnh minh hoạ|ảnh chụp màn hình|ảnh tư liệu|đồ họa|đồ hoạ|video|clip|nguồn|nguồn ảnh|"
    "photo|photos|photo by|image|photograph|graphic|caption|courtesy|source|crédit|crédits|crédit photo|"
    "từ khóa|từ khoá|chủ đề|chuyên mục|thẻ|tags|tag|keywords|topics|mots-clés"
)
_APPEAL = (
    "xem thêm|đọc thêm|mời bạn đọc|mời quý vị|mời độc giả|mời các bạn|tin liên quan|"
    "bài liên quan|tin bài liên quan|"
    "bài viết liên quan|xem video|hotline|đường dây nóng của báo|liên hệ quảng cáo|quảng cáo|"
    "nội dung tài trợ|"
    "bấm vào|nhấn vào|tải ứng dụng|đăng ký nhận|đăng ký kênh|ưu đãi đặc biệt|khuyến mãi lớn|giảm giá đến|"
    "bản quyền thuộc|ghi rõ nguồn|không sao chép|toàn bộ nội dung|theo dõi chúng tôi|"
    "theo dõi báo|google news|"
    "chia sẻ bài viết|ý kiến bạn đọc|gửi bài viết|gửi bình luận|"
    "read more|see also|related articles|related stories|sign up|subscribe|newsletter|"
    "advertisement|sponsored|"
    "all rights reserved|follow us|click here|download the app|cookie policy|this article was|terms of use|"
    "share this article|your subscription|log in to|"
    "lire aussi|à lire aussi|lire également|voir aussi|abonnez-vous"
)
# Nothing of these says who or what is meant without the sentence before.
_PRONOUN_VI = (
    "ông ấy|ông này|ông ta|bà ấy|bà này|bà ta|anh ấy|anh này|anh ta|cô ấy|cô này|cô ta|chị ấy|chị này|chị ta|"
    "họ|nó|hắn|y|đây|đó|điều này|điều đó|điều ấy|việc này|việc đó|việc ấy|chuyện này|vụ này|"
    "vụ việc này|vụ án này|"
    "người này|người đó|nhóm này|nhóm người này|những người này|các đối tượng này|đối tượng này|số này|số đó|"
    "tại đây|ở đây|từ đây|từ đó|sau đó|trước đó|khi đó|lúc đó|lúc này|khi ấy|hiện tượng này|tình trạng này|"
    "theo đó|do đó|do vậy|vì vậy|vì thế|vì lẽ đó|bởi vậy|nhờ vậy|nhờ đó|như vậy|như thế|thế nhưng|tuy nhiên|"
    "tuy vậy|nhưng|song|còn|và|hay|hoặc|ngược lại|ngoài ra|bên cạnh đó|đồng thời|trong khi đó|"
    "mặt khác|hơn nữa|"
    "thậm chí|chưa kể|chưa hết|cùng với đó|cũng theo|trong đó|trong số đó|ngoài việc đó|qua đó|"
    "đến nay đã|cụ thể|"
    "theo ông này|theo bà này|nói về điều này|về vấn đề này|về việc này|liên quan đến việc này|"
    "với số tiền này|"
    "đặc biệt|được biết|trả lời câu hỏi này|kết quả này|con số này|hành vi này|khu vực này|nơi này|nơi đây|"
    "cùng ngày|cùng lúc|vậy|rồi|thì|nên"
)
_PRONOUN_EN = (
    "he|she|they|it|his|her|their|its|this|that|these|those|such|but|and|or|so|yet|however|"
    "meanwhile|moreover|"
    "furthermore|therefore|thus|also|besides|instead|nevertheless|nonetheless|otherwise|then|here|the latter|"
    "the former|in addition|as a result|for example|for instance|after that|before that|the same day|"
    "according to him|according to her|according to them|of these|among them|some of them|another|both|"
    "the other|others|too|as such|still"
)
# A form of address alone, without a name after it: "Ông cho biết" says of nobody in particular.
_ADDRESS_VI = "ông|bà|anh|chị|cô|chú|em|cháu|theo ông|theo bà|theo anh|theo chị"
_SPEAKER_VI = (
    "tôi|chúng tôi|ta sẽ|ta có|ta đã|chúng ta|chúng em|bọn tôi|mình|nhà tôi|gia đình tôi|"
    "con tôi|bạn|các bạn|hãy|đừng"
)
_SPEAKER_EN = "i|we|my|our|us|me|i'm|i've|we're|we've|you|your|let's|please"
_ACCOUNT = (
    "nói|cho biết|cho hay|cho rằng|khẳng định|xác nhận|nhấn mạnh|chia sẻ|phát biểu|nhận định|"
    "đánh giá|thông tin|"
    "trả lời|viết|kể|giải thích|bày tỏ|cảnh báo|kêu gọi|tuyên bố|thừa nhận|thông báo|báo cáo|"
    "cáo buộc|đề nghị|"
    "yêu cầu|phản ánh|lưu ý|phân tích|dẫn lời|theo|tâm sự|thổ lộ|chỉ ra|nêu|nêu rõ|ghi nhận|lo ngại|"
    "said|says|say|told|tells|wrote|writes|added|stated|stressed|noted|warned|claimed|claims|argued|argues|"
    "announced|confirmed|according to|reported|called|quoted|asked|alleged|declared|insisted|"
    "explained|believes|"
    "urged|described|replied|read|reads"
)
_OPINION = (
    "đáng tiếc|tuyệt vời|bức xúc|phẫn nộ|vô lý|bất công|đáng khen|đáng trách|đáng lo|thật sự|"
    "quả là|rõ ràng là|"
    "không thể chấp nhận|lẽ ra|đáng lẽ|thiết nghĩ|phải chăng|hoàn toàn sai|đáng xấu hổ|"
    "wonderful|terrible|outrageous|shameful|unacceptable|unfair|unjust|disgraceful|ought to|"
    "sadly|fortunately|"
    "unfortunately|clearly|undoubtedly|frankly|arguably"
)


def _starting(phrases: str, *, unaccented: bool) -> re.Pattern[str]:
    forms = [fold(each).text if unaccented else each for each in phrases.split("|")]
    return re.compile(rf"(?:{alternatives(forms, also_unaccented=False)})(?!\w)", re.IGNORECASE)


def _anywhere(phrases: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternatives(phrases.split('|'))})(?!\w)", re.IGNORECASE)


# Without their marks "họ", "đó", "cô" are other words as well: only in text that has no marks at all.
DANGLING = {bare: _starting(f"{_PRONOUN_VI}|{_PRONOUN_EN}", unaccented=bare) for bare in (False, True)}
ADDRESS = {bare: _starting(_ADDRESS_VI, unaccented=bare) for bare in (False, True)}
SPEAKER = {
    bare: re.compile(
        rf"(?<!\w)(?:{alternatives(forms, also_unaccented=False)})(?!\w)",
        re.IGNORECASE,
    )
    for bare, forms in (
        (False, [*_SPEAKER_VI.split("|"), *_SPEAKER_EN.split("|")]),
        # "toi", "minh", "ban" are too much else
        (True, ["chung toi", "chung ta", *_SPEAKER_EN.split("|")]),
    )
}
_POINTING_EN = (
    r"(?:in|at|on|after|before|for|with|during|by|from|since|despite|while|as|when|of|under) "
    r"(?:his|her|their|its|that|this|these|those|he|she|they|it)(?!\w)"
)
# "Dự án nói trên", "mục đích chuyến thăm lần này": a subject that the sentence before has named.
POINTING = {
    False: re.compile(
        r"(?:[^\s,]+ ){1,5}(?:này|đó|ấy|nói trên|kể trên|trên đây|trên (?:được|đã|là|có|đang|do))(?!\w)|"
        + _POINTING_EN,
        re.IGNORECASE,
    ),
    True: re.compile(r"(?:[^\s,]+ ){1,5}(?:noi tren|ke tren|tren day)(?!\w)|" + _POINTING_EN, re.IGNORECASE),
}
# Cut by a dot that ended nothing: "giữa Quảng Nam và B."
SEVERED = re.compile(r"(?<!\w)[A-ZĐ]\.$")
ACCOUNT = _anywhere(_ACCOUNT)
OPINION = _anywhere(_OPINION)
APPEAL = _anywhere(_APPEAL)
CAPTION = re.compile(
    rf"(?<!\w)(?:{alternatives(_CAPTION.split('|'))})\s*[:：]|"
    r"\((?:ảnh|anh|photo|image|video|clip|đồ họa)\b[^)]*\)|(?<!\w)getty images|\bAFP/|\bvia reuters\b|"
    r"[-–—]\s*ảnh (?-i:[^\W\d_a-zà-ỹ])",  # "- Ảnh Trần Mẫu", without a colon
    re.IGNORECASE,
)
# A credit behind a caption: what stands before it on its line is the caption.
CREDIT = re.compile(rf"[(\[]?(?:{alternatives(_CAPTION.split('|'))})\s*[:：]", re.IGNORECASE)
RELATED = re.compile(r"[>»›►▶→⇒☛✔]")  # the beginning of a link to another article
LISTED = re.compile(r"(?:\d{1,2}[.)]|[a-zđ]\))\s")  # hangs on what the list is of
ADDRESS_ON_THE_WEB = re.compile(
    r"https?://|www\.|[\w.+-]+@[\w-]+\.\w|"
    r"(?<!\d)(?:(?:0|\+84)\d(?:[ .]?\d){8,9}|1[89]00[ .]?(?:\d[ .]?){3,5}\d)(?!\d)"
)
QUESTION = re.compile(r"[?？][\"'”’»)\]]*$")
ENDED = re.compile(r"[.!…。！]+[/./]*[\"'”’»)\]]*(?:\s*\([^()]{1,30}\))?$")
# What stands before the news itself: "(Dân trí) - ", "TTO - ", "VOV.VN – ", "PLEIKU, Nov 9 (AP) - ".
DATELINE = re.compile(
    r"(?:\([^()\n]{2,40}\)|[A-ZĐ][A-ZĐ&.]{1,9}|[A-ZĐ]{3,}[^().\n]{0,40} \([^()\n]{2,20}\))\s*[-–—]+\s*(?=\w)"
)
