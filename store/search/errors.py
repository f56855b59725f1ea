"""What is wrong with a query, and where."""

from __future__ import annotations


class QueryError(ValueError):
    """A query that cannot be understood.

    `message` says why in English, `position` where (characters from 0); `template` is the message with
    `{placeholders}`, the key of its translation, and `values` fills it.
    """

    def __init__(self, template: str, position: int, **values: object) -> None:
        self.template = template
        self.values = values
        self.position = position
        self.message = template.format(**values)
        super().__init__(f"{self.message} (at character {position + 1})")
