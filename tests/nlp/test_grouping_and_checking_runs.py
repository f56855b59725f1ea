from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

import nlp.grouping_run
from nlp.knowledge import Knowledge
from nlp.run import check_changed, group_new, read_new
from store.articles import save_article
from store.claims import list_flags
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.prints import grouped_since
from store.stories import find_story, members_since
from store.story_decisions import join_stories, take_out
from store.types import Article

MakeArticle = Callable[..., Article]
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
FLOOD = (
    "Lũ sông Ba làm ngập các xã Phú Túc, Ia Rsai ở tỉnh Gia Lai. Ngày 20/11 đã có 12 căn nhà bị"
    " ngập, theo UBND tỉnh."
)
AGAIN = (
    "Nước sông Ba tràn vào xã Ia Rsai, tỉnh Gia Lai trong đêm. Ngày 20/11 đã có 17 căn nhà bị "
    "ngập, theo công an."
)
COFFEE = "Giá cà phê tại vùng trồng tăng nhẹ, thương lái chờ phiên giao dịch London và thu mua cầm chừng."


def quiet(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def open_sessions(folder: Path, name: str) -> Sessions:
    engine = open_engine(f"sqlite:///{folder / name}.sqlite")
    upgrade(engine)
    return make_sessions(engine)


@pytest.fixture
def sessions(tmp_path: Path):
    opened = open_sessions(tmp_path, "grouping")
    yield opened
    opened.kw["bind"].dispose()


def fill(sessions: Sessions, article: MakeArticle, knowledge: Knowledge, texts: list[str]) -> None:
    with sessions.begin() as session:
        for number, text in enumerate(texts):
            day = NOW.date()
            made = article(text, f"Tin {number}", day=day, url=f"https://bao{number}.example/{number}")
            save_article(session, replace(made, outlet=f"bao{number}"), now=NOW)
    read_new(sessions, knowledge, now=NOW, progress=quiet)


def placed(sessions: Sessions) -> list[tuple[int, str, int]]:
    with sessions() as session:
        return [(m.article, m.story, m.copy_of) for _, m in members_since(session, LONG_AGO)]


def test_articles_are_grouped_once_and_a_second_run_adds_nothing(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, COFFEE, FLOOD, AGAIN])
    assert group_new(sessions, now=NOW, progress=quiet) == 4
    (_, first, _), (_, coffee, _), (_, copy, copy_of), (_, again, _) = placed(sessions)
    assert first == copy == again != coffee
    assert copy_of == 1
    assert group_new(sessions, now=NOW, progress=quiet) == 0


def test_a_run_killed_between_batches_goes_on_with_the_same_stories(
    tmp_path: Path, article: MakeArticle, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
):
    texts = [FLOOD, COFFEE, AGAIN, FLOOD, COFFEE + " Hết.", AGAIN.replace("17", "19")]
    monkeypatch.setattr(nlp.grouping_run, "_BATCH", 2)
    whole, killed = (open_sessions(tmp_path, name) for name in ("whole", "killed"))
    for each in (whole, killed):
        fill(each, article, knowledge, texts)
    group_new(whole, now=NOW, progress=quiet)

    def kill(stage: str, done: int, total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        group_new(killed, now=NOW, progress=kill)
    assert len(placed(killed)) == 4
    assert group_new(killed, now=NOW, progress=quiet) == 2
    assert placed(killed) == placed(whole)
    for each in (whole, killed):
        each.kw["bind"].dispose()


def test_an_edited_article_keeps_its_story(sessions: Sessions, article: MakeArticle, knowledge: Knowledge):
    fill(sessions, article, knowledge, [FLOOD, COFFEE])
    group_new(sessions, now=NOW, progress=quiet)
    before = placed(sessions)
    fill(sessions, article, knowledge, [FLOOD, f"{FLOOD} Bài đã sửa."])
    group_new(sessions, now=NOW, progress=quiet)
    assert placed(sessions) == before


def test_a_known_window_is_restored_without_its_texts(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
):
    fill(sessions, article, knowledge, [FLOOD, COFFEE])
    group_new(sessions, now=NOW, progress=quiet)
    monkeypatch.setattr(
        nlp.grouping_run, "texts_of", lambda _session, numbers: dict.fromkeys(numbers, "?" if numbers else "")
    )
    fill(sessions, article, knowledge, [FLOOD, COFFEE, FLOOD, AGAIN])
    assert group_new(sessions, now=NOW, progress=quiet) == 2
    (_, flood, _), _, (_, copy, copy_of), (_, again, _) = placed(sessions)
    assert flood == copy == again
    assert copy_of == 1


def test_prints_of_an_older_program_are_made_anew(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
):
    fill(sessions, article, knowledge, [FLOOD])
    group_new(sessions, now=NOW, progress=quiet)
    monkeypatch.setattr(nlp.grouping_run, "PRINTS_VERSION", "prints-of-tomorrow")
    fill(sessions, article, knowledge, [FLOOD, AGAIN])
    group_new(sessions, now=NOW, progress=quiet)
    (_, flood, _), (_, again, _) = placed(sessions)
    assert flood == again
    with sessions() as session:
        found = grouped_since(session, LONG_AGO, made_with="prints-of-tomorrow")
    assert all(each.body for each in found)


def test_what_a_person_joined_takes_in_what_comes_later(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, COFFEE])
    group_new(sessions, now=NOW, progress=quiet)
    (_, flood, _), (_, coffee, _) = placed(sessions)
    with sessions.begin() as session:
        join_stories(session, coffee, flood, by="Lan", reason="cùng chuyện", now=NOW)
    fill(sessions, article, knowledge, [FLOOD, COFFEE, COFFEE, f"{FLOOD} Bài đã sửa."])
    group_new(sessions, now=NOW, progress=quiet)
    assert {story for _, story, _ in placed(sessions)} == {flood}


def test_what_a_person_took_out_stays_out_also_when_it_is_edited_and_copied(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, AGAIN])
    group_new(sessions, now=NOW, progress=quiet)
    with sessions.begin() as session:
        take_out(session, 2, by="Lan", reason="chuyện khác", now=NOW)
    edited = f"{AGAIN} Bài đã sửa."
    fill(sessions, article, knowledge, [FLOOD, edited, AGAIN])
    group_new(sessions, now=NOW, progress=quiet)
    (_, flood, _), (_, apart, _), (_, copy, copy_of) = placed(sessions)
    assert flood != apart
    assert (copy, copy_of) == (apart, 2)


def test_what_people_decided_holds_when_everything_is_grouped_again(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, AGAIN, COFFEE])
    group_new(sessions, now=NOW, progress=quiet)
    with sessions.begin() as session:
        take_out(session, 2, by="Lan", reason="chuyện khác", now=NOW)
        (_, flood, _), (_, apart, _), (_, coffee, _) = [
            (m.article, m.story, m.copy_of) for _, m in members_since(session, LONG_AGO)
        ]
        join_stories(session, coffee, flood, by="Lan", reason="cùng chuyện", now=NOW)
        session.execute(text("DELETE FROM memberships"))
        session.execute(text("UPDATE articles SET to_group = true"))
    group_new(sessions, now=NOW, progress=quiet)
    assert [story for _, story, _ in placed(sessions)] == [flood, apart, flood]


def test_a_decision_made_while_articles_are_placed_stands(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, COFFEE])
    group_new(sessions, now=NOW, progress=quiet)
    (_, flood, _), (_, coffee, _) = placed(sessions)
    fill(sessions, article, knowledge, [FLOOD, COFFEE, f"{COFFEE} Hết."])

    def decide(stage: str, done: int, total: int) -> None:
        if (done, total) == (0, 1):
            with sessions.begin() as session:
                join_stories(session, coffee, flood, by="Lan", reason="cùng chuyện", now=NOW)

    group_new(sessions, now=NOW, progress=decide)
    assert {story for _, story, _ in placed(sessions)} == {flood}


def test_a_copy_stored_before_its_first_publisher_is_pointed_to_it(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, FLOOD])
    group_new(sessions, now=NOW, progress=quiet)
    with sessions.begin() as session:
        day = (NOW - timedelta(days=1)).date()
        early = article(FLOOD, "Tin sớm", day=day, url="https://som.example/1")
        save_article(session, replace(early, outlet="som"), now=NOW)
    read_new(sessions, knowledge, now=NOW, progress=quiet)
    group_new(sessions, now=NOW, progress=quiet)
    assert {number: copy_of for number, _, copy_of in placed(sessions)} == {3: 0, 1: 3, 2: 3}
    assert len({story for _, story, _ in placed(sessions)}) == 1


def test_changed_stories_are_checked_once_and_their_flags_saved(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, AGAIN, COFFEE])
    group_new(sessions, now=NOW, progress=quiet)
    assert check_changed(sessions, now=NOW, progress=quiet) == 2
    assert check_changed(sessions, now=NOW, progress=quiet) == 0
    with sessions() as session:
        flagged = list_flags(session)
        story = find_story(session, flagged[0].story_id)
    assert {one.item.number for one in flagged} == {1, 2}
    assert story is not None
    assert len(story.flags) == 2


def test_a_flag_whose_figure_was_corrected_is_withdrawn(
    sessions: Sessions, article: MakeArticle, knowledge: Knowledge
):
    fill(sessions, article, knowledge, [FLOOD, AGAIN])
    group_new(sessions, now=NOW, progress=quiet)
    check_changed(sessions, now=NOW, progress=quiet)
    fill(sessions, article, knowledge, [FLOOD, AGAIN.replace("17 căn", "12 căn")])
    group_new(sessions, now=NOW, progress=quiet)
    check_changed(sessions, now=NOW, progress=quiet)
    with sessions() as session:
        assert list_flags(session) == []


def test_progress_is_told_by_stage(sessions: Sessions, article: MakeArticle, knowledge: Knowledge):
    fill(sessions, article, knowledge, [FLOOD, COFFEE])
    heard: list[tuple[str, int, int]] = []
    group_new(sessions, now=NOW, progress=lambda *told: heard.append(told))
    check_changed(sessions, now=NOW, progress=lambda *told: heard.append(told))
    assert heard == [("group", 0, 2), ("group", 2, 2), ("check", 0, 2), ("check", 2, 2)]
