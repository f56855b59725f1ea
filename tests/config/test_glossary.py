"""The glossary: what is shipped, and what is said of a faulty one."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import ConfigurationError, load


def test_the_shipped_glossary_has_terms_of_every_field_and_names_the_laws():
    terms = {english: term for term in load(None).glossary for english in term.en}
    assert len(load(None).glossary) >= 200
    assert terms["People's Committee"].vi.startswith("Ủy ban nhân dân")
    assert terms["land recovery"].source == "Luật Đất đai số 31/2024/QH15"
    assert terms["meeting point"].source == "Luật Tín ngưỡng, tôn giáo số 02/2016/QH14"
    assert terms["press conference"].source.startswith("Luật Báo chí số 126/2025")
    assert sum(bool(term.source) for term in load(None).glossary) >= 100


def write(folder: Path, text: str) -> Path:
    (folder / "glossary.yaml").write_text(text, encoding="utf-8")
    return folder


def test_an_offices_own_glossary_stands_before_the_shipped_one(tmp_path: Path):
    (term,) = load(write(tmp_path, "terms:\n  - {en: [bridge], vi: cầu}\n")).glossary
    assert (term.en, term.vi, term.source) == (("bridge",), "cầu", "")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("{en: [bridge]}", "terms[0].vi"),
        ("{vi: cầu}", "terms[0].en"),
        ("{en: [bridge], vi: cầu, source: nowhere}", "terms[0].source"),
        ("{en: [bridge, Bridge], vi: cầu}", "terms[0].en[1]"),
        ("{en: [bridge], vi: cầu, note: x}", "terms[0].note"),
    ],
    ids=["no Vietnamese", "no English", "unknown source", "twice", "unknown key"],
)
def test_a_fault_is_told_with_its_key(tmp_path: Path, line: str, key: str):
    with pytest.raises(ConfigurationError) as caught:
        load(write(tmp_path, f"terms:\n  - {line}\n"))
    assert [(fault.file, fault.key, fault.line) for fault in caught.value.faults] == [
        ("glossary.yaml", key, 2)
    ]
