"""A query's places, widened by somebody who knows which units hold the ground of which. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from store.search.nodes import Both, Either, InPlace, Node, Not, Query


def widen_places(query: Query, ids_of: Callable[[str], tuple[str, ...]]) -> Query:
    """A query whose `place:` conditions also find the units that `ids_of` names.

    Args:
        query: parsed.
        ids_of: a place as written in the query, name or id, to ids of units, such as its successors.

    """
    return replace(query, tree=_widened(query.tree, ids_of))


def _widened(node: Node, ids_of: Callable[[str], tuple[str, ...]]) -> Node:
    match node:
        case InPlace(ids):
            more = (id_ for written in ids for id_ in ids_of(written))
            return replace(node, ids=tuple(dict.fromkeys((*ids, *more))))
        case Both(parts) | Either(parts):
            return replace(node, parts=tuple(_widened(part, ids_of) for part in parts))
        case Not(part):
            return Not(_widened(part, ids_of))
        case _:
            return node
