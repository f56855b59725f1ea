"""Every button: what it does, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from desk.web.accounts import first_start_link, is_link_open
from desk.web.throttle import LIMIT, WINDOW
from store.reviews import reviews_of
from store.types import Verdict

ACTIONS = [
    "/verdict",
    "/verdict/undo",
    "/verdict/adopt",
    "/evidence/supersede",
    "/evidence/restore",
    "/matters/assign",
    "/matters/limit",
    "/matters/close",
    "/matters/reopen",
    "/correction",
    "/stories/join",
    "/stories/apart",
    "/stories/undo",
    "/pack",
    "/people/invite",
    "/sign-out",
    "/language",
    "/keys",
    "/sign-in",
    "/welcome/x",
]
BASE = "http://127.0.0.1:8080"
PASSWORD = "bốn từ ghép lại"


def judge(lan: Any, bench: Any, **fields: str):
    given = {
        "story": "s-flood",
        "claim": bench.seeded.claim,
        "verdict": "partly",
        "reason": "hai nơi đếm khác giờ",
        "evidence": "https://xa.example/bao-cao-12",
    }
    return lan.send("/verdict", given | fields, page="/stories/s-flood")


def reviews(bench: Any):
    with bench.deps.sessions() as session:
        return reviews_of(session, bench.seeded.claim)


@pytest.mark.parametrize("path", ACTIONS)
@pytest.mark.parametrize(
    ("changed", "headers"),
    [
        ({"csrf": ""}, {}),
        ({"csrf": "forged"}, {}),
        ({}, {"Origin": "https://evil.example"}),
        ({}, {"Origin": "null"}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
    ],
    ids=["no token", "forged token", "foreign origin", "null origin", "cross-site"],
)
def test_no_action_without_our_token_and_origin(
    lan: Any, path: str, changed: dict[str, str], headers: dict[str, str]
):
    answer = lan.send(path, {"role": "analyst", **changed}, page="/", **headers)
    assert answer.status_code == 403
    assert "Biểu mẫu bị từ chối" in answer.text


def test_a_request_that_says_nothing_of_where_it_comes_from_is_refused(lan: Any):
    assert lan.client.post("/sign-out", data={"csrf": lan.token("/")}).status_code == 403


def test_a_token_of_one_browser_is_no_good_in_another(lan: Any, visitors: Any):
    stolen = visitors()
    stolen.get("/sign-in")
    answer = stolen.client.post("/sign-in", data={"csrf": lan.token("/")}, headers={"Origin": BASE})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["/verdict", "/correction", "/pack", "/people/invite", "/sign-out", "/verdict/undo"]
)
def test_nobody_acts_before_signing_in(stranger: Any, bench: Any, path: str):
    answer = stranger.send(
        path, {"story": "s-flood", "claim": bench.seeded.claim, "verdict": "true", "reason": "x"}
    )
    assert answer.headers["location"] == "/sign-in"
    assert reviews(bench) == ()
    assert bench.packs.asked == []


@pytest.mark.parametrize("path", ACTIONS)
def test_an_action_is_never_done_by_looking(lan: Any, path: str):
    assert lan.get(path).status_code in {200, 303, 404, 405, 410}


def test_a_form_of_another_kind_or_of_great_size_is_refused(lan: Any):
    ours = {"Origin": BASE}
    assert lan.client.post("/verdict", json={"a": 1}, headers=ours).status_code == 415
    assert lan.client.post("/verdict", data={"a": "x" * 300_000}, headers=ours).status_code == 413
    assert (
        lan.client.post("/verdict", data={f"f{n}": "x" for n in range(400)}, headers=ours).status_code == 400
    )


# the one-time link


def test_the_first_link_is_made_only_while_there_is_no_user(bench: Any, lan: Any):
    assert first_start_link(bench.deps.sessions, BASE, bench.clock()) is None


def test_the_one_time_link_works_once(bench: Any, visitors: Any):
    link = first_start_link(bench.deps.sessions, BASE, bench.clock())
    assert link is not None
    path = link.removeprefix(BASE)
    fields = {"name": "lan.anh", "password": PASSWORD, "again": PASSWORD}
    first, second = visitors(), visitors()
    assert first.get(path).status_code == 200
    waiting = second.token(path)
    assert first.send(path, fields, page=path).status_code == 303
    assert first.get("/").status_code == 200
    late = second.client.post(path, data={"csrf": waiting, **fields, "name": "kim"}, headers={"Origin": BASE})
    assert late.status_code == 410
    assert second.get("/").status_code == 303
    assert "đã dùng" in second.get(path).text


def test_the_one_time_link_runs_out_after_a_day(bench: Any, stranger: Any):
    link = first_start_link(bench.deps.sessions, BASE, bench.clock())
    assert link is not None
    bench.clock.pass_time(timedelta(hours=24, seconds=1))
    assert stranger.get(link.removeprefix(BASE)).status_code == 410


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"name": "lan", "password": "ngắn", "again": "ngắn"}, 400),
        ({"name": "lan", "password": PASSWORD, "again": PASSWORD + "x"}, 400),
        ({"name": "  ", "password": PASSWORD, "again": PASSWORD}, 400),
    ],
    ids=["short password", "two passwords", "no name"],
)
def test_a_form_that_cannot_be_taken_does_not_use_the_link_up(
    bench: Any, stranger: Any, fields: Any, status: int
):
    link = first_start_link(bench.deps.sessions, BASE, bench.clock())
    assert link is not None
    path = link.removeprefix(BASE)
    answer = stranger.send(path, fields, page=path)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert stranger.get(path).status_code == 200


def test_the_cookie_is_for_this_host_alone_and_for_no_script(bench: Any, visitors: Any):
    link = first_start_link(bench.deps.sessions, BASE, bench.clock())
    assert link is not None
    path = link.removeprefix(BASE)
    answer = visitors().send(path, {"name": "lan", "password": PASSWORD, "again": PASSWORD}, page=path)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("diembao_session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "domain" not in cookie.lower()


# signing in and out


def test_signing_in_leads_to_the_page_that_was_wanted(lan: Any, visitors: Any):
    other = visitors()
    answer = other.send("/sign-in", {"name": "lan.anh", "password": PASSWORD, "next": "/flags"})
    assert answer.headers["location"] == "/flags"
    assert other.get("/flags").status_code == 200


def test_signing_in_never_leads_off_the_desk(lan: Any, visitors: Any):
    answer = visitors().send("/sign-in", {"name": "lan.anh", "password": PASSWORD, "next": "//evil.example"})
    assert answer.headers["location"] == "/"


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(lan: Any, visitors: Any):
    wrong_password = visitors().send("/sign-in", {"name": "lan.anh", "password": "sai sai sai sai"})
    wrong_name = visitors().send("/sign-in", {"name": "ai.do", "password": PASSWORD})
    assert wrong_password.status_code == wrong_name.status_code == 401
    words = "Tên hoặc mật khẩu không đúng."
    assert words in wrong_password.text
    assert words in wrong_name.text


def test_after_some_failures_even_the_right_password_must_wait(lan: Any, visitors: Any, bench: Any):
    other = visitors()
    answers = [other.send("/sign-in", {"name": "lan.anh", "password": "sai sai sai sai"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [401, 401, 429]
    answer = other.send("/sign-in", {"name": "lan.anh", "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert "Hãy thử lại sau" in answer.text
    bench.clock.pass_time(timedelta(hours=1))
    assert other.send("/sign-in", {"name": "lan.anh", "password": PASSWORD}).status_code == 303


def test_an_address_that_fails_too_often_must_wait_with_every_name(lan: Any, visitors: Any, bench: Any):
    other = visitors()
    for _ in range(LIMIT):  # after the third, the store answers without looking at the password
        other.send("/sign-in", {"name": "ai.do", "password": "sai sai sai sai"})
    answer = other.send("/sign-in", {"name": "lan.anh", "password": PASSWORD})
    assert answer.status_code == 429
    bench.clock.pass_time(WINDOW + timedelta(seconds=1))
    assert other.send("/sign-in", {"name": "lan.anh", "password": PASSWORD}).status_code == 303


def test_signing_out_ends_the_session_in_the_store(lan: Any, bench: Any):
    assert lan.send("/sign-out", {}, page="/").headers["location"] == "/sign-in"
    lan.client.cookies.set("diembao_session", bench.token)
    assert lan.get("/").status_code == 303


def test_a_session_runs_out(lan: Any, bench: Any):
    bench.clock.pass_time(timedelta(days=8))
    assert lan.get("/").status_code == 303


# judging


def test_a_verdict_is_kept_with_the_name_of_who_is_signed_in(lan: Any, bench: Any):
    answer = judge(lan, bench, evidence="https://gialai.example/vb\nCV 12/2026", reviewer="somebody else")
    assert answer.status_code == 303
    [review] = reviews(bench)
    assert review.reviewer == "lan.anh"
    assert review.verdict is Verdict.PARTLY
    assert review.evidence == ("https://gialai.example/vb", "CV 12/2026")
    assert review.claim_text == "Đến sáng 21/11, 210 hộ dân phải sơ tán."
    shown = lan.get(answer.headers["location"]).text
    assert "Đã ghi kết luận" in shown
    assert "hai nơi đếm khác giờ" in shown
    assert 'href="https://gialai.example/vb" rel="noopener noreferrer"' in shown
    assert "lan.anh" in lan.get("/audit").text


def test_true_we_must_correct_ourselves_is_a_verdict_like_any_other(lan: Any, bench: Any):
    judge(lan, bench, verdict="true_we_correct")
    assert "Đúng – ta cần sửa" in lan.get("/flags").text


@pytest.mark.parametrize(
    "fields",
    [
        {"reason": "  "},
        {"verdict": ""},
        {"verdict": "hostile"},
        {"evidence": "x\n" * 30},
        {"evidence": "x" * 600},
    ],
    ids=["no reason", "no verdict", "invented verdict", "too much evidence", "endless evidence"],
)
def test_a_verdict_that_cannot_be_taken_comes_back_with_all_that_was_typed(lan: Any, bench: Any, fields: Any):
    answer = judge(lan, bench, **{"reason": "giữ lại chữ này", **fields})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert reviews(bench) == ()
    if "reason" not in fields:
        assert "giữ lại chữ này" in answer.text


@pytest.mark.parametrize("fields", [{"claim": "none"}, {"story": "none"}, {"story": "s-football"}])
def test_only_a_sentence_of_the_story_can_be_judged(lan: Any, bench: Any, fields: Any):
    assert judge(lan, bench, **fields).status_code == 404


def test_a_sentence_that_no_check_flagged_can_be_judged_too(lan: Any, bench: Any):
    page = lan.get(f"/stories/s-flood?claim={bench.seeded.other_claim}").text
    assert "Câu do bạn chọn" in page
    answer = judge(lan, bench, claim=bench.seeded.other_claim)
    assert answer.status_code == 303
    assert "Đúng một phần" in lan.get("/stories/s-flood").text


def test_a_later_verdict_stands_above_the_earlier(lan: Any, bench: Any):
    judge(lan, bench)
    judge(lan, bench, verdict="true", reason="đã có số chốt")
    assert [review.verdict for review in reviews(bench)] == [Verdict.TRUE, Verdict.PARTLY]
    assert "Đúng</span> <span>lan.anh" in lan.get("/flags").text


def take_back(lan: Any, bench: Any, **fields: str):
    given = {
        "story": "s-flood",
        "claim": bench.seeded.claim,
        "reason": "đọc nhầm",
        "of": reviews(bench)[0].at.isoformat(),
    }
    return lan.send("/verdict/undo", given | fields, page="/stories/s-flood")


def test_a_verdict_is_taken_back_by_a_new_one_that_cites_it(lan: Any, bench: Any):
    judge(lan, bench, verdict="true", reason="số của xã")
    judge(lan, bench, verdict="false", reason="nhầm dòng")
    assert take_back(lan, bench).status_code == 303
    newest, taken, first = reviews(bench)
    assert newest.verdict is first.verdict is Verdict.TRUE
    assert taken.verdict is Verdict.FALSE
    assert "lan.anh" in newest.reason
    assert "22/11/2026 08:00" in newest.reason
    assert "đọc nhầm" in newest.reason


def test_the_only_verdict_taken_back_leaves_not_enough_evidence(lan: Any, bench: Any):
    judge(lan, bench, verdict="false")
    take_back(lan, bench)
    assert reviews(bench)[0].verdict is Verdict.NOT_ENOUGH


def test_a_verdict_is_not_taken_back_without_a_reason(lan: Any, bench: Any):
    judge(lan, bench)
    assert take_back(lan, bench, reason=" ").status_code == 400
    assert len(reviews(bench)) == 1


def test_a_verdict_that_somebody_has_overruled_meanwhile_is_not_taken_back(lan: Any, bench: Any):
    judge(lan, bench)
    assert take_back(lan, bench, of="2026-01-01T00:00:00+00:00").status_code == 409
    assert len(reviews(bench)) == 1


# packs


def test_the_pack_of_a_story_is_a_download_and_logged(lan: Any, bench: Any):
    answer = lan.send("/pack", {"story": "s-flood"}, page="/")
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert answer.headers["content-disposition"] == 'attachment; filename="diem-bao-20261122-0800.docx"'
    assert answer.content.startswith(b"PK")
    assert bench.packs.asked == [("s-flood",)]
    assert "s-flood" in lan.get("/audit").text


def test_a_pack_of_several_stories_keeps_their_order(lan: Any, bench: Any):
    lan.send("/pack", {"story": ["s-hostile", "s-flood", "s-hostile"]}, page="/")
    assert bench.packs.asked == [("s-hostile", "s-flood")]


@pytest.mark.parametrize(
    ("stories", "status"), [([], 400), (["none"], 404), ([f"s{n}" for n in range(60)], 400)]
)
def test_a_pack_of_nothing_is_refused_in_words(lan: Any, bench: Any, stories: list[str], status: int):
    assert lan.send("/pack", {"story": stories}, page="/").status_code == status
    assert bench.packs.asked == []


# colleagues, language, shortcuts


def test_a_colleague_is_invited_by_a_one_time_link(lan: Any, visitors: Any):
    page = lan.send("/people/invite", {"role": "analyst"}, page="/people").text
    path = page.split(f'id="link">{BASE}')[1].split("<")[0]
    minh = visitors()
    assert (
        minh.send(path, {"name": "minh", "password": PASSWORD, "again": PASSWORD}, page=path).status_code
        == 303
    )
    assert "minh" in minh.get("/people").text
    assert "chuyên viên" in minh.get("/people").text
    refused = minh.send("/people/invite", {"role": "analyst"}, page="/people")
    assert refused.status_code == 403


def test_who_may_only_look_cannot_judge(lan: Any, visitors: Any, bench: Any):
    page = lan.send("/people/invite", {"role": "reader"}, page="/people").text
    path = page.split(f'id="link">{BASE}')[1].split("<")[0]
    chi = visitors()
    chi.send(path, {"name": "chi", "password": PASSWORD, "again": PASSWORD}, page=path)
    assert 'action="/verdict"' not in chi.get("/stories/s-flood").text
    assert judge(chi, bench).status_code == 403
    judge(lan, bench)
    assert take_back(chi, bench).status_code == 403
    assert len(reviews(bench)) == 1


@pytest.mark.parametrize("role", ["", "editor", "root"])
def test_only_the_roles_of_the_desk_can_be_given(lan: Any, role: str):
    assert lan.send("/people/invite", {"role": role}, page="/people").status_code == 403


def test_the_language_is_switched_and_remembered(lan: Any):
    answer = lan.send("/language", {"language": "en", "next": "/flags?q=a"}, page="/flags")
    assert answer.headers["location"] == "/flags?q=a"
    text = lan.get("/flags").text
    assert '<html lang="en">' in text
    assert "Needs checking" in text
    lan.send("/language", {"language": "xx", "next": "/"}, page="/flags")
    assert '<html lang="en">' in lan.get("/").text


def test_the_shortcuts_can_be_turned_off_and_on(lan: Any):
    assert "keys.js" in lan.get("/").text
    lan.send("/keys", {"keys": "off", "next": "/"}, page="/")
    assert "keys.js" not in lan.get("/").text
    lan.send("/keys", {"keys": "on", "next": "/"}, page="/")
    assert "keys.js" in lan.get("/").text


def test_a_second_start_closes_the_link_of_the_first(bench: Any) -> None:
    first = first_start_link(bench.deps.sessions, BASE, bench.clock())
    second = first_start_link(bench.deps.sessions, BASE, bench.clock())
    is_open = [
        is_link_open(bench.deps.sessions, link.rsplit("/", 1)[1], now=bench.clock())
        for link in (first, second)
    ]
    assert is_open == [False, True]
