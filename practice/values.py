"""The practice press's own nouns: outlets, articles, planted figures, logged requests. Frozen."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FeedDesign:
    """One list of articles. `form` is rss, atom, json, sitemap, or a fault: gone, busy, page."""

    path: str
    form: str
    dates: str = "rfc"  # rfc, us (U+202F, no zone), two_digit (year), short_zone (+07), none, iso
    full_text: bool = False  # entries carry the whole text

    @property
    def kind(self) -> str:
        """The word sources.yaml uses: feed or sitemap."""
        return "sitemap" if self.form == "sitemap" else "feed"


@dataclass(frozen=True, slots=True)
class Look:
    """What makes an outlet's pages its own: `layout` names a template, colours are CSS colours."""

    layout: str
    colour: str
    paper: str
    font: str
    slogan: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """An invented outlet as served: its own loopback address, its feeds."""

    id: str
    name: str
    number: int  # the N of 127.0.1.N
    host: str  # 127.0.1.N:PORT
    scope: str  # domestic or foreign
    country: str
    language: str
    kind: str
    priority: bool
    pause_seconds: float
    look: Look
    feeds: tuple[FeedDesign, ...]
    robots: str
    tracking: str = ""  # query string that its feeds hang on every link
    sections: tuple[tuple[str, str], ...] = ()  # folder in the address, name on the page

    @property
    def base_url(self) -> str:
        """The address of the home page, without a final slash."""
        return f"http://{self.host}"

    @property
    def feed_urls(self) -> tuple[str, ...]:
        """Every feed and sitemap address, faulty ones too."""
        return tuple(self.base_url + feed.path for feed in self.feeds)


@dataclass(frozen=True, slots=True)
class SilentEdit:
    """From the `from_fetch`-th request for the page on, the text is another; nothing on the page says so."""

    from_fetch: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PressArticle:
    """One invented article in one outlet. `text`: paragraphs parted by empty lines, lead first."""

    key: str
    story: str
    outlet: str
    section: str
    title: str
    text: str = field(repr=False)
    published: datetime  # UTC
    byline: str
    relevance: str  # about, mention, sport, company, none
    topics: tuple[str, ...]
    copy_of: str = ""  # key of the article it reprints, "" for own work
    quirks: tuple[str, ...] = ()  # cp1258, nfd, zero_width, amp
    trouble: str = ""  # redirect_private, redirect_loopback, broken_date, empty, error, forbidden
    edits: tuple[SilentEdit, ...] = ()

    @property
    def path(self) -> str:
        """The canonical path on the outlet's host."""
        return f"/{self.section}/{self.key}.html"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, lead first."""
        return tuple(self.text.split("\n\n"))

    @property
    def lead(self) -> str:
        """The first paragraph."""
        return self.paragraphs[0]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure exactly as it stands in an article's text."""

    article: str
    figure: str


@dataclass(frozen=True, slots=True)
class PlantedPair:
    """Two statements of one quantity in one story, which disagree, or agree though written differently."""

    story: str
    quantity: str
    first: Figure
    second: Figure


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader should find out about one article."""

    relevance: str
    topics: tuple[str, ...]
    story: str
    copy_of: str = ""
    trouble: str = ""  # why its page cannot be read: a PressArticle.trouble, or robots


@dataclass(frozen=True, slots=True)
class Answers:
    """The answer sheet: by article key, and the planted figures."""

    articles: dict[str, Answer]
    disagreements: tuple[PlantedPair, ...]
    agreements: tuple[PlantedPair, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything the press publishes, for one `now`."""

    now: datetime
    articles: tuple[PressArticle, ...]  # newest first
    disagreements: tuple[PlantedPair, ...]
    agreements: tuple[PlantedPair, ...]

    def of(self, outlet: str) -> tuple[PressArticle, ...]:
        """The articles of one outlet, newest first."""
        return tuple(a for a in self.articles if a.outlet == outlet)

    def find(self, key: str) -> PressArticle:
        """The article with this key; KeyError names the key when there is none."""
        for article in self.articles:
            if article.key == key:
                return article
        raise KeyError(f"the practice press has no article {key!r}")


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as the press saw it. `started` and `ended`: seconds of one monotonic clock.

    A whole page is logged just before it is sent, a streamed one when its stream has ended.
    """

    at: datetime  # UTC
    started: float
    ended: float
    host: str  # 127.0.1.N:PORT that was really asked, whatever the Host header says
    method: str
    path: str  # with its query
    headers: tuple[tuple[str, str], ...]  # names in lower case
    status: int

    def header(self, name: str) -> str:
        """The value of a header, "" when it was not sent."""
        return dict(self.headers).get(name.lower(), "")
