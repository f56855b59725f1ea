"""Addresses from outside: only http and https become links, everything else stays text."""

from __future__ import annotations

from urllib.parse import urlsplit


def is_linkable(address: str) -> bool:
    """Whether `address` is http or https with a host and nothing hidden in it."""
    if not address.isprintable() or any(letter.isspace() for letter in address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[": not an address at all
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None


def host_of(address: str) -> str:
    """The host for people to read, the address itself where it has none."""
    return (urlsplit(address).hostname or address) if is_linkable(address) else address
