"""What is kept of an original to compare others with, as bytes for the store."""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np

from nlp.duplicates import Print
from nlp.terms import Vector

PRINTS_VERSION = "prints-7"  # another one means that what is stored does not compare with what is made now
_HEAD = struct.Struct("<BQIHHH")  # accented, digest, shingles; how many terms, anchors, sketch hashes


@dataclass(frozen=True, slots=True)
class Kept:
    """An original's weighted terms and anchors, its print, and whether it has Vietnamese letters."""

    vector: Vector
    anchors: Vector
    printed: Print
    is_accented: bool


def pack(kept: Kept) -> bytes:
    """Kept -> bytes, about 2 KB, the same on every machine."""
    sketch = kept.printed.sketch
    sizes = (len(kept.vector.keys), len(kept.anchors.keys), len(sketch))
    head = _HEAD.pack(kept.is_accented, kept.printed.digest, kept.printed.size, *sizes)
    keys = np.concatenate((kept.vector.keys, kept.anchors.keys, sketch)).astype("<u4")
    weights = np.concatenate((kept.vector.weights, kept.anchors.weights)).astype("<f2")
    return head + keys.tobytes() + weights.tobytes()


def unpack(packed: bytes) -> Kept:
    """Bytes of `pack` -> what was packed.

    Raises:
        ValueError: they are not whole.

    """
    if len(packed) < _HEAD.size:
        raise ValueError("a print is shorter than its head")
    accented, digest, size, terms, anchors, hashes = _HEAD.unpack_from(packed)
    weighed, keyed = terms + anchors, terms + anchors + hashes
    if len(packed) != _HEAD.size + 4 * keyed + 2 * weighed:
        raise ValueError("a print is not as long as its head says")
    keys = np.frombuffer(packed, "<u4", keyed, _HEAD.size).astype(np.uint32)
    weights = np.frombuffer(packed, "<f2", weighed, _HEAD.size + 4 * keyed).astype(np.float16)
    return Kept(
        Vector(keys[:terms], weights[:terms]),
        Vector(keys[terms:weighed], weights[terms:]),
        Print(digest, keys[weighed:], size),
        bool(accented),
    )
