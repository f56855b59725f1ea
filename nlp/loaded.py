"""Words that carry a judgement, of either side. They may tag a topic and nothing else.

From the office's own rule: cues such as "xuyên tạc" or "crackdown" must never feed a claim's score, a figure
or a flag.
"""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick

from nlp.patterns import searchable, whole_words
from nlp.text import fold

_JOINED = (
    "xuyên tạc|luận điệu|luận điệu xuyên tạc|diễn biến hòa bình|tà đạo|phản động|thế lực thù địch|"
    "các thế lực thù địch|thù địch|chống phá|bịa đặt|vu khống|vu cáo|bôi nhọ|kích động|lợi dụng|âm mưu|"
    "thủ đoạn|đàn áp|bức hại|cướp đất|ngang nhiên|trắng trợn|dã man|tàn bạo|bất chấp|trấn áp|man rợ|"
    "cực đoan|crackdown|crackdowns|land grab|land grabs|land-grabbing|persecution|persecuted|persecuting|"
    "repression|repressive|oppression|oppressive|brutal|brutally|regime|authoritarian|reactionary|"
    "hostile forces|so-called|notorious|draconian|ethnic cleansing|prisoners of conscience"
)
LOADED = tuple(_JOINED.split("|"))
_FORMS = tuple({form for word in LOADED for form in (word, fold(word).text)})
_QUICK = AhoCorasick(_FORMS)
_PATTERN = whole_words(_JOINED)


def blank(text: str) -> str:
    """Text -> the same length of text with every loaded word as spaces, so that offsets stay true."""
    # nearly no text holds one, and this tells much faster than the pattern
    if not _QUICK.find_matches_as_indexes(searchable(text).replace("\u00a0", " ")):
        return text
    return _PATTERN.sub(lambda hit: " " * len(hit[0]), text)
