"""A CTranslate2 model in a local folder as a translator. Nothing is ever downloaded.

The folder holds what CTranslate2's converters write (model.bin, config.json, vocabularies), the SentencePiece
models `source.spm` and `target.spm` (or one `sentencepiece.model` for both), and `diembao.json`:
{"name": "…", "source": "en", "target": "vi",
 "source_prefix": [], "source_suffix": ["</s>"], "target_prefix": []}.
Which marks a model wants around a sentence its own card says (">>vie<<" and "</s>" for OPUS-MT).
"""

from __future__ import annotations

import importlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nlp.translation.translator import TranslationError

CARD = "diembao.json"
_MODEL = "model.bin"
_BEAM = 2
_BATCH = 16  # sentences
_LONGEST = 256  # pieces of a translation: a model that repeats itself must end


@dataclass(frozen=True, slots=True)
class Card:
    """What the folder says of its model."""

    name: str
    source: str
    target: str
    source_prefix: tuple[str, ...] = ()
    source_suffix: tuple[str, ...] = ()
    target_prefix: tuple[str, ...] = ()


class LocalModel:
    """A loaded model; `translate` may be called from several threads (CTranslate2 queues them)."""

    def __init__(self, card: Card, engine: Any, source: Any, target: Any) -> None:
        """`engine`: ctranslate2.Translator; `source` and `target`: SentencePiece processors."""
        self.card = card
        self.name = card.name
        self._engine, self._source, self._target = engine, source, target

    def can_translate(self, language: str) -> bool:
        """Whether the card names this language as its source; "*" is any."""
        return self.card.source in {language.split("-", maxsplit=1)[0], "*"}

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Sentences -> their translations in order, "" for an empty one."""
        given = [sentence for sentence in sentences if sentence.strip()]
        pieces = [[*self.card.source_prefix, *row, *self.card.source_suffix] for row in self._encode(given)]
        prefix = [list(self.card.target_prefix)] * len(pieces) if self.card.target_prefix else None
        try:
            results = self._engine.translate_batch(
                pieces,
                target_prefix=prefix,
                beam_size=_BEAM,
                max_batch_size=_BATCH,
                max_decoding_length=_LONGEST,
            )
        except (RuntimeError, ValueError) as error:
            raise TranslationError(f"the translation model {self.name} failed: {error}") from error
        made = iter(self._decode(result.hypotheses[0]) for result in results)
        return [next(made) if sentence.strip() else "" for sentence in sentences]

    def _encode(self, sentences: Sequence[str]) -> list[list[str]]:
        return [self._source.encode(sentence, out_type=str) for sentence in sentences]

    def _decode(self, pieces: Sequence[str]) -> str:
        kept = [
            piece for piece in pieces[len(self.card.target_prefix) :] if piece not in {"<s>", "</s>", "<pad>"}
        ]
        return str(self._target.decode(kept)).strip()


def load_local_model(folder: Path) -> LocalModel:
    """The folder of a model -> a translator.

    Raises:
        TranslationError: when the folder is no such model or the optional packages are not installed.

    """
    card = read_card(folder)
    engine, pieces = _import("ctranslate2"), _import("sentencepiece")
    both = folder / "sentencepiece.model"
    source, target = (both, both) if both.exists() else (folder / "source.spm", folder / "target.spm")
    try:
        return LocalModel(
            card,
            engine.Translator(str(folder), device="cpu", inter_threads=1, intra_threads=1),
            pieces.SentencePieceProcessor(model_file=str(source)),
            pieces.SentencePieceProcessor(model_file=str(target)),
        )
    except (RuntimeError, ValueError, OSError) as error:
        raise TranslationError(f"the translation model in {folder} cannot be loaded: {error}") from error


def read_card(folder: Path) -> Card:
    """The folder's card.

    Raises:
        TranslationError: when a file is missing, or the card is none.

    """
    for name in (_MODEL, CARD):
        if not (folder / name).is_file():
            raise TranslationError(f"{folder} has no {name}: put a CTranslate2 model with its card there")
    try:
        said = json.loads((folder / CARD).read_text(encoding="utf-8"))
        texts = {key: said[key] for key in ("name", "source", "target")}
        marks = {key: tuple(said.get(key, ())) for key in ("source_prefix", "source_suffix", "target_prefix")}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise TranslationError(
            f"{folder / CARD} cannot be used ({error!r}): see docs/translation.md"
        ) from error
    words = [*texts.values(), *(mark for row in marks.values() for mark in row)]
    if not all(isinstance(word, str) for word in words) or texts["target"] != "vi":
        raise TranslationError(f"{folder / CARD} must hold texts, and vi as target: see docs/translation.md")
    return Card(
        **texts,
        source_prefix=marks["source_prefix"],
        source_suffix=marks["source_suffix"],
        target_prefix=marks["target_prefix"],
    )


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise TranslationError(
            f"the package {name} is not installed: install diembao with the extra `translation`"
        ) from error
