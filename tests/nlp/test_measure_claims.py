from __future__ import annotations

from pathlib import Path

import pytest

from nlp import measure_claims
from nlp.claim_model import load_model
from nlp.claim_parts import is_part
from nlp.claim_words import word_of
from nlp.claims_examples import load_seeds
from nlp.claims_fitting import Example, Fitted, Pull, fit_examples
from nlp.loaded import LOADED
from nlp.text import fold
from nlp.training.barred import is_barred

PULL = Pull(features=1.0, words=1.0, fewest=2)


def examples(*, worthy: bool, features: dict[str, float], words: str, times: int = 10) -> list[Example]:
    return [Example(features, frozenset(words.split()), worthy)] * times


def test_a_feature_or_word_without_examples_keeps_what_it_was_given_by_hand():
    given = [
        *examples(worthy=True, features={"a": 1.0}, words="tăng"),
        *examples(worthy=False, features={"a": 0.0}, words="đẹp"),
    ]
    fitted = fit_examples({"a": 0.0, "b": -1.5}, given, pull=PULL)
    assert fitted.features["b"] == -1.5
    assert fitted.features["a"] > 0.5
    assert fitted.words["tăng"] > 0 > fitted.words["đẹp"]


def test_a_word_called_as_a_feature_has_a_weight_of_its_own():
    given = [
        *examples(worthy=True, features={"act": 1.0}, words=""),
        *examples(worthy=False, features={"act": 0.0}, words="act"),
    ]
    fitted = fit_examples({"act": 0.0}, given, pull=PULL)
    assert fitted.features["act"] > 0 > fitted.words["act"]


def test_a_rare_word_has_no_weight():
    given = [
        *examples(worthy=True, features={}, words="một lần", times=1),
        *examples(worthy=False, features={}, words="nhiều"),
    ]
    assert set(fit_examples({"a": 0.0}, given, pull=PULL).words) == {"nhiều"}


def test_a_word_used_by_one_class_only_is_freer_than_one_that_both_use():
    given = [
        *examples(worthy=True, features={}, words="raised", times=20),
        *examples(worthy=True, features={}, words="taxes", times=10),
        *examples(worthy=False, features={}, words="taxes", times=5),
        *examples(worthy=False, features={}, words="", times=25),
    ]
    alike, by_use = (
        fit_examples({"a": 0.0}, given, pull=Pull(1.0, 1.0, fewest=2, by_use=by_use)).words
        for by_use in (False, True)
    )
    assert by_use["raised"] > alike["raised"] > 0
    assert 0 < by_use["taxes"] / by_use["raised"] < alike["taxes"] / alike["raised"]


def test_a_part_of_a_weight_is_counted_for_an_example_that_has_many_words():
    fitted = Fitted(bias=1.0, features={"a": 2.0}, words={"taxes": 4.0})
    assert fitted.total(Example({"a": 1.0}, frozenset(["taxes"]), is_worthy=True, share=0.5)) == 5.0


def test_the_seeds_are_of_both_kinds_none_twice_and_with_hard_cases():
    seeds = load_seeds()
    texts = [seed.text for seed in seeds]
    assert len(texts) == len(set(texts)) >= 400
    assert 0.35 < sum(seed.is_worthy for seed in seeds) / len(seeds) < 0.55
    assert sum(any(c.isdigit() for c in s.text) and not s.is_worthy for s in seeds) >= 15
    assert sum(not any(c.isdigit() for c in s.text) and s.is_worthy for s in seeds) >= 60


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_word_of_the_model_is_a_name_a_figure_a_loaded_word_or_tells_a_faith_a_people_or_an_outlet(
    language: str,
):
    model = load_model(language)
    loaded = {fold(word).text for word in LOADED}
    assert [word for word in model.words if is_barred(word) or is_barred(model.shown[word])] == []
    assert [
        word for word in model.words if not word or word in loaded or any(c.isdigit() for c in word)
    ] == []
    assert [s for word, s in model.shown.items() if not is_part(word) and word_of(s) != word] == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_shipped_weights_know_every_feature_and_hold_forecast_and_question_back(language: str):
    weights = load_model(language).weights
    assert set(weights) == set(measure_claims.PRIOR)
    assert max(weights["forecast"], weights["question"]) < 0


@pytest.mark.data
def test_claims_are_found_as_well_as_promised_on_unseen_sentences(data: Path):
    scores = measure_claims.measure(data)
    assert {n: scores[n] for n, floor in measure_claims.load_floors().items() if scores[n] < floor} == {}


@pytest.mark.data
def test_the_shipped_vietnamese_weights_are_those_that_fitting_gives(data: Path):
    shipped = load_model("vi")
    given = measure_claims.vietnamese_examples(data)
    fitted = fit_examples(measure_claims.PRIOR, given, pull=measure_claims.PULLS["vi"])
    assert fitted.bias == pytest.approx(shipped.bias, abs=0.1)
    assert dict(fitted.features) == pytest.approx(dict(shipped.weights), abs=0.1)
    for word, weight in shipped.words.items():
        assert fitted.words[word] == pytest.approx(weight, abs=0.1)
