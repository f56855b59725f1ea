"""Reads the story files (articles/*.yaml) into an Edition for one `now`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from practice.documents import StoryFileError, load_document
from practice.values import Edition, Figure, PlantedPair, PressArticle, SilentEdit

ARTICLES = Path(__file__).parent / "articles"
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_AGO = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?")
_DAY = re.compile(r"\{([dDe])(-?\d+)\}")  # {d3}: three days before now; {d-3}: three days after


def load_edition(now: datetime, *, folder: Path = ARTICLES) -> Edition:
    """All stories of `folder` as they look at `now` (aware); the same `now` gives the same edition.

    Raises StoryFileError on an unreadable span, a repeated key or a copy older than its source.
    """
    minute = now.replace(second=0, microsecond=0)
    articles: list[PressArticle] = []
    pairs: dict[str, list[PlantedPair]] = {"disagreements": [], "agreements": []}
    for path in sorted(folder.glob("*.yaml")):
        for story in load_document(path)["stories"]:
            articles += _articles_of(story, minute)
            for kind, found in pairs.items():
                found += [_pair_from(story["story"], pair) for pair in story.get(kind, ())]
    _require_distinct(articles)
    articles.sort(key=lambda a: (-a.published.timestamp(), a.key))
    return Edition(minute, tuple(articles), tuple(pairs["disagreements"]), tuple(pairs["agreements"]))


def span_from(words: str) -> timedelta:
    """`3d4h20m` -> a timedelta. Raises StoryFileError when it is empty or something else."""
    match = _AGO.fullmatch(words)
    if match is None or not words:
        raise StoryFileError(f"{words!r} is no span of time: write it as 3d4h20m")
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return timedelta(days=days, hours=hours, minutes=minutes)


def with_dates(text: str, now: datetime) -> str:
    """Replace {d3} by `19/11`, {D3} by `19/11/2026`, {e3} by `19 November`: 3 days before `now`."""

    def written(match: re.Match[str]) -> str:
        day = now.astimezone(VIETNAM) - timedelta(days=int(match[2]))
        forms = {"d": f"{day.day}/{day.month}", "D": f"{day:%d/%m/%Y}", "e": f"{day.day} {day:%B}"}
        return forms[match[1]]

    return _DAY.sub(written, text)


def without_marks(text: str) -> str:
    """Vietnamese as it is typed without tone marks: `Đức Cơ` -> `Duc Co`."""
    bare = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return unicodedata.normalize("NFC", "".join(c for c in bare if not unicodedata.combining(c)))


def _articles_of(story: Mapping[str, Any], now: datetime) -> list[PressArticle]:
    found = []
    for entry in story["articles"]:
        original = _article_from(entry, story, now)
        found.append(original)
        found += [_copy_from(copy, original, now) for copy in entry.get("copies", ())]
    return found


def _article_from(entry: Mapping[str, Any], story: Mapping[str, Any], now: datetime) -> PressArticle:
    text = _clean(with_dates(entry["text"], now))
    return PressArticle(
        key=entry["key"],
        story=story["story"],
        outlet=entry["outlet"],
        section=entry["section"],
        title=with_dates(entry["title"], now),
        text=text,
        published=now - span_from(str(entry["ago"])),
        byline=entry.get("byline", ""),
        relevance=entry.get("relevance", story["relevance"]),
        topics=tuple(entry.get("topics", story["topics"])),
        copy_of=entry.get("copy_of", ""),
        quirks=tuple(entry.get("quirks", ())),
        trouble=entry.get("trouble", ""),
        edits=tuple(_edit_from(edit, text) for edit in entry.get("edits", ())),
    )


def _edit_from(edit: Mapping[str, Any], text: str) -> SilentEdit:
    return SilentEdit(edit["from_fetch"], _replaced(text, edit["replace"]))


def _copy_from(copy: Mapping[str, Any], original: PressArticle, now: datetime) -> PressArticle:
    published = original.published + span_from(str(copy["after"]))
    if published >= now:
        raise StoryFileError(
            f"the copy of {original.key} in {copy['outlet']} lies in the future: shorten `after`"
        )
    title = with_dates(copy.get("title", original.title), now)
    return replace(
        original,
        key=copy.get("key", f"{original.key}--{copy['outlet']}"),
        outlet=copy["outlet"],
        section=copy.get("section", original.section),
        title=without_marks(title) if copy.get("unaccented") else title,
        text=_copied_text(copy, original, now),
        published=published,
        byline=copy.get("byline", "Tổng hợp"),
        copy_of=original.key,
        quirks=tuple(copy.get("quirks", ())),
        trouble=copy.get("trouble", ""),
        edits=(),
    )


def _copied_text(copy: Mapping[str, Any], original: PressArticle, now: datetime) -> str:
    dropped = set(copy.get("drop", ()))
    kept = [p for number, p in enumerate(original.paragraphs, start=1) if number not in dropped]
    if "add" in copy:
        kept.append(_clean(with_dates(copy["add"], now)))
    return _replaced("\n\n".join(kept), copy.get("replace", {}))


def _replaced(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        if old not in text:
            raise StoryFileError(f"{old!r} is to be replaced by {new!r}, but does not stand in the text")
        text = text.replace(old, new)
    return text


def _clean(text: str) -> str:
    # line breaks inside a paragraph of a story file are for the editor's eye only
    return "\n\n".join(" ".join(block.split(None)) for block in text.strip().split("\n\n"))


def _pair_from(story: str, pair: Mapping[str, Any]) -> PlantedPair:
    figures = [Figure(str(side["article"]), str(side["figure"])) for side in pair["figures"]]
    return PlantedPair(story, pair["quantity"], figures[0], figures[1])


def _require_distinct(articles: Sequence[PressArticle]) -> None:
    keys = [article.key for article in articles]
    repeated = sorted({key for key in keys if keys.count(key) > 1})
    if repeated:
        raise StoryFileError(f"article keys must differ, but these stand twice: {', '.join(repeated)}")
