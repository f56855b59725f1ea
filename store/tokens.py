"""Random tokens: what the holder carries, and the hash that is all the store keeps of them."""

from __future__ import annotations

import hashlib
import secrets


def make_token() -> str:
    """A new token with 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Hex SHA-256 of a token. It needs no salt: nobody can guess 256 bits.

    Looking it up by the hash leaks no timing of the token itself.
    """
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
