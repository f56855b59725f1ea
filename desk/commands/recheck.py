"""`diembao evidence recheck`: asks the library's addresses again and says what has changed."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer

from config.settings import load_settings
from crawler.asking import AskingError
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words, stop
from desk.given import who_gives
from desk.house import open_house
from desk.library_again import Rechecked, count_addresses, recheck
from desk.library_words import outcome_record, say_note
from desk.progress import show_progress
from desk.words import t
from store.library.addresses import Found

_WORDS = {
    Found.SAME: t("{id}: the same as when it was added: {url}"),
    Found.CHANGED: t("{id}: changed: {url}"),
    Found.GONE: t("{id}: gone from its address; what was kept stays: {url}"),
    Found.MISSED: t("{id}: not asked, or no answer; what was kept stays: {url}"),
}


def recheck_library(
    *,
    by: Annotated[
        str, typer.Option(help=t("who does it, for the audit log; otherwise your account's name"))
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao evidence recheck --by lan.anh`."""
    found: list[Rechecked] = []
    with faults_in_words(t), open_house(load_settings()) as house:
        total = count_addresses(house)
        try:
            with show_progress({"ask": t("Asking the library's addresses again")}) as report:
                for one in recheck(house, by=who_gives(by)):
                    found.append(one)
                    report("ask", len(found), total)
        except AskingError as fault:
            stop(Exit.INCOMPLETE, str(fault), t("What was found before is kept. Run it again."))
    if as_json:
        print(json.dumps([_record(one) for one in found], ensure_ascii=False, indent=1))
    elif not found:
        print(t("No document of the library came from an address."))
    for one in () if as_json else found:
        _say(one)
    if any(one.why for one in found if one.found is not Found.GONE):
        raise typer.Exit(Exit.INCOMPLETE)


def _say(one: Rechecked) -> None:
    print(_WORDS[one.found].format(id=one.kept.id, url=one.kept.document.url))
    if one.new is not None:
        words = t("→ kho:{new}. If it takes the old one's place: diembao evidence supersede {id} kho:{new}")
        print(f"  {words.format(new=one.new.number, id=one.kept.id)}")
    elif one.why is not None:
        print(f"  ! {say_note(one.why, t)}", file=sys.stderr)


def _record(one: Rechecked) -> dict[str, Any]:
    return {
        "id": one.kept.id,
        "url": one.kept.document.url,
        "found": one.found.value,
        "new": outcome_record(one.new, t) if one.new else None,
        "reason": say_note(one.why, t) if one.why else "",
    }
