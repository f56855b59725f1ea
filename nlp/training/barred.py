"""Words that no model may learn: names of faiths, of peoples and of outlets, and what stands for them.

They are looked for in the words of a model, not in the office's own cues: a cue of topics.yaml says what a
subject is about and is written, seen and answered for by people.
"""

from __future__ import annotations

from collections.abc import Iterable

from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from nlp.text import fold

_FAITHS = (
    "tin lành|công giáo|thiên chúa|thiên chúa giáo|phật|phật giáo|đạo phật|hồi giáo|đạo hồi|cơ đốc|"
    "cơ đốc giáo|ki tô|kitô|kitô giáo|do thái|do thái giáo|ấn giáo|ấn độ giáo|cao đài|hòa hảo|"
    "chính thống giáo|anh giáo|hà mòn|đề ga|giáo dân|phật tử|con chiên|islam|sunni|shiite|catholic|"
    "catholics|protestant|protestants|evangelical|buddhist|buddhists|buddha|muslim|muslims|islamic|"
    "christian|christians|jewish|hindu|hindus|adventist|baptist|mormon|bahai|baha i|cao dai|hoa hao"
)
_PEOPLES = (
    "jrai|jơ rai|gia rai|jarai|j rai|bahnar|ba na|bana|banar|ê đê|ede|rade|xê đăng|xơ đăng|sedang|"
    "m nông|mnông|mơ nông|giẻ triêng|chăm|cham|hrê|hre|h rê|k ho|cơ ho|h mông|hmông|mông|thái|tày|nùng|"
    "dao|mường|hoa|khmer|khơ me|kinh|người thượng|thượng|montagnard|montagnards|dega|degar|highlander|"
    "highlanders|người kinh|người việt|người hoa|do thái|ả rập|arab|arabs|kurd|người kurd|digan|roma"
)
_OUTLETS = (
    "nhân dân|vnexpress|tuổi trẻ|thanh niên|người lao động|nlđ|nld|dân trí|tiền phong|lao động|"
    "sài gòn giải phóng|sggp|vietnamnet|việt báo|ttxvn|vov|vtv|reuters|afp|ap|bbc|cnn|rfa|voa|rfi|"
    "xinhua|tân hoa xã|itar tass|new york times|washington post|guardian|vnexpress net|theo vnexpress|"
    "theo tuổi trẻ|theo thanh niên"
)
_GRAMMAR_VI = (
    "và của là các những một có được trong cho với khi đã đang sẽ này đó thì mà như từ đến tại ở về vào ra "
    "lên xuống trên dưới theo để do vì nên bị rằng cũng còn đều chỉ mới lại rất hơn nhiều ít đây kia ai gì "
    "nào sao nhưng hay hoặc nếu tuy bởi qua sau trước giữa cùng nhau mình họ ông bà anh chị tôi chúng ta nó "
    "vẫn phải không chưa rồi thế vậy vừa mỗi mọi từng cả đi"
)
# One syllable of these is an everyday word of its own, and only a pair tells a faith, a people or an outlet.
_CUT = "…"
_EVERYDAY = frozenset(["thái", "hoa", "kinh", "thượng", "mông", "phật", "dao", "chăm", "ap"]) - {"phật"}


def is_barred(term: str) -> bool:
    """Whether a syllable or pair of syllables, with its marks or without, names a faith, people or outlet,
    or holds such a name. A beginning ("budd…") or an ending is barred when such a name has it.
    """
    if _CUT in term:
        return any(name.startswith(term[:-1]) or name.endswith(term[1:]) for name in _BARRED)
    return any(form in _BARRED for form in _within(term))


def is_empty(term: str) -> bool:
    """Whether every syllable of a term is a word of grammar, in Vietnamese (with its marks or without) or
    English: such words tell a style, a language or a source, never a subject.
    """
    return all(syllable in _GRAMMAR for syllable in term.split())


def without_barred(terms: Iterable[str]) -> list[str]:
    """The terms that may be learned, in their order."""
    return [term for term in terms if not is_barred(term)]


def _within(term: str) -> set[str]:
    return {term, *term.split()}


def _forms(joined: str) -> set[str]:
    names = {name for name in joined.split("|") if name not in _EVERYDAY}
    return names | {fold(name).text for name in names if " " in name or len(fold(name).text) > 3}


_GRAMMAR = ENGLISH_STOP_WORDS | {form for word in _GRAMMAR_VI.split() for form in (word, fold(word).text)}
_BARRED = frozenset(_forms(_FAITHS) | _forms(_PEOPLES) | _forms(_OUTLETS))
