"""What a figure belongs to, where its sentence says so: the price of what, a count of more than the other
counts, or two figures that each sentence gives to two owners. Pure.
"""

from __future__ import annotations

import re

from nlp.checks.scopes import Scope
from nlp.checks.statements import Statement
from nlp.patterns import words_of
from nlp.quantities.vocabulary import STOP
from nlp.text import fold

_BEFORE = 60  # characters before a figure that say of what it is
# "chỉ số giá nhóm nhiên liệu tăng 5,15%": what is priced stands between "giá" and the verb or figure
_PRICED = re.compile(
    r"(?<!\w)giá (?:(?:của|các|nhóm|mặt hàng|bán|mua|thu mua|nguyên liệu) )*"
    r"(?P<what>[^\W\d_]+(?: (?!tăng|giảm|đạt|là|ở|cũng|chỉ|từ|tháng|năm|quý|trong|bình|hiện)[^\W\d_]+)?)",
    re.IGNORECASE,
)
_NOT_PRICED = words_of(
    "tang giam dat la o cung chi tu khoang len xuong con trung tri ca thanh re cao thap hien duoc bi "
    "da se tren duoi gan hon"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def have_other_owners(one: Statement, other: Statement, scopes: tuple[Scope, Scope]) -> bool:
    """Two statements that differ, each with its scope -> whether they are of two things, as they say."""
    if _give_both(one, other):
        return True
    mine, theirs = scopes
    if _counts_more(mine, theirs, other) or _counts_more(theirs, mine, one):
        return True
    priced, beside = _priced(one), _priced(other)
    return bool(priced and beside and not priced & beside)


def _give_both(one: Statement, other: Statement) -> bool:
    """Whether both sentences hold both numbers: "A 117, B 120" told in another order."""
    mine, theirs = _number_of(one), _number_of(other)
    return mine != theirs and mine in _numbers(other) and theirs in _numbers(one)


def _number_of(one: Statement) -> str:
    found = _NUMBER.search(one.quantity.text)
    return found[0] if found else "-"


def _numbers(one: Statement) -> frozenset[str]:
    return frozenset(_NUMBER.findall(one.claim.text))


def _counts_more(mine: Scope, theirs: Scope, other: Statement) -> bool:
    """Whether one number counts two things together, and the other sentence tells the second apart."""
    return bool(mine.partner and not theirs.partner and mine.partner <= other.words)


def _priced(one: Statement) -> frozenset[str]:
    """What is priced, folded; empty where the figure is no price or nothing is named."""
    if one.quantity.thing.split(" ")[0] != "gia":
        return frozenset()
    start = one.quantity.start - one.claim.start
    hits = list(_PRICED.finditer(one.claim.text[max(0, start - _BEFORE) : start]))
    if not hits:
        return frozenset()
    words = [word for word in hits[-1]["what"].lower().split() if word not in STOP]
    return frozenset(fold(word).text for word in words) - _NOT_PRICED
