"""Tokens of forms."""

from __future__ import annotations

import pytest

from desk.web.csrf import is_token_good, make_token

SECRET = b"s" * 32


def test_a_token_is_good_for_the_cookie_it_was_made_for():
    assert is_token_good(SECRET, "cookie", make_token(SECRET, "cookie"))


@pytest.mark.parametrize(
    ("secret", "binding", "token"),
    [
        (SECRET, "another", make_token(SECRET, "cookie")),
        (b"t" * 32, "cookie", make_token(SECRET, "cookie")),
        (SECRET, "cookie", ""),
        (SECRET, "cookie", "rubbish"),
        (SECRET, "cookie", make_token(SECRET, "cookie") + "x"),
        (SECRET, "", make_token(SECRET, "")),
    ],
    ids=["another cookie", "another secret", "no token", "rubbish", "changed", "no cookie"],
)
def test_any_other_token_is_refused(secret: bytes, binding: str, token: str):
    assert not is_token_good(secret, binding, token)


def test_a_token_does_not_hold_the_cookie():
    assert "geheim-cookie" not in make_token(SECRET, "geheim-cookie")
