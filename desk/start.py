"""The entry point: it imports next to nothing, so that Ctrl-C is answered while the rest still loads."""

from __future__ import annotations

import sys

INTERRUPTED = 130  # desk.exits.Exit, which is not loaded yet


def main() -> None:
    """Run the command line; interrupted before it stands, leave as it would."""
    try:
        from desk.cli import app  # noqa: PLC0415  see the head of this file

        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
