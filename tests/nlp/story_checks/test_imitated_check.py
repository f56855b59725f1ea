"""The one check that looks at addresses; names of outlets, by-lines and countries change nothing here."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from nlp.checks.case import Outlet
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
