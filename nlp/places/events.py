"""Which of the places an article names are where its news happened: a linear model over named features.

The features of a place are counted over all its mentions in the article; the weights are in
models/places.json (scripts/fit_places.py). Each weight that counted can be told in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp, log2

from nlp.linear import Linear, linear_from, number_from, parse_model
from nlp.places.evidence import Found
from store.types import MentionKind, Place, PlaceLevel

HERE = "here"  # the one class
_LEAD = 300  # characters: the first paragraph of a Vietnamese news item, most often
_INSIDE = frozenset({PlaceLevel.DISTRICT, PlaceLevel.COMMUNE, PlaceLevel.LANDMARK})
_SOME = ("placed", "moved", "happened", "heading", "far")
_EVERY = (
    "body",
    "thing",
    "company",
    "far",
    "bracket",
    "row",
    "person",
    "name before bracket",
    "quoted",
    "treated",
)
_NEVER = frozenset({MentionKind.OTHER_NAME, MentionKind.LIST})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place inside the province with all its mentions, and the ids of the units it lies in."""

    place: Place
    found: tuple[Found, ...]
    above: frozenset[str]

    @property
    def here(self) -> list[Found]:
        """The mentions that are nobody's home."""
        return [f for f in self.found if f.kind is not MentionKind.ORIGIN]

    @property
    def stands_alone(self) -> list[Found]:
        """The mentions that do not only say where another place lies."""
        return [f for f in self.here if not f.locates]


@dataclass(frozen=True, slots=True)
class EventModel:
    """A linear model of one class, and from which probability a place counts."""

    linear: Linear
    least: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Features by name -> how probable it is that the news happened there, from 0 to 1."""
        total = self.linear.totals(features)[HERE]
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def gather(found: Iterable[Found], places: Mapping[str, Place]) -> tuple[Candidate, ...]:
    """What was found in one article -> its candidates, in the order of first mention.

    A place that is in no list counts by its own name, inside the place it was tied to.
    """
    groups: dict[str, list[Found]] = {}
    for one in found:
        if (one.own or one.place.level in _INSIDE) and _counts(one):
            groups.setdefault(one.own or one.place.id, []).append(one)
    return tuple(
        Candidate(group[0].place, tuple(group), _above(group[0], places)) for group in groups.values()
    )


def features_of(candidate: Candidate, among: Sequence[Candidate], length: int) -> dict[str, float]:
    """One candidate among all of its article, of `length` characters -> its features by name.

    A place that is named only as somebody's home, or only to say where another lies, is judged by that alone.
    """
    here = candidate.here
    if not here:
        beside = any(other.here for other in among)
        around = all(f.locates for f in candidate.found)
        return {"a home beside others" if beside else "a home around" if around else "a home alone": 1.0}
    if not candidate.stands_alone:
        return {"only locates": 1.0, "only locates, often": float(len(here) >= 2)}
    features = _amounts(candidate, here, among)
    features |= _family(candidate, here, among)
    features |= _position(here, length)
    features["once, far down"] = float(len(here) == 1 and features["far down"] and not features["title"])
    features |= _shares(candidate, here)
    features |= _sort_of_place(candidate)
    return {name: round(value, 4) for name, value in features.items() if value}


def _amounts(candidate: Candidate, here: Sequence[Found], among: Sequence[Candidate]) -> dict[str, float]:
    most = max(len(other.found) for other in among)
    return {
        "mentions": log2(1 + len(here)),
        "most named": float(len(candidate.found) == most),
        "only one": float(len(among) == 1),
        "others": log2(len(among)),
    }


def _family(candidate: Candidate, here: Sequence[Found], among: Sequence[Candidate]) -> dict[str, float]:
    """Whether a place inside it is named, too."""
    holds = not here[0].own and any(candidate.place.id in other.above and other.here for other in among)
    return {
        "holds another": float(holds),
        "holds another, named often": float(holds and len(here) >= 3),
        "holds another, body": float(holds and all("body" in f.signs or f.locates for f in here)),
    }


def _position(found: Sequence[Found], length: int) -> dict[str, float]:
    titled = any(f.field == "title" for f in found)
    first = min((f.start for f in found if f.field == "text"), default=0)
    return {
        "title": float(titled),
        "lead": float(not titled and first <= _LEAD),
        "near the start": float(not titled and _LEAD < first <= 2 * _LEAD),
        "far down": float(first > 4 * _LEAD),
        "last third": float(first * 3 > length * 2 and length > 4 * _LEAD),
    }


def _shares(candidate: Candidate, here: Sequence[Found]) -> dict[str, float]:
    """Whether the signs stand at some mention, or at all of them."""
    some = {sign for f in here for sign in f.signs}
    every = {s for s in _EVERY if all(s in f.signs for f in here)}
    return {
        **{f"some {sign}": float(sign in some) for sign in _SOME},
        **{f"only {sign}": float(sign in every) for sign in _EVERY},
        "also a home": float(len(here) < len(candidate.found)),
        "sure": float(any(f.strength >= 3 for f in here)),
    }


def _sort_of_place(candidate: Candidate) -> dict[str, float]:
    first = candidate.found[0]
    listed = not first.own
    return {
        "district": float(listed and candidate.place.level is PlaceLevel.DISTRICT),
        "commune": float(listed and candidate.place.level is PlaceLevel.COMMUNE),
        "landmark": float(listed and candidate.place.level is PlaceLevel.LANDMARK),
        "unlisted": float(not listed),
    }


def _counts(found: Found) -> bool:
    if found.kind in _NEVER or found.label == "region":
        return False
    return found.strength >= 2 or found.kind is MentionKind.ORIGIN


def _above(found: Found, places: Mapping[str, Place]) -> frozenset[str]:
    """The units a place lies in; a place of today lies also in the old ones that it took over."""
    above = {found.place.id} if found.own else set()
    place: Place | None = found.place
    while place is not None and place.parent and place.parent not in above:
        above.add(place.parent)
        place = places.get(place.parent)
    return frozenset(above)


# Features in words for people, as all reasons.
_WORDS = {
    "mentions": "số lần nêu",
    "most named": "nêu nhiều nhất",
    "only one": "nơi duy nhất được nêu",
    "others": "có nhiều nơi khác",
    "holds another": "có nơi cụ thể hơn ở trong",
    "holds another, named often": "có nơi cụ thể hơn ở trong",
    "holds another, body": "chỉ là tên cơ quan",
    "a home beside others": "nơi ở, quê quán",
    "a home alone": "nơi ở duy nhất được nêu",
    "a home around": "chỉ để chỉ chỗ của nơi ở duy nhất được nêu",
    "also a home": "cũng là nơi ở",
    "title": "ở tiêu đề",
    "lead": "ở đoạn mở đầu",
    "near the start": "ở gần đầu bài",
    "far down": "ở xa đầu bài",
    "once, far down": "chỉ nêu một lần, ở xa đầu bài",
    "last third": "ở cuối bài",
    "some placed": "có từ “tại”, “ở”, “địa bàn”",
    "some moved": "có từ “đến”, “về”",
    "some happened": "có từ chỉ sự việc",
    "some heading": "mở đầu bài",
    "some far": "có từ “cách”, “gần”, “từ”",
    "only body": "chỉ trong tên cơ quan",
    "only thing": "chỉ trong tên công trình, đơn vị",
    "only company": "chỉ trong tên doanh nghiệp",
    "only far": "chỉ để chỉ hướng, khoảng cách",
    "only bracket": "chỉ trong ngoặc",
    "only row": "cùng hàng với nơi khác",
    "only person": "chỉ sau tên người",
    "only name before bracket": "trong ngoặc sau tên riêng",
    "only quoted": "trong ngoặc kép",
    "only treated": "chỉ là nơi đưa người đến cứu chữa",
    "only locates": "chỉ để chỉ chỗ của nơi khác",
    "only locates, often": "chỉ chỗ nhiều lần",
    "sure": "chắc chắn của tỉnh",
    "district": "cấp huyện",
    "commune": "cấp xã",
    "landmark": "địa danh",
    "unlisted": "thôn, làng, nơi chưa có trong danh mục",
}


def reasons(features: Mapping[str, float], model: EventModel, probability: float) -> str:
    """In words for people: how probable, and the three features that counted most, with what they added."""
    told = ", ".join(
        f"{_WORDS.get(part.name, part.name)} ({part.points:+.1f})"
        for part in model.linear.parts(features, HERE)[:3]
    )
    return f"nơi xảy ra {probability:.2f}: {told}"


@cache
def load_event_model() -> EventModel:
    """The shipped model.

    Raises:
        OSError, ModelError, KeyError: when its file is missing or damaged; install the program again.

    """
    parts = parse_model(files("nlp").joinpath("models/places.json").read_text("utf-8"))
    return EventModel(linear_from(parts), number_from(parts["least"]))
