"""A briefing pack as DOCX in the layout of Decree 30/2020: internal, a draft, every quotation sourced."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from docx.document import Document as Paper
from docx.shared import Mm

from alerts.briefing import Pack, Reported
from alerts.phrases import Translate
from alerts.render.cards import (
    Reference,
    Voice,
    add_changes,
    add_claim,
    add_empty,
    say_quote,
    say_source,
)
from alerts.render.decree30 import (
    CENTRE,
    LEFT_SIDE,
    Run,
    add_heading,
    add_recipients,
    add_space,
    add_stamp,
    add_state_block,
    add_table,
    add_text,
    add_title,
    make_paper,
    to_bytes,
)
from alerts.render.words import say_day
from alerts.sections.annex import Annex
from alerts.sections.questions import Question, Tier

TIERS = {Tier.CERTAIN: "Certain", Tier.LIKELY: "Likely", Tier.HARD: "Hard"}
FINGERPRINT = 16  # characters of a hash on one line
ANSWER_HEIGHT = 22  # mm to write an answer in by hand


def make_reference(annex: Annex) -> Reference:
    """An annex -> a function from an article or address to its mark, " [3]"."""

    def refer(number: int, document: str) -> str:
        found = annex.reference(number, document)
        return f" [{found}]" if found else ""

    return refer


def _add_story(paper: Paper, story: Reported, number: int, voice: Voice, refer: Reference) -> None:
    t = voice.t
    first = story.first
    add_heading(paper, f"{number}. {first.headline}", level=2)
    spread = t("{outlets} independent outlet(s), {articles} article(s), {copies} of them reprints").format(
        outlets=story.outlets, articles=story.articles, copies=story.copies
    )
    add_text(paper, Run(f"{t('Topic')}: ", is_italic=True), f"{voice.say(story.topic)}. {spread}.", keep=True)
    told = f"{say_source(voice, first)}{refer(first.number, first.url)}."
    add_text(paper, Run(f"{t('First published by')}: ", is_italic=True), told, keep=True)
    for each in story.quotes:
        source = f" ({say_source(voice, each.cited)}{refer(each.cited.number, each.cited.url)})"
        add_text(paper, f"{say_quote(each.quote)}{source}.", keep=True)
    rows = [
        (
            voice.clock(step.cited.at),
            step.cited.outlet
            + (f" ({t('reprint of {outlet}').format(outlet=step.copied_from)})" if step.copied_from else ""),
            Run(step.cited.headline, link=step.cited.url, limit=300),
            refer(step.cited.number, step.cited.url).strip(),
        )
        for step in story.timeline
    ]
    heads = [t("Time"), t("Outlet"), t("Headline"), t("Source no.")]
    add_table(paper, heads, rows, widths=(35, 42, 70, 18))


def _add_reported(paper: Paper, pack: Pack, voice: Voice, refer: Reference) -> None:
    add_heading(paper, f"I. {voice.t('What is reported')}")
    for number, story in enumerate(pack.reported, start=1):
        _add_story(paper, story, number, voice, refer)
    if not pack.reported:
        add_empty(paper, voice)
    if pack.left_out:
        words = voice.t("{count} more story(ies) of the period are not in this pack.")
        add_text(paper, Run(words.format(count=pack.left_out), is_italic=True))


def _add_figures(paper: Paper, pack: Pack, voice: Voice, refer: Reference) -> None:
    t = voice.t
    add_heading(paper, f"IV. {t('Figures side by side')}")
    for number, row in enumerate(pack.figures, start=1):
        figures = " / ".join(dict.fromkeys(cell.figure for cell in row.cells))
        mark = t("figures differ") if row.is_disputed else t("figures agree")
        add_text(
            paper,
            Run(f"{number}. {figures}: ", is_bold=True, limit=400),
            f"{mark} ({row.headline})",
            align=LEFT_SIDE,
            keep=True,
        )
        cells = [
            (
                cell.cited.outlet,
                Run(cell.figure, is_bold=True),
                f"“{cell.sentence}”{refer(cell.cited.number, cell.cited.url)}",
            )
            for cell in row.cells
        ]
        add_table(paper, [t("Outlet"), t("Figure"), t("Sentence")], cells, widths=(38, 35, 92))
    if not pack.figures:
        add_text(paper, Run(t("No quantity is given by two outlets independently."), is_italic=True))


def _add_question(paper: Paper, question: Question, number: int, voice: Voice, refer: Reference) -> None:
    t = voice.t
    add_text(paper, Run(f"{number}. {voice.say(question.words)}", is_bold=True), keep=True)
    source = f"{question.cited.headline}{refer(question.cited.number, question.cited.url)}"
    sentence = f" “{question.sentence}”" if question.sentence else ""
    add_text(paper, Run(f"{t('Asked because of')}: ", is_italic=True), f"{source}.{sentence}", keep=True)
    add_text(
        paper, Run(f"{t('Why this question')}: ", is_italic=True), f"{voice.say(question.why)}.", keep=True
    )
    holders = "; ".join(unit.name for unit in question.units) or t("to be assigned")
    rows = [
        (t("Who answers (proposed)"), holders),
        (t("Agreed answer"), ""),
        (t("Cleared by, valid until"), ""),
    ]
    table = add_table(paper, ["", t("to be filled in by a person")], rows, widths=(55, 110))
    table.rows[2].height = Mm(ANSWER_HEIGHT)


def _add_questions(paper: Paper, pack: Pack, voice: Voice, refer: Reference) -> None:
    t = voice.t
    add_heading(paper, f"VI. {t('Likely questions')} ({t('DRAFT')})")
    number = 0
    for tier in Tier:
        asked = [question for question in pack.questions if question.tier is tier]
        if asked:
            add_heading(paper, t(TIERS[tier]), level=2)
        for question in asked:
            number += 1
            _add_question(paper, question, number, voice, refer)
    if not pack.questions:
        add_empty(paper, voice)


def _fingerprint(sha256: str, t: Translate) -> str:
    """A hash in groups, so that it breaks over lines and can be compared by eye."""
    if not sha256:
        return t("no capture kept")
    return " ".join(sha256[i : i + FINGERPRINT] for i in range(0, len(sha256), FINGERPRINT))


def _add_annex(paper: Paper, pack: Pack, voice: Voice) -> None:
    t = voice.t
    add_heading(paper, f"{t('Annex')}. {t('Sources')}")
    rows = []
    for source in pack.annex.sources:
        item = t("item {number}, version {version}").format(number=source.number, version=source.version)
        facts = [source.outlet, voice.dated(source.published) if source.published else t("no date")]
        facts += [item] if source.number else []
        facts += [t("feed summary only")] if source.summary_only else []
        rows.append(
            (
                f"[{source.reference}]",
                f"{source.title} – {'; '.join(facts)}",
                Run(source.url, link=source.url, limit=400),
                voice.clock(source.captured_at) if source.captured_at else "–",
                _fingerprint(source.sha256, t),
            )
        )
    heads = [t("No."), t("Article"), t("Address"), t("Captured"), "SHA-256"]
    add_table(paper, heads, rows, widths=(11, 50, 44, 20, 40), size=9)
    if not rows:
        add_empty(paper, voice)


def _add_corrections(paper: Paper, pack: Pack, voice: Voice, refer: Reference) -> None:
    add_heading(paper, f"III. {voice.t('Right: we must correct ourselves')}")
    for card in pack.corrections:
        add_claim(paper, card, voice, refer)
    if not pack.corrections:
        add_empty(paper, voice)


def render(pack: Pack, t: Translate, *, language: str = "vi") -> bytes:
    """Pack, words of a language and its BCP 47 code -> the bytes of a .docx file. Pure."""
    voice = Voice(t, language, ZoneInfo(pack.header.timezone))
    refer = make_reference(pack.annex)
    subject = t("Press conference of {day}: what is reported, what is known").format(
        day=say_day(pack.header.day)
    )
    paper = make_paper(
        title=subject, author=pack.header.office, created=pack.header.period_end, language=language
    )
    add_state_block(paper, pack.header, t, symbol=t("No.: ……"))
    add_stamp(paper, t("FOR INTERNAL USE"), width=62)
    add_space(paper, 6)
    add_stamp(paper, t("DRAFT"), width=34)
    add_title(paper, t("Accompanying paper"), subject)
    period = t("From {start} to {end} ({zone})").format(
        start=voice.clock(pack.header.period_start),
        end=voice.clock(pack.header.period_end),
        zone=pack.header.timezone,
    )
    add_text(paper, Run(period, is_italic=True), align=CENTRE, first_line=0)
    _add_reported(paper, pack, voice, refer)
    add_heading(paper, f"II. {t('Claims and evidence')}")
    for card in pack.claims:
        add_claim(paper, card, voice, refer)
    if not pack.claims:
        add_empty(paper, voice)
    _add_corrections(paper, pack, voice, refer)
    _add_figures(paper, pack, voice, refer)
    add_heading(paper, f"V. {t('Changed / taken down')}")
    add_changes(paper, pack.changes, pack.more_changes, voice, refer)
    _add_questions(paper, pack, voice, refer)
    add_recipients(paper, (), t)
    paper.add_page_break()  # type: ignore[no-untyped-call]  # python-docx leaves this one call untyped
    _add_annex(paper, pack, voice)
    return to_bytes(paper)
