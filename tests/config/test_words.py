"""The catalogue holds what the rooms say: each text once, in Vietnamese, its placeholders, nothing else."""

from __future__ import annotations

import ast
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator
from importlib import resources
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from config.words import CatalogueError, translator

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("alerts", "config", "crawler", "desk", "nlp", "practice", "store")
CATALOGUE = ROOT / "config" / "locale" / "vi" / "LC_MESSAGES" / "diembao.po"
# t("…") or t('…') of a template
IN_TEMPLATE = re.compile(r"""(?<![\w.])_?t\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')""")
ESCAPED = re.compile(r"""\\(["'\\])""")
MSGID_CALLS = ("t", "_t", "make_phrase")  # said now, marked to be said later, made into a phrase


def constants_of_code(path: Path) -> Iterator[str]:
    """Every text of a module: tables of texts are said by a variable, `t(TEXTS[kind])`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def texts_of_code(path: Path) -> Iterator[str]:
    """The constant first argument of each call that says a text."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args and called(node) in MSGID_CALLS:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


def called(node: ast.Call) -> str:
    """The name that is called, also as an attribute (`self.t`)."""
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def texts_of_template(path: Path) -> Iterator[str]:
    """The constant first argument of each t("…") within a template."""
    for double, single in IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
        yield ESCAPED.sub(r"\1", double or single)


def gather(from_code: Callable[[Path], Iterator[str]]) -> dict[str, str]:
    """Texts of the rooms' code, as `from_code` finds them, and of their templates -> a file they stand in."""
    found: dict[str, str] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.suffix == ".py":
                texts = from_code(path)
            elif path.suffix in {".html", ".txt", ".j2", ".jinja", ".xml"} and "templates" in path.parts:
                texts = texts_of_template(path)
            else:
                continue
            found |= dict.fromkeys(texts, str(path.relative_to(ROOT)))
    return found


@pytest.fixture(scope="module")
def catalogue() -> dict[str, str]:
    """Msgid -> Vietnamese."""
    return {str(m.id): str(m.string) for m in read_po(BytesIO(CATALOGUE.read_bytes()), locale="vi") if m.id}


def test_every_text_that_is_said_stands_in_the_catalogue_in_vietnamese(catalogue: dict[str, str]):
    missing = {
        text: path for text, path in gather(texts_of_code).items() if not catalogue.get(text, "").strip()
    }
    assert missing == {}


def test_nothing_stands_in_the_catalogue_that_nobody_says(catalogue: dict[str, str]):
    assert sorted(catalogue.keys() - gather(constants_of_code).keys()) == []


def test_a_text_and_its_vietnamese_have_the_same_placeholders(catalogue: dict[str, str]):
    assert {
        text for text, vietnamese in catalogue.items() if places_in(text) != places_in(vietnamese)
    } == set()


def test_no_text_stands_twice_in_the_catalogue():
    ids = re.findall(r'^msgid "(.+)"$', CATALOGUE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [text for text, times in Counter(ids).items() if times > 1] == []


def places_in(text: str) -> Counter[str]:
    """The placeholders of a text; braces that are not one make it unfit for formatting."""
    try:
        return Counter(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return Counter({text: 1})


def test_english_is_the_text_itself():
    assert translator("en")("unknown key") == "unknown key"
    assert translator("en-GB")("unknown key") == "unknown key"


def test_vietnamese_is_read_from_the_catalogue():
    assert translator("vi")("unknown key") == "khóa không được biết đến"
    assert translator("vi-VN")("unknown key") == "khóa không được biết đến"


def test_a_text_that_is_not_in_the_catalogue_stays_as_it_is():
    assert translator("vi")("nobody says this") == "nobody says this"
    assert translator("vi")("") == ""


@pytest.mark.parametrize("language", ["fr", "", "../vi", "vi/../vi"])
def test_a_language_without_a_catalogue_is_an_error_that_names_the_choice(language: str):
    with pytest.raises(CatalogueError, match="choose vi or en"):
        translator(language)


def test_the_catalogue_lies_in_the_package():
    assert (resources.files("config") / "locale" / "vi" / "LC_MESSAGES" / "diembao.po").is_file()


def test_calls_and_templates_are_searched_for_texts(tmp_path: Path):
    code = tmp_path / "a.py"
    code.write_text('t("one"); _t("two")\nself.t("three"); other("four"); t(name)\n')
    template = tmp_path / "a.html"
    template.write_text(
        """{{ t("one") }} {% if t('two') %}{{ t("say \\"three\\"").format(n=1) }} {{ at("four") }}"""
    )
    assert list(texts_of_code(code)) == ["one", "two", "three"]
    assert list(texts_of_template(template)) == ["one", "two", 'say "three"']
