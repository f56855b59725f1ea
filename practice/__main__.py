"""`python -m practice [--port N]` serves the practice press until Ctrl-C.

`--write-answers` rewrites answers.yaml from the story files instead.
"""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime

from practice.answers import SHEET, sheet_from
from practice.server import Press, PressError, start_press
from practice.stories import load_edition


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 after Ctrl-C or SIGTERM, 1 when the press cannot start, 2 on a wrong argument."""
    parser = argparse.ArgumentParser(prog="python -m practice", description=__doc__)
    parser.add_argument("--port", type=int, default=8600, help="the port on 127.0.1.1 … 127.0.1.10 (0: any)")
    parser.add_argument("--write-answers", action="store_true", help="rewrite answers.yaml from articles/")
    wishes = parser.parse_args(arguments)
    if wishes.write_answers:
        SHEET.write_text(sheet_from(load_edition(datetime.now(UTC))), encoding="utf-8")
        return 0
    try:
        return _serve(wishes.port)
    except PressError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _serve(port: int) -> int:
    ended = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: ended.set())
    with start_press(port) as press:
        sys.stdout.write(_greeting(press))
        sys.stdout.flush()
        ended.wait()
    return 0


def _greeting(press: Press) -> str:
    lines = ["Báo tập – nội dung hư cấu / The practice press: fictional content. Ctrl-C to stop.", ""]
    for outlet in press.outlets:
        lines.append(f"{outlet.base_url}/   {outlet.name} ({len(press.edition.of(outlet.id))})")
        lines += [f"    {url}" for url in outlet.feed_urls]
    lines += ["", f"DIEMBAO_ALLOW_PRIVATE={press.allow_private()}", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
