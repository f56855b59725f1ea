"""The templates. Everything is escaped; a name that a template does not know is an error, not a gap."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from desk.changes import say_detail
from desk.web.links import host_of, is_linkable
from desk.web.names import NAMES
from desk.web.texts import plain, say_reasons, shorten
from desk.web.times import show_iso, show_local

NAVIGATION = (
    ("/", "Stories"),
    ("/flags", "Needs checking"),
    ("/matters", "Matters"),
    ("/evidence", "Evidence library"),
    ("/health", "Sources"),
    ("/digests", "Digests"),
    ("/outbox", "Outbox"),
    ("/feeds", "Feeds"),
    ("/audit", "Log"),
)


@cache
def make_environment() -> Environment:
    """The Jinja environment of the desk: packaged templates, escaping always on.

    One for all desks of a process: nothing in it belongs to one, and compiling takes a fifth of a second.
    """
    environment = Environment(
        loader=PackageLoader("desk.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        plain=plain, shorten=shorten, local=show_local, iso=show_iso, linkable=is_linkable, host=host_of
    )
    environment.globals.update(
        navigation=NAVIGATION, names=NAMES, asset=asset, say_detail=say_detail, say_reasons=say_reasons
    )
    # macros; the later use parts: the order counts
    for name in ("parts", "forms", "claims", "happened", "excerpts", "foreign", "proposal"):
        environment.globals[name] = environment.get_template(f"{name}.html").module
    return environment


@cache
def asset(name: str) -> str:
    """File name under static/ -> its address with a digest, so that an upgrade is never hidden by a cache."""
    body = (resources.files("desk.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(body).hexdigest()[:12]}"
