"""Stories joined and parted by a person at the desk."""

from __future__ import annotations

import re
from typing import Any

import pytest

from store import audit
from store.stories import find_story, memberships_in
from store.story_decisions import decisions_of

PASSWORD = "bốn từ ghép lại"
WHY = "cùng một trận lũ"
PAGE = "/stories/s-flood"


def members(bench: Any, story: str) -> list[int]:
    with bench.deps.sessions() as session:
        return [each.article for each in memberships_in(session, story)]


def decisions(bench: Any, story: str) -> Any:
    with bench.deps.sessions() as session:
        return decisions_of(session, story)


@pytest.mark.parametrize(
    "into",
    ["s-football", "http://127.0.0.1:8080/stories/s-football?claim=x#regroup", "/stories/s-football/"],
    ids=["id", "address", "path"],
)
def test_a_story_is_joined_to_the_one_named_and_the_page_says_who_did_it(lan: Any, bench: Any, into: str):
    both = sorted(members(bench, "s-flood") + members(bench, "s-football"))
    answer = lan.send("/stories/join", {"story": "s-flood", "into": into, "reason": WHY}, page=PAGE)
    assert answer.headers["location"].startswith("/stories/s-football?done=joined")
    assert members(bench, "s-football") == both
    shown = lan.get("/stories/s-football").text
    assert WHY in shown
    assert "nhập hai vụ việc làm một" in shown
    assert decisions(bench, "s-football")[0].by in shown


def test_an_article_taken_out_leaves_and_comes_back_when_the_decision_is_taken_back(lan: Any, bench: Any):
    before = members(bench, "s-flood")
    fields = {"story": "s-flood", "article": str(before[-1]), "reason": "chuyện khác"}
    assert lan.send("/stories/apart", fields, page=PAGE).status_code == 303
    assert members(bench, "s-flood") == before[:-1]
    (decision,) = decisions(bench, "s-flood")
    fields = {"story": "s-flood", "decision": str(decision.number), "reason": "nhầm"}
    lan.send("/stories/undo", fields, page=PAGE)
    assert members(bench, "s-flood") == before
    with bench.deps.sessions() as session:
        acts = [entry.act for entry in audit.list_entries(session, limit=5)]
    assert {"story apart", "story undo"} <= set(acts)


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/stories/join", {"into": "s-flood", "reason": WHY}, 400),
        ("/stories/join", {"into": "s-nowhere", "reason": WHY}, 400),
        ("/stories/join", {"into": "", "reason": WHY}, 400),
        ("/stories/join", {"into": "s-football", "reason": ""}, 400),
        ("/stories/join", {"into": "s-football", "reason": "x" * 501}, 400),
        ("/stories/join", {"into": "s-football", "reason": WHY, "story": "s-nowhere"}, 404),
        ("/stories/apart", {"article": "999999", "reason": WHY}, 409),
        ("/stories/apart", {"article": "1", "reason": ""}, 400),
        ("/stories/undo", {"decision": "7", "reason": WHY}, 409),
        ("/stories/undo", {"decision": "eins", "reason": WHY}, 409),
    ],
)
def test_what_cannot_be_done_is_refused_in_words_and_changes_nothing(
    lan: Any, bench: Any, path: str, fields: dict[str, str], status: int
):
    before = members(bench, "s-flood")
    answer = lan.send(path, {"story": "s-flood", **fields}, page=PAGE)
    assert answer.status_code == status
    assert members(bench, "s-flood") == before
    assert decisions(bench, "s-flood") == ()


def test_a_reader_is_neither_offered_nor_allowed_to_regroup(lan: Any, bench: Any, visitors: Any):
    invited = lan.send("/people/invite", {"role": "reader"}, page="/people").text
    found = re.search(r"/welcome/[\w-]+", invited)
    assert found is not None
    reader, path = visitors(), found[0]
    reader.send(path, {"name": "minh", "password": PASSWORD, "again": PASSWORD}, page=path)
    assert "/stories/join" not in reader.get(PAGE).text
    fields = {"story": "s-flood", "into": "s-football", "reason": WHY}
    assert reader.send("/stories/join", fields, page="/").status_code == 403
    with bench.deps.sessions() as session:
        assert find_story(session, "s-flood") is not None


def test_a_reason_is_shown_as_text_only(lan: Any):
    fields = {"story": "s-flood", "into": "s-football", "reason": "<script>alert(1)</script>"}
    lan.send("/stories/join", fields, page=PAGE)
    assert "<script>alert(1)" not in lan.get("/stories/s-football").text
