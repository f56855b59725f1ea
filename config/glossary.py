"""glossary.yaml -> GlossaryTerm values."""

from __future__ import annotations

from config.entries import Entry
from config.faults import in_english as _t
from store.types import GlossaryTerm


def read_glossary(root: Entry) -> tuple[GlossaryTerm, ...]:
    """The terms of the file, in its order; a source is given by its full name."""
    named = root.section("sources")
    sources = {key: named.text(key) for key in named.all_keys()} if named else {}
    seen: dict[str, int] = {}
    terms = tuple(_read_term(entry, sources, seen) for entry in root.entries("terms"))
    root.text("version", "")
    root.close()
    return terms


def _read_term(entry: Entry, sources: dict[str, str], seen: dict[str, int]) -> GlossaryTerm:
    for word in entry.words("en", is_needed=True):
        key = word.text.casefold()
        if key in seen:
            entry.page.note(
                word.line,
                word.path,
                _t("the same text stands already at line {line}"),
                _t("remove one"),
                line=str(seen[key]),
            )
        seen.setdefault(key, word.line)
    source = entry.text("source", "")
    if source and source not in sources:
        entry.fault("source", _t("{found} is not one of them"), _t("choose from {allowed}"), found=source,
                    allowed=", ".join(sources))  # fmt: skip
    term = GlossaryTerm(entry.texts("en"), entry.text("vi"), sources.get(source, ""))
    entry.close()
    return term
