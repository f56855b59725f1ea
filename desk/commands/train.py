"""`diembao train`: the models learn from the desk's corrections; a worse one is never installed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from config.settings import load_settings
from desk.commands.help import HELP
from desk.exits import faults_in_words
from desk.house import House, open_house
from desk.progress import show_progress
from desk.words import t
from nlp.knowledge import Knowledge
from nlp.trained import install_model
from nlp.training.corrections import examples_from
from nlp.training.examples import Example, load_people, load_seeds
from nlp.training.run import Outcome, train
from store.corrections import iter_corrected

app = typer.Typer()


@app.command(
    name="train",
    help=HELP["train"],
)
def train_command(
    *,
    data: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help=t("A folder of labelled data, to make the models from the ground up."),
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(help=t("Write the models into this folder instead of the office's own.")),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=t("Only say what would come of it; install nothing."))
    ] = False,
) -> None:
    """Example: `diembao train && diembao cycle --only read`."""
    with faults_in_words(t), open_house(load_settings()) as house:
        knowledge = house.make_knowledge()
        examples = find_examples(house, knowledge, data)
        _say_examples(examples)
        with show_progress({"prepare": t("read"), "fit": t("learn")}) as progress:
            outcomes = train(examples, knowledge, today=house.clock().date(), data=data, progress=progress)
        for outcome in outcomes:
            settle(outcome, into or house.models, dry_run=dry_run)


def find_examples(house: House, knowledge: Knowledge, data: Path | None) -> list[Example]:
    """Seeds, the labels of people where their texts are at hand, and what the desk corrected."""
    people = load_people(data, knowledge.topics) if data else []
    with house.sessions() as session:
        return [*load_seeds(knowledge.topics), *people, *examples_from(iter_corrected(session))]


def _say_examples(examples: list[Example]) -> None:
    held = sum(example.held_out for example in examples)
    corrected = sum(example.id.startswith("desk:") for example in examples)
    words = t(
        "Learned from {count} examples, {corrected} of them articles corrected at the desk; "
        "judged on {held} others."
    )
    print(words.format(count=len(examples) - held, corrected=corrected, held=held))


def settle(outcome: Outcome, folder: Path, *, dry_run: bool) -> None:
    """Say the scores, and install the model if it is wanted and not worse."""
    for score, after in outcome.after.items():
        words = t("{model}: {score} {before} before, {after} after")
        before = outcome.before[score]
        print(words.format(model=outcome.name, score=score, before=f"{before:.3f}", after=f"{after:.3f}"))
    if outcome.is_worse:
        print(
            t("{model}: not installed, because it reads worse than the present one").format(
                model=outcome.name
            )
        )
    elif dry_run:
        print(t("{model}: not installed, because it was not asked for").format(model=outcome.name))
    else:
        install_model(folder, outcome.name, outcome.text)
        print(t("{model}: installed in {folder}").format(model=outcome.name, folder=folder))
