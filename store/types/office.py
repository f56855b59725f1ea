"""What the office cares about: sources, topics, places, units, rules. Made by config.load alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from store.types.alerting import AlertRule
from store.types.channels import ChannelSetting


class Scope(StrEnum):
    """Where an outlet publishes from; a fact for grouping the digest, never a score."""

    DOMESTIC = "domestic"
    FOREIGN = "foreign"


class FeedKind(StrEnum):
    """How an address is read."""

    FEED = "feed"  # RSS, Atom or JSON Feed
    SITEMAP = "sitemap"
    LISTING = "listing"  # a page of links, read by the outlet's own spider
    DISCOVERY = "discovery"  # Google News, Bing, GDELT: leads, never evidence
    NONE = "none"  # an outlet known to us of which no machine-readable address is known


@dataclass(frozen=True, slots=True)
class Feed:
    """One address that lists articles. `disabled` is the reason in words, empty when it is in use."""

    url: str
    kind: FeedKind = FeedKind.FEED
    disabled: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One outlet. `id` is stable and short; `domain` is a host, with a port only in the practice press."""

    id: str
    name: str
    domain: str
    scope: Scope
    country: str  # ISO 3166-1 alpha-2
    language: str  # BCP 47
    kind: str  # newspaper, agency, broadcaster, magazine, NGO, intergovernmental, government, aggregator…
    feeds: tuple[Feed, ...] = ()
    disabled: str = ""
    pause_seconds: float = 5.0  # between starts of requests to the host
    priority: bool = False
    body_selector: str = ""  # CSS, where the catalogue knows one
    note: str = ""
    daily_requests: int = (
        0  # most requests to its host in a day (Asia/Ho_Chi_Minh); 0: the collector's default
    )
    browser: bool = False  # its pages need JavaScript: only with the extra `browser`, off by default


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject of articles. A cue implies a subject, never that a text is false or hostile."""

    id: str  # T00 … T15
    vi: str
    en: str
    definition: str
    cues_vi: tuple[str, ...]
    cues_en: tuple[str, ...]
    include: str = ""
    exclude: str = ""
    iptc: tuple[str, ...] = ()
    priority: str = "scan"  # read, scan, hidden
    case_sensitive: tuple[str, ...] = ()  # short acronyms that must match case


class PlaceLevel(StrEnum):
    """What kind of thing a place is."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    LANDMARK = "landmark"  # border gate, river, airport, island, lake, village
    NEIGHBOUR = "neighbour"  # outside the province


@dataclass(frozen=True, slots=True)
class Place:
    """A unit or landmark, dated. `names` holds the name first, then its spellings, without the unit word."""

    id: str  # "c23872" a commune of today, "o23872" an old one, "d623" an old district, "p52", "l-le-thanh"
    names: tuple[str, ...]
    level: PlaceLevel
    unit_words: tuple[str, ...] = ()  # xã, phường, thị trấn, huyện, thị xã, thành phố, tỉnh…
    valid_from: date | None = None  # None: as far back as the archive goes
    valid_to: date | None = None  # last day on which it was valid; None: still valid
    successors: tuple[str, ...] = ()  # ids of today's units that hold its ground
    parent: str = ""  # id of the unit it lay in
    ambiguous: bool = False  # the bare name also names something elsewhere: needs context
    latitude: float | None = None
    longitude: float | None = None
    area_km2: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trap:
    """A phrase that contains the province's or a unit's name and means something else (context 2.3)."""

    pattern: str  # a phrase; `{place}` stands for any place name
    label: str  # sport, company, street, history, origin, product, list, homonym
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """All places and traps of one edition of places.yaml."""

    places: tuple[Place, ...]
    traps: tuple[Trap, ...]
    version: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An office that answers for something; dated, with its successor where it ended."""

    id: str
    name: str
    topics: tuple[str, ...] = ()  # topic ids it answers for
    places: tuple[str, ...] = ()  # place ids it answers for
    email: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A limit set by law, with its source. `starts` says which act of a person starts the clock."""

    id: str
    name: str
    amount: int
    unit: str  # hours, days, working_days
    starts: str
    legal_basis: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a digest goes. Only addresses in the configuration are ever written to."""

    id: str
    name: str
    email: str
    edition: str = "leaders"
    language: str = "vi"
    unit: str = ""
    every: tuple[str, ...] = ("day",)  # how often: day, week, month


@dataclass(frozen=True, slots=True)
class Rules:
    """rules.yaml: who hears what, when, and the limits the law sets."""

    recipients: tuple[Recipient, ...]
    deadlines: tuple[Deadline, ...]
    digest_at: str = "06:30"  # Asia/Ho_Chi_Minh
    timezone: str = "Asia/Ho_Chi_Minh"
    quotation_words: int = 40
    sender: str = ""
    reply_to: str = ""
    list_id: str = ""
    office: str = ""
    superior: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A public holiday, a swapped working day, or a date that brings coverage."""

    day: date
    name: str
    kind: str  # holiday, working_day, event
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """An English term with its other spellings, and what the law or the office calls it in Vietnamese."""

    en: tuple[str, ...]  # singular
    vi: str
    source: str = ""  # the public text in which the Vietnamese term stands, "" for an everyday term


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything the office edits, read once."""

    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]
    gazetteer: Gazetteer
    units: tuple[Unit, ...]
    rules: Rules
    calendar: tuple[CalendarEntry, ...]
    channels: tuple[ChannelSetting, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    alerts: tuple[AlertRule, ...] = ()
