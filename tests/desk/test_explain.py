"""`diembao flags` and `diembao explain`, on a store in which two outlets give different figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from config.settings import load_settings
from config.words import translator
from desk.commands import explain as command
from desk.commands import listings
from desk.explaining import explain
from desk.explaining_story import StoryMaterial, explain_story
from desk.house import open_house
from nlp.checks.atlas import Atlas
from nlp.run import check_changed, group_new, read_new
from store.articles import save_article
from store.claims import list_flags, save_flags
from store.types import Article, PublicationDate, Review, Scope, Verdict

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
RUNNER = CliRunner()
TEXT = (
    "Mưa lũ ở xã Ia Rsai, tỉnh Gia Lai đã rút. Trận lũ làm {n} người chết ở xã Ia Rsai ngày 18/11. "
    "Nước sông Ba dâng nhanh trong đêm, nhiều đoạn đường liên xã bị ngập sâu và giao thông chia cắt."
)


def article(outlet: str, figure: str) -> Article:
    return Article(
        url=f"https://{outlet}.example/lu",
        outlet=outlet,
        outlet_name=f"Báo {outlet}",
        scope=Scope.DOMESTIC,
        title="Mưa lũ ở Ia Rsai",
        text=TEXT.format(n=figure),
        published=PublicationDate(NOW, "given", 1.0),
        fetched_at=NOW,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("explain")
    with at_home(place), open_house(load_settings()) as house:
        with house.sessions.begin() as session:
            save_article(session, article("mot", "3"), now=NOW)
            save_article(session, article("hai", "5"), now=NOW)
        read_new(house.sessions, house.make_knowledge(), now=NOW, progress=lambda *_: None)
        group_new(house.sessions, now=NOW, progress=lambda *_: None)
        check_changed(house.sessions, now=NOW, progress=lambda *_: None)
    return place


@contextmanager
def at_home(place: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIEMBAO_HOME", str(place))
        yield


def run(app: typer.Typer, home: Path, *words: str) -> tuple[int, str, str]:
    with at_home(home):
        done = RUNNER.invoke(app, list(words))
    return done.exit_code, done.stdout, done.stderr


def test_the_table_gives_a_difference_once_with_both_quotations(home: Path):
    code, out, _ = run(listings.app, home)
    told = " ".join(out.split())
    assert code == 0
    assert "3 người chết" in told
    assert "5 người chết" in told
    assert "1 trên 1" in told


def test_a_page_holds_as_many_findings_as_were_asked_for_each_with_all_its_flags(home: Path):
    first = json.loads(run(listings.app, home, "--limit", "1", "--json")[1])
    second = json.loads(run(listings.app, home, "--limit", "1", "--page", "2", "--json")[1])
    assert (len({flag["number"] for flag in first}), second) == (2, [])
    assert len({flag["finding"] for flag in first}) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [(["khong-co-chu-nay"], "Không có câu nào"), (["--page", "9"], "Không có trang 9")],
    ids=["nothing found", "no such page"],
)
def test_an_empty_list_says_so(words: list[str], said: str, home: Path):
    code, out, _ = run(listings.app, home, *words)
    assert (code, said in out) == (0, True)


def test_no_colour_is_written_where_nobody_sees_it(home: Path):
    assert "\x1b" not in run(listings.app, home)[1]


def test_a_flag_is_explained_by_number_and_by_key(home: Path):
    flag = json.loads(run(listings.app, home, "--json")[1])[0]
    by_number = run(command.app, home, str(flag["number"]))
    assert by_number == run(command.app, home, flag["key"])
    code, out, _ = by_number
    told = " ".join(out.split())
    assert code == 0
    assert flag["claim"] in told
    assert flag["evidence"][0]["text"] in told
    assert flag["evidence"][0]["document"] in told
    assert "Phép kiểm này đáng tin đến đâu" in told
    for part in (
        "Vì sao đáng kiểm chứng",
        "Việc nên làm tiếp",
        "Còn thiếu",
        "Ai đăng",
        "không phải kết luận",
        "figures_reprinted",
    ):
        assert part in told


def test_a_whole_story_is_explained_by_its_id(home: Path):
    flags = json.loads(run(listings.app, home, "--json")[1])
    code, out, _ = run(command.app, home, flags[0]["story"])
    told = " ".join(out.split())
    assert code == 0
    assert "2 bài của 2 cơ quan đăng" in told
    assert all(f"Dấu {flag['number']}: “{flag['claim']}”" in told for flag in flags)
    assert "Đăng đầu tiên: Báo mot" in told
    assert "ghi “5 người chết”" in told or "ghi “5”" in told or "“5 người”" in told
    assert "Còn thiếu" in told
    assert "chưa có kết luận của người nào" in told
    assert "không phải kết luận" in told
    record = json.loads(run(command.app, home, flags[0]["story"], "--json")[1])
    assert set(record["flags"]) == {flag["number"] for flag in flags}


def test_a_flag_names_the_story_that_can_be_asked_for(home: Path):
    flag = json.loads(run(listings.app, home, "--json")[1])[0]
    assert f"diembao explain {flag['story']}" in run(command.app, home, str(flag["number"]))[1]


def test_a_story_without_flags_tells_who_carries_it_and_claims_nothing(home: Path):
    story_id = json.loads(run(listings.app, home, "--json")[1])[0]["story"]
    with at_home(home), open_house(load_settings()) as house, house.sessions() as session:
        material = command.load_story(session, story_id)
    assert material is not None
    told = {s.title: s.lines for s in explain_story(StoryMaterial(replace(material.story, flags=())), str)}
    assert told["What the flags say"][0].startswith("No check found anything")
    assert told["Who carries it"]
    assert "What is missing" not in told


@pytest.mark.parametrize("asked", ["0", "999", "no-such-key", "9" * 30])
def test_an_unknown_flag_is_told_with_its_exit_code(asked: str, home: Path):
    code, _, err = run(command.app, home, asked)
    assert code == 2
    assert asked in err
    assert "diembao flags" in err


def test_json_holds_the_flag_and_its_sections(home: Path):
    number = json.loads(run(listings.app, home, "--json")[1])[0]["number"]
    record = json.loads(run(command.app, home, str(number), "--json")[1])
    assert record["number"] == number
    assert {"title", "lines"} == set(record["sections"][0])
    assert 0 < record["checkworthiness"]["score"] <= 1
    assert record["check_rate"]["articles"] > 100
    assert (record["proposal"], record["withdrawn_at"]) == (None, None)


@pytest.fixture
def english() -> Callable[[str], str]:
    return translator("en")


def test_a_withdrawn_flag_says_so(home: Path, tmp_path: Path, english: Callable[[str], str]):
    with at_home(tmp_path), open_house(load_settings()) as house:
        with house.sessions.begin() as session:
            save_article(session, article("mot", "3"), now=NOW)
            save_article(session, replace(article("hai", "5"), title="Lũ"), now=NOW)
        read_new(house.sessions, house.make_knowledge(), now=NOW, progress=lambda *_: None)
        group_new(house.sessions, now=NOW, progress=lambda *_: None)
        check_changed(house.sessions, now=NOW, progress=lambda *_: None)
        with house.sessions.begin() as session:
            flagged = list_flags(session)[0]
            save_flags(session, flagged.story_id, (), now=NOW)
        with house.sessions() as session:
            material = command.load_material(session, str(flagged.flag.number), Atlas())
    assert material is not None
    lines = [line for section in explain(material, english) for line in section.lines]
    assert any("withdrawn" in line for line in lines)
    assert any("no verdict" in line for line in lines)


def test_a_verdict_is_told_with_its_evidence_and_a_papers_day_without_an_hour(
    home: Path, english: Callable[[str], str]
):
    number = json.loads(run(listings.app, home, "--json")[1])[0]["number"]
    with at_home(home), open_house(load_settings()) as house, house.sessions() as session:
        material = command.load_material(session, str(number), Atlas())
    assert material is not None
    saved = material.flagged.flag
    cited = ("kho:3#1", "CV 12/2026")
    midnight = datetime(2026, 11, 19, 17, tzinfo=UTC)  # in Viet Nam
    claim, item = saved.value.claim, material.flagged.item
    review = Review(claim.key, claim.text, item.number, Verdict.FALSE, "theo sở", "lan", NOW, cited)
    paper = replace(saved.value.evidence[0], published=midnight)
    flag = replace(saved, value=replace(saved.value, evidence=(paper,)))
    judged = replace(material, flagged=replace(material.flagged, flag=flag, reviews=(review,)))
    told = "\n".join(line for section in explain(judged, english) for line in section.lines)
    assert "Evidence: kho:3#1; CV 12/2026" in told
    assert "00:00" not in told
    assert "20/11/2026: “" in told


def test_a_search_that_cannot_be_read_is_told_in_the_users_language(home: Path):
    code, _, err = run(listings.app, home, '"hở')
    assert (code, "quotation" in err) == (2, False)
    assert "ngoặc kép" in err
