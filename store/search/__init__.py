"""The one query language: for the search box, saved searches, rules, digests and the API. Pure."""

from store.folding import fold
from store.search.errors import QueryError
from store.search.marking import highlight_spans
from store.search.nodes import Node, Query
from store.search.parse import parse
from store.search.places import widen_places

__all__ = ["Node", "Query", "QueryError", "fold", "highlight_spans", "parse", "widen_places"]
