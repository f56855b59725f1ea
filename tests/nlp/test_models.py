"""Models are numbers with names: read safely, explained for each item, put in place whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.linear import Linear, ModelError, linear_from, parse_model, shares, write_model
from nlp.surface import make_surface
from nlp.topic_model import count_terms, parts_of, topic_model_from
from nlp.trained import RELEVANCE, TOPICS, install_model, load_models
from store.types import RelevanceLabel

MODEL = {"card": {}, "bias": {"a": 0.0, "b": 1.0}, "weights": {"x": {"a": 2.0, "b": -1.0}}}


def test_a_total_is_the_constant_and_every_value_times_its_weight():
    model = linear_from(MODEL)
    assert model.totals({"x": 0.5, "unknown": 9.0}) == {"a": 1.0, "b": 0.5}


def test_an_item_is_explained_by_feature_value_and_weight():
    (part,) = linear_from(MODEL).parts({"x": 0.5, "unknown": 9.0}, "a")
    assert (part.name, part.value, part.weight, part.points) == ("x", 0.5, 2.0, 1.0)


@given(st.dictionaries(st.text(max_size=3), st.floats(-1e6, 1e6), min_size=1, max_size=5))
def test_shares_add_up_to_one(totals: dict[str, float]):
    assert sum(shares(totals).values()) == pytest.approx(1)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "\x80\x04pickle",
        '{"card": {}, "bias": {"a": NaN}, "weights": {}}',
        '{"card": {}, "bias": {"a": 1e999}, "weights": {}}',
        '{"card": {}, "bias": {"a": true}, "weights": {}}',
        '{"card": {}, "bias": {"a": 1' + "0" * 400 + '}, "weights": {}}',
        '{"card": {}, "bias": {"a": ' + "9" * 5000 + '}, "weights": {}}',
        '{"card": {}, "bias": {"a": []}, "weights": {}}',
        '{"card": {}, "bias": {"a": "1"}, "weights": {}}',
        '{"card": {}, "bias": {"a": 0}, "weights": {"x": {"c": 1}}}',
        '{"card": {}, "bias": [], "weights": {}}',
        '{"bias": {"a": 0}, "weights": {}}',
        "[" * 100_000,
        " " * 2_000_001,
    ],
)
def test_what_is_no_model_is_refused(text: str):
    with pytest.raises(ModelError):
        linear_from(parse_model(text))


@pytest.mark.parametrize(
    "change",
    [
        {"topics": None},
        {"topics": [f"T{n}" for n in range(100_000)]},
        {"terms": {"vi": {}}},
        {"terms": {"vi": {"bias": {}, "words": {"a": {"T99": 1}}}}},
        {"deciding": 1},
    ],
    ids=["no topics", "topics without end", "an empty table", "an unknown topic", "no deciding"],
)
def test_what_is_no_model_of_topics_is_refused(change: dict[str, object]):
    parts = {"card": {}, "topics": ["T01"], "terms": {}, "deciding": {"bias": {"topic": 0}, "weights": {}}}
    topic_model_from(parts)
    with pytest.raises(ModelError):
        topic_model_from(parts | change)


def test_a_model_comes_back_from_its_file_as_it_was():
    for text in (write_model(MODEL),):
        assert linear_from(parse_model(text)) == linear_from(MODEL)
    topics = load_models().topics
    again = topic_model_from(parse_model(write_model(parts_of(topics))))
    counts = count_terms(make_surface("", exact=True), make_surface("Kiểm lâm bắt gỗ lậu.", exact=True))
    one, other = (model.terms["vi"].hear(counts).totals for model in (topics, again))
    assert one == pytest.approx(other, abs=0.05)


def of_relevance(about: float = 0.0) -> dict[str, object]:
    """A model with all labels and one weight."""
    bias = {label.value: 0.0 for label in RelevanceLabel} | {"about": about}
    return {"card": {}, "bias": bias, "weights": {"title": {"about": 1.0}}}


def test_the_office_s_own_model_stands_before_the_shipped_one(tmp_path: Path):
    text = write_model(of_relevance(about=5.0))
    install_model(tmp_path / "models", RELEVANCE, text)
    own, shipped = load_models(tmp_path / "models"), load_models()
    assert own.relevance.bias["about"] == 5.0
    assert own.topics is not None
    assert own.version != shipped.version


def test_what_is_no_model_is_never_installed(tmp_path: Path):
    install_model(tmp_path, RELEVANCE, write_model(of_relevance()))
    before = (tmp_path / RELEVANCE).read_text("utf-8")
    for name in (RELEVANCE, TOPICS):
        with pytest.raises(ModelError):
            install_model(tmp_path, name, '{"card": {}}')
    assert (tmp_path / RELEVANCE).read_text("utf-8") == before


def test_the_model_before_stays_beside_the_new_one(tmp_path: Path):
    for constant in (1.0, 2.0):
        install_model(tmp_path, RELEVANCE, write_model(of_relevance(about=constant)))
    kept = json.loads((tmp_path / f"{RELEVANCE}.before").read_text("utf-8"))
    assert kept["bias"]["about"] == 1.0


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\x80\x04\x95cposix\nsystem\n",
        b'{"card": {}, "bias": {}, "weights": {}}',
        b'{"card": {}, "bias": {"about": 1e999}, "weights": {}}',
        b'{"card": {}, "bias": {"about": 1, "unknown": 2}, "weights": {}}',
    ],
    ids=["cut off", "a pickle", "no class", "a number without end", "an unknown class"],
)
def test_a_damaged_model_of_the_office_is_told_with_its_file(tmp_path: Path, body: bytes):
    (tmp_path / RELEVANCE).write_bytes(body)
    with pytest.raises(ModelError, match=r"relevance\.json.*delete it"):
        load_models(tmp_path)


def test_words_count_with_and_without_their_marks():
    text = "Kiểm lâm phát hiện bãi gỗ lậu trong rừng phòng hộ, lâm tặc phá rừng bỏ chạy. " * 3
    bare = "Kiem lam phat hien bai go lau trong rung phong ho, lam tac pha rung bo chay. " * 3
    table = load_models().topics.terms["vi"]
    for words, exact in ((text, True), (bare, False)):
        heard = table.hear(count_terms(make_surface("", exact=exact), make_surface(words, exact=exact)))
        assert max(heard.totals, key=lambda topic: heard.totals[topic]) == "T06"
        assert heard.words("T06")


def test_a_text_of_one_known_word_says_less_than_one_of_many():
    table = load_models().topics.terms["vi"]
    few = table.hear({"rừng": 1}).totals["T06"]
    many = table.hear({"rừng": 1, "kiểm lâm": 1, "phá rừng": 1, "gỗ": 1, "lâm tặc": 1}).totals["T06"]
    assert few < many


def test_no_text_is_heard_as_nothing():
    heard = load_models().topics.terms["vi"].hear({})
    assert heard.words("T06") == ()
    assert all(total < 0 for total in heard.totals.values())


def test_a_linear_model_without_weights_is_its_constants():
    assert Linear({"a": 1.0}, {}).totals({"x": 1.0}) == {"a": 1.0}
