"""What an outlet's engineer sees of us without an account."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk.web.app import make_app


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("mailto:baochi@example.vn", "mailto:baochi@example.vn"), ("", "chưa khai báo liên hệ")],
    ids=["a contact", "none"],
)
def test_whose_pages_are_fetched_sees_who_asks_and_how_to_stop_it(
    bench: Any, contact: str, shown: str
) -> None:
    app = make_app(replace(bench.deps, contact=contact))
    with TestClient(app, base_url=bench.deps.base_address) as stranger:
        answer = stranger.get("/about-collector")
    assert answer.status_code == 200
    assert shown in answer.text
    assert "User-agent: DiemBao\nDisallow: /" in answer.text
    assert "2000" in answer.text


def test_a_contact_that_holds_markup_stays_text(bench: Any) -> None:
    app = make_app(replace(bench.deps, contact="<script>alert(1)</script>"))
    with TestClient(app, base_url=bench.deps.base_address) as stranger:
        assert "<script>alert" not in stranger.get("/about-collector").text
