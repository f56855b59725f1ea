"""`diembao …`: the command line. Each command is thin; what it does stands in the rooms.

A command's module is imported when the command is called: a filter in a pipe must not wait for the crawler.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group

from desk.commands.help import HELP
from desk.help_page import HelpContext, dress
from desk.usage import usage_in_words
from desk.words import t

# the command and the module of desk/commands it stands in, in the order of the help
COMMANDS = {
    "demo": "demo",
    "serve": "serve",
    "cycle": "cycle",
    "digest": "digest",
    "digests": "digests",
    "pack": "brief",
    "flags": "listings",
    "explain": "explain",
    "sources": "sources",
    "events": "events",
    "doctor": "doctor",
    "status": "status",
    "alerts": "alerts",
    "send-test": "send_test",
    "verify": "verify",
    "backup": "backups",
    "backups": "backups",
    "restore": "backups",
    "try": "try_",
    "add": "add",
    "evidence": "evidence",
    "backfill": "backfill",
    "ingest": "data",
    "export": "data",
    "extract": "extract",
    "read": "read",
    "group": "group",
    "check": "check",
    "train": "train",
    "measure": "measure",
}


class CommandsOnCall(TyperGroup):
    """Knows all commands by name and imports the one that is called; a list of them imports none."""

    _is_listing = False
    context_class = HelpContext

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what was typed before the command; a fault of it is told in the user's language."""
        with usage_in_words(t, list(COMMANDS)):
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a fault of how it was typed is told in the user's language."""
        with usage_in_words(t, list(COMMANDS)):
            return super().invoke(ctx)

    @contextmanager
    def _listing(self) -> Iterator[None]:
        self._is_listing = True
        try:
            yield
        finally:
            self._is_listing = False

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands that stands in the help."""
        with self._listing():
            super().format_commands(ctx, formatter)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Complete the name of a command, for a shell."""
        with self._listing():
            return super().shell_complete(ctx, incomplete)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names, in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> TyperCommand | None:
        """The command, its module imported; None for a name that is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        if self._is_listing:
            return TyperCommand(cmd_name, help=HELP[cmd_name], rich_markup_mode=None)
        module = import_module(f"desk.commands.{COMMANDS[cmd_name]}")
        if module.app.info.name == cmd_name:  # a command with commands of its own
            return cast("TyperCommand", dress(get_group(module.app), cmd_name))
        for info in module.app.registered_commands:
            if (info.name or info.callback.__name__) == cmd_name:
                command = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
                return cast("TyperCommand", dress(command, cmd_name))
        raise LookupError(f"desk.commands.{COMMANDS[cmd_name]} has no command {cmd_name}")


app = typer.Typer(
    name="diembao",
    cls=CommandsOnCall,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=t(
        "Điểm Báo: follows published coverage of the province and prepares answers. "
        "Exit codes: 0 done, 2 wrong usage, 3 configuration, 4 database or disk, "
        "5 incomplete, 130 interrupted."
    ),
)


@app.callback()
def diembao() -> None:
    """Hold the commands together; each says what it does."""


def main() -> None:
    """The entry point named in pyproject.toml."""
    app()
