"""`diembao backup`, `diembao backups`, `diembao restore`: copies of everything, and the way back."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from filelock import FileLock, Timeout

from config.settings import Settings, load_settings
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words, stop
from desk.house import CYCLE_LOCK, open_house, utc_now
from desk.keeping import (
    NoBackupError,
    back_up,
    find_database,
    find_folder,
    record_by_hand,
    say_taken,
)
from desk.ownership import NotTheOwnerError, own_home
from desk.progress import show_progress
from desk.words import t
from store.backup.generations import Generation, Taken, list_generations
from store.backup.restoring import check_generation, find_generation, restore
from store.database import is_known

app = typer.Typer()
_MIB = 1 << 20
_PARTS = {"database": t("Database (pages)"), "archive": t("Archive (files)")}
FolderArgument = Annotated[
    Path | None,
    typer.Argument(help=t("the folder for backups; else DIEMBAO_BACKUP_FOLDER"), metavar="[FOLDER]"),
]


@app.command(name="backup", help=HELP["backup"])
def backup_(
    folder: FolderArgument = None,
    *,
    keep: Annotated[
        int | None, typer.Option(min=1, max=1000, help=t("generations to keep; else DIEMBAO_BACKUP_KEEP"))
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao backup /mnt/backup`."""
    with faults_in_words(t), _in_words(), open_house(load_settings()) as house:
        find_database(house.settings)
        place, done = find_folder(house.settings, folder), list[Taken]()

        def work() -> str:
            with show_progress(_PARTS) as progress:
                done.append(back_up(house, place, keep=keep or house.settings.backup_keep, progress=progress))
            return say_taken(done[0])

        record_by_hand(house, work)
    if as_json:
        _print(taken_record(done[0]))
    else:
        _say_taken(done[0])


@app.command(help=HELP["backups"])
def backups(folder: FolderArgument = None, *, as_json: JsonOption = False) -> None:
    """Example: `diembao backups /mnt/backup --json`."""
    with faults_in_words(t), _in_words():
        place = find_folder(load_settings(), folder)
        if not place.is_dir():
            stop(Exit.STORAGE, t("{folder} is not there.").format(folder=place), t("Is its disk mounted?"))
        found = list_generations(place)
    if as_json:
        _print([generation_record(generation) for generation in found])
        return
    for generation in found:
        print(_line(generation))
    if not found:
        print(t("No backup is there yet: `diembao backup` makes one."))


@app.command(name="restore", help=HELP["restore"])
def restore_(
    generation: Annotated[
        str, typer.Argument(help=t("a name of `diembao backups`, or `newest`"), metavar="GENERATION")
    ],
    folder: FolderArgument = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help=t("do not ask"))] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help=t("set aside the database and archive that are there; none is deleted")),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao restore newest /mnt/backup`."""
    with faults_in_words(t), _in_words():
        settings = load_settings()
        database, archive = find_database(settings), settings.home / "archive"
        chosen = find_generation(find_folder(settings, folder), "" if generation == "newest" else generation)
        there = _find_there(database, archive)
        if there and not force:
            stop(
                Exit.STORAGE,
                t("{place} is there already and is not overwritten.").format(place=there[0]),
                t("With --force it is set aside, not deleted; or name another DIEMBAO_HOME."),
            )
        settings.home.mkdir(parents=True, exist_ok=True)
        with _alone(settings):
            _require_fit(chosen)  # before anything that is there is touched
            _ask(chosen, settings, yes=yes)
            aside = _set_aside(settings.home, there, now=utc_now()) if there else None
            with _place_told(aside), show_progress(_PARTS) as progress:
                count = restore(chosen, database, archive, progress=progress)
    record = {"generation": chosen.folder.name, "files": count, "set_aside": str(aside) if aside else None}
    if as_json:
        _print(record)
    else:
        _say_restored(chosen, count, aside)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except NoBackupError as fault:
        stop(Exit.CONFIGURATION, t(fault.what), t(fault.do))


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """Nobody may write meanwhile: neither the service nor a cycle by hand."""
    try:
        with own_home(settings.home), FileLock(settings.home / CYCLE_LOCK, timeout=0):
            yield
    except (NotTheOwnerError, Timeout):
        stop(
            Exit.STORAGE,
            t("`diembao serve` or `diembao cycle` is at work on {place}.").format(place=settings.home),
            t("Stop it first; nothing was changed."),
        )


def _require_fit(chosen: Generation) -> None:
    check_generation(chosen)
    if not is_known(chosen.manifest.revision):
        stop(
            Exit.STORAGE,
            t("{generation} was made by a newer program.").format(generation=chosen.folder.name),
            t("Install that program first, or restore an older backup; nothing was changed."),
        )


@contextmanager
def _place_told(aside: Path | None) -> Iterator[None]:
    """Should bringing back fail half-way (a full disk), people must know where the old house is."""
    try:
        yield
    except BaseException:
        if aside is not None:
            words = t("Not brought back. What was there before lies in {place}.")
            print(words.format(place=aside), file=sys.stderr)
        raise


def _ask(chosen: Generation, settings: Settings, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        stop(Exit.USAGE, t("Nobody is there to ask."), t("Say --yes to restore without a question."))
    question = t("Bring back {generation} into {place}?").format(
        generation=chosen.folder.name, place=settings.home
    )
    if not typer.confirm(question, err=True):
        stop(Exit.INTERRUPTED, t("Nothing was changed."), t("Say yes to restore."))


def _find_there(database: Path, archive: Path) -> list[Path]:
    files = [database, *(Path(f"{database}{end}") for end in ("-wal", "-shm"))]
    found = [path for path in files if path.exists()]
    return [*found, archive] if archive.is_dir() and any(archive.iterdir()) else found


def _set_aside(home: Path, there: list[Path], *, now: datetime) -> Path:
    """Move what is there into a folder of its own beside it, the database first. Returns that folder."""
    aside = home / f"before-restore-{now:%Y-%m-%dT%H%M%SZ}"
    aside.mkdir()
    for path in there:
        path.rename((aside if path.parent == home else _aside_beside(path, aside)) / path.name)
    return aside


def _aside_beside(path: Path, aside: Path) -> Path:
    """A database that lies elsewhere stays on its own disk: a file is renamed, never copied."""
    beside = path.parent / aside.name
    beside.mkdir(exist_ok=True)
    return beside


def _say_taken(taken: Taken) -> None:
    words = t(
        "Backup {generation}: database {size} MiB, {files} files of the archive copied ({new} MiB); "
        "it is proven whole."
    )
    print(
        words.format(
            generation=taken.generation.folder.name,
            size=_mib(taken.generation.manifest.size),
            files=taken.copied.files,
            new=_mib(taken.copied.size),
        )
    )
    if taken.dropped:
        print(t("{count} older backups were dropped.").format(count=taken.dropped))


def _say_restored(chosen: Generation, count: int, aside: Path | None) -> None:
    words = t("{generation} is back: the database and {files} files of the archive.")
    print(words.format(generation=chosen.folder.name, files=count))
    if aside is not None:
        print(t("What was there before lies in {place}; delete it when all is well.").format(place=aside))
    if (chosen.folder / "config").is_dir():
        words = t("The configuration and models of that day lie in {place}; copy what you need.")
        print(words.format(place=chosen.folder / "config"))
    print(t("Now run `diembao verify`, then start the service again."))


def _line(generation: Generation) -> str:
    articles = generation.manifest.rows.get("articles", 0)
    words = t("{generation}  {size} MiB  {articles} articles")
    return words.format(
        generation=generation.folder.name, size=_mib(generation.manifest.size), articles=articles
    )


def generation_record(generation: Generation) -> dict[str, Any]:
    """For programs."""
    manifest = generation.manifest
    return {
        "generation": generation.folder.name,
        "made_at": manifest.made_at,
        "folder": str(generation.folder),
        "revision": manifest.revision,
        "bytes": manifest.size,
        "sha256": manifest.sha256,
        "rows": manifest.rows,
    }


def taken_record(taken: Taken) -> dict[str, Any]:
    """For programs."""
    copied = {"files_copied": taken.copied.files, "bytes_copied": taken.copied.size}
    return generation_record(taken.generation) | copied | {"generations_dropped": taken.dropped}


def _mib(size: int) -> float:
    return round(size / _MIB, 1)


def _print(record: object) -> None:
    print(json.dumps(record, ensure_ascii=False, indent=1))
