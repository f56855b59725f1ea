"""Shared by all tests: where the measuring data lies, and that CI skips nothing for want of a browser."""

from __future__ import annotations

import os
import subprocess
import sys
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


@pytest.fixture(scope="session")
def process_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A command in Python's place that has the crawler's processes forked from one that has imported them."""
    folder = tmp_path_factory.mktemp("processes")
    words = [sys.executable, "-P", str(ROOT / "tests/process_server.py"), str(folder / "socket")]
    client = ROOT / "tests/process_client.py"
    command = folder / "python"
    command.write_text(
        f'#!/bin/sh\nexec {sys.executable} -IS {client} {folder}/socket {sys.executable} "$@"\n',
        encoding="utf-8",
    )
    command.chmod(0o700)
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        yield command


@pytest.fixture(scope="module")
def quick_processes(process_server: Path) -> Iterator[None]:
    """The crawler's processes start a second sooner; for tests of what they do, not of how they start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "executable", str(process_server))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Where CI has installed a browser, a skipped browser test is a failure."""
    report: pytest.TestReport = yield  # type: ignore[assignment]
    if report.skipped and "browser" in item.keywords and os.environ.get("DIEMBAO_REQUIRE_BROWSER"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped though a browser is required here"
    return report  # type: ignore[return-value]
