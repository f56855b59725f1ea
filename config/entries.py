"""Reading one mapping of a file: typed values out, a fault with its line for everything that does not fit.

After a fault a stand-in is given, so that reading goes on and every fault is found at once; `config.load`
never hands out a value made of stand-ins.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from config.faults import Fault
from config.faults import in_english as _t
from config.nodes import Mapping, Node, Scalar, Sequence, is_nothing

E = TypeVar("E", bound=str)

_YES = {"true", "yes", "on"}
_NO = {"false", "no", "off"}
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LINE_BREAK = re.compile(r"[\r\n]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class Page:
    """One file being read, and the faults found in it so far."""

    file: str
    faults: list[Fault] = field(default_factory=list)

    def note(self, line: int, key: str, what: str, do: str, /, **values: str) -> None:
        """Write down a fault. `what` and `do` are msgids."""
        self.faults.append(Fault(self.file, line, key, what, do, tuple(values.items())))


@dataclass(frozen=True, slots=True)
class Word:
    """One text of a list, with its place."""

    text: str
    line: int
    path: str


class Entry:
    """A mapping with its place. Every key that is asked for is known; `close` reports the others."""

    def __init__(self, page: Page, node: Mapping, path: str) -> None:
        self.page = page
        self.line = node.line
        self.path = path
        self._nodes: dict[str, Node] = {}
        self._known: set[str] = set()
        self._keys: dict[str, int] = {}
        for key, value in node.pairs:
            self._take(key, value)

    def _take(self, key: Scalar, value: Node) -> None:
        if key.text in self._keys:
            self.page.note(
                key.line,
                self.path_of(key.text),
                _t("the same key stands already at line {line}"),
                _t("remove one"),
                line=str(self._keys[key.text]),
            )
            return
        self._keys[key.text] = key.line
        if not (isinstance(value, Scalar) and is_nothing(value)):
            self._nodes[key.text] = value

    def path_of(self, key: str) -> str:
        """The path of a key for people, such as `sources[3].feeds`."""
        return f"{self.path}.{key}" if self.path else key

    def line_of(self, key: str) -> int:
        """The line of a key's value, of the key where it is empty, of the entry where the key is missing."""
        node = self._nodes.get(key)
        return node.line if node else self._keys.get(key, self.line)

    def has(self, key: str) -> bool:
        """Whether the key holds something."""
        self._known.add(key)
        return key in self._nodes

    def fault(self, key: str, what: str, do: str, /, **values: str) -> None:
        """Write down a fault of this key's value."""
        self.page.note(self.line_of(key), self.path_of(key), what, do, **values)

    def close(self) -> None:
        """Report the keys that nobody asked for."""
        for key in self._keys.keys() - self._known:
            near = difflib.get_close_matches(key, self._known, 1)
            do = _t("write {near}, or remove it") if near else _t("remove it")
            near_values = {"near": near[0]} if near else {}
            self.page.note(self._keys[key], self.path_of(key), _t("unknown key"), do, **near_values)

    # one value

    def text(self, key: str, default: str | None = None, *, lines: bool = False) -> str:
        """A text in NFC as written, without outer blanks; several lines only where `lines`."""
        node = self._scalar(key, is_needed=default is None)
        if node is None:
            return default or ""
        if node.plain and node.text.lower() in _YES | _NO:
            self.fault(
                key,
                _t("a text is wanted, not {found}"),
                _t("write words, or put it in quotes"),
                found=node.text,
            )
            return ""
        text = node.text.strip()
        if _UNPRINTABLE.search(text) or (not lines and _LINE_BREAK.search(text)):
            self.fault(key, _t("a line break or control character stands in it"), _t("write it on one line"))
            return ""
        if not text and default is None:
            self.fault(key, _t("this is empty"), _t("fill it in"))
        return text

    def choice(self, key: str, allowed: Collection[E], default: E | None = None) -> E:
        """One of the allowed words, which are listed where another was written."""
        text = self.text(key, default)
        for word in allowed:
            if word == text:
                return word
        if text:
            listed = ", ".join(str(word) for word in allowed)
            self.fault(
                key, _t("{found} is not one of them"), _t("choose from {allowed}"), found=text, allowed=listed
            )
        return next(iter(allowed))

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Read true or false (yes, no, on, off)."""
        node = self._scalar(key, is_needed=False)
        if node is None:
            return default
        word = node.text.lower()
        if not node.plain or word not in _YES | _NO:
            self.fault(
                key, _t("true or false is wanted, not {found}"), _t("write one of them"), found=node.text
            )
        return word in _YES

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        """A number from `low` to `high`; needed where there is no default."""
        node = self._scalar(key, is_needed=default is None)
        if node is None:
            return 0.0 if default is None else float(default)
        try:
            value = float(node.text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            self.fault(
                key,
                _t("{found} is not a number from {low} to {high}"),
                _t("write such a number"),
                found=node.text,
                low=f"{low:g}",
                high=f"{high:g}",
            )
        return value

    def whole(self, key: str, low: int, high: int, default: int | None = None) -> int:
        """A whole number from `low` to `high`; needed where there is no default."""
        value = self.number(key, low, high, default)
        if math.isfinite(value) and not value.is_integer():
            self.fault(key, _t("a whole number is wanted"), _t("write it without a fraction"))
        return int(value) if math.isfinite(value) else low

    def day(self, key: str) -> date | None:
        """A day as YYYY-MM-DD, None where none is written."""
        node = self._scalar(key, is_needed=False)
        if node is None:
            return None
        try:
            return date.fromisoformat(node.text if _DATE.fullmatch(node.text) else "")
        except ValueError:
            self.fault(
                key,
                _t("there is no such day: {found}"),
                _t("write year-month-day, such as 2026-02-28"),
                found=node.text,
            )
            return None

    # several values

    def words(self, key: str, *, is_needed: bool = False) -> list[Word]:
        """A list of texts with their places; [] where the key is missing."""
        found: list[Word] = []
        for place, node in enumerate(self._items(key, is_needed=is_needed)):
            path = f"{self.path_of(key)}[{place}]"
            if not isinstance(node, Scalar) or not node.text.strip():
                self.page.note(
                    node.line, path, _t("a text is wanted here"), _t("write words, or put it in quotes")
                )
            elif _UNPRINTABLE.search(node.text) or _LINE_BREAK.search(node.text):
                self.page.note(
                    node.line,
                    path,
                    _t("a line break or control character stands in it"),
                    _t("write it on one line"),
                )
            else:
                found.append(Word(node.text.strip(), node.line, path))
        return found

    def texts(self, key: str, *, is_needed: bool = False) -> tuple[str, ...]:
        """A list of texts, each once; a second one is a fault."""
        seen: dict[str, int] = {}
        for word in self.words(key, is_needed=is_needed):
            if word.text in seen:
                self.page.note(
                    word.line,
                    word.path,
                    _t("the same text stands already at line {line}"),
                    _t("remove one"),
                    line=str(seen[word.text]),
                )
            seen.setdefault(word.text, word.line)
        return tuple(seen)

    def entries(self, key: str, *, is_needed: bool = False) -> list[Entry]:
        """A list of mappings; [] where the key is missing."""
        found: list[Entry] = []
        for place, node in enumerate(self._items(key, is_needed=is_needed)):
            path = f"{self.path_of(key)}[{place}]"
            if isinstance(node, Mapping):
                found.append(Entry(self.page, node, path))
            else:
                self.page.note(
                    node.line, path, _t("keys with values are wanted here"), _t("write key: value")
                )
        return found

    def lists(self, key: str) -> list[tuple[str, ...]]:
        """A list of lists of texts, such as groups of spellings."""
        groups: list[tuple[str, ...]] = []
        for place, node in enumerate(self._items(key, is_needed=False)):
            path = f"{self.path_of(key)}[{place}]"
            if not isinstance(node, Sequence):
                self.page.note(
                    node.line, path, _t("a list is wanted"), _t("put it in [ ] or in lines with -")
                )
                continue
            holder = Mapping(((Scalar(path, plain=True, line=node.line), node),), node.line)
            groups.append(Entry(self.page, holder, "").texts(path))
        return groups

    def section(self, key: str) -> Entry | None:
        """A mapping under a key, None where the key is missing."""
        node = self._node(key, is_needed=False)
        if node is None or isinstance(node, Mapping):
            return Entry(self.page, node, self.path_of(key)) if node else None
        self.fault(key, _t("keys with values are wanted here"), _t("write key: value"))
        return None

    def all_keys(self) -> list[str]:
        """The keys in their order, for a mapping whose keys are data."""
        self._known |= self._keys.keys()
        return list(self._keys)

    # inside

    def _node(self, key: str, *, is_needed: bool) -> Node | None:
        self._known.add(key)
        node = self._nodes.get(key)
        if node is None and is_needed:
            self.fault(key, _t("this key is missing"), _t("add it"))
        return node

    def _scalar(self, key: str, *, is_needed: bool) -> Scalar | None:
        node = self._node(key, is_needed=is_needed)
        if node is None or isinstance(node, Scalar):
            return node
        self.fault(key, _t("one value is wanted, not a list or keys"), _t("write one value"))
        return None

    def _items(self, key: str, *, is_needed: bool) -> tuple[Node, ...]:
        node = self._node(key, is_needed=is_needed)
        if node is None:
            return ()
        if isinstance(node, Sequence):
            return node.items
        self.fault(key, _t("a list is wanted"), _t("put it in [ ] or in lines with -"))
        return ()
