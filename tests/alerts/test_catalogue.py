"""Every text that alerts shows has its Vietnamese in the one catalogue."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

import alerts
from alerts.render.pack import TIERS
from alerts.render.words import CLOCK_UNITS, LANGUAGES, VERDICTS

ROOM = Path(alerts.__file__).parent
CATALOGUE = ROOM.parent / "config" / "locale" / "vi" / "LC_MESSAGES" / "diembao.po"
SPEAKERS = {"t", "make_phrase", "_Sheet"}


def named(call: Any):
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def ids_of_code():
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and named(node) in SPEAKERS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def ids_of_templates():
    for path in (ROOM / "render" / "templates").iterdir():
        yield from re.findall(r'\bt\("((?:[^"\\]|\\.)*)"', path.read_text(encoding="utf-8"))


def ids_of_tables():
    for table in (TIERS, VERDICTS, LANGUAGES, CLOCK_UNITS):
        yield from table.values()
    yield "in another language"


@pytest.fixture(scope="module")
def catalogue():
    with CATALOGUE.open("rb") as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_every_text_has_its_vietnamese(catalogue: Any):
    ids = {*ids_of_code(), *ids_of_templates(), *ids_of_tables()}
    assert len(ids) > 150
    assert sorted(msgid for msgid in ids if not catalogue.get(msgid)) == []


def test_translations_keep_the_placeholders(catalogue: Any):
    ids = {*ids_of_code(), *ids_of_templates(), *ids_of_tables()}
    marks = re.compile(r"\{\w+\}")
    wrong = [i for i in ids if set(marks.findall(i)) != set(marks.findall(catalogue.get(i, "")))]
    assert wrong == []
