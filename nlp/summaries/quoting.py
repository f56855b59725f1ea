"""Whether a sentence can be quoted alone: no half of a quotation, no speech without its speaker."""

from __future__ import annotations

import re

from nlp.summaries.cues import ACCOUNT, OPINION, SPEAKER

_PAIRS = {"“": "”", "«": "»", "(": ")", "[": "]"}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_SIGNS = re.compile(r"[“”«»\"()\[\]]")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|\"[^\"]*\"")
_OPENERS = "“\"«'‘"
_DASHES = "-–—•*"
_MOSTLY = 0.5  # a sentence of which more than this share stands in quotation marks is somebody's speech


class Depth:
    """Which quotation marks and brackets stand open while the sentences of one line go by."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def is_whole(self, sentence: str) -> bool:
        """Take in the line's next sentence -> whether it opens and closes all it holds, outside of all."""
        was_open = bool(self._open)
        broken = False
        for sign in _SIGNS.findall(sentence):
            broken |= not self._take(sign)
        return not (was_open or self._open or broken)

    def _take(self, sign: str) -> bool:
        """One sign -> whether it fits what stands open."""
        opener = _CLOSERS.get(sign, '"' if sign == '"' and '"' in self._open else "")
        if not opener:
            self._open.append(sign)
            return True
        if opener not in self._open:
            return False
        while self._open.pop() != opener:
            pass
        return True


def is_orphan_speech(sentence: str, *, bare: bool) -> bool:
    """Whether a sentence is speech or opinion of somebody it does not name.

    `bare`: the text is written without its marks. A person reading it alone would take the words for the
    outlet's own; so words in the first person outside a quotation, and quotations without an account ("nói",
    "theo", "said"), are never chosen.
    """
    told = _QUOTED.sub(" ", sentence)
    if SPEAKER[bare].search(told):
        return True
    quoted = len(sentence) - len(told)
    is_speech = sentence[0] in _OPENERS or sentence[0] in _DASHES or quoted > _MOSTLY * len(sentence)
    return is_speech and not ACCOUNT.search(told)


def after_quotation(sentence: str) -> str:
    """What follows the quotation that a sentence begins with ("he said"); "" where it begins with none."""
    if sentence[0] not in _OPENERS:
        return ""
    return _QUOTED.sub("", sentence).lstrip(" ,.-–")


def is_bare_opinion(sentence: str) -> bool:
    """Whether a sentence judges, and nothing in it says by whose account."""
    return OPINION.search(sentence) is not None and not ACCOUNT.search(sentence)
