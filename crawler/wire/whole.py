"""Unpacks answers, whole or not at all: what was cut off or damaged on its way must never become a version.

In place of Scrapy's own middleware, which takes as much as there is of a damaged answer.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, Self, cast

import brotli
from isal import igzip_lib, isal_zlib
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, ResponseDataLossError
from scrapy.http import Response

ACCEPTED = b"gzip, deflate, br"
_PIECE = 262_144  # bytes unpacked at a time: a bomb is noticed before it is larger than what is allowed
_GZIP = b"\x1f\x8b"
_NOT_OURS = {"zstd", "compress", "x-compress", "dcb", "dcz"}  # never asked for; the bytes would be noise
_FAULTS = (zlib.error, cast("type[Exception]", igzip_lib.error), brotli.error)


class PackingError(Exception):
    """An answer that is not packed as it says, or was damaged on its way."""


class WholeMiddleware:
    """Asks for packed answers and unpacks them."""

    def __init__(self, most: int) -> None:
        self._most = most

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way of making it."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Say what we can unpack."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """The answer unpacked.

        Raises:
            ResponseDataLossError: for a part of one (RFC 9110, 15.3.7: nobody asked for a range) or one
                whose packed body ends too early. What we broke off ourselves (robots.txt) is taken as it is.
            DownloadCancelledError: for one larger than allowed.
            PackingError: for one that cannot be unpacked.

        """
        if response.status == 206:
            raise ResponseDataLossError(f"{response.url} is a part, and nobody asked for one")
        said = b",".join(response.headers.getlist("Content-Encoding")).decode("latin-1").lower()
        if not said or not response.body or request.method == "HEAD":
            return response
        most = request.meta.get("download_maxsize", self._most)
        in_part = "download_stopped" in response.flags
        return _with_body(response, unpack(response.body, said, most, in_part=in_part))


def _with_body(response: Response, body: bytes) -> Response:
    """A plain answer, without Scrapy's guess at an encoding: nobody asks it for text, and it costs much."""
    del response.headers["Content-Encoding"]
    return Response(
        response.url,
        status=response.status,
        headers=response.headers,
        body=body,
        flags=response.flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )


def unpack(body: bytes, said: str, most: int, *, in_part: bool = False) -> bytes:
    """Unpack a body.

    Args:
        body: as received, not empty.
        said: value of Content-Encoding, lower case; the last word was packed last (RFC 9110, 8.4). Words that
            name no packing are passed over, as browsers do.
        most: bytes of the result.
        in_part: whether its end may be missing.

    Returns:
        The body that the outlet packed.

    Raises:
        ResponseDataLossError, DownloadCancelledError, PackingError: as told in `process_response`.

    """
    for word in reversed([word.strip() for word in said.split(",")]):
        if word in _NOT_OURS:
            raise PackingError(f"packed with {word}, which was not asked for")
        pieces = _UNPACKERS.get(word)
        if pieces is not None and body:
            body = _join(pieces(body), most, in_part=in_part)
    return body


def _join(pieces: Iterator[bytes], most: int, *, in_part: bool) -> bytes:
    """Put pieces together; the last is None where the end is missing."""
    found, size = [], 0
    try:
        for piece in pieces:
            found.append(piece)
            size += len(piece)
            if size > most:
                raise DownloadCancelledError(f"larger than {most} bytes when unpacked")
    except _FAULTS as error:
        raise PackingError(f"{error}") from error
    except EOFError as error:
        if not in_part:
            raise ResponseDataLossError("ends before its end") from error
    return found[0] if len(found) == 1 else b"".join(found)


def _gzip(body: bytes) -> Iterator[bytes]:
    """Also several members, one after the other; what follows them and is none belongs to nobody."""
    rest: bytes = body
    while rest.startswith(_GZIP):
        unpacker = isal_zlib.decompressobj(wbits=31)
        yield from _inflated(unpacker, rest)
        rest = unpacker.unused_data
    if rest is body:
        raise zlib.error("no gzip")


def _deflate(body: bytes) -> Iterator[bytes]:
    try:
        zlib.decompressobj().decompress(body, 1)
    except zlib.error:  # raw, as some servers of Microsoft's send it
        return _inflated(zlib.decompressobj(wbits=-15), body)
    return _inflated(zlib.decompressobj(), body)


def _inflated(unpacker: Any, body: bytes) -> Iterator[bytes]:
    rest = body
    while not unpacker.eof:
        piece = unpacker.decompress(rest, _PIECE)
        rest = unpacker.unconsumed_tail
        if not piece and not rest and not unpacker.eof:
            raise EOFError
        yield piece


def _brotli(body: bytes) -> Iterator[bytes]:
    unpacker, rest = brotli.Decompressor(), body
    while not unpacker.is_finished():
        piece = unpacker.process(rest, output_buffer_limit=_PIECE)
        rest = b""
        if not piece and not unpacker.is_finished():
            raise EOFError
        yield piece


_UNPACKERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli}
