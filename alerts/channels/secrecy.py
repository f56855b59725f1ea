"""Words of others without our secrets: what a server or a library says may repeat what we told it. Pure."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus, unquote

HIDDEN = "•••"
_SHORTEST = 4  # characters: to hide shorter pieces would make holes in plain words
_PARTS = re.compile(r"[/?&=@:#,]+")


def scrub(text: str, secrets: Iterable[str]) -> str:
    """`text` without the secrets, whole or in pieces, as they are or percent- or base64-encoded.

    A secret may be an address: a library that fails says only its path, or only its password.
    """
    forms = {form for secret in secrets for form in _forms(secret)}
    for form in sorted(forms, key=len, reverse=True):
        text = text.replace(form, HIDDEN)
    return text


def _forms(secret: str) -> Iterator[str]:
    pieces = {secret, *_PARTS.split(secret)}
    for piece in pieces | {unquote(piece) for piece in pieces}:
        if len(piece) >= _SHORTEST:
            yield piece
            yield quote(piece, safe="")
            yield quote_plus(piece)
            yield base64.b64encode(piece.encode()).decode().rstrip("=")
            yield repr(piece)[1:-1]
