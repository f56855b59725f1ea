"""Bad files of all kinds in one `diembao evidence add`: each is told, the rest goes on, nothing runs."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner, Result

from crawler.documents.reading import read_document
from desk import library
from desk.commands.evidence import app

ENCRYPT = "/Encrypt << /Filter /Standard /V 1 /R 2 /O ({0}) /U ({0}) /P -4 >> /ID [<00> <00>]".format(
    "o" * 32
)
OPENS = "/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9/')) >>"
LINE = "Toàn tỉnh còn 12.345 hộ nghèo vào cuối năm 2025."
ROWS = "Chỉ tiêu,Năm,Giá trị,ĐVT\nHộ nghèo,2025,{},hộ\n"
REFUSED = {
    "scan.pdf": "bản quét",
    "khoa.pdf": "mật khẩu",
    "hong.docx": "bị hỏng",
    "khong-co.txt": "Không đọc được",
}
TOLD = {
    "macro.docm": "macro",
    "cong-thuc.xlsx": "công thức",
    "ma-cu.csv": "Windows-1258",
    "tran-so.csv": "số lớn bất thường",
    "trai-nhau.csv": "≠",
    "trung.csv": "đã có trong kho",
}
FINE = ("dai.pdf", "goi-mang.pdf", "thuong.txt")
Make = Callable[..., bytes]


@pytest.fixture
def makers(pdf: Make, docx: Make, xlsx: Make, repack: Make, cp1258: Make) -> tuple[Make, ...]:
    return pdf, docx, xlsx, repack, cp1258


@pytest.fixture
def folder(tmp_path: Path, makers: tuple[Make, ...]) -> Path:
    pdf, docx, xlsx, repack, cp1258 = makers
    macro = {"word/vbaProject.bin": b'Sub AutoOpen()\nShell "calc"\nEnd Sub'}
    formula = '=WEBSERVICE("http://127.0.0.1:9/")'
    bodies = {
        "scan.pdf": pdf([[], []]),
        "khoa.pdf": pdf([[LINE]], extra=ENCRYPT),
        "hong.docx": b"PK\x03\x04 cut off",
        "macro.docm": repack(docx(LINE), macro),
        "cong-thuc.xlsx": xlsx(S=[["Chỉ tiêu", "2025"], ["Hộ nghèo", formula], ["=cmd|'/c calc'!A1", 3]]),
        "ma-cu.csv": cp1258(ROWS.format("12345")),
        "tran-so.csv": ROWS.format("9" * 400).encode(),
        "trai-nhau.csv": ROWS.format("54321").encode(),
        "trung.csv": ROWS.format("54321").encode(),
        "dai.pdf": pdf([[f"Trang {n} của báo cáo dài về thủy lợi."] for n in range(1, 11)]),
        "goi-mang.pdf": pdf([[LINE]], extra=OPENS),
        "thuong.txt": f"{LINE} Số liệu do sở tổng hợp.".encode(),
    }
    for name, body in bodies.items():
        (tmp_path / name).write_bytes(body)
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command; files are read in this process, in which nothing may start (the other has its tests)."""

    def refuse(*_words: object, **_more: object) -> NoReturn:
        raise AssertionError("a file made the program start another")

    monkeypatch.chdir(folder)
    monkeypatch.setenv("DIEMBAO_HOME", str(folder / "home"))
    monkeypatch.setattr(library, "read_apart", read_document)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setattr(os, "system", refuse)
    return lambda *words: CliRunner().invoke(app, list(words))


def test_each_file_has_its_message_the_rest_goes_on_and_nothing_is_executed(
    run: Callable[..., Result],
) -> None:
    names = (*REFUSED, *TOLD, *FINE)
    done = run("add", *names, "--published", "01/01/2099")
    assert done.exit_code == 5, done.output
    for name, said in REFUSED.items():
        assert said in _told_of(name, done.stderr)
    for name, said in TOLD.items():
        assert said in _told_of(name, done.stdout)
    added = {document["name"] for document in json.loads(run("list", "--json").stdout)}
    assert added == {*TOLD, *FINE} - {"trung.csv"}
    assert "là ngày chưa tới" in _told_of("thuong.txt", done.stdout)


def _told_of(name: str, out: str) -> str:
    """What is printed from a file's name up to the next file's."""
    _, found, rest = f"\n{out}".partition(f"\n{name}: ")
    assert found, f"nothing is told of {name} in {out}"
    ends = [at for other in (*REFUSED, *TOLD, *FINE) if (at := rest.find(f"\n{other}: ")) >= 0]
    return rest[: min(ends, default=len(rest))]
