"""Tokens that bind a form to the browser it was shown to (OWASP: signed, session-bound token)."""

from __future__ import annotations

import hashlib
import hmac

from itsdangerous import BadSignature, URLSafeTimedSerializer

MAX_AGE_SECONDS = 12 * 3600


def make_token(secret: bytes, binding: str) -> str:
    """Secret and the browser's own cookie value -> a token for hidden fields.

    Only a digest of the cookie goes into the token, so a page that leaks does not give the session away.
    """
    return _serializer(secret).dumps(_digest(binding))


def is_token_good(secret: bytes, binding: str, token: str) -> bool:
    """Whether `token` was made by us for this cookie within MAX_AGE_SECONDS."""
    try:
        signed = _serializer(secret).loads(token, max_age=MAX_AGE_SECONDS)
    except BadSignature:
        return False
    return bool(binding) and isinstance(signed, str) and hmac.compare_digest(signed, _digest(binding))


def _serializer(secret: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="diembao-desk-form")


def _digest(binding: str) -> str:
    return hashlib.sha256(binding.encode()).hexdigest()
