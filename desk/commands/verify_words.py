"""What is wrong with the evidence and what to do, in words of the catalogue."""

from __future__ import annotations

from collections.abc import Callable

from store.warc.faults import Fault, FaultKind

_RESTORE = "Keep the file as it is for whoever looks into this, restore it from a backup, and verify again."
_RESTORE_CHAIN = (
    "Keep file and chain as they are for whoever looks into this, restore both from a backup, "
    "and verify again."
)
_COMPARE = "Compare with a backup and with heads noted elsewhere; what is cited from that time is not proven."

_WORDS = {
    FaultKind.LINE: ("this line of the chain is not as it was written: {why}", _RESTORE_CHAIN),
    FaultKind.LINES_MISSING: (
        "lines are missing before this one: those of the records {first} to {last}",
        _RESTORE_CHAIN,
    ),
    FaultKind.DAYS_MISSING: (
        "the records {first} to {last} before this day are missing: a day's file or the end of one is gone",
        "Restore the days before from a backup, and verify again.",
    ),
    FaultKind.ORDER: (
        "record {number} stands here, where {expected} belongs: lines were swapped, repeated or put in",
        _RESTORE_CHAIN,
    ),
    FaultKind.LINK: (
        "the line before record {number} is not the one it was written after: it was replaced",
        _RESTORE_CHAIN,
    ),
    FaultKind.OFFSET: (
        "the record is said to begin at byte {offset}, the one before it ends at byte {expected}",
        _RESTORE_CHAIN,
    ),
    FaultKind.FILE: ("the day's file is missing, its chain is there", _RESTORE),
    FaultKind.CUT_SHORT: (
        "the file ends at byte {size}, before the record at byte {offset} (line {chain_line}) does",
        _RESTORE,
    ),
    FaultKind.RECORD: (
        "the record at byte {offset} (line {chain_line}) was changed: SHA-256 {found}, was {expected}",
        _RESTORE,
    ),
    FaultKind.CONTENT: (
        "the record at byte {offset} is not what line {chain_line} of the chain says: {why}",
        _RESTORE_CHAIN,
    ),
    FaultKind.EXTRA: ("from byte {offset} on stand {count} bytes that no line vouches for", _RESTORE_CHAIN),
    FaultKind.SET_ASIDE: (
        "{count} lines were set aside, their records missing: the file was cut or the disk lost them",
        _RESTORE,
    ),
    FaultKind.HEAD: (
        "the chain of this day was written anew: it ends in {found}, the log of decisions noted {noted}",
        _COMPARE,
    ),
    FaultKind.DAY_GONE: (
        "this day is missing; the log of decisions noted {noted} as its end",
        "Restore the day's file and chain from a backup, and verify again.",
    ),
    FaultKind.ROW: (
        "capture {number} of {url} has no record at byte {offset}",
        _RESTORE_CHAIN,
    ),
    FaultKind.ROW_DIFFERS: (
        "capture {number} of {url}: the record at byte {offset} is of another page, time or content",
        _COMPARE,
    ),
    FaultKind.LOOSE: ("capture {number} of {url} cannot be proven: {why}", _RESTORE),
    FaultKind.LOG: (
        "entry {number} of the log of decisions was changed: it no longer vouches for the archive",
        _COMPARE,
    ),
    FaultKind.UNFINISHED: (
        "{count} bytes of a process that was killed; the next capture sets them aside; harmless",
        "",
    ),
}


def say_fault(fault: Fault, t: Callable[[str], str]) -> tuple[str, str]:
    """What differs, and what to do."""
    what, do = _WORDS[fault.kind]
    return t(what).format(**fault.values), t(do) if do else ""
