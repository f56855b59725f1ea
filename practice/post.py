"""The practice post office: a real SMTP server on loopback that keeps every letter as a file."""

from __future__ import annotations

import socket
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class _Keeper:
    """aiosmtpd's handler: writes what it is handed, byte for byte, under a number of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd asks for this name
        self.count += 1
        content = envelope.content or b""
        data = content if isinstance(content, bytes) else content.encode()
        (self.folder / f"letter-{self.count:03d}.eml").write_bytes(data)
        return "250 kept"


class PostOffice:
    """Listens on 127.0.0.1 at a free port from entering the block to leaving it."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made if it is not there; letters are written into it."""
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self._controller = Controller(_Keeper(folder), hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        """Start listening."""
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop listening."""
        self._controller.stop()


def free_port() -> int:
    """A port that is free now; aiosmtpd cannot be given port 0, it knocks at the number it was given."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
