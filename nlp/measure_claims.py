"""Fits and measures check-worthiness on labelled sentences (outside the project): average precision and F1.

Rules were written and weights fitted on half A of the Vietnamese sentences, on those of nlp/claims_seeds and
on ClaimBuster's training part; half B and ClaimBuster's test part are what to believe.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, precision_score, recall_score
from sklearn.model_selection import StratifiedKFold

from nlp.claim_cleaning import clean
from nlp.claim_model import load_model
from nlp.claim_words import Wording, word_of, written_words
from nlp.claims import THRESHOLD, read_sentence
from nlp.claims_examples import Sentence, load_english, load_labelled, load_seeds, load_vietnamese
from nlp.claims_fitting import Example, Fitted, Pull, fit_examples
from nlp.linear import write_model
from nlp.patterns import words_of
from nlp.quantities import find_quantities
from nlp.training.barred import is_barred

_SEED_WEIGHT = 0.5  # an invented sentence counts half: real ones are longer and less tidy
_FURTHER_WEIGHT = 0.5  # and so does one labelled alone, without its article: chosen out of fold
PULLS = {
    "vi": Pull(features=2.0, words=2.0, fewest=3),
    "en": Pull(features=0.5, words=0.3, fewest=3, by_use=True),
}
# Words of grammar, folded: what they weighed was chance, and nobody could be told why. Negations stay.
_GRAMMAR = words_of(
    "va cua cho la cac nhung duoc thi ma o tai trong voi tu den khi neu nhu de do nay kia ay vao ra len "
    "xuong cung da se dang rang con hay hoac nen vi boi mot hai ba nhieu moi tung theo ve sau truoc tren "
    "duoi giua ngoai"
)
_LEAST = 0.1  # of an English word's weight: of what is less, a sentence of sixteen words feels 0.025 at most
# What a person would give each feature before seeing an example; a feature the examples lack keeps it.
PRIOR = {
    "figure": 1.0,
    "number": 0.7,
    "name": 0.3,
    "act": 1.0,
    "opinion": -0.8,
    "place": 0.3,
    "date": 0.6,
    "agency": 0.3,
    "comparison": 0.4,
    "attribution": 0.2,
    "past": 0.5,
    "hedge": -0.3,
    "forecast": -0.5,
    "first person": -0.5,
    "second person": -0.6,
    "general": -0.4,
    "question": -1.5,
    "quoted speech": -0.7,
    "fragment": -0.5,
    "length": 0.5,
    "public matter": 0.8,
    "play and show": -0.7,
    "everyday life": -0.6,
}


def fit(folder: Path) -> dict[str, Fitted]:
    """Data folder -> the weights for nlp/models/claims.json by language, from what is not unseen."""
    vietnamese = fit_examples(PRIOR, vietnamese_examples(folder), pull=PULLS["vi"])
    examples = english_examples(folder)
    english = fit_examples(PRIOR, examples, pull=PULLS["en"])
    shifted = english.bias - find_cut(examples)
    return {
        "vi": _rounded(vietnamese, vietnamese.bias),
        "en": _rounded(english, shifted, least=_LEAST),
    }


def write_models(folder: Path, *, day: str) -> str:
    """Data folder and the day of fitting -> the text of nlp/models/claims.json."""
    sources = {
        "vi": [s.text for s in _vietnamese(folder)],
        "en": [s.text for s in _known(load_english(folder))],
    }
    models = {
        language: {
            "bias": fitted.bias,
            "weights": dict(fitted.features),
            "words": _shown(fitted.words, sources[language]),
            "parted": language == "en",
        }
        for language, fitted in fit(folder).items()
    }
    return write_model({"card": _card(day), "models": models})


def vietnamese_examples(folder: Path) -> list[Example]:
    """Data folder -> half A, then the further real and the invented sentences at half weight."""
    return [
        *(make_example(s, "vi") for s in _known(load_vietnamese(folder))),
        *(make_example(s, "vi", weight=_FURTHER_WEIGHT) for s in load_labelled(folder)),
        *(make_example(s, "vi", weight=_SEED_WEIGHT) for s in load_seeds()),
    ]


def english_examples(folder: Path) -> list[Example]:
    """Data folder -> ClaimBuster's training part, both classes of the same weight together."""
    known = _known(load_english(folder))
    share = sum(s.is_worthy for s in known) / len(known)
    return [make_example(s, "en", weight=0.5 / (share if s.is_worthy else 1 - share)) for s in known]


def make_example(sentence: Sentence, language: str, *, weight: float = 1.0) -> Example:
    """A labelled sentence without its article -> what the model sees; no gazetteer is asked, `place` is 0."""
    quantities = find_quantities(sentence.text, language=language)
    features, wording = read_sentence(
        sentence.text, quantities=quantities, has_place=False, parted=language == "en"
    )
    empty = _GRAMMAR if language == "vi" else frozenset()
    allowed = frozenset(mark for mark in wording.marks if mark not in empty and not is_barred(mark))
    return Example(features, allowed, sentence.is_worthy, weight, wording.share)


def out_of_fold(examples: Sequence[Example], pull: Pull) -> list[float]:
    """Examples -> the total of each from a model fitted on the other four fifths."""
    totals = [0.0] * len(examples)
    labels = np.array([example.is_worthy for example in examples])
    for known, asked in StratifiedKFold(5, shuffle=True, random_state=0).split(labels, labels):
        fitted = fit_examples(PRIOR, [examples[i] for i in known], pull=pull)
        for i in asked:
            totals[i] = fitted.total(examples[i])
    return totals


def find_cut(examples: Sequence[Example]) -> float:
    """Examples -> the total from which F1 is best out of fold, both classes weighing the same."""
    totals = np.array(out_of_fold(examples, PULLS["en"]))
    labels = [example.is_worthy for example in examples]
    weights = [example.weight for example in examples]
    cuts = np.arange(-1.5, 1.01, 0.05)
    return float(max(cuts, key=lambda cut: f1_score(labels, totals >= cut, sample_weight=weights)))


def measure(folder: Path) -> dict[str, float]:
    """Data folder -> scores of the shipped weights, 0 to 1, on unseen sentences (`…_A`: on the others)."""
    vietnamese, english = load_vietnamese(folder), load_english(folder)
    unseen = [s for s in vietnamese if s.unseen]
    test = [s for s in english if s.unseen]
    worthy = [s.is_worthy for s in test]
    scores = _scores(test, "en")
    said = [score >= THRESHOLD for score in scores]
    return {
        "vi_average_precision_A": _average_precision([s for s in vietnamese if not s.unseen], "vi"),
        "vi_average_precision": _average_precision(unseen, "vi"),
        "vi_average_precision_sure": _average_precision([s for s in unseen if s.is_sure], "vi"),
        "vi_average_precision_folds": _by_folds(folder, vietnamese),
        "en_average_precision": float(average_precision_score(worthy, scores)),
        "en_f1": float(f1_score(worthy, said, average="binary")),
        "en_f1_weighted": float(f1_score(worthy, said, average="weighted")),
        "en_precision": float(precision_score(worthy, said)),
        "en_recall": float(recall_score(worthy, said)),
    }


def _by_folds(folder: Path, gold: Sequence[Sentence]) -> float:
    """All gold sentences, each judged by weights that know the other nine tenths; only for measuring."""
    asked = [make_example(sentence, "vi") for sentence in gold]
    beside = vietnamese_examples(folder)[len(_known(gold)) :]
    totals = [0.0] * len(asked)
    labels = [example.is_worthy for example in asked]
    for known, left in StratifiedKFold(10, shuffle=True, random_state=0).split(labels, labels):
        fitted = fit_examples(PRIOR, [*(asked[i] for i in known), *beside], pull=PULLS["vi"])
        for i in left:
            totals[i] = fitted.total(asked[i])
    return float(average_precision_score(labels, totals))


def cross_validate(folder: Path) -> dict[str, float]:
    """Data folder -> average precision out of fold on what the weights are fitted on: nothing unseen."""
    examples = vietnamese_examples(folder)
    totals = out_of_fold(examples, PULLS["vi"])
    labels = [example.is_worthy for example in examples]
    gold = len(_known(load_vietnamese(folder)))
    invented = len(labels) - len(load_seeds())
    parts = {"A": slice(gold), "further": slice(gold, invented), "seeds": slice(invented, None)}
    return {
        f"vi_average_precision_{name}": float(average_precision_score(labels[part], totals[part]))
        for name, part in parts.items()
    }


def load_floors() -> Mapping[str, float]:
    """What the scores must not fall below."""
    floors: dict[str, float] = json.loads(
        files("nlp").joinpath("floors_claims.json").read_text(encoding="utf-8")
    )
    return floors


def _vietnamese(folder: Path) -> list[Sentence]:
    """What the Vietnamese weights are fitted to."""
    return [*_known(load_vietnamese(folder)), *load_labelled(folder), *load_seeds()]


def _known(sentences: Iterable[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if not sentence.unseen]


def _rounded(fitted: Fitted, bias: float, *, least: float = 0.0) -> Fitted:
    features = {name: round(weight, 3) for name, weight in fitted.features.items()}
    words = {word: round(weight, 3) for word, weight in fitted.words.items() if abs(weight) >= least}
    return Fitted(round(bias, 3), features, {word: weight for word, weight in words.items() if weight})


def _shown(words: Mapping[str, float], texts: Iterable[str]) -> dict[str, float]:
    """Words -> the same as they are most often written in the texts, for people to read."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for token in written_words(clean(text).bare):
            if not any(char.isdigit() for char in token):  # "18%" is the sign alone
                written[word_of(token)][token] += 1
    return {
        (min(written[word], key=lambda t: (-written[word][t], t)) if word in written else word): weight
        for word, weight in sorted(words.items())
    }


def _card(day: str) -> dict[str, Any]:
    return {
        "what": (
            "weights of named features and of words; the score is 1/(1+exp(-(bias + sum of weight x feature "
            "+ share x sum of the weights of the words met))); share is 1, or, for a language whose words "
            "are parted into pairs, beginnings and endings, 1/sqrt(words of the sentence)"
        ),
        "data_vi": (
            "our own labels of 227 news sentences, the half whose SHA-256 of the id begins with an even byte "
            "(CFS against the rest); and at half weight the further real ones (by id and place) and the "
            "invented ones of nlp/claims_seeds"
        ),
        "data_en": (
            "ClaimBuster two-class, training part (CC BY 4.0), both classes weighing the same; a word's "
            "weight is freer the more one-sided its use; weights under 0.1 are left out"
        ),
        "fitted": f"{day} by nlp.measure_claims.write_models",
        "by_hand": "the English constant is shifted so that 0.5 is the best cut out of fold",
        "not_used": "names, capitalised words, figures' values, loaded words, who publishes, country, tone",
        "scores": "nlp/floors_claims.json, docs/decisions/2026-11-23-check-worthiness.md",
    }


def _scores(sentences: Sequence[Sentence], language: str) -> list[float]:
    model = load_model(language)
    read = (make_example(sentence, language) for sentence in sentences)
    return [model.score(example.features, Wording(example.words, example.share)) for example in read]


def _average_precision(sentences: Sequence[Sentence], language: str) -> float:
    return float(average_precision_score([s.is_worthy for s in sentences], _scores(sentences, language)))
