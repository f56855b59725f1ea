"""How headers of letters are laid out in lines, so that every character arrives.

Python 3.11's own way (email.policy) puts a space that falls between two encoded words outside both, where
RFC 2047 (6.2) has readers drop it: "5 vụ việc" arrived as "5 vụviệc". The older Header class keeps it.
"""

from __future__ import annotations

from email.header import Header
from email.policy import EmailPolicy
from typing import Any

_LINE = 75  # characters of an encoded word, RFC 2047, 2


class LetterPolicy(EmailPolicy):
    """The policy of our letters: as SMTP's, but a text with letters beyond ASCII keeps its spaces."""

    def fold(self, name: str, value: Any) -> str:
        """A header's name and value -> its lines."""
        if self.utf8 or str(value).isascii():
            return str(super().fold(name, value))
        return f"{name}: {self._encode(name, value)}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        if self.utf8 or str(value).isascii():
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")

    def _encode(self, name: str, value: Any) -> str:
        addresses = getattr(value, "addresses", None)
        if addresses is None:
            return self._say(str(value), name)
        # a name on lines of its own, the address behind it
        return ", ".join(f"{self._say(one.display_name, name)} <{one.addr_spec}>" for one in addresses)

    def _say(self, text: str, name: str) -> str:
        return Header(text, "utf-8", maxlinelen=_LINE, header_name=name).encode(linesep=self.linesep)


LETTERS = LetterPolicy(linesep="\r\n")
