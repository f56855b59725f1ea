"""Named features of an article by which its relevance is weighed: places by kind and position, traps, cues.

Each is a question a reader can answer about the words. None asks who publishes or writes, from where, in
what tone, or of what people or faith the persons are.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

from nlp.headline import find_headline_end
from nlp.places.evidence import Evidence, Found
from nlp.relevance_words import WORDS, is_led_by_authority
from nlp.surface import Surface
from store.types import MentionKind, PlaceLevel

_LEAD = 300  # characters: the first paragraph of a Vietnamese news item, most often
_OURS = frozenset({MentionKind.MENTION, MentionKind.EVENT_PLACE})

# feature -> what a person is told of it; `{n}` is the count behind it
TELLING = {
    "title": "địa danh của tỉnh ở tiêu đề",
    "lead": "địa danh của tỉnh ở đoạn mở đầu",
    "near the start": "địa danh của tỉnh ở gần đầu bài",
    "only late": "địa danh của tỉnh chỉ ở cuối bài",
    "times": "số lần nêu địa danh của tỉnh",
    "twice": "nêu từ hai lần",
    "often": "nêu từ bốn lần",
    "dense": "mật độ địa danh của tỉnh",
    "units": "địa điểm trong tỉnh",
    "authority": "cơ quan của tỉnh lên tiếng hoặc xử lý",
    "elsewhere": "tỷ lệ địa phương khác",
    "mostly elsewhere": "phần lớn là địa phương khác",
    "listed": "nằm trong danh sách các tỉnh",
    "only listed": "chỉ có trong danh sách các tỉnh",
    "origin": "quê quán, nơi ở",
    "only origin": "chỉ là quê quán, nơi ở",
    "only origin, nowhere else": "chỉ là quê quán, nơi ở; không nêu nơi khác",
    "only weak": "chỉ có địa danh chưa chắc",
    "only another's name": "chỉ là tên của đối tượng khác",
    "only region": "chỉ nêu vùng có tỉnh ở trong",
    "region in title": "vùng có tỉnh ở trong (Tây Nguyên), ở tiêu đề",
    "region in lead": "vùng có tỉnh ở trong (Tây Nguyên), ở đoạn mở đầu",
    "region often": "vùng có tỉnh ở trong (Tây Nguyên), nêu từ bốn lần",
    "street": "tên đường phố",
    "history": "tên trong lịch sử",
    "product": "tên sản phẩm",
    "namesake": "tên đội thể thao, doanh nghiệp mang tên tỉnh",
    "sport words": "từ ngữ thể thao",
    "three sport words": "từ ba từ ngữ thể thao",
    "sport in title": "từ ngữ thể thao ở tiêu đề",
    "namesake and sport": "tên đội cùng từ ngữ thể thao",
    "company words": "từ ngữ doanh nghiệp",
    "namesake and company words": "tên doanh nghiệp cùng từ ngữ doanh nghiệp",
    "events": "nơi xảy ra sự việc",
}


def find_relevance_features(title: Surface, text: Surface, evidence: Evidence) -> dict[str, float]:
    """Title, text and what places tell -> features by name, mostly from 0 to 1; those that are 0 left out."""
    ours = [f for f in evidence.found if f.kind in _OURS and f.strength >= 2]
    headline = find_headline_end(title, text)
    words = {name: _cues(name, title, text) for name in ("sport", "company")}
    features = _position(ours, headline) | _amounts(text, evidence, ours) | _only(evidence, ours)
    features |= _region(evidence, headline) | _traps(evidence)
    features |= _words(title.lower or text.lower[:headline], words)
    features["namesake and sport"] = features["namesake"] * features["sport words"]
    features["namesake and company words"] = features["namesake"] * features["company words"]
    features["authority"] = float(is_led_by_authority(text, [f.start for f in ours if f.field == "text"]))
    return {name: round(value, 3) for name, value in features.items() if value}


def _position(ours: Sequence[Found], headline: int) -> dict[str, float]:
    first = min((f.start for f in ours if f.field == "text"), default=None)
    title = any(_is_in_title(f, headline) for f in ours)
    return {
        "title": float(title),
        "lead": float(first is not None and first <= _LEAD),
        "near the start": float(first is not None and _LEAD < first <= 2 * _LEAD),
        "only late": float(first is not None and first > 3 * _LEAD and not title),
    }


def _is_in_title(found: Found, headline: int) -> bool:
    return found.field == "title" or found.start < headline


def _amounts(text: Surface, evidence: Evidence, ours: Sequence[Found]) -> dict[str, float]:
    outside = len(evidence.elsewhere)
    density = 1000 * len(ours) / max(400, len(text.plain))
    units = {f.place.id for f in ours if f.place.level is not PlaceLevel.PROVINCE}
    return {
        "times": min(1.0, log1p(len(ours)) / 3),
        "twice": float(len(ours) >= 2),
        "often": float(len(ours) >= 4),
        "dense": min(1.0, density / 4) if len(ours) > 1 else 0.0,
        "units": min(3, len(units)) / 3,
        "events": min(2, sum(f.kind is MentionKind.EVENT_PLACE for f in ours)) / 2,
        "elsewhere": outside / max(1, outside + len(ours)),
        "mostly elsewhere": float(outside > 3 * len(ours)),
    }


def _only(evidence: Evidence, ours: Sequence[Found]) -> dict[str, float]:
    """What is there where no sure name of ours is."""
    kinds = {f.kind for f in evidence.found if f.label != "region"}
    weak = any(f.kind in _OURS and f.label != "region" for f in evidence.found)
    bare = not ours
    origins = bare and not weak and MentionKind.ORIGIN in kinds
    return {
        "listed": float(MentionKind.LIST in kinds),
        "only listed": float(bare and MentionKind.LIST in kinds),
        "origin": float(MentionKind.ORIGIN in kinds),
        "only origin": float(origins),
        "only origin, nowhere else": float(origins and not evidence.elsewhere),
        "only weak": float(bare and weak),
        "only another's name": float(kinds == {MentionKind.OTHER_NAME}),
        "only region": float(bool(evidence.found) and not kinds),
    }


def _region(evidence: Evidence, headline: int) -> dict[str, float]:
    """Where the region of which the province is a part is named: what happens to it happens here."""
    named = [f for f in evidence.found if f.label == "region"]
    return {
        "region in title": float(any(_is_in_title(f, headline) for f in named)),
        "region in lead": float(any(f.field == "text" and f.start <= _LEAD for f in named)),
        "region often": float(len(named) >= 4),
    }


def _traps(evidence: Evidence) -> dict[str, float]:
    labels = {trapped.label for _, trapped in evidence.trapped} | {f.label for f in evidence.found}
    return {
        "street": float("street" in labels),
        "history": float("history" in labels),
        "product": float("product" in labels),
        "namesake": float("sport" in labels or "company" in labels),
    }


def _words(headline: str, words: dict[str, set[str]]) -> dict[str, float]:
    sport, company = len(words["sport"]), len(words["company"])
    return {
        "sport words": min(8, sport) / 8,
        "three sport words": float(sport >= 3),
        "sport in title": float(bool(WORDS.find(headline).get("sport"))),
        "company words": min(4, company) / 4,
    }


def _cues(name: str, title: Surface, text: Surface) -> set[str]:
    return WORDS.find(title.lower).get(name, set()) | WORDS.find(text.lower).get(name, set())
