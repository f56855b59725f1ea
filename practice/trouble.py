"""Trouble on request: every outlet misbehaves at /trouble/…, so that a collector can prove itself."""

from __future__ import annotations

import base64
import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from threading import Event
from urllib.parse import parse_qs

from practice.replies import Asked, Reply
from practice.wire import WIRE

PREFIX = "/trouble/"
MEGABYTE = 1024 * 1024
# 64 MiB of spaces by Brotli, which the standard library does not have
_BR_BOMB = "z///fwAkQOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf/Aw=="
_LONGEST = 60.0  # seconds; nobody waits longer for a practice press
_PAGE = (
    "<!DOCTYPE html><html><head><title>Trang tập</title></head><body><p>{words}</p>"
    "<footer>Báo tập – nội dung hư cấu</footer></body></html>"
)


def answer_trouble(asked: Asked, *, stopping: Event) -> Reply:
    """The trouble that the path and its query ask for; 404 for one that is unknown, 400 for a bad parameter.

    `stopping` ends every wait at once when the press stops.
    """
    kinds: dict[str, Callable[[Mapping[str, str], Event], Reply]] = {
        "delay": _delay,
        "status": _status,
        "cut-off": _cut_off,
        "redirect-loop": _redirect_loop,
        "redirect": _redirect,
        "gzip-bomb": _gzip_bomb,
        "deflate-bomb": _deflate_bomb,
        "br-bomb": _br_bomb,
        "half-gzip": _half_gzip,
        "no-gzip": _no_gzip,
        "short-length": _short_length,
        "wrong-charset": _wrong_charset,
        "slow-drip": _slow_drip,
        "big": _big,
        "html-feed": _html_feed,
        "empty": _empty,
        "nul": _nul,
        "utf-16": _utf_16,
        "twice-encoded": _twice_encoded,
        **WIRE,
    }
    kind = kinds.get(asked.path.removeprefix(PREFIX))
    if kind is None:
        return Reply(404, body=_page(f"Không có sự cố này; có: {', '.join(sorted(kinds))}"))
    wishes = {name: values[-1] for name, values in parse_qs(asked.query, keep_blank_values=True).items()}
    try:
        return kind(wishes, stopping)
    except ValueError as error:
        return Reply(400, body=_page(f"Tham số không hợp lệ: {error}"))


def _page(words: str) -> bytes:
    safe = words.replace("&", "&amp;").replace("<", "&lt;")
    return _PAGE.format(words=safe).encode()


def _number(wishes: Mapping[str, str], name: str, default: float, most: float) -> float:
    number = float(wishes.get(name, default))
    if not 0 <= number <= most:
        raise ValueError(f"{name} phải từ 0 đến {most:g}")
    return number


def _delay(wishes: Mapping[str, str], stopping: Event) -> Reply:
    seconds = _number(wishes, "s", 3, _LONGEST)
    stopping.wait(seconds)
    return Reply(200, body=_page(f"Trả lời sau {seconds:g} giây"))


def _status(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del stopping  # answers at once
    code = int(_number(wishes, "code", 500, 999))
    if code < 200:
        raise ValueError("code phải từ 200 đến 999")
    wait = wishes.get("retry_after", "")
    headers = (("Retry-After", str(int(wait))),) if wait else ()
    return Reply(code, body=_page(f"Mã {code}") if code not in {204, 304} else b"", headers=headers)


def _cut_off(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200, body=iter([_page("Trang này đứt giữa chừng")[:80]]), promised=100_000)


def _redirect_loop(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(302, headers=(("Location", PREFIX + "redirect-loop"),))


def _redirect(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del stopping  # answers at once
    target = wishes.get("to", "")
    if not target or any(c < " " or c > "~" for c in target):
        raise ValueError("to phải là một địa chỉ viết bằng ký tự ASCII, không xuống dòng")
    return Reply(302, headers=(("Location", target),))


def _gzip_bomb(wishes: Mapping[str, str], stopping: Event) -> Reply:
    return _bomb_reply(wishes, stopping, "gzip", 31)  # 31: gzip's header and trailer


def _deflate_bomb(wishes: Mapping[str, str], stopping: Event) -> Reply:
    return _bomb_reply(wishes, stopping, "deflate", 15)


def _bomb_reply(wishes: Mapping[str, str], stopping: Event, coding: str, window: int) -> Reply:
    pieces = int(_number(wishes, "mb", 100, 10_000))
    return Reply(200, body=_bomb(pieces, window, stopping), headers=(("Content-Encoding", coding),))


def _bomb(megabytes: int, window: int, stopping: Event) -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    yield packer.compress(b"<!DOCTYPE html><html><body><p>")
    for _ in range(megabytes):
        if stopping.is_set():
            return
        if piece := packer.compress(b" " * MEGABYTE):
            yield piece
    yield packer.flush()


def _br_bomb(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200, body=base64.b64decode(_BR_BOMB), headers=(("Content-Encoding", "br"),))


def _half_gzip(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    packed = gzip.compress(_page("Trang nén này đứt giữa chừng " * 200), mtime=0)
    return Reply(200, body=packed[: len(packed) // 2], headers=(("Content-Encoding", "gzip"),))


def _no_gzip(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200, body=_page("Không nén gì cả"), headers=(("Content-Encoding", "gzip"),))


def _short_length(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200, body=iter([_page("Trang này dài hơn nó nói")]), promised=40)


def _nul(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200, body=_page("Họp\x00 báo").replace(b"<p>", b"<p>\x00"))


def _utf_16(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200, "text/html", _page("Trang này viết bằng UTF-16").decode().encode("utf-16"))


def _twice_encoded(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    # ISO 8859-1 has a letter for every byte: UTF-8 taken for it and written as UTF-8 once more
    return Reply(200, body=_page("Đức Cơ, Quy Nhơn").decode("iso-8859-1").encode())


def _wrong_charset(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del stopping  # answers at once
    declared = wishes.get("declared", "iso-8859-1")
    if not declared.replace("-", "").isalnum() or not declared.isascii():
        raise ValueError("declared phải là tên một bảng mã")
    return Reply(200, f"text/html; charset={declared}", _page("Trang này viết bằng UTF-8: Đức Cơ, Quy Nhơn"))


def _slow_drip(wishes: Mapping[str, str], stopping: Event) -> Reply:
    seconds = _number(wishes, "s", 10, _LONGEST)
    page = _page("Từng giọt một")
    return Reply(200, body=_drip(page, seconds, stopping), promised=len(page))


def _drip(page: bytes, seconds: float, stopping: Event) -> Iterator[bytes]:
    for at in range(len(page)):
        if stopping.wait(seconds / len(page)):
            return
        yield page[at : at + 1]


def _big(wishes: Mapping[str, str], stopping: Event) -> Reply:
    pieces = int(_number(wishes, "mb", 50, 10_000))
    return Reply(200, body=_filler(pieces, stopping), promised=pieces * MEGABYTE)


def _filler(megabytes: int, stopping: Event) -> Iterator[bytes]:
    piece = (b"<p>" + b"x" * 60 + b"\n") * (MEGABYTE // 64)
    for _ in range(megabytes):
        if stopping.is_set():
            return
        yield piece


def _html_feed(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200, body=_page("Đây là một trang, không phải nguồn tin RSS"))


def _empty(wishes: Mapping[str, str], stopping: Event) -> Reply:
    del wishes, stopping  # always the same
    return Reply(200)
