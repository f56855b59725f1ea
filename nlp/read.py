"""Article -> Reading: the steps in order, pure.

1. language   2. surfaces (the forms in which names and cues are looked for)   3. places
4. relevance, from the evidence of places   5. the parts places play, now that relevance is known
6. topics   7. claims
"""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from nlp.claims import find_claims
from nlp.encodings import bring_back, repair
from nlp.knowledge import READER_VERSION, Knowledge, make_knowledge
from nlp.language import detect, is_unaccented
from nlp.places.finding import find_places
from nlp.places.settling import mentions_from, settle
from nlp.relevance import judge_relevance
from nlp.surface import make_surface
from nlp.topics import find_topics
from store.types import Article, Reading

__all__ = ["READER_VERSION", "Knowledge", "make_knowledge", "read"]

_LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def read(article: Article, knowledge: Knowledge) -> Reading:
    """One article version -> all that is read in it, with reasons; never raises, whatever the text holds.

    Offsets of places and claims are in characters of the article's own title and text, also where those are
    in an encoding older than Unicode and were made readable first. Time grows with the length of the text.
    """
    repaired = repair(article)
    if repaired is None:
        return _read(article, knowledge)
    readable, fields = repaired
    return bring_back(_read(readable, knowledge), fields)


def _read(article: Article, knowledge: Knowledge) -> Reading:
    title, text = article.title, article.text
    language = detect(f"{title}. {article.lead} {text[:2000]}", declared=article.language)
    exact = language.code == "vi" and not is_unaccented(language)
    # A title in plain capitals stands over many an accented text.
    surfaces = {
        "title": make_surface(title, exact=exact and not title.isascii()),
        "text": make_surface(text, exact=exact),
    }
    evidence = find_places(
        surfaces["title"], surfaces["text"], knowledge.names, knowledge.traps, day=_day_of(article)
    )
    models = knowledge.models
    relevance = judge_relevance(surfaces["title"], surfaces["text"], evidence, models.relevance)
    found = settle(evidence.found, relevance.label, places=knowledge.names.by_id, length=len(text))
    places = mentions_from(found, surfaces, {"title": title, "text": text})
    cues = knowledge.cues_of(language.code)
    return Reading(
        language=language,
        relevance=relevance,
        topics=find_topics(surfaces["title"], surfaces["text"], cues, models.topics, language=language.code),
        places=places,
        claims=find_claims(text, title=title, language=language.code, places=places),
        reader_version=knowledge.version,
    )


def _day_of(article: Article) -> date | None:
    """The day of publication where people read it; None where none is known, so that old names count too."""
    return article.published.at.astimezone(_LOCAL).date() if article.published else None
