"""Rates every check on errors planted in real stories and documents (nlp.planted_measure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from nlp.check_rates import Rate
from nlp.planted import Planted
from nlp.planted_measure import Findings, Trial
from nlp.planted_pages_measure import Tried

# (part, kind of error) that each check is to find. What is planted is a sentence reprinted: sentences told in
# other words, which figures_disagree sets beside each other, were never planted in.
ASKED: Mapping[str, tuple[tuple[str, Planted], ...]] = {
    "library_figures": tuple(("document", kind) for kind in Planted),
    "figures_reprinted": (("story", Planted.FIGURE),),
    "place_date": (("story", Planted.DATE), ("story", Planted.PLACE)),
}


def rate_checks(
    findings: Findings, versions: Mapping[str, str], pages: Sequence[Tried] = ()
) -> dict[str, Rate]:
    """What planting gave, in sentences and in whole pages; each check's version -> its rate by its name."""
    raised = Counter(flag.check for _, _, flag in findings.flags)
    articles = findings.articles.total()
    return {
        name: Rate(version, *_count(name, findings.trials, pages), raised[name], articles)
        for name, version in versions.items()
    }


def _count(check: str, trials: Iterable[Trial], pages: Iterable[Tried]) -> tuple[int, int]:
    asked = [trial for trial in trials if (trial.part, trial.planting.kind) in ASKED.get(check, ())]
    found = [trial.found and check in trial.flagged for trial in asked]
    found += [page.found for page in pages if page.check == check]
    return len(found), sum(found)
