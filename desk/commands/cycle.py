"""`diembao cycle`: collect, read, group, check and tell, once."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from filelock import FileLock, Timeout

from config.settings import load_settings
from crawler.pool import ExtractionError
from crawler.words import localise
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, stop
from desk.house import CYCLE_LOCK, House, find_contact, open_house
from desk.progress import show_progress
from desk.stages import CycleReport, Stage, run_cycle
from desk.words import t

app = typer.Typer()


def stage_names() -> dict[str, str]:
    """The stages in people's words."""
    return {
        "collect": t("Collecting"),
        "extract": t("Extracting"),
        "read": t("Reading"),
        "group": t("Grouping"),
        "shelve": t("Reading the library"),
        "check": t("Checking"),
        "alert": t("Alerts"),
        "tell": t("Telling"),
    }


def result_words() -> dict[Stage, str]:
    """What each stage's count counts."""
    return {
        Stage.COLLECT: t("{count} articles new or changed"),
        Stage.READ: t("{count} read"),
        Stage.GROUP: t("{count} put into stories"),
        Stage.CHECK: t("{count} claims flagged"),
        Stage.ALERT: t("{count} alerts written"),
        Stage.TELL: t("{count} digests written"),
    }


@app.command(help=HELP["cycle"])
def cycle(
    *,
    only: Annotated[Stage | None, typer.Option(help=t("one stage alone"))] = None,
    processes: Annotated[int, typer.Option(min=1, help=t("processes for reading"))] = 1,
) -> None:
    """Example: `diembao cycle --only collect`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        if only in {None, Stage.COLLECT} and not find_contact(house.settings, house.configuration.rules):
            print(t("No contact is set, outlets can write to nobody: set DIEMBAO_CONTACT."), file=sys.stderr)
        report = run_alone(house, only=only, processes=processes)
    say_cycle(report)
    if report.collected and report.collected.crash:
        stop(
            Exit.INCOMPLETE, localise(report.collected.crash, t), t("Run again: what was collected is kept.")
        )


def run_alone(house: House, *, only: Stage | None, processes: int) -> CycleReport:
    """One cycle at a time on one data folder: a second one would only wait for the first one's hosts.

    Raises:
        typer.Exit: when another cycle is at work.

    """
    lock = FileLock(house.settings.home / CYCLE_LOCK, timeout=0)
    try:
        with lock, show_progress(stage_names()) as progress:
            return run_cycle(house, only=only, progress=progress, processes=processes)
    except Timeout:
        stop(
            Exit.STORAGE,
            t("Another cycle is at work in {folder}.").format(folder=house.settings.home),
            t("Wait for it to end, or stop it, and run again."),
        )
    except ExtractionError as fault:
        stop(Exit.INCOMPLETE, str(fault), t("Run again: what was collected is kept."))


def say_cycle(report: CycleReport) -> None:
    """What each stage did, and what the collector could not reach, in words."""
    said = result_words()
    print(" · ".join(said[stage].format(count=count) for stage, count in report.counts.items()))
    for trouble in report.collected.troubles if report.collected else ():
        print(f"  {trouble.source}: {localise(trouble.detail, t)} ({trouble.url})", file=sys.stderr)
    if report.delivered:
        words = t("{sent} messages handed over, {failed} failed, {waiting} waiting")
        d = report.delivered
        print(words.format(sent=d.sent, failed=d.failed, waiting=d.waiting))
