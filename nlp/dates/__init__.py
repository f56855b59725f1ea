"""dates: days and spans that a text names: absolute, relative to its publication, lunar."""

from nlp.dates.finding import find_dates
from nlp.dates.lunar import LunarDay, find_lunar_days
from nlp.dates.mention import DateKind, DateMention

__all__ = ["DateKind", "DateMention", "LunarDay", "find_dates", "find_lunar_days"]
