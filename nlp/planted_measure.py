"""Measures the checks on errors planted in real stories and documents (outside the project, not shipped).

1. A copy of one article of a story, with one figure, day or place changed: is it flagged, with the original's
sentence as evidence? 2. An article that stands in the evidence library, with one changed: likewise.
3. How many flags, and how many findings, there are on articles in which nothing was changed.

Half B is split once more: the flags of B1 were read to mend what was wrong, those of B2 once, at the end
(docs/decisions/2026-11-23-one-finding.md says what they were before).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from nlp.checks import Case, check_case
from nlp.checks.atlas import Atlas
from nlp.gathering import Catalogue, make_catalogue
from nlp.gathering.passages import find_passages
from nlp.knowledge import Knowledge, make_knowledge
from nlp.planted import Planted, Planting, plant
from nlp.planted_texts import LEAST, documents, item_from, keep_library, part_of, stories
from nlp.read import read
from store.database import Sessions
from store.differences import find_differences
from store.types import (
    Flag,
    Gazetteer,
    PublicationDate,
    ReadArticle,
    Source,
    Stance,
    Story,
    StoryMember,
    Topic,
)

MOST = 300
PARTS = ("A", "B1", "B2")
_COPIER = "ban-sao.example"


@dataclass(frozen=True, slots=True)
class Trial:
    """One planted error, and whether it was found with the right evidence."""

    id: str
    part: str  # story or document
    planting: Planting
    found: bool
    flagged: tuple[str, ...]  # the checks that flagged the changed sentence, with whatever evidence


@dataclass(slots=True)
class Findings:
    """What one half gave: plantings; (id, part, flag) on articles as they are; how many there were."""

    trials: list[Trial] = field(default_factory=list)
    flags: list[tuple[str, str, Flag]] = field(default_factory=list)
    articles: Counter[str] = field(default_factory=Counter)


def measure(
    folder: Path,
    *,
    gazetteer: Gazetteer,
    topics: Sequence[Topic] = (),
    sources: Sequence[Source] = (),
    most: int = MOST,
) -> dict[str, dict[str, float]]:
    """Data folder -> scores of A (built with), B1 (read) and B (which is B2 alone, read last).

    `most`: so many stories and so many documents, for a quick sample.
    """
    found = find(folder, gazetteer=gazetteer, topics=topics, sources=sources, most=most)
    return {"B" if part == "B2" else part: score(findings) for part, findings in found.items()}


def find(
    folder: Path,
    *,
    gazetteer: Gazetteer,
    topics: Sequence[Topic] = (),
    sources: Sequence[Source] = (),
    most: int = MOST,
    parts: Sequence[str] = PARTS,
) -> dict[str, Findings]:
    """Data folder -> every planting and every flag by part, for those who look for what is missed.

    `sources`: the catalogue, beside whose addresses those of the articles as they are stand.
    """
    knowledge, known = make_knowledge(gazetteer, topics), make_catalogue(sources, gazetteer)
    atlas = known.atlas
    found = {part: Findings() for part in parts}
    for name, rows in stories(folder, most):
        if (part := part_of(name)) in found:
            _try_story(name, _members(rows, knowledge), knowledge, known, found[part])
    rows = [row for row in documents(folder, most) if part_of(row["id"]) in found]
    with TemporaryDirectory() as place:
        sessions = keep_library(rows, Path(place))
        for row in rows:
            _try_document(row, sessions, knowledge, atlas, found[part_of(row["id"])])
    return found


def score(findings: Findings) -> dict[str, float]:
    """Findings -> share of each kind of error found with the right evidence, flags per unchanged article.

    Where outlets disagree each side is flagged: findings count the difference once, as people see it.
    """
    scores: dict[str, float] = {}
    for kind in Planted:
        for part in ("story", "document"):
            some = [t for t in findings.trials if (t.planting.kind, t.part) == (kind, part)]
            if some:
                scores[f"planted_{kind}_{part}"] = round(sum(t.found for t in some) / len(some), 4)
        every = [t for t in findings.trials if t.planting.kind is kind]
        if every:
            scores[f"planted_{kind}_found"] = round(sum(t.found for t in every) / len(every), 4)
            scores[f"planted_{kind}_tried"] = len(every)
    flags = Counter(part for _, part, _ in findings.flags)
    told = Counter(part for _, part, _ in _differences(findings.flags))
    for what, counted in (("flags", flags), ("findings", told)):
        for part, articles in findings.articles.items():
            scores[f"{what}_per_unchanged_{part}"] = round(counted[part] / articles, 4)
        each = counted.total() / max(1, findings.articles.total())
        scores[f"{what}_per_unchanged_article"] = round(each, 4)
        scores[f"unchanged_without_{what}"] = round(1 - each, 4)  # the same, so that more is better
    return scores


def _differences(flags: Iterable[tuple[str, str, Flag]]) -> set[tuple[str, str, str]]:
    """(id, part, flag) -> each difference that the flags tell of, once."""
    by_place: dict[tuple[str, str], list[Flag]] = defaultdict(list)
    for name, part, flag in flags:
        by_place[name, part].append(flag)
    return {
        (name, part, key)
        for (name, part), some in by_place.items()
        for key in find_differences(some).values()
    }


def load_floors() -> dict[str, float]:
    """The scores below which nothing may fall."""
    floors: dict[str, float] = json.loads(files("nlp").joinpath("floors_planted.json").read_text("utf-8"))
    return floors


def _try_story(
    name: str, members: Sequence[ReadArticle], knowledge: Knowledge, known: Catalogue, findings: Findings
) -> None:
    if not members:
        return
    atlas = known.atlas
    plain = Case(_story_of(name, members), outlets=known.outlets, atlas=atlas)
    findings.flags += [(name, "story", flag) for flag in check_case(plain)]
    findings.articles["story"] += len(members)
    for kind in Planted:
        for victim in _in_turn(members, f"{name}{kind}"):
            planting = _plant(victim.article.text, kind, name, atlas)
            if planting is not None:
                copy = _copy_of(victim, planting, knowledge, number=len(members) + 1)
                flags = check_case(
                    Case(_story_of(name, [*members, copy], copy_of=victim.number), atlas=atlas)
                )
                findings.trials.append(
                    _trial(f"{name}/{victim.number}", "story", planting, copy.number, flags)
                )
                break


def _try_document(
    row: Mapping[str, Any], sessions: Sessions, knowledge: Knowledge, atlas: Atlas, findings: Findings
) -> None:
    item = item_from(row["id"], 1, row["text"], row["date"], knowledge)
    findings.articles["document"] += 1
    plain = _check_alone(item, sessions, atlas)
    findings.flags += [(row["id"], "document", flag) for flag in plain]
    for kind in Planted:
        planting = _plant(item.article.text, kind, row["id"], atlas)
        if planting is not None:
            copy = _copy_of(item, planting, knowledge, number=1)
            flags = _check_alone(copy, sessions, atlas)
            findings.trials.append(_trial(row["id"], "document", planting, 1, flags))


def _check_alone(item: ReadArticle, sessions: Sessions, atlas: Atlas) -> tuple[Flag, ...]:
    story = _story_of("s", [item])
    with sessions() as session:
        passages = find_passages(session, story)
    return check_case(Case(story, passages=passages, atlas=atlas))


def _trial(name: str, part: str, planting: Planting, article: int, flags: Iterable[Flag]) -> Trial:
    mine = [flag for flag in flags if _shows(flag, planting, article)]
    on_it = [flag.check for flag in flags if flag.article == article and _covers(flag, planting)]
    return Trial(name, part, planting, bool(mine), tuple(on_it))


def _shows(flag: Flag, planting: Planting, article: int) -> bool:
    """Whether a flag sets the changed sentence against the sentence as it was, on either side of it."""
    against = [e for e in flag.evidence if e.stance is Stance.AGAINST]
    if flag.article == article and _covers(flag, planting):
        return any(_is_original(evidence.text, planting) for evidence in against)
    return _is_original(flag.claim.text, planting) and any(
        e.article == article and e.start <= planting.start < e.end for e in against
    )


def _covers(flag: Flag, planting: Planting) -> bool:
    return flag.claim.field == "text" and flag.claim.start <= planting.start < flag.claim.end


def _is_original(sentence: str, planting: Planting) -> bool:
    """Whether it holds the word as it was, with the words before or after it."""
    before, _, after = planting.around.partition(planting.before)
    plain = " ".join(sentence.split())
    either = (f"{before}{planting.before}", f"{planting.before}{after}")
    return any(" ".join(part.split()) in plain for part in either)


def _plant(text: str, kind: Planted, seed: str, atlas: Atlas) -> Planting | None:
    """One error; a place is exchanged for one that has no ground in common with it."""
    units = {name: unit for name, unit in atlas.elsewhere.items() if " " in name}
    return plant(
        text,
        kind,
        seed=seed,
        names=tuple(units),
        are_apart=lambda one, other: atlas.are_apart(units[one], units[other]),
    )


def _in_turn(members: Sequence[ReadArticle], seed: str) -> list[ReadArticle]:
    """Members in an order that the seed gives, those too short to plant in left out."""
    long = [item for item in members if len(item.article.text) >= LEAST]
    return sorted(long, key=lambda item: hashlib.sha256(f"{seed}{item.number}".encode()).digest())


def _story_of(name: str, items: Sequence[ReadArticle], *, copy_of: int = 0) -> Story:
    last = items[-1]
    return Story(name, tuple(StoryMember(i, copy_of if copy_of and i is last else 0, ()) for i in items))


def _copy_of(victim: ReadArticle, planting: Planting, knowledge: Knowledge, *, number: int) -> ReadArticle:
    """The victim's article as an outlet copied it an hour later, with the change."""
    at = victim.article.when + timedelta(hours=1)
    article = replace(
        victim.article,
        url=f"https://{_COPIER}/1",
        outlet=_COPIER,
        outlet_name=_COPIER,
        text=planting.text,
        published=PublicationDate(at, "given", 1.0),
    )
    return ReadArticle(number, 1, article, read(article, knowledge), at)


def _members(rows: Sequence[Mapping[str, Any]], knowledge: Knowledge) -> list[ReadArticle]:
    return [
        item_from(row["url"], number, f"{row['title']}\n{row['text']}", row["published"] or "", knowledge)
        for number, row in enumerate(rows, start=1)
    ]
