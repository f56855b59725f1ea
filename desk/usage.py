"""What is wrong with a command as it was typed, in the user's language; the library says it in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import IO, Any

from typer._click.exceptions import (
    BadParameter,
    MissingParameter,
    NoArgsIsHelpError,
    NoSuchOption,
    UsageError,
)

from config.faults import in_english

Translator = Callable[[str], str]

_t = in_english
# the library's sentences, and ours; the groups are the names in our words
_SENTENCES = (
    (r"Missing command\.", _t("A command is missing.")),
    (r"No such command '(?P<name>.*)'\.", _t("There is no command {name}.")),
    (r"Option '(?P<name>.*)' requires .*", _t("The option {name} needs a value.")),
    (r"Option '(?P<name>.*)' does not take a value\.", _t("The option {name} takes no value.")),
    (r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", _t("These words are too many: {words}")),
    (r"(?:Value error, )?'(?P<value>.*)' is not one of (?P<names>.*?)\.?", _t("{value} is none of {names}")),
    (r"Input should be greater than or equal to (?P<number>.*)", _t("it must be {number} or more")),
    (r"Input should be less than or equal to (?P<number>.*)", _t("it must be {number} or less")),
    (r"Input should be a valid integer.*", _t("it must be a whole number")),
    (r".*does not match the formats '%Y-%m-%d'\.", _t("it must be a date such as 2026-11-22")),
    (r"(?:file|dir|path) '(?P<path>.*)' does not exist\.", _t("{path} is not there")),
    (r"(?:file|dir|path) '(?P<path>.*)' is a file\.", _t("{path} is a file, not a folder")),
    (r"(?:file|dir|path) '(?P<path>.*)' is a directory\.", _t("{path} is a folder, not a file")),
    (r"(?:file|dir|path) '(?P<path>.*)' is not readable\.", _t("{path} may not be read")),
)


class WrongUsageError(UsageError):
    """A fault of usage that says itself in the words of `t`; `commands` are those one could have meant."""

    def __init__(self, fault: UsageError, t: Translator, commands: Sequence[str]) -> None:
        super().__init__(say_usage(fault, t, commands), fault.ctx)
        self.t = t

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the usage, what is wrong and where to read more, on standard error."""
        from typer import echo  # noqa: PLC0415  a filter's start must not wait for it

        lines = [self.ctx.get_usage()] if self.ctx is not None else []
        lines.append(self.t("Not possible: {why}").format(why=self.message))
        if self.ctx is not None:
            lines.append(self.t("See: {command}").format(command=f"{self.ctx.command_path} --help"))
        echo("\n".join(lines), file=file, err=file is None)


@contextmanager
def usage_in_words(t: Translator, commands: Sequence[str] = ()) -> Iterator[None]:
    """Turn the library's faults of usage into ours.

    Raises:
        WrongUsageError: for each of them; the exit code stays 2.

    """
    try:
        yield
    except (NoArgsIsHelpError, WrongUsageError):
        raise
    except UsageError as fault:
        raise WrongUsageError(fault, t, commands) from fault


def say_usage(fault: UsageError, t: Translator, commands: Sequence[str] = ()) -> str:
    """A fault of usage in words; a sentence that is not known stays as the library says it."""
    if isinstance(fault, NoSuchOption):
        words = t("There is no option {name}.").format(name=fault.option_name)
        return _with_guesses(words, fault.possibilities or (), t)
    if isinstance(fault, MissingParameter):
        return _say_missing(fault, t)
    message, _, guess = fault.message.partition(" Did you mean ")
    said = _say(message, t)
    if isinstance(fault, BadParameter) and fault.param is not None:
        return f"{fault.param.get_error_hint().strip(chr(39))}: {said}"
    unknown = re.fullmatch(r"No such command '(.*)'\.", message)
    meant = [guess.strip("'?")] if guess else get_close_matches(unknown[1], commands) if unknown else []
    return _with_guesses(said, meant, t)


def _say_missing(fault: MissingParameter, t: Translator) -> str:
    hint = fault.param.get_error_hint().strip("'") if fault.param is not None else ""
    words = t("{name} is missing.").format(name=hint)
    _, found, listed = fault.format_message().partition("Choose from:")
    choices = ", ".join(each.strip(" \n\t,") for each in listed.split(",") if each.strip())
    return f"{words} {t('Choose from: {names}').format(names=choices)}" if found else words


def _with_guesses(words: str, guesses: Sequence[str], t: Translator) -> str:
    if not guesses:
        return words
    return f"{words} {t('Did you mean {names}?').format(names=', '.join(sorted(guesses)))}"


def _say(sentence: str, t: Translator) -> str:
    for pattern, words in _SENTENCES:
        if match := re.fullmatch(pattern, sentence, re.DOTALL):
            return t(words).format(**match.groupdict())
    return sentence
