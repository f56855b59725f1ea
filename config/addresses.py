"""Addresses as the office writes them: web addresses, hosts, e-mail. Pure; nothing is looked up."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_HOST = re.compile(
    r"(?=.{1,253}(?::|$))[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:\d{1,5})?"
)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000


def is_web_address(url: str) -> bool:
    """Whether it is an http or https address with a host, without spaces or a name and password in it."""
    parts = _split(url)
    if parts is None or len(url) > _LONGEST or not url.isascii() or re.search(r"[\s<>\"\\^`{}|]", url):
        return False
    return parts.scheme in _DEFAULT_PORTS and "@" not in parts.netloc and is_host(parts.netloc.lower())


def is_host(name: str) -> bool:
    """Whether it is a lower-case host name or IPv4 address, with a port or without."""
    return _HOST.fullmatch(name) is not None and _port_fits(name)


def is_email(address: str) -> bool:
    """Whether it is one bare address that can stand in a mail header: no name, a dotted domain."""
    return _EMAIL.fullmatch(address) is not None and "=?" not in address  # that would be an encoded word


def address_key(url: str) -> str:
    """What spellings of one address share: no scheme, case of the host, default port or last slash."""
    parts = _split(url)
    if parts is None:
        return url
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    query = f"?{parts.query}" if parts.query else ""
    return f"{parts.hostname or ''}{port}{parts.path.rstrip('/')}{query}"


def _split(url: str) -> SplitResult | None:
    """The parts, None where the text is no address at all (an unfinished IPv6 host, a port that is none)."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _port_fits(name: str) -> bool:
    _, colon, port = name.partition(":")
    return not colon or 0 < int(port) < 65536
