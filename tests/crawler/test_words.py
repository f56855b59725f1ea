from __future__ import annotations

import re
from pathlib import Path

import pytest

from crawler import words

SAID = {
    words.WAIT.format(code=429, seconds=30): "[HTTP {code}, asked to wait {seconds} s]: 429 30",
    words.ROBOTS: "[robots.txt forbids]:",
    words.CODE.format(code=418): "[HTTP {code}]: 418",
    words.NO_TEXT.format(count=37): "[no article text found ({count} characters)]: 37",
}


def translate(template: str) -> str:
    return f"[{template.replace('{', '{{').replace('}', '}}')}]:" + "".join(
        f" {{{name}}}" for name in re.findall(r"\{(\w+)\}", template)
    )


@pytest.mark.parametrize(("said", "expected"), SAID.items(), ids=SAID.keys())
def test_a_stored_sentence_is_said_in_another_language(said: str, expected: str) -> None:
    assert words.localise(said, translate) == expected


def test_a_sentence_within_a_sentence_is_translated_too() -> None:
    inner = words.SLOW_DOWN.format(code=429)
    found = words.localise(
        words.RESTING.format(why=inner), {words.RESTING: "chờ: {why}", words.SLOW_DOWN: "chậm {code}"}.get
    )  # type: ignore[arg-type]
    assert found == "chờ: chậm 429"


def test_a_sentence_of_nobody_stays() -> None:
    assert words.localise("lời khác", translate) == "lời khác"


@pytest.mark.parametrize("template", words.TEMPLATES, ids=lambda template: template[:40])
def test_every_sentence_comes_from_its_own_template(template: str) -> None:
    names = re.findall(r"\{(\w+)\}", template)
    said = template.format(**dict.fromkeys(names, "7"))
    assert words.localise(said, lambda found: found.replace("{", "<").replace("}", ">")) == template.replace(
        "{", "<"
    ).replace("}", ">")


@pytest.mark.parametrize("template", words.TEMPLATES, ids=lambda template: template[:40])
def test_every_sentence_stands_in_the_vietnamese_catalogue(template: str, root: Path) -> None:
    catalogue = (root / "config" / "locale" / "vi" / "LC_MESSAGES" / "diembao.po").read_text(encoding="utf-8")
    entry = catalogue.partition(f'msgid "{template}"\nmsgstr "')[2].partition('"\n')[0]
    assert entry
    assert sorted(re.findall(r"\{\w+\}", entry)) == sorted(re.findall(r"\{\w+\}", template))
