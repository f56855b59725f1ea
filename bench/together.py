"""The memory of this process and all it started, taken together while they work (Linux)."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Self

_EVERY = 0.25  # seconds
_PROC = Path("/proc")


class Sampler:
    """Looks at memory from a thread of its own; a context manager.

    What processes share counts once (PSS), so that the sum is what the machine has to give. `leave_out` is a
    word of the command line of processes that are not ours, such as the outlets.
    """

    def __init__(self, leave_out: str) -> None:
        self.most_mib = 0.0
        self._leave_out = leave_out.encode()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_EVERY):
            sizes = [_size(process, self._leave_out) for process in family(os.getpid())]
            self.most_mib = max(self.most_mib, sum(sizes) / 1024)


def family(pid: int) -> list[int]:
    """A process and all that it started, and those, and so on."""
    try:
        children = "".join(file.read_text() for file in _PROC.glob(f"{pid}/task/*/children"))
    except OSError:  # it has just ended
        return []
    return [pid, *(found for child in children.split() for found in family(int(child)))]


def _size(pid: int, leave_out: bytes) -> int:
    """KiB; 0 for one that has just ended."""
    try:
        if leave_out in (_PROC / str(pid) / "cmdline").read_bytes():
            return 0
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
