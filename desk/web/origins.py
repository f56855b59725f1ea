"""Which addresses are the desk's own: allowed hosts, allowed origins, and paths to come back to."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Home:
    """The desk's own place on the net. `hosts` have no port, `origins` are as browsers send them."""

    hosts: tuple[str, ...]
    origins: tuple[str, ...]
    secure: bool


def home_from(base_address: str) -> Home:
    """Base address ("https://diembao.example.vn") -> Home; on loopback all its three names are ours.

    Raises:
        ValueError: when the address is not http or https with a host.

    """
    parts = urlsplit(base_address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(
            f"the desk's address must begin with http:// or https:// and name a host: {base_address!r}"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    hosts = _LOOPBACK if host in _LOOPBACK else (host,)
    standard = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in {None, standard} else f":{parts.port}"
    origins = tuple(f"{parts.scheme}://{host}{port}" for host in hosts)
    return Home(hosts=hosts, origins=origins, secure=parts.scheme == "https")


def is_from_home(home: Home, *, origin: str | None, fetch_site: str | None) -> bool:
    """Whether a change was asked for by one of our own pages.

    `origin` and `fetch_site` are the headers Origin and Sec-Fetch-Site (Fetch Metadata, W3C), None where
    absent. What is present must be ours; a request that has neither is refused, since browsers send Origin
    with every POST.
    """
    if origin is None and fetch_site is None:
        return False
    return origin in {None, *home.origins} and fetch_site in {None, "same-origin"}


def local_path(wanted: str, *, otherwise: str = "/") -> str:
    r"""A path to come back to, or `otherwise` when it could lead off the desk (//host, /\\host, a scheme)."""
    is_path = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    is_plain = wanted.isascii() and wanted.isprintable() and "\\" not in wanted
    return wanted if is_path and is_plain else otherwise
