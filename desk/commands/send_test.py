"""`diembao send-test`."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from config.settings import load_settings
from desk.commands.help import HELP
from desk.exits import Exit, faults_in_words, stop
from desk.house import open_house
from desk.trial import UnknownTrialError, find_person, send_trial
from desk.words import t

app = typer.Typer()


@app.command(name="send-test", help=HELP["send-test"])
def send_test(
    channel: Annotated[str, typer.Argument(help=t("mail, or an id of channels.yaml"))],
    *,
    to: Annotated[str, typer.Option("--to", help=t("id of a recipient of rules.yaml; needed for mail"))] = "",
) -> None:
    """Example: `diembao send-test mail --to to-bao-chi`. Exit code 5 when it was not sent."""
    with faults_in_words(t), open_house(load_settings()) as house:
        try:
            person = find_person(house.configuration, channel, to)
        except UnknownTrialError as fault:
            stop(Exit.USAGE, _say_unknown(fault), t("The ids are: {ids}").format(ids=", ".join(fault.ids)))
        delivery = send_trial(house, channel, person, environment=os.environ, t=t)
        if not delivery.is_sent:
            advice = t("`diembao doctor` looks at the settings of every channel.")
            stop(Exit.INCOMPLETE, t("Not sent: {words}").format(words=delivery.words), advice)
        print(t("Sent over {channel} to {person}.").format(channel=channel, person=person.name))


def _say_unknown(fault: UnknownTrialError) -> str:
    if fault.is_channel:
        return t("No channel has the id {name}.").format(name=fault.name)
    if not fault.name:
        return t("Nobody is named for the test: add --to and the id of a recipient.")
    return t("No recipient of rules.yaml has the id {name}.").format(name=fault.name)
