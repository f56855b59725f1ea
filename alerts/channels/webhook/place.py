"""Where a webhook may be posted to: an address of the open internet, whatever a name server says."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

Resolve = Callable[[str, int], Sequence[str]]
_PORTS = {"http": 80, "https": 443}


class ForbiddenPlaceError(Exception):
    """A place that nothing is posted to; the message says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """A web address in its parts."""

    scheme: str
    host: str
    port: int
    path: str  # with the query, if there is one

    @property
    def name(self) -> str:
        """The text "host:port", as DIEMBAO_ALLOW_PRIVATE writes it."""
        return f"{self.host}:{self.port}"


def place_from(url: str) -> Place:
    """A web address -> its parts.

    Raises:
        ForbiddenPlaceError: when it is none, or carries a user name.

    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        raise ForbiddenPlaceError("the address is none") from None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        raise ForbiddenPlaceError("the address is not https://host/path without a user name")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, parts.hostname.lower(), port, path)


def look_up(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system resolves it.

    Raises:
        OSError: when the name leads nowhere.

    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Decides whereto a connection may be made. `allow_private`: exact "host:port" that may be private."""

    is_public: Callable[[str], bool]
    allow_private: frozenset[str] = frozenset()
    resolve: Resolve = field(default=look_up, repr=False)

    def choose(self, place: Place) -> str:
        """The IP address to connect to: the very one that was judged, so that no second look-up can differ.

        Raises:
            ForbiddenPlaceError: when any address of the name is private, or a public place is not https.
            OSError: when the name leads nowhere.

        """
        is_exempt = place.name in self.allow_private
        if place.scheme != "https" and not is_exempt:
            raise ForbiddenPlaceError(f"{place.name} is not https: what we post could be read on its way")
        found = self.resolve(place.host, place.port)
        if not found:
            raise ForbiddenPlaceError(f"{place.host} has no address")
        if not is_exempt and not all(self.is_public(address) for address in found):
            raise ForbiddenPlaceError(
                f"{place.name} leads to a private address; name it in DIEMBAO_ALLOW_PRIVATE if that is meant"
            )
        return found[0]
