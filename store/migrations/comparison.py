"""What a comparison of models and database looks at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_ours(name: str | None, kind: str, _parents: Mapping[Any, Any]) -> bool:
    """Leave out full-text indexes, which each database has in its own form (and SQLite in five tables)."""
    return not (kind == "table" and (name or "").startswith(("article_search", "library_search")))
