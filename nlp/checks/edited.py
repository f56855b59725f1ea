"""A sentence whose publisher has since changed its figure or place, or whose page is gone from its address.

Whoever quotes the earlier words should know. That words changed is told as an event; a flag stands here only
for a figure or a place that is another now, and it also names those who still carry the earlier words.
"""

from __future__ import annotations

from collections.abc import Iterator

from nlp.checks.case import Case, Edit
from nlp.checks.citing import cite, claim_from_title
from nlp.quantities import find_quantities
from store.types import Claim, Event, EventKind, Evidence, Flag, ReadArticle, Stance

NAME, VERSION = "edited", "2"
_EDITED, _GONE = 0.7, 0.5
_MOST_NAMED = 5  # outlets that carry the earlier words, named in a reason


def find_flags(case: Case) -> tuple[Flag, ...]:
    """A case -> a flag for each sentence changed in a figure or place, and each page that is gone.

    The claim of an edit is the earlier version's sentence (`Flag.version` is that version), its evidence the
    sentence that stands there now; of a page that is gone its headline, and the answer of its address.
    """
    items = {member.item.number: member.item for member in case.story.members}
    edits = (_flag_of_edit(case, items[e.article], e) for e in case.edits if e.article in items)
    gone = (_flag_of_gone(case, items[e.article], e) for e in _last_removals(case) if e.article in items)
    return (*edits, *(flag for flag in gone if flag is not None))


def _last_removals(case: Case) -> Iterator[Event]:
    """The removals after which nothing came back."""
    last: dict[int, Event] = {}
    for event in sorted(case.changes, key=lambda e: e.at):
        if event.kind in {EventKind.REMOVED, EventKind.RESTORED}:
            last[event.article] = event
    return (event for event in last.values() if event.kind is EventKind.REMOVED)


def _flag_of_edit(case: Case, item: ReadArticle, edit: Edit) -> Flag:
    said = "; ".join(f"“{before}” thành “{after}”" for before, after in edit.words)
    carriers = _carriers(case, item, edit)
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=_claim_of(item, edit),
        article=item.number,
        version=edit.version,
        story=case.story.id,
        evidence=(_now(item, edit, said), *(evidence for _, evidence in carriers)),
        strength=_EDITED,
        because=(f"Báo đã sửa câu này: {said}.", *_still_carried([name for name, _ in carriers])),
        missing=("Lý do sửa và bản đính chính của báo.",),
    )


def _claim_of(item: ReadArticle, edit: Edit) -> Claim:
    quantities = find_quantities(edit.text, language=item.reading.language.code)
    moved = tuple(
        type(q)(q.text, q.start + edit.start, q.end + edit.start, q.low, q.high, q.unit, q.thing, q.certainty)
        for q in quantities
    )
    return Claim(edit.text, edit.start, edit.end, score=1.0, why=(), quantities=moved, field=edit.field)


def _now(item: ReadArticle, edit: Edit, said: str) -> Evidence:
    article = item.article
    return Evidence(
        text=edit.now,
        start=edit.now_start,
        end=edit.now_end,
        document=article.url,
        document_title=article.title,
        publisher=article.outlet_name,
        published=article.published.at if article.published else None,
        stance=Stance.AGAINST,
        why=f"bản sau của chính bài này: {said}",
        article=item.number,
        version=item.version,
    )


def _carriers(case: Case, item: ReadArticle, edit: Edit) -> list[tuple[str, Evidence]]:
    """Other articles of the story in which the earlier sentence still stands, word for word."""
    found: list[tuple[str, Evidence]] = []
    for member in case.story.members:
        start = -1 if member.item.number == item.number else member.item.article.text.find(edit.text)
        if start >= 0 and len(found) < _MOST_NAMED:
            why = "vẫn đăng câu như trước khi sửa"
            quoted = cite(member.item, start, start + len(edit.text), stance=Stance.FOR, why=why)
            found.append((member.item.article.outlet_name, quoted))
    return found


def _still_carried(names: list[str]) -> tuple[str, ...]:
    return (f"Nơi khác vẫn đăng câu cũ: {', '.join(names)}.",) if names else ()


def _flag_of_gone(case: Case, item: ReadArticle, event: Event) -> Flag | None:
    claim = claim_from_title(item)
    answer = event.detail.strip()
    if claim is None or not answer:
        return None
    evidence = Evidence(
        text=answer,
        start=0,
        end=len(answer),
        document=item.article.url,
        document_title=item.article.title,
        publisher=item.article.outlet_name,
        published=event.at,
        stance=Stance.CONTEXT,
        why="trả lời của địa chỉ này khi đọc lại; bản đã lưu vẫn còn trong kho",
    )
    return Flag(
        check=NAME,
        check_version=VERSION,
        claim=claim,
        article=item.number,
        version=item.version,
        story=case.story.id,
        evidence=(evidence,),
        strength=_GONE,
        because=("Bài không còn ở địa chỉ đã đăng; ai dẫn bài này cần biết.",),
        missing=("Lý do gỡ bài; bản đính chính của báo, nếu có.",),
    )
