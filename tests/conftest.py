"""Shared by all tests: where the measuring data lies, and that CI skips nothing for want of a browser."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real data to measure with; it lies beside the checkout or nowhere."""
    if not DATA.is_dir():
        pytest.skip("no ../shared/data beside this checkout: nothing real to measure on")
    return DATA


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A developer's own DIEMBAO_… variables must not change what a test sees."""
    for name in [n for n in os.environ if n.startswith("DIEMBAO_") and n != "DIEMBAO_REQUIRE_BROWSER"]:
        monkeypatch.delenv(name)
    return


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where CI has installed a browser, a skipped browser test is a failure."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.skipped and "browser" in item.keywords and os.environ.get("DIEMBAO_REQUIRE_BROWSER"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped though a browser is required here"
    return report  # type: ignore[return-value]
