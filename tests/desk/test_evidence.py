"""`diembao evidence`: from files to cited passages, with a message for each file that is not taken."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from crawler.asking import Wish
from crawler.documents.formats import MOST_BYTES
from crawler.wire.answers import Answer, NoAnswer
from desk.commands.evidence import app
from desk.library_words import read_id, say_state
from practice.server import start_press
from store.types import KeptDocument, LibraryDocument

pytestmark = pytest.mark.usefixtures("quick_processes")
ROW = "Chỉ tiêu;Năm;Giá trị;ĐVT\nDân số;2025;{};người\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path / "home"))
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def write(path: Path, body: bytes | str) -> str:
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return str(path)


def test_a_file_is_added_listed_searched_and_shown(home: Path) -> None:
    file = write(home / "dan-so.csv", ROW.format(3583693))
    made = run("add", file, "--by", "lan", "--publisher", "Thống kê tập", "--published", "30/06/2026")
    assert (made.exit_code, "kho:1" in made.output) == (0, True)
    listed = json.loads(run("list", "--json").stdout)
    assert [(d["id"], d["publisher"], d["published"], d["added_by"]) for d in listed] == [
        ("kho:1", "Thống kê tập", "2026-06-30", "lan")
    ]
    hits = json.loads(run("search", "dan so", "--json").stdout)
    assert [(h["id"], h["text"], h["cell"]) for h in hits] == [
        ("kho:1#1", "Dân số, 2025: 3.583.693 người", "A2:D2")
    ]
    like = run("search", "--like", "báo viết dân số năm 2025 chỉ có 3 triệu người").stdout
    assert "3.583.693" in like
    shown = json.loads(run("show", "kho:1#1", "--json").stdout)
    assert (shown["unchanged"], len(shown["passages"])) == (True, 1)


def test_each_bad_file_has_its_message_and_the_rest_goes_on(home: Path) -> None:
    files = [
        write(home / "hong.pdf", b"%PDF-1.7 nothing"),
        write(home / "rong.txt", b""),
        str(home / "khong-co.pdf"),
        write(home / "tot.txt", "Một văn bản có đủ chữ để làm chứng cứ."),
        write(home / "lai.txt", "Một văn bản có đủ chữ để làm chứng cứ."),
    ]
    done = run("add", *files, "--by", "lan")
    assert done.exit_code == 5
    assert "hong.pdf: không nhận: Tệp bị hỏng" in done.stderr
    assert "rong.txt: không nhận: Tệp rỗng" in done.stderr
    assert "khong-co.pdf: không nhận: Không đọc được" in done.stderr
    assert "tot.txt: kho:1" in done.stdout
    assert "lai.txt: đã có trong kho là kho:1" in done.stdout


def test_evidence_dated_in_the_future_is_kept_marked_and_told(home: Path) -> None:
    file = write(home / "a.txt", "Một văn bản có đủ chữ để làm chứng cứ.")
    done = run("add", file, "--published", "01/01/2099")
    assert "là ngày chưa tới" in done.stdout
    assert "ghi ngày chưa tới" in run("list").stdout


def test_contradictory_figures_are_told(home: Path) -> None:
    first, second = (write(home / f"{n}.csv", ROW.format(n)) for n in (3560000, 3583693))
    done = run("add", first, second)
    assert (
        "≠ “Dân số, 2025”: ở đây 3.583.693 người, trong kho:1#1 (3560000) là 3.560.000 người" in done.stdout
    )


def test_a_superseded_document_stays_and_is_left_out_where_only_standing_ones_are_wanted(home: Path) -> None:
    first, second = (write(home / f"{n}.csv", ROW.format(n)) for n in (3560000, 3583693))
    run("add", first, second)
    done = run("supersede", "kho:1", "kho:2", "--by", "lan")
    assert done.exit_code == 0
    assert len(json.loads(run("search", "dân số", "--json").stdout)) == 2
    standing = json.loads(run("search", "dân số", "--standing", "--json").stdout)
    assert [hit["document"] for hit in standing] == ["kho:2"]
    assert "bị kho:2 thay thế" in run("list").stdout
    assert run("restore", "kho:1").exit_code == 0
    assert run("restore", "kho:1").exit_code == 2


@pytest.mark.parametrize(
    "words",
    [
        ["show", "kho:9"],
        ["show", "abc"],
        ["supersede", "1", "2"],
        ["search", "topic:T03"],
        ["search", '"hở'],
        ["add", "x.pdf", "--published", "hôm qua"],
        ["add", "x.pdf", "--valid-from", "2/1/2026", "--valid-until", "1/1/2026"],
    ],
)
def test_wrong_use_is_told_with_what_to_do(home: Path, words: list[str]) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert len(done.stderr.strip().splitlines()) >= 2


def test_a_file_that_was_changed_in_the_archive_is_not_shown_as_proved(home: Path) -> None:
    run("add", write(home / "a.txt", "Một văn bản có đủ chữ để làm chứng cứ."))
    for path in (home / "home" / "archive").glob("*/*/*.gz"):
        path.write_bytes(b"x")
    assert run("show", "kho:1").exit_code == 4


def test_an_address_is_asked_for_through_the_collectors_guard(home: Path) -> None:
    done = run("add", "http://127.0.0.1:9/x.pdf", "https://www.facebook.com/x")
    assert done.exit_code == 5
    assert done.stderr.count("không nhận: Không tải được") == 2


def test_a_page_of_the_press_is_added_by_its_address(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with start_press() as press:
        monkeypatch.setenv("DIEMBAO_ALLOW_PRIVATE", press.allow_private())
        outlet = press.outlets[0]
        done = run("add", outlet.base_url, "--by", "lan", "--json")
    record = json.loads(done.stdout)[0]
    assert record["id"] == "kho:1", record
    assert record["passages"] > 0


def test_a_file_that_is_too_large_is_told(home: Path) -> None:
    done = run("add", write(home / "lon.txt", b"x" * (MOST_BYTES + 5)))
    assert "lớn hơn 50 MiB" in done.stderr


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("kho:12", (12, 0)),
        ("12", (12, 0)),
        ("kho:12#3", (12, 3)),
        ("kho:", None),
        ("-1", None),
        ("9" * 30, None),
    ],
)
def test_an_id_is_read(text: str, read: tuple[int, int] | None) -> None:
    assert read_id(text) == read


@dataclass
class Site:
    """One address that answers what it is told to; what is asked of it never leaves the test."""

    status: int = 200
    body: str = "Năm 2025 tỉnh trồng được 7.250 ha rừng."

    def __call__(self, wish: Wish) -> list[Answer | NoAnswer]:
        kind = (("content-type", "text/plain; charset=utf-8"),)
        return [Answer(wish.addresses[0], self.status, kind, self.body.encode())]


@pytest.fixture
def site(home: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    site = Site()
    monkeypatch.setattr("desk.library.ask", site)
    return site


PAGE = "https://so.example.vn/rung.txt"


def test_a_page_that_changed_is_a_further_document_that_names_the_earlier(site: Site) -> None:
    run("add", PAGE, "--by", "lan")
    site.body = "Năm 2025 tỉnh trồng được 6.100 ha rừng."
    done = run("add", PAGE, "--by", "lan")
    assert "địa chỉ này có nội dung khác, đã lưu là kho:1" in done.stdout
    assert "đã lưu là kho:1" in run("show", "kho:2").stdout
    assert "7.250" in run("show", "kho:1").stdout


def test_a_page_that_was_withdrawn_is_told_and_what_was_kept_stays(site: Site) -> None:
    run("add", PAGE, "--by", "lan")
    site.status = 410
    done = run("add", PAGE, "--by", "lan")
    assert done.exit_code == 5
    assert "có thể trang đã bị gỡ" in done.stderr
    assert "số kho:1, vẫn còn nguyên trong kho" in done.stderr
    assert "7.250" in run("show", "kho:1").stdout


@pytest.mark.parametrize(
    ("status", "told"),
    [(404, "hãy xem lại địa chỉ"), (403, "tải bằng trình duyệt"), (503, "hãy thử lại sau")],
)
def test_what_a_refused_address_means_is_said_in_words(site: Site, status: int, told: str) -> None:
    site.status = status
    done = run("add", PAGE, "--by", "lan")
    assert told in done.stderr.lower()
    assert f"Mã HTTP {status}. " not in done.stderr


def test_an_address_that_is_not_of_the_web_is_told_in_words(site: Site) -> None:
    assert "chỉ tải địa chỉ bắt đầu bằng http" in run("add", "ftp://so.example.vn/a.pdf").stderr
    assert site.status == 200


def test_the_day_a_document_was_superseded_is_the_offices_day(home: Path) -> None:
    document = LibraryDocument("Báo cáo tập", "a.txt", "txt", "0" * 64, added_by="lan")
    late = datetime(2026, 11, 23, 22, 14, tzinfo=UTC)  # 05:14 of the 24th in Viet Nam
    kept = KeptDocument(1, late, document, 1, superseded_by=2, superseded_at=late)
    assert say_state(kept, date(2026, 11, 24), str).endswith("on 24/11/2026")
