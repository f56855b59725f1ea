"""A foreign article as its page shows it: terms explained in the original, a machine translation. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nlp.translation.glossing import Gloss, find_glosses, is_foreign
from nlp.translation.lexicon import Kind, Lexicon
from nlp.translation.translator import Translation, TranslationError, Translator, can_help, translate
from store.types import Article, Gazetteer, Reading


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the original; `note` is its Vietnamese where a term stands in it for the first time."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ForeignView:
    """The original in stretches that make it up, its terms, and what a machine can add.

    `translated` is None where it was not asked for or could not be made; then `fault` says why, if it failed.
    """

    language: str
    stretches: tuple[Stretch, ...]
    terms: tuple[Gloss, ...]
    topics: tuple[Gloss, ...]
    can_translate: bool
    translated: Translation | None = None
    fault: str = ""


def view_foreign(
    article: Article,
    reading: Reading | None,
    *,
    lexicon: Lexicon,
    gazetteer: Gazetteer,
    translator: Translator | None = None,
    is_wanted: bool = False,
) -> ForeignView | None:
    """An article and what was read in this version -> its view; None of one that is not foreign.

    `is_wanted`: whether somebody asked for the machine's translation; made for this page, kept nowhere.
    """
    language = reading.language.code if reading else article.language
    if not is_foreign(language):
        return None
    mentions = reading.places if reading else ()
    places = {place.id: place for place in gazetteer.places} if mentions else {}
    glosses = find_glosses(article.text, lexicon, mentions=mentions, places=places)
    first = [gloss for gloss in glosses if gloss.is_first]
    helped = can_help(translator, language)
    made, fault = _translate(article, translator) if helped and translator and is_wanted else (None, "")
    return ForeignView(
        language=language,
        stretches=tuple(_stretches(article.text, first)),
        terms=tuple(gloss for gloss in first if gloss.kind is not Kind.TOPIC),
        topics=tuple(gloss for gloss in first if gloss.kind is Kind.TOPIC),
        can_translate=helped,
        translated=made,
        fault=fault,
    )


def _translate(article: Article, translator: Translator) -> tuple[Translation | None, str]:
    try:
        return translate(article.title, article.text, translator), ""
    except TranslationError as error:
        return None, str(error)


def _stretches(text: str, glosses: Sequence[Gloss]) -> Iterator[Stretch]:
    """The whole text in order; a topic's name is no translation of its cue, so it is no note."""
    at = 0
    for gloss in glosses:
        if gloss.kind is not Kind.TOPIC:
            yield Stretch(text[at : gloss.start])
            yield Stretch(gloss.text, gloss.vi)
            at = gloss.end
    yield Stretch(text[at:])
