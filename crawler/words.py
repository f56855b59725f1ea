"""Everything the collector says of outlets: English templates, stored as they are, shown in any language.

What is stored is the finished English sentence; `localise` finds the template it came from and says it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

# feeds that went well
ENTRIES = "{count} entries, {new} new or changed"
ENTRIES_GENERAL = "{count} links, {new} new or changed; the outlet's own selectors find nothing any more"
INDEX = "an index: its {count} newest sitemaps are read"
NOTHING_NEW = "HTTP 304: nothing new"
UNASKED_304 = "HTTP 304 to a question without conditions"
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
ROBOTS_SILENT = "robots.txt could not be read (no answer), so nothing is fetched"
PRIVATE = "{place} is a private address; only addresses of the open internet are fetched"
PRIVATE_NAME = "{host} leads to the private address {address}; it is not fetched"
NO_HOST = "there is no host {host}"
REFUSED = "{host} refuses the connection"
TIMEOUT = "no complete answer from {host} in time"
TOO_BIG = "the answer is larger than allowed and was not taken"
BROKEN_OFF = "the answer broke off before its end"
PACKING = "the answer cannot be unpacked"
CLOSED = "{host} closed the connection without a complete answer"
REDIRECTS = "redirected too many times"
CERTIFICATE = "the certificate of {host} is not valid"
NO_TLS = "no secure connection to {host}"
RESTING = "not asked: the host wants rest ({why})"
LEFT = "left for the next run"
SPENT = "left for tomorrow: the {count} requests a day to {host} are used up"
HELD = "left for later: the rest of the {count} requests a day to {host} is held for its feeds"
LATER = "left for later: {host} wants {seconds} s between requests"
BLOCKED_HOST = "HTTP {code} again and again: the host refuses us, one feed a day is asked"
FAULT = "a fault of the collector: {error}"

# no feed
FEED_TOO_BIG = "larger than {limit} MiB ({size} bytes)"
HEAVY_FEED = "takes more than {seconds} s or too much memory to read; given up"
EMPTY_FEED = "empty answer"
HTML_FEED = "answered HTML instead of a feed"
ENTITIES = "declares its own entities or an encoding that hides them; refused"
UNREADABLE_FEED = "cannot be read: {error}"
NO_FEED = "not a feed: {error}"
NO_JSON = "neither XML nor JSON: {error}"
NO_JSON_FEED = "JSON, but not a JSON Feed: no version of jsonfeed.org"
NO_SITEMAP = "not a sitemap: {error}"
OTHER_SITEMAP = "not a sitemap of articles: the outermost element is <{name}>"

BAD_GZIP = "damaged gzip, or more than {limit} MiB inside"
EMPTY_INDEX = "an index that names no sitemap of this site"
DEEP_INDEX = "an index of indexes, more than {depth} deep: not followed"
NO_ARTICLE_LINKS = "no article links found: 0 of {count} links look like articles"
NO_SPIDER = "kind listing, but the program has no spider for {source}: see docs/add-a-source.md"

# sources that need a browser
NO_BROWSER = "this source needs a browser, and the extra `browser` is not installed"
NO_CHROMIUM = "this source needs a browser, and no Chromium is installed"
BROWSER_FAILED = "the browser failed: {error}"
BROWSER_ASTRAY = "the browser was led to {place}, which is not this outlet: nothing was kept"

# leads
SOCIAL = "{host} is a social network: published news only, no social accounts"
SWITCHED_OFF = "{name} is switched off in the catalogue: {why}"
UNRESOLVED = "the lead ends on {host} and names no publisher's page"
SEARCH_SAYS = "the search answers: {said}"
NO_LEADS = "JSON, but no list of articles"
UNUSABLE = "no address that can be asked: {error}"

# a page captured before, looked at again
SENT_ELSEWHERE = "led to {url}, which is no article"
SAYS_GONE = "HTTP 200, but the page says: {title}"

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

# how a source is (crawler.condition.health)
NEVER_ASKED = "never asked so far"
NO_ARTICLE_YET = "asked, but no article came of it yet"
TOO_YOUNG = "too little to judge by so far: {count} articles in 28 days"
ALL_FAIL = "no feed in use works ({count}): {why}"
SOME_FAIL = "{count} of {total} feeds do not work: {why}"
NOT_ASKED_FOR = "not asked for {hours} h: is the collector running?"
PAGES_REFUSED = "HTTP {code}: the outlet refuses {count} of the last {total} pages"
PAGES_EMPTY = "no article in {count} of the last {total} pages: {why}"
NOTHING_NEW_FOR = "nothing new for {hours} h; about {expected} articles are usual in that time"
NO_ARTICLE_FOR = "nothing new for {days} days"
FEWER = "{actual} articles in 24 h instead of about {expected}"
ONLY_SUMMARIES = "only the feed's summary of {count} of the last {total} articles; {percent} % is usual"
WITHOUT_DATE = "no date in {count} of the last {total} articles; {percent} % is usual"
OTHER_LANGUAGE = "another language than ever before ({language}) in {count} of the last {total} articles"
OTHER_LENGTH = "articles of {now} characters instead of the usual {usual}"
SAME_LENGTH = "{count} of the last {total} articles are all {length} characters long, as one notice would be"
OLD_DATES = "the dates of the last articles lie {days} days back"

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
