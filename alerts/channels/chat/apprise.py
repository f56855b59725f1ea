"""Notices to whatever Apprise reaches. Its address holds the secrets: it is never said."""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from alerts.channels.channel import ChannelError
from alerts.channels.chat.quiet import overhear
from alerts.channels.chat.text import make_body, make_title
from alerts.channels.secrecy import scrub
from store.types import Notice

_CODE = re.compile(r"error=(\d{3})\b")  # how Apprise says the HTTP code
_OF_THE_TEXT = frozenset({400, 413, 414, 422})
_LONGEST_WORDS = 300  # characters of what Apprise said
_APP = "Diem Bao"  # goes into headers, which hold no marks


def is_installed() -> bool:
    """Whether the extra `chat` is there."""
    return importlib.util.find_spec("apprise") is not None


def find_address_fault(secret: str) -> str:
    """Why an Apprise address cannot be used, "" when it can; nothing is asked of anybody."""
    if not is_installed():
        return "Apprise is not installed: install the extra `chat`"
    with overhear():
        service = _make_service(secret)
    return "" if service is not None else "no service of Apprise has such an address"


@dataclass(slots=True)
class ChatChannel:
    """One chat, group or gateway. `secret` is the Apprise address."""

    id: str
    secret: str = field(repr=False)
    longest: int = 1_500
    t: Callable[[str], str] = field(default=str, repr=False)
    _service: Any = field(default=None, repr=False)

    def send(self, notice: Notice, number: int) -> None:  # noqa: ARG002  every channel is handed the number
        """Post a notice as plain text.

        Raises:
            ChannelError: permanent where the service refuses the text; of the whole channel where it refuses
                us or does not answer. Apprise tells only whether all went well: what failed half-way
                is repeated with the same mark.

        """
        fault = find_address_fault(self.secret)
        if fault:
            words = f"{fault}; correct the variable of the channel {self.id}"
            raise ChannelError(permanent=False, words=words, is_whole=True)
        body = make_body(notice, longest=self.longest, t=self.t)
        try:
            with overhear() as heard:
                self._service = self._service or _make_service(self.secret)
                is_taken = self._post(make_title(notice), body)
        except Exception as error:  # noqa: BLE001  what plugins raise is their affair, and their words hold the address
            raise self._fault([type(error).__name__]) from None
        if not is_taken:
            raise self._fault(heard.lines)

    def close(self) -> None:
        """Forget the session with the service."""
        self._service = None

    def _post(self, title: str, body: str) -> bool:
        return bool(self._service.notify(title=title, body=body, body_format="text", overflow="truncate"))

    def _fault(self, lines: Iterable[str]) -> ChannelError:
        said = scrub(" ".join(" ".join(lines).split()), [self.secret])[:_LONGEST_WORDS]
        code = int(found[1]) if (found := _CODE.search(said)) else 0
        of_text = code in _OF_THE_TEXT
        words = f"the chat {self.id} did not take it: {said or 'Apprise does not say why'}"
        return ChannelError(permanent=of_text, words=words, is_whole=not of_text)


def _make_service(secret: str) -> Any | None:
    """The service behind an address, None for an address that is none.

    Nothing of a session is kept on the disk, and no redirect is followed: it would take the secret elsewhere.
    """
    apprise = importlib.import_module("apprise")
    asset = apprise.AppriseAsset(
        app_id=_APP,
        app_desc=_APP,
        app_url="",
        http_redirects=False,
        async_mode=False,
        storage_mode="memory",
        secure_logging=True,
    )
    return apprise.Apprise.instantiate(secret, asset=asset, suppress_exceptions=True)
