"""What a capture says of how it came: the headers that were really sent and the address that answered."""

from __future__ import annotations

from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from sqlalchemy import select

from crawler.spiders.press import _answer
from crawler.wire.answers import kept_headers
from store.snapshots import unextracted
from store.tables import SnapshotRow


def test_a_capture_carries_the_request_and_the_address_into_its_record(
    outlet: Any, store: Any, collect: Any, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html")
    outlet.page("/1.html", make_page())
    collect([make_source(f"{outlet.base}/rss")], outlet)
    with store.sessions() as session:
        (row,) = session.execute(select(SnapshotRow.__table__)).all()
        assert unextracted(session, store.archive, limit=9) == []
    assert row.address == "127.0.0.1"
    assert "DiemBao" in row.asked_with or "diembao" in row.asked_with.lower()
    packed = store.archive.daily.read(row.warc_file, row.warc_offset)
    assert packed.url == row.url_final
    assert packed.payload == outlet.pages["/1.html"].body


@pytest.mark.parametrize("name", ["Cookie", "set-cookie", "AUTHORIZATION", "Proxy-Authorization"])
def test_no_cookie_and_no_credential_is_ever_kept(name: str) -> None:
    assert kept_headers([(name.encode(), [b"secret"]), (b"Accept", [b"*/*"])]) == (("Accept", "*/*"),)


def test_an_answer_without_its_request_is_an_answer_all_the_same() -> None:
    answer = _answer(Response("https://a.example/1"))
    assert (answer.asked_with, answer.address) == ((), "")
    asked = Request("https://a.example/1", headers={"User-Agent": "x", "Cookie": "a=b"})
    assert _answer(Response("https://a.example/1", request=asked)).asked_with == (("User-Agent", "x"),)
