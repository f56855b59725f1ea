"""No private, loopback or link-local address, whatever a feed, a redirect or a name server says.

Two gates: the middleware sees host and port of every request, also after redirects; the resolver sees the
address at the moment of connecting, so that a name cannot change its meaning in between (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection, Sequence
from typing import Any, Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawler import words
from crawler.addresses import outlets, urls

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

TRAIL = (
    "diembao_trail"  # in a request's meta: a list of the addresses asked for it, shared over its redirects
)

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# what Python takes for global and is not: site-local addresses (RFC 3879), documentation (RFC 9637), the
# dummy addresses of protocols (RFC 7600)
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("fec0::/10", "3fff::/20", "192.0.0.0/24")))


class PrivateAddressError(IgnoreRequest):
    """A request that the guard does not let out; the message says why."""


def _innermost(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one (mapped, 6to4, NAT64), or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open internet; anything that is no address does not."""
    try:
        found = _innermost(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    if any(found in network for network in _NOT_PUBLIC):
        return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def literal_address(host: str) -> str:
    """The IP address a host is written as, also as 2130706433, 0x7f.1 or 127.1; "" for a name."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass  # not in the usual spelling
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except (OSError, UnicodeEncodeError):
        return ""


def find_fault(url: str, allow_private: Collection[str]) -> str:
    """Say why an address must not be asked, as far as its spelling tells; "" when it may.

    Args:
        url: of the request.
        allow_private: exact "host:port" that may be private. A host named there is allowed on that port only.

    """
    try:
        place = urls.host_port(url)
        social = outlets.find_refusal(url)
    except urls.UnusableAddressError as error:
        return str(error)
    if social:
        return social
    if place in allow_private:
        return ""
    host = place.rpartition(":")[0]
    address = literal_address(host)
    if (address and not is_public(address)) or host in _hosts(allow_private):
        return words.PRIVATE.format(place=place)
    return ""


def _hosts(places: Collection[str]) -> set[str]:
    return {place.rpartition(":")[0] for place in places}


class GuardMiddleware:
    """Looks at every request before anything else does, robots.txt and redirects included."""

    def __init__(self, allow_private: Sequence[str]) -> None:
        self._allow_private = frozenset(allow_private)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        return cls(crawler.settings.getlist("DIEMBAO_ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        """Let a request through, and note on its trail where it goes.

        Raises:
            PrivateAddressError: when it must not go out.

        """
        trail = request.meta.get(TRAIL)
        if trail is not None:
            trail.append(request.url)
        fault = find_fault(request.url, self._allow_private)
        if fault:
            raise PrivateAddressError(fault)


class PrivateNameError(DNSLookupError):
    """A name that leads to a private address."""


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver that gives out public addresses only, except for hosts that may be private."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed_hosts: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Scrapy's way of making it; `crawler` is the process, of which only the settings are used."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed_hosts = _hosts(crawler.settings.getlist("DIEMBAO_ALLOW_PRIVATE"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        """Look a name up; fails like a name that does not exist when the address is private."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._check, name)

    def _check(self, address: Any, name: str) -> str:
        if name not in self.allowed_hosts and not is_public(str(address)):
            _private_names[name] = str(address)
            raise PrivateNameError(f"{name} leads to the private address {address}")
        return str(address)


# Twisted reports every failed lookup alike; here stands which names failed because of the guard.
_private_names: dict[str, str] = {}


def private_address_of(host: str) -> str:
    """The private address to which a name led in this process, "" if the guard never refused it."""
    return _private_names.get(host, "")
