"""Pairs of a saved body and what is expected of it: `tests/crawler/sites/<id>/`, written by `diembao try`.

A folder holds `expected.yaml` and beside it `listing.html` or `page.html`, or both; `.gz` is opened.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from crawler.feeds.syndication import FeedResult
from crawler.pages.markup import one_line
from crawler.trying import Form, Trial, try_answer
from crawler.wire.answers import Answer
from store.types import Article, Scope, Source

EXPECTED = "expected.yaml"
_GZIP_FROM = 200_000  # bytes; a larger page is kept compressed
_ENDS = 80  # characters of a text's beginning and end
_HEAD = """\
# Made by `diembao try`. Read it, and mend by hand whatever the program got wrong: then the test fails until
# the program is right. What is written here is what stays true of this page for ever.
"""
_OF_SOURCE = ("id", "name", "domain", "country", "language", "kind", "body_selector")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


class PairError(ValueError):
    """A pair that cannot be written or read; the message says why."""


def expected_from(trial: Trial) -> Mapping[str, Any]:
    """What a trial gave, as plain values that a person can read and mend.

    Raises:
        PairError: when nothing came of it; the message says why.

    """
    if isinstance(trial.found, FeedResult):
        entries = [
            {"url": entry.url, "title": entry.title, "published": _time(entry.published)}
            for entry in trial.found.entries
        ]
        return {"url": trial.answer.url, "general": trial.found.general, "entries": entries}
    if isinstance(trial.article, Article):
        return {"url": trial.answer.url, **_article(trial.article)}
    fault = trial.found or trial.article
    raise PairError(fault.reason if fault else "nothing was tried")


def _article(article: Article) -> dict[str, Any]:
    date = article.published
    return {
        "address": article.url,
        "title": article.title,
        "lead": article.lead,
        "published": _time(date.at if date else None),
        "origin": date.origin if date else "",
        "summary_only": article.summary_only,
        "characters": len(article.text),
        "paragraphs": article.text.count("\n") + 1,
        "begins": one_line(article.text)[:_ENDS],
        "ends": one_line(article.text)[-_ENDS:],
    }


def _time(at: datetime | None) -> str:
    return at.astimezone(UTC).isoformat() if at else ""


def pair_folder(sites: Path, name: str) -> Path:
    """The folder of an outlet's pair.

    Raises:
        PairError: when the name is no id; so it never leads out of `sites`.

    """
    if not _ID.fullmatch(name):
        raise PairError(f"{name!r} is no id: small letters, figures and hyphens")
    return sites / name


def save_pair(folder: Path, trial: Trial, source: Source, *, at: datetime) -> list[Path]:
    """Write the body and what is expected of it; what stood there of the other form stays.

    Args:
        folder: `tests/crawler/sites/<id>`; its name must be an id.
        trial: of a listing or a page, with a result.
        source: whose it is.
        at: the time of capture (aware), which the test will use again.

    Raises:
        PairError: for a trial without result, a feed or sitemap, or a folder whose name is no id.

    """
    if trial.form not in {Form.LISTING, Form.PAGE}:
        raise PairError(f"a pair is made of a listing or a page, not of a {trial.form.value}")
    pair_folder(folder.parent, folder.name)
    expected = expected_from(trial)
    before = load_expected(folder) if (folder / EXPECTED).exists() else {}
    folder.mkdir(parents=True, exist_ok=True)
    of_source = {name: value for name, value in asdict(source).items() if name in _OF_SOURCE}
    whole = {
        **before,
        "source": of_source,
        "at": _time(at.replace(microsecond=0)),
        trial.form.value: dict(expected),
    }
    text = yaml.safe_dump(whole, allow_unicode=True, sort_keys=False, width=110)
    (folder / EXPECTED).write_text(_HEAD + text, encoding="utf-8")
    return [_save_body(folder, trial), folder / EXPECTED]


def _save_body(folder: Path, trial: Trial) -> Path:
    plain, packed = (folder / f"{trial.form.value}.html{ending}" for ending in ("", ".gz"))
    large = len(trial.answer.body) > _GZIP_FROM
    target, other = (packed, plain) if large else (plain, packed)
    target.write_bytes(gzip.compress(trial.answer.body, mtime=0) if large else trial.answer.body)
    other.unlink(missing_ok=True)
    return target


def load_expected(folder: Path) -> dict[str, Any]:
    """The expected values of a folder.

    Raises:
        PairError: when the file is no mapping with `source` and `at`.

    """
    found = yaml.safe_load((folder / EXPECTED).read_text(encoding="utf-8"))
    if not isinstance(found, dict) or not {"source", "at"} <= found.keys():
        raise PairError(f"{folder / EXPECTED}: `source` and `at` are missing")
    return found


def forms_of(folder: Path) -> tuple[Form, ...]:
    """Which bodies a folder expects something of."""
    expected = load_expected(folder)
    return tuple(form for form in (Form.LISTING, Form.PAGE) if form.value in expected)


def try_pair(folder: Path, form: Form) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Read a folder's body anew; gives (what came of it, what is expected)."""
    expected = load_expected(folder)
    source = Source(scope=Scope.DOMESTIC, **expected["source"])
    answer = Answer(expected[form.value]["url"], 200, (), _load_body(folder, form))
    trial = try_answer(answer, source, now=datetime.fromisoformat(expected["at"]), form=form)
    return expected_from(trial), expected[form.value]


def _load_body(folder: Path, form: Form) -> bytes:
    plain, packed = (folder / f"{form.value}.html{ending}" for ending in ("", ".gz"))
    return plain.read_bytes() if plain.exists() else gzip.decompress(packed.read_bytes())
