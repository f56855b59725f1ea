"""Who copied whom, with the first publisher as the original, also where it is met after its copies."""

from __future__ import annotations

from collections import defaultdict

from nlp.duplicates import Copied, CopyFinder, Print


class Copies:
    """Originals by their prints, and the copies of each."""

    def __init__(self) -> None:
        self._finder = CopyFinder()
        self._of: dict[str, list[tuple[str, float]]] = defaultdict(list)  # original -> its copies with shares
        self._moved: dict[str, None] = {}  # originals that took over copies since last asked, in order

    def find(self, printed: Print) -> Copied | None:
        """What a text copies of the originals kept."""
        return self._finder.find(printed)

    def keep(self, id_: str, printed: Print) -> None:
        """Remember an original."""
        self._finder.keep(id_, printed)

    def print_of(self, id_: str) -> Print:
        """The print an original was kept with."""
        return self._finder.print_of(id_)

    def add(self, original: str, copy: str, share: float) -> None:
        """Remember a copy."""
        self._of[original].append((copy, share))

    def take_over(self, original: str, by: str, share: float) -> None:
        """Let an earlier publisher be the original: the former one and its copies are its copies."""
        self._finder.rename(original, by)
        copies = self._of.pop(original, [])
        copies.append((original, share))
        self._of[by] = copies
        self._moved.pop(original, None)
        self._moved[by] = None

    def take_moved(self) -> list[tuple[str, str, float]]:
        """(copy, its new original, share) of every copy that changed hands since this was last asked.

        Asked once for many articles: a hundred earlier publishers one after the other move copies once.
        """
        moved = [(copy, by, share) for by in self._moved for copy, share in self._of[by] if copy != by]
        self._moved.clear()
        return moved

    def forget(self, id_: str) -> None:
        """Drop an original that has left the window, with its copies."""
        self._finder.forget(id_)
        self._of.pop(id_, None)
        self._moved.pop(id_, None)
