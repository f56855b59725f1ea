"""Verdicts that need evidence, that travel as suggestions, and that open matters."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from desk.web.times import show_iso
from store.audit import list_entries
from store.matters import list_matters
from store.published import save_published
from store.reviews import reviews_here
from store.stories import find_story
from store.types import Deadline, Matter, PublishedReview, Review, Rules, Unit, Verdict

SAID = "Xã Đức Cơ có 210 hộ dân phải dời nhà trong đêm 12/11 vì nước lên."
LIMIT = Deadline("forwarded-opinion", "Thông báo việc xử lý", 15, "working_days", "Ngày nhận", "Điều 18")
HOUR = Deadline("major-event", "Cung cấp thông tin", 1, "hours", "Ghi nhận vụ việc", "Điều 7")
UNITS = (
    Unit("so-nnmt", "Sở Nông nghiệp", topics=("T12",)),
    Unit("ubnd-c1", "UBND xã Đức Cơ", places=("c1",)),
)
PAPER = "https://xa.example/bao-cao-12"


@pytest.fixture
def office(bench: Any, lan: Any) -> Any:
    """Somebody signed in at a desk whose office has units and a limit of law."""
    configuration = replace(bench.deps.configuration, units=UNITS, rules=Rules((), (LIMIT, HOUR)))
    bench.deps = replace(bench.deps, configuration=configuration)
    visitor = type(lan)(bench.client())
    visitor.client.cookies.set("diembao_session", bench.token)
    return visitor


@pytest.fixture
def copied(seeder: Any) -> tuple[int, int]:
    """One sentence in two stories; the numbers of the two articles."""
    pair = [
        seeder.article(
            name, title="Nước lên ở Đức Cơ", text=f"Tin {name}.\n{SAID}", hours=hours, language="vi"
        )
        for name, hours in (("mot", 5), ("hai", 3))
    ]
    seeder.story("s-one", [(pair[0], 0)])
    seeder.story("s-two", [(pair[1], 0)])
    return pair[0], pair[1]


@pytest.fixture
def reader(office: Any, visitors: Callable[[], Any]) -> Callable[[], Any]:
    """Invites somebody who only looks."""

    def invite() -> Any:
        text = office.send("/people/invite", {"role": "reader"}, page="/people").text
        found = re.search(r"/welcome/[\w-]+", text)
        assert found
        made = visitors()
        words = "bốn từ ghép lại"
        made.send(found[0], {"name": "chi", "password": words, "again": words}, page=found[0])
        return made

    return invite


def claim_key(bench: Any, story: str) -> str:
    with bench.deps.sessions() as session:
        found = find_story(session, story)
    assert found is not None
    return next(c.key for m in found.members for c in m.item.reading.claims if "210" in c.text)


def judge(visitor: Any, bench: Any, story: str, verdict: str = "false", **fields: str) -> Any:
    given = {"story": story, "claim": claim_key(bench, story), "verdict": verdict}
    more = {"reason": "biên bản kiểm kê của xã", "evidence": PAPER} | fields
    return visitor.send("/verdict", given | more, page=f"/stories/{story}")


def verdicts(bench: Any, story: str) -> list[Review]:
    key = claim_key(bench, story)
    with bench.deps.sessions() as session:
        return list(reviews_here(session, [(story, key)]).get((story, key), ()))


def matters(bench: Any, *, is_open: bool = True) -> list[Matter]:
    with bench.deps.sessions() as session:
        return list_matters(session, is_open=is_open)


def page(visitor: Any, bench: Any, story: str) -> str:
    return html.unescape(visitor.get(f"/stories/{story}?claim={claim_key(bench, story)}").text)


@pytest.mark.parametrize("verdict", ["true", "true_we_correct", "partly", "false"])
def test_a_verdict_on_what_is_so_comes_back_without_evidence(
    office: Any, bench: Any, copied: Any, verdict: str
):
    answer = judge(office, bench, "s-one", verdict, evidence=" \n ")
    assert answer.status_code == 400
    assert "cần có căn cứ" in answer.text
    assert "biên bản kiểm kê của xã" in answer.text
    assert verdicts(bench, "s-one") == []


@pytest.mark.parametrize("verdict", ["not_enough", "not_checkable"])
def test_where_there_is_nothing_to_cite_the_reason_is_enough(
    office: Any, bench: Any, copied: Any, verdict: str
):
    assert judge(office, bench, "s-one", verdict, evidence="").status_code == 303
    assert [review.verdict.value for review in verdicts(bench, "s-one")] == [verdict]


def test_a_verdict_reaches_the_copy_elsewhere_as_a_suggestion_only(office: Any, bench: Any, copied: Any):
    judge(office, bench, "s-one")
    text = page(office, bench, "s-two")
    assert verdicts(bench, "s-two") == []
    assert "Đã từng trả lời" in text
    assert "lan.anh kết luận" in text
    assert f"/articles/{copied[0]}?version=1" in text
    assert "Báo Mot" in text


def adopt(visitor: Any, bench: Any, origin: int, **fields: str) -> Any:
    given = {"story": "s-two", "claim": claim_key(bench, "s-two"), "origin": str(origin)}
    of = show_iso(verdicts(bench, "s-one")[0].at)
    return visitor.send("/verdict/adopt", given | {"of": of} | fields, page="/stories/s-two")


def test_one_button_takes_a_suggestion_over_in_ones_own_name(office: Any, bench: Any, copied: Any):
    judge(office, bench, "s-one")
    bench.clock.pass_time(timedelta(hours=1))
    assert adopt(office, bench, copied[0]).status_code == 303
    (review,) = verdicts(bench, "s-two")
    assert (review.verdict, review.reviewer, review.evidence) == (Verdict.FALSE, "lan.anh", (PAPER,))
    assert review.article == copied[1]
    assert "Báo Mot" in review.reason
    assert "biên bản kiểm kê của xã" in review.reason
    with bench.deps.sessions() as session:
        assert list_entries(session, limit=1)[0].act == "review"


def test_a_suggestion_that_changed_meanwhile_is_not_taken_over(office: Any, bench: Any, copied: Any):
    judge(office, bench, "s-one")
    assert adopt(office, bench, copied[0], of="2020-01-01T00:00:00+00:00").status_code == 409
    assert verdicts(bench, "s-two") == []


def test_with_another_figure_it_can_only_be_looked_at(office: Any, bench: Any, copied: Any, seeder: Any):
    judge(office, bench, "s-one")
    number = seeder.article("ba", title="Tin", text=SAID.replace("12/11", "13/11"), hours=1, language="vi")
    seeder.story("s-three", [(number, 0)])
    text = page(office, bench, "s-three")
    assert "tương tự, không phải một" in text
    assert "số liệu khác" in text
    assert "data-adopt" not in text


def test_what_others_published_is_shown_and_cannot_be_taken_over(office: Any, bench: Any, copied: Any):
    published = PublishedReview(
        SAID,
        "Sai",
        Verdict.FALSE,
        "Trung tâm Ví dụ",
        "https://kc.example/1",
        date(2026, 11, 13),
        (),
        "lan.anh",
    )
    with bench.deps.sessions.begin() as session:
        save_published(session, published, now=bench.clock.at)
    text = page(office, bench, "s-one")
    assert "Trung tâm Ví dụ công bố" in text
    assert "https://kc.example/1" in text
    assert "data-adopt" not in text
    assert verdicts(bench, "s-one") == []


def test_who_only_looks_sees_the_suggestion_without_its_button(
    office: Any, bench: Any, copied: Any, reader: Callable[[], Any]
):
    judge(office, bench, "s-one")
    text = page(reader(), bench, "s-two")
    assert "Đã từng trả lời" in text
    assert "data-adopt" not in text


def test_true_we_must_correct_opens_a_matter_for_the_unit_proposed(office: Any, bench: Any, copied: Any):
    answer = judge(office, bench, "s-one", "true_we_correct")
    assert "done=matter" in answer.headers["location"]
    (matter,) = matters(bench)
    assert (matter.story, matter.claim_text, matter.unit) == ("s-one", SAID, "ubnd-c1")
    assert (matter.acts[0].by, matter.acts[0].words) == ("lan.anh", "biên bản kiểm kê của xã")


def test_another_verdict_opens_no_matter(office: Any, bench: Any, copied: Any):
    judge(office, bench, "s-one", "true")
    assert matters(bench) == []


def test_a_verdict_taken_over_opens_its_own_matter(office: Any, bench: Any, copied: Any):
    judge(office, bench, "s-one", "true_we_correct")
    bench.clock.pass_time(timedelta(hours=1))
    adopt(office, bench, copied[0])
    assert sorted(matter.story for matter in matters(bench)) == ["s-one", "s-two"]


def test_taking_the_verdict_back_closes_its_matter_with_the_reason(office: Any, bench: Any, copied: Any):
    judge(office, bench, "s-one", "true_we_correct")
    of = show_iso(verdicts(bench, "s-one")[0].at)
    fields = {"story": "s-one", "claim": claim_key(bench, "s-one"), "of": of, "reason": "nhầm xã"}
    assert office.send("/verdict/undo", fields, page="/stories/s-one").status_code == 303
    assert matters(bench) == []
    assert "nhầm xã" in matters(bench, is_open=False)[0].acts[-1].words


@pytest.fixture
def matter(office: Any, bench: Any, copied: Any) -> str:
    """The number of an open matter."""
    judge(office, bench, "s-one", "true_we_correct")
    return str(matters(bench)[0].number)


def test_a_person_gives_the_matter_to_another_unit(office: Any, bench: Any, matter: str):
    office.send("/matters/assign", {"matter": matter, "unit": "so-nnmt"}, page="/matters")
    assert matters(bench)[0].unit == "so-nnmt"
    assert "Sở Nông nghiệp" in office.get("/matters").text


def test_no_limit_runs_until_a_person_starts_it_and_its_law_is_shown(office: Any, bench: Any, matter: str):
    assert matters(bench)[0].due_at is None
    office.send("/matters/limit", {"matter": matter, "limit": "forwarded-opinion"}, page="/matters")
    due = matters(bench)[0].due_at
    assert due is not None
    assert due - bench.clock.at > timedelta(days=19)
    assert "Điều 18" in html.unescape(office.get("/matters").text)


def test_an_overdue_matter_says_so(office: Any, bench: Any, matter: str):
    office.send("/matters/limit", {"matter": matter, "limit": "major-event"}, page="/matters")
    assert "quá hạn" not in office.get("/matters").text
    bench.clock.pass_time(timedelta(hours=2))
    assert "quá hạn" in office.get("/matters").text


def test_a_matter_is_closed_with_what_was_done_and_opened_again(office: Any, bench: Any, matter: str):
    fields = {"matter": matter, "words": "đã sửa số trên cổng thông tin"}
    assert office.send("/matters/close", fields, page="/matters").status_code == 303
    assert matters(bench) == []
    assert "đã sửa số trên cổng thông tin" in office.get("/matters").text
    office.send("/matters/reopen", {"matter": matter, "words": "còn một trang cũ"}, page="/matters")
    assert [str(m.number) for m in matters(bench)] == [matter]


REFUSED = {
    "a unit nobody knows": ("/matters/assign", {"unit": "so-la"}, "đơn vị trong danh sách"),
    "a limit nobody knows": ("/matters/limit", {"limit": "x"}, "thời hạn trong danh sách"),
    "closed without words": ("/matters/close", {"words": " "}, "ghi rõ đã làm gì"),
    "reopened while open": ("/matters/reopen", {"words": "vì"}, "đang mở"),
    "a matter that is not there": ("/matters/close", {"matter": "99", "words": "x"}, "Không có việc số 99"),
}


@pytest.mark.parametrize(("path", "fields", "words"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_with_a_matter_is_told(
    office: Any, matter: str, path: str, fields: dict[str, str], words: str
):
    answer = office.send(path, {"matter": matter} | fields, page="/matters")
    assert answer.status_code == 400
    assert words in html.unescape(answer.text)


@pytest.mark.parametrize("number", ["", "1; DROP", "-1", "²"])
def test_a_number_that_is_none_finds_no_matter(office: Any, matter: str, number: str):
    fields = {"matter": number, "words": "x"}
    assert office.send("/matters/close", fields, page="/matters").status_code == 404


@pytest.mark.parametrize("path", ["/matters/assign", "/matters/limit", "/matters/close", "/verdict/adopt"])
def test_who_only_looks_cannot_act(
    office: Any, bench: Any, matter: str, path: str, reader: Callable[[], Any]
):
    fields = {"matter": matter, "unit": "so-nnmt", "limit": "forwarded-opinion", "words": "x"}
    more = {"story": "s-one", "claim": claim_key(bench, "s-one")}
    assert reader().send(path, fields | more, page="/matters").status_code == 403


def test_hostile_words_in_a_matter_stay_words(office: Any, bench: Any, matter: str):
    fields = {"matter": matter, "words": "<script>alert(9)</script>"}
    office.send("/matters/close", fields, page="/matters")
    assert "<script>alert(9)" not in office.get("/matters").text


def test_the_story_says_how_the_claim_spread(office: Any, bench: Any):
    text = html.unescape(office.get("/stories/s-flood").text)
    assert re.search(r"<summary>\d+ nơi đưa tin độc lập|<summary>Chỉ một cơ quan đăng", text)
    assert "không nói lên nhận định đúng hay sai" in text


def test_the_pages_speak_english_too(office: Any, bench: Any, matter: str):
    office.send("/language", {"language": "en", "next": "/matters"}, page="/matters")
    text = office.get("/matters").text
    assert "Matters" in text
    assert "Unit in charge" in text
