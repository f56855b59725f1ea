"""Which words could be Vietnamese syllables written without marks, by the rule onset + rhyme."""

from __future__ import annotations

from functools import cache

# Onsets and rhymes of the standard language, without tones, circumflexes, breves and horns.
_BEFORE_ANY = ("b", "ch", "d", "h", "kh", "l", "m", "n", "nh", "ph", "r", "s", "t", "th", "tr", "v", "x")
_BEFORE_BACK = ("c", "g", "ng")  # written k, gh, ngh before e, i, y
_BEFORE_FRONT = ("k", "gh", "ngh")
_RHYMES_BACK = (
    "a ac ach ai am an ang anh ao ap at au ay "
    "o oc oi om on ong op ot oong ooc oa oac oach oai oan oang oanh oat oay oe oen oeo oet "
    "u ua uc ui um un ung uc up ut uu ua uan uang uat uay ue uech uenh uo uoc uoi uom uon uong uot uou "
    "uy uya uych uyen uyet uynh uyt uyu"
)
_RHYMES_FRONT = (
    "e ec em en eng eo ep et ech enh eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu y"
)
_AFTER_Q = (
    "ua uac uach uai uan uang uanh uat uau uay ue uen ueo uet uech uenh ui uy uyen uyet uynh uyt "
    "uo uoc uon uot"
)
_AFTER_GI = (
    "a ac ai am an ang anh ao ap at au ay e em en eng eo eu ep et i n "
    "o oi om on ong op ot u ua uc ui um un ung uong uoc uoi ut up"
)
_ALONE_Y = ("y", "yem", "yen", "yeng", "yet", "yeu", "uy", "uyen", "uych")


def is_toneless_syllable(word: str) -> bool:
    """A folded word -> whether it can be a Vietnamese syllable without its marks (about 2,200 can)."""
    return word in _syllables()


@cache
def _syllables() -> frozenset[str]:
    back = _RHYMES_BACK.split()
    front = _RHYMES_FRONT.split()
    made = {onset + rhyme for onset in (*_BEFORE_ANY, *_BEFORE_BACK, "") for rhyme in back}
    made |= {onset + rhyme for onset in (*_BEFORE_ANY, *_BEFORE_FRONT, "") for rhyme in front}
    made |= {"q" + rhyme for rhyme in _AFTER_Q.split()}
    made |= {"gi" + rhyme for rhyme in _AFTER_GI.split()} | {"gi"}
    return frozenset(made | set(_ALONE_Y))
