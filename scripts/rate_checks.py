"""Measures every check on errors planted in half A: `python scripts/rate_checks.py ../shared/data`.

Writes nlp/rates_checks.json, which `diembao explain` tells from.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

from config.load import load
from nlp.checks import CHECKS
from nlp.measure_checks import rate_checks
from nlp.planted_measure import find
from nlp.planted_pages_measure import try_pages

PAGES = 150  # single articles and stories whose pages are made wrong: two minutes
RATES = Path(__file__).resolve().parent.parent / "nlp" / "rates_checks.json"


def main() -> None:
    """Measure and write."""
    office = load(None)
    folder = Path(sys.argv[1])
    findings = find(
        folder, gazetteer=office.gazetteer, topics=office.topics, sources=office.sources, parts=("A",)
    )["A"]
    pages = try_pages(
        folder, gazetteer=office.gazetteer, topics=office.topics, sources=office.sources, most=PAGES
    )
    rates = rate_checks(findings, {check.name: check.version for check in CHECKS}, pages)
    made = {"half": "A", "checks": {name: asdict(rate) for name, rate in rates.items()}}
    RATES.write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
