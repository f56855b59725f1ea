"""`diembao demo`: the whole way on the practice press, in a folder of its own, without the outside world."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from config.settings import Settings
from crawler.documents.reading import File
from desk.brief import make_pack
from desk.house import House, Progress, open_house
from desk.library import OFFICE, Said, add_document
from desk.stages import CycleReport, run_cycle
from practice import evidence
from practice.post import PostOffice
from practice.server import start_press
from store.claims import Finding, list_findings
from store.search import parse
from store.stories import list_stories
from store.types import DocumentKind

MARK = ".diembao-demo"  # only a folder that carries it is ever emptied


class NotOurFolderError(RuntimeError):
    """The folder holds something that no demo put there."""


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo made and where it lies."""

    folder: Path
    cycle: CycleReport
    findings: tuple[Finding, ...]
    stories: int
    letters: tuple[Path, ...]
    pack: Path


def make_folder(folder: Path) -> None:
    """An empty folder for the demo; the last demo's is emptied.

    Raises:
        NotOurFolderError: the folder is there and is no demo's.

    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).exists():
            raise NotOurFolderError(str(folder))
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()


@contextmanager
def open_demo(folder: Path, *, language: Literal["vi", "en"]) -> Iterator[House]:
    """The practice press and post office running, and a house that knows no other source.

    Raises:
        NotOurFolderError: the folder holds something else.

    """
    make_folder(folder)
    with ExitStack() as stack:
        press = stack.enter_context(start_press())
        office = stack.enter_context(PostOffice(folder / "mail"))
        (folder / "config").mkdir()
        (folder / "config" / "sources.yaml").write_text(press.sources_yaml(), encoding="utf-8")
        settings = Settings(
            home=folder,
            database_url="",
            config=folder / "config",
            allow_private=tuple(press.allow_private().split(",")),
            contact="practice@example.invalid",
            language=language,
            smtp_host="127.0.0.1",
            smtp_port=office.port,
            smtp_security="none",
        )
        yield stack.enter_context(open_house(settings))


def add_papers(house: House) -> None:
    """Put the practice papers into the evidence library, dated today."""
    now = house.clock()
    for paper in evidence.ALL:
        said = Said(paper.title, paper.publisher, DocumentKind(paper.kind), now.astimezone(OFFICE).date())
        file = File(paper.file, paper.body, now)
        add_document(house.sessions, house.archive, file, said, by="demo", progress=lambda _done, _all: None)


def run_demo(house: House, progress: Progress) -> DemoResult:
    """One cycle, one pack; the digests are handed to the practice post office by SMTP."""
    folder = house.settings.home
    add_papers(house)
    report = run_cycle(house, only=None, progress=progress, processes=2)
    pack = folder / "briefing-pack.docx"
    with house.sessions() as session:
        pack.write_bytes(make_pack(house, session, (), now=house.clock()))
        findings = tuple(list_findings(session))
        stories = list_stories(session, parse(""), limit=1).total
    letters = tuple(sorted((folder / "mail").glob("*.eml")))
    return DemoResult(folder, report, findings, stories, letters, pack)
