"""No person's name is a feature, an index or a facet."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from store.search import QueryError, parse
from store.tables import Base

FAMILY = "nguyễn|trần|huỳnh|phạm|đặng|dương|ksor|rơ châm|rcom|siu|kpă|nay h'"
NAMED = re.compile(rf"\b(?:{FAMILY})\s+(?:văn|thị|đình|hữu|h')\b", re.IGNORECASE)
PERSON = re.compile(r"person|author|byline|religion|ethnic|faith|politic", re.IGNORECASE)


def test_no_index_is_on_a_person_an_author_a_faith_or_a_people():
    indexed = [
        f"{table.name}.{c.name}"
        for table in Base.metadata.tables.values()
        for i in table.indexes
        for c in i.columns
    ]
    assert indexed
    assert [name for name in indexed if PERSON.search(name)] == []


@pytest.mark.parametrize("field", ["author", "byline", "person", "name", "religion", "ethnicity"])
def test_no_search_field_asks_for_a_person(field: str):
    with pytest.raises(QueryError):
        parse(f'{field}:"Nguyễn Văn An"')


def test_no_model_knows_a_person_by_name(root: Path):
    models = sorted((root / "nlp/models").glob("*.json"))
    assert models
    for path in models:
        words = json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False)
        assert NAMED.findall(words) == []
