"""An ONNX model of entailment in a local folder. Nothing is ever downloaded.

The folder holds `model.onnx` (inputs input_ids, attention_mask and perhaps token_type_ids; the first output
has one row of logits a pair), `tokenizer.json`, and `diembao.json`:
{"name": "…", "labels": ["entailment", "neutral", "contradiction"], "longest": 512}.
The order of the labels is the model's own: its card, or `id2label` in its config.json, says it.
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.nli.entailment import EntailmentError, Shares

CARD = "diembao.json"
_FILES = ("model.onnx", "tokenizer.json", CARD)
_LABELS = ("entailment", "neutral", "contradiction")
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_BATCH = 8  # pairs
_MOST_TOKENS = 4096


@dataclass(frozen=True, slots=True)
class Card:
    """What the folder says: `labels` in the order of the logits, `longest` a pair in tokens."""

    name: str
    labels: tuple[str, ...]
    longest: int


class LocalModel:
    """A loaded model; `judge_pairs` may be called from several threads."""

    def __init__(self, card: Card, session: Any, tokenizer: Any) -> None:
        """`session`: onnxruntime.InferenceSession; `tokenizer`: tokenizers.Tokenizer that cuts and fills."""
        self.card = card
        self.name = card.name
        self._session, self._tokenizer = session, tokenizer
        self._wanted = [given.name for given in session.get_inputs()]
        unknown = sorted(set(self._wanted) - set(_INPUTS))
        if unknown:
            raise EntailmentError(
                f"the model {card.name} asks for {', '.join(unknown)}: it is of another kind"
            )

    def judge_pairs(self, claims: Sequence[str], passages: Sequence[str]) -> list[Shares]:
        """Claims and passages, paired in order -> shares. The passage is the premise.

        Raises:
            EntailmentError: when the model fails, or gives something else than three logits a pair.

        """
        pairs = list(zip(passages, claims, strict=True))
        starts = range(0, len(pairs), _BATCH)
        return [shares for start in starts for shares in self._judge(pairs[start : start + _BATCH])]

    def _judge(self, pairs: list[tuple[str, str]]) -> list[Shares]:
        try:
            encoded = self._tokenizer.encode_batch(pairs)
            columns = {
                "input_ids": [one.ids for one in encoded],
                "attention_mask": [one.attention_mask for one in encoded],
                "token_type_ids": [one.type_ids for one in encoded],
            }
            inputs = {name: np.array(columns[name], dtype=np.int64) for name in self._wanted}
            logits = np.asarray(self._session.run(None, inputs)[0], dtype=np.float64)
        except Exception as error:  # both libraries raise bare ones
            raise EntailmentError(f"the entailment model {self.name} failed: {error}") from error
        if logits.shape != (len(pairs), len(_LABELS)) or not np.isfinite(logits).all():
            raise EntailmentError(
                f"the entailment model {self.name} gave {logits.shape}, not three finite logits a pair"
            )
        return [self._shares(row) for row in logits]

    def _shares(self, logits: NDArray[np.float64]) -> Shares:
        powers = np.exp(logits - logits.max())
        by_label = dict(zip(self.card.labels, powers / powers.sum(), strict=True))
        return Shares(*(float(by_label[label]) for label in _LABELS))


def find_entailment(folder: Path | None) -> LocalModel | None:
    """The office's folder, if it named one -> its model; None without one: the shipped weights do.

    Raises:
        EntailmentError: when the folder is no such model or the optional packages are not installed.

    """
    return load_entailment(folder) if folder else None


def load_entailment(folder: Path) -> LocalModel:
    """The folder of a model -> the model.

    Raises:
        EntailmentError: when the folder is no such model or the optional packages are not installed.

    """
    card = read_card(folder)
    runtime, tokenizers = _import("onnxruntime"), _import("tokenizers")
    try:
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = runtime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        tokenizer = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        tokenizer.enable_truncation(card.longest, strategy="longest_first")
        tokenizer.enable_padding()
    except Exception as error:  # both libraries raise bare ones
        raise EntailmentError(f"the entailment model in {folder} cannot be loaded: {error}") from error
    return LocalModel(card, session, tokenizer)


def read_card(folder: Path) -> Card:
    """The folder's card.

    Raises:
        EntailmentError: when a file is missing, or the card is none.

    """
    for name in _FILES:
        if not (folder / name).is_file():
            raise EntailmentError(
                f"{folder} has no {name}: put an ONNX model with its tokenizer and card there"
            )
    try:
        said = json.loads((folder / CARD).read_text(encoding="utf-8"))
        card = Card(str(said["name"]), tuple(map(str, said["labels"])), int(said.get("longest", 512)))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise EntailmentError(f"{folder / CARD} cannot be used: {error!r}") from error
    if len(card.labels) != len(_LABELS) or set(card.labels) != set(_LABELS):
        raise EntailmentError(f"{folder / CARD}: labels must be {', '.join(_LABELS)} in the model's order")
    if not 16 <= card.longest <= _MOST_TOKENS:
        raise EntailmentError(f"{folder / CARD}: longest must be a number of tokens, 16 to {_MOST_TOKENS}")
    return card


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise EntailmentError(
            f"the package {name} is not installed: install diembao with the extra `nli`"
        ) from error
