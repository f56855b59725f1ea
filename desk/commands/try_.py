"""`diembao try`: one address or saved file through the real guard and reading, for people to look at."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import typer
from rich.markup import escape
from rich.table import Table

from config.load import load
from config.settings import Settings, load_settings
from crawler.addresses.urls import UnusableAddressError, split_web
from crawler.asking import AskingError, Wish, ask
from crawler.feeds.syndication import FeedResult
from crawler.pages.origin import stranger
from crawler.pairs import PairError, expected_from, pair_folder, save_pair
from crawler.settings import CrawlSettings
from crawler.trying import Form, Trial, find_sitemaps, try_answer
from crawler.wire.answers import Answer, NoAnswer
from crawler.words import UNUSABLE
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, stop
from desk.house import find_contact, utc_now
from desk.screen import make_console
from desk.words import t, words_of
from store.types import Article, Configuration, Source

app = typer.Typer()
SITES = Path("tests") / "crawler" / "sites"
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
SHOWN = 15  # entries in the table; --json gives all


@app.command(name="try", help=HELP["try"])
def try_command(
    place: Annotated[str, typer.Argument(metavar="URL|FILE", help=t("an address, or a file with --url"))],
    *,
    url: Annotated[str, typer.Option(help=t("the address a saved file came from"))] = "",
    source: Annotated[
        str, typer.Option(help=t("the outlet's id in sources.yaml; else found by its host"))
    ] = "",
    form: Annotated[
        Form | None, typer.Option("--as", help=t("read it as this, whatever it looks like"))
    ] = None,
    save_test: Annotated[
        str, typer.Option("--save-test", metavar="ID", help=t("write the test pair tests/crawler/sites/ID"))
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help=t("as JSON"))] = False,
) -> None:
    """Example: `diembao try https://baogialai.com.vn/ --save-test baogialai`."""
    with faults_in_words(t):
        settings = load_settings()
        configuration = load(settings.config)
        now = utc_now()
        answer, sitemaps = _receive(place, url, settings, configuration)
        outlet = _outlet(answer, source or save_test, configuration)
        trial = try_answer(answer, outlet, now=now, form=form)
        trial = replace(trial, hints=(*trial.hints, *sitemaps))
        _say(trial, as_json=as_json)
        if save_test:
            _save(trial, replace(outlet, id=save_test), at=now)
    if not isinstance(trial.found or trial.article, FeedResult | Article):
        raise typer.Exit(Exit.INCOMPLETE)


def _receive(
    place: str, url: str, settings: Settings, configuration: Configuration
) -> tuple[Answer, tuple[str, ...]]:
    """The answer, and the sitemaps that the host's robots.txt names where it was asked."""
    if not place.startswith(("http://", "https://")):
        return _read_file(place, url), ()
    _require_address(place)
    parts = urlsplit(place)
    wish = Wish(
        (place, f"{parts.scheme}://{parts.netloc}/robots.txt"),
        _crawl_settings(settings, configuration),
        tuple(source for source in configuration.sources if source.browser),
    )
    try:
        answer, robots = ask(wish)
    except AskingError as fault:
        stop(Exit.FAULT, str(fault), t("This is a fault of the program; please report it."))
    if isinstance(answer, NoAnswer):
        stop(
            Exit.INCOMPLETE,
            f"{place}: {_words(answer.words)}",
            t("Nothing was received; see the reason above."),
        )
    return answer, () if isinstance(robots, NoAnswer) else find_sitemaps(robots)


def _require_address(url: str) -> None:
    try:
        split_web(url)
    except UnusableAddressError as fault:
        stop(
            Exit.USAGE,
            t(UNUSABLE).format(error=fault),
            t("Name a file that can be read, or an address with http."),
        )


def _read_file(place: str, url: str) -> Answer:
    if not url.startswith(("http://", "https://")):
        stop(Exit.USAGE, t("A saved file needs --url, the address it came from."), t("Add it and run again."))
    _require_address(url)
    try:
        return Answer(url, 200, (), Path(place).read_bytes())
    except OSError as fault:
        stop(Exit.USAGE, str(fault), t("Name a file that can be read, or an address with http."))


def _crawl_settings(settings: Settings, configuration: Configuration) -> CrawlSettings:
    contact = find_contact(settings, configuration.rules)
    return CrawlSettings(
        user_agent=f"DiemBao/0.1 (+{contact or 'no contact set'})",
        allow_private=tuple(settings.allow_private),
    )


def _outlet(answer: Answer, wanted: str, configuration: Configuration) -> Source:
    """The outlet by id, else by host, else a stranger that bears the wanted id."""
    host = (urlsplit(answer.url).hostname or "").removeprefix("www.")
    for source in configuration.sources:
        if source.id == wanted or (
            not wanted and host in {source.domain, source.domain.removeprefix("www.")}
        ):
            return source
    unknown = stranger(answer.url, answer.body)
    return replace(unknown, id=wanted or unknown.id)


def _save(trial: Trial, outlet: Source, *, at: datetime) -> None:
    if not SITES.is_dir():
        stop(
            Exit.USAGE,
            t("There is no folder {folder} here.").format(folder=SITES),
            t("Go to the checkout first."),
        )
    try:
        written = save_pair(pair_folder(SITES, outlet.id), trial, outlet, at=at)
    except PairError as fault:
        stop(Exit.INCOMPLETE, _words(str(fault)), t("No test pair was written."))
    for path in written:
        print(t("written: {path}").format(path=path))


def _words(said: str) -> str:
    return words_of("vi" if t("as JSON") != "as JSON" else "en")(said)


def _say(trial: Trial, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(_record(trial), ensure_ascii=False, indent=1))
        return
    console = make_console()
    console.print(
        f"{escape(trial.answer.url)}  HTTP {trial.answer.status}  {len(trial.answer.body):,} B  {trial.form}"
    )
    fault = trial.found or trial.article
    if isinstance(fault, FeedResult):
        console.print(_entries_table(fault))
    elif isinstance(fault, Article):
        console.print(_article_table(fault))
    elif fault is not None:
        console.print(f"[red]✗[/] {escape(_words(fault.reason))}")
    for hint in trial.hints:
        console.print(f"[yellow]•[/] {t('named by the outlet: {url}').format(url=escape(hint))}")


def _entries_table(found: FeedResult) -> Table:
    title = t("{count} entries").format(count=len(found.entries) or len(found.children))
    if found.general:
        title += " · " + t("the outlet's own selectors found nothing; links were judged in the general way")
    table = Table(title=title, box=None)
    for heading in (t("Date"), t("Title"), t("Address")):
        table.add_column(heading, overflow="fold")
    for entry in found.entries[:SHOWN]:
        date = _local(entry.published) if entry.published else "–"
        table.add_row(date, escape(entry.title), escape(entry.url))
    for child in found.children:
        table.add_row("–", t("a sitemap"), escape(child))
    return table


def _article_table(article: Article) -> Table:
    date = article.published
    rows = {
        t("Title"): article.title,
        t("Lead"): article.lead,
        t("Date"): f"{_local(date.at)} ({date.origin}, {date.confidence})" if date else "–",
        t("By-line"): article.byline,
        t("Section"): article.section,
        t("Language"): article.language,
        t("Address"): article.url,
        t("Text"): t("{count} characters, by {how}").format(count=len(article.text), how=article.extractor),
        t("Begins"): article.text[:300],
        t("Ends"): article.text[-200:],
    }
    table = Table(box=None, show_header=False)
    table.add_column()
    table.add_column(overflow="fold")
    for name, value in rows.items():
        table.add_row(name, escape(value) or "–")
    return table


def _local(at: datetime) -> str:
    return at.astimezone(_ZONE).strftime("%d/%m/%Y %H:%M")


def _record(trial: Trial) -> dict[str, Any]:
    record: dict[str, Any] = {
        "form": trial.form.value,
        "status": trial.answer.status,
        "hints": list(trial.hints),
    }
    try:
        return record | dict(expected_from(trial))
    except PairError as fault:
        return record | {"url": trial.answer.url, "reason": str(fault)}
