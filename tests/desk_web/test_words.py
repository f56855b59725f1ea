"""Every word of the desk stands in the catalogue, and its colours can be read."""

from __future__ import annotations

import ast
import re
from importlib import resources
from itertools import chain
from typing import Any

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from desk.web.actions import undo_verdict, verdict
from desk.web.names import NAMES
from desk.web.render import NAVIGATION

WEB = resources.files("desk.web")
STYLE = (WEB / "static" / "desk.css").read_text("utf-8")


def words_of_templates() -> set[str]:
    found: set[str] = set()
    for file in (WEB / "templates").iterdir():
        for call in Environment(autoescape=True).parse(file.read_text("utf-8")).find_all(nodes.Call):
            is_t = isinstance(call.node, nodes.Name) and call.node.name == "t"
            if is_t and isinstance(call.args[0], nodes.Const):
                found.add(call.args[0].value)
    return found


def words_of_code() -> set[str]:
    """Texts named _IN_CAPITALS, and the words of refusals, in pages, actions and what they share."""
    found: set[str] = set()
    folders = (WEB, WEB / "pages", WEB / "actions")
    for file in chain.from_iterable(folder.iterdir() for folder in folders):
        if file.name.endswith(".py"):
            found |= _words_of_tree(ast.parse(file.read_text("utf-8")))
    return found


def _words_of_tree(tree: ast.AST) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RefusedError":
            found |= {
                arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            }
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "t":
            found |= {arg.value for arg in node.args if isinstance(arg, ast.Constant)}
        elif (
            isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
        ):
            name = getattr(node.targets[0], "id", "")
            found |= (
                {node.value.value} if re.fullmatch(r"_[A-Z_]+", name) and " " in node.value.value else set()
            )
    return {text for text in found if not text.startswith("Có lỗi")}


def words_of_tables() -> set[str]:
    tables = (
        NAMES.verdicts,
        NAMES.relevances,
        NAMES.stances,
        NAMES.outcomes,
        NAMES.notices,
        NAMES.roles,
        NAMES.acts,
        NAMES.carryings,
        NAMES.steps,
    )
    captures = {"page", "text of the feed only", "given as text", "everything"}
    return {name for table in tables for name in table.values()} | {name for _, name in NAVIGATION} | captures


@pytest.mark.parametrize("source", [words_of_templates, words_of_code, words_of_tables])
def test_every_text_has_its_vietnamese(source: Any):
    catalogue = (resources.files("config") / "locale" / "vi" / "LC_MESSAGES" / "diembao.po").read_bytes()
    known = {message.id for message in read_po(iter(catalogue.splitlines(keepends=True))) if message.string}
    wanted = source()
    assert len(wanted) > 5
    assert sorted(wanted - known) == []


def test_the_texts_of_actions_are_found_by_this_test():
    found = words_of_code()
    assert verdict._GIVE_REASON in found
    assert undo_verdict._TAKES_BACK in found
    assert "Your account can look, but not judge." in found


def palettes() -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark desk; the dark one changes what it names."""
    light, dark = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)[:2]
    )
    return {"light": light, "dark": light | dark}


def contrast(one: str, two: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "sheet", "calm-ground")
PAIRS = [(ink, ground, 4.5) for ink in ("ink", "soft", "link") for ground in GROUNDS]
PAIRS += [("warn", "warn-ground", 4.5), ("bad", "bad-ground", 4.5), ("good", "good-ground", 4.5)]
PAIRS += [
    ("ink", "bad-ground", 4.5),
    ("ink", "good-ground", 4.5),
    ("hit-ink", "hit", 4.5),
    ("on-accent", "accent", 4.5),
]
PAIRS += [
    ("strong-line", "sheet", 3.0),
    ("focus", "sheet", 3.0),
    ("focus", "paper", 3.0),
    ("accent", "sheet", 4.5),
]


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_every_pair_of_colours_can_be_read(palette: str, ink: str, ground: str, least: float):
    colours = palettes()[palette]
    assert contrast(colours[ink], colours[ground]) >= least


@pytest.mark.parametrize("name", ["desk.css", "keys.js", "icon.svg"])
def test_no_file_of_ours_names_an_address_outside(name: str):
    text = (WEB / "static" / name).read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z]+\.|@import|url\(", text)
