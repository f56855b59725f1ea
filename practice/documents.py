"""Reads the press's YAML files; a fault names the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

# the C reader where PyYAML was built with it: the story files are half a megabyte
_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StoryFileError(ValueError):
    """A file of the press says something that cannot be: the message names file or key and what to do."""


def load_document(path: Path) -> Any:
    """The document in a YAML file. Raises StoryFileError when it is no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_SAFE)  # noqa: S506 (both readers are safe ones)
    except yaml.YAMLError as error:
        raise StoryFileError(f"{path.name} is no YAML: {error}") from error
