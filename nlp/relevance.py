"""Whether an article concerns the province: points for named facts about places, traps and cues.

The points were chosen by reading half A of the labelled articles (nlp/measure.py); each fact that counted is
named in `why`. The outlet, its country and its tone are not among the facts.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from nlp.places.evidence import Evidence, Found
from nlp.relevance_words import AUTHORITY, COMPANY, SPORT
from nlp.surface import Surface
from store.types import MentionKind, PlaceLevel, Relevance, RelevanceLabel

_LEAD = 300  # characters: the first paragraph of a Vietnamese news item, most often
_THRESHOLD = 2.5


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that counted, its points and its words for people."""

    points: float
    words: str


def judge_relevance(title: Surface, text: Surface, evidence: Evidence) -> Relevance:
    """Title, text and what places tell -> the label, a score from 0 to 1, and the facts that decided."""
    here = {MentionKind.MENTION, MentionKind.EVENT_PLACE}
    ours = [f for f in evidence.found if f.kind in here and f.strength >= 2]
    named = any(f.label != "region" for f in evidence.found) or any(
        t.label in {"sport", "company"} for _, t in evidence.trapped
    )
    if not named:
        return Relevance(RelevanceLabel.NONE, 0.0, ("không nêu địa danh nào của tỉnh",))
    sport = _cues(SPORT, title, text)
    if len(sport) >= _sport_needed(text, ours):
        words = f"từ ngữ thể thao: {', '.join(sorted(sport)[:6])}"
        return Relevance(RelevanceLabel.SPORT, round(min(1.0, 0.5 + len(sport) / 16), 3), (words,))
    facts = _facts(text, evidence, ours)
    total = sum(fact.points for fact in facts)
    why = tuple(f"{fact.words} ({fact.points:+g})" for fact in facts)
    company = _company(title, text, evidence)
    if company and total < _THRESHOLD + 2.5:
        return Relevance(RelevanceLabel.COMPANY, 0.8, (company, *why))
    return _label(total, why, evidence)


def _label(total: float, why: tuple[str, ...], evidence: Evidence) -> Relevance:
    score = round(1 / (1 + math.exp(_THRESHOLD - total)), 3)
    if total >= _THRESHOLD:
        return Relevance(RelevanceLabel.ABOUT, score, why)
    if any(f.kind is not MentionKind.OTHER_NAME and f.label != "region" for f in evidence.found):
        return Relevance(RelevanceLabel.MENTION, score, why or ("chỉ nhắc qua",))
    names = ", ".join(sorted({f.rule for f in evidence.found})[:3]) or "chỉ là tên của đối tượng khác"
    return Relevance(RelevanceLabel.NONE, score, (names,))


def _sport_needed(text: Surface, ours: list[Found]) -> int:
    """How many different sport words make a sport item: more where places say what happened."""
    events = sum(f.kind is MentionKind.EVENT_PLACE for f in ours)
    return 3 + (len(text.plain) > 6000) + min(2, events // 2)


def _cues(pattern: re.Pattern[str], title: Surface, text: Surface) -> set[str]:
    return set(pattern.findall(title.lower)) | set(pattern.findall(text.lower))


def _company(title: Surface, text: Surface, evidence: Evidence) -> str:
    """Why the item is about the company that bears the province's name; empty where it is not."""
    names = [t.phrase for _, t in evidence.trapped if t.label in {"company", "sport"}]
    cues = _cues(COMPANY, title, text)
    if not names or len(cues) < 2:
        return ""
    return f"doanh nghiệp {names[0]}, cùng các từ {', '.join(sorted(cues)[:4])}"


def _facts(text: Surface, evidence: Evidence, ours: list[Found]) -> list[Fact]:
    return [fact for fact in (*_position_facts(ours), *_amount_facts(text, evidence, ours)) if fact.points]


def _position_facts(ours: list[Found]) -> list[Fact]:
    facts = []
    if any(f.field == "title" for f in ours):
        facts.append(Fact(3.0, "địa danh của tỉnh ở tiêu đề"))
    first = min((f.start for f in ours if f.field == "text"), default=None)
    if first is not None and first <= _LEAD:
        facts.append(Fact(2.75, "địa danh của tỉnh ở đoạn mở đầu"))
    elif first is not None and first <= 2 * _LEAD:
        facts.append(Fact(1.0, "địa danh của tỉnh ở gần đầu bài"))
    return facts


def _amount_facts(text: Surface, evidence: Evidence, ours: list[Found]) -> list[Fact]:
    density = 1000 * len(ours) / max(400, len(text.plain))
    events = {f.place.id for f in ours if f.place.level is not PlaceLevel.PROVINCE}
    listed = sum(f.kind is MentionKind.LIST for f in evidence.found)
    outside = len(evidence.elsewhere)
    facts = [
        Fact(1.0 if len(ours) >= 2 else 0.0, f"nêu {len(ours)} lần"),
        Fact(1.0 if len(ours) >= 4 else 0.0, "nêu nhiều lần"),
        Fact(1.0 if density >= 1.5 and len(ours) > 1 else 0.0, f"{density:.1f} lần trong 1.000 ký tự"),
        Fact(min(2, len(events)) * 0.5, f"{len(events)} địa điểm trong tỉnh"),
        Fact(1.5 if _has_authority(text, ours) else 0.0, "cơ quan của tỉnh lên tiếng hoặc xử lý"),
        Fact(-1.5 if outside > 3 * len(ours) else 0.0, f"{outside} lần nêu địa phương khác"),
    ]
    if not ours and listed:
        facts.append(Fact(0.5, "chỉ có trong danh sách các tỉnh"))
    origins = sum(f.kind is MentionKind.ORIGIN for f in evidence.found)
    if origins and not outside and not ours:
        facts.append(Fact(1.0, f"{origins} lần là quê quán, nơi ở; không nêu nơi khác"))
    return facts


def _has_authority(text: Surface, ours: list[Found]) -> bool:
    return any(
        f.field == "text" and AUTHORITY.search(text.lower, max(0, f.start - 44), f.start) is not None
        for f in ours
    )
