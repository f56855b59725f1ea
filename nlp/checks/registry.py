"""The one list of checks. A new one: its function in a file of its own, its name and version here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nlp.checks import (
    answered,
    edited,
    figures_disagree,
    figures_reprinted,
    headline,
    imitated,
    library_figures,
    old_event,
    place_date,
    quotations,
    unnamed_source,
)
from nlp.checks.case import Case
from store.types import Flag, Story


@dataclass(frozen=True, slots=True)
class Check:
    """One check. `en` is the msgid of its explanation, `vi` the same in the office's words."""

    name: str
    version: str
    vi: str
    en: str
    find_flags: Callable[[Case], tuple[Flag, ...]]


CHECKS: tuple[Check, ...] = (
    Check(
        figures_disagree.NAME,
        figures_disagree.VERSION,
        vi="Các báo đưa số liệu khác nhau về cùng một việc",
        en="Outlets give different figures for the same thing",
        find_flags=figures_disagree.find_flags,
    ),
    Check(
        library_figures.NAME,
        library_figures.VERSION,
        vi="Con số, ngày hoặc địa điểm khác với kho luận cứ",
        en="A figure, day or place differs from the evidence library",
        find_flags=library_figures.find_flags,
    ),
    Check(
        quotations.NAME,
        quotations.VERSION,
        vi="Lời trích dẫn khác với nguyên văn trong kho luận cứ",
        en="A quotation differs from the original in the evidence library",
        find_flags=quotations.find_flags,
    ),
    Check(
        figures_reprinted.NAME,
        figures_reprinted.VERSION,
        vi="Cùng một câu được đăng với con số khác nhau",
        en="The same sentence is printed with different figures",
        find_flags=figures_reprinted.find_flags,
    ),
    Check(
        answered.NAME,
        answered.VERSION,
        vi="Nhận định này đã được kiểm chứng trước đây và không đúng, hoặc chỉ đúng một phần",
        en="The same claim was checked before and found wrong, wholly or in part",
        find_flags=answered.find_flags,
    ),
    Check(
        headline.NAME,
        headline.VERSION,
        vi="Tiêu đề nêu con số hoặc địa điểm mà bài không có",
        en="The headline gives a figure or place that the article does not bear out",
        find_flags=headline.find_flags,
    ),
    Check(
        place_date.NAME,
        place_date.VERSION,
        vi="Các báo ghi địa điểm hoặc ngày khác nhau cho cùng một việc",
        en="Outlets give different places or days for the same event",
        find_flags=place_date.find_flags,
    ),
    Check(
        old_event.NAME,
        old_event.VERSION,
        vi="Chuyện cũ đăng lại như tin mới",
        en="An old event told as new",
        find_flags=old_event.find_flags,
    ),
    Check(
        unnamed_source.NAME,
        unnamed_source.VERSION,
        vi="Cáo buộc nghiêm trọng chỉ dựa vào một nguồn không nêu tên",
        en="A grave accusation rests on one unnamed source",
        find_flags=unnamed_source.find_flags,
    ),
    Check(
        edited.NAME,
        edited.VERSION,
        vi="Báo đã sửa con số, địa điểm hoặc gỡ bài sau khi đăng",
        en="The outlet changed a figure or place, or withdrew the article, after publication",
        find_flags=edited.find_flags,
    ),
    Check(
        imitated.NAME,
        imitated.VERSION,
        vi="Địa chỉ trang giống địa chỉ của một báo trong danh mục",
        en="The address resembles that of an outlet in the catalogue",
        find_flags=imitated.find_flags,
    ),
)
CHECKS_VERSION = " ".join(f"{check.name}/{check.version}" for check in CHECKS)


def check_case(case: Case) -> tuple[Flag, ...]:
    """A story and what was gathered for it -> what every check says. "Needs checking", never who is right."""
    return tuple(flag for check in CHECKS for flag in check.find_flags(case))


def check_story(story: Story) -> tuple[Flag, ...]:
    """A story by itself, with nothing beside it -> what the checks say of it."""
    return check_case(Case(story))
