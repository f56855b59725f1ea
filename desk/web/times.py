"""Times as people read them: Asia/Ho_Chi_Minh on screen, UTC inside."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def show_local(moment: datetime) -> str:
    """An aware time -> "22/11/2026 06:30" in the office's zone.

    Midnight to the microsecond is a day of which no hour is known, as of most papers of the library: no hour
    is shown.
    """
    local = moment.astimezone(LOCAL_ZONE)
    return local.strftime("%d/%m/%Y" if local.time() == time.min else "%d/%m/%Y %H:%M")


def show_iso(moment: datetime) -> str:
    """An aware time -> RFC 3339 in UTC, for machines and for citing a verdict exactly."""
    return moment.astimezone(UTC).isoformat()
