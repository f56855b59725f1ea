"""Signing what is posted, in the manner of Standard Webhooks: HMAC-SHA256 over id, time and body. Pure.

A receiver's side stands in docs/channels.md.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from datetime import datetime

PREFIX = "whsec_"  # before a key in base64, as Standard Webhooks writes it
SHORTEST_KEY = 24  # bytes, as Standard Webhooks asks for


class WeakKeyError(ValueError):
    """A key that is none, or too short to keep anybody out. The message does not hold it."""


def key_from(secret: str) -> bytes:
    """The secret of the environment -> the bytes to sign with: base64 after `whsec_`, else as written.

    Raises:
        WeakKeyError: when it is not base64, or fewer than 24 bytes.

    """
    try:
        key = base64.b64decode(secret[len(PREFIX) :], validate=True) if secret.startswith(PREFIX) else b""
    except binascii.Error:
        raise WeakKeyError("what follows whsec_ is not base64") from None  # the cause would hold the key
    key = key or secret.encode()
    if len(key) < SHORTEST_KEY:
        raise WeakKeyError(f"the key has fewer than {SHORTEST_KEY} bytes")
    return key


def sign(key: bytes, *, reference: str, at: datetime, body: bytes) -> dict[str, str]:
    """The headers that a receiver checks.

    Args:
        key: of `key_from`.
        reference: of the notice; the same in every attempt, so that a receiver can tell a repetition.
        at: of this attempt, UTC; a receiver refuses what is older than some minutes.
        body: as it is posted, byte for byte.

    """
    stamp = str(int(at.timestamp()))
    told = b".".join([reference.encode(), stamp.encode(), body])
    signature = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return {
        "webhook-id": reference,
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
        "Idempotency-Key": reference,
    }
