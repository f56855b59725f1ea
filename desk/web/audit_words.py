"""What the log stores in fixed English phrases -> words of the reader; an unknown phrase stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from config.faults import in_english
from desk.web.names import NAMES

Translator = Callable[[str], str]

_t = in_english
_NO_TOPICS: Mapping[str, str] = MappingProxyType({})
# a phrase as it is stored, and what people read; its groups are the names in the words
_SUBJECTS = (
    (r"user (?P<name>.+)", _t("Account of {name}")),
    (r"role (?P<role>\w+)", _t("Role: {role}")),
    (r"feed (?P<number>\d+)", _t("Feed {number}")),
    (r"matter (?P<number>\d+)", _t("Matter {number}")),
    (r"story (?P<id>\w+)", _t("Story {id}")),
    (r"article (?P<number>\d+)", _t("Article {number}")),
    (r"database", _t("Database")),
)
_READ_AS = re.compile(r"(?P<value>\w+) \(read as: (?P<before>[^)]*)\): (?P<reason>(?s:.*))")
_DETAILS = (
    (f"(?:topic|relevance) is {_READ_AS.pattern}", _t("is: {value}; was read as: {before}; {reason}")),
    (
        f"(?:topic|relevance) is not {_READ_AS.pattern}",
        _t("is not: {value}; was read as: {before}; {reason}"),
    ),
    (r"role (?P<role>\w+)", _t("Role: {role}")),
    (r"by (?P<id>kho:\d+)", _t("Superseded by {id}")),
    (r"no longer superseded by (?P<id>kho:\d+)", _t("No longer superseded by {id}")),
    (
        r"(?P<name>.+); sha256 (?P<hash>[0-9a-f]{64}); (?P<count>\d+) passages",
        _t("{name}; {count} passages; SHA-256 {hash}"),
    ),
    (
        r"(?P<story>\w+) -> (?P<into>\w+); (?P<count>\d+) articles \((?P<ids>[\d, ]*)\): (?P<reason>(?s:.*))",
        _t("{story} → {into}; {count} articles ({ids}): {reason}"),
    ),
    (r"record (?P<number>\d+), (?P<hash>[0-9a-f]{64})", _t("Record {number}; hash {hash}")),
    (
        r"fetched; article (?P<number>\d+) version (?P<version>\d+)",
        _t("Fetched; article {number}, version {version}"),
    ),
)


def say_subject(stored: str, t: Translator) -> str:
    """What an act was about, in words."""
    return _say(stored, _SUBJECTS, t, {})


def say_detail(stored: str, t: Translator, topics: Mapping[str, str] = _NO_TOPICS) -> str:
    """What else an entry says, in words; `topics`: their names by id."""
    return _say(stored, _DETAILS, t, topics)


def _say(stored: str, table: tuple[tuple[str, str], ...], t: Translator, topics: Mapping[str, str]) -> str:
    for pattern, words in table:
        if match := re.fullmatch(pattern, stored):
            values = match.groupdict()
            for name in values.keys() & {"role", "value", "before"}:
                values[name] = ", ".join(_name(each, t, topics) for each in values[name].split(", "))
            return t(words).format(**values)
    return stored


def _name(code: str, t: Translator, topics: Mapping[str, str]) -> str:
    known = {**NAMES.roles, **NAMES.relevances, "nothing": _t("nothing")}
    return topics.get(code) or t(known.get(code, code))
