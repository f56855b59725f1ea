"""A claim that was answered before: a named person, or a published review, found the same claim wrong.

Only the same claim is flagged (nlp.sameness); what is merely like one, or has another figure, is shown to
people as a suggestion and raises nothing. What was found right raises nothing either: it is no question.
"""

from __future__ import annotations

from collections.abc import Sequence

from nlp.checks.case import Case, EarlierAnswer
from store.types import Claim, Evidence, Flag, ReadArticle, Stance, Verdict

NAME, VERSION = "answered", "1"
# what an earlier verdict says of the same claim; of the others it says nothing
STANCES = {
    Verdict.FALSE.value: Stance.AGAINST,
    Verdict.PARTLY.value: Stance.AGAINST,
    Verdict.TRUE.value: Stance.FOR,
    Verdict.TRUE_WE_CORRECT.value: Stance.FOR,
}
_WORDS = {
    Verdict.FALSE.value: "Sai",
    Verdict.PARTLY.value: "Đúng một phần",
    Verdict.TRUE.value: "Đúng",
    Verdict.TRUE_WE_CORRECT.value: "Đúng – ta cần sửa",
}


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> a flag for each sentence whose claim was found wrong, wholly or in part, before."""
    flags: list[Flag] = []
    seen: set[str] = set()
    for member in sorted(case.story.members, key=lambda m: (m.item.article.when, m.item.number)):
        for claim in member.item.reading.claims:
            same = [a for a in case.answers.get(claim.key, ()) if a.is_same and a.verdict in STANCES]
            if claim.key in seen or not any(STANCES[a.verdict] is Stance.AGAINST for a in same):
                continue
            seen.add(claim.key)
            flags.append(_flag_from(case.story.id, member.item, claim, same))
    return tuple(flags)


def _flag_from(story: str, item: ReadArticle, claim: Claim, same: Sequence[EarlierAnswer]) -> Flag:
    against = [answer for answer in same if STANCES[answer.verdict] is Stance.AGAINST]
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim,
        article=item.number,
        version=item.version,
        story=story,
        evidence=tuple(_evidence_from(answer) for answer in same),
        strength=round(max(answer.likeness for answer in against), 2),
        because=tuple(dict.fromkeys(_because(answer) for answer in against)),
        missing=_find_missing(same),
    )


def _because(answer: EarlierAnswer) -> str:
    verdict = _WORDS[answer.verdict]
    if answer.reviews:
        return f"Nhận định này đã được đánh giá “{verdict}” ngày {answer.at:%d/%m/%Y}."
    return f"Nhận định này đã có bản kiểm chứng được công bố, kết luận “{answer.reason}”."


def _find_missing(same: Sequence[EarlierAnswer]) -> tuple[str, ...]:
    missing = ["Cần xem từ lần đánh giá trước đến nay có căn cứ mới không."]
    if len({STANCES[answer.verdict] for answer in same}) > 1:
        missing.append("Các lần đánh giá trước không thống nhất với nhau.")
    return tuple(missing)


def _evidence_from(answer: EarlierAnswer) -> Evidence:
    return Evidence(
        text=answer.text,
        start=answer.start,
        end=answer.start + len(answer.text),
        document=answer.document,
        document_title=answer.title,
        publisher=answer.publisher,
        published=answer.at,
        stance=STANCES[answer.verdict],
        why=f"câu này đã được kết luận “{_WORDS[answer.verdict]}”",
        article=answer.article,
        version=answer.version,
    )
