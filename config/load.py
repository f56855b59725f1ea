"""YAML -> the frozen values of store.types; every fault of every file reported at once.

A folder of the office overrides the shipped files one by one. places.yaml and places_extra.yaml go together:
a folder with its own places.yaml is not given the shipped additions, which speak of other places.
"""

from __future__ import annotations

import difflib
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from config.alerting import read_alerts
from config.channels import read_channels
from config.dates import read_calendar
from config.entries import Entry, Page
from config.faults import ConfigurationError, Fault
from config.faults import in_english as _t
from config.glossary import read_glossary
from config.nodes import Mapping, NotReadableError, parse
from config.places import read_gazetteer
from config.rules import read_rules
from config.sources import read_sources
from config.topics import read_topics
from config.units import read_units
from store.types import ChannelSetting, Configuration, Gazetteer, Rules

__all__ = ["FILES", "ConfigurationError", "Fault", "load"]

TELLING = ("rules.yaml", "channels.yaml")
PLACES, PLACES_EXTRA = "places.yaml", "places_extra.yaml"
FILES = (
    "sources.yaml", "topics.yaml", PLACES, PLACES_EXTRA,
    "units.yaml", "rules.yaml", "calendar.yaml", "channels.yaml",
    "glossary.yaml", "alerts.yaml",
)  # fmt: skip


def load(folder: Path | None) -> Configuration:
    """The office's folder, or None for the shipped files alone -> everything the office edits, read once.

    Raises:
        ConfigurationError: holds all faults of all files: file, line, key, what is wrong, what to do.

    """
    shipped = resources.files("config")
    chosen = {name: shipped / name for name in FILES} if folder is None else _choose(folder, shipped)
    pages = {name: Page(name) for name in FILES}
    roots = {name: _open(pages[name], file) for name, file in chosen.items()}
    configuration = _read(roots)
    faults = [fault for page in pages.values() for fault in sorted(page.faults, key=lambda f: f.line)]
    if faults:
        raise ConfigurationError(faults)
    return configuration


def load_telling(folder: Path | None) -> tuple[Rules, tuple[ChannelSetting, ...]]:
    """Rules and channels alone, as they stand at this moment: asked before every sending.

    Raises:
        ConfigurationError: with the faults of these two files.

    """
    shipped = resources.files("config")
    chosen = {name: shipped / name for name in FILES} if folder is None else _choose(folder, shipped)
    pages = {name: Page(name) for name in TELLING}
    rules_root, channels_root = (_open(pages[name], chosen[name]) for name in TELLING)
    rules = read_rules(rules_root, units=None) if rules_root else Rules((), ())
    recipients = {recipient.id for recipient in rules.recipients} if rules_root else None
    channels = read_channels(channels_root, recipients=recipients) if channels_root else ()
    faults = [fault for page in pages.values() for fault in page.faults]
    if faults:
        raise ConfigurationError(faults)
    return rules, channels


def find_telling(folder: Path | None) -> tuple[Path, ...]:
    """The office's own files that say who may be told; none where the shipped ones are used."""
    return tuple(folder / name for name in TELLING) if folder else ()


def _choose(folder: Path, shipped: Traversable) -> dict[str, Traversable]:
    """For each file the folder's own, else the shipped one."""
    if not folder.is_dir():
        do = _t("make it, or name another in DIEMBAO_CONFIG")
        raise ConfigurationError([Fault(str(folder), 0, "", _t("there is no such folder"), do)])
    own = [name for name in FILES if (folder / name).exists()]
    faults = _folder_faults(folder, own)
    if faults:
        raise ConfigurationError(faults)
    chosen: dict[str, Traversable] = {name: shipped / name for name in FILES}
    if PLACES in own:
        del chosen[PLACES_EXTRA]
    return chosen | {name: folder / name for name in own}


def _folder_faults(folder: Path, own: list[str]) -> list[Fault]:
    """A folder with nothing of ours in it, and files whose names are one slip away from ours."""
    if not own:
        return [Fault(
            str(folder), 0, "", _t("none of the files that are read lies in it"),
            _t("put one of these there: {names}"), (("names", ", ".join(FILES)),),
        )]  # fmt: skip
    slips = {
        file.name: difflib.get_close_matches(file.name, FILES, 1, cutoff=0.85)
        for file in sorted(folder.iterdir())
        if file.suffix in {".yaml", ".yml"} and file.name not in FILES
    }
    return [
        Fault(
            name,
            0,
            "",
            _t("a file of this name is not read"),
            _t("call it {near}, or remove it"),
            (("near", near[0]),),
        )
        for name, near in slips.items()
        if near and near[0] not in own
    ]


def _open(page: Page, file: Traversable) -> Entry | None:
    """The root of one file, None where it cannot be read, which is noted."""
    try:
        node = parse(file.read_bytes())
    except OSError as error:
        page.note(
            0, "", _t("the file cannot be read ({problem})"), _t("look at the file and its rights"),
            problem=error.strerror or str(error),
        )  # fmt: skip
        return None
    except NotReadableError as error:
        page.note(error.line, "", error.what, error.do, **dict(error.values))
        return None
    if isinstance(node, Mapping):
        return Entry(page, node, "")
    line = node.line if node else 0
    page.note(line, "", _t("keys with values are wanted here"), _t("write key: value"))
    return None


def _read(roots: dict[str, Entry | None]) -> Configuration:
    """Every file in the order of what refers to what; a file that could not be opened is left out."""
    topics_root, places_root, extra_root = roots["topics.yaml"], roots[PLACES], roots.get(PLACES_EXTRA)
    topics = read_topics(topics_root) if topics_root else ()
    gazetteer = read_gazetteer(places_root, extra_root)
    are_places_known = places_root is not None and (extra_root is not None or PLACES_EXTRA not in roots)
    units_root, rules_root, glossary_root = roots["units.yaml"], roots["rules.yaml"], roots["glossary.yaml"]
    sources_root, calendar_root = roots["sources.yaml"], roots["calendar.yaml"]
    units = (
        read_units(
            units_root,
            topics={topic.id for topic in topics} if topics_root else None,
            places=gazetteer.places if are_places_known else None,
        )
        if units_root
        else ()
    )
    unit_ids = {unit.id for unit in units} if units_root and are_places_known else None
    rules = read_rules(rules_root, units=unit_ids) if rules_root else Rules((), ())
    channels_root = roots["channels.yaml"]
    recipients = {recipient.id for recipient in rules.recipients} if rules_root else None
    channels = read_channels(channels_root, recipients=recipients) if channels_root else ()
    ways = {channel.id for channel in channels} if channels_root else None
    alerts_root = roots["alerts.yaml"]
    return Configuration(
        sources=read_sources(sources_root) if sources_root else (),
        topics=topics,
        gazetteer=gazetteer if places_root else Gazetteer((), (), ""),
        units=units,
        rules=rules,
        calendar=read_calendar(calendar_root) if calendar_root else (),
        channels=channels,
        glossary=read_glossary(glossary_root) if glossary_root else (),
        alerts=read_alerts(alerts_root, recipients=recipients, channels=ways) if alerts_root else (),
    )
