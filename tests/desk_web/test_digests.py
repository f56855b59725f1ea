"""The digests at the desk: what went out, to whom, as it was sent, and able to do nothing."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import Any

import pytest

from store.editions import EditionName, list_editions, name_of, neighbours
from store.notices import claim_next, enqueue, record_failed, record_sent
from store.types import Notice


def letter(key: str, made: Any, *, body: str = "<html><head></head><body>thư</body></html>") -> Notice:
    recipient = key.rsplit(":", 1)[1]
    return Notice(
        key, recipient, f"{recipient}@x.example", "mail", "Điểm báo", "thư", body, "", f"<{key}>", made
    )


@pytest.fixture
def week(bench: Any, now: Any) -> str:
    """The address of a week's edition with a letter sent, one given up and one perhaps sent."""
    monday = now.date() - timedelta(days=now.date().weekday())
    made = now.replace(hour=1)
    with bench.deps.sessions.begin() as session:
        for recipient in ("a", "b", "c"):
            enqueue(session, letter(f"digest-week:unit:{monday}:{recipient}", made - timedelta(days=40)))
        one, two = (
            claim_next(session, channel="mail", worker="w", now=made - timedelta(days=40)) for _ in range(2)
        )
        record_sent(session, one.number, now=made)
        record_failed(session, two.number, permanent=True, detail="550 no such box", now=made)
    return f"/digests/digest-week/unit/{monday}"


def test_the_list_has_an_edition_a_line_and_says_where_its_letters_stand(lan: Any):
    text = html.unescape(lan.get("/digests").text)
    assert text.count("data-item") == 3
    assert "Bản ngày · lãnh đạo" in text


def test_a_month_without_editions_says_so_and_links_to_its_neighbours(lan: Any):
    text = lan.get("/digests?month=2020-02").text
    assert "Tháng này chưa có bản điểm báo nào." in text
    assert "/digests?month=2020-01" in text
    assert "/digests?month=2020-03" in text


@pytest.mark.parametrize("month", ["soon", "2026-13", "9999-01", "0000-01", "2020-02-01"])
def test_what_is_no_month_or_is_to_come_is_this_month(lan: Any, month: str):
    assert lan.get(f"/digests?month={month}").text.count("data-item") == 3


def test_an_edition_tells_of_each_letter_whether_it_arrived(lan: Any, week: str):
    text = html.unescape(lan.get(week).text)
    assert "3 thư: 1 đã gửi, 1 đang chờ, 1 không gửi được." in text
    assert "550 no such box" in text
    assert text.count("<iframe") == 1


def test_another_letter_of_the_edition_can_be_looked_at(lan: Any, bench: Any, week: str):
    first = lan.get(week).text
    (other,) = {part.split("#")[0] for part in first.split("?letter=")[1:2]}
    assert f'src="/digests/letter/{other}"' in lan.get(f"{week}?letter={other}").text


def test_a_letter_is_shown_as_it_was_sent_and_may_do_nothing(lan: Any):
    page = lan.get("/digests").text
    edition = next(part.split('"')[0] for part in page.split('href="')[1:] if "/digests/digest/" in part)
    source = lan.get(edition).text.split('<iframe class="letter" src="')[1].split('"')[0]
    answer = lan.get(source)
    policy = answer.headers["content-security-policy"]
    assert "<p style='margin: 0'>chữ</p>" in answer.text
    assert '<base target="_blank">' in answer.text
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize(
    "path",
    [
        "/digests/digest/leaders/2020-01-01",
        "/digests/digest/everybody/2026-11-01",
        "/digests/alert/leaders/2026-11-01",
        "/digests/digest/leaders/soon",
        "/digests/letter/9999",
    ],
)
def test_an_edition_or_letter_that_never_was_is_not_found(lan: Any, path: str):
    assert lan.get(path).status_code == 404


def test_a_notice_that_is_no_digest_is_not_shown_as_a_letter(lan: Any, bench: Any, now: Any):
    with bench.deps.sessions.begin() as session:
        enqueue(session, letter("alert:flagged:lan", now))
        number = claim_next(session, channel="mail", worker="w", now=now + timedelta(days=1))
        while number is not None and not number.value.key.startswith("alert"):
            number = claim_next(session, channel="mail", worker="w", now=now + timedelta(days=1))
    assert lan.get(f"/digests/letter/{number.number}").status_code == 404


def test_the_letters_are_for_those_who_are_signed_in(stranger: Any):
    assert stranger.get("/digests/letter/1").status_code == 303


def test_an_edition_knows_the_ones_before_and_after_it(bench: Any, now: Any):
    days = [now.date() - timedelta(days=back) for back in (400, 399, 390)]
    with bench.deps.sessions.begin() as session:
        for day in days:
            enqueue(session, letter(f"digest:press:{day}:a", now - timedelta(days=400)))
        names = [EditionName(day, "digest", "press") for day in days]
        assert neighbours(session, names[1]) == (names[0], names[2])
        assert neighbours(session, names[0])[0] is None
        made = list_editions(session, start=now - timedelta(days=401), end=now - timedelta(days=399))
    assert [edition.name for edition in made] == names[::-1]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("digest:leaders:2026-11-23:a", "digest"),
        ("digest-month:unit:2026-12-01:so:x", "digest-month"),
        ("digest:leaders:soon:a", None),
        ("digest:leaders", None),
        ("alert:a:2026-11-23:b", None),
        ("", None),
    ],
)
def test_a_key_names_its_edition_or_none(key: str, kind: str | None):
    name = name_of(key)
    assert (name.kind if name else None) == kind
