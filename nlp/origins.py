"""Whose report an article passes on, where it says so itself: "Theo TTXVN", "According to Reuters". Pure.

Found by the words alone, not by a list of outlets in the catalogue: an outlet's own name never decides.
"""

from __future__ import annotations

import re

from nlp.text import fold

_HEAD, _TAIL = 300, 160  # characters of an article where it names whom it has its report from
_CAP = r"[A-ZĐ][\w&.-]*"
# Agencies are named in articles without the word "agency"; a name here says whose report it is, nothing more.
_AGENCIES = (
    r"TTXVN|Thông tấn xã Việt Nam|Vietnam News Agency|VNA|VietnamPlus|Reuters|AFP|AP|Associated Press|"
    r"Tân Hoa xã|Tân Hoa Xã|Xinhua|Kyodo|Yonhap|Bloomberg|TASS|dpa|EFE|ANSA|UPI|PTI|Bernama"
)
_OUTLET = (
    rf"(?:[Bb]áo(?: điện tử)?|[Tt]ờ|[Đđ]ài|[Tt]rang(?: tin)?|[Hh]ãng(?: tin| thông tấn)?|[Tt]ạp chí)"
    rf"\s(?!cáo\b){_CAP}(?:\s{_CAP}){{0,3}}"
)
_CITES = re.compile(
    rf"(?:(?<!\w)[Tt]heo(?: tin| thông tin)?(?: từ| của)?|(?<!\w)dẫn (?:lời|tin|nguồn|lại)(?: từ| của)?|"
    rf"(?<!\w)[Nn]guồn(?: tin)?\s?:)\s?(?P<vi>{_AGENCIES}|{_OUTLET})(?!\w)"
)
_CITES_EN = re.compile(
    rf"(?:[Aa]ccording to|[Cc]iting|[Rr]eported by|[Ss]ource:)\s(?:the\s)?(?P<en>{_AGENCIES})(?!\w)|"
    rf"(?<!\w)(?P<said>{_AGENCIES})\s(?:reported|reports|said)(?!\w)"
)
_SIGNED = re.compile(rf"\(\s?(?P<signed>{_AGENCIES})\s?\)")
_SAME = {
    "thong tan xa viet nam": "ttxvn",
    "vietnam news agency": "ttxvn",
    "vna": "ttxvn",
    "vietnamplus": "ttxvn",
    "associated press": "ap",
    "xinhua": "tan hoa xa",
}


def find_origin(sentence: str, text: str) -> str:
    """A sentence and its article's text -> whose report it says it passes on, as written; "" for nobody's."""
    return _named(sentence) or _named(text[:_HEAD]) or _named(text[-_TAIL:])


def origin_key(name: str) -> str:
    """A name as written -> the same for its other names: TTXVN and Vietnam News Agency are one."""
    folded = fold(name).text.removeprefix("bao dien tu ").removeprefix("bao ").strip(" .")
    return _SAME.get(folded, folded)


def _named(text: str) -> str:
    for pattern in (_CITES, _CITES_EN, _SIGNED):
        hit = pattern.search(text)
        if hit:
            return next(name for name in hit.groupdict().values() if name).strip(" .")
    return ""
