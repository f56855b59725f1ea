"""dates: days and spans that a text names: absolute, relative to its publication, lunar."""

from nlp.dates.finding import find_dates
from nlp.dates.mention import DateKind, DateMention

__all__ = ["DateKind", "DateMention", "find_dates"]
