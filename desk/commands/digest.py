"""`diembao digest`: a digest to look at before anybody gets it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from alerts.edition import Digest
from alerts.render.document import render as render_document
from alerts.render.mail import render as render_mail
from alerts.spans import Span
from config.settings import load_settings
from desk.commands.help import HELP
from desk.digests import UnknownRecipientError, find_recipient, preview_digest
from desk.exits import Exit, faults_in_words, require_place, stop
from desk.house import open_house
from desk.words import t, words_of

app = typer.Typer()
ENDINGS = (".html", ".txt", ".docx")

EveryOption = Annotated[Span, typer.Option("--every", help=t("that of the day, the week or the month"))]
ToOption = Annotated[str, typer.Option("--to", help=t("a recipient of rules.yaml by its id; else the first"))]
FileOption = Annotated[
    Path | None,
    typer.Option("--output", "-o", help=t("a file: .html, .txt or .docx; else the text is printed")),
]


@app.command(help=HELP["digest"])
def digest(every: EveryOption = Span.DAY, to: ToOption = "", output: FileOption = None) -> None:
    """Example: `diembao digest --every week -o week.html`."""
    if output is not None and output.suffix not in ENDINGS:
        words = t("{path} is none of the files that a digest can be written to.").format(path=output)
        stop(Exit.USAGE, words, t("Name a file that ends in .html, .txt or .docx."))
    require_place(output, t)
    with faults_in_words(t), open_house(load_settings()) as house, house.sessions() as session:
        try:
            recipient = find_recipient(house, to)
        except UnknownRecipientError as fault:
            words = t("No recipient of rules.yaml has the id {name}.").format(name=fault.name)
            stop(Exit.USAGE, words, t("The ids are: {ids}").format(ids=", ".join(fault.ids)))
        made = preview_digest(house, session, span=every, recipient=recipient, now=house.clock())
        ending = output.suffix if output else ".txt"
        body = _render(made, ending, language=recipient.language)
        if output:
            output.write_bytes(body)
        print(output or body.decode())


def _render(digest: Digest, ending: str, *, language: str) -> bytes:
    words = words_of(language)
    if ending == ".docx":
        return render_document(digest, words, language=language)
    mail = render_mail(digest, words, language=language)
    return (mail.html if ending == ".html" else mail.text).encode()
