"""A digest as a DOCX report (báo cáo) in the layout of Decree 30/2020. Says what the mail says."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from docx.document import Document as Paper

from alerts.edition import Citation, Count, Digest, Entry, Gap, Gaps, TopicGroup
from alerts.phrases import Translate
from alerts.render.cards import Voice, add_changes, add_claim, add_empty, say_quote, say_source
from alerts.render.decree30 import (
    CENTRE,
    LEFT_SIDE,
    Run,
    add_heading,
    add_recipients,
    add_stamp,
    add_state_block,
    add_table,
    add_text,
    add_title,
    make_paper,
    to_bytes,
)
from alerts.render.words import (
    CHARTS,
    COLUMNS,
    say_bar,
    say_compared,
    say_day,
    say_language,
    say_limit,
    say_named,
    say_number,
    say_silence,
)
from alerts.spans import Span

MOST_TO_CORRECT = 15  # matters of ours that are listed, as in the mail
_BLOCKS = 24  # in the longest bar of the chart
PLACES_OF_ENTRY = 6  # entries told in full under a topic; the others in one line, as in the mail


def _cite(voice: Voice, cited: Citation) -> tuple[Run | str, ...]:
    """Headline as a link, then outlet and time."""
    return Run(cited.headline, is_bold=True, link=cited.url, limit=300), f" ({say_source(voice, cited)})"


def _add_highlights(paper: Paper, digest: Digest, voice: Voice) -> None:
    add_heading(paper, f"I. {voice.t('Highlights')}")
    for number, line in enumerate(digest.highlights, start=1):
        why = "; ".join(voice.say(reason) for reason in line.reasons)
        add_text(paper, f"{number}. ", *_cite(voice, line.lead), f": {why}.")
    if not digest.highlights:
        add_empty(paper, voice)


def _add_matters(paper: Paper, digest: Digest, voice: Voice) -> None:
    t = voice.t
    add_heading(paper, f"II. {t('Matters to be handled')}")
    if not digest.matters:
        add_empty(paper, voice)
        return
    none = t("none in units.yaml answers for this topic or place; to be assigned")
    rows = [
        (
            str(number),
            Run(m.lead.headline, link=m.lead.url, limit=300),
            say_source(voice, m.lead),
            "; ".join(unit.name for unit in m.units) or none,
            t("no clock runs; a person starts it (see below)"),
            voice.say(m.state),
        )
        for number, m in enumerate(digest.matters, start=1)
    ]
    heads = [t("No."), t("Matter"), t("Source, time"), t("Proposed unit"), t("Deadline"), t("State")]
    add_table(paper, heads, rows, widths=(13, 44, 29, 32, 24, 23), size=10.5)
    if digest.more_matters:
        more = t("{count} more matter(s) stand in the press sections below.")
        add_text(paper, more.format(count=digest.more_matters))
    if digest.clocks:
        add_text(paper, Run(t("Limits set by law: which act starts them"), is_bold=True), keep=True)
    for clock in digest.clocks:
        starts = t("Starts when: {act}.").format(act=clock.starts.rstrip("."))
        add_text(paper, f"- {say_limit(clock, t)}: {clock.name}. {starts} {clock.legal_basis}.")


def _add_entry(paper: Paper, entry: Entry, voice: Voice) -> None:
    t = voice.t
    facts = [say_source(voice, entry.lead)]
    if not entry.lead.language.startswith("vi"):
        facts.append(say_language(entry.lead.language, t))
    if entry.copies:
        facts.append(t("and {count} outlet(s) reprint").format(count=len(entry.copies)))
    if entry.flags:
        facts.append(t("{count} to be checked").format(count=entry.flags))
    tail = "".join(f" {say_quote(each.quote)}" for each in entry.quotes)
    add_text(
        paper,
        Run(entry.lead.headline, is_bold=True, link=entry.lead.url, limit=300),
        f" ({'; '.join(facts)}).",
        tail,
    )
    if not entry.lead.language.startswith("vi"):
        note = t("No machine translation yet: the words above are the original.")
        add_text(paper, Run(note, is_italic=True))
    if entry.units:
        add_text(
            paper, Run(t("Proposed unit:"), is_italic=True), " " + "; ".join(u.name for u in entry.units)
        )


def _add_press(paper: Paper, heading: str, groups: tuple[TopicGroup, ...], voice: Voice) -> None:
    add_heading(paper, heading)
    for number, group in enumerate(groups, start=1):
        add_heading(paper, f"{number}. {voice.say(group.topic)} ({len(group.entries) + group.more})", level=2)
        for entry in group.entries[:PLACES_OF_ENTRY]:
            _add_entry(paper, entry, voice)
        for entry in group.entries[PLACES_OF_ENTRY:]:
            add_text(paper, "- ", *_cite(voice, entry.lead))
        if group.more:
            add_text(paper, voice.t("{count} more story(ies): see the desk.").format(count=group.more))
    if not groups:
        add_empty(paper, voice)


def _add_corrections(paper: Paper, digest: Digest, voice: Voice) -> None:
    add_heading(paper, f"VI. {voice.t('Corrections and replies printed')}")
    for correction in digest.corrections:
        add_text(paper, *_cite(voice, correction.cited), f": “{correction.quote.text}”")
    if not digest.corrections:
        add_empty(paper, voice)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table of counts: its caption and rows."""

    caption: str
    rows: tuple[Count, ...]
    compared: str = ""  # the head of the column of what the rows are compared with; "" for none


def _add_counts(paper: Paper, sheet: _Sheet, voice: Voice) -> None:
    t = voice.t
    if not sheet.rows:
        return
    add_text(paper, Run(t(sheet.caption), is_bold=True), align=LEFT_SIDE, keep=True)
    heads, widths = ["", t("articles"), t("stories")], [115, 25, 25]
    rows = [[voice.say(row.name), str(row.articles), str(row.stories)] for row in sheet.rows]
    if sheet.compared:
        heads, widths = [*heads, t(sheet.compared)], [90, 25, 25, 25]
        for cells, row in zip(rows, sheet.rows, strict=True):
            mean = row.mean
            cells.append(t("not known") if mean is None else say_number(mean, voice.language))
    add_table(paper, heads, rows, widths=widths)


def _add_figures(paper: Paper, digest: Digest, voice: Voice) -> None:
    t, figures = voice.t, digest.figures
    add_heading(paper, f"VIII. {t('Figures')}")
    total = t("{articles} article(s) in {stories} story(ies); {copies} of the articles are reprints.")
    sum_up = total.format(articles=figures.articles, stories=figures.stories, copies=figures.copies)
    add_text(paper, f"{sum_up} {say_compared(figures, digest.header.span, t, voice.language)}")
    _add_chart(paper, digest, voice)
    for sheet in (
        _Sheet("By topic (an article may have several)", figures.by_topic, COLUMNS[digest.header.span]),
        _Sheet("By place of the event", figures.by_place),
        _Sheet("By kind of source", figures.by_kind),
        _Sheet("Collected, kept, not shown here", figures.hidden),
    ):
        _add_counts(paper, sheet, voice)
    _add_gaps(paper, figures.gaps, voice)


def _add_chart(paper: Paper, digest: Digest, voice: Voice) -> None:
    """The chart as a table: a bar is a row of blocks, and its number stands beside it."""
    t, bars = voice.t, digest.figures.chart
    if not bars:
        return
    add_text(paper, Run(t(CHARTS[digest.header.span]), is_bold=True), align=LEFT_SIDE, keep=True)
    rows = [
        [say_bar(bar, t), "█" * round(_BLOCKS * bar.share), str(bar.stories), str(bar.articles)]
        for bar in bars
    ]
    add_table(paper, ["", "", t("stories"), t("articles")], rows, widths=(30, 85, 25, 25))


def _add_gaps(paper: Paper, gaps: Gaps, voice: Voice) -> None:
    t = voice.t
    add_text(paper, Run(t("Gaps in collection"), is_bold=True), keep=True)
    _add_gap_list(paper, gaps.unread, gaps.more_unread, voice)
    if not gaps.unread:
        add_text(paper, Run(t("Every source in use answered."), is_italic=True))
    add_text(paper, Run(t("Sources that fell silent or changed"), is_bold=True), keep=True)
    _add_gap_list(paper, gaps.odd, gaps.more_odd, voice)
    if not gaps.odd:
        none = t("No source in use is silent for longer than usual or reads otherwise than before.")
        add_text(paper, Run(none, is_italic=True))
    if gaps.silence.watched:
        add_text(paper, say_silence(gaps.silence, t))
    if gaps.has_more:
        add_text(paper, t("The whole lists stand at the desk, on the page of the sources."))


def _add_gap_list(paper: Paper, gaps: tuple[Gap, ...], more: int, voice: Voice) -> None:
    t = voice.t
    for gap in gaps:
        detail = f" ({t(gap.detail)})" if gap.detail else ""
        add_text(paper, f"- {gap.outlet}: {voice.say(gap.what)}{detail}. {_say_last(gap, voice)}")
    if more:
        add_text(paper, t("and {count} other source(s)").format(count=more))


def _say_last(gap: Gap, voice: Voice) -> str:
    """Since when it is so, or when it was read last."""
    t = voice.t
    if gap.since:
        return t("Since {time}.").format(time=voice.hour(gap.since))
    if gap.succeeded_at:
        return t("Last read {time}.").format(time=voice.hour(gap.succeeded_at))
    return t("Never read so far.")


def _add_to_correct(paper: Paper, digest: Digest, voice: Voice) -> None:
    """The open matters of ours, as many as the mail lists, and how many more there are."""
    t = voice.t
    if digest.to_correct:
        add_text(paper, Run(t("Matters of ours to correct"), is_bold=True), keep=True)
    for matter in digest.to_correct[:MOST_TO_CORRECT]:
        late = f" ({t('overdue')})" if matter.is_late else ""
        due = ", " + t("due {day}").format(day=say_day(matter.due)) if matter.due else ""
        number = t("Matter {number}").format(number=matter.number)
        unit = matter.unit or t("no unit yet")
        add_text(paper, Run(f"- {number}{late}: ", is_bold=True), f"{matter.claim} – {unit}{due}")
    if len(digest.to_correct) > MOST_TO_CORRECT:
        add_text(paper, t("and {count} more").format(count=len(digest.to_correct) - MOST_TO_CORRECT))


def _add_undelivered(paper: Paper, digest: Digest, voice: Voice) -> None:
    """Whom a notice did not reach, as many as the mail lists, and how many more there are."""
    t = voice.t
    if digest.undelivered:
        add_text(paper, Run(t("Letters and messages that were given up"), is_bold=True), keep=True)
    for one in digest.undelivered[:MOST_TO_CORRECT]:
        add_text(paper, f"- {one.recipient} ({one.channel}): {one.subject} – {voice.hour(one.at)}, {one.why}")
    if len(digest.undelivered) > MOST_TO_CORRECT:
        add_text(paper, t("and {count} more").format(count=len(digest.undelivered) - MOST_TO_CORRECT))


def _add_follow_up(paper: Paper, digest: Digest, voice: Voice) -> None:
    add_heading(paper, f"IX. {voice.t('Follow-up')}")
    for card in digest.follow_up:
        add_claim(paper, card, voice)
    if not digest.follow_up:
        add_empty(paper, voice)
    _add_to_correct(paper, digest, voice)
    _add_undelivered(paper, digest, voice)
    if digest.coming:
        add_text(paper, Run(voice.t("Dates in the coming week"), is_bold=True), keep=True)
    for day, name in digest.coming:
        add_text(paper, f"- {say_day(day)}: {name}")
    if digest.rising:
        add_text(paper, Run(voice.t("Stories that rise"), is_bold=True), keep=True)
    for rise in digest.rising:
        add_text(paper, f"- {voice.say(rise)}")
    if digest.outlooks:
        add_text(paper, Run(voice.t("Expected, reckoned from past weeks"), is_bold=True), keep=True)
    for outlook in digest.outlooks:
        add_text(paper, f"- {voice.say(outlook)}")


def render(digest: Digest, t: Translate, *, language: str = "vi") -> bytes:
    """Digest, words of a language and its BCP 47 code -> the bytes of a .docx file. Pure."""
    voice = Voice(t, language, ZoneInfo(digest.header.timezone))
    kind, day = t("Report"), say_named(digest.header, t)
    is_longer = digest.header.span is not Span.DAY
    subject = f"{t('Press digest')} {day}" if is_longer else t("Press digest of {day}").format(day=day)
    paper = make_paper(
        title=subject, author=digest.header.office, created=digest.header.period_end, language=language
    )
    add_state_block(paper, digest.header, t, symbol=t("No.: ……/BC-……"))
    add_stamp(paper, t("DRAFT"), width=34)
    add_title(paper, kind, subject)
    period = t("From {start} to {end} ({zone})").format(
        start=voice.clock(digest.header.period_start),
        end=voice.clock(digest.header.period_end),
        zone=digest.header.timezone,
    )
    add_text(paper, Run(period, is_italic=True), align=CENTRE, first_line=0)
    if digest.header.late_since:
        late = t("Late: it was due at {time}.").format(time=voice.clock(digest.header.late_since))
        add_text(paper, Run(late, is_bold=True), align=CENTRE, first_line=0)
    _add_highlights(paper, digest, voice)
    _add_matters(paper, digest, voice)
    add_heading(paper, f"III. {t('Information to be checked')}")
    for card in digest.claims:
        add_claim(paper, card, voice)
    if not digest.claims:
        add_empty(paper, voice)
    _add_press(paper, f"IV. {t('Domestic press')}", digest.domestic, voice)
    _add_press(paper, f"V. {t('Foreign press')}", digest.foreign, voice)
    _add_corrections(paper, digest, voice)
    add_heading(paper, f"VII. {t('Changed / taken down')}")
    add_changes(paper, digest.changes, digest.more_changes, voice)
    _add_figures(paper, digest, voice)
    _add_follow_up(paper, digest, voice)
    add_recipients(paper, digest.recipients, t)
    return to_bytes(paper)
