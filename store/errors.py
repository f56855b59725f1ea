"""What can go wrong in the store; every message says what, where and what to do.

StoreError
├── ArchiveError     captured bytes cannot be kept, are missing or are not what was captured
├── BackupError      a backup that cannot be made, is not whole, or would overwrite something
├── CodecError       a stored value does not have the shape this program knows
├── DatabaseError    the database cannot be opened or upgraded, or is newer than the program
├── UnknownRowError  a number or key that the store never gave out
├── AccountError     an invitation or a password that cannot be accepted
├── LibraryError     what cannot be done with documents of the evidence library
└── MatterError      what cannot be done with a matter to correct
QueryError, of people's making, is a ValueError and stands in store.search.errors.
"""

from __future__ import annotations


class StoreError(Exception):
    """Anything the store refuses."""


class ArchiveError(StoreError):
    """Captured bytes cannot be kept, are missing, or do not have their hash."""


class BackupError(StoreError):
    """A backup that cannot be made, is not whole, or whose restoring would overwrite something.

    `template` and `values` as AccountError; without values the template is said as it stands.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values) if values else template)
        self.template = template
        self.values = values


class CodecError(StoreError):
    """A stored value does not have the shape this program knows."""


class DatabaseError(StoreError):
    """The database cannot be opened, upgraded or used."""


class UnknownRowError(StoreError):
    """A number or key that the store never gave out."""


class AccountError(StoreError):
    """An invitation, a name or a password that cannot be accepted.

    `template` is the English text with `{placeholders}`, the key of the translation; `values` fills it.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class LibraryError(StoreError):
    """What cannot be done with documents of the evidence library; `template` and `values` as AccountError."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class MatterError(StoreError):
    """What cannot be done with a matter to correct; `template` and `values` as AccountError."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values
