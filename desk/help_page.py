"""The pages of `--help` in the user's language, with examples; the library that makes them says English."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer._click.formatting import HelpFormatter
from typer.core import TyperGroup

from desk.help_examples import EXAMPLES
from desk.words import t

_HEADINGS = {
    "Options": t("Options"),
    "Arguments": t("Arguments"),
    "Commands": t("Commands"),
}
_HELPS = {
    "Show this message and exit.": t("Show this page."),
    "Install completion for the current shell.": t("Set up completion for this shell."),
    "Show completion for the current shell, to copy it or customize the installation.": t(
        "Print the completion for this shell, to copy or change it."
    ),
}
_DEFAULT = re.compile(r"\[default: ")
_REQUIRED = re.compile(r"\brequired\]$")


class HelpInWords(HelpFormatter):
    """Lays a page out as the library does, with our words for its own."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line of usage."""
        super().write_usage(prog, args, prefix or t("Usage: "))

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        super().write_heading(_HEADINGS.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write a list of names and what they mean."""
        super().write_dl([(name, _in_words(help_)) for name, help_ in rows], col_max, col_spacing)


def _in_words(help_: str) -> str:
    said = _DEFAULT.sub(f"[{t('default:')} ", _HELPS.get(help_, help_))
    return _REQUIRED.sub(f"{t('required')}]", said)


class HelpContext(typer.Context):
    """A command at work, with our pages of help."""

    formatter_class = HelpInWords


def dress(command: Any, path: str) -> Any:
    """Give a command, and the commands it holds, our pages; `path`: as it is typed after `diembao`."""
    command.context_class = HelpContext
    examples = EXAMPLES.get(path, ())
    if examples:
        command.epilog = "\n".join(["\b", t("Examples:"), *(f"  {example}" for example in examples)])
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            dress(inner, f"{path} {name}")
    return command
