"""Measures which sentences pass for the same claim: pairs made by rule from real sentences (ViMs, VNTC).

The same claim: other order, marks, spelling of a number, an opening on top. Another claim: another figure,
place, day, a negation, an opposite, figures exchanged; and what is most alike in other stories.
Rules were made on half A; half B, by a hash of the article's id, is what to believe.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from nlp.answers import Shelf
from nlp.loaded import blank
from nlp.measure import half_of
from nlp.sameness import SUGGEST, compare, make_worded
from nlp.sentences import split
from nlp.text import fold

_SENTENCES = 1_200  # of a half
_DIGITS = re.compile(r"(?<![\w.,/-])(\d{1,4})(?![\w/-]|[.,]\d)")
_NAME = re.compile(r"(?<=[a-zà-ỹ,] )([A-ZĐ][a-zà-ỹđ]+ [A-ZĐ][a-zà-ỹđ]+)(?![\w ]*[A-ZĐ])")
_TURNS = (
    (" đã ", " chưa "), (" tăng ", " giảm "), (" trước ", " sau "), (" được ", " không được "),
    (" là ", " không phải là "), (" có ", " không có "), (" hơn ", " gần "), (" trên ", " dưới "),
    (" đầu tiên", " cuối cùng"), (" cao ", " thấp "),
)  # fmt: skip
_OPENINGS = ("Cụ thể, ", "Được biết, ", "Bên cạnh đó, ", "Ghi nhận cho thấy ")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sentences, the rule that made the second, and whether they make the same claim."""

    one: str
    other: str
    rule: str
    is_same: bool


def measure(folder: Path, *, most: int = _SENTENCES) -> dict[str, dict[str, float]]:
    """Data folder -> per half: precision and recall of "same", share of the same claims suggested."""
    return {half: measure_half(load_sentences(folder, half, most=most)) for half in "AB"}


def measure_half(sentences: Mapping[str, str]) -> dict[str, float]:
    """Sentences by id -> the scores; see `measure`."""
    pairs = list(make_pairs(sentences))
    judged = [(pair, compare(make_worded(pair.one), make_worded(pair.other))) for pair in pairs]
    same = [pair for pair, match in judged if match.is_same]
    right = sum(pair.is_same for pair in same)
    wanted = [match for pair, match in judged if pair.is_same]
    return {
        "same_precision": right / len(same) if same else 0.0,
        "same_recall": right / len(wanted) if wanted else 0.0,
        "suggested_recall": sum(m.likeness >= SUGGEST for m in wanted) / len(wanted) if wanted else 0.0,
        "found_on_shelf": _share_found(sentences, [pair for pair in pairs if pair.is_same]),
        "pairs": float(len(pairs)),
    }


def make_pairs(sentences: Mapping[str, str]) -> Iterator[Pair]:
    """Every rule on every sentence it fits, and each sentence with those most like it in other stories."""
    chance = random.Random(5)  # noqa: S311 - which digit changes, the same in every run
    names = sorted({hit for text in sentences.values() for hit in _NAME.findall(text)})
    shelf: Shelf[str] = Shelf()
    for key, text in sentences.items():
        shelf.add(key, text)
    for key, text in sentences.items():
        for rule, (change, is_same) in RULES.items():
            if (other := change(text, chance, names)) and other != text:
                yield Pair(text, other, rule, is_same)
        for found in shelf.find(text, limit=3):
            other = sentences[found.key]
            if found.key.split("/")[0] != key.split("/")[0]:  # of another story, so surely of something else
                yield Pair(text, other, "another sentence", is_same=False)


def load_sentences(folder: Path, half: str, *, most: int, each: int = 3) -> dict[str, str]:
    """Data folder, A or B -> sentences with a figure, 60 to 300 characters, by story, article and place."""
    found: dict[str, str] = {}
    with gzip.open(folder / "clustering/vims/vims.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            if half_of(article["cluster"]) != half:
                continue
            spans = [article["text"][span.start : span.end] for span in split(article["text"])]
            fit = [s for s in spans if 60 <= len(s) <= 300 and re.search(r"\d", s)]
            found |= {f"{article['id']}#{n}": text for n, text in enumerate(fit[:each])}
    chosen = random.Random(3).sample(sorted(found), min(most, len(found)))  # noqa: S311 - a sample
    return {key: found[key] for key in chosen}


def load_floors() -> dict[str, float]:
    """The floors that the unseen half must reach."""
    loaded: dict[str, float] = json.loads((files("nlp") / "floors_answers.json").read_text("utf-8"))
    return loaded


def measure_speed(sentences: Mapping[str, str], *, shelved: int = 10_000) -> dict[str, float]:
    """Sentences -> milliseconds of one look-up among `shelved`, and seconds to put them all up."""
    texts = list(sentences.values())
    started = time.perf_counter()
    shelf: Shelf[int] = Shelf()
    for number in range(shelved):
        shelf.add(number, f"{texts[number % len(texts)]} ({number})")
    filled = time.perf_counter()
    for text in texts[:200]:
        shelf.find(text)
    done = time.perf_counter()
    return {"fill_seconds": filled - started, "find_milliseconds": (done - filled) / 200 * 1000}


def _share_found(sentences: Mapping[str, str], pairs: list[Pair]) -> float:
    shelf: Shelf[str] = Shelf()
    for text in sentences.values():
        shelf.add(text, text)
    hits = sum(any(f.key == pair.one for f in shelf.find(pair.other, limit=5)) for pair in pairs)
    return hits / len(pairs) if pairs else 0.0


def _other_figure(text: str, chance: random.Random, _names: list[str]) -> str:
    hits = list(_DIGITS.finditer(text))
    if not hits:
        return ""
    hit = chance.choice(hits)
    value = int(hit[1])
    return f"{text[: hit.start()]}{value + chance.choice((1, 2, 5, 10, value + 3))}{text[hit.end() :]}"


def _other_place(text: str, chance: random.Random, names: list[str]) -> str:
    hit = _NAME.search(text)
    return f"{text[: hit.start()]}{chance.choice(names)}{text[hit.end() :]}" if hit else ""


def _turned(text: str, chance: random.Random, _names: list[str]) -> str:
    fit = [(was, now) for was, now in _TURNS if was in text]
    return text.replace(*chance.choice(fit), 1) if fit else ""


def _exchanged(text: str, _chance: random.Random, _names: list[str]) -> str:
    hits = list(_DIGITS.finditer(text))
    if len(hits) < 2 or hits[0][1] == hits[1][1]:
        return ""
    one, two = hits[:2]
    parts = (text[: one.start()], two[1], text[one.end() : two.start()], one[1], text[two.end() :])
    return "".join(parts)


def _unmarked(text: str, _chance: random.Random, _names: list[str]) -> str:
    return "".join(char if not char.isalpha() else _bare(char) for char in text)


def _bare(char: str) -> str:
    bare = fold(char).text or char
    return bare.upper() if char.isupper() else bare


def _opened(text: str, chance: random.Random, _names: list[str]) -> str:
    return (
        f"{chance.choice(_OPENINGS)}{text[0].lower()}{text[1:]}"
        if text[:2].islower() or text[1:2].islower()
        else ""
    )


def _moved(text: str, _chance: random.Random, _names: list[str]) -> str:
    """A clause of time or place at the head goes to the end."""
    head, comma, rest = text.partition(", ")
    opens = head.split(" ", 1)[0].lower() in {
        "ngày",
        "sáng",
        "chiều",
        "tối",
        "đêm",
        "tại",
        "ở",
        "trong",
        "năm",
    }
    if not comma or not opens or "," in rest or not rest.endswith("."):
        return ""
    return f"{rest[0].upper()}{rest[1:-1]} {head[0].lower()}{head[1:]}."


def _respelled(text: str, _chance: random.Random, _names: list[str]) -> str:
    """1.200 as 1200, other quotation marks, two spaces."""
    plain = re.sub(r"(?<![\d.,])(\d{1,3})\.(\d{3})(?![\d.,])", r"\1\2", text)
    return plain.replace('"', "“").replace(" - ", " – ").replace(", ", ",  ")


def _unblanked(text: str, _chance: random.Random, _names: list[str]) -> str:
    """A loaded word added: it must not change anything."""
    return text.replace(" đã ", " đã trắng trợn ", 1) if blank(text) == text else ""


RULES: dict[str, tuple[Callable[[str, random.Random, list[str]], str], bool]] = {
    "other figure": (_other_figure, False),
    "other place": (_other_place, False),
    "turned round": (_turned, False),
    "figures exchanged": (_exchanged, False),
    "without marks": (_unmarked, True),
    "an opening": (_opened, True),
    "clause moved": (_moved, True),
    "respelled": (_respelled, True),
    "a loaded word": (_unblanked, True),
}
