"""Where notices may go at this moment: the office's files are looked at before each sending."""

from __future__ import annotations

from pathlib import Path

from alerts.channels.channel import ChannelError
from alerts.channels.destinations import Destinations
from config.load import ConfigurationError, find_telling, load_telling
from store.types import Notice

_Stamp = tuple[tuple[str, int, int, int], ...]


class CurrentDestinations:
    """Asked of a notice whether it may go; reads the files anew when one of them has changed."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._stamp: _Stamp | None = None
        self._destinations: Destinations | None = None

    def __call__(self, notice: Notice) -> bool:
        """Whether the notice's address stands in the configuration now.

        Raises:
            ChannelError: of the whole channel, while the files cannot be read: somebody is editing them.

        """
        stamp = _stamp_of(find_telling(self._folder))
        if self._destinations is None or stamp != self._stamp:
            self._destinations, self._stamp = self._load(), stamp
        return self._destinations.has(notice)

    def _load(self) -> Destinations:
        try:
            rules, channels = load_telling(self._folder)
        except ConfigurationError as fault:
            words = f"nothing is sent while the configuration cannot be read: {fault}"
            raise ChannelError(permanent=False, words=words, is_whole=True) from fault
        return Destinations.of(rules.recipients, channels)


def _stamp_of(files: tuple[Path, ...]) -> _Stamp:
    """What changes when somebody saves a file; a file that is not there has no stamp."""
    found = ((file.name, file.stat()) for file in files if file.exists())
    return tuple((name, stat.st_mtime_ns, stat.st_size, stat.st_ino) for name, stat in found)
