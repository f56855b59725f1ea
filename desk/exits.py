"""Exit codes, and how a fault becomes two lines that say what, where and what to do.

0 done · 1 a fault of the program · 2 wrong usage · 3 configuration or setting · 4 database, archive or disk ·
5 done, but something that was asked for could not be · 130 interrupted (nothing stored is lost)
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from config.load import ConfigurationError
from config.settings import SettingsError
from nlp.linear import ModelError
from nlp.nli import EntailmentError
from nlp.translation.translator import TranslationError
from store.errors import BackupError, StoreError

if TYPE_CHECKING:
    from sqlalchemy.exc import DBAPIError


class Exit(IntEnum):
    """What the shell is told."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    CONFIGURATION = 3
    STORAGE = 4
    INCOMPLETE = 5
    INTERRUPTED = 130


@contextmanager
def faults_in_words(t: Callable[[str], str]) -> Iterator[None]:
    """Turn the faults people can mend into words and an exit code; let all others crash with their trace.

    Raises:
        typer.Exit: with the code of the fault.

    """
    try:
        yield
    except (ConfigurationError, SettingsError) as fault:
        stop(
            Exit.CONFIGURATION,
            fault.say(t),
            t("Mend what is named above and run again; nothing was changed."),
        )
    except (EntailmentError, ModelError, TranslationError) as fault:
        stop(
            Exit.CONFIGURATION, str(fault), t("Mend what is named above and run again; nothing was changed.")
        )
    except BackupError as fault:
        said = t(fault.template).format(**fault.values) if fault.values else str(fault)
        stop(Exit.STORAGE, said, _storage_advice(fault, t))
    except StoreError as fault:
        stop(Exit.STORAGE, str(fault), _storage_advice(fault, t))
    except _database_fault() as fault:
        stop(Exit.STORAGE, _explain(fault), _storage_advice(fault, t))
    except KeyboardInterrupt:
        stop(Exit.INTERRUPTED, t("Interrupted."), t("Nothing stored is lost; run the same command to go on."))
    except OSError as fault:
        if fault.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EROFS, errno.EADDRINUSE):
            raise
        stop(Exit.STORAGE, str(fault), _storage_advice(fault, t))


def _database_fault() -> type[DBAPIError]:
    """What the database raises; asked for only when something was raised."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - 0.2 s that a filter without a database would wait

    return DBAPIError


def _explain(fault: DBAPIError) -> str:
    from store.database import explain_failure  # noqa: PLC0415 - as above

    return explain_failure(fault)


def stop(code: Exit, what: str, do: str) -> NoReturn:
    """Say what is wrong and what to do, on standard error, and leave.

    Raises:
        typer.Exit: always.

    """
    print(what, file=sys.stderr)
    print(do, file=sys.stderr)
    raise typer.Exit(code)


def require_place(output: Path | None, t: Callable[[str], str]) -> None:
    """Leave with words when a file that was asked for could not be made; None stands for standard output.

    Raises:
        typer.Exit: its folder is not there, or it is a folder itself.

    """
    if output is None:
        return
    if output.is_dir():
        stop(Exit.USAGE, t("{path} is a folder.").format(path=output), t("Name a file."))
    if not output.parent.is_dir():
        words = t("There is no folder {path}.").format(path=output.parent)
        stop(Exit.USAGE, words, t("Make it first, or name a file in another folder."))


def _storage_advice(fault: Exception, t: Callable[[str], str]) -> str:
    if "full" in str(fault).lower() or getattr(fault, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return t("The disk is full: free some space and run again; what was stored before is safe.")
    if getattr(fault, "errno", None) == errno.EADDRINUSE:
        return t("Another program uses this address: choose another DIEMBAO_DESK_PORT.")
    return t(
        "See `diembao doctor` for the database, the folder and their rights; nothing stored was changed."
    )
