from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, ResponseDataLossError
from scrapy.http import Response

from crawler.wire.whole import PackingError, WholeMiddleware, unpack

MOST = 2 * 1024 * 1024
PAGE = "<p>Xã Ia Dom báo 12 nhà bị ngập.</p>".encode() * 1000


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKERS = {
    "gzip": ("gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "brotli": ("br", lambda body: brotli.compress(body, quality=3)),
}


@pytest.mark.parametrize(("encoding", "pack"), PACKERS.values(), ids=PACKERS.keys())
@given(data=st.data())
def test_a_packed_body_is_given_whole_or_refused(
    data: st.DataObject, encoding: str, pack: Callable[[bytes], bytes]
):
    body = data.draw(st.one_of(st.just(PAGE), st.binary(min_size=1, max_size=500)))
    packed = pack(body)
    assert unpack(packed, encoding, MOST) == body
    with pytest.raises((ResponseDataLossError, PackingError)):
        unpack(packed[: data.draw(st.integers(1, len(packed) - 1))], encoding, MOST)


@pytest.mark.parametrize(("encoding", "pack"), PACKERS.values(), ids=PACKERS.keys())
def test_a_body_without_its_end_is_told_as_broken_off(encoding: str, pack: Callable[[bytes], bytes]):
    packed = pack(PAGE)
    with pytest.raises(ResponseDataLossError):
        unpack(packed[: len(packed) * 3 // 4], encoding, MOST)


@pytest.mark.parametrize(("encoding", "pack"), PACKERS.values(), ids=PACKERS.keys())
def test_more_than_is_allowed_is_never_put_together(encoding: str, pack: Callable[[bytes], bytes]):
    packed = pack(bytes(5 * MOST))
    tracemalloc.start()
    with pytest.raises(DownloadCancelledError):
        unpack(packed, encoding, MOST)
    assert tracemalloc.get_traced_memory()[1] < 2 * MOST
    tracemalloc.stop()


def test_a_body_damaged_on_its_way_is_refused():
    packed = bytearray(gzip.compress(PAGE))
    packed[-6] ^= 1  # of the checksum
    with pytest.raises(PackingError):
        unpack(bytes(packed), "gzip", MOST)


UNPACKED = {
    "two gzip members": (gzip.compress(PAGE) * 2, "gzip", PAGE * 2),
    "zeros after the end": (gzip.compress(PAGE) + bytes(20), "x-gzip", PAGE),
    "packed twice": (brotli.compress(gzip.compress(PAGE)), "gzip, br", PAGE),
    "a word that is no packing": (PAGE, "utf-8", PAGE),
    "identity beside a packing": (gzip.compress(PAGE), "identity,gzip", PAGE),
    "nothing inside": (gzip.compress(b""), "gzip", b""),
}


@pytest.mark.parametrize(("packed", "said", "body"), UNPACKED.values(), ids=UNPACKED.keys())
def test_what_outlets_send_is_unpacked(packed: bytes, said: str, body: bytes):
    assert unpack(packed, said, MOST) == body


@pytest.mark.parametrize("said", ["gzip", "deflate", "br", "zstd", "gzip, compress"])
def test_what_is_not_packed_as_it_says_is_refused(said: str):
    with pytest.raises((PackingError, ResponseDataLossError)):
        unpack(PAGE, said, MOST)


def test_what_we_broke_off_ourselves_is_taken_as_it_is():
    found = unpack(gzip.compress(PAGE)[:200], "gzip", MOST, in_part=True)
    assert found
    assert PAGE.startswith(found)


def answer(status: int = 200, body: bytes = PAGE, **values: Any) -> Response:
    request = Request("https://baotap.example/a")
    response = Response(request.url, status=status, body=body, **values)
    return WholeMiddleware(MOST).process_response(request, response)


def test_a_part_nobody_asked_for_is_no_answer():
    with pytest.raises(ResponseDataLossError):
        answer(status=206)


def test_an_answer_is_itself_but_unpacked():
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html"}
    found = answer(body=gzip.compress(PAGE), headers=headers, ip_address=ip_address("203.0.113.7"))
    assert found.body == PAGE
    assert dict(found.headers) == {b"Content-Type": [b"text/html"]}
    assert (found.status, str(found.ip_address)) == (200, "203.0.113.7")


def test_an_answer_without_a_body_needs_no_unpacking():
    assert answer(status=304, body=b"", headers={"Content-Encoding": "gzip"}).body == b""


def test_only_what_can_be_unpacked_is_asked_for():
    request = Request("https://baotap.example/a")
    WholeMiddleware(MOST).process_request(request)
    assert request.headers["Accept-Encoding"] == b"gzip, deflate, br"
