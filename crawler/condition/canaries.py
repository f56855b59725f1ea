"""Whether a source's pages still read as they did: refusals, dates, lengths, languages. Pure.

A redesign that breaks extraction answers 200 to everything; only what came out of the pages tells.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from statistics import median

from crawler import words
from crawler.wire.answers import BLOCKED
from store.health import PageCount, Sample, SourceFacts

ENOUGH = 8  # articles or pages, now and before; fewer tell nothing
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_CHANCE = 1e-4  # a share that chance gives more rarely than this has changed
_RISE = 0.3  # and it must have risen by so much
_RISE_STILL = 0.15  # once it was told, until it is told to be over
_MOST = 200  # pages in one test: of more, the share counts
_SIGMAS = 5.0
_OLD = 48.0  # hours
_SAME = 0.6  # share of texts of one and the same length: a notice instead of articles

Test = Callable[[Sequence[Sample], Sequence[Sample], float], str]


def find_blocked(facts: SourceFacts) -> str:
    """Say that the outlet refuses most pages though its feeds answer; "" when it does not."""
    pages = _latest(facts)
    total = _total(pages)
    refused = [page for page in pages if page.status in BLOCKED]
    count = _total(refused)
    if total < ENOUGH or count < total / 2:
        return ""
    code = max(refused, key=lambda page: page.count).status
    return words.PAGES_REFUSED.format(count=count, total=total, code=code)


def find_change(facts: SourceFacts, *, now: datetime, told_at: datetime | None) -> str:
    """Say what changed in a source's pages, in words; "" when they read as they did.

    Args:
        facts: of the source.
        now: the time of judging (aware).
        told_at: since when the source counts as changed; None when it does not. The past is then what was
            before, and a smaller difference is enough, so that the condition does not flicker.

    """
    rise = _RISE_STILL if told_at else _RISE
    recent, usual = _split(facts, now)
    if told_at is not None:
        older = [sample for sample in usual if sample.saved_at < told_at - _DAY]
        usual = older if len(older) >= ENOUGH else usual
    found = [_find_refusals(facts, rise)]
    if len(recent) >= ENOUGH and len(usual) >= ENOUGH:
        found += [test(recent, usual, rise) for test in _TESTS]
    return next(filter(None, found), "")


def _split(facts: SourceFacts, now: datetime) -> tuple[list[Sample], list[Sample]]:
    """The newest day, of slow sources the newest few of a week; and all before."""
    count = max(ENOUGH, sum(sample.saved_at > now - _DAY for sample in facts.newest))
    recent = [sample for sample in facts.newest[-count:] if sample.saved_at > now - _WEEK]
    return recent, [*facts.usual, *facts.newest[: len(facts.newest) - len(recent)]]


def _latest(facts: SourceFacts) -> tuple[PageCount, ...]:
    return facts.pages_day if _total(facts.pages_day) >= ENOUGH else facts.pages_week


def _total(pages: Iterable[PageCount]) -> int:
    return sum(page.count for page in pages)


def _refused(pages: Iterable[PageCount]) -> list[PageCount]:
    return [page for page in pages if page.reason and page.status not in BLOCKED]


def _find_refusals(facts: SourceFacts, rise: float) -> str:
    """More pages than usual give no article."""
    latest, month = _latest(facts), facts.pages
    now, total = _total(_refused(latest)), _total(latest)
    before, all_before = _total(_refused(month)) - now, _total(month) - total
    if min(total, all_before) < ENOUGH or not _has_risen(now, total, before, all_before, rise):
        return ""
    reasons: Counter[str] = Counter()
    for page in _refused(latest):
        reasons[page.reason] += page.count
    return words.PAGES_EMPTY.format(count=now, total=total, why=reasons.most_common(1)[0][0])


def _has_risen(now: int, total: int, before: int, all_before: int, rise: float) -> bool:
    """Whether a share is higher than before by more than chance (binomial, one-sided)."""
    usual = (before + 0.5) / (all_before + 1)
    if now / total - usual < rise:
        return False
    size = min(total, _MOST)
    return _tail(round(now * size / total), size, usual) < _CHANCE


def _tail(least: int, size: int, share: float) -> float:
    """The chance of `least` or more in `size` tries."""
    return sum(math.comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(least, size + 1))


def _share_test(is_odd: Callable[[Sample], bool], template: str) -> Test:
    def test(recent: Sequence[Sample], usual: Sequence[Sample], rise: float) -> str:
        now, before = sum(map(is_odd, recent)), sum(map(is_odd, usual))
        if not _has_risen(now, len(recent), before, len(usual), rise):
            return ""
        percent = round(100 * before / len(usual))
        return template.format(count=now, total=len(recent), percent=percent)

    return test


def _test_language(recent: Sequence[Sample], usual: Sequence[Sample], rise: float) -> str:
    """Another language than ever before; a source of several has a share for each."""
    known = {sample.language for sample in usual}
    new = Counter(sample.language for sample in recent if sample.language not in known)
    if not new or not _has_risen(new.total(), len(recent), 0, len(usual), rise):
        return ""
    return words.OTHER_LANGUAGE.format(
        count=new.total(), total=len(recent), language=new.most_common(1)[0][0] or "?"
    )


def _test_length(recent: Sequence[Sample], usual: Sequence[Sample], rise: float) -> str:
    """The median text is half or double of what it was, far beyond the scatter of single texts (MAD)."""
    now, before = _logs(recent), _logs(usual)
    middle = median(before)
    scatter = 1.4826 * median(abs(value - middle) for value in before)
    sure = _SIGMAS * 1.2533 * scatter / math.sqrt(len(now))  # of a median, for normal scatter
    least = math.log(2) * (1 if rise == _RISE else 0.6)
    if abs(median(now) - middle) <= max(least, sure):
        return ""
    return words.OTHER_LENGTH.format(now=round(math.exp(median(now))), usual=round(math.exp(middle)))


def _logs(samples: Iterable[Sample]) -> list[float]:
    return [math.log(max(sample.length, 1)) for sample in samples]


def _test_sameness(recent: Sequence[Sample], usual: Sequence[Sample], rise: float) -> str:
    """One text on every page: a consent notice, a wall."""
    length, count = _commonest(recent)
    share, before = count / len(recent), _commonest(usual)[1] / len(usual)
    if share < _SAME or share - before < rise:
        return ""
    return words.SAME_LENGTH.format(count=count, total=len(recent), length=length)


def _commonest(samples: Iterable[Sample]) -> tuple[int, int]:
    return Counter(sample.length for sample in samples).most_common(1)[0]


def _test_lag(recent: Sequence[Sample], usual: Sequence[Sample], rise: float) -> str:  # noqa: ARG001  one shape for all tests
    """Dates lie far back: another date of the page is taken for the publication's."""
    now, before = sorted(_lags(recent)), sorted(_lags(usual))
    if min(len(now), len(before)) < ENOUGH:
        return ""
    common = before[len(before) * 9 // 10]
    if median(now) <= max(_OLD, 3 * common):
        return ""
    return words.OLD_DATES.format(days=round(median(now) / 24))


def _lags(samples: Iterable[Sample]) -> Iterator[float]:
    return (sample.lag for sample in samples if sample.lag is not None)


_TESTS: tuple[Test, ...] = (
    _share_test(lambda sample: sample.summary_only, words.ONLY_SUMMARIES),
    _share_test(lambda sample: sample.lag is None, words.WITHOUT_DATE),
    _test_sameness,
    _test_length,
    _test_lag,
    _test_language,
)
