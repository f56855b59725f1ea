"""How times, numbers and fixed words look to a reader. Times are the office's, Vietnamese order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from alerts.edition import Bar, Clock, Figures, Header, Silence
from alerts.phrases import Translate
from alerts.spans import Span
from store.types import Verdict

VERDICTS = {
    Verdict.TRUE: "True",
    Verdict.TRUE_WE_CORRECT: "True: we must correct ourselves",
    Verdict.PARTLY: "Partly true",
    Verdict.FALSE: "False",
    Verdict.NOT_ENOUGH: "Not enough evidence",
    Verdict.NOT_CHECKABLE: "Not checkable",
}
CLOCK_UNITS = {
    "hours": "{count} hour(s)",
    "days": "{count} day(s)",
    "working_days": "{count} working day(s)",
}
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
COLUMNS = {
    Span.DAY: "mean of 7 days",
    Span.WEEK: "articles the week before",
    Span.MONTH: "articles the month before",
}
COMPARED = {
    Span.DAY: "Mean of the 7 days before: {mean} article(s) a day.",
    Span.WEEK: "The week before: {articles} article(s) in {stories} story(ies).",
    Span.MONTH: "The month before: {articles} article(s) in {stories} story(ies).",
}
NOT_KNOWN = {
    Span.DAY: "No mean of earlier days is known yet.",
    Span.WEEK: "The week before was not collected in full: nothing to compare with.",
    Span.MONTH: "The month before was not collected in full: nothing to compare with.",
}
CHARTS = {
    Span.DAY: "Stories a day, the last 7 whole days",
    Span.WEEK: "Stories a day",
    Span.MONTH: "Stories by week",
}
LANGUAGES = {
    "en": "in English",
    "fr": "in French",
    "zh": "in Chinese",
    "km": "in Khmer",
    "ko": "in Korean",
    "ja": "in Japanese",
    "lo": "in Lao",
    "th": "in Thai",
    "vi": "in Vietnamese",
    "vi-x-unaccented": "in Vietnamese without tone marks",
}


CHECKS = {  # as nlp.checks names them, which this room does not know
    "figures_disagree": "Outlets give different figures for the same thing",
    "library_figures": "A figure, day or place differs from the evidence library",
    "quotations": "A quotation differs from the original in the evidence library",
    "figures_reprinted": "The same sentence is printed with different figures",
    "answered": "The same claim was checked before and found wrong, wholly or in part",
    "headline": "The headline gives a figure or place that the article does not bear out",
    "place_date": "Outlets give different places or days for the same event",
    "old_event": "An old event told as new",
    "unnamed_source": "A grave accusation rests on one unnamed source",
    "edited": "The outlet changed a figure or place, or withdrew the article, after publication",
    "imitated": "The address resembles that of an outlet in the catalogue",
}


def say_check(check: str, t: Translate) -> str:
    """A check with its version, "library_figures 6", in words."""
    name, _, version = check.partition(" ")
    return t("Check: {name} (version {version})").format(name=t(CHECKS.get(name, name)), version=version)


def join_sentences(parts: Iterable[str]) -> str:
    """Sentences one behind the other; what ends without a full stop is parted by a semicolon."""
    said = ""
    for part in parts:
        said += ("" if not said else " " if said.endswith((".", "!", "?")) else "; ") + part
    return said


def make_clock(zone: ZoneInfo, pattern: str) -> Callable[[datetime], str]:
    """A zone and a strftime pattern -> a function from UTC times to texts."""
    return lambda moment: moment.astimezone(zone).strftime(pattern)


def make_dated(zone: ZoneInfo) -> Callable[[datetime], str]:
    """A zone -> a function from UTC times of what is cited to texts with the year.

    A library holds papers of many years, and of most of them the day alone is known: that is the midnight it
    begins with, and no hour is told.
    """

    def say(moment: datetime) -> str:
        local = moment.astimezone(zone)
        return local.strftime("%d/%m/%Y" if local.time() == time.min else "%H:%M %d/%m/%Y")

    return say


def say_number(value: float, language: str) -> str:
    """A number with at most one digit after the point, as the language writes it."""
    return format_decimal(value, "#,##0.#", locale=language.partition("-")[0])


def say_day(day: date) -> str:
    """22/11/2026, for readers of either language."""
    return day.strftime("%d/%m/%Y")


def say_named(header: Header, t: Translate) -> str:
    """What an edition is named after: 22/11/2026, week 16/11 – 22/11/2026, month 10/2026."""
    last = header.day - timedelta(days=1)
    if header.span is Span.WEEK:
        first = last - timedelta(days=6)
        return t("week {first} – {last}").format(first=first.strftime("%d/%m"), last=say_day(last))
    if header.span is Span.MONTH:
        return t("month {month}").format(month=last.strftime("%m/%Y"))
    return say_day(header.day)


def say_bar(bar: Bar, t: Translate) -> str:
    """The day of a bar with its weekday, or the days of a week: Mon 16/11, 16–22/11."""
    if bar.first == bar.last:
        return f"{t(WEEKDAYS[bar.first.weekday()])} {bar.first:%d/%m}"
    is_one_month = bar.first.month == bar.last.month
    return f"{bar.first:%d}–{bar.last:%d/%m}" if is_one_month else f"{bar.first:%d/%m}–{bar.last:%d/%m}"


def say_compared(figures: Figures, span: Span, t: Translate, language: str) -> str:
    """What the articles of the period are compared with, in a sentence."""
    if figures.mean is None:
        return t(NOT_KNOWN[span])
    mean = say_number(figures.mean, language)
    if span is Span.DAY:
        return t(COMPARED[span]).format(mean=mean)
    return t(COMPARED[span]).format(articles=mean, stories=figures.stories_before)


def say_date_line(place: str, day: date, t: Translate) -> str:
    """The place and date line: days below 10, months 1 and 2 with a nought (Decree 30/2020 Annex I)."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    line = t("{place}, {day}/{month}/{year}")
    return line.format(place=place, day=f"{day.day:02}", month=month, year=day.year)


def say_limit(clock: Clock, t: Translate) -> str:
    """A limit of law: "24 hour(s)"."""
    return t(CLOCK_UNITS.get(clock.unit, "{count} day(s)")).format(count=clock.amount)


def say_silence(silence: Silence, t: Translate) -> str:
    """Which priority sources gave nothing new, or that all did; some priority source is in use."""
    if not silence.outlets:
        return t("Every priority source gave a new article in the last 24 hours.")
    names = ", ".join(silence.outlets)
    if silence.more:
        names = t("{names} and {count} other source(s)").format(names=names, count=silence.more)
    return t("No new article in the last 24 hours (priority sources): {names}.").format(names=names)


def say_language(code: str, t: Translate) -> str:
    """The original language of an article, in words."""
    return t(LANGUAGES.get(code, "in another language"))
