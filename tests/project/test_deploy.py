"""The service's unit as systemd itself reads it, and what it must not be allowed."""

from __future__ import annotations

import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "docs" / "deploy" / "diembao.service"
ANALYZE = shutil.which("systemd-analyze")


@pytest.mark.skipif(ANALYZE is None, reason="systemd-analyze is not installed here")
def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    program = tmp_path / "diembao"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    unit = tmp_path / "diembao.service"
    unit.write_text(UNIT.read_text("utf-8").replace("/opt/diembao/bin/diembao", str(program)), "utf-8")
    done = subprocess.run(
        [str(ANALYZE), "verify", "--man=no", str(unit)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    ours = [line for line in done.stderr.splitlines() if "diembao" in line]
    assert ours == []
    assert done.returncode == 0, done.stderr


def test_the_service_runs_as_nobody_special_and_writes_its_own_folder_only() -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys of systemd have capitals
    unit.read_string(UNIT.read_text("utf-8"))
    service = unit["Service"]
    assert service["User"] == "diembao"
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert service["CapabilityBoundingSet"] == ""


def test_the_container_installs_the_locked_versions_and_runs_as_its_own_user() -> None:
    lines = (ROOT / "docs" / "deploy" / "Containerfile").read_text("utf-8").splitlines()
    assert any("--require-hashes" in line for line in lines)
    assert "USER diembao" in lines
