"""A grave accusation that rests on a source nobody names. It says what is missing, never that it is false.

1. Find sentences that attribute to somebody unnamed ("một nguồn tin", "sources said") that a grave act was
done. 2. Leave out those that a named authority, a document or another outlet carries, too. 3. One flag with
the sentence itself as evidence, and what would bear it out. Whom it accuses plays no part: only acts are
listed, no persons and no groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from nlp.checks.case import Case
from nlp.checks.citing import cite, claim_at
from nlp.loaded import blank
from nlp.patterns import searchable, whole_words
from nlp.sentences import Span, split
from store.types import Flag, ReadArticle, Stance

NAME, VERSION = "unnamed_source", "1"
_STRENGTH = 0.4  # the same for all: what is missing is not more missing for one than for another
_MOST_TEXT = 40_000
_MOST_FLAGS = 3  # of an article

_UNNAMED_WORDS = (
    "một nguồn tin|nguồn tin riêng|nguồn tin giấu tên|nguồn tin thân cận|nguồn thạo tin|theo nguồn tin|"
    "các nguồn tin|nhiều nguồn tin|nguồn tin của|người dân cho biết|người dân cho hay|người dân phản ánh|"
    "người dân tố|người dân nói|người dân kể|dân làng cho biết|dân làng kể|"
    "một người giấu tên|xin giấu tên|đề nghị giấu tên|yêu cầu giấu tên|giấu tên|"
    "không nêu tên|theo mạng xã hội|lan truyền trên mạng xã hội|trên mạng xã hội lan truyền|"
    "mạng xã hội lan truyền|dư luận cho rằng|"
    "có tin đồn|theo tin đồn|tin đồn cho rằng|sources said|source said|sources say|a source close to|"
    "sources close to|sources familiar|unnamed source|unnamed sources|unnamed official|unnamed officials|"
    "anonymous source|anonymous sources|on condition of anonymity|asked not to be named|"
    "declined to be named|residents said|residents say|residents told|villagers said|villagers say|"
    "villagers told|locals said|some locals|according to social media|social media posts|"
    "social media users|posts on social media|rumours that|rumors that"
)
_UNNAMED = whole_words(_UNNAMED_WORDS, also_unaccented=False)
_QUICK = AhoCorasick(_UNNAMED_WORDS.split("|"))  # tells of most texts at once that they hold none
# kind of act -> words for it; doing it, and accusing somebody of it
_ACTS: Mapping[str, str] = {
    "killing": (
        "giết|sát hại|giết hại|đánh chết|bắn chết|đâm chết|chém chết|thảm sát|thủ tiêu|killed by|murdered|"
        "murder|shot dead|beaten to death|massacre|massacred"
    ),
    "death in custody": (
        "chết trong đồn|chết trong trại|chết trong tù|chết khi bị tạm giữ|chết khi bị tạm giam|"
        "tử vong khi bị tạm giữ|tử vong khi bị tạm giam|tử vong trong trại|tử vong tại trại|"
        "died in custody|died in detention|death in custody|deaths in custody"
    ),
    "violence": (
        "tra tấn|nhục hình|bức cung|ép cung|đánh đập|hành hung|đánh người|tortured|torture|beaten by|"
        "beat up|beatings|severely beaten|was beaten|were beaten"
    ),
    "sexual violence": "hiếp dâm|cưỡng hiếp|xâm hại|xâm hại tình dục|dâm ô|raped|rape|sexually assaulted",
    "corruption": (
        "nhận hối lộ|đưa hối lộ|hối lộ|tham nhũng|tham ô|biển thủ|rút ruột|ăn chặn|bảo kê|chung chi|"
        "nhận tiền chung chi|bribe|bribes|bribed|bribery|embezzled|embezzlement|kickbacks|took money"
    ),
    "arrest": (
        "bắt giữ|bắt giam|bị bắt đi|bị bắt vì|bắt cóc|giam giữ|bị giam|giữ người trái phép|"
        "mất tích bí ẩn|arrested|detained|abducted|kidnapped|taken away by|disappeared after"
    ),
    "fraud": "lừa đảo|chiếm đoạt|bán đề thi|mua bán người|buôn người|defrauded|swindled|trafficked",
    "arson": "phóng hỏa|đốt nhà|đốt phá|đặt bom|gài mìn|set fire to|burned down the|planted a bomb",
    "seizure": (
        "chiếm đất|phá nhà|ép bỏ đạo|buộc bỏ đạo|forced to renounce|seized the land|seized land|took the land"
    ),
}
_KINDS = {kind: whole_words(words) for kind, words in _ACTS.items()}
_ANY = whole_words("|".join(_ACTS.values()))
_DENIED = whole_words("không|chưa|chẳng|no|not|never|without|nobody|denied|không hề", also_unaccented=False)
_DENIED_REACH = 24  # characters before an act in which such a word undoes it
_AUTHORITY = whole_words(
    "công an|cảnh sát|cơ quan|viện kiểm sát|tòa án|toà án|thanh tra|ubnd|ủy ban|uỷ ban|hđnd|bộ trưởng|bộ|"
    "chủ tịch|phó chủ tịch|bí thư|giám đốc|trưởng phòng|thượng tá|trung tá|thiếu tá|đại tá|đại úy|"
    "thiếu tướng|trung tướng|bệnh viện|sở|chính phủ|liên hợp quốc|luật sư|người phát ngôn|"
    "phát ngôn viên|kết luận|bản án|cáo trạng|văn bản|quyết định|biên bản|báo cáo|hãng|tổ chức|police|court|"
    "prosecutor|prosecutors|ministry|minister|government|spokesman|spokeswoman|spokesperson|lawyer|"
    "united nations|hospital|verdict|indictment|report|statement|human rights watch|amnesty international",
    also_unaccented=False,
)
# what an authority did in writing, whoever tells of it
_ON_RECORD = whole_words(
    "khởi tố|truy tố|tuyên phạt|tuyên án|lĩnh án|kết luận thanh tra|cáo trạng|bản án|charged with|"
    "sentenced|convicted|indicted|pleaded guilty",
    also_unaccented=False,
)
_NAMED = re.compile(
    r"(?<!\w)(?:[Ôô]ng|[Bb]à|[Aa]nh|[Cc]hị|[Ee]m|[Mm]ục sư|[Ll]inh mục|Mr\.?|Mrs\.?|Ms\.?|Pastor|Father) "
    r"[A-ZĐÀ-ỸƠƯĂÂÊÔ]"
)
_SPEAKER = re.compile(
    r"(?<!\w)(?:[Tt]heo|[Aa]ccording to)\s[^,;:.()\n]{3,90}|"
    r"[^,;:\n]{3,120}?\s(?:cho biết|cho hay|khẳng định|xác nhận|thông báo|nói|tuyên bố|thừa nhận|kể|tố cáo|"
    r"phản ánh|cáo buộc|said|says|confirmed|announced|told|stated|alleged|claimed|reported)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class _Accusation:
    """A sentence of one article, how it names its source, and what it accuses of."""

    item: ReadArticle
    span: Span
    source: str
    act: str
    kinds: frozenset[str]


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> one flag for each grave accusation that only an unnamed source carries; copies count once."""
    found = [each for item in _originals(case) for each in list(_find_accusations(item))[:_MOST_FLAGS]]
    kinds = frozenset(kind for each in found for kind in each.kinds)
    carried = _carried_by(case, kinds) if kinds else {}
    return tuple(
        _flag_from(case, each)
        for each in found
        if not set().union(*(carried[kind] for kind in each.kinds)) - {each.item.article.outlet}
    )


def _originals(case: Case) -> Iterator[ReadArticle]:
    """Each text once: who reprints it adds no source."""
    seen: set[str] = set()
    for member in case.story.originals:
        if member.item.article.text not in seen:
            seen.add(member.item.article.text)
            yield member.item


def _carried_by(case: Case, kinds: frozenset[str]) -> Mapping[str, set[str]]:
    """Kind of act -> the outlets that tell of it in words of their own."""
    carried: dict[str, set[str]] = {kind: set() for kind in kinds}
    for item in _originals(case):
        text = blank(f"{item.article.title}\n{item.article.text[:_MOST_TEXT]}")
        for kind in kinds.intersection(_kinds_in(text)):
            carried[kind].add(item.article.outlet)
    return carried


def _find_accusations(item: ReadArticle) -> Iterator[_Accusation]:
    text = blank(item.article.text[:_MOST_TEXT])
    if (
        not _QUICK.find_matches_as_indexes(searchable(text))
        or not _UNNAMED.search(text)
        or not _ANY.search(text)
    ):
        return
    spans = split(text)
    borne_out = set(_borne_out(text[span.start : span.end] for span in spans))
    for span in spans:
        sentence = text[span.start : span.end]
        source, act = _UNNAMED.search(sentence), _ANY.search(sentence)
        if not source or not act or _is_denied(sentence, act.start()) or _has_named_source(sentence):
            continue
        kinds = frozenset(_kinds_in(sentence))
        if not kinds & borne_out:
            yield _Accusation(item, span, source[0], act[0], kinds)


def _borne_out(sentences: Iterable[str]) -> Iterator[str]:
    """The kinds of act that a named authority, a document or a named person tells of, too."""
    for sentence in sentences:
        if _ANY.search(sentence) and _has_named_source(sentence):
            yield from _kinds_in(sentence)


def _has_named_source(sentence: str) -> bool:
    """Whether a named person, an authority or a document says it; to be accused is not to say."""
    if _ON_RECORD.search(sentence):
        return True
    speakers = (hit[0] for hit in _SPEAKER.finditer(sentence))
    return any(
        (_AUTHORITY.search(who) or _NAMED.search(who)) and not _UNNAMED.search(who) for who in speakers
    )


def _kinds_in(text: str) -> Iterator[str]:
    return (kind for kind, words in _KINDS.items() if words.search(text))


def _is_denied(sentence: str, act: int) -> bool:
    return _DENIED.search(sentence[max(0, act - _DENIED_REACH) : act]) is not None


def _flag_from(case: Case, found: _Accusation) -> Flag:
    span = found.span
    why = f"nguồn được ghi là “{found.source}”, không nêu tên"
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim_at(found.item, span),
        article=found.item.number,
        version=found.item.version,
        story=case.story.id,
        evidence=(cite(found.item, span.start, span.end, stance=Stance.CONTEXT, why=why),),
        strength=_STRENGTH,
        because=(f"Câu này nói đến việc nghiêm trọng (“{found.act}”) và chỉ dẫn “{found.source}”.",),
        missing=(
            "Nguồn được nêu tên.",
            "Văn bản hoặc cơ quan có thẩm quyền xác nhận hay bác bỏ.",
            "Báo khác có nguồn riêng.",
        ),
    )
