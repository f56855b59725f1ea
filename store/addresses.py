"""The key of an address in the store."""

from __future__ import annotations

import hashlib


def url_key(url: str) -> str:
    """Hex SHA-256 of an address: addresses have no length limit, index entries have."""
    return hashlib.sha256(url.encode(errors="surrogatepass")).hexdigest()
