"""`diembao serve`: the schedule and the desk, for good; `--desk-only` and `--no-desk` split them."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from types import FrameType

import structlog
import typer
import uvicorn

from config.settings import load_settings
from desk.brief import make_pack
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, stop
from desk.house import House, find_contact, open_house
from desk.logs import set_up_logs
from desk.ownership import NotTheOwnerError, own_schedule
from desk.secrets import load_secret
from desk.service import make_scheduler
from desk.upkeep import add_upkeep
from desk.web.accounts import first_start_link
from desk.web.app import make_app
from desk.web.dependencies import DeskDependencies
from desk.words import t, words_of
from nlp.nli.local_model import find_entailment
from nlp.translation.local_model import load_local_model
from nlp.translation.translator import Translator

app = typer.Typer()
STOP_WITHIN_SECONDS = 10


@app.command(help=HELP["serve"])
def serve() -> None:
    """Example: `DIEMBAO_CONTACT=press@example.org diembao serve`.

    Ctrl-C or SIGTERM stops it within ten seconds.
    """
    with faults_in_words(t), open_house(load_settings()) as house:
        set_up_logs(house.settings.log_format)
        warn_of_contact(house)
        try:
            with own_schedule(house.engine, house.settings.home):
                run_service(house)
        except NotTheOwnerError as fault:
            stop(
                Exit.STORAGE,
                t("Another process runs the schedule on {place}.").format(place=fault),
                t("Stop it first, or leave it to do the work."),
            )


def warn_of_contact(house: House) -> None:
    """Say on standard error when outlets could write to nobody."""
    if not find_contact(house.settings, house.configuration.rules):
        print(
            t("No contact is set, so nothing is collected on a schedule: set DIEMBAO_CONTACT."),
            file=sys.stderr,
        )


def run_service(house: House) -> None:
    """The schedule in the background, the desk in front; both end together."""
    signal.signal(signal.SIGTERM, _leave)  # already now: jobs begin before the desk stands
    with open_door(house.settings.desk_host, house.settings.desk_port) as door, suppress(KeyboardInterrupt):
        ended = Event()
        Thread(target=_leave_in_time, args=(house.stopping, ended), daemon=True).start()
        scheduler = make_scheduler(house)
        add_upkeep(scheduler, house)
        scheduler.start()
        try:
            serve_desk(house, door)
        finally:
            house.stopping.set()
            scheduler.shutdown(wait=True)
            ended.set()


def _leave_in_time(stopping: Event, ended: Event) -> None:
    """Keep the promise where somebody else's server hangs: its letter stays claimed, as after a kill.

    The next start sends it again as the same message. A collection ends in seven seconds at most.
    """
    stopping.wait()
    if not ended.wait(STOP_WITHIN_SECONDS - 1):
        structlog.get_logger().warning("left a job that did not end")
        sys.stdout.flush()
        os._exit(Exit.DONE)


@contextmanager
def open_door(host: str, port: int, *, or_any: bool = False) -> Iterator[socket.socket]:
    """The desk's socket, bound before anything is said of its address.

    Raises:
        OSError: the port is taken, and `or_any` is not set.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((host, port))
        except OSError:
            if not or_any:
                raise
            door.bind((host, 0))
        yield door


def address_of(door: socket.socket) -> str:
    """The desk's own address, as people type it."""
    host, port = door.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def say_first_start(house: House, address: str) -> None:
    """The desk's address and, when nobody has an account yet, the one-time link."""
    print(t("The desk: {address}").format(address=address))
    link = first_start_link(house.sessions, address, house.clock())
    if link:
        print(
            t("First start: make your account with this one-time link (24 hours): {link}").format(link=link)
        )
    print(t("Ctrl-C ends it."))
    sys.stdout.flush()


def make_desk(house: House, address: str) -> DeskDependencies:
    """What the desk's pages need, and nothing more."""
    return DeskDependencies(
        sessions=house.sessions,
        archive=house.archive,
        configuration=house.configuration,
        words=words_of,
        now=house.clock,
        make_pack=lambda ids: _pack(house, ids),
        secret=load_secret(house.settings.home),
        base_address=address,
        translator=load_translator(house.settings.translation_model),
        entailment=find_entailment(house.settings.nli_folder),
        contact=find_contact(house.settings, house.configuration.rules),
    )


def load_translator(folder: Path | None) -> Translator | None:
    """The folder of a local model, or None -> what translates on the desk; None: nothing does.

    Raises:
        TranslationError: when the folder that was set holds no model that can be used.

    """
    return load_local_model(folder) if folder else None


def _pack(house: House, story_ids: Sequence[str]) -> bytes:
    with house.sessions() as session:
        return make_pack(house, session, story_ids, now=house.clock())


def serve_desk(house: House, door: socket.socket) -> None:
    """Serve the desk until Ctrl-C or SIGTERM. No access log: a welcome link stands in its path."""
    address = address_of(door)
    say_first_start(house, address)
    config = uvicorn.Config(
        make_app(make_desk(house, address)),
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
        server_header=False,
    )
    signal.signal(signal.SIGTERM, _leave)
    with suppress(KeyboardInterrupt):
        _Desk(config, house).run(sockets=[door])


class _Desk(uvicorn.Server):
    """The desk's server; whoever ends it ends the work in the background at the same moment."""

    def __init__(self, config: uvicorn.Config, house: House) -> None:
        super().__init__(config)
        self._house = house

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A signal that ends the service. What is long need not wait until all readers have gone."""
        self._house.stopping.set()
        super().handle_exit(sig, frame)


def _leave(_number: int, _frame: object) -> None:
    """SIGTERM ends like Ctrl-C; uvicorn raises the signal again once it has stopped."""
    raise KeyboardInterrupt
