from __future__ import annotations

import io

import pytest

from desk.screen import Screen


class Window(io.StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Họp báo quý III\n", "Họp báo quý III\n"),
        ("\x1b[1mđậm\x1b[0m", "\x1b[1mđậm\x1b[0m"),
        ("tên\x9b31mđỏ", "tên31mđỏ"),
        ("\u202eoàb pọh\u202c", "oàb pọh"),
        ("ភាសាខ្មែរ · العربية", "ភាសាខ្មែរ · العربية"),
    ],
    ids=["plain words", "our own colours", "a C1 control", "an override of direction", "other scripts"],
)
def test_nothing_of_the_press_steers_the_terminal(text: str, shown: str) -> None:
    window = Window()
    screen = Screen(window)
    assert screen.write(text) == len(text)
    screen.flush()
    assert window.getvalue() == shown
    assert screen.isatty()
