"""Words that carry a judgement, of either side. They may tag a topic and nothing else.

From the office's own rule: cues such as "xuyên tạc" or "crackdown" must never feed a claim's score, a figure
or a flag.
"""

from __future__ import annotations

import re

from ahocorasick_rs import AhoCorasick

from nlp.patterns import searchable, whole_words
from nlp.text import Folded, fold, substitute

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
# With the space before it, or at a beginning the one behind it: the rest reads as if it had not been there.
_WITH_SPACE = re.compile(rf"[ \u00a0]{_PATTERN.pattern}|{_PATTERN.pattern}[ \u00a0]*", re.IGNORECASE)


def blank(text: str) -> str:
    """Text -> the same length of text with every loaded word as spaces, so that offsets stay true."""
    return _PATTERN.sub(lambda hit: " " * len(hit[0]), text) if may_hold(text) else text


def take_out(text: str) -> Folded:
    """Text -> it without loaded words and the space that came with each, and the way back."""
    return substitute(text, _WITH_SPACE, lambda _: "") if may_hold(text) else Folded(text, text)


def may_hold(text: str) -> bool:
    """Whether a text may hold a loaded word: few do, and this tells much faster than the pattern."""
    return bool(_QUICK.find_matches_as_indexes(searchable(text).replace("\u00a0", " ")))
