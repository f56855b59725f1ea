"""The one check that looks at addresses; names of outlets, by-lines and countries change nothing here."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.checks.case import Outlet
from nlp.checks.hosts_shown import show_host
from nlp.checks.imitated import find_flags, find_likeness
from store.types import Stance

OUTLETS = (
    Outlet("nuirung.vn", "Núi Rừng"),
    Outlet("songba.example.com", "Sông Ba"),
    Outlet("chiengbien.net", "Chiêng Biển"),
    Outlet("vtq.vn", "VTQ"),
)
KNOWN = {outlet.domain: outlet for outlet in OUTLETS}


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("nuirung.vn.tin-hot.com", "nuirung.vn"),
        ("nuirung-vn.com", "nuirung.vn"),
        ("nulrung.vn", "nuirung.vn"),
        ("nuirung.com", "nuirung.vn"),
        ("chiengbien.top", "chiengbien.net"),
        ("chiengbein.net", "chiengbien.net"),
        ("chiengbienn.net", "chiengbien.net"),
        ("chiengben.net", "chiengbien.net"),
        ("tin-chiengbien.net", "chiengbien.net"),
        ("chiеngbien.net", "chiengbien.net"),
        ("xn--chingbien-i0h.net", "chiengbien.net"),
        ("nuirunq.vn", "nuirung.vn"),
        ("xn--nuirng-lya.vn", "nuirung.vn"),
        ("xn--nuirung-z06c.vn", "nuirung.vn"),
        ("v\u200btq.vn", "vtq.vn"),
    ],
    ids=[
        "in front of another domain",
        "with a hyphen for the dot",
        "l for i",
        "another suffix",
        "a cheap suffix",
        "two letters exchanged",
        "a letter too many",
        "a letter too few",
        "a word added",
        "a Cyrillic letter",
        "a Cyrillic letter in punycode",
        "q for g",
        "a letter with a mark in punycode",
        "a mark of direction in punycode",
        "a mark of no width in a short name",
    ],
)
def test_an_address_that_resembles_an_outlets_is_found(host: str, domain: str):
    found = find_likeness(host, KNOWN)
    assert found is not None
    assert found[0].domain == domain
    assert found[1]


@pytest.mark.parametrize(
    "host",
    [
        "nuirung.vn",
        "www.nuirung.vn",
        "thethao.nuirung.vn",
        "nuirung.com.vn",
        "chiengbien.de",
        "vtv.vn",
        "vtq.com",
        "tinmoi.vn",
        "127.0.1.2",
        "[::1]",
        "localhost",
        "",
        "." * 300,
        "a." * 200 + "vn",
        "xn--\ud800.vn",
        "xn--99999999999.vn",
    ],
)
def test_an_outlets_own_address_another_name_and_what_is_no_name_are_not(host: str):
    assert find_likeness(host, KNOWN) is None


def test_two_outlets_of_the_catalogue_do_not_imitate_each_other():
    both = {**KNOWN, "nuirunq.vn": Outlet("nuirunq.vn", "Khác")}
    assert find_likeness("nuirunq.vn", both) is None


def test_the_headline_is_cited_with_both_addresses_and_nothing_is_said_of_its_truth(make: Any):
    item = make.item(1, "Trời mưa.", "Mưa ở Ia Dom", url="https://nuirung.vn.tin-hot.com/a?b=1")
    case = make.case(item, outlets=OUTLETS)
    (flag,) = find_flags(case)
    assert (flag.claim.text, flag.claim.field, flag.strength) == ("Mưa ở Ia Dom", "title", 0.5)
    assert [(e.text, e.stance) for e in flag.evidence] == [
        ("nuirung.vn.tin-hot.com", Stance.CONTEXT),
        ("nuirung.vn", Stance.CONTEXT),
    ]
    assert all(e.document[e.start : e.end] == e.text for e in flag.evidence)
    assert make.is_exact(flag, case)


@pytest.mark.parametrize(
    ("host", "shown", "code", "letter"),
    [
        ("xn--chingbien-i0h.net", "chiеngbien.net", "xn--chingbien-i0h.net", "“е” (U+0435)"),
        ("chiеngbien.net", "chiеngbien.net", "xn--chingbien-i0h.net", "“е” (U+0435)"),
        ("xn--nuirng-lya.vn", "nuirùng.vn", "xn--nuirng-lya.vn", "“ù” (U+00F9)"),
    ],
    ids=["a Cyrillic letter in punycode", "the same as it is seen", "a letter with a mark"],
)
def test_an_address_in_other_letters_is_told_as_seen_as_written_and_beside_the_true_one(
    make: Any, host: str, shown: str, code: str, letter: str
):
    case = make.case(make.item(1, "Mưa.", "Mưa", url=f"https://{host}/1"), outlets=OUTLETS)
    (flag,) = find_flags(case)
    first, second = flag.because
    assert f"“{shown}”" in first
    assert all(part in second for part in (f"“{shown}”", f"“{code}”", letter, f"“{flag.evidence[1].text}”"))


def test_an_address_in_plain_letters_is_told_once(make: Any):
    (flag,) = find_flags(make.case(make.item(1, "Mưa.", "Mưa", url="https://nulrung.vn/1"), outlets=OUTLETS))
    assert len(flag.because) == 1


@pytest.mark.parametrize(
    ("host", "letters", "hidden"),
    [
        ("nui\u200frung.vn", "nuirung.vn", ("U+200F",)),
        ("nui\u202egnur.vn", "nuignur.vn", ("U+202E",)),
        ("nuirung\u200b.vn", "nuirung.vn", ("U+200B",)),
        ("xn--nuirung-z06c.vn", "nuirung.vn", ("U+200F",)),
        ("nuirung.vn", "nuirung.vn", ()),
    ],
    ids=["a mark", "an override", "zero width", "a mark in punycode", "none"],
)
def test_marks_that_nobody_sees_are_named_and_never_passed_on(
    host: str, letters: str, hidden: tuple[str, ...]
):
    found = show_host(host)
    assert (found.letters, found.hidden) == (letters, hidden)
    assert found.is_plain is not bool(hidden)
    assert found.code.isascii()


def test_letters_that_run_from_right_to_left_are_held_apart():
    found = show_host("שלום.vn")
    assert (found.letters[0], found.letters[-1]) == ("\u2068", "\u2069")
    assert found.code == "xn--9dbne9b.vn"


@given(st.text(max_size=60))
def test_any_host_is_shown_without_marks_and_in_ascii(host: str):
    found = show_host(host)
    assert found.code.isascii()
    assert not any(unicodedata.category(char) in {"Cc", "Cs"} for char in found.letters)


def test_names_bylines_and_scopes_change_nothing(make: Any):
    case = make.case(make.item(1, "Mưa.", "Mưa", url="https://nulrung.vn/1"), outlets=OUTLETS)
    said = [(f.strength, f.because) for f in find_flags(case)]
    assert said
    assert [(f.strength, f.because) for f in find_flags(make.swapped(case))] == said


def test_without_a_catalogue_or_a_headline_nothing_is_said(make: Any):
    item = make.item(1, "Mưa.", "Mưa", url="https://nulrung.vn/1")
    assert find_flags(make.case(item)) == ()
    bare = replace(item, article=replace(item.article, title=""))
    assert find_flags(make.case(bare, outlets=OUTLETS)) == ()


@pytest.mark.parametrize("url", ["http://[", "not an address", "https://İ.vn/", "https://nulrung.vn:99999/"])
def test_what_is_no_address_raises_nothing(make: Any, url: str):
    assert len(find_flags(make.case(make.item(1, "Mưa.", "Mưa", url=url), outlets=OUTLETS))) <= 1
