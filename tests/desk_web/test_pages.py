"""Every page: what it shows, to whom, with which headers, and at what cost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.web.app import make_app
from desk.web.headers import SECURITY_HEADERS
from store.audit import append

PAGES = [
    "/",
    "/flags",
    "/matters",
    "/evidence",
    "/stories/s-flood",
    "/articles/1",
    "/health",
    "/outbox",
    "/digests",
    "/audit",
    "/method",
    "/people",
]
PUBLIC = [
    "/about-collector",
    "/sign-in",
    "/welcome/nonsense",
    "/healthz",
    "/static/desk.css",
    "/nowhere",
    "/api/stories",
]


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_before_signing_in(stranger: Any, path: str):
    answer = stranger.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=%2F")


@pytest.mark.parametrize("path", PAGES)
def test_who_is_signed_in_sees_the_page_in_vietnamese(lan: Any, path: str):
    answer = lan.get(path)
    assert answer.status_code == 200
    assert '<html lang="vi">' in answer.text
    assert "Đăng xuất" in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_landmarks_one_heading_and_captions(lan: Any, path: str):
    text = lan.get(path).text
    assert text.count("<h1") == 1
    assert text.count("<main") == 1
    assert '<a class="skip" href="#main">' in text
    assert text.count("<table") == text.count("<caption")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|javascript:alert\(3\)\"", text)


@pytest.mark.parametrize("path", PAGES + PUBLIC)
def test_every_answer_carries_the_security_headers(lan: Any, path: str):
    answer = lan.get(path)
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    is_static = path.startswith("/static/")
    assert ("no-store" in answer.headers["cache-control"]) is not is_static


def test_a_failure_inside_keeps_the_headers_and_says_nothing_of_the_inside(bench: Any):
    app = make_app(bench.deps)
    bench.engine.dispose()
    with bench.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE sessions RENAME TO gone")
    client = TestClient(app, base_url=bench.deps.base_address, raise_server_exceptions=False)
    answer = client.get("/", headers={"Cookie": "diembao_session=x"})
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == SECURITY_HEADERS["Content-Security-Policy"]
    assert "sessions" not in answer.text


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", ""])
def test_another_host_name_is_refused(lan: Any, host: str):
    assert lan.get("/", headers={"Host": host}).status_code == 400


# Measured 2026-11; a bound, so that a statement for every row is noticed
@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/", 16),
        ("/?q=đức+cơ", 16),
        ("/flags", 8),
        ("/stories/s-flood", 10),
        ("/articles/1", 8),
        ("/health", 8),
        ("/outbox", 5),
        ("/digests", 3),
        ("/audit", 5),
        ("/people", 3),
    ],
)
def test_a_page_asks_the_database_a_bounded_number_of_times(
    lan: Any, counted: list[str], path: str, most: int
):
    counted.clear()
    assert lan.get(path).status_code == 200
    asked = [statement for statement in counted if not statement.startswith(("BEGIN", "PRAGMA", "COMMIT"))]
    assert 0 < len(asked) <= most, asked


def test_the_list_shows_what_is_about_the_province_and_counts_the_rest(lan: Any):
    text = lan.get("/").text
    assert "Ngập ở Đức Cơ, hàng trăm hộ dân sơ tán" in text
    assert "HAGL" not in text
    assert 'href="/?relevance=sport">thể thao 1</a>' in text
    assert "HAGL" in lan.get("/?relevance=all").text


def test_a_story_is_listed_once_with_its_copies_folded(lan: Any):
    text = lan.get("/").text
    assert text.count('href="/stories/s-flood"') == 1
    assert "4 báo" in text
    assert "1 bản sao" in text
    assert "Báo Ngọn Gió" in text


@pytest.mark.parametrize(
    "words",
    ["đức cơ", "duc co", '"Đức Cơ"', "ngap AND duc", "place:c1", "outlet:ngongio", "topic:T12 flagged:yes"],
)
def test_search_finds_with_and_without_tone_marks(lan: Any, words: str):
    text = lan.get("/", params={"q": words}).text
    assert 'href="/stories/s-flood"' in text
    assert 'href="/stories/s-hostile"' not in text


def test_hits_are_marked(lan: Any):
    assert "<mark>Đức</mark> <mark>Cơ</mark>" in lan.get("/", params={"q": "duc co"}).text


def test_a_hit_in_the_text_alone_is_shown_with_the_words_around_it(lan: Any):
    text = lan.get("/", params={"q": '"chia cắt"'}).text
    assert 'class="snippet"' in text
    assert "<mark>chia cắt</mark>" in text


def test_a_wrong_query_keeps_the_text_and_points_at_the_place(lan: Any):
    answer = lan.get("/", params={"q": "lũ AND (bão"})
    assert answer.status_code == 400
    assert 'value="lũ AND (bão"' in answer.text
    assert "\n       ^" in answer.text
    assert "/stories/" not in answer.text


def test_a_list_without_stories_says_so_and_how_to_go_on(lan: Any):
    text = lan.get("/", params={"q": "không-có-đâu-xyz"}).text
    assert "Không có tin nào khớp" in text
    assert 'href="/"' in text


def test_the_flagged_claim_stands_beside_its_evidence(lan: Any):
    text = lan.get("/flags").text
    assert "210 hộ dân phải sơ tán" in text
    assert "120 hộ dân phải sơ tán trong đêm" in text
    assert "Căn cứ trái ngược" in text
    assert "Phép kiểm: figures (phiên bản figures-1)" in text
    assert "chưa kết luận" in text


def test_flags_are_narrowed_by_the_same_query_language(lan: Any):
    assert "1 chỗ cần kiểm chứng" in lan.get("/flags", params={"q": "so tan"}).text
    assert "Không có câu nào" in lan.get("/flags", params={"q": "chicken"}).text


def test_the_story_page_shows_outlets_copies_reasons_captures_and_links_out(lan: Any):
    text = lan.get("/stories/s-flood").text
    assert "Tin Sông Ba" in text
    assert "names a commune of the province" in text
    assert 'rel="noopener noreferrer"' in text
    assert 'href="https://ngongio.example/flood"' in text
    assert re.search(r"<code title=\"[0-9a-f]{64}\">[0-9a-f]{12}</code>", text)


def test_a_story_or_an_article_that_is_not_there_is_said_so(lan: Any):
    for path in ("/stories/none", "/articles/999", "/articles/1?version=9", "/articles/1?version=x"):
        answer = lan.get(path)
        assert answer.status_code == 404
        assert "Không có gì ở địa chỉ này" in answer.text


def test_a_capture_shows_the_plain_text_the_headers_and_the_proof(lan: Any, bench: Any):
    text = lan.get(f"/articles/{bench.seeded.numbers['flood']}").text
    assert "120 hộ dân phải sơ tán" in text
    assert "không đổi từ khi lưu" in text
    assert "text/html; charset=utf-8" in text
    assert "Bút danh Mây" in text


def test_a_damaged_capture_is_said_so(lan: Any, bench: Any):
    for file in bench.deps.archive.folder.rglob("*.gz"):
        file.write_bytes(b"")
    text = lan.get(f"/articles/{bench.seeded.numbers['flood']}").text
    assert "byte bị thiếu" in text
    assert "không đổi từ khi lưu" not in text


def test_two_versions_are_compared_word_by_word(lan: Any, bench: Any, edited: int):
    text = lan.get(f"/articles/{edited}?version=2&against=1").text
    assert "<del><bdi>120</bdi></del>" in text
    assert "<ins><bdi>135</bdi></ins>" in text


def test_a_hostile_article_is_inert_everywhere(lan: Any, bench: Any):
    pages = ["/", "/stories/s-hostile", f"/articles/{bench.seeded.numbers['hostile']}", "/?q=script"]
    for path in pages:
        text = lan.get(path).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b onclick" not in text
        assert "<i>Báo" not in text
        assert "\u202e" not in text
        assert 'href="javascript:' not in text
        assert len(text) < 80_000, path


def test_a_by_line_is_neither_a_link_nor_found_by_search(lan: Any, bench: Any):
    text = lan.get(f"/articles/{bench.seeded.numbers['flood']}").text
    assert "<dd>Bút danh Mây</dd>" in text
    assert "s-flood" not in lan.get("/", params={"q": '"Bút danh Mây"'}).text
    assert "Bút danh" not in lan.get("/stories/s-flood").text


def test_health_says_in_words_what_fails_the_worst_first(lan: Any):
    text = lan.get("/health").text
    assert "HTTP 404" in text
    others = [text.index(f"{outlet}.example/rss") for outlet in ("caonguyen", "ngongio", "courier")]
    assert text.index("songba.example/rss") < min(others)
    assert "chưa đủ để nhận xét: " in text
    assert "chưa xem lần nào" in text
    assert "trả lời 403" in text


def test_the_outbox_shows_every_state(lan: Any):
    text = lan.get("/outbox").text
    for words in ("đã gửi", "gửi hỏng", "chờ gửi", "550 no such box"):
        assert words in text


def test_a_story_of_the_list_shows_the_time_by_which_it_is_sorted_and_that_of_its_first_report(lan: Any):
    row = re.search(r'data-story="/stories/s-flood".*?</li>', lan.get("/").text, re.DOTALL)
    assert row
    times = re.findall(r"2[0-9]/11/2026 \d\d:\d\d", row[0])
    assert len(times) == 2
    assert times[0] > times[1]
    assert f"từ {times[1]}" in row[0]


def test_the_log_says_that_its_chain_is_whole_and_when_it_is_not(lan: Any, bench: Any):
    assert "chuỗi nguyên vẹn" in lan.get("/audit").text
    with bench.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE audit SET actor = 'somebody else'")
    assert "chuỗi bị đứt" in lan.get("/audit").text


def test_healthz_says_only_whether_desk_and_database_answer(stranger: Any):
    assert stranger.get("/healthz").json() == {"desk": "ok", "database": "ok"}


def test_times_are_shown_in_the_offices_zone(lan: Any):
    assert "21/11/2026 23:00" in lan.get("/stories/s-flood").text  # 16:00 UTC


def test_the_words_of_another_language_are_marked_as_such(lan: Any):
    assert '<h3 lang="en"><bdi>Floods hit Gia Lai province' in lan.get("/stories/s-flood").text


@pytest.mark.parametrize("path", ["/api/stories?q=duc+co", "/api/flags"])
def test_the_api_is_for_who_is_signed_in(stranger: Any, lan: Any, visitors: Any, path: str):
    assert visitors().get(path).status_code == 401
    assert lan.get(path).status_code == 200


def test_the_api_answers_in_the_query_language(lan: Any):
    assert lan.get("/api/stories", params={"q": "duc co"}).json()["total"] == 1
    assert lan.get("/api/flags").json()["flags"][0]["evidence"][0]["stance"] == "against"
    assert (
        lan.get("/api/stories", params={"q": "relevance:sport"})
        .json()["stories"][0]["title"]
        .startswith("HAGL")
    )


def test_the_api_points_at_the_fault_of_a_query(lan: Any):
    answer = lan.get("/api/stories", params={"q": "("})
    assert answer.status_code == 400
    assert answer.json()["error"]["position"] >= 0


def test_the_api_never_gives_a_by_line(lan: Any):
    assert "Bút danh" not in lan.get("/api/stories").text + lan.get("/api/flags").text


def test_metrics_are_read_from_this_machine_and_nowhere_else(bench: Any):
    page = bench.client().get("/metrics")
    assert page.status_code == 200
    assert 'diembao_notices{channel="mail",state="sent"} 1.0' in page.text
    far = TestClient(make_app(bench.deps), base_url="http://127.0.0.1:8080", client=("203.0.113.9", 50000))
    assert far.get("/metrics").status_code == 403


def test_the_log_tells_the_sentence_the_verdict_and_the_matter_in_words(lan: Any, bench: Any):
    given = {"story": "s-flood", "claim": bench.seeded.claim, "verdict": "true_we_correct", "reason": "sót"}
    lan.send("/verdict", given | {"evidence": "https://xa.example/cv-12"}, page="/stories/s-flood")
    text = lan.get("/audit").text
    assert "“Đến sáng 21/11, 210 hộ dân phải sơ tán.”" in text
    assert "Đúng – ta cần sửa: sót" in text
    assert "Việc số 1" in text
    assert f"claim {bench.seeded.claim}" not in text
    assert "chuỗi nguyên vẹn" in text


def test_older_entries_of_the_log_stand_on_pages_of_their_own(lan: Any, bench: Any):
    with bench.deps.sessions.begin() as session:
        for number in range(230):
            append(session, actor="lan", act="x", subject=f"mục {number}.", detail="", now=bench.clock())
    first = lan.get("/audit").text
    assert ("mục 229." in first, "mục 5." in first) == (True, False)
    link = re.search(r"/audit\?before=\d+", first)
    assert link
    older = lan.get(link[0]).text
    assert ("mục 229." in older, "mục 5." in older, 'href="/audit">←' in older) == (False, True, True)
    assert lan.get("/audit?before=x").status_code == 200
