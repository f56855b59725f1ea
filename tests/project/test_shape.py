"""The house rules that a machine can see."""

from __future__ import annotations

import ast
import importlib
import re
import statistics
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOMS = ["alerts", "config", "crawler", "desk", "nlp", "practice", "store"]


def modules(root: Path) -> Iterator[Path]:
    for room in [*ROOMS, "bench", "scripts"]:
        yield from sorted((root / room).rglob("*.py"))


def functions(root: Path) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for path in modules(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(root)}:{node.name}", node


def length(node: ast.AST) -> int:
    return (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1


@pytest.mark.parametrize("name", ROOMS)
def test_no_dependency_claims_our_folder_name(name: str) -> None:
    assert set(packages_distributions().get(name, [])) <= {"diembao"}


@pytest.mark.parametrize("name", ROOMS)
def test_a_folder_name_imports_our_folder(name: str) -> None:
    doc = importlib.import_module(name).__doc__ or ""
    assert doc.startswith(name)


def test_no_module_is_longer_than_350_lines(root: Path) -> None:
    lengths = {
        str(p.relative_to(root)): len(p.read_text(encoding="utf-8").splitlines()) for p in modules(root)
    }
    assert {name: lines for name, lines in lengths.items() if lines > 350} == {}


def test_no_function_is_longer_than_50_lines(root: Path) -> None:
    assert {name: length(node) for name, node in functions(root) if length(node) > 50} == {}


def test_half_of_all_functions_have_ten_lines_or_fewer(root: Path) -> None:
    assert statistics.median(length(node) for _, node in functions(root)) <= 10


def test_every_module_says_what_it_is_for(root: Path) -> None:
    silent = [
        str(p.relative_to(root))
        for p in modules(root)
        if not ast.get_docstring(ast.parse(p.read_text("utf-8")))
    ]
    assert silent == []


def test_nothing_is_left_to_do_in_the_code(root: Path) -> None:
    marks = re.compile(r"# ?(TODO|FIXME|XXX|HACK)\b|raise NotImplementedError")
    assert [str(p) for p in modules(root) if marks.search(p.read_text(encoding="utf-8"))] == []


def test_every_switched_off_rule_has_a_reason_beside_it(root: Path) -> None:
    bare = re.compile(r"#\s*noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?\s*$", re.MULTILINE)
    assert [str(p) for p in modules(root) if bare.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("lock", ["run.txt", "dev.txt"])
def test_a_lock_file_names_no_address_and_a_hash_for_everything(root: Path, lock: str) -> None:
    text = (root / "locks" / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^[a-z0-9][\w.\-\[\]]*==", text, re.MULTILINE)
    assert len(pinned) > 50
    assert "://" not in text
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z0-9])", text.strip()))


def test_there_is_no_type_and_no_table_for_persons(root: Path) -> None:
    person = re.compile(
        r"\b(class (Person|Author|Journalist|Byline)\w*|__tablename__ = \"(persons?|authors?)\")"
    )
    assert [str(p) for p in modules(root) if person.search(p.read_text(encoding="utf-8"))] == []
