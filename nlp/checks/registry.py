"""The one list of checks. A new one: its function in a file of its own, its name and version here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nlp.checks import answered, figures_disagree
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
        answered.NAME,
        answered.VERSION,
        vi="Nhận định này đã được kiểm chứng trước đây và không đúng, hoặc chỉ đúng một phần",
        en="The same claim was checked before and found wrong, wholly or in part",
        find_flags=answered.find_flags,
    ),
)
CHECKS_VERSION = " ".join(f"{check.name}/{check.version}" for check in CHECKS)


def check_case(case: Case) -> tuple[Flag, ...]:
    """A story and what was gathered for it -> what every check says. "Needs checking", never who is right."""
    return tuple(flag for check in CHECKS for flag in check.find_flags(case))


def check_story(story: Story) -> tuple[Flag, ...]:
    """A story by itself, with nothing beside it -> what the checks say of it."""
    return check_case(Case(story))
