"""What a story's articles state in figures: one statement for a sentence, however many carry it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from nlp.checks.figure_sentences import find_figure_claims, is_heading
from nlp.checks.periods import find_periods
from nlp.dates import DateKind, DateMention, find_dates
from nlp.loaded import blank
from nlp.patterns import alternatives, whole_words
from nlp.quantities import do_disagree
from nlp.quantities.vocabulary import STOP
from nlp.text import fold
from store.types import Claim, MentionKind, PlaceMention, Quantity, ReadArticle, Story, StoryMember

_WORD = re.compile(r"[^\W\d_]+")
_NAME = r"[A-ZĐÀ-ỸƠƯĂÂÊÔ][\w']*(?: [A-ZĐÀ-ỸƠƯĂÂÊÔ][\w']*){0,3}"
_YEAR = re.compile(r"(?:năm|nam|in|since|of|[/-])\s?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
_UPDATE = whole_words(
    "đến nay|cập nhật|tới nay|tăng lên|đã lên|số liệu mới nhất|theo số liệu mới|đính chính|so far|updated|"
    "has risen|rose to|rises to|latest figures|corrected"
)
# The hour of a count. Within half a day two counts are set side by side all the same: that is when they
# matter.
_AS_OF = whole_words("tính đến|tới thời điểm|đến thời điểm|as of")
# "trong đó có 3 người", "mỗi hộ 5 triệu", "thêm 2 người": a part or an addition, not the whole
_PART = whole_words(
    "trong đó|riêng|mỗi|thêm|phiên bản|gói thầu|hạng mục|gồm|bao gồm|trung bình|bình quân|lần lượt|trong số|"
    "trong danh sách|including|each|another|of whom|of which|per|average|among them|extra|more than half"
)
_PART_REACH = 28  # characters before the figure in which such a word makes it a part
# A rate anywhere before the figure in its clause, or right after it: "trung bình mỗi tháng … 100 tấn"
_RATE = whole_words("mỗi|hằng|hàng năm|hàng tháng|hàng ngày|trung bình|bình quân|per|every|each|average")
# Only with their marks: "do" (by) is no "đó" (those), "nay" (now) is no "này" (these)
_AFTER = ("này", "đó", "nói trên", "còn lại", "these", "those", "remaining")
_AFTER_PART = re.compile(rf"(?<!\w)(?:{alternatives(_AFTER, also_unaccented=False)})(?!\w)", re.IGNORECASE)
_AFTER_REACH = 24  # characters after the figure
# The far end of "từ 0m đến 1.000m": the first figure has a unit too, so the two were not read as one
_RANGE_END = re.compile(r"\d\s?(?:[^\W\d_]{1,3}[²³]?|%)?\s*(?:đến|tới|to|[-–])\s*$", re.IGNORECASE)
# What is meant to be and what is are both true
_PLANNED = re.compile(
    r"(?<!\w)(?:dự kiến|mục tiêu|chỉ tiêu|phấn đấu|hướng tới|kế hoạch|dự toán|quy hoạch|đề xuất|"
    r"nâng(?! tổng| số)|mở rộng|expected|planned|aims|target)(?!\w)",
    re.IGNORECASE,
)
# "2 đối tượng Lò Văn A (30 tuổi) và …": those who are then named one by one are some of all
_NAMED_ONE_BY_ONE = re.compile(
    r"\s*(?:là|gồm|:)?\s*(?!Trường|Đại|Học|Công|Trung|Bệnh|Nhà|Tập)(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s){1,3}[A-ZĐÀ-Ỹ][^\W\d_]*"
    r"(?:\s?\(|,| và [A-ZĐÀ-Ỹ])"
)
# "anh và 3 thuyền viên": who is named before is one more
_BESIDE = re.compile(
    rf"(?<!\w)(?:tôi|mình|anh|chị|ông|bà|cô|chú|bác|em|vợ|chồng)(?: {_NAME})? (?:và|cùng|với)\s*$",
    re.IGNORECASE,
)
# "đứng thứ 50, 53 và 59": each figure is another's
_IN_TURN = whole_words("lần lượt|respectively")
_VAGUE = whole_words("hàng|chục|trăm|vài|dozens|hundreds|thousands|several")
_GROUND = re.compile(rf"(?<!\w)(?:[Xx]ã|[Pp]hường|[Tt]hị trấn|[Hh]uyện|[Qq]uận|[Tt]hị xã) ({_NAME})")
_PROVINCE = re.compile(r"(?<!\w)(?:[Tt]ỉnh|[Tt]oàn tỉnh|[Cc]ả tỉnh|[Tt]oàn quốc|[Cc]ả nước)(?!\w)")
_WHOLE = re.compile(r"(?<!\w)(?:[Tt]oàn|[Cc]ả) (?:tỉnh|vùng|tuyến|quốc|nước)(?!\w)")
_LONG = timedelta(days=30)  # before its article: what is told beside a story, of another event
_SAME_WORDING = 0.85
_NEAR = 60  # characters on either side of a figure that say what it is
_NOT_WHERE = frozenset({MentionKind.OTHER_NAME, MentionKind.ORIGIN})


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure in one sentence of the article that published the sentence first. Knows no outlet's
    standing.
    """

    item: ReadArticle
    claim: Claim
    quantity: Quantity
    position: int  # among the figures of its sentence
    is_part: bool  # of something else the sentence counts, or an addition to it
    is_copy: bool
    words: frozenset[str]  # of the whole sentence
    near: frozenset[str]  # of the words on either side of the figure
    is_one_of_many: bool  # the sentence gives the same thing several figures: a list, or from one to another
    places: frozenset[str]
    dates: tuple[DateMention, ...]
    years: frozenset[str]
    periods: frozenset[str]  # parts of a year that its sentence names
    grounds: frozenset[str]  # communes and districts named by their unit words, folded
    is_wide: bool  # names a province by its unit word, and no unit in it
    is_whole: bool  # says "toàn tỉnh": whatever units it then lists, it counts them all
    is_vague: bool  # "hàng chục", "chục", "vài": no figure that another could contradict
    is_planned: bool  # is said of what is meant to be, not of what is
    is_past: bool  # says when, and that is long before its article
    is_update: bool  # says that it replaces an earlier count
    is_as_of: bool  # says at what hour it was counted

    @property
    def outlet(self) -> str:
        """Whose article it is; only compared with another's, to know whether they speak independently."""
        return self.item.article.outlet

    @property
    def when(self) -> datetime:
        """When the article was published (UTC)."""
        return self.item.article.when


def find_statements(story: Story) -> tuple[Statement, ...]:
    """A story -> its statements, first publisher first; the same sentence in a second article is not one of
    its own.
    """
    seen: set[str] = set()
    found: list[Statement] = []
    for member in sorted(story.members, key=lambda m: (m.item.article.when, m.item.number)):
        for claim in find_figure_claims(member.item):
            if claim.key not in seen and not is_heading(member.item, claim):
                seen.add(claim.key)
                found += _statements_of(member, claim)
    return tuple(found)


def _statements_of(member: StoryMember, claim: Claim) -> Iterator[Statement]:
    words = content_words(claim.text)
    places = frozenset(place.unit for place in _places_in(member.item, claim))
    dates = find_dates(claim.text, published=member.item.article.when)
    years = frozenset(_YEAR.findall(claim.text)) or frozenset({str(member.item.article.when.year)})
    periods = frozenset(find_periods(claim.text))
    grounds = frozenset(fold(name.lower()).text for name in _GROUND.findall(claim.text))
    is_in_turn = _IN_TURN.search(claim.text) is not None
    for position, quantity in enumerate(claim.quantities):
        start, end = quantity.start - claim.start, quantity.end - claim.start
        yield Statement(
            item=member.item,
            claim=claim,
            quantity=quantity,
            position=position,
            is_part=_is_part(claim.text, start, end),
            is_copy=member.copy_of != 0,
            words=words,
            near=content_words(
                f"{claim.text[max(0, start - _NEAR) : start]} {claim.text[end : end + _NEAR]}"
            ),
            is_one_of_many=is_in_turn or any(do_disagree(quantity, other) for other in claim.quantities),
            places=places,
            dates=dates,
            years=years,
            periods=periods,
            grounds=grounds,
            is_wide=not grounds and _PROVINCE.search(claim.text) is not None,
            is_whole=_WHOLE.search(claim.text) is not None,
            is_vague=_VAGUE.search(quantity.text) is not None,
            is_planned=_PLANNED.search(_clause_before(claim.text, start)) is not None,
            is_past=_is_past(dates, member.item.article.when),
            is_update=_UPDATE.search(claim.text) is not None,
            is_as_of=_AS_OF.search(claim.text) is not None,
        )


def _is_part(sentence: str, start: int, end: int) -> bool:
    """Whether the figure at start:end is of something else the sentence counts, an addition, or a rate."""
    before = sentence[max(0, start - _PART_REACH) : start].rsplit(".", 1)[-1]
    if _PART.search(before) or _RANGE_END.search(before) or _BESIDE.search(before):
        return True
    if _RATE.search(_clause_before(sentence, start)) or _NAMED_ONE_BY_ONE.match(sentence, end):
        return True
    if sentence.rfind("(", 0, start) > sentence.rfind(")", 0, start):
        return True
    return _AFTER_PART.search(re.split(r"[,;.:]", sentence[end : end + _AFTER_REACH])[0]) is not None


def _is_past(dates: Sequence[DateMention], published: datetime) -> bool:
    return bool(dates) and all(date.last < (published - _LONG).date() for date in dates)


def _clause_before(sentence: str, start: int) -> str:
    return re.split(r"[,;.:]", sentence[:start])[-1]


def exclude_in_time(one: Statement, other: Statement) -> bool:
    """Whether both sentences say when, and no date of one has a day in common with one of the other."""
    mine = (date for date in one.dates if date.kind is not DateKind.RELATIVE or date.is_day)
    pairs = [(date, there) for date in mine for there in other.dates]
    return bool(pairs) and all(date.excludes(there) for date, there in pairs)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that the other holds too, 0 to 1."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


def is_same_wording(one: Statement, other: Statement) -> bool:
    """Whether two sentences are one sentence, reprinted, with nothing but figures or a word changed."""
    either = len(one.words | other.words)
    is_same_length = len(one.claim.quantities) == len(other.claim.quantities)
    return is_same_length and either > 0 and len(one.words & other.words) >= _SAME_WORDING * either


def content_words(sentence: str) -> frozenset[str]:
    """A sentence -> its folded words that carry content; figures and loaded words are none."""
    words = (word.lower() for word in _WORD.findall(blank(sentence)))
    return frozenset(fold(word).text for word in words if word not in STOP and len(word) > 1)


def _places_in(item: ReadArticle, claim: Claim) -> Iterator[PlaceMention]:
    for place in item.reading.places:
        if place.field == "text" and claim.start <= place.start < claim.end and place.kind not in _NOT_WHERE:
            yield place
