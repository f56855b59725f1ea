"""Make config/sources.yaml from the catalogue of sources: `python scripts/make_sources.py CATALOGUE.csv`.

Each outlet once, its feeds under it, what is known to be broken switched off with the reason. The same table
always makes the same file. What the office changes by hand afterwards is lost when this is run again.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

TARGET = Path(__file__).resolve().parents[1] / "config" / "sources.yaml"

# Labels of a host that say nothing about the outlet.
SUFFIXES = ("com.vn", "net.vn", "org.vn", "gov.vn", "com.kh", "gov.kh", "co.kr", "or.jp", "net.au", "com.cn",
            "org.la", "gov.la")  # fmt: skip

# Read first and shown first: the province's own press and portal, the national press that writes most of it.
PRIORITY = {
    "baogialai.com.vn", "gialai.gov.vn", "vnexpress.net", "tuoitre.vn", "thanhnien.vn", "nhandan.vn",
    "vietnamplus.vn", "bienphong.com.vn",
}  # fmt: skip

IDS = {"gialai.gov.vn": "gialai-gov", "vietnam.vn": "vietnam-vn", "vov.gov.vn": "vov-gov"}
NAMES = {"bbc.com": "BBC", "rfa.org": "RFA", "rfi.fr": "RFI", "dw.com": "DW", "scmp.com": "SCMP",
         "news.google.com": "Google News", "bing.com": "Bing News", "gdeltproject.org": "GDELT DOC 2.0",
         "theguardian.com": "The Guardian", "laodong.vn": "Lao Động"}  # fmt: skip

# Whole outlets that are switched off, and single addresses of outlets that stay on.
DISABLED_OUTLETS = {
    "laodong.vn": "answers with a JavaScript cookie challenge (seen 2026-07), which is not evaded",
    "hanoimoi.vn": "its feed was empty (seen 2026-05)",
    "voatiengviet.com": "output stopped in March 2025",
    "rfa.org": "production suspended on 31 October 2025",
    "vodenglish.news": "licence revoked in 2023, archive only",
    "irrawaddy.com": "refuses robots with 403, which is obeyed",
    "baobinhdinh.vn": "merged into the Gia Lai press agency in 2025",
    "baokontum.com.vn": "its province was merged into Quảng Ngãi on 1 July 2025",
    "baophuyen.vn": "its province was merged into Đắk Lắk on 1 July 2025",
}
DISABLED_FEEDS = {
    "https://vietnamnet.vn/thoi-su.rss": "no live RSS at the old address (seen 2026), this one unconfirmed",
    "https://baodautu.vn/rss": "reachable but empty (seen 2026)",
    "https://www.qdnd.vn/rss/cate/tin-tuc-moi-nhat.rss": "wants a session cookie first (seen 2026-07)",
}

PAUSES = {"news.google.com": 60.0, "api.gdeltproject.org": 6.0}  # seconds, by the host that is asked
USUAL_PAUSE = 5.0

LANGUAGES = {"multi": "mul", "jra/bdq": "jra", "km/en": "km", "lo/en/fr": "lo"}
SELECTORS = {"gialai.gov.vn": ".article-content"}  # named in the table among selectors of other things
DISCOVERY_HOSTS = ("news.google.com", "www.bing.com", "api.gdeltproject.org")
LISTS_OF_LINKS = ("https://baodantoc.vn/", "https://data.commoncrawl.org/")

# Outlets whose pages of links a spider of ours reads (crawler/spiders/sites): sections that the table names,
# else the front page, since no other address of theirs is known.
SECTIONS = ("https://gialai.gov.vn/tin-tuc/",)
FRONT_PAGES = {
    "baogialai.com.vn": "https://baogialai.com.vn/",
    "vietnamnet.vn": "https://vietnamnet.vn/",
    "qdnd.vn": "https://www.qdnd.vn/",
    "nongnghiepmoitruong.vn": "https://nongnghiepmoitruong.vn/",
    "tinhuygialai.org.vn": "https://tinhuygialai.org.vn/",
}
FRONT_PAGE_NOTE = "front page; its spider was written without seeing the live page"
SELECTOR = re.compile(r";?\s*\bbody (\.[\w-]+)(?: \(as listed by [^)]*\))?")

# ruff: noqa: E501 - the head of the file is prose for the office
HEAD = """\
# The outlets that are watched. Made by scripts/make_sources.py; the office may change it by hand.
#
# sources, one entry an outlet:
#   id             short, never changed: stored articles carry it
#   name, domain   as people know it; the host of its pages, in lower case
#   scope          domestic or foreign: for grouping the digest, never a score
#   country        two letters (ISO 3166-1), UN for the United Nations
#   language       of most of its pages (BCP 47): vi, en, km …, mul for many
#   kind           newspaper, agency, broadcaster, magazine, NGO, intergovernmental, government, aggregator, dataset, protocol
#   priority       true: looked at first
#   pause_seconds  between two requests to its host
#   daily_requests the most requests to its host in a day; left out: what the collector allows itself
#   body_selector  CSS of the article's body, where it is known
#   browser        true: its pages are built by scripts; needs the extra `browser` and Chromium, see docs/add-a-source.md
#   disabled       a reason in words switches the outlet off; nothing is thrown away
#   note           for people
#   feeds          addresses that list its articles; each stands once in this file
#     url
#     kind         feed (RSS, Atom, JSON Feed); sitemap (news or plain, also an index of them, .gz, or a list of
#                  addresses); listing (a front or section page, read by the outlet's own spider: without one
#                  `diembao doctor` complains); discovery (a search: leads, never evidence); none (a page or file
#                  that is not read yet)
#     disabled     a reason in words switches this address off
#     note
#
# No address was fetched when the catalogue was made: `diembao doctor` and the first days tell what answers.

"""


def main() -> None:
    """Read the table named on the command line and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("catalogue", type=Path)
    parser.add_argument("--output", type=Path, default=TARGET)
    arguments = parser.parse_args()
    with arguments.catalogue.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    outlets = make_outlets(rows)
    arguments.output.write_text(HEAD + render(outlets), encoding="utf-8")
    feeds = sum(len(outlet["feeds"]) for outlet in outlets)
    print(f"{arguments.output}: {len(outlets)} outlets with {feeds} addresses from {len(rows)} rows")


def make_outlets(rows: Iterable[dict[str, str]]) -> list[dict]:
    """Rows of the table -> outlets in the order of their first row."""
    by_domain: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_domain.setdefault(row["domain"].strip().lower(), []).append(row)
    outlets = [make_outlet(domain, group) for domain, group in by_domain.items()]
    ids = [outlet["id"] for outlet in outlets]
    doubles = sorted({name for name in ids if ids.count(name) > 1})
    if doubles:
        raise SystemExit(f"two outlets would be called {doubles}: name them apart in IDS")
    return outlets


def make_outlet(domain: str, rows: Sequence[dict[str, str]]) -> dict:
    """All rows of one host -> one outlet. Editions on one host are one outlet: the reader finds the language."""
    first = rows[0]
    feeds = [make_feed(row, first) for row in rows if row["feed_url"].strip()]
    if domain in FRONT_PAGES:
        feeds.append({"url": FRONT_PAGES[domain], "kind": "listing", "note": FRONT_PAGE_NOTE})
    outlet = {
        "id": IDS.get(domain, slug(domain)),
        "name": NAMES.get(domain, first["name"].strip()),
        "domain": domain,
        "scope": "foreign" if first["scope"] == "foreign" else "domestic",
        "country": first["country"],
        "language": LANGUAGES.get(first["language"], first["language"]),
        "kind": first["kind"],
        "priority": domain in PRIORITY,
        "pause_seconds": pause_of(feeds),
        "body_selector": selector_of(rows),
        "disabled": DISABLED_OUTLETS.get(domain, ""),
        "note": outlet_note(first, rows),
    }
    kept = {key: value for key, value in outlet.items() if value not in ("", False, USUAL_PAUSE)}
    return kept | {"feeds": feeds}


def slug(domain: str) -> str:
    """A host -> a short id: `en.vneconomy.vn` -> `en-vneconomy`."""
    host = domain.removeprefix("www.")
    ending = next((s for s in SUFFIXES if host.endswith("." + s)), host.rpartition(".")[2])
    return host.removesuffix("." + ending).replace(".", "-")


def make_feed(row: dict[str, str], first: dict[str, str]) -> dict:
    """A row with an address -> a feed; what its row says beyond the outlet's first row goes into its note."""
    url = row["feed_url"].strip()
    notes = ["" if url in DISABLED_FEEDS else own_note(row["notes"]), provenance(row["seen_in"])]
    if row["name"] != first["name"]:
        notes.insert(0, row["name"])
    if row["language"] != first["language"]:
        notes.insert(0, f"language {row['language']}")
    feed = {
        "url": url,
        "kind": feed_kind(url),
        "disabled": DISABLED_FEEDS.get(url, ""),
        "note": "; ".join(filter(None, notes)),
    }
    return {key: value for key, value in feed.items() if value and (key, value) != ("kind", "feed")}


def feed_kind(url: str) -> str:
    """How an address is read, by what it looks like."""
    host = url.split("/")[2]
    if host in DISCOVERY_HOSTS:
        return "discovery"
    if "sitemap" in url.rsplit("/", 1)[1]:
        return "sitemap"
    if url.startswith(SECTIONS):
        return "listing"
    return "none" if url.startswith(LISTS_OF_LINKS) else "feed"


def own_note(note: str) -> str:
    """The note without the selector, which has its own key, and without numbers of other people's indexes."""
    return re.sub(r" \(index id \d+\)", "", SELECTOR.sub("", note)).replace("untested", "").strip("; ")


def provenance(seen_in: str) -> str:
    """Where the address was seen, in neutral words."""
    if "query written" in seen_in:
        return "query written for this project"
    if "items fetched 2026-08" in seen_in:
        return "gave items in Aug 2026"
    if "verified 2026-09" in seen_in:
        return "in a public list checked Sep 2026"
    return "in a public list, not tested live"


def selector_of(rows: Sequence[dict[str, str]]) -> str:
    """The first body selector that a row of the outlet names."""
    found = (SELECTOR.search(row["notes"]) for row in rows)
    return next((match[1] for match in found if match), SELECTORS.get(rows[0]["domain"], ""))


def pause_of(feeds: Sequence[dict]) -> float:
    """The longest pause that one of the asked hosts wants, in seconds."""
    return max([PAUSES.get(feed["url"].split("/")[2], USUAL_PAUSE) for feed in feeds], default=USUAL_PAUSE)


def outlet_note(first: dict[str, str], rows: Sequence[dict[str, str]]) -> str:
    """What is said of the outlet and not of one address: local press, editions, rows without an address."""
    notes = ["local: of the province or of a neighbour"] if first["scope"] == "local" else []
    languages = list(dict.fromkeys(row["language"] for row in rows))
    if len(languages) > 1 or "/" in languages[0]:
        notes.append("languages: " + ", ".join(languages))
    bare = [row for row in rows if not row["feed_url"].strip()]
    notes += [
        ": ".join(filter(None, (row["name"] if row["name"] != first["name"] else "", own_note(row["notes"]))))
        for row in bare
    ]
    if len(bare) == len(rows) and first["domain"] not in FRONT_PAGES:
        notes.append("no feed address known")
    return "; ".join(dict.fromkeys(filter(None, notes)))


class Indented(yaml.SafeDumper):
    """Lists stand deeper than their key, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's own signature
        """Never indentless."""
        super().increase_indent(flow, indentless=False)


def render(outlets: Sequence[dict]) -> str:
    """Outlets -> YAML with an empty line between them."""
    lines = ["sources:"]
    for outlet in outlets:
        text = yaml.dump([outlet], Dumper=Indented, allow_unicode=True, sort_keys=False, width=10_000)
        lines.append("\n".join("  " + line if line else "" for line in text.splitlines()))
        lines.append("")
    return "\n".join(lines).rstrip("\n").replace("\n    feeds: []", "") + "\n"


if __name__ == "__main__":
    main()
