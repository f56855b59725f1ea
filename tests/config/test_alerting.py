"""alerts.yaml: what is read, and what is a fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from config.faults import Fault
from config.load import load
from store.types import AlertRule, Condition, QuietHours

Files = dict[str, str | bytes]
RULES = """\
sender: a@b.example
recipients: [{id: to, name: Tổ báo chí, email: to@b.example, edition: press}]
deadlines: []
"""
GOOD = """\
alerts:
  - id: lu
    name: Lũ lụt
    search: "topic:T12"
    when: [new_story, outlets]
    outlets: 4
    to: [to]
    quiet: {from: "22:00", until: "06:00"}
    at_most: 2
"""


def test_a_rule_is_read(write_folder: Callable[[Files], Path]) -> None:
    (rule,) = load(write_folder({"rules.yaml": RULES, "alerts.yaml": GOOD})).alerts
    assert rule == AlertRule(
        "lu", "Lũ lụt", (Condition.NEW_STORY, Condition.OUTLETS), ("to",), search="topic:T12", outlets=4,
        quiet=QuietHours("22:00", "06:00"), at_most=2,
    )  # fmt: skip


def test_the_shipped_rules_fit_any_office() -> None:
    rules = load(None).alerts
    assert rules
    assert all(recipient.startswith("edition:") for rule in rules for recipient in rule.recipients)


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("[new_story, outlets]", "[sometimes]"), "when"),
        (("[new_story, outlets]", "[]"), "when"),
        (("to: [to]", "to: []"), "to"),
        (("[new_story, outlets]", "[source]"), "search"),
        (("topic:T12", "topic:"), "search"),
        (("to: [to]", "to: [nobody]"), "to"),
        (("to: [to]", "to: ['edition:everybody']"), "to"),
        (('"22:00"', "late"), "from"),
        (("at_most: 2", "at_most: 0"), "at_most"),
        (("at_most: 2", "channels: [pigeon]"), "channels"),
        (("id: lu", "id: 'a b'"), "id"),
    ],
    ids=str,
)
def test_a_fault_names_its_key(
    faults_of: Callable[[Files], tuple[Fault, ...]], change: tuple[str, str], key: str
) -> None:
    found = faults_of({"rules.yaml": RULES, "alerts.yaml": GOOD.replace(*change)})
    assert {fault.key.rpartition(".")[2] for fault in found} == {key}
