"""`diembao check`: proposals from given passages, and from the office's library. Texts are invented."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from desk.commands.check import app
from desk.filters.check import CheckWork, check_record
from desk.filters.held import OfficeLibrary
from desk.filters.lines import BadRecordError
from store.archive import Archive
from store.database import make_sessions, open_engine, upgrade
from store.errors import DatabaseError
from store.library.documents import save_document
from store.types import DocumentPassage, LibraryDocument

NOW = datetime(2026, 11, 15, tzinfo=UTC)
DAY = date(2026, 11, 15)
SAID = "Tỷ lệ hộ nghèo của tỉnh Gia Lai năm 2025 là 4,27%."
OTHER = SAID.replace("4,27%", "9,5%")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office whose library holds one document; it held no longer from the end of 2026 on."""
    place = tmp_path_factory.mktemp("check")
    engine = open_engine(address(place))
    upgrade(engine)
    document = LibraryDocument(
        title="Báo cáo",
        name="x",
        format="txt",
        sha256="ab" * 32,
        added_by="x",
        publisher="Cơ quan thống kê",
        valid_until=date(2026, 12, 31),
    )
    with make_sessions(engine).begin() as session:
        save_document(session, Archive(place / "archive"), document, [DocumentPassage(SAID)], b"x", now=NOW)
    engine.dispose()
    return place


def address(home: Path) -> str:
    return f"sqlite:///{home / 'diembao.sqlite3'}"


def check(home: Path, **record: Any) -> dict[str, Any]:
    return check_record({"id": 1, **record}, OfficeLibrary(address(home)), today=DAY)


@pytest.mark.parametrize(
    ("claim", "verdict", "stance"),
    [(SAID, "supported", "for"), (OTHER, "contradicted", "against")],
    ids=["the library says the same", "the library says another figure"],
)
def test_without_evidence_the_library_is_asked(home: Path, claim: str, verdict: str, stance: str) -> None:
    answer = check(home, claim=claim)
    (because,) = answer["because"]
    assert (answer["verdict"], answer["sure"], because["stance"]) == (verdict, True, stance)
    assert (because["evidence"], because["title"]) == ("kho:1", "Báo cáo")
    assert SAID[because["start"] : because["end"]] == because["text"]
    assert because["why"]


def test_what_the_library_does_not_speak_of_is_not_enough_and_says_so(home: Path) -> None:
    answer = check(home, claim="Cầu treo dài 120 m bắc qua suối ở thôn 3.")
    assert (answer["verdict"], answer["sure"], answer["because"]) == ("not_enough", False, [])
    assert answer["missing"]


def test_a_document_counts_only_on_the_days_on_which_it_holds(home: Path) -> None:
    assert check(home, claim=OTHER, published="2026-11-20")["verdict"] == "contradicted"
    assert check(home, claim=OTHER, published="2027-02-01")["verdict"] == "not_enough"


def test_a_day_that_nobody_can_read_is_told_and_today_taken(home: Path) -> None:
    answer = check(home, claim=OTHER, published="hôm nọ")
    assert answer["verdict"] == "contradicted"
    assert "`published`" in answer["notes"][0]


def test_given_evidence_is_weighed_without_a_database(tmp_path: Path) -> None:
    claim = "Sáng 12/10, cầu treo bị sập làm 15 người bị thương."
    answer = check(tmp_path, claim=claim, evidence=[{"id": "p", "text": claim.replace("15", "12")}])
    assert (answer["verdict"], answer["sure"], answer["missing"]) == ("contradicted", True, [])
    assert {one["evidence"] for one in answer["because"]} == {"p"}
    assert not (tmp_path / "diembao.sqlite3").exists()


def test_what_is_unsure_says_so(tmp_path: Path) -> None:
    answer = check(tmp_path, claim=SAID, evidence=[{"id": "p", "text": "Giá cà phê tăng."}])
    assert (answer["verdict"], answer["sure"]) == ("not_enough", False)
    assert answer["missing"]


FIRES = "Năm 2025, tỉnh Gia Lai có {} vụ cháy rừng."
HUGE = "9" * 20
NO_EVIDENCE = {
    "ten to the four hundredth": f"Gia Lai có 1{'0' * 400} người chết.",
    "the same with its sign": "Gia Lai có 10^400 người chết.",
    "twenty digits": f"{HUGE} người",
    "in an exponent": "Có 1e400 hộ nghèo.",
    "digits in groups": "Có 10.000.000.000.000.000.000.000 người chết.",
    "an ordinary number": "Có 3 người chết.",
}


@pytest.mark.parametrize("claim", NO_EVIDENCE.values(), ids=NO_EVIDENCE.keys())
@pytest.mark.parametrize("evidence", [[], [{"id": 1, "text": ""}], [{"id": 1, "text": " \n"}]])
def test_without_evidence_there_is_no_verdict(
    tmp_path: Path, claim: str, evidence: list[dict[str, object]]
) -> None:
    answer = check(tmp_path, claim=claim, evidence=evidence)
    assert (answer["verdict"], answer["score"], answer["because"]) == ("not_enough", 0.0, [])
    assert answer["missing"]


@pytest.mark.parametrize("claim", list(NO_EVIDENCE.values())[:-1], ids=list(NO_EVIDENCE)[:-1])
@pytest.mark.parametrize("text", ["Gia Lai có 3 người chết.", "Có 10 người chết.", "Có 400 hộ nghèo."])
def test_a_number_that_nobody_can_read_is_contradicted_by_none(tmp_path: Path, claim: str, text: str) -> None:
    answer = check(tmp_path, claim=claim, evidence=[{"id": 1, "text": text}])
    assert (answer["verdict"], answer["sure"]) == ("not_enough", False)
    assert answer["missing"]


NOT_COMPARABLE = {
    "another year": (FIRES.format(120), FIRES.format(80).replace("2025", "2024")),
    "the year stands in the sentence above": (
        FIRES.format(120),
        "Báo cáo tổng kết năm 2024 của tỉnh Gia Lai. Toàn tỉnh Gia Lai có 80 vụ cháy rừng.",
    ),
    "another province": (FIRES.format(120), FIRES.format(80).replace("Gia Lai", "Đắk Lắk")),
    "another part of the year": (
        FIRES.format(120).replace("Năm 2025", "Quý 1 năm 2025"),
        FIRES.format(80).replace("Năm 2025", "Quý 2 năm 2025"),
    ),
    "a plan": (FIRES.format(120), "Năm 2025, tỉnh Gia Lai dự kiến có 80 vụ cháy rừng."),
    "a forecast": ("Sang năm tỉnh Gia Lai sẽ có 120 vụ cháy rừng.", FIRES.format(80)),
    "a question": ("Vì sao năm 2025 tỉnh Gia Lai có 120 vụ cháy rừng?", FIRES.format(80)),
}


@pytest.mark.parametrize(("claim", "text"), NOT_COMPARABLE.values(), ids=NOT_COMPARABLE.keys())
def test_given_evidence_of_another_time_or_place_contradicts_nothing(
    tmp_path: Path, claim: str, text: str
) -> None:
    answer = check(tmp_path, claim=claim, evidence=[{"id": "p", "text": text}])
    assert (answer["verdict"], answer["sure"]) == ("not_enough", False)
    assert answer["missing"]


@pytest.mark.parametrize(
    "claim", ["Gia Lai có 12 người chết.", "Có 12 người chết.", "Năm 2025, Gia Lai có 12 người chết."]
)
def test_a_count_of_nothing_that_is_named_is_contradicted_by_none(tmp_path: Path, claim: str) -> None:
    text = "Tai nạn giao thông năm 2025 trên địa bàn tỉnh Gia Lai làm 415 người chết."
    answer = check(tmp_path, claim=claim, evidence=[{"id": "p", "text": text}])
    assert (answer["verdict"], answer["sure"]) == ("not_enough", False)
    assert answer["missing"]


@pytest.mark.parametrize(
    ("published", "verdict"),
    [(None, "contradicted"), ("2019-06-01", "contradicted"), ("2026-06-01", "not_enough")],
    ids=["no day is known", "said in that year", "said years later"],
)
def test_a_claim_without_a_year_is_of_its_day(tmp_path: Path, published: str | None, verdict: str) -> None:
    record = {"published": published} if published else {}
    evidence = [{"id": "p", "text": "Trong năm 2019, tỉnh Gia Lai có 80 vụ cháy rừng."}]
    answer = check(tmp_path, claim="Tỉnh Gia Lai có 120 vụ cháy rừng.", evidence=evidence, **record)
    assert answer["verdict"] == verdict


@pytest.mark.parametrize(
    ("claim", "text", "verdict"),
    [
        (FIRES.format(120), FIRES.format(80), "contradicted"),
        (FIRES.format(80), FIRES.format(80), "supported"),
        (FIRES.format(120), f"Báo cáo năm 2025. {FIRES.format(80)}", "contradicted"),
    ],
)
def test_given_evidence_of_the_same_time_and_place_decides(
    tmp_path: Path, claim: str, text: str, verdict: str
) -> None:
    answer = check(tmp_path, claim=claim, evidence=[{"id": "p", "text": text}])
    assert (answer["verdict"], answer["sure"], answer["missing"]) == (verdict, True, [])


def make_empty(home: Path) -> None:
    engine = open_engine(address(home))
    upgrade(engine)
    engine.dispose()


@pytest.mark.parametrize("has_database", [False, True], ids=["no database", "an empty library"])
def test_neither_evidence_nor_a_library_is_told_and_nothing_is_made(
    tmp_path: Path, *, has_database: bool
) -> None:
    if has_database:
        make_empty(tmp_path)
    with pytest.raises(BadRecordError, match="diembao evidence add"):
        check(tmp_path, claim=SAID)
    assert (tmp_path / "diembao.sqlite3").exists() == has_database


def test_a_database_of_another_form_is_not_read(home: Path, tmp_path: Path) -> None:
    (tmp_path / "diembao.sqlite3").write_bytes((home / "diembao.sqlite3").read_bytes())
    engine = open_engine(address(tmp_path))
    with engine.connect() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
        connection.commit()
    engine.dispose()
    with pytest.raises(DatabaseError, match="older"):
        check(tmp_path, claim=SAID)


def test_the_command_answers_each_line_and_goes_on_after_a_bad_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIEMBAO_HOME", str(home))
    lines = [
        {"id": "a", "claim": SAID, "published": "2026-11-15", "kept": 1},
        {"id": "b"},
        {"id": "c", "claim": SAID, "evidence": [{"id": 7, "text": SAID}]},
    ]
    done = CliRunner().invoke(app, [], input="\n".join(map(json.dumps, lines)))
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert (done.exit_code, first["verdict"], first["kept"]) == (0, "supported", 1)
    assert "`claim` is missing" in second["error"]
    assert {one["evidence"] for one in third["because"]} == {7}


def test_the_work_is_handed_to_other_processes(home: Path) -> None:
    work = CheckWork(None, address(home), DAY)
    assert work()({"id": 1, "claim": OTHER})["verdict"] == "contradicted"
