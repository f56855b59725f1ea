"""Other parsers' own test feeds, read in a process that may open nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# Runs in a process of its own: an audit hook cannot be taken away again. It reports what was opened while a
# feed was read; modules loaded late and the zone files of dates are the interpreter's own business.
READER = r"""
import gzip, io, json, pathlib, signal, sys, tarfile, time, warnings
import feedparser, lxml.etree
from datetime import UTC, datetime
from crawler.feeds import syndication as feeds, sitemaps

def bodies(folder):
    for archive in sorted(pathlib.Path(folder).rglob("*.tar.gz")):
        with tarfile.open(archive) as members:
            for member in members:
                file = members.extractfile(member)
                if file is not None and not member.name.endswith((".go", ".py", ".rst", ".txt")):
                    yield f"{archive.stem}:{member.name}", file.read()

given = list(bodies(sys.argv[1]))
reading, opened = "", []
ALLOWED = ("/zoneinfo/", "/tzdata/", ".py", ".pyc", ".so", "/encodings", "site-packages", "/lib/python")
WATCHED = ("open", "socket.", "os.system", "os.exec", "os.posix_spawn", "subprocess.", "urllib.", "ftplib.")

def watch(event, args):
    if reading and event.startswith(WATCHED):
        what = str(args[0]) if args else ""
        if event != "open" or not any(part in what for part in ALLOWED):
            opened.append([reading, event, what[:200]])

sys.addaudithook(watch)
warnings.simplefilter("ignore")
now = datetime(2026, 11, 22, tzinfo=UTC)
report = {"files": 0, "read": 0, "refused": 0, "entries": 0, "other_scheme": [], "slowest": 0.0, "fewer": []}
for name, body in given:
    signal.setitimer(signal.ITIMER_VIRTUAL, 10)  # a hang ends this process by its signal
    started = time.process_time()
    reading = name
    found = feeds.parse(body, url="http://baotap.example/rss")
    mapped = sitemaps.parse(body, url="http://baotap.example/rss", now=now)
    reading = ""
    report["slowest"] = max(report["slowest"], time.process_time() - started)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    report["files"] += 1
    for result in (found, mapped):
        addresses = [entry.url for entry in getattr(result, "entries", ())]
        report["other_scheme"] += [a for a in addresses if not a.startswith(("http://", "https://"))]
    if isinstance(found, feeds.NotAFeed):
        assert found.reason
        report["refused"] += 1
        continue
    report["read"] += 1
    report["entries"] += len(found.entries)
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        theirs = feedparser.parse(io.BytesIO(body)).entries
        # ours: used, told as unusable, or the same address once more
        if len(found.entries) > len(theirs) or (theirs and not found.entries and not found.skipped):
            report["fewer"].append([name, len(theirs), len(found.entries)])
report["opened"] = opened
print(json.dumps(report))
"""


@pytest.fixture(scope="module")
def report(data: Path, root: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", READER, str(data / "feeds")],
        capture_output=True,
        text=True,
        timeout=300,
        env={"PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == 0, f"code {done.returncode}: {done.stderr[-800:]}"
    found: dict[str, Any] = json.loads(done.stdout)
    return found


pytestmark = pytest.mark.data


def test_every_feed_of_other_parsers_tests_is_read_or_refused_in_words(report: dict[str, Any]) -> None:
    assert report["files"] == report["read"] + report["refused"]
    assert report["read"] > 2300
    assert (
        report["entries"] > 350
    )  # most of those feeds test one element and have no entry that leads anywhere


def test_none_of_them_takes_long(report: dict[str, Any]) -> None:
    assert report["slowest"] < 5  # seconds of CPU; measured: 0.2


def test_none_of_them_leads_to_anything_but_a_web_page(report: dict[str, Any]) -> None:
    assert report["other_scheme"] == []


def test_none_of_them_makes_us_open_a_file_or_a_connection(report: dict[str, Any]) -> None:
    assert report["opened"] == []


def test_entries_are_those_that_feedparser_sees(report: dict[str, Any]) -> None:
    assert report["fewer"] == []
