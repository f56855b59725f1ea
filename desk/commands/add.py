"""`diembao add`: pages, saved pages, pasted texts that a person names; who and when go into the audit log."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from filelock import FileLock, Timeout

from config.settings import load_settings
from crawler.adding import Added, add_pages
from crawler.pages.dates import parse
from crawler.pool import ExtractionError
from crawler.words import localise
from desk.commands.cycle import stage_names
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, stop
from desk.given import (
    ADD,
    MAX_FILE,
    Given,
    NotTakenError,
    page_from,
    require_page,
    save_given,
    text_from,
    who_gives,
)
from desk.house import House, make_crawl_settings, open_house, utc_now
from desk.progress import show_progress
from desk.words import t
from store.audit import append

app = typer.Typer()
_NO_FILE = (errno.ENOENT, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG, errno.ELOOP)
PATIENCE = 60.0  # seconds to wait for a cycle that is at work


@app.command(
    name="add",
    help=HELP["add"],
)
def add_command(
    what: Annotated[
        list[str] | None,
        typer.Argument(help=t("addresses of pages, or files of saved pages"), metavar="URL|FILE…"),
    ] = None,
    *,
    text: Annotated[
        Path | None, typer.Option(help=t("a file with the text of an article, given by you"))
    ] = None,
    url: Annotated[str, typer.Option(help=t("the address at which the file or text was published"))] = "",
    title: Annotated[str, typer.Option(help=t("the title of the text"))] = "",
    published: Annotated[str, typer.Option(help=t("when it was published, as written there"))] = "",
    by: Annotated[
        str, typer.Option(help=t("who adds it, for the audit log; otherwise your account's name"))
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=t("as JSON"))] = False,
) -> None:
    """Example: `diembao add https://baogialai.com.vn/bai-viet-post123456.html`."""
    named = what or []
    if not named and text is None:
        stop(Exit.USAGE, t("Nothing was named."), t("Name an address, a file, or --text FILE."))
    given = Given(url.strip(), title.strip(), _moment(published))
    addresses = [name for name in named if "://" in name]
    files = [Path(name) for name in named if "://" not in name]
    if given.url and len(files) + (text is not None) > 1:
        stop(Exit.USAGE, t("--url belongs to one file."), t("Add the files one at a time."))
    with faults_in_words(t), open_house(load_settings()) as house:
        done = [_add_file(house, path, given, is_text=False, by=who_gives(by)) for path in files]
        done += [_add_file(house, text, given, is_text=True, by=who_gives(by))] if text else []
        done += _add_addresses(house, addresses, who_gives(by)) if addresses else []
    say_added(done, as_json=as_json)
    if not all(added.article for added in done):
        raise typer.Exit(Exit.INCOMPLETE)


def _moment(text: str) -> datetime | None:
    """A date as people write it.

    Raises:
        typer.Exit: when it cannot be read, or is yet to come.

    """
    if not text:
        return None
    found = parse(text)
    if found is None:
        stop(
            Exit.USAGE,
            t("{text} is no date that can be read.").format(text=text),
            t("Write it like 22/11/2026 10:05."),
        )
    if found.at > utc_now():
        stop(
            Exit.USAGE,
            t("{text} lies in the future.").format(text=text),
            t("Write it like 22/11/2026 10:05."),
        )
    return found.at


def _add_addresses(house: House, addresses: Sequence[str], by: str) -> list[Added]:
    lock = FileLock(house.settings.home / "cycle.lock", timeout=PATIENCE)
    try:
        with lock, show_progress(stage_names()) as progress:
            done = add_pages(
                addresses,
                house.configuration.sources,
                house.sessions,
                house.archive,
                make_crawl_settings(house),
                now=house.clock(),
                progress=progress,
            )
    except Timeout:
        stop(
            Exit.STORAGE,
            t("Another cycle is at work in {folder}.").format(folder=house.settings.home),
            t("Wait for it to end, or stop it, and run again."),
        )
    except ExtractionError as fault:
        stop(Exit.INCOMPLETE, str(fault), t("Run again: what was collected is kept."))
    with house.sessions.begin() as session:
        for added in done:
            if added.article:
                detail = f"fetched; article {added.article} version {added.version}"
                append(session, actor=by, act=ADD, subject=added.url, detail=detail, now=house.clock())
    return done


def _add_file(house: House, path: Path, given: Given, *, is_text: bool, by: str) -> Added:
    """Add a saved page or a text; what is not taken is told in the answer, not raised."""
    now, sources = house.clock(), house.configuration.sources
    try:
        body = _content(path)
        if not is_text:
            require_page(path.name, body)
        article = (text_from if is_text else page_from)(body, given, sources, now=now)
        with house.sessions.begin() as session:
            saved = save_given(session, article, body, by=by, now=now)
    except NotTakenError as fault:
        values = {name: localise(str(value), t) for name, value in fault.values.items()}
        return Added(str(path), reason=f"{t(fault.msgid).format(**values)} {t(fault.do)}")
    return Added(article.url, saved.number, saved.version, article.title)


def _content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        typer.Exit: when there is none or it is too large.

    """
    try:
        with path.open("rb") as file:
            body = file.read(MAX_FILE + 1)
    except OSError as fault:
        if fault.errno not in _NO_FILE:
            raise
        stop(
            Exit.USAGE,
            t("There is no file {path}.").format(path=path),
            t("Name a file, or an address that begins with http:// or https://."),
        )
    if len(body) > MAX_FILE:
        stop(
            Exit.USAGE,
            t("{path} is larger than {limit} MiB.").format(path=path, limit=MAX_FILE >> 20),
            t("A saved page is smaller: choose its HTML file."),
        )
    return body


def say_added(done: Sequence[Added], *, as_json: bool) -> None:
    """What came of each: on standard output what was added, on standard error what was not."""
    if as_json:
        records = [
            {
                "url": added.url,
                "article": added.article or None,
                "version": added.version or None,
                "title": added.title,
                "reason": added.reason,
            }
            for added in done
        ]
        print(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for added in done:
        if added.article:
            words = t("Article {number}, version {version}: {title}")
            print(words.format(number=added.article, version=added.version, title=added.title))
        else:
            reason = localise(added.reason, t)
            print(t("{what}: not taken: {reason}").format(what=added.url, reason=reason), file=sys.stderr)
