"""Reads the ten invented outlets (outlets.yaml) for one port, and writes them as a sources.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from practice.documents import load_document
from practice.values import FeedDesign, Look, Outlet

OUTLETS = Path(__file__).parent / "outlets.yaml"
ADDRESS = "127.0.1.{number}"
_SECTIONS_VI = (
    ("thoi-su", "Thời sự"),
    ("kinh-te", "Kinh tế"),
    ("doi-song", "Đời sống"),
    ("van-hoa", "Văn hóa"),
    ("phap-luat", "Pháp luật"),
    ("the-thao", "Thể thao"),
)
_SECTIONS_EN = (("news", "News"), ("business", "Business"), ("culture", "Culture"), ("sport", "Sport"))


def load_outlets(port: int, path: Path = OUTLETS) -> tuple[Outlet, ...]:
    """The outlets as they are served on `port`, in the order of the file."""
    entries = load_document(path)["outlets"]
    return tuple(_outlet_from(entry, port) for entry in entries)


def addresses(path: Path = OUTLETS) -> tuple[str, ...]:
    """The loopback addresses 127.0.1.N, in the order of the file; needed before the port is known."""
    entries = load_document(path)["outlets"]
    return tuple(ADDRESS.format(number=entry["number"]) for entry in entries)


def closed_paths(path: Path = OUTLETS) -> dict[str, tuple[str, ...]]:
    """Outlet id -> the path prefixes that its robots.txt closes to everybody."""
    entries = load_document(path)["outlets"]
    return {entry["id"]: tuple(re.findall(r"(?m)^Disallow: (\S+)", entry["robots"])) for entry in entries}


def sources_yaml_of(outlets: Iterable[Outlet]) -> str:
    """The text of a sources.yaml that names these outlets and their feeds, faulty feeds too."""
    sources = [_source_from(outlet) for outlet in outlets]
    return yaml.safe_dump({"sources": sources}, allow_unicode=True, sort_keys=False, width=1000)


def _source_from(outlet: Outlet) -> dict[str, Any]:
    return {
        "id": outlet.id,
        "name": outlet.name,
        "domain": outlet.host,
        "scope": outlet.scope,
        "country": outlet.country,
        "language": outlet.language,
        "kind": outlet.kind,
        "priority": outlet.priority,
        "pause_seconds": outlet.pause_seconds,
        "feeds": [{"url": outlet.base_url + feed.path, "kind": feed.kind} for feed in outlet.feeds],
    }


def _outlet_from(entry: Mapping[str, Any], port: int) -> Outlet:
    host = f"{ADDRESS.format(number=entry['number'])}:{port}"
    plain = ("id", "name", "number", "scope", "country", "language", "kind", "priority")
    return Outlet(
        **{name: entry[name] for name in plain},
        host=host,
        pause_seconds=0.1,
        look=Look(**entry["look"]),
        feeds=tuple(FeedDesign(**feed) for feed in entry["feeds"]),
        robots=_robots_from(entry, host),
        tracking=entry.get("tracking", ""),
        sections=_SECTIONS_EN if entry["language"] == "en" else _SECTIONS_VI,
    )


def _robots_from(entry: Mapping[str, Any], host: str) -> str:
    maps = [feed["path"] for feed in entry["feeds"] if feed["form"] == "sitemap"]
    return str(entry["robots"]) + "".join(f"Sitemap: http://{host}{path}\n" for path in maps)
