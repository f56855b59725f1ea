from __future__ import annotations

import gzip
import io
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import brotli
import pytest
from backports import zstd
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.archives.warcs import START, NoWarcError, Place, Read, WarcFile, WarcPage, Why

LIMIT = 100_000
HTML = b"<html><body>" + "Gia Lai họp báo. ".encode() * 20 + b"</body></html>"


def record(
    number: int = 1,
    body: bytes = HTML,
    *,
    status: str = "200 OK",
    kind: str = "text/html",
    coding: str = "",
    record_type: str = "response",
    more: str = "",
    date: str = "2026-11-01T08:00:00Z",
    url: str = "",
) -> bytes:
    coded = f"Content-Encoding: {coding}\r\n" if coding else ""
    head = f'HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{coded}Set-Cookie: a=1\r\nETag: "e"\r\n\r\n'
    payload = head.encode() + body
    when = f"WARC-Date: {date}\r\n" if date else ""
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {record_type}\r\n"
            f"WARC-Target-URI: {url or f'https://baotap.example/tin-{1000 + number}.html'}\r\n"
            f"{when}{more}WARC-Record-ID: <urn:uuid:{number}>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(payload)}\r\n\r\n"
        ).encode()
        + payload
        + b"\r\n\r\n"
    )


def packed(*records: bytes) -> bytes:
    return b"".join(gzip.compress(one) for one in records)


def read(content: bytes, *, start: Place = START, **values: object) -> list[Read]:
    return list(WarcFile(io.BytesIO(content), start=start, max_bytes=LIMIT, **values))  # type: ignore[arg-type]


def addresses(reads: list[Read]) -> list[str]:
    return [one.found.url for one in reads if isinstance(one.found, WarcPage)]


FORMS: dict[str, Callable[..., bytes]] = {
    "plain": lambda *records: b"".join(records),
    "compressed record by record": packed,
    "compressed as a whole": lambda *records: gzip.compress(b"".join(records)),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_pages_come_with_address_date_headers_and_body(form: Callable[..., bytes]) -> None:
    found = read(form(record(1), record(2, record_type="request"), record(3)))
    assert [one.after.count for one in found] == [1, 3]
    page = found[0].found
    assert isinstance(page, WarcPage)
    assert (page.url, page.at) == (
        "https://baotap.example/tin-1001.html",
        datetime(2026, 11, 1, 8, tzinfo=UTC),
    )
    assert page.body == HTML
    assert (page.header("etag"), page.header("set-cookie")) == ('"e"', "")


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
@pytest.mark.parametrize("done", range(6))
def test_reading_goes_on_after_the_record_where_it_stood(form: Callable[..., bytes], done: int) -> None:
    content = form(
        *(record(number, record_type="request" if number == 2 else "response") for number in range(6))
    )
    whole = read(content)
    start = whole[done - 1].after if done else START
    if done <= len(whole):
        assert addresses(read(content, start=start)) == addresses(whole)[done:]


LEFT_OUT = {
    "another status": (record(status="404 Not Found"), Why.STATUS),
    "not HTML": (record(kind="application/pdf"), Why.NOT_HTML),
    "too large": (record(body=b"a" * (LIMIT + 1)), Why.TOO_BIG),
    "a bomb": (record(body=gzip.compress(b"a" * 50_000_000), coding="gzip"), Why.TOO_BIG),
    "no date": (record(date=""), Why.NO_DATE),
    "a date that is none": (record(date="2008-10-294T05:21:46-0700"), Why.NO_DATE),
    "cut short by the archive": (record(more="WARC-Truncated: length\r\n"), Why.TRUNCATED),
    "bytes that are not what they claim": (record(body=b"no gzip", coding="gzip"), Why.DAMAGED),
    "no HTTP answer": (record().replace(b"HTTP/1.1 200 OK", b"SMTP what is it"), Why.DAMAGED),
}


@pytest.mark.parametrize(("one", "why"), LEFT_OUT.values(), ids=LEFT_OUT.keys())
def test_what_is_left_out_is_told_and_costs_no_other(one: bytes, why: Why) -> None:
    found = read(record(1) + one + record(3))
    assert found[1].found is why or (why is Why.DAMAGED and found[1].found in {Why.STATUS, Why.NOT_HTML})
    assert len(addresses(found)) == 2


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd"])
def test_compressed_pages_are_unpacked(coding: str) -> None:
    packers = {"gzip": gzip.compress, "br": brotli.compress, "deflate": zlib.compress, "zstd": zstd.compress}
    (found,) = read(record(body=packers[coding](HTML), coding=coding))
    assert isinstance(found.found, WarcPage)
    assert found.found.body == HTML
    assert found.found.header("content-encoding") == ""


def test_a_length_beyond_the_end_of_the_file_hides_nothing_behind_it() -> None:
    lying = record(1).replace(b"Content-Length: ", b"Content-Length: 99999999999", 1)
    reads = read(lying + record(2))
    assert [one.found for one in reads if not isinstance(one.found, WarcPage)] == [Why.DAMAGED]
    assert addresses(reads) == ["https://baotap.example/tin-1002.html"]


def test_a_date_before_the_web_is_none() -> None:
    (one,) = read(record(1, date="0001-01-01T00:00:00+14:00"))
    assert one.found is Why.NO_DATE


def test_an_unwanted_page_is_not_even_read() -> None:
    asked: list[str] = []

    def is_wanted(url: str, at: datetime) -> bool:
        asked.append(f"{url} {at:%Y}")
        return False

    assert [one.found for one in read(record(), is_wanted=is_wanted)] == [Why.UNWANTED]
    assert asked == ["https://baotap.example/tin-1001.html 2026"]


@pytest.mark.parametrize("form", list(FORMS.values())[:2], ids=list(FORMS)[:2])
def test_damage_costs_the_record_it_hits_is_told_once_and_reading_goes_on(form: Callable[..., bytes]) -> None:
    before, hit, after = form(record(1)), bytearray(form(record(2))), form(record(3), record(4))
    hit[3:40] = b"\x00" * 37
    found = read(before + bytes(hit) + after)
    assert [one.found for one in found if isinstance(one.found, Why)] == [Why.DAMAGED]
    assert [url[-9:-5] for url in addresses(found)] == ["1001", "1003", "1004"]


@pytest.mark.parametrize("form", list(FORMS.values())[:2], ids=list(FORMS)[:2])
def test_a_torn_file_gives_what_was_whole(form: Callable[..., bytes]) -> None:
    content = form(record(1), record(2))
    found = read(content[:-60])
    assert addresses(found)[:1] == ["https://baotap.example/tin-1001.html"]
    assert Counter(isinstance(one.found, Why) for one in found)[True] <= 1
    assert len(found) == 2


NONE = {
    "empty": (b"", "an empty file"),
    "a web page": (HTML, "not a WARC file"),
    "ARC": (b"filedesc://x.arc 0.0.0.0 20260101000000 text/plain 9\n1 0 a\n", "an ARC file"),
    "noise": (b"\x1f\x8b\x08" + b"\x00" * 50, "not a WARC file"),
}


@pytest.mark.parametrize(("content", "said"), NONE.values(), ids=NONE.keys())
def test_what_is_no_warc_file_is_told_in_words(content: bytes, said: str) -> None:
    with pytest.raises(NoWarcError, match=said):
        read(content)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1200), st.binary(min_size=1, max_size=40))
def test_any_damage_comes_to_an_end_and_gives_no_page_that_is_not_there(at: int, noise: bytes) -> None:
    content = bytearray(packed(record(1), record(2), record(3)))
    content[at : at + len(noise)] = noise
    try:
        found = addresses(read(bytes(content)))
    except NoWarcError:
        return
    assert len(found) <= 3


SAMPLES = {
    "chatnoir-resiliparse_warcfile.warc.gz": (16, {}),
    "chatnoir-resiliparse_clueweb-quirk.warc.gz": (0, {Why.NO_DATE: 29}),
    "chatnoir-resiliparse_clipped.warc.gz": (0, {Why.DAMAGED: 1}),
    "warcio_example-trunc.warc": (1, {Why.DAMAGED: 1}),
    "warcio_example-wrong-chunks.warc.gz": (1, {}),
    "warcio_example-wget-bad-target-uri.warc.gz": (1, {}),
    "warcio_example-bad.warc.gz.bad": (1, {Why.STATUS: 1}),
    "warcio_example-bad-non-chunked.warc.gz": (1, {}),
    "warcio_example-iana.org-chunked.warc": (1, {}),
    "warcio_post-test.warc.gz": (0, {Why.NOT_HTML: 3}),
    "warcio_example-resource.warc.gz": (0, {}),
}


@pytest.mark.data
@pytest.mark.parametrize(("name", "expected"), SAMPLES.items(), ids=SAMPLES.keys())
def test_other_peoples_samples_are_read(name: str, expected: tuple[int, dict[Why, int]], data: Path) -> None:
    with (data / "warc" / "samples" / name).open("rb") as stream:
        found = [one.found for one in WarcFile(stream, start=START, max_bytes=5 << 20)]
    assert sum(isinstance(one, WarcPage) for one in found) == expected[0]
    assert Counter(one for one in found if isinstance(one, Why)) == expected[1]
