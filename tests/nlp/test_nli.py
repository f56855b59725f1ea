"""The optional local model of entailment: its folder, its shares, verdicts by it. No real model is tried."""

from __future__ import annotations

import json
import sys
import types
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from nlp.nli import EntailmentError, Shares
from nlp.nli.local_model import Card, LocalModel, load_entailment, read_card
from nlp.verdicts import Passage, judge

BRIDGE = "Sáng 12/10, cầu treo ở xã Ia Dom bị sập làm 12 người bị thương. Cầu được xây năm 2009."
CARD = {"name": "mẫu", "labels": ["contradiction", "neutral", "entailment"], "longest": 64}


class Fixed:
    """Says the same of every pair, and remembers what it was asked."""

    name = "fixed"

    def __init__(self, shares: Shares) -> None:
        self.shares = shares
        self.asked: list[tuple[str, str]] = []

    def judge_pairs(self, claims: Sequence[str], passages: Sequence[str]) -> list[Shares]:
        self.asked += zip(claims, passages, strict=True)
        return [self.shares for _ in claims]


@pytest.mark.parametrize(
    ("shares", "wanted"),
    [
        (Shares(0.8, 0.1, 0.1), "supported"),
        (Shares(0.1, 0.1, 0.8), "contradicted"),
        (Shares(0.1, 0.8, 0.1), "not_enough"),
        (Shares(0.35, 0.3, 0.35), "not_enough"),
    ],
    ids=["entails", "contradicts", "neutral", "unsure"],
)
def test_a_models_shares_decide_in_the_place_of_the_weights(shares: Shares, wanted: str):
    claim = "Cầu treo ở xã Ia Dom sập trong buổi sáng và có người bị thương."
    judgement = judge(claim, [Passage("p", BRIDGE)], entailment=Fixed(shares))
    assert judgement.verdict == wanted
    assert bool(judgement.because) == (wanted != "not_enough")
    assert all(0 <= one.start < one.end <= len(BRIDGE) for one in judgement.because)


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [
        ("Cầu treo ở xã Ia Dom bị sập làm 15 người bị thương.", "contradicted"),
        ("Giá cà phê lập kỷ lục mới trong quý ba.", "not_enough"),
    ],
    ids=["another figure", "another matter"],
)
def test_the_rules_hold_over_a_model_that_says_everything_is_entailed(claim: str, wanted: str):
    assert judge(claim, [Passage("p", BRIDGE)], entailment=Fixed(Shares(1.0, 0.0, 0.0))).verdict == wanted


def test_a_model_never_sees_a_loaded_word():
    model = Fixed(Shares(0.0, 1.0, 0.0))
    judge("Cầu treo ngang nhiên bị sập.", [Passage("p", f"Luận điệu xuyên tạc: {BRIDGE}")], entailment=model)
    ((claim, passage),) = model.asked
    assert claim == "Cầu treo bị sập."
    assert "xuyên tạc" not in passage


def test_without_words_to_compare_no_model_is_asked():
    model = Fixed(Shares(1.0, 0.0, 0.0))
    assert judge("…", [Passage("p", BRIDGE)], entailment=model).verdict == "not_enough"
    assert judge("Cầu sập.", [Passage("p", " ")], entailment=model).verdict == "not_enough"
    assert not model.asked


class Session:
    """Stands for onnxruntime.InferenceSession: fixed logits for each pair."""

    def __init__(
        self, logits: Sequence[float], inputs: Sequence[str] = ("input_ids", "attention_mask")
    ) -> None:
        self.logits, self.inputs = list(logits), inputs
        self.sizes: list[int] = []

    def get_inputs(self) -> list[Any]:
        return [types.SimpleNamespace(name=name) for name in self.inputs]

    def run(self, _: None, inputs: dict[str, Any]) -> list[Any]:
        assert set(inputs) == set(self.inputs)
        self.sizes.append(len(inputs["input_ids"]))
        return [[self.logits for _ in inputs["input_ids"]]]


class Tokens:
    """Stands for tokenizers.Tokenizer: a token a word."""

    def encode_batch(self, pairs: Sequence[tuple[str, str]]) -> list[Any]:
        longest = max(len(f"{one} {other}".split()) for one, other in pairs)
        row = types.SimpleNamespace(ids=[1] * longest, attention_mask=[1] * longest, type_ids=[0] * longest)
        return [row for _ in pairs]


def _model(logits: Sequence[float], **more: Any) -> LocalModel:
    return LocalModel(Card("mẫu", tuple(CARD["labels"]), 64), Session(logits, **more), Tokens())


def test_logits_become_shares_by_the_cards_order_of_labels():
    (shares,) = _model([3.0, 0.0, -1.0]).judge_pairs(["a"], ["b"])
    assert sum(shares) == pytest.approx(1.0)
    assert shares.contradict > shares.neutral > shares.entail


def test_many_pairs_are_asked_in_batches_and_come_back_in_order():
    session = Session([0.0, 0.0, 1.0])
    model = LocalModel(Card("mẫu", tuple(CARD["labels"]), 64), session, Tokens())
    assert len(model.judge_pairs(["a"] * 19, ["b"] * 19)) == 19
    assert session.sizes == [8, 8, 3]


@pytest.mark.parametrize("logits", [[1.0, 2.0], [float("nan"), 0.0, 0.0]], ids=["two", "not a number"])
def test_what_is_no_row_of_three_numbers_is_refused(logits: list[float]):
    with pytest.raises(EntailmentError, match="three finite logits"):
        _model(logits).judge_pairs(["a"], ["b"])


def test_a_model_that_fails_says_which():
    class Failing(Session):
        def run(self, _: None, inputs: dict[str, Any]) -> list[Any]:
            raise RuntimeError(f"out of memory with {len(inputs)} inputs")

    with pytest.raises(EntailmentError, match="mẫu failed: out of memory"):
        LocalModel(Card("mẫu", tuple(CARD["labels"]), 64), Failing([]), Tokens()).judge_pairs(["a"], ["b"])


def test_a_model_of_another_kind_is_refused():
    with pytest.raises(EntailmentError, match="pixel_values"):
        _model([0.0] * 3, inputs=("input_ids", "pixel_values"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    (tmp_path / "diembao.json").write_text(json.dumps(CARD), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "body", "fault"),
    [
        ("model.onnx", None, "has no model.onnx"),
        ("tokenizer.json", None, "has no tokenizer.json"),
        ("diembao.json", None, "has no diembao.json"),
        ("diembao.json", "{", "cannot be used"),
        ("diembao.json", "[]", "cannot be used"),
        ("diembao.json", json.dumps(CARD | {"labels": ["yes", "no", "?"]}), "labels must be"),
        ("diembao.json", json.dumps(CARD | {"longest": 9_999_999}), "longest must be"),
    ],
    ids=["no model", "no tokenizer", "no card", "no JSON", "a list", "other labels", "too long"],
)
def test_a_folder_that_is_no_model_is_refused_in_words(folder: Path, name: str, body: str | None, fault: str):
    (folder / name).unlink() if body is None else (folder / name).write_text(body, encoding="utf-8")
    with pytest.raises(EntailmentError, match=fault):
        read_card(folder)


def test_without_the_optional_packages_it_says_which_to_install(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)  # type: ignore[arg-type]
    with pytest.raises(EntailmentError, match="extra `nli`"):
        load_entailment(folder)


def test_files_that_are_no_model_are_refused_by_the_real_runtime(folder: Path):
    pytest.importorskip("onnxruntime", reason="the extra nli is not installed")
    pytest.importorskip("tokenizers", reason="the extra nli is not installed")
    with pytest.raises(EntailmentError, match="cannot be loaded"):
        load_entailment(folder)


def test_a_tiny_model_made_here_runs_in_the_real_runtime(folder: Path):
    pytest.importorskip("onnxruntime", reason="the extra nli is not installed")
    tokenizers = pytest.importorskip("tokenizers", reason="the extra nli is not installed")
    _write_tiny_model(folder / "model.onnx")
    words = {"[PAD]": 0, "[UNK]": 1, "cầu": 2, "sập": 3}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    model = load_entailment(folder)
    long, short = model.judge_pairs(["sập", "cầu"], ["cầu " * 900, "sập"])
    assert sum(long) == pytest.approx(1.0)
    assert long.contradict > short.contradict  # the model counts tokens; 64 are the most
    assert model.name == "mẫu"


def _write_tiny_model(path: Path) -> None:
    """Logits: the number of tokens seen, 1 and 0."""
    onnx = pytest.importorskip("onnx", reason="onnx, which makes the tiny model, is not installed")
    make, kinds = onnx.helper, onnx.TensorProto
    nodes = [
        make.make_node("Cast", ["attention_mask"], ["seen"], to=kinds.FLOAT),
        make.make_node("ReduceSum", ["seen", "axis"], ["count"], keepdims=1),
        make.make_node("Mul", ["count", "scale"], ["scaled"]),
        make.make_node("Add", ["scaled", "base"], ["logits"]),
    ]
    given = [
        make.make_tensor_value_info(name, kinds.INT64, ["n", "t"]) for name in ("input_ids", "attention_mask")
    ]
    held = [
        make.make_tensor("axis", kinds.INT64, [1], [1]),
        make.make_tensor("scale", kinds.FLOAT, [1, 3], [0.1, 0.0, 0.0]),
        make.make_tensor("base", kinds.FLOAT, [1, 3], [0.0, 1.0, 0.0]),
    ]
    logits = make.make_tensor_value_info("logits", kinds.FLOAT, ["n", 3])
    graph = make.make_graph(nodes, "tiny", given, [logits], held)
    model = make.make_model(graph, opset_imports=[make.make_opsetid("", 17)], ir_version=9)
    path.write_bytes(model.SerializeToString())
