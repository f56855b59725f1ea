"""Everything the collector says of outlets: English templates, stored as they are, shown in any language.

What is stored is the finished English sentence; `localise` finds the template it came from and says it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# feeds that went well
ENTRIES = "{count} entries, {new} new or changed"
NOTHING_NEW = "HTTP 304: nothing new"
SAME_CONTENT = "the same content as before"

# answers with another status than 200
WAIT = "HTTP {code}, asked to wait {seconds} s"
SLOW_DOWN = "HTTP {code}, asked to slow down"
REFUSES = "HTTP {code}: the outlet refuses us"
GONE = "HTTP {code}: nothing at this address"
SERVER_FAULT = "HTTP {code}: the outlet's server has a fault"
CODE = "HTTP {code}"

# no answer
ROBOTS = "robots.txt forbids"
ROBOTS_UNREADABLE = "robots.txt could not be read (HTTP {code}), so nothing is fetched"
PRIVATE = "{place} is a private address; only addresses of the open internet are fetched"
PRIVATE_NAME = "{host} leads to the private address {address}; it is not fetched"
NO_HOST = "there is no host {host}"
REFUSED = "{host} refuses the connection"
TIMEOUT = "no complete answer from {host} in time"
TOO_BIG = "the answer is larger than allowed and was not taken"
BROKEN_OFF = "the answer broke off before its end"
CLOSED = "{host} closed the connection without a complete answer"
REDIRECTS = "redirected too many times"
CERTIFICATE = "the certificate of {host} is not valid"
NO_TLS = "no secure connection to {host}"
RESTING = "not asked: the host wants rest ({why})"
LEFT = "left for the next run"
FAULT = "a fault of the collector: {error}"

# no feed
FEED_TOO_BIG = "larger than {limit} MiB ({size} bytes)"
EMPTY_FEED = "empty answer"
HTML_FEED = "answered HTML instead of a feed"
ENTITIES = "declares its own entities or an encoding that hides them; refused"
UNREADABLE_FEED = "cannot be read: {error}"
NO_FEED = "not a feed: {error}"
NO_JSON = "neither XML nor JSON: {error}"
NO_JSON_FEED = "JSON, but not a JSON Feed: no version of jsonfeed.org"
NO_SITEMAP = "not a sitemap: {error}"
OTHER_SITEMAP = "not a sitemap of articles: the outermost element is <{name}>"

# no article
NO_PAGE = "no page was received"
PAGE_GONE = "HTTP {code}: the page is gone"
PAGE_REFUSED = "HTTP {code}: the outlet refuses the page"
NOT_HTML = "not HTML: {kind}"
EMPTY_PAGE = "empty page"
NO_TITLE = "no title found"
NO_TEXT = "no article text found ({count} characters)"
TOO_SLOW = "extraction took longer than {seconds} s"
KILLED = "extraction was ended by force: more than {seconds} s or too much memory"
BROKEN = "extraction failed: {error}"

CRASH = "the collecting process {how}; what it had kept is safe, the next run goes on"

# more particular ones before those that would match them, too
TEMPLATES = tuple(
    template
    for name, template in sorted(
        globals().items(), key=lambda item: -len(re.sub(r"\{\w+\}", "", str(item[1])))
    )
    if name.isupper() and isinstance(template, str)
)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{p}>.+)" if i % 2 else re.escape(p) for i, p in enumerate(parts)), re.DOTALL
    )


def localise(detail: str, t: Callable[[str], str]) -> str:
    """Say a stored sentence of the collector in another language.

    Args:
        detail: FeedState.detail, a refusal's reason, or any other text.
        t: translates a template.

    Returns:
        The translated sentence; a text that came from no template as it is.

    """
    for template in TEMPLATES:
        match = _pattern(template).fullmatch(detail)
        if match is not None:
            values = {name: localise(value, t) for name, value in match.groupdict().items()}
            return t(template).format(**values)
    return detail
