"""An old event told as new: nearly the text of an article published long before, and no word that it is old.

1. Set an article beside the older one that it nearly copies. 2. Leave out texts that say so themselves, and
those whose days or figures differ: that is the next bulletin in the words of the last. 3. Cite the older one.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from nlp.checks.case import Case, OlderArticle
from nlp.checks.citing import claim_at, find_first_sentence
from nlp.patterns import whole_words
from store.types import Evidence, Flag, ReadArticle, Stance

NAME, VERSION = "old_event", "1"
OLDER_THAN = timedelta(days=30)
LEAST_LIKENESS = 0.75  # of the shorter text's runs of three syllables
LEAST_TEXT = 300  # characters; a shorter text is a formula
_MOST_NEW_FIGURES = 0.2  # share of a text's figures that the older one does not have
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_SAYS_SO = whole_words(
    "cách đây|năm ngoái|năm trước|tháng trước|hồi đầu năm|nhiều năm trước|trước đây|đã đăng|đăng lại|"
    "bài đăng ngày|tư liệu|nhìn lại|hồi tưởng|kỷ niệm|nhân dịp|ngày này năm xưa|years ago|months ago|"
    "last year|last month|first published|originally published|republished|from the archive|anniversary|"
    "looking back",
    also_unaccented=False,
)
_FIGURE = re.compile(r"\d+(?:[.,/-]\d+)*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<![\d/.,-])(\d{1,2})(?:[/.-]|\s+tháng\s+)(\d{1,2})(?![\d%])")
_FRESH = whole_words(
    "hôm nay|sáng nay|chiều nay|tối nay|hôm qua|vừa xảy ra|vừa qua|mới đây|today|yesterday|this morning",
    also_unaccented=False,
)


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> a flag for each article that tells an older one again as new; copies count once."""
    items = {m.item.number: m.item for m in case.story.members if not m.copy_of}
    flags: dict[int, Flag] = {}
    for older in sorted(case.older, key=lambda o: (o.published, o.number)):
        item = items.get(older.article)
        if item is not None and item.number not in flags and _is_told_as_new(item, older):
            flag = _flag_from(case, item, older)
            if flag is not None:
                flags[item.number] = flag
    return tuple(flags.values())


def _is_told_as_new(item: ReadArticle, older: OlderArticle) -> bool:
    article = item.article
    if article.published is None or len(article.text) < LEAST_TEXT or older.likeness < LEAST_LIKENESS:
        return False
    if article.published.at - older.published < OLDER_THAN:
        return False
    told = f"{article.title}\n{article.text}"
    return not (_says_so(told, article.published.at) or _has_other_figures(told, older))


def _says_so(told: str, published: datetime) -> bool:
    """Whether a text names its age: in words, by an earlier year, or by a day long before its own."""
    if _SAYS_SO.search(told):
        return True
    on = published.astimezone(_HERE).date()
    if any(int(year) < on.year for year in _YEAR.findall(told)):
        return True
    days = [_days_before(on, int(day), int(month)) for day, month in _DAY.findall(told)]
    return bool(days) and min(days) > OLDER_THAN.days / 2


def _days_before(on: date, day: int, month: int) -> int:
    """How many days a day and month lie before a date; 0 where it is no day, or lies after it."""
    for year in (on.year, on.year - 1):
        try:
            said = date(year, month, day)
        except ValueError:
            return 0
        if said <= on + timedelta(days=60):
            return max(0, (on - said).days)
    return 0


def _has_other_figures(told: str, older: OlderArticle) -> bool:
    """Whether the figures and days are others: a bulletin like the last, of a new event."""
    figures = set(_FIGURE.findall(told))
    known = set(_FIGURE.findall(f"{older.title}\n{older.text}"))
    return len(figures - known) > _MOST_NEW_FIGURES * max(1, len(figures))


def _flag_from(case: Case, item: ReadArticle, older: OlderArticle) -> Flag | None:
    mine, theirs = find_first_sentence(item.article.text), find_first_sentence(older.text)
    if mine is None or theirs is None:
        return None
    day = older.published.astimezone(_HERE).strftime("%d/%m/%Y")
    evidence = Evidence(
        text=older.text[theirs.start : theirs.end],
        start=theirs.start,
        end=theirs.end,
        document=older.url,
        document_title=older.title,
        publisher=older.publisher,
        published=older.published,
        stance=Stance.CONTEXT,
        why=f"đã đăng ngày {day}, giống {older.likeness:.0%} bài này",
        article=older.number,
        version=older.version,
    )
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim_at(item, mine),
        article=item.number,
        version=item.version,
        story=case.story.id,
        evidence=(evidence,),
        strength=round(
            min(1.0, 0.3 + 0.5 * older.likeness + 0.2 * bool(_FRESH.search(item.article.text))), 2
        ),
        because=(f"Bài gần như trùng một bài đăng ngày {day} và không nói đó là chuyện cũ.",),
        missing=("Ngày xảy ra sự việc.",),
    )
