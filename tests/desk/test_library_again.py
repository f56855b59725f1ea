"""`diembao evidence recheck`: addresses asked again by their validators; what was kept is never touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from config.settings import load_settings
from crawler.asking import AskingError, Wish
from crawler.wire.answers import Answer, NoAnswer, Trouble
from desk.commands.evidence import app
from desk.house import open_house
from desk.service import PlainFaultError
from desk.upkeep import ask_library
from store.library.addresses import Found, find_look
from store.library.documents import find_document

pytestmark = pytest.mark.usefixtures("quick_processes")
PAGE = "https://so.example.vn/rung.html"
BEFORE = "<title>Rừng</title><p>Năm 2025 tỉnh trồng được 7.250 ha rừng.</p>"
AFTER = BEFORE.replace("7.250", "6.100")


@dataclass
class Site:
    """One address that answers what it is told to, and keeps with which headers it was asked."""

    status: int = 200
    body: str = BEFORE
    etag: str = '"eins"'
    trouble: NoAnswer | None = None
    asked_with: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, wish: Wish) -> Iterator[Answer | NoAnswer]:
        for number, address in enumerate(wish.addresses):
            self.asked_with.append(dict(wish.conditions[number]) if wish.conditions else {})
            headers = (("content-type", "text/html; charset=utf-8"), ("etag", self.etag))
            yield self.trouble or Answer(address, self.status, headers, self.body.encode())


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("DIEMBAO_HOME", str(tmp_path / "home"))
    site = Site()
    monkeypatch.setattr("desk.library.ask", lambda wish: list(site(wish)))
    monkeypatch.setattr("desk.library_again.ask_in_turn", site)
    assert run("add", PAGE, "--by", "lan", "--publisher", "Sở tập", "--kind", "statistics").exit_code == 0
    return site


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def again(*, code: int = 0) -> dict[str, Any]:
    done = run("recheck", "--by", "minh", "--json")
    assert done.exit_code == code, done.output
    record: dict[str, Any] = json.loads(done.stdout)[0]
    return record


def listed() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("list", "--json").stdout)
    return found


def test_an_address_is_asked_again_by_the_validator_of_what_is_kept(site: Site) -> None:
    site.status = 304
    assert again()["found"] == "same"
    assert site.asked_with[-1] == {"If-None-Match": '"eins"'}


def test_a_changed_document_is_added_beside_the_old_one_in_the_name_of_who_asks(site: Site) -> None:
    site.body, site.etag = AFTER, '"zwei"'
    record = again()
    assert (record["id"], record["found"], record["new"]["id"]) == ("kho:1", "changed", "kho:2")
    new, old = listed()
    assert (new["added_by"], new["publisher"], new["kind"]) == ("minh", "Sở tập", "statistics")
    assert old["superseded_by"] is None
    assert "7.250" in run("show", "kho:1").stdout


def test_after_a_change_only_the_newer_document_is_asked_for_and_by_its_own_validator(site: Site) -> None:
    site.body, site.etag = AFTER, '"zwei"'
    again()
    site.status = 304
    assert again()["id"] == "kho:2"
    assert site.asked_with[-1] == {"If-None-Match": '"zwei"'}


def test_another_frame_round_the_same_text_is_no_change(site: Site) -> None:
    site.body = BEFORE + "<script>nonce = 7</script>"
    assert again()["found"] == "same"
    assert len(listed()) == 1


def test_a_page_that_is_gone_is_told_and_its_document_stays(site: Site) -> None:
    site.status = 410
    assert again()["found"] == "gone"
    assert listed()[0]["standing"] is True


def test_an_address_that_does_not_answer_is_no_verdict_on_it(site: Site) -> None:
    site.trouble = NoAnswer(Trouble.ROBOTS, "robots.txt forbids")
    record = again(code=5)
    assert (record["found"], "robots.txt không cho phép" in record["reason"]) == ("missed", True)
    site.trouble = None
    site.status = 304
    assert again()["found"] == "same"
    assert site.asked_with[-1] == {"If-None-Match": '"eins"'}


def test_a_change_that_cannot_be_read_is_told_and_adds_nothing(site: Site) -> None:
    site.body = ""
    record = again(code=5)
    assert (record["found"], record["new"]) == ("changed", None)
    assert record["reason"]
    assert len(listed()) == 1


def test_people_read_what_was_found_and_what_to_do(site: Site) -> None:
    site.body = AFTER
    done = run("recheck", "--by", "minh")
    assert "kho:1: đã đổi" in done.stdout
    assert "diembao evidence supersede kho:1 kho:2" in done.stdout


def test_a_superseded_document_is_not_asked_for_again(site: Site, tmp_path: Path) -> None:
    newer = tmp_path / "moi.txt"
    newer.write_text("Năm 2025 tỉnh trồng được 6.100 ha rừng, theo số liệu mới.")
    run("add", str(newer), "--by", "lan")
    run("supersede", "kho:1", "kho:2", "--by", "lan")
    assert "Không tài liệu nào trong kho lấy từ một địa chỉ" in run("recheck").stdout


def ask_as_each_week(contact: str = "phong@bao.example") -> str:
    with open_house(load_settings()) as house:
        settings = house.settings.model_copy(update={"contact": contact})
        return ask_library(replace(house, settings=settings))


def test_the_weekly_look_notes_what_changed_and_adds_nothing(site: Site) -> None:
    site.body = AFTER
    assert ask_as_each_week() == "same=0 changed=1 gone=0 missed=0"
    assert len(listed()) == 1
    with open_house(load_settings()) as house, house.sessions() as session:
        kept = find_document(session, 1)
        assert kept is not None
        look = find_look(session, kept)
    assert look is not None
    assert look.found is Found.CHANGED


def test_a_document_after_which_another_came_from_its_address_says_nothing_of_it(site: Site) -> None:
    site.body = AFTER
    again()
    with open_house(load_settings()) as house, house.sessions() as session:
        older, newer = find_document(session, 1), find_document(session, 2)
        assert older is not None
        assert newer is not None
        assert find_look(session, older) is None
        assert find_look(session, newer) is not None


def test_without_a_contact_no_address_is_asked(site: Site) -> None:
    before = len(site.asked_with)
    assert ask_as_each_week(contact="") == "not asked: no contact is set"
    assert len(site.asked_with) == before


def test_asking_that_ends_early_fails_the_job_with_its_reason(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_wish: Wish) -> Iterator[Answer]:
        raise AskingError("the asking process ended")
        yield

    monkeypatch.setattr("desk.library_again.ask_in_turn", broken)
    with pytest.raises(PlainFaultError, match="asking process ended"):
        ask_as_each_week()
