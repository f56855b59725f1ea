"""The evidence library on the desk: list, search, document, adding a file, superseding."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from crawler.documents.formats import MOST_BYTES
from desk.web.story_view import find_claims
from desk.web.times import LOCAL_ZONE
from store.audit import list_entries
from store.library.addresses import AddressLook, Found, save_look
from store.library.documents import find_document
from store.stories import find_story
from store.tables import DocumentRow

pytestmark = pytest.mark.usefixtures("quick_processes")
FILE = "Chỉ tiêu,Năm,Giá trị,ĐVT\nDân số,2025,3583693,người\n"
OLD = "Chỉ tiêu,Năm,Giá trị,ĐVT\nDân số,2025,3560000,người\n"
ORIGIN = {"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}


def send(
    visitor: Any,
    body: bytes | str = FILE,
    name: str = "dan-so.csv",
    *,
    token: str = "",
    headers: dict[str, str] | None = None,
    **fields: str,
):
    """Send a file as the page's form would."""
    sent = {"csrf": token or visitor.token("/evidence"), "kind": "statistics", **fields}
    content = body.encode() if isinstance(body, str) else body
    return visitor.client.post(
        "/evidence/add", data=sent, files={"file": (name, content)}, headers=headers or ORIGIN
    )


def test_a_file_is_added_by_who_is_signed_in_and_shown_with_its_place(lan: Any, bench: Any) -> None:
    answer = send(lan, title="Dân số <b>2025</b>", publisher="Thống kê tập", published="2026-06-30")
    assert (answer.status_code, answer.headers["location"]) == (303, "/evidence/1?done=added")
    page = lan.get("/evidence/1?done=added").text
    assert "Dân số, 2025: 3.583.693 người" in page
    assert "ô A2:D2" in page
    assert "Dân số &lt;b&gt;2025" in page
    assert "30/06/2026" in page
    with bench.deps.sessions() as session:
        entry = list_entries(session, limit=1)[0]
    assert (entry.actor, entry.act, entry.subject) == ("lan.anh", "add evidence", "kho:1")


def test_the_same_file_again_leads_to_the_document_that_is_there(lan: Any) -> None:
    send(lan)
    assert send(lan).headers["location"] == "/evidence/1?done=known"


def test_passages_are_found_and_hits_marked(lan: Any) -> None:
    send(lan, title="Niên giám")
    page = lan.get("/evidence?q=dan+so").text
    assert "<mark>Dân</mark> <mark>số</mark>" in page
    assert "/evidence/1?page=1#p1" in page
    assert "Trong kho không có đoạn nào khớp" in lan.get("/evidence?q=khongco").text


def test_a_search_that_has_no_meaning_says_why(lan: Any) -> None:
    answer = lan.get("/evidence?q=topic:T03")
    assert answer.status_code == 400
    assert "Kho luận cứ chỉ tìm theo từ" in answer.text


def test_another_number_for_the_same_thing_is_shown_and_superseding_ends_it(lan: Any, bench: Any) -> None:
    send(lan, OLD, "cu.csv", title="Bản cũ")
    send(lan, title="Bản mới")
    assert "3.560.000 người" in lan.get("/evidence/2").text
    answer = lan.send("/evidence/supersede", {"old": "kho:1", "new": "kho:2"}, page="/evidence/1")
    assert answer.headers["location"] == "/evidence/1?done=superseded"
    assert "bị kho:2 thay thế" in lan.get("/evidence/1").text
    assert "3.560.000 người" not in lan.get("/evidence/2").text
    with bench.deps.sessions() as session:
        kept = find_document(session, 1)
    assert kept is not None
    assert kept.superseded_by == 2


@pytest.mark.parametrize(
    ("new", "said"), [("abc", "Hãy ghi số"), ("kho:9", "không có tài liệu kho:9"), ("1", "thay thế chính nó")]
)
def test_what_cannot_supersede_is_refused_in_words(lan: Any, new: str, said: str) -> None:
    send(lan)
    answer = lan.send("/evidence/supersede", {"old": "kho:1", "new": new}, page="/evidence/1")
    assert answer.status_code == 400
    assert said in answer.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"body": b""}, "Hãy chọn một tệp"),
        ({"kind": "person"}, "Hãy chọn loại"),
        ({"published": "hôm qua"}, "Có ngày không đọc được"),
        ({"valid_from": "2026-02-01", "valid_until": "2026-01-01"}, "đứng trước ngày bắt đầu"),
        ({"body": b"%PDF-1.7 nothing", "name": "../../<x>.pdf"}, "&lt;x&gt;.pdf: Tệp bị hỏng"),
    ],
    ids=["no file", "no kind", "no day", "days in the wrong order", "a damaged file"],
)
def test_what_is_not_taken_is_told_on_the_page(lan: Any, changes: dict[str, object], said: str) -> None:
    answer = send(lan, **changes)
    assert answer.status_code == 400
    assert said in answer.text
    assert "Kho chưa có tài liệu" in answer.text


def test_a_stranger_is_sent_to_sign_in_before_a_file_is_read(stranger: Any) -> None:
    answer = send(stranger, token="x")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize(
    ("token", "headers"),
    [("x", ORIGIN), ("", {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"})],
    ids=["a token that is not ours", "another site's form"],
)
def test_a_form_that_is_not_ours_adds_nothing(lan: Any, token: str, headers: dict[str, str]) -> None:
    assert send(lan, token=token, headers=headers).status_code == 403
    assert "Kho chưa có tài liệu" in lan.get("/evidence").text


def test_a_file_larger_than_the_library_takes_is_not_read(lan: Any) -> None:
    headers = {
        **ORIGIN,
        "Content-Length": str(MOST_BYTES * 2),
        "Content-Type": "multipart/form-data; boundary=x",
    }
    assert lan.client.post("/evidence/add", content=b"x", headers=headers).status_code == 413


def test_another_kind_of_body_is_refused(lan: Any) -> None:
    assert lan.client.post("/evidence/add", content=b"{}", headers=ORIGIN).status_code == 415


def test_who_only_looks_sees_no_form_and_cannot_send_one(lan: Any, visitors: Any) -> None:
    send(lan)
    made = lan.send("/people/invite", {"role": "reader"}, page="/people").text
    path = "/welcome/" + made.split("/welcome/")[1].split("<")[0].strip()
    reader = visitors()
    fields = {"name": "doc.gia", "password": "năm từ ghép lại", "again": "năm từ ghép lại"}
    reader.send(path, fields, page=path)
    assert 'type="file"' not in reader.get("/evidence").text
    assert "Dân số, 2025" in reader.get("/evidence/1").text
    assert send(reader).status_code == 403


@pytest.mark.parametrize("path", ["/evidence/99", "/evidence/1?page=9", "/evidence/1?page=0"])
def test_what_is_not_in_the_library_is_not_found(lan: Any, path: str) -> None:
    send(lan)
    assert lan.get(path).status_code == 404


def test_damaged_bytes_are_told(lan: Any, bench: Any) -> None:
    send(lan)
    assert "nguyên vẹn từ khi thêm" in lan.get("/evidence/1").text
    for path in bench.deps.archive.folder.glob("*/*/*.gz"):
        path.write_bytes(b"x")
    assert "không còn đúng như khi thêm" in lan.get("/evidence/1").text


def judge(lan: Any, bench: Any, evidence: str):
    given = {"story": "s-flood", "claim": bench.seeded.claim, "verdict": "false", "reason": "số của xã"}
    return lan.send("/verdict", given | {"evidence": evidence}, page="/stories/s-flood")


@pytest.mark.parametrize("line", ["kho:9", "kho:9#2", "KHO:0", "kho:123456789012", "kho:1#0", "kho:1#99"])
def test_a_verdict_cannot_cite_a_document_that_is_not_there(lan: Any, bench: Any, line: str) -> None:
    send(lan)
    answer = judge(lan, bench, f"kho:1\n{line}")
    assert answer.status_code == 400
    assert f"Kho luận cứ không có {line}" in answer.text
    assert f"kho:1\n{line}</textarea>" in answer.text


@pytest.mark.parametrize(
    "line", ["báo cáo 12", "theo lời xã", "javascript:alert(1)", "https://", "https://a@so.example/x"]
)
def test_words_that_cannot_be_looked_up_are_no_evidence(lan: Any, bench: Any, line: str) -> None:
    answer = judge(lan, bench, line)
    assert answer.status_code == 400
    assert "căn cứ tra lại được" in answer.text
    assert f"{line}</textarea>" in answer.text


def test_the_page_that_makes_the_claim_is_no_evidence_for_it(lan: Any, bench: Any) -> None:
    with bench.deps.sessions() as session:
        story = find_story(session, "s-flood")
    own = find_claims(story)[bench.seeded.claim][1].article.url
    assert judge(lan, bench, own).status_code == 400
    assert judge(lan, bench, f"{own}\nhttps://xa.example/bien-ban").status_code == 303


def test_a_cited_address_is_shown_with_the_day_on_which_it_was_cited(lan: Any, bench: Any) -> None:
    judge(lan, bench, "https://xa.example/bien-ban")
    day = bench.clock().astimezone(LOCAL_ZONE)
    assert f"<small>dẫn ngày {day:%d/%m/%Y}</small>" in lan.get("/stories/s-flood").text


def test_a_cited_document_is_linked_and_marked_once_it_is_superseded(lan: Any, bench: Any) -> None:
    send(lan, OLD, "cu.csv", title="Bản cũ")
    send(lan, title="Bản mới")
    assert judge(lan, bench, "kho:1#1").status_code == 303
    link = '<a href="/evidence/1?page=1#p1">kho:1#1 · Bản cũ</a>'
    assert f"{link}</li>" in lan.get("/stories/s-flood").text
    lan.send("/evidence/supersede", {"old": "kho:1", "new": "kho:2"}, page="/evidence/1")
    assert f'{link} <span class="badge perhaps">bị kho:2 thay thế' in lan.get("/stories/s-flood").text


def test_that_a_document_was_superseded_is_taken_back_on_its_page(lan: Any, bench: Any) -> None:
    send(lan, OLD, "cu.csv", title="Bản cũ")
    send(lan, title="Bản mới")
    assert 'action="/evidence/restore"' not in lan.get("/evidence/1").text
    lan.send("/evidence/supersede", {"old": "kho:1", "new": "kho:2"}, page="/evidence/1")
    answer = lan.send("/evidence/restore", {"id": "kho:1"}, page="/evidence/1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/evidence/1?done=restored")
    with bench.deps.sessions() as session:
        kept, entry = find_document(session, 1), list_entries(session, limit=1)[0]
    assert kept is not None
    assert (kept.superseded_by, entry.actor, entry.act) == (0, "lan.anh", "restore evidence")
    again = lan.send("/evidence/restore", {"id": "kho:1"}, page="/evidence/1")
    assert (again.status_code, "chưa bị thay thế" in again.text) == (400, True)


@pytest.mark.parametrize("found", list(Found))
def test_a_documents_page_says_what_its_address_held_when_last_asked(
    lan: Any, bench: Any, found: Found
) -> None:
    send(lan)
    address = "https://so.example.vn/dan-so.csv"
    with bench.deps.sessions.begin() as session:
        session.execute(update(DocumentRow).values(url=address))
        save_look(session, AddressLook(address, found, bench.clock()))
    page = lan.get("/evidence/1").text
    assert {
        Found.SAME: "địa chỉ vẫn còn đúng nội dung này",
        Found.CHANGED: "địa chỉ nay có nội dung khác",
        Found.GONE: "không còn ở địa chỉ; bản đã lưu vẫn còn",
        Found.MISSED: "chưa hỏi được địa chỉ, hoặc không có trả lời",
    }[found] in page
