"""What the desk is handed at the edge: nothing in this folder is global."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nlp.nli import Entailment
from nlp.translation.translator import Translator as MachineTranslator
from store.archive import Archive
from store.database import Sessions
from store.types import Configuration

Translator = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class DeskDependencies:
    """Everything a page or an action may use.

    `words` takes a language code ("vi", "en") and gives a translator; `now` is aware and UTC;
    `make_pack` takes story ids and gives the bytes of a DOCX; `secret` (at least 16 bytes) signs
    the tokens of forms; `base_address` is the desk's address as people type it, without a path.
    """

    sessions: Sessions
    archive: Archive
    configuration: Configuration
    words: Callable[[str], Translator]
    now: Callable[[], datetime]
    make_pack: Callable[[Sequence[str]], bytes]
    secret: bytes = field(repr=False)
    base_address: str
    translator: MachineTranslator | None = None  # a local model, where one is set up
    entailment: Entailment | None = None  # the same, for proposals of verdicts
    contact: str = ""  # whom an outlet's engineer can write to, "" for nobody

    def __post_init__(self) -> None:
        if len(self.secret) < 16:
            raise ValueError(
                "the desk's secret has fewer than 16 bytes: make one with secrets.token_bytes(32)"
            )
