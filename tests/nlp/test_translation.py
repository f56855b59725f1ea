from __future__ import annotations

import json
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.translation.glossing import MOST_CHARACTERS, Gloss, find_glosses, is_foreign
from nlp.translation.lexicon import Kind, Lexicon, pluralise
from nlp.translation.local_model import Card, LocalModel, load_local_model, read_card
from nlp.translation.translator import MOST_SENTENCES, TranslationError, can_help, translate
from store.types import GlossaryTerm, MentionKind, Place, PlaceLevel, PlaceMention, Topic

TERMS = (
    GlossaryTerm(("People's Committee",), "UBND"),
    GlossaryTerm(("provincial People's Committee",), "UBND tỉnh", "Luật mẫu"),
    GlossaryTerm(("border gate", "border checkpoint"), "cửa khẩu"),
    GlossaryTerm(("land use right certificate", "certificate of land use right"), "sổ đỏ"),
    GlossaryTerm(("ethnic minority",), "dân tộc thiểu số"),
    GlossaryTerm(("IUU", "NGO"), "viết tắt"),
    GlossaryTerm(("fisherman",), "ngư dân"),
    GlossaryTerm(("rice",), "lúa gạo"),
)
TOPICS = (Topic("T01", "Biên giới", "Border", "", (), ("border gate", "land demarcation", "school")),)
LEXICON = Lexicon(TERMS, TOPICS)


def glossed(text: str, **more: Any) -> list[tuple[str, str]]:
    found = find_glosses(text, LEXICON, **more)
    assert all(text[gloss.start : gloss.end] == gloss.text for gloss in found)
    return [(gloss.text, gloss.vi) for gloss in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The provincial People’s Committee met.", [("provincial People’s Committee", "UBND tỉnh")]),
        ("People's committees met.", [("People's committees", "UBND")]),
        ("Two border gates reopened.", [("border gates", "cửa khẩu")]),
        ("BORDER GATE", [("BORDER GATE", "cửa khẩu")]),
        ("the border gate's opening", [("border gate", "cửa khẩu")]),
        ("certificates of land use right", [("certificates of land use right", "sổ đỏ")]),
        ("land-use right certificates", [("land-use right certificates", "sổ đỏ")]),
        ("ethnic minorities", [("ethnic minorities", "dân tộc thiểu số")]),
        ("fishermen and a fisherman", [("fishermen", "ngư dân"), ("fisherman", "ngư dân")]),
        ("IUU fishing, NGOs", [("IUU", "viết tắt"), ("NGOs", "viết tắt")]),
        ("ngo, ngos, Iuu", []),
        ("price, ricers, licorice", []),
        ("border\u00a0gate", [("border\u00a0gate", "cửa khẩu")]),
        ("bor\u200bder gate", [("bor\u200bder gate", "cửa khẩu")]),
        ("land demarcation, a school", [("land demarcation", "Biên giới")]),
        ("", []),
    ],
    ids=["longest", "plural", "plural of a phrase", "capitals", "possessive", "plural before of", "hyphen",
         "y", "irregular", "acronyms", "acronyms in small", "inside words", "no-break space", "zero width",
         "topic", "empty"],
)  # fmt: skip
def test_terms_are_found_as_whole_words_the_longest_first(text: str, found: list[tuple[str, str]]):
    assert glossed(text) == found


def test_a_term_of_a_law_names_the_law():
    (gloss,) = find_glosses("The provincial People's Committee", LEXICON)
    assert (gloss.kind, gloss.source) == (Kind.TERM, "Luật mẫu")


def test_only_the_first_of_a_term_is_marked_as_first():
    found = find_glosses("A border gate, border gates and a border gate.", LEXICON)
    assert [gloss.is_first for gloss in found] == [True, False, False]


def test_the_glossary_goes_before_a_topics_cue():
    assert find_glosses("border gate", LEXICON)[0].kind is Kind.TERM


PLACES = {
    "l1": Place("l1", ("Lệ Thanh",), PlaceLevel.LANDMARK, ("cửa khẩu",)),
    "c1": Place("c1", ("Ia Dom",), PlaceLevel.COMMUNE, ("xã",)),
}


def mention(text: str, name: str, unit: str) -> PlaceMention:
    start = text.index(name)
    return PlaceMention(name, unit, start, start + len(name), MentionKind.EVENT_PLACE, "test")


def test_a_place_that_reading_found_is_given_in_vietnamese_unless_it_is_written_so():
    text = "At Le Thanh in Ia Dom commune"
    mentions = (
        mention(text, "Le Thanh", "l1"),
        mention(text, "Ia Dom", "c1"),
        mention(text, "commune", "gone"),
    )
    assert glossed(text, mentions=mentions, places=PLACES) == [("Le Thanh", "cửa khẩu Lệ Thanh")]


@given(
    st.lists(
        st.sampled_from(["border gate", "People’s Committee", " ", "\u0301", "İ", "\ud800", "s", "IUU"])
        | st.text(max_size=9)
    )
)
def test_whatever_the_text_holds_every_gloss_is_exact_and_none_lies_over_another(parts: Sequence[str]):
    text = " ".join(parts)
    until = 0
    for gloss in find_glosses(text, LEXICON):
        assert isinstance(gloss, Gloss)
        assert text[gloss.start : gloss.end] == gloss.text
        assert gloss.start >= until
        until = gloss.end


def test_only_the_beginning_of_an_endless_text_is_looked_at():
    found = find_glosses("border gate " * 500_000, LEXICON)
    assert found[-1].end <= MOST_CHARACTERS


@pytest.mark.parametrize(
    ("language", "foreign"), [("en", True), ("km", True), ("vi", False), ("und", False), ("", False)]
)
def test_what_vietnamese_readers_need_no_help_with_is_not_foreign(language: str, foreign: bool):
    assert is_foreign(language) is foreign


@pytest.mark.parametrize(
    ("one", "many"),
    [("city", "cities"), ("box", "boxes"), ("bus", "bus"), ("day", "days"), ("church", "churches")],
)
def test_plurals(one: str, many: str):
    assert pluralise(one) == many


class Reverser:
    """Translates by turning each sentence round."""

    name = "reverser"

    def __init__(self, *, lost: int = 0) -> None:
        self.lost = lost
        self.given: list[str] = []

    def can_translate(self, language: str) -> bool:
        return language == "en"

    def translate(self, sentences: Sequence[str]) -> list[str]:
        self.given = list(sentences)
        return [sentence[::-1] for sentence in sentences][self.lost :]


def test_a_translation_stands_sentence_by_sentence_beside_the_original():
    text = "The bridge fell. Nobody\u00a0was hurt."
    made = translate("Bridge", text, Reverser())
    assert (made.model, made.title, made.is_cut) == ("reverser", "egdirB", False)
    assert [(line.original, line.translated) for line in made.lines] == [
        ("The bridge fell.", ".llef egdirb ehT"),
        ("Nobody\u00a0was hurt.", ".truh saw ydoboN"),
    ]
    assert all(text[line.start : line.end] == line.original for line in made.lines)


def test_a_long_article_is_translated_in_part_and_says_so():
    made = translate("T", "One more sentence. " * 100, Reverser())
    assert (len(made.lines), made.is_cut) == (MOST_SENTENCES, True)


def test_what_is_no_sentence_is_not_handed_to_the_model():
    reverser = Reverser()
    (line,) = translate("T", "x" * 5_000_000, reverser).lines
    assert line.translated == ""
    assert reverser.given == ["T"]


def test_a_translator_that_loses_a_sentence_is_not_believed():
    with pytest.raises(TranslationError, match="gave 1 sentences for 2"):
        translate("T", "One sentence.", Reverser(lost=1))


@pytest.mark.parametrize(("language", "helped"), [("en", True), ("fr", False), ("vi", False), ("und", False)])
def test_help_is_offered_only_for_a_language_the_model_knows(language: str, helped: bool):
    assert can_help(Reverser(), language) is helped
    assert can_help(None, language) is False


class Pieces:
    """Stands for a SentencePiece processor: words are pieces."""

    def __init__(self, model_file: str = "") -> None:
        if model_file and not Path(model_file).exists():
            raise OSError(f"Not found: {model_file}")

    def encode(self, text: str, out_type: type) -> list[str]:
        assert out_type is str
        return text.split()

    def decode(self, pieces: Sequence[str]) -> str:
        return " ".join(pieces)


class Engine:
    """Stands for ctranslate2.Translator: gives what it gets in capitals, and remembers how it was asked."""

    def __init__(self, folder: str = "", **options: Any) -> None:
        self.asked: list[list[str]] = []
        self.options: dict[str, Any] = {"folder": folder, **options}

    def translate_batch(self, pieces: list[list[str]], **options: Any) -> list[Any]:
        self.asked, self.options = pieces, options
        before = options["target_prefix"][0] if options["target_prefix"] else []
        return [
            types.SimpleNamespace(hypotheses=[[*before, *(p.upper() for p in row[1:-1]), "</s>"]])
            for row in pieces
        ]


CARD = {
    "name": "mẫu",
    "source": "en",
    "target": "vi",
    "source_prefix": [">>vie<<"],
    "source_suffix": ["</s>"],
}


def test_a_local_model_puts_its_marks_around_each_sentence_and_takes_them_off_again():
    engine = Engine()
    model = LocalModel(Card("m", "en", "vi", (">>vie<<",), ("</s>",), ("vie",)), engine, Pieces(), Pieces())
    assert model.translate(["a bridge", " ", "fell"]) == ["A BRIDGE", "", "FELL"]
    assert engine.asked == [[">>vie<<", "a", "bridge", "</s>"], [">>vie<<", "fell", "</s>"]]
    assert engine.options["target_prefix"] == [["vie"], ["vie"]]


def test_a_model_that_fails_says_which():
    class Failing(Engine):
        def translate_batch(self, pieces: list[list[str]], **options: Any) -> list[Any]:
            raise RuntimeError(f"out of memory for {len(pieces)}, {len(options)} options")

    with pytest.raises(TranslationError, match="mẫu failed: out of memory"):
        LocalModel(Card("mẫu", "en", "vi"), Failing(), Pieces(), Pieces()).translate(["a"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.bin").write_bytes(b"model")
    (tmp_path / "diembao.json").write_text(json.dumps(CARD), encoding="utf-8")
    (tmp_path / "sentencepiece.model").write_bytes(b"pieces")
    return tmp_path


def test_a_folder_is_loaded_with_the_optional_packages(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ctranslate2", types.SimpleNamespace(Translator=Engine))  # type: ignore[arg-type]
    monkeypatch.setitem(sys.modules, "sentencepiece", types.SimpleNamespace(SentencePieceProcessor=Pieces))  # type: ignore[arg-type]
    model = load_local_model(folder)
    assert model.translate(["one two"]) == ["ONE TWO"]
    assert [model.can_translate(code) for code in ("en", "en-GB", "fr")] == [True, True, False]
    (folder / "sentencepiece.model").unlink()
    with pytest.raises(TranslationError, match="cannot be loaded: Not found"):
        load_local_model(folder)


def test_without_the_optional_packages_it_says_which_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "ctranslate2", None)  # type: ignore[arg-type]
    with pytest.raises(TranslationError, match="extra `translation`"):
        load_local_model(folder)


@pytest.mark.parametrize(
    ("name", "body", "fault"),
    [
        ("model.bin", None, "has no model.bin"),
        ("diembao.json", None, r"has no diembao.json"),
        ("diembao.json", "{", "cannot be used"),
        ("diembao.json", "[]", "cannot be used"),
        ("diembao.json", '{"name": "m"}', "cannot be used"),
        ("diembao.json", json.dumps(CARD | {"target": "en"}), "vi as target"),
        ("diembao.json", json.dumps(CARD | {"source_suffix": [1]}), "must hold texts"),
    ],
    ids=["no model", "no card", "no JSON", "a list", "keys missing", "another target", "a number"],
)
def test_a_folder_that_is_no_model_is_refused_in_words(folder: Path, name: str, body: str | None, fault: str):
    (folder / name).unlink() if body is None else (folder / name).write_text(body, encoding="utf-8")
    with pytest.raises(TranslationError, match=fault):
        read_card(folder)
