"""Checks that several files share: ids once, references that lead somewhere, dates in order, addresses."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from config.addresses import address_key, is_email, is_host, is_web_address
from config.entries import Entry
from config.faults import in_english as _t

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def read_id(entry: Entry, seen: dict[str, int]) -> str:
    """The entry's `id`: letters, digits, dots and dashes, and no other entry's. Remembers it in `seen`."""
    name = entry.text("id")
    if name and not _ID.fullmatch(name):
        entry.fault("id", _t("{found} is not a short name"), _t("use letters, digits and dashes"), found=name)
    if name in seen:
        entry.fault(
            "id", _t("the same id stands already at line {line}"), _t("choose another"), line=str(seen[name])
        )
    seen.setdefault(name, entry.line_of("id"))
    return name


def read_url(entry: Entry, seen: dict[str, int]) -> str:
    """The entry's `url`: http or https, and no other entry's however it is spelt. Remembers it in `seen`."""
    url = entry.text("url")
    if not url:
        return ""
    if not is_web_address(url):
        entry.fault(
            "url",
            _t("{found} is not a web address"),
            _t("write it whole, from http:// or https:// on, without blanks or letters with marks"),
            found=url,
        )
        return ""
    key = address_key(url)
    if key in seen:
        entry.fault(
            "url", _t("the same address stands already at line {line}"), _t("remove one"), line=str(seen[key])
        )
    seen.setdefault(key, entry.line_of("url"))
    return url


def read_domain(entry: Entry, seen: dict[str, int]) -> str:
    """The entry's `domain`: a host in lower case, and no other outlet's."""
    domain = entry.text("domain")
    if domain and not is_host(domain):
        entry.fault(
            "domain",
            _t("{found} is not a host"),
            _t("write it like baogialai.com.vn, in lower case"),
            found=domain,
        )
    if domain in seen:
        entry.fault(
            "domain",
            _t("the same outlet stands already at line {line}"),
            _t("put its feeds under one entry"),
            line=str(seen[domain]),
        )
    seen.setdefault(domain, entry.line_of("domain"))
    return domain


def read_email(entry: Entry, key: str, default: str | None = None) -> str:
    """One e-mail address that can stand in a header."""
    address = entry.text(key, default)
    if address and not is_email(address):
        entry.fault(
            key,
            _t("{found} is not an e-mail address"),
            _t("write one address such as name@example.org"),
            found=address,
        )
    return address


def read_period(
    entry: Entry, first: str = "valid_from", last: str = "valid_to"
) -> tuple[date | None, date | None]:
    """Two days in their order, each None where it is not written."""
    start, end = entry.day(first), entry.day(last)
    if start and end and end < start:
        entry.fault(
            last,
            _t("{last} is before {first}"),
            _t("exchange them, or mend one"),
            first=f"{first} {start}",
            last=f"{last} {end}",
        )
    return start, end


def read_references(entry: Entry, key: str, known: Collection[str] | None, *, what: str) -> tuple[str, ...]:
    """A list of ids of another list; `known` is None where that list could not be read, and so says nothing.

    `what` is the file where such ids are defined.
    """
    for word in entry.words(key):
        if known is not None and word.text not in known:
            entry.page.note(
                word.line, word.path, _t("{found} is not defined in {file}"), _t("mend it, or add it there"),
                found=word.text, file=what,
            )  # fmt: skip
    return entry.texts(key)


def check_reference(entry: Entry, key: str, value: str, known: Collection[str] | None, *, what: str) -> None:
    """The same for a single id; an empty one refers to nothing."""
    if value and known is not None and value not in known:
        entry.fault(
            key,
            _t("{found} is not defined in {file}"),
            _t("mend it, or add it there"),
            found=value,
            file=what,
        )
