"""What the log stores in fixed English phrases -> words of the reader; an unknown phrase stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from config.faults import in_english
from desk.web.names import NAMES

Translator = Callable[[str], str]

_t = in_english
# a phrase as it is stored, and what people read; its groups are the names in the words
_SUBJECTS = (
    (r"user (?P<name>.+)", _t("Account of {name}")),
    (r"role (?P<role>\w+)", _t("Role: {role}")),
    (r"feed (?P<number>\d+)", _t("Feed {number}")),
    (r"matter (?P<number>\d+)", _t("Matter {number}")),
    (r"story (?P<id>\w+)", _t("Story {id}")),
    (r"database", _t("Database")),
)
_DETAILS = (
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
    return _say(stored, _SUBJECTS, t)


def say_detail(stored: str, t: Translator) -> str:
    """What else an entry says, in words."""
    return _say(stored, _DETAILS, t)


def _say(stored: str, table: tuple[tuple[str, str], ...], t: Translator) -> str:
    for pattern, words in table:
        if match := re.fullmatch(pattern, stored):
            values = match.groupdict()
            if "role" in values:
                values["role"] = t(NAMES.roles.get(values["role"], values["role"]))
            return t(words).format(**values)
    return stored
