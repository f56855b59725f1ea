"""YAML text -> a tree in which every value knows its line: plain data only, no tags, anchors or aliases.

Stands on libyaml's events, not its composer, so that depth and aliases are refused before a tree is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from config.faults import in_english as _t

LONGEST = 4_000_000  # bytes; the largest shipped file is a tenth of it
DEEPEST = 20

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where PyYAML was built with it


class NotReadableError(Exception):
    """A text that is not the YAML we read. `what` and `do` are msgids with `values`; `line` counts from 1."""

    def __init__(self, line: int, what: str, do: str, /, **values: str) -> None:
        super().__init__(what)
        self.line, self.what, self.do, self.values = line, what, do, tuple(values.items())


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value as written. `plain`: without quotes, so that `yes` or nothing at all have a meaning."""

    text: str
    plain: bool
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in their order; a key may stand twice, which the reader of the entry reports."""

    pairs: tuple[tuple[Scalar, Node], ...]
    line: int


Node = Scalar | Sequence | Mapping


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    is_mapping: bool
    line: int
    children: list[Node] = field(default_factory=list)

    def close(self) -> Node:
        """The finished node."""
        if not self.is_mapping:
            return Sequence(tuple(self.children), self.line)
        keys, values = self.children[::2], self.children[1::2]
        return Mapping(tuple(zip([_key_from(k) for k in keys], values, strict=True)), self.line)


def parse(body: bytes) -> Node | None:
    """The bytes of a file -> its tree, None where it holds nothing.

    Raises:
        NotReadableError: too long, not UTF-8, not YAML, too deep, or with what we do not read.

    """
    text = _decoded(body)
    try:
        return _tree_from(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _syntax_fault(mark.line + 1 if mark else 1, error.problem or "") from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _syntax_fault(line, f"U+{ord(text[error.position]):04X}") from error


def _syntax_fault(line: int, problem: str) -> NotReadableError:
    return NotReadableError(
        line,
        _t("this is not YAML ({problem})"),
        _t("look at the indentation, quotes and brackets here and in the line above"),
        problem=problem,
    )


def _decoded(body: bytes) -> str:
    if len(body) > LONGEST:
        raise NotReadableError(
            0,
            _t("the file is longer than {limit} bytes"),
            _t("split off what is not needed"),
            limit=str(LONGEST),
        )
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise NotReadableError(line, _t("this is not UTF-8"), _t("save the file as UTF-8")) from error


def _tree_from(events: Iterator[Event]) -> Node | None:
    """Put the events together without recursion, so that a deep text cannot exhaust the stack."""
    opened: list[_Open] = []
    root: Node | None = None
    documents = 0
    for event in events:
        documents += isinstance(event, DocumentStartEvent)
        _refuse(event, depth=len(opened), documents=documents)
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            opened.append(_Open(isinstance(event, MappingStartEvent), _line_of(event)))
            continue
        node = _finished(event, opened)
        if node is not None and opened:
            opened[-1].children.append(node)
        elif node is not None:
            root = node
    return None if isinstance(root, Scalar) and is_nothing(root) else root


def _line_of(event: Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _finished(event: Event, opened: list[_Open]) -> Node | None:
    """The node that ends with this event, None where none does."""
    if isinstance(event, ScalarEvent):
        return Scalar(event.value, event.implicit[0], _line_of(event))
    if isinstance(event, CollectionEndEvent):
        return opened.pop().close()
    return None


def _refuse(event: Event, *, depth: int, documents: int) -> None:
    """Raise for what is YAML but not ours."""
    line = _line_of(event)
    if documents > 1:
        raise NotReadableError(line, _t("a second document begins here"), _t("remove the line ---"))
    if depth > DEEPEST:
        raise NotReadableError(
            line, _t("this is nested too deeply"), _t("look at the indentation and brackets")
        )
    if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
        raise NotReadableError(
            line, _t("anchors and aliases (& and *) are not read"), _t("write the value out")
        )
    tag = getattr(event, "tag", None)
    if tag:
        raise NotReadableError(line, _t("the tag {tag} is not read"), _t("remove it"), tag=tag)


def _key_from(node: Node) -> Scalar:
    if isinstance(node, Scalar):
        return node
    raise NotReadableError(node.line, _t("a key must be a word"), _t("look at the colons and brackets here"))


def is_nothing(node: Scalar) -> bool:
    """Whether a value was left empty or written as null."""
    return node.plain and node.text in {"", "~", "null", "Null", "NULL"}
