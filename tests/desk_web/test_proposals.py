"""What the evidence library lets one propose, where a story's sentence is shown."""

from __future__ import annotations

from typing import Any

import pytest

from store.claims import list_flags

ORIGIN = {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}


def add_document(visitor: Any, text: str) -> None:
    fields = {"csrf": visitor.token("/evidence"), "kind": "report"}
    visitor.client.post(
        "/evidence/add", data=fields, files={"file": ("bao-cao.txt", text.encode())}, headers=ORIGIN
    )


def sentence_of(bench: Any) -> str:
    """The sentence that is flagged, as it was written."""
    with bench.deps.sessions() as session:
        return list_flags(session)[0].flag.value.claim.text


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        (lambda text: text, "Mức chắc chắn:"),
        (lambda _: "Cầu treo dài 120 m bắc qua suối ở thôn 3 có lan can mới.", "Chưa đủ chắc để gợi ý"),
    ],
    ids=["a document says the same", "a document says something else"],
)
def test_a_proposal_says_how_sure_it_is(lan: Any, bench: Any, turn: Any, said: str) -> None:
    add_document(lan, turn(sentence_of(bench)))
    page = lan.get("/stories/s-flood").text
    assert page.count("Kho luận cứ nói gì") >= 1
    assert said in page


def test_without_a_library_nothing_is_proposed(lan: Any) -> None:
    page = lan.get("/stories/s-flood").text
    assert "Mức chắc chắn:" not in page
    assert "Chưa đủ chắc để gợi ý" not in page
