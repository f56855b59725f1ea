"""The whole way on the practice press, by command, against the press's own answer sheet."""

from __future__ import annotations

import email
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import policy
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from desk.commands.demo import as_typed
from practice import evidence
from practice.answers import load_answers
from practice.stories import load_edition
from practice.values import Figure, PlantedPair
from store.database import make_sessions, open_engine
from store.library.documents import passages_of

COMMAND = Path(sys.executable).with_name("diembao")


@dataclass(frozen=True)
class Demo:
    folder: Path
    said: str
    run: Callable[..., subprocess.CompletedProcess[str]]
    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def diembao(self, *words: str) -> subprocess.CompletedProcess[str]:
        config = str(self.folder / "config")
        return self.run(*words, home=self.folder, DIEMBAO_CONFIG=config, DIEMBAO_LANGUAGE="vi")

    def records(self, what: str) -> list[dict[str, Any]]:
        """What `export` tells, asked once."""
        if what not in self.kept:
            self.kept[what] = self.export(what)
        return self.kept[what]

    def export(self, what: str) -> list[dict[str, Any]]:
        done = self.diembao("export", what)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def demo(
    tmp_path_factory: pytest.TempPathFactory, diembao: Callable[..., subprocess.CompletedProcess[str]]
) -> Demo:
    folder = tmp_path_factory.mktemp("demo") / "here"
    words = [str(COMMAND), "demo", "--no-serve", "--folder", str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return Demo(folder, done.stdout, diembao)


def key_of(record: dict[str, Any], keys: dict[str, str]) -> str:
    return keys.get(urlsplit(record["url"]).path, "")


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    """Path of an article -> its key on the answer sheet."""
    return {article.path: article.key for article in load_edition(datetime.now(UTC)).articles}


def test_it_says_where_everything_lies(demo: Demo) -> None:
    for name in ("mail", "briefing-pack.docx", "diembao.sqlite3", "archive"):
        assert str(demo.folder / name) in demo.said.replace("\n", "")
        assert (demo.folder / name).exists()


def test_every_readable_article_is_collected_once(demo: Demo, keys: dict[str, str]) -> None:
    found = [key_of(record, keys) for record in demo.records("articles")]
    wanted = {key for key, answer in load_answers().articles.items() if not answer.trouble}
    assert len(found) == len(set(found))
    assert wanted - set(found) == set()


def test_the_digest_came_through_smtp_as_text_and_html(demo: Demo) -> None:
    letters = sorted((demo.folder / "mail").glob("*.eml"))
    assert len(letters) == 3
    message = email.message_from_bytes(letters[0].read_bytes(), policy=policy.default)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert message["Subject"].startswith("[Điểm báo]")
    assert "<script" not in message.get_body(("html",)).get_content()


def test_the_pack_is_a_docx_marked_as_a_draft(demo: Demo) -> None:
    with zipfile.ZipFile(demo.folder / "briefing-pack.docx") as pack:
        body = pack.read("word/document.xml").decode()
    assert "DỰ THẢO" in body
    assert "SHA-256" in body


@dataclass(frozen=True)
class Statement:
    """A sentence of an article, by the key of the answer sheet."""

    article: str
    text: str


def opposed(demo: Demo, keys: dict[str, str]) -> list[tuple[Statement, Statement]]:
    """Each flagged sentence with each sentence that stands against it."""
    return [
        (
            Statement(key_of(flag, keys), flag["claim"]),
            Statement(keys.get(urlsplit(e["document"]).path, ""), e["text"]),
        )
        for flag in demo.records("flags")
        for e in flag["evidence"]
        if e["stance"] == "against"
    ]


def is_of(statement: Statement, figure: Figure) -> bool:
    return statement.article == figure.article and figure.figure in statement.text


def is_flagged(pair: PlantedPair, found: list[tuple[Statement, Statement]]) -> bool:
    """Whether either side is flagged with the other as evidence."""
    sides = ((pair.first, pair.second), (pair.second, pair.first))
    return any(is_of(claim, one) and is_of(other, two) for claim, other in found for one, two in sides)


def test_six_in_seven_planted_disagreements_are_flagged_with_the_other_side_as_evidence(
    demo: Demo, keys: dict[str, str]
) -> None:
    found, planted = opposed(demo, keys), load_answers().disagreements
    missed = [pair for pair in planted if not is_flagged(pair, found)]
    assert len(planted) >= 12
    assert len(missed) <= len(planted) / 7, missed


def test_figures_that_agree_though_written_differently_raise_no_flag(
    demo: Demo, keys: dict[str, str]
) -> None:
    found = opposed(demo, keys)
    assert [pair for pair in load_answers().agreements if is_flagged(pair, found)] == []


def test_no_flag_stands_outside_the_stories_in_which_something_was_planted(
    demo: Demo, keys: dict[str, str]
) -> None:
    answers = load_answers()
    planted = {pair.story for pair in answers.disagreements}
    planted |= {answers.articles[paper.article].story for paper in evidence.PLANTED}
    stories = {answers.articles[claim.article].story for claim, _ in opposed(demo, keys)}
    assert stories - planted == set()


def library_texts(folder: Path) -> dict[str, str]:
    """What the library kept of each document, by the name under which it is cited."""
    engine = open_engine(f"sqlite:///{folder / 'diembao.sqlite3'}")
    with make_sessions(engine)() as session:
        texts = {
            f"kho:{number}": "\n".join(kept.passage.text for kept in passages_of(session, number))
            for number in range(1, len(evidence.ALL) + 1)
        }
    engine.dispose()
    return texts


@pytest.mark.parametrize(
    "planted", evidence.PLANTED, ids=lambda planted: f"{planted.article}-{planted.paper}"
)
def test_the_library_is_set_against_and_beside_the_figures_it_was_planted_for(
    demo: Demo, keys: dict[str, str], planted: evidence.PlantedPaper
) -> None:
    number = 1 + [paper.file for paper in evidence.ALL].index(planted.paper)
    cited = [
        piece
        for flag in demo.records("flags")
        if flag["check"] == "library_figures" and key_of(flag, keys) == planted.article
        for piece in flag["evidence"]
        if planted.figure in flag["claim"] and piece["document"] == f"kho:{number}"
    ]
    assert [(planted.stated in piece["text"], piece["stance"]) for piece in cited] == [(True, planted.stance)]


def test_every_flag_quotes_articles_and_documents_exactly(demo: Demo) -> None:
    articles = {record["url"]: record for record in demo.records("articles")}
    texts = {url: record["text"] for url, record in articles.items()} | library_texts(demo.folder)
    flags = demo.records("flags")
    assert flags
    for flag in flags:
        assert flag["claim"] in articles[flag["url"]][flag["field"]]
        for piece in flag["evidence"]:
            assert texts[piece["document"]][piece["start"] : piece["end"]] == piece["text"]


@pytest.mark.parametrize(
    ("check", "article"),
    [
        ("headline", "lu-song-ba-ngap-sau--nhat-bao-chieng-bien"),
        ("place_date", "lu-song-ba-ngap-sau--bao-nui-rung"),
        ("old_event", "vo-bo-ao-ca-moi"),
        ("unnamed_source", "bao-ke-bai-cat"),
    ],
)
def test_each_check_of_stories_finds_what_was_planted_for_it_and_nothing_else(
    demo: Demo, keys: dict[str, str], check: str, article: str
) -> None:
    """A page is edited from its third reader on, and the press has numbers for addresses: neither is here."""
    found = {key_of(flag, keys) for flag in demo.records("flags") if flag["check"] == check}
    beside = {"lu-song-ba-ngap-sau"} if check == "place_date" else set()
    assert found == {article} | beside


def test_football_and_name_traps_are_not_about_the_province(demo: Demo, keys: dict[str, str]) -> None:
    answers = load_answers().articles
    found = {key_of(m, keys): m["relevance"] for s in demo.records("stories") for m in s["articles"]}
    traps = {
        key: a.relevance
        for key, a in answers.items()
        if a.relevance in {"sport", "company", "none"} and key in found
    }
    wrong = [key for key in traps if found[key] == "about"]
    assert len(traps) >= 15
    assert wrong == []


def test_telling_again_the_same_day_tells_nothing_twice(demo: Demo) -> None:
    done = demo.diembao("cycle", "--only", "tell")
    assert done.returncode == 0, done.stderr
    assert not list((demo.folder / "mail").glob("0*.eml"))


def test_reading_grouping_and_checking_again_finds_nothing_left_to_do(demo: Demo) -> None:
    before = demo.records("stories")
    for stage in ("read", "group", "check"):
        assert demo.diembao("cycle", "--only", stage).returncode == 0
    assert demo.export("stories") == before


def test_a_demo_never_empties_a_folder_that_is_not_a_demos(
    tmp_path: Path, diembao: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (tmp_path / "precious.txt").write_text("keep me", encoding="utf-8")
    done = diembao("demo", "--no-serve", "--folder", str(tmp_path), home=tmp_path / "home")
    assert done.returncode == 2
    assert (tmp_path / "precious.txt").read_text(encoding="utf-8") == "keep me"


def test_a_path_below_the_present_folder_is_told_from_there_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert as_typed(tmp_path / "var" / "demo") == Path("var/demo")
    assert as_typed(tmp_path.parent / "other") == tmp_path.parent / "other"
