"""`diembao evidence claimreview`: reviews that others published, read in as earlier answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from config.settings import load_settings
from crawler.documents.reading import File
from desk.commands.fetching import USUAL_WAIT, WaitOption, fetch_shown
from desk.commands.listings import JsonOption
from desk.exchange.reading import MOST_BYTES
from desk.exchange.run import Taken, take_in
from desk.exits import Exit, faults_in_words
from desk.given import who_gives
from desk.house import House, open_house
from desk.library import Outcome, explain_no_file
from desk.library_words import say_note
from desk.words import t

_SHOWN = 20  # faults of one file told in full


def claimreview(
    what: Annotated[list[str], typer.Argument(help=t("files or addresses"), metavar="FILE|URL…")],
    *,
    by: Annotated[
        str, typer.Option(help=t("who does it, for the audit log; otherwise your account's name"))
    ] = "",
    wait: WaitOption = USUAL_WAIT,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao evidence claimreview https://kiemchung.example/feed.json`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        done = [(name, _take(house, name, who_gives(by), wait)) for name in what]
    if as_json:
        print(json.dumps([_record(name, came) for name, came in done], ensure_ascii=False, indent=1))
    else:
        for name, came in done:
            _say(name, came)
    if any(isinstance(came, Outcome) or came.faults for _, came in done):
        raise typer.Exit(Exit.INCOMPLETE)


def _take(house: House, name: str, by: str, wait: int) -> Taken | Outcome:
    if "://" in name:
        file = fetch_shown(house, name, wait)
        return file if isinstance(file, Outcome) else take_in(house.sessions, file, by=by)
    try:
        with Path(name).open("rb") as opened:
            body = opened.read(MOST_BYTES + 1)
    except OSError as fault:
        return explain_no_file(name, fault)
    return take_in(house.sessions, File(Path(name).name, body, house.clock()), by=by)


def _say(name: str, came: Taken | Outcome) -> None:
    if isinstance(came, Outcome):
        notes = (note for note in (came.why, came.do) if note)
        words = t("{what}: not taken: {reason}")
        print(words.format(what=name, reason=" ".join(say_note(n, t) for n in notes)), file=sys.stderr)
        return
    words = t("{what}: {new} new reviews, {known} known already, {bad} not taken")
    print(words.format(what=name, new=came.new, known=came.known, bad=len(came.faults)))
    if came.undated:
        undated = t("{count} of them are kept without a day: they give none, or one that is yet to come.")
        print(f"  {undated.format(count=came.undated)}")
    for fault in came.faults[:_SHOWN]:
        where = t("record {number}").format(number=fault.record) if fault.record else t("the whole file")
        print(f"  {where}: {say_note(fault.why, t)}", file=sys.stderr)
    if len(came.faults) > _SHOWN:
        print(f"  {t('… and {count} more').format(count=len(came.faults) - _SHOWN)}", file=sys.stderr)


def _record(name: str, came: Taken | Outcome) -> dict[str, object]:
    if isinstance(came, Outcome):
        return {"what": name, "taken": False, "why": say_note(came.why, t) if came.why else ""}
    faults = [{"record": fault.record, "why": say_note(fault.why, t)} for fault in came.faults]
    counts = {"new": came.new, "known": came.known, "undated": came.undated}
    return {"what": name, "taken": True, **counts, "faults": faults}
