"""The secret that signs the desk's forms: made at the first start, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "desk-secret"
BYTES = 32


def load_secret(home: Path) -> bytes:
    """The secret of this data folder (32 bytes); made when there is none."""
    path = home / NAME
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(BYTES))
    return path.read_bytes()
