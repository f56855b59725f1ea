"""How far each file of a backfill was read: one small JSON file beside the database for each."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from crawler.archives.warcs import START, Place


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the reading of one file stands; `name` is of the file and of what was looked for in it."""

    name: str
    place: Place = START
    is_done: bool = False


def find_mark(folder: Path, path: Path, wanted: str) -> Mark:
    """The mark of a file, as it is now: a file that has changed, or another question, begins anew.

    A mark that cannot be read counts as none: reading a file again keeps nothing twice.
    """
    about = path.stat()
    identity = f"{path.resolve()}\x1f{about.st_size}\x1f{about.st_mtime_ns}\x1f{wanted}"
    name = hashlib.sha256(identity.encode(errors="surrogatepass")).hexdigest()
    try:
        found = json.loads((folder / f"{name}.json").read_text("utf-8"))
        return Mark(name, Place(int(found["offset"]), int(found["count"])), bool(found["done"]))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return Mark(name)


def save_mark(folder: Path, mark: Mark) -> None:
    """Note how far a file was read; whoever is killed in between finds the mark before."""
    folder.mkdir(parents=True, exist_ok=True)
    values = {"offset": mark.place.offset, "count": mark.place.count, "done": mark.is_done}
    unfinished = folder / f"{mark.name}.unfinished"
    unfinished.write_text(json.dumps(values), "utf-8")
    unfinished.replace(folder / f"{mark.name}.json")
