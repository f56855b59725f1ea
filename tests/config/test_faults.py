# ruff: noqa: E501 - a case of the table is one line
"""Every kind of fault once, with the line it stands in and words that tell it apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from config.faults import Fault

Faults = Callable[[dict[str, str | bytes]], tuple[Fault, ...]]

SOURCE = """\
sources:
  - id: mot
    name: Báo Một
    domain: mot.example
    scope: domestic
    country: VN
    language: vi
    kind: newspaper
    feeds:
      - url: https://mot.example/rss
"""

TOPIC = """\
topics:
  - id: T01
    vi: Biên giới
    en: Border
    definition: The border.
    cues_vi: [biên giới]
    cues_en: [border]
"""

PLACE = """\
version: x
places:
  - id: p52
    names: [Gia Lai]
    level: province
    valid_from: 2025-07-01
"""

RULES = """\
sender: a@b.example
recipients:
  - id: mot
    name: Một
    email: mot@b.example
deadlines:
  - id: d
    name: Hạn
    amount: 24
    unit: hours
    starts: khi nhận
    legal_basis: Điều 7
"""

NO_PEOPLE = "sender: a@b.example\nrecipients: []\ndeadlines: []\n"
NO_UNITS = "units: []\n"


def change(text: str, old: str, new: str) -> str:
    """A text with one place changed, which must be there."""
    assert old in text
    return text.replace(old, new, 1)


def source(old: str, new: str) -> dict[str, str]:
    return {"sources.yaml": change(SOURCE, old, new)}


def topic(old: str, new: str) -> dict[str, str]:
    return {"topics.yaml": change(TOPIC, old, new), "units.yaml": NO_UNITS, "rules.yaml": NO_PEOPLE}


def place(old: str, new: str) -> dict[str, str]:
    return {"places.yaml": change(PLACE, old, new), "units.yaml": NO_UNITS, "rules.yaml": NO_PEOPLE}


def rules(old: str, new: str) -> dict[str, str]:
    return {"rules.yaml": change(RULES, old, new)}


def unit(line: str) -> dict[str, str]:
    return {"units.yaml": f"units:\n  - {{id: u, name: U}}\n{line}\n", "rules.yaml": NO_PEOPLE}


def extra(text: str) -> dict[str, str]:
    return {"places_extra.yaml": "version: x\n" + text}


def calendar(*lines: str) -> dict[str, str]:
    return {"calendar.yaml": "calendar:\n" + "".join(f"  - {{{line}}}\n" for line in lines)}


SECOND_OUTLET = SOURCE.removeprefix("sources:\n").replace("mot.example/rss", "hai.example/rss")

ADDRESSES = {
    "the same address": (source("/rss\n", "/rss\n      - url: https://mot.example/rss\n"), 11, "feeds[1].url", "stands already at line 10"),
    "the same but for the host's case": (source("/rss\n", "/rss\n      - url: https://MOT.example/rss\n"), 11, "feeds[1].url", "line 10"),
    "the same but for the last slash": (source("/rss\n", "/rss\n      - url: https://mot.example/rss/\n"), 11, "feeds[1].url", "line 10"),
    "the same but for the usual port": (source("/rss\n", "/rss\n      - url: https://mot.example:443/rss\n"), 11, "feeds[1].url", "line 10"),
    "the same but for http and https": (source("/rss\n", "/rss\n      - url: http://mot.example:80/rss\n"), 11, "feeds[1].url", "line 10"),
    "another scheme": (source("https://mot", "ftp://mot"), 10, "feeds[0].url", "is not a web address"),
    "a script": (source("https://mot.example/rss", "javascript:alert(1)"), 10, "feeds[0].url", "is not a web address"),
    "a file": (source("https://mot.example/rss", "file:///etc/passwd"), 10, "feeds[0].url", "is not a web address"),
    "no scheme": (source("https://", ""), 10, "feeds[0].url", "is not a web address"),
    "a name and password": (source("https://mot", "https://me:secret@mot"), 10, "feeds[0].url", "is not a web address"),
    "a blank": (source("/rss", "/r ss"), 10, "feeds[0].url", "is not a web address"),
    "letters with marks": (source("/rss", "/tỉnh"), 10, "feeds[0].url", "is not a web address"),
    "a port that is none": (source("mot.example/rss", "mot.example:99999/rss"), 10, "feeds[0].url", "is not a web address"),
    "half an IPv6 host": (source("https://mot.example/rss", '"http://[::1/rss"'), 10, "feeds[0].url", "is not a web address"),
    "a host with a path": (source("domain: mot.example", "domain: mot.example/vi"), 4, "domain", "is not a host"),
    "a host with a scheme": (source("domain: mot.example", "domain: https://mot.example"), 4, "domain", "is not a host"),
    "a host in capitals": (source("domain: mot", "domain: Mot"), 4, "domain", "is not a host"),
}  # fmt: skip

ENTRIES = {
    "the same id": ({"sources.yaml": SOURCE + SECOND_OUTLET.replace("mot.example", "hai.example")}, 11, "sources[1].id", "stands already at line 2"),
    "the same domain": ({"sources.yaml": SOURCE + SECOND_OUTLET.replace("id: mot", "id: hai")}, 13, "sources[1].domain", "stands already at line 4"),
    "an id with blanks": (source("id: mot", "id: báo một"), 2, "sources[0].id", "is not a short name"),
    "an unknown key": (source("    kind:", "    kindd: x\n    kind:"), 8, "sources[0].kindd", "unknown key; write kind"),
    "an unknown key like no other": (source("    kind:", "    zzzzzz: x\n    kind:"), 8, "sources[0].zzzzzz", "unknown key; remove it"),
    "an unknown key of the file": ({"sources.yaml": SOURCE + "wrong: 1\n"}, 11, "wrong", "unknown key"),
    "the same key": (source("    kind:", "    name: Báo\n    kind:"), 8, "sources[0].name", "the same key stands already at line 3"),
    "a missing key": (source("    kind: newspaper\n", ""), 2, "sources[0].kind", "this key is missing"),
    "a missing list": ({"topics.yaml": "version: x\n", "units.yaml": NO_UNITS, "rules.yaml": NO_PEOPLE}, 1, "topics", "this key is missing"),
    "an empty value": (source("name: Báo Một", "name:"), 3, "sources[0].name", "this key is missing"),
    "a blank value": (source("name: Báo Một", 'name: " "'), 3, "sources[0].name", "this is empty"),
    "a list for a text": (source("name: Báo Một", "name: [Báo]"), 3, "sources[0].name", "one value is wanted"),
    "a text for a list": (source("feeds:\n      - url: https://mot.example/rss", "feeds: none"), 9, "sources[0].feeds", "a list is wanted"),
    "a text for an entry": (source("url: https://mot.example/rss", "https://mot.example/rss"), 10, "sources[0].feeds[0]", "keys with values are wanted"),
    "a yes for a text": (source("country: VN", "country: NO"), 6, "sources[0].country", "put it in quotes"),
    "a word for a yes": (source("    kind:", "    priority: maybe\n    kind:"), 8, "sources[0].priority", "true or false is wanted, not maybe"),
    "a word for a number": (source("    kind:", "    pause_seconds: soon\n    kind:"), 8, "sources[0].pause_seconds", "soon is not a number from 0 to 3600"),
    "nothing like a number": (source("    kind:", "    pause_seconds: .nan\n    kind:"), 8, "sources[0].pause_seconds", "is not a number"),
    "a number below": (source("    kind:", "    pause_seconds: -1\n    kind:"), 8, "sources[0].pause_seconds", "-1 is not a number from"),
    "another choice": (source("scope: domestic", "scope: local"), 5, "sources[0].scope", "choose from domestic, foreign"),
    "another kind of feed": (source("/rss\n", "/rss\n        kind: rss\n"), 11, "feeds[0].kind", "choose from feed, sitemap, listing, discovery, none"),
    "a country in words": (source("country: VN", "country: Vietnam"), 6, "sources[0].country", "write it like VN"),
    "a language in words": (source("language: vi", "language: Tiếng Việt"), 7, "sources[0].language", "write it like vi"),
    "a line break in a name": (source("name: Báo Một", 'name: "Báo\\nMột"'), 3, "sources[0].name", "line break or control character"),
    "a bell in a note": (source("    kind:", '    note: "a\\a"\n    kind:'), 8, "sources[0].note", "line break or control character"),
}  # fmt: skip

OTHERS = {
    "a topic's code": (topic("id: T01", "id: T1"), 2, "topics[0].id", "write it like T03"),
    "a missing cue list": (topic("    cues_en: [border]\n", ""), 2, "topics[0].cues_en", "this key is missing"),
    "a cue twice": (topic("[biên giới]", "[biên giới,\n      biên giới]"), 7, "topics[0].cues_vi[1]", "the same text stands already at line 6"),
    "an empty cue": (topic("[biên giới]", '[biên giới, ""]'), 6, "topics[0].cues_vi[1]", "a text is wanted here"),
    "a cue with a line break": (topic("[biên giới]", '["biên\\ngiới"]'), 6, "topics[0].cues_vi[0]", "line break"),
    "an IPTC code": (topic("    cues_en:", "    iptc: [Border]\n    cues_en:"), 7, "topics[0].iptc[0]", "write it like 20001316"),
    "a topic's priority": (topic("    cues_en:", "    priority: first\n    cues_en:"), 7, "topics[0].priority", "choose from read, scan, hidden"),
    "no such day": (place("2025-07-01", "2026-02-30"), 6, "places[0].valid_from", "there is no such day: 2026-02-30"),
    "a day in words": (place("2025-07-01", "1/7/2025"), 6, "places[0].valid_from", "write year-month-day"),
    "an end before the start": (place("2025-07-01", "2025-07-01\n    valid_to: 2025-06-30"), 7, "places[0].valid_to", "valid_to 2025-06-30 is before valid_from 2025-07-01"),
    "an unknown successor": (place("    level:", "    successors: [p99]\n    level:"), 5, "places[0].successors[0]", "p99 is not defined in places.yaml"),
    "an unknown parent": (place("    level:", "    parent: p99\n    level:"), 5, "places[0].parent", "p99 is not defined in places.yaml"),
    "another level": (place("level: province", "level: city"), 5, "places[0].level", "choose from province, district"),
    "a latitude": (place("    level:", "    latitude: 108.4\n    level:"), 5, "places[0].latitude", "is not a number from -90 to 90"),
    "no names": (place("    names: [Gia Lai]\n", ""), 3, "places[0].names", "this key is missing"),
    "an alias of no place": (extra("aliases:\n  c99999: [X]\n"), 3, "aliases.c99999", "is not defined in places.yaml"),
    "a landmark with a place's id": (extra("places:\n  - {id: p52, names: [X], level: landmark}\n"), 3, "places[0].id", "the same id stands already"),
    "a trap's label": (extra("traps:\n  - {pattern: HAGL, label: football}\n"), 3, "traps[0].label", "choose from sport, company"),
    "a trap's braces": (extra("traps:\n  - {pattern: 'đường {name}', label: street}\n"), 3, "traps[0].pattern", "only {place} may stand in braces"),
    "a trap's open brace": (extra("traps:\n  - {pattern: 'đường {place', label: street}\n"), 3, "traps[0].pattern", "only {place} may stand in braces"),
    "a spelling group that is none": (extra("spellings:\n  - Pleiku\n"), 3, "spellings[0]", "a list is wanted"),
    "an unknown topic": (unit("  - {id: v, name: V, topics: [T01,\n      T99]}"), 4, "units[1].topics[1]", "T99 is not defined in topics.yaml"),
    "an unknown place": (unit("  - {id: v, name: V, places: [c00000]}"), 3, "units[1].places[0]", "c00000 is not defined in places.yaml"),
    "an unknown next unit": (unit("  - {id: v, name: V, successor: w}"), 3, "units[1].successor", "w is not defined in units.yaml"),
    "a unit's e-mail": (unit("  - {id: v, name: V, email: nowhere}"), 3, "units[1].email", "is not an e-mail address"),
    "a commune's name without its name": ({"units.yaml": "communes:\n  name: UBND\nunits: []\n", "rules.yaml": NO_PEOPLE}, 2, "communes.name", "must stand in it"),
    "a commune's name with a field": ({"units.yaml": "communes:\n  name: 'UBND {name} {id}'\nunits: []\n", "rules.yaml": NO_PEOPLE}, 2, "communes.name", "no other braces"),
    "an unknown unit": (rules("    email:", "    unit: w\n    email:"), 5, "recipients[0].unit", "w is not defined in units.yaml"),
    "an edition for no unit": (rules("    email:", "    edition: unit\n    email:"), 3, "recipients[0].unit", "needs one"),
    "no @": (rules("mot@b.example", "mot.b.example"), 5, "recipients[0].email", "is not an e-mail address"),
    "two addresses": (rules("mot@b.example", '"mot@b.example, hai@b.example"'), 5, "recipients[0].email", "is not an e-mail address"),
    "a header in an address": (rules("mot@b.example", '"mot@b.example\\r\\nBcc: hai@b.example"'), 5, "recipients[0].email", "line break"),
    "a header in a name": (rules("name: Một", '"name": "Một\\nBcc: x"'), 4, "recipients[0].name", "line break"),
    "a sender with a name": (rules("a@b.example", '"Báo <a@b.example>"'), 1, "sender", "is not an e-mail address"),
    "a list id": (rules("recipients:", "list_id: <x y>\nrecipients:"), 2, "list_id", "write it like diem-bao.example.org"),
    "a time of day": (rules("recipients:", "digest_at: 25:00\nrecipients:"), 2, "digest_at", "25:00 is not a time of day"),
    "an hour of one figure": (rules("recipients:", "digest_at: 6:30\nrecipients:"), 2, "digest_at", "6:30 is not a time of day"),
    "a time zone": (rules("recipients:", "timezone: Hanoi\nrecipients:"), 2, "timezone", "Hanoi is not a time zone"),
    "a path for a time zone": (rules("recipients:", "timezone: ../../etc/passwd\nrecipients:"), 2, "timezone", "is not a time zone"),
    "a folder for a time zone": (rules("recipients:", "timezone: Asia\nrecipients:"), 2, "timezone", "is not a time zone"),
    "half a word": (rules("recipients:", "quotation_words: 3.5\nrecipients:"), 2, "quotation_words", "a whole number is wanted"),
    "a deadline's unit": (rules("unit: hours", "unit: weeks"), 10, "deadlines[0].unit", "choose from hours, days, working_days"),
    "a deadline of nothing": (rules("amount: 24", "amount: 0"), 9, "deadlines[0].amount", "is not a number from 1 to 1000"),
    "a deadline without a law": (rules("    legal_basis: Điều 7\n", ""), 7, "deadlines[0].legal_basis", "this key is missing"),
    "a calendar day that is none": (calendar("day: 2027-02-29, kind: event, name: X"), 2, "calendar[0].day", "there is no such day"),
    "a calendar entry without a day": (calendar("kind: event, name: X"), 2, "calendar[0].day", "this key is missing"),
    "a time that ends before it starts": (calendar("day: 2026-02-02, until: 2026-02-01, kind: event, name: X"), 2, "calendar[0].until", "is before"),
    "a holiday twice": (calendar("day: 2026-02-02, kind: holiday, name: X", "day: 2026-02-02, kind: working_day, name: Y"), 3, "calendar[1].day", "this day stands already at line 2"),
    "another kind of day": (calendar("day: 2026-02-02, kind: feast, name: X"), 2, "calendar[0].kind", "choose from holiday, working_day, event"),
}  # fmt: skip

FILES = {
    "an open bracket": ({"sources.yaml": "sources: [\n  a,\n"}, 3, "", "this is not YAML"),
    "a tab": ({"sources.yaml": "sources:\n\t- a\n"}, 2, "", "this is not YAML"),
    "an open quote": ({"sources.yaml": 'sources:\n  - id: "a\n'}, 3, "", "this is not YAML"),
    "a control character": ({"sources.yaml": "sources:\n  - id: a\x07\n"}, 2, "", "this is not YAML (U+0007)"),
    "an alias": ({"sources.yaml": "a: &x [1]\nsources: *x\n"}, 1, "", "anchors and aliases"),
    "an alias to nothing": ({"sources.yaml": "sources: *x\n"}, 1, "", "anchors and aliases"),
    "a tag": ({"sources.yaml": "sources:\n  - !!python/object/apply:os.system [ls]\n"}, 2, "", "the tag"),
    "two documents": ({"sources.yaml": SOURCE + "---\na: 1\n"}, 11, "", "a second document"),
    "too deep": ({"sources.yaml": "sources:\n  " + "[" * 100_000}, 2, "", "nested too deeply"),
    "too deep in lines": ({"sources.yaml": "sources:\n" + "- " * 100_000 + "a\n"}, 2, "", "nested too deeply"),
    "a list for a key": ({"sources.yaml": "? [a, b]\n: c\n"}, 1, "", "a key must be a word"),
    "a list for a file": ({"sources.yaml": "- a\n"}, 1, "", "keys with values are wanted"),
    "a word for a file": ({"sources.yaml": "\nhello\n"}, 2, "", "keys with values are wanted"),
    "nothing in a file": ({"sources.yaml": "# nothing yet\n"}, 0, "", "keys with values are wanted"),
    "an empty file": ({"sources.yaml": b""}, 0, "", "keys with values are wanted"),
    "not UTF-8": ({"sources.yaml": "sources:\n  # tỉnh\n".encode() + "# được\n".encode("utf-16-le")}, 3, "", "is not UTF-8"),
    "zeros": ({"sources.yaml": b"a: 1\nb: \x00\n"}, 2, "", "this is not YAML"),
    "too long": ({"sources.yaml": b"# " + b"x" * 4_000_001}, 0, "", "longer than 4000000 bytes"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("files", "line", "key", "words"),
    [pytest.param(*case, id=name) for name, case in (ADDRESSES | ENTRIES | OTHERS | FILES).items()],
)
def test_a_fault_is_told_with_its_line_and_its_key(
    faults_of: Faults, files: dict[str, str | bytes], line: int, key: str, words: str
):
    faults = faults_of(files)
    told = [str(fault) for fault in faults]
    assert any(f.line == line and f.key.endswith(key) and words in str(f) for f in faults), told
    assert len(faults) == 1, told


@pytest.mark.parametrize(
    "text",
    [SOURCE, "\ufeff" + SOURCE, SOURCE.replace("\n", "\r\n"), "---\n" + SOURCE, SOURCE.replace("name: Báo Một", "name: 24")],
    ids=["plain", "with a byte order mark", "with Windows line ends", "with a document's beginning", "with a figure for a name"],
)  # fmt: skip
def test_what_editors_do_to_a_good_file_is_no_fault(faults_of: Faults, text: str):
    assert faults_of({"sources.yaml": text}) == ()


def test_a_code_that_looks_like_no_is_read_in_quotes(faults_of: Faults):
    assert faults_of(source("country: VN", 'country: "NO"')) == ()
