"""The search box and the quick filters, put together as one text of the one query language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from desk.web.dependencies import Translator
from store.search import Query, QueryError, parse
from store.search.nodes import Both, Either, Node, Not, WithRelevance
from store.types import RelevanceLabel

EVERYTHING = "all"
_DAY_FAULT = "“{text}” is no day. Write it as year-month-day, for example 2026-11-22."


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query: words, and where a caret under `shown` points (characters)."""

    message: str
    shown: str = ""
    position: int = 0

    @property
    def caret(self) -> str:
        """A line that points with ^ at the place in `shown`."""
        return " " * self.position + "^"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the reader typed and chose, kept as typed so that nothing is lost when it cannot be understood."""

    text: str = ""
    topic: str = ""
    place: str = ""
    outlet: str = ""
    after: str = ""
    before: str = ""
    flagged: bool = False
    relevance: str = RelevanceLabel.ABOUT.value
    page: int = 1
    habit: str = RelevanceLabel.ABOUT.value  # the relevance that the list shows when none is chosen

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the page differs from what the desk shows first."""
        return replace(self, page=1) != Narrowing(relevance=self.habit, habit=self.habit)

    @property
    def asked(self) -> str:
        """The whole question in the query language; "" for everything."""
        parts = [f"({self.text})" if self.text and self._filters else self.text, *self._filters]
        return " ".join(part for part in parts if part)

    @property
    def says_relevance(self) -> bool:
        """Whether the typed text itself says which relevance it wants: then the desk's habit stands back."""
        try:
            return any(isinstance(leaf, WithRelevance) for leaf in find_leaves(parse(self.text).tree))
        except QueryError:
            return False

    @property
    def _filters(self) -> tuple[str, ...]:
        fields = (("topic", self.topic), ("place", self.place), ("outlet", self.outlet))
        filters = [f"{name}:{_quoted(value)}" for name, value in fields if value]
        filters += [f"{name}:{day}" for name, day in (("after", self.after), ("before", self.before)) if day]
        filters += ["flagged:yes"] if self.flagged else []
        if self.relevance != EVERYTHING and not self.says_relevance:
            filters.append(f"relevance:{self.relevance}")
        return tuple(filters)

    def address(self, path: str, **changes: object) -> str:
        """The address of the same list with some fields changed; what is as at first is left out."""
        changed = replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]  # names of our own fields only
        fields = {"q": changed.text, "topic": changed.topic, "place": changed.place, "outlet": changed.outlet}
        fields |= {
            "after": changed.after,
            "before": changed.before,
            "flagged": "yes" if changed.flagged else "",
        }
        fields["relevance"] = "" if changed.relevance == changed.habit else changed.relevance
        fields["page"] = "" if changed.page == 1 else str(changed.page)
        query = urlencode({name: value for name, value in fields.items() if value})
        return f"{path}?{query}" if query else path


def narrowing_from(fields: Mapping[str, str], *, habit: str = RelevanceLabel.ABOUT.value) -> Narrowing:
    """The query part of an address -> Narrowing; unknown values of closed lists fall back to the `habit`."""
    relevance = fields.get("relevance", "")
    page = fields.get("page", "")
    is_known = relevance == EVERYTHING or relevance in set(RelevanceLabel)
    return Narrowing(
        text=fields.get("q", "").strip()[:500],
        topic=fields.get("topic", "").strip()[:40],
        place=fields.get("place", "").strip()[:80],
        outlet=fields.get("outlet", "").strip()[:80],
        after=fields.get("after", "").strip()[:20],
        before=fields.get("before", "").strip()[:20],
        flagged=fields.get("flagged") == "yes",
        relevance=relevance if is_known else habit,
        habit=habit,
        page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
    )


def make_query(narrowing: Narrowing, t: Translator) -> tuple[Query, Fault | None]:
    """Narrowing -> the query, or the query of nothing typed and the fault to show beside the kept text."""
    fault = _day_fault(narrowing, t) or _text_fault(narrowing.text, t) or _text_fault(narrowing.asked, t)
    return parse("" if fault else narrowing.asked), fault


def _text_fault(text: str, t: Translator) -> Fault | None:
    try:
        parse(text)
    except QueryError as error:
        return Fault(
            message=t(error.template).format(**error.values),
            shown=text,
            position=min(error.position, len(text)),
        )
    return None


def _day_fault(narrowing: Narrowing, t: Translator) -> Fault | None:
    for text in (narrowing.after, narrowing.before):
        try:
            date.fromisoformat(text or "2026-01-01")
        except ValueError:
            return Fault(message=t(_DAY_FAULT).format(text=text))
    return None


def find_leaves(node: Node) -> Iterator[Node]:
    """The words and fields of a query's tree, also those under NOT."""
    if isinstance(node, Both | Either):
        for part in node.parts:
            yield from find_leaves(part)
    elif isinstance(node, Not):
        yield from find_leaves(node.part)
    else:
        yield node


def _quoted(value: str) -> str:
    return '"' + value.replace('"', " ").strip() + '"'
