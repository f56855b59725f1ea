"""Two outlets disagree and both sentences are flagged: the pages show one finding with both sides."""

from __future__ import annotations

import re
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from desk.commands.listings import flags_table
from store.claims import list_findings, list_flags, save_flags
from store.types import Evidence, Flag


@pytest.fixture
def disagreeing(bench: Any) -> tuple[Flag, Flag]:
    """The seeded flag, and its mirror on the sentence it cites."""
    with bench.deps.sessions.begin() as session:
        (found,) = list_flags(session)
        flag = found.flag.value
        (cited,) = flag.evidence
        other = replace(flag.claim, text=cited.text, start=cited.start, end=cited.end)
        against = Evidence(
            flag.claim.text, flag.claim.start, flag.claim.end, found.item.article.url,
            found.item.article.title, found.item.article.outlet_name, found.item.article.when,
            cited.stance, "210 ≠ 120", flag.article, flag.version,
        )  # fmt: skip
        mirror = replace(flag, claim=other, article=cited.article, evidence=(against,), because=("210",))
        save_flags(session, flag.story, [flag, mirror], now=found.flag.saved_at)
    return flag, mirror


def test_the_list_shows_a_difference_once_with_both_sentences_to_judge(lan: Any, disagreeing: Any) -> None:
    text = lan.get("/flags").text
    assert "<strong>1 chỗ cần kiểm chứng" in text
    assert (text.count('<li class="claim"'), text.count("<blockquote")) == (1, 2)
    for flag in disagreeing:
        assert text.count(f'#claim-{flag.claim.key}">Xem và kết luận') == 1
    assert "chưa coi bên nào là đúng" in text


def test_the_story_page_shows_it_once_and_asks_a_verdict_for_each_side(lan: Any, disagreeing: Any) -> None:
    text = lan.get("/stories/s-flood").text
    assert text.count("chưa coi bên nào là đúng") == 1
    for flag in disagreeing:
        assert text.count(f'id="claim-{flag.claim.key}"') == 1
        assert text.count(f'id="reason-{flag.claim.key}"') == 1


def test_the_list_of_stories_counts_it_once(lan: Any, disagreeing: Any) -> None:
    assert disagreeing
    badges = re.findall(r'<span class="badge flag">([^<]*)</span>', lan.get("/").text)
    assert [re.sub(r"\D", "", badge) for badge in badges] == [""]


def test_programs_get_both_flags_with_the_key_they_share(lan: Any, disagreeing: Any) -> None:
    flags = lan.get("/api/flags").json()["flags"]
    assert {flag["key"] for flag in flags} == {flag.key for flag in disagreeing}
    assert len({flag["finding"] for flag in flags}) == 1


def test_the_table_of_the_command_line_has_one_row_with_both_numbers(bench: Any, disagreeing: Any) -> None:
    assert disagreeing
    with bench.deps.sessions() as session:
        found = list_findings(session)
    table = flags_table(found)
    console = Console(width=200, record=True, file=StringIO())
    console.print(table)
    assert table.row_count == 1
    words = console.export_text()
    for side in found[0].sides:
        assert f"[{side.flag.number}]" in words
