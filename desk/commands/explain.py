"""`diembao explain FLAG|STORY`: one flag, or a whole story, in full sentences."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.text import Text
from sqlalchemy.orm import Session

from config.settings import load_settings
from desk.commands.help import HELP
from desk.commands.listings import JsonOption
from desk.exits import Exit, faults_in_words, stop
from desk.explaining import Material, Section, explain_record
from desk.explaining_story import StoryMaterial, story_record
from desk.house import open_house
from desk.library import OFFICE
from desk.screen import make_console
from desk.words import t
from nlp.checks.atlas import Atlas, make_atlas
from nlp.gathering.answers import find_answers
from nlp.gathering.asked import find_held
from nlp.proposals import Proposal, propose
from nlp.shelf import open_shelf
from store.claims import FlaggedClaim, find_flag, find_flag_number, find_withdrawal
from store.library.documents import passages_of
from store.reviews import reviews_here
from store.stories import find_story
from store.types import Flag, KeptPassage

app = typer.Typer()


@app.command(name="explain", help=HELP["explain"])
def explain_command(
    flag: Annotated[
        str, typer.Argument(help=t("a flag's number in `diembao flags`, its key, or a story's id"))
    ],
    *,
    as_json: JsonOption = False,
) -> None:
    """Example: `diembao explain 12`."""
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        material = load_material(session, flag, make_atlas(house.configuration.gazetteer))
        story = load_story(session, flag) if material is None else None
    if material is None and story is None:
        stop(
            Exit.USAGE,
            t("There is no flag and no story {flag}.").format(flag=flag),
            t("See `diembao flags` for the numbers of those that stand."),
        )
    record = explain_record(material, t) if material else story_record(story, t) if story else {}
    if as_json:
        print(json.dumps(record, ensure_ascii=False, indent=1))
    else:
        _show([Section(each["title"], tuple(each["lines"])) for each in record["sections"]])


def load_story(session: Session, story_id: str) -> StoryMaterial | None:
    """A story's id, as in the desk's address -> all that is told of it; None where there is no such story."""
    story = find_story(session, story_id)
    if story is None:
        return None
    keys = dict.fromkeys(saved.value.claim.key for saved in story.flags)
    found = reviews_here(session, [(story_id, key) for key in keys])
    return StoryMaterial(story, {key: reviews for (_, key), reviews in found.items()})


def load_material(session: Session, asked: str, atlas: Atlas) -> Material | None:
    """A flag's number or key -> all that is told of it; None where there is no such flag."""
    known = asked.isascii() and asked.isdigit() and len(asked) < 19  # more digits than a database counts
    number = int(asked) if known else find_flag_number(session, asked)
    flagged = find_flag(session, number) if number else None
    if flagged is None:
        return None
    story = find_story(session, flagged.story_id)
    answers = find_answers(session, story).get(flagged.flag.value.claim.key, ()) if story else ()
    places = _find_places(session, flagged.flag.value)
    withdrawn = find_withdrawal(session, flagged.flag.number)
    proposal = _propose(session, flagged, atlas)
    return Material(flagged, story, withdrawn, places, answers, proposal)


def _propose(session: Session, flagged: FlaggedClaim, atlas: Atlas) -> Proposal | None:
    """What the library lets one propose of the sentence, as at the desk; None where it has nothing."""
    sentence = flagged.flag.value.claim.text
    held = find_held(session, [sentence], open_shelf()).get(sentence)
    if not held:
        return None
    on = flagged.item.article.when.astimezone(OFFICE).date()
    return propose(sentence, held, on=on, atlas=atlas)


def _find_places(session: Session, flag: Flag) -> tuple[KeptPassage, ...]:
    """The passages of every document of the library that the flag cites."""
    cited = dict.fromkeys(e.document for e in flag.evidence if e.document.startswith("kho:"))
    numbers = (int(document.partition(":")[2]) for document in cited)
    return tuple(passage for number in numbers for passage in passages_of(session, number))


def _show(sections: Sequence[Section]) -> None:
    console = make_console()
    for section in sections:
        console.print(Text(section.title, style="bold"))
        for line in section.lines:
            console.print(Text(textwrap.indent(line, "  ")))
