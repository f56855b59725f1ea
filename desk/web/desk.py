"""The desk put together once, when the app is made: what was handed in, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from jinja2 import Environment

from desk.web.cookies import Cookies
from desk.web.dependencies import DeskDependencies
from desk.web.origins import Home, home_from
from desk.web.render import make_environment
from desk.web.throttle import Throttle
from nlp.translation.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Desk:
    """What every visit shares."""

    given: DeskDependencies
    home: Home
    cookies: Cookies
    throttle: Throttle
    templates: Environment
    lexicon: Lexicon  # of the glossary and the topics


def make_desk(given: DeskDependencies) -> Desk:
    """Dependencies -> the desk.

    Raises:
        ValueError: when the base address is none.

    """
    home = home_from(given.base_address)
    return Desk(
        given=given,
        home=home,
        cookies=Cookies(secure=home.secure),
        throttle=Throttle(),
        templates=make_environment(),
        lexicon=Lexicon(given.configuration.glossary, given.configuration.topics),
    )
