"""What is known of a check's trustworthiness, and what somebody can do next with its flag. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from nlp.check_rates import Rate
from store.types import Flag, Review, Stance, Verdict

Words = Callable[[str], str]
_BOTH = "Open both articles, and look for the document that they report from."
# the first thing to do, by the check's name
FIRST: Mapping[str, str] = {
    "library_figures": (
        "Open the document at the place named, read it all: is it the same unit, place and time?"
    ),
    "figures_disagree": _BOTH,
    "figures_reprinted": _BOTH,
    "place_date": _BOTH,
    "quotations": "Read the original around the quotation: was the meaning changed, or only the words?",
    "answered": "Read the earlier answer and its reason: does it hold for this sentence too?",
    "headline": "Read the whole article: the headline's figure or place may stand in a picture or a caption.",
    "old_event": "Compare the days of both articles, and ask whether the event happened again.",
    "unnamed_source": "Ask the unit concerned what it knows; that a source is unnamed makes nothing false.",
    "edited": "Open both versions side by side and note which words changed.",
    "imitated": "Compare the address letter by letter with the outlet's; follow no link on that page.",
}


def tell_rate(flag: Flag, rates: Mapping[str, Rate], t: Words) -> Iterator[str]:
    """A flag and what was measured of the checks -> sentences on how far its check is to be trusted."""
    rate = rates.get(flag.check)
    if rate is None:
        yield t("How often this check is right has not been measured.")
        return
    if rate.precision is not None:
        words = t(
            "In a trial with planted errors, {percent} of 100 of its flags stood on one;"
            " it found {found} of {tried}."
        )
        yield words.format(percent=round(100 * rate.precision), tried=rate.tried, found=rate.found)
    else:
        yield t("No errors of its kind were planted in the trial, so it has no share of right flags.")
    none = t("On {articles} articles left as they were it raised no flag.")
    some = t(
        "On {articles} articles left as they were it raised {raised} flags; some may be true differences."
    )
    yield (some if rate.raised else none).format(articles=rate.articles, raised=rate.raised)
    if rate.version != flag.check_version:
        yield t("That was measured with another version of the check ({version}).").format(
            version=rate.version
        )


def tell_next(
    flag: Flag, reviews: Sequence[Review], t: Words, *, is_withdrawn: bool = False
) -> Iterator[str]:
    """A flag and the verdicts on it, newest first -> what to do next, in order."""
    if is_withdrawn:
        yield t("Nothing has to be done: the flag was withdrawn.")
        return
    if reviews:
        yield t("{reviewer} has judged. Who sees it otherwise sets a new verdict, with a reason.").format(
            reviewer=reviews[0].reviewer
        )
        if reviews[0].verdict is Verdict.TRUE_WE_CORRECT:
            yield t("Follow the correction among the matters to correct.")
        return
    yield t(FIRST.get(flag.check, _BOTH))
    if not any(e.stance is not Stance.CONTEXT and e.document.startswith("kho:") for e in flag.evidence):
        yield t("If a document settles it, add it: diembao evidence add FILE.")
    yield t(
        "Open the story at the desk and set a verdict with reason and evidence; “Not enough evidence” is one."
    )
    yield t(
        "If the office was wrong, choose “True: we must correct ourselves”: a matter is opened for a unit."
    )
