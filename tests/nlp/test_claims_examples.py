from __future__ import annotations

import gzip
import hashlib
import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from nlp.claims_examples import Sentence, find_labelled, load_labelled

CORPORA = (
    "classification/vntc/mentions_gialai",
    "classification/vntc/mentions_border_religion_rights",
    "classification/vntc/stratified_60_per_label_and_split",
    "classification/unc/unc",
    "clustering/vims/vims",
)
TEXT = "Xã xây cầu mới. Cầu dài 40 m."


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """A data folder whose corpora hold one invented article."""
    for name in CORPORA:
        path = tmp_path / f"{name}.jsonl.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        row = json.dumps({"id": "cau", "text": TEXT}) if name.endswith("unc") else ""
        path.write_bytes(gzip.compress(row.encode()))
    return tmp_path


def line(**other: Any) -> str:
    sha = hashlib.sha256(TEXT[16:].encode()).hexdigest()[:12]
    known = {"id": "unc:cau", "start": 16, "end": len(TEXT), "sha": sha, "label": "C", "sure": False}
    return json.dumps({**known, **other})


def test_a_labelled_sentence_is_read_from_its_article(corpora: Path):
    assert find_labelled(corpora, line()) == [
        Sentence("Cầu dài 40 m.", is_worthy=True, is_sure=False, unseen=False)
    ]


@pytest.mark.parametrize("label", ["U", "N"])
def test_what_is_unimportant_or_no_fact_is_not_worth_checking(corpora: Path, label: str):
    assert [s.is_worthy for s in find_labelled(corpora, line(label=label))] == [False]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"start": 15}, "line 2: the text is another"),
        ({"id": "unc:duong"}, "line 2: no article 'unc:duong'"),
        ({"label": "X"}, "line 2: label 'X'"),
    ],
    ids=["another text", "no such article", "unknown label"],
)
def test_a_line_that_fits_no_sentence_is_named(corpora: Path, other: dict[str, Any], told: str):
    with pytest.raises(ValueError, match=told):
        find_labelled(corpora, f"{line()}\n{line(**other)}")


def test_no_text_is_kept_with_the_labels_and_no_sentence_is_labelled_twice():
    kept = files("nlp").joinpath("claims_seeds/real.vi.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(one) for one in kept.splitlines()]
    assert {frozenset(one) for one in lines} == {frozenset({"id", "start", "end", "sha", "label", "sure"})}
    assert len({(one["id"], one["start"]) for one in lines}) == len(lines) >= 300


@pytest.mark.data
def test_every_labelled_sentence_is_found_in_the_corpora_and_none_is_of_an_article_of_the_gold(data: Path):
    kept = files("nlp").joinpath("claims_seeds/real.vi.jsonl").read_text(encoding="utf-8")
    articles = {json.loads(one)["id"] for one in kept.splitlines()}
    gold = (data / "gold/sentences.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(load_labelled(data)) == len(kept.splitlines())
    assert not articles & {json.loads(one)["id"].split("#")[0] for one in gold}
