"""The wheel installs and runs elsewhere, far from this checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

pytestmark = pytest.mark.wheel


@pytest.fixture(scope="module")
def command(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`diembao` in an environment of its own that sees the locked packages and the wheel alone."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(root)]
    subprocess.run(build, check=True, capture_output=True)
    wheel = next(folder.glob("diembao-*.whl"))
    home = folder / "environment"
    venv.create(home, with_pip=True)
    site = next((home / "lib").glob("python3*")) / "site-packages"
    install = [str(home / "bin" / "pip"), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    lend_packages(site, root)
    return home / "bin" / "diembao"


def lend_packages(site: Path, root: Path) -> None:
    """Lend the locked packages without our own editable install, which a path file of its own brings in."""
    lent = Path(sys.prefix) / "lib" / site.parent.name / "site-packages"
    assert str(root) not in str(site)
    (site / "lent.pth").write_text(f"import sys; sys.path.append({str(lent)!r})\n", encoding="utf-8")


def run(command: Path, *words: str, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8", **settings}
    return subprocess.run(
        [str(command), *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_installed_command_finds_its_configuration_and_database(command: Path, tmp_path: Path) -> None:
    done = run(command, "doctor", "--json", cwd=tmp_path, DIEMBAO_HOME=str(tmp_path / "home"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"fault"' not in done.stdout


def test_the_installed_filter_reads_an_article(command: Path, tmp_path: Path) -> None:
    text = "Ngày 20/11, mưa lớn làm 12 nhà dân ở xã Ia Dom, tỉnh Gia Lai bị tốc mái."
    line = json.dumps({"id": "1", "title": "Mưa lớn ở xã Ia Dom", "text": text})
    (tmp_path / "in.jsonl").write_text(line + "\n", encoding="utf-8")
    done = run(command, "read", "in.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert '"label": "about"' in done.stdout
