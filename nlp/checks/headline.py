"""A headline with a figure or a place that the article's own text does not bear out.

1. Take each figure and place of the headline. 2. Look for anything in the text that may mean the same, read
as generously as can be: rounded, in words, as a sum, an old or a new name. 3. Only where nothing does, set
the headline beside the text's own sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nlp.checks.case import Case
from nlp.checks.citing import cite, claim_from_title
from nlp.checks.headline_doubts import MOST_PLACES, MOST_TEXT, Doubt, doubt_from
from nlp.checks.headline_figures import doubtful_figures
from nlp.checks.statements import content_words
from store.types import Claim, Evidence, Flag, ReadArticle, Stance, StoryMember

NAME, VERSION = "headline", "4"
_LEAST_TEXT = 500  # characters; a shorter text may be cut off, or the caption of a film
_LONGEST = 160  # characters; a longer headline is the first paragraph of a page without one
# before a place where something is; without it a name may be an outlet's or an office's
_AT = re.compile(
    r"(?:ở|tại|thuộc|từ|về|đến|địa bàn|tỉnh|xã|huyện|in|at|near)\s*$|[,;(–-]\s*$|^\s*$", re.IGNORECASE
)
_LOOK_BACK = 12


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> a flag for each headline that its own text does not bear out. Copies speak for themselves."""
    flags = (_check_one(case, member) for member in case.story.members)
    return tuple(flag for flag in flags if flag is not None)


def _check_one(case: Case, member: StoryMember) -> Flag | None:
    item = member.item
    if item.article.summary_only or len(item.article.text) < _LEAST_TEXT:
        return None
    claim = claim_from_title(item)
    if claim is None or len(claim.text) > _LONGEST:
        return None
    doubts = [*doubtful_figures(item, claim), *_doubtful_places(case, item)]
    return _flag_from(case, item, claim, doubts) if doubts else None


def _doubtful_places(case: Case, item: ReadArticle) -> Iterator[Doubt]:
    asked = case.atlas.find_places(item, "title")
    if not asked:
        return
    text = item.article.text[:MOST_TEXT]
    named = [where for where in case.atlas.find_places(item, "text") if where.end <= len(text)]
    title = content_words(item.article.title)
    for place in asked:
        units = [where.unit for where in named]
        if case.atlas.is_supported(place.unit, units) or place.name in f"{item.article.lead} {text}":
            continue
        positions = [
            (where.start, where.name)
            for where in named[:MOST_PLACES]
            if text[where.end : where.end + 1] != ")"  # "(Hải Phòng)" says where another thing is
            and (where.name[0].islower() or _AT.search(text[max(0, where.start - _LOOK_BACK) : where.start]))
        ]
        if positions:
            yield doubt_from(text, title, place.name, positions)


def _flag_from(case: Case, item: ReadArticle, claim: Claim, doubts: Sequence[Doubt]) -> Flag:
    evidence: dict[int, Evidence] = {}
    because, missing = [], []
    for doubt in doubts:
        stance = Stance.AGAINST if doubt.instead else Stance.CONTEXT
        evidence.setdefault(doubt.sentence.start, _cite(item, doubt, stance))
        instead = f"; bài ghi “{doubt.instead}”" if doubt.instead else ""
        because.append(f"Tiêu đề ghi “{doubt.said}”, trong bài không có{instead}.")
        missing.append(f"Câu trong bài nói đến “{doubt.said}”.")
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim,
        article=item.number,
        version=item.version,
        story=case.story.id,
        evidence=tuple(evidence.values()),
        strength=0.6,
        because=tuple(because),
        missing=tuple(missing),
    )


def _cite(item: ReadArticle, doubt: Doubt, stance: Stance) -> Evidence:
    said = f"bài ghi “{doubt.instead}”" if doubt.instead else "câu mở đầu bài"
    why = f"{said}, tiêu đề ghi “{doubt.said}”"
    return cite(item, doubt.sentence.start, doubt.sentence.end, stance=stance, why=why)
