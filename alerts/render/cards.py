"""What the DOCX digest and the DOCX pack share: the reader's voice, citations, claims with both sides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from docx.document import Document as Paper

from alerts.edition import Change, ChangedArticle, Citation, ClaimCard, ClaimSide, Quotation, Quote
from alerts.phrases import Name, Phrase, Translate, say
from alerts.render.decree30 import LEFT_SIDE, Run, add_table, add_text
from alerts.render.words import VERDICTS, join_sentences, make_clock, make_dated, say_check

_ABREAST = 2  # sides of a difference in one row
_WIDTH = 164  # of them together, mm
Reference = Callable[[int, str], str]  # article number, address -> " [3]", "" where there is no annex


def no_reference(_number: int, _document: str) -> str:
    """For papers without an annex."""
    return ""


@dataclass(frozen=True, slots=True)
class Voice:
    """How one paper speaks: its words, its language, its clock."""

    t: Translate
    language: str
    zone: ZoneInfo

    def say(self, phrase: Phrase | Name) -> str:
        """A phrase or name in this language."""
        return say(phrase, self.t, self.language)

    def clock(self, moment: datetime) -> str:
        """06:30 22/11/2026."""
        return make_clock(self.zone, "%H:%M %d/%m/%Y")(moment)

    def dated(self, moment: datetime) -> str:
        """06:30 22/11/2026, or the day alone where no more is known."""
        return make_dated(self.zone)(moment)

    def hour(self, moment: datetime) -> str:
        """06:30 22/11."""
        return make_clock(self.zone, "%H:%M %d/%m")(moment)


def say_source(voice: Voice, cited: Citation) -> str:
    """Outlet and time, marked where the time is that of the capture."""
    at = voice.clock(cited.at)
    return f"{cited.outlet}, {at if cited.dated else voice.t('captured {time}').format(time=at)}"


def say_quote(quote: Quote) -> str:
    """Exact words in quotation marks, with a sign where the sentence goes on."""
    return f"“{quote.text}”{' […]' if quote.cut else ''}"


def add_empty(paper: Paper, voice: Voice) -> None:
    """An empty section says so."""
    add_text(paper, Run(voice.t("None in this period."), is_italic=True))


def _say_piece(piece: Quotation, voice: Voice, refer: Reference) -> str:
    at = f", {voice.dated(piece.at)}" if piece.at else ""
    why = f" · {piece.why}" if piece.why else ""
    return f"“{piece.text}” – {piece.publisher or piece.title}{at}{refer(piece.number, piece.url)}{why}"


def _side(pieces: tuple[Quotation, ...], voice: Voice, refer: Reference) -> str:
    return " ".join(_say_piece(p, voice, refer) for p in pieces) or voice.t("nothing found yet")


def _verdict(side: ClaimSide, voice: Voice) -> tuple[str, str]:
    """The last verdict, and its person and reason; or that there is none."""
    if not side.decisions:
        return voice.t("No verdict yet"), ""
    last = side.decisions[0]
    verdict = f"{voice.t('Verdict:')} {voice.t(VERDICTS[last.verdict])}"
    return verdict, f" – {last.reviewer}, {voice.clock(last.at)}: {last.reason}"


def _spread(side: ClaimSide) -> str:
    return " → ".join(cited.outlet for cited in side.spread)


def _cited(side: ClaimSide, voice: Voice, refer: Reference) -> str:
    return f"{say_source(voice, side.cited)}{refer(side.cited.number, side.cited.url)}"


def add_claim(paper: Paper, card: ClaimCard, voice: Voice, refer: Reference = no_reference) -> None:
    """A claim: its words, where it stands, both sides in two columns, what is missing, the verdict."""
    t = voice.t
    if len(card.sides) > 1:
        _add_sides(paper, card, voice, refer)
    else:
        _add_one(paper, card, voice, refer)
    if card.context:
        add_text(paper, Run(t("To compare"), is_italic=True), f": {_side(card.context, voice, refer)}")
    if card.because:
        why = f" {join_sentences(card.because)} {say_check(card.check, t)}"
        add_text(paper, Run(t("Why it is marked:"), is_italic=True), why)
    missing = join_sentences(card.missing) or t("a source independent of both sides")
    add_text(paper, Run(t("Missing:"), is_italic=True), f" {missing}", after=10 if len(card.sides) > 1 else 6)
    if len(card.sides) == 1:
        verdict, by = _verdict(card.sides[0], voice)
        add_text(paper, Run(verdict, is_bold=True), by, after=10)


def _add_one(paper: Paper, card: ClaimCard, voice: Voice, refer: Reference) -> None:
    """A sentence with what speaks for and against it."""
    t, (side,) = voice.t, card.sides
    add_text(paper, Run(f"“{side.text}”", is_bold=True), f" – {_cited(side, voice, refer)}", keep=True)
    add_text(paper, Run(t("Appeared in:"), is_italic=True), f" {_spread(side)}", keep=True)
    sides = [(_side(side.evidence_for, voice, refer), _side(card.evidence_against, voice, refer))]
    add_table(paper, [t("Evidence for"), t("Evidence against")], sides, widths=(82, 82))


def _add_sides(paper: Paper, card: ClaimCard, voice: Voice, refer: Reference) -> None:
    """Sentences that disagree, one beside the other and each told alike: no side is the wrong one."""
    t = voice.t
    differs = Run(t("Outlets tell it differently; no side counts as right."), is_italic=True)
    add_text(paper, differs, keep=True)
    for at in range(0, len(card.sides), _ABREAST):
        some = card.sides[at : at + _ABREAST]
        rows: list[list[str | Run]] = [
            [Run(f"“{side.text}”", is_bold=True) for side in some],
            [f"{t('Appeared in:')} {_spread(side)}" for side in some],
            [f"{t('Evidence for')}: {_side(side.evidence_for, voice, refer)}" for side in some],
            ["".join(_verdict(side, voice)) for side in some],
        ]
        heads = [_cited(side, voice, refer) for side in some]
        add_table(paper, heads, rows, widths=[_WIDTH / len(some)] * len(some))
    if card.evidence_against:
        against = _side(card.evidence_against, voice, refer)
        add_text(paper, Run(t("Evidence against"), is_italic=True), f": {against}")


def _say_words(change: Change, voice: Voice) -> str:
    t = voice.t
    before = f"“{change.before}”" if change.before else t("not there before")
    return f"{before} → {f'“{change.after}”' if change.after else t('not there any more')}"


def _say_moments(change: Change, voice: Voice) -> str:
    t = voice.t
    seen = t("seen {time}").format(time=voice.hour(change.at))
    if change.before_at is None:
        return seen
    return f"{seen}; {t('before that {time}').format(time=voice.hour(change.before_at))}"


def _add_change(paper: Paper, change: Change, voice: Voice) -> None:
    """What happened, when it was seen, then the exact words before and after."""
    t = voice.t
    detail = f"; {t(change.detail)}" if change.detail else ""
    head = f" ({_say_moments(change, voice)}{detail})"
    words = f": {_say_words(change, voice)}" if change.has_words else "."
    sentence = f", {t('in the sentence:')} “{change.sentence}”" if change.sentence else ""
    add_text(paper, "- ", Run(voice.say(change.what), is_italic=True), f"{head}{words}", sentence)


def add_changes(
    paper: Paper,
    articles: tuple[ChangedArticle, ...],
    more: int,
    voice: Voice,
    refer: Reference = no_reference,
) -> None:
    """The articles whose pages changed or went, and how many more there are."""
    for article in articles:
        cited = article.cited
        source = f" ({say_source(voice, cited)}){refer(cited.number, cited.url)}."
        add_text(
            paper,
            Run(cited.headline, is_bold=True, link=cited.url, limit=300),
            source,
            align=LEFT_SIDE,
            keep=True,
        )
        if article.more:
            earlier = voice.t("{count} earlier change(s): see the article at the desk.")
            add_text(paper, Run(earlier.format(count=article.more), is_italic=True))
        for change in article.changes:
            _add_change(paper, change, voice)
    if more:
        rest = voice.t("{count} more article(s) changed: see the desk.")
        add_text(paper, Run(rest.format(count=more), is_italic=True))
    if not articles:
        add_empty(paper, voice)
