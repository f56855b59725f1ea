"""`diembao verify`: is what was captured still what was captured, and where does the proof break?"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, NoReturn

import typer

from config.settings import load_settings
from desk.commands.help import HELP
from desk.commands.verify_words import say_fault
from desk.exits import Exit, faults_in_words, stop
from desk.filters.times import rfc3339
from desk.house import House, open_house
from desk.progress import show_progress
from desk.words import t
from store.evidence import Report, verify_archive
from store.page_evidence import CaptureProof, PageReport, verify_page
from store.warc.chain import Link
from store.warc.faults import Fault

app = typer.Typer()
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MIB = 1 << 20


@app.command(help=HELP["verify"])
def verify(
    what: Annotated[
        str, typer.Argument(help=t("the address of a page, or a day as YYYY-MM-DD"), metavar="[URL|DATE]")
    ] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help=t("as JSON"))] = False,
) -> None:
    """Examples: `diembao verify`, `diembao verify 2026-11-22`, `diembao verify https://bao.example/tin-1`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        if what and not _DAY.fullmatch(what):
            _verify_page(house, what, as_json=as_json)
        else:
            _verify_files(house, what, as_json=as_json)


def _verify_files(house: House, day: str, *, as_json: bool) -> None:
    with show_progress({"verify": t("Verify (MiB)")}) as progress, house.sessions() as session:
        report = verify_archive(session, house.archive, day=day, progress=progress)
    if day and report.days == 0 and report.first is None:
        stop(
            Exit.USAGE,
            t("The archive has no file of {day}.").format(day=day),
            t("Days are in UTC; nothing was captured on this one, and the database knows of nothing."),
        )
    if as_json:
        print(json.dumps(report_record(report), ensure_ascii=False, indent=1))
    else:
        say_report(report)
    if report.first is not None:
        _stop_broken(report.first, report.faults)


def _verify_page(house: House, url: str, *, as_json: bool) -> None:
    with house.sessions() as session:
        report = verify_page(session, house.archive, url)
    if not report.captures:
        stop(
            Exit.USAGE,
            t("No capture of {url} is in the archive.").format(url=url),
            t("Give the page's own address or the one it was asked for; `diembao export articles` has them."),
        )
    if as_json:
        print(json.dumps(page_record(report, url), ensure_ascii=False, indent=1))
    else:
        say_page(report)
    broken = [capture.fault for capture in report.captures if capture.fault is not None]
    broken += [report.broken] if report.broken else []
    if broken:
        _stop_broken(broken[0], len(broken))


def _stop_broken(first: Fault, count: int) -> NoReturn:
    what, do = say_fault(first, t)
    place = _place(first)
    words = t("BROKEN ({count} in all). First: {place}: {what}").format(count=count, place=place, what=what)
    stop(Exit.INCOMPLETE, words, do)


def say_report(report: Report) -> None:
    """What was compared, what does not hold, and the head."""
    print(
        t(
            "{days} days, {records} records ({size} MiB) and {rows} captures of the database compared; "
            "{loose} of them from before there were daily files."
        ).format(
            days=report.days,
            records=report.records,
            size=round(report.size / _MIB, 1),
            rows=report.rows,
            loose=report.loose,
        )
    )
    if report.unknown:
        words = t("{count} answers are kept that the database does not list: unchanged pages; harmless.")
        print(words.format(count=report.unknown))
    for note in report.notes:
        print(f"{_place(note)}: {say_fault(note, t)[0]}")
    for fault in report.shown[1:]:  # the first is told last, where it is seen
        print(f"{_place(fault)}: {say_fault(fault, t)[0]}")
    if report.first is None:
        print(t("Every record, line and capture is as it was written."))
    _say_head(report.head)


def say_page(report: PageReport) -> None:
    """Each capture with its proof, and whether the chain holds from the first one's day to now."""
    for capture in report.captures:
        print(f"{rfc3339(capture.fetched_at)}  HTTP {capture.status}  {capture.url_final}")
        print(f"  SHA-256 {capture.sha256}")
        print(f"  {_lies(capture)}")
        print(f"  {say_fault(capture.fault, t)[0] if capture.fault else t('unchanged since capture')}")
    if report.since and report.broken is None:
        print(t("The chain is intact from {day} to now.").format(day=report.since))
    _say_head(report.head)


def _say_head(head: Link | None) -> None:
    if head is not None:
        print(t("Head: record {number}, {hash}").format(number=head.number, hash=head.hash))


def _lies(capture: CaptureProof) -> str:
    if not capture.warc_file:
        return t("kept by its hash, before there were daily files")
    words = t("{file}, byte {offset}, line {line} of the day's chain")
    return words.format(file=capture.warc_file, offset=capture.warc_offset, line=capture.line)


def _place(fault: Fault) -> str:
    """The file and, in a chain, the line."""
    if not fault.file:
        return t("database")
    return f"{fault.file}:{fault.line}" if fault.file.endswith(".jsonl") and fault.line else fault.file


def report_record(report: Report) -> dict[str, Any]:
    """The report as JSON's values."""
    return {
        "intact": report.first is None,
        "first_broken": _fault_record(report.first),
        "faults": report.faults,
        "shown": [_fault_record(fault) for fault in report.shown],
        "notes": [_fault_record(fault) for fault in report.notes],
        "days": report.days,
        "records": report.records,
        "bytes": report.size,
        "captures": report.rows,
        "loose": report.loose,
        "unknown_to_database": report.unknown,
        "head": _head_record(report.head),
    }


def page_record(report: PageReport, url: str) -> dict[str, Any]:
    """The proof of a page as JSON's values."""
    return {
        "url": url,
        "proven": report.is_proven,
        "captures": [_capture_record(capture) for capture in report.captures],
        "chain_followed_from": report.since,
        "first_broken": _fault_record(report.broken),
        "head": _head_record(report.head),
    }


def _capture_record(capture: CaptureProof) -> dict[str, Any]:
    return {
        "number": capture.number,
        "url_asked": capture.url_asked,
        "url_final": capture.url_final,
        "status": capture.status,
        "fetched_at": rfc3339(capture.fetched_at),
        "saved_at": rfc3339(capture.saved_at),
        "sha256": capture.sha256,
        "file": capture.warc_file,
        "offset": capture.warc_offset,
        "chain_line": capture.line,
        "unchanged": capture.fault is None,
        "fault": _fault_record(capture.fault),
    }


def _fault_record(fault: Fault | None) -> dict[str, Any] | None:
    if fault is None:
        return None
    what, do = say_fault(fault, t)
    return {
        "kind": fault.kind.value,
        "file": fault.file,
        "line": fault.line,
        "what": what,
        "do": do,
        **fault.values,
    }


def _head_record(head: Link | None) -> dict[str, Any] | None:
    return {"number": head.number, "hash": head.hash} if head else None
