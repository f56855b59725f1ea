"""What is said of long work where no terminal draws bars."""

from __future__ import annotations

from io import StringIO

import pytest

from desk.progress import show_progress

NAMES = {"collect": "Thu thập", "extract": "Trích bài", "read": "Đọc"}


def test_a_stage_that_runs_beside_another_is_told_with_where_it_ended() -> None:
    stream = StringIO()
    with show_progress(NAMES, stream=stream) as report:
        report("collect", 69, 228)
        report("extract", 1, 10)
        report("collect", 228, 228)
        report("extract", 212, 212)
        report("read", 212, 212)
    assert stream.getvalue().splitlines() == ["Thu thập: 228/228", "Trích bài: 212/212", "Đọc: 212/212"]


def test_a_stage_is_told_as_soon_as_the_next_begins() -> None:
    stream = StringIO()
    with show_progress(NAMES, stream=stream) as report:
        report("collect", 3, 3)
        report("read", 0, 3)
        assert stream.getvalue() == "Thu thập: 3/3\n"


def test_work_that_breaks_off_is_told_up_to_where_it_came() -> None:
    stream = StringIO()

    def work() -> None:
        with show_progress(NAMES, stream=stream) as report:
            report("collect", 2, 5)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert stream.getvalue() == "Thu thập: 2/5\n"


def test_nothing_is_said_of_no_work() -> None:
    stream = StringIO()
    with show_progress(NAMES, stream=stream):
        pass
    assert not stream.getvalue()
