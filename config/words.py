"""The one catalogue of what people read: English msgid in, the words of a language out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from io import BytesIO

from babel.messages.pofile import PoFileError, read_po

from config.faults import in_english

SOURCE_LANGUAGE = "en"  # its texts are the msgids


class CatalogueError(Exception):
    """A language has no catalogue, or its file cannot be read."""


def translator(language: str) -> Callable[[str], str]:
    """A BCP 47 language -> msgid -> text with its placeholders still in it; an unknown msgid stays as it is.

    Raises:
        CatalogueError: when there is no readable catalogue for the language.

    """
    primary = language.partition("-")[0].lower()
    if primary == SOURCE_LANGUAGE:
        return in_english
    texts = _read_catalogue(primary)
    return lambda msgid: texts.get(msgid, msgid)


@cache
def _read_catalogue(language: str) -> dict[str, str]:
    """The filled-in texts of one language."""
    path = resources.files("config") / "locale" / language / "LC_MESSAGES" / "diembao.po"
    if not language.isalpha() or not path.is_file():
        raise CatalogueError(f"no catalogue for the language {language!r}: choose vi or en")
    try:
        catalogue = read_po(BytesIO(path.read_bytes()), locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise CatalogueError(f"the catalogue {path} cannot be read ({error}): mend that line") from error
    return {
        m.id: m.string
        for m in catalogue
        if isinstance(m.id, str) and m.id and isinstance(m.string, str) and m.string
    }
