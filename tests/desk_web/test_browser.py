"""The desk in a real browser: no request leaves it, no script of others runs, and the keyboard is enough."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from desk.web.accounts import first_start_link, start_session
from desk.web.app import make_app
from store.accounts import SignedIn

pytestmark = pytest.mark.browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "bốn từ ghép lại"
HOME = "http://127.0.0.1"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip(f"no browser: none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass(slots=True)
class Served:
    """A desk that listens."""

    address: str
    link: str  # for the first account, "" where there is one


@pytest.fixture
def served(bench: Any) -> Iterator[Served]:
    """The seeded desk on a free port of loopback; shut down cleanly afterwards."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"{HOME}:{listener.getsockname()[1]}"
    bench.clock.at = datetime.now(UTC)  # the browser's own clock decides when a cookie has run out
    server = uvicorn.Server(
        uvicorn.Config(make_app(replace(bench.deps, base_address=address)), log_level="error")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    link = first_start_link(bench.deps.sessions, address, bench.clock())
    yield Served(address, link or "")
    server.should_exit = True
    thread.join(timeout=30)
    assert not thread.is_alive()


@dataclass(slots=True)
class Watched:
    """A page, and all that went wrong on it."""

    page: Page
    served: Served
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note console errors, uncaught errors, dialogs, and requests to anywhere but the desk."""
        page, note = self.page, self.complaints.append
        page.on(
            "console", lambda message: note(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: note(f"error: {error}"))
        page.on("dialog", lambda dialog: (note(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on(
            "request",
            lambda request: None if request.url.startswith(self.served.address) else note(request.url),
        )

    def open_account(self) -> None:
        """Go through the one-time link."""
        self.page.goto(self.served.link)
        self.page.get_by_label("Tên đăng nhập").fill("lan.anh")
        self.page.get_by_label("Mật khẩu, ít nhất 12 ký tự").fill(PASSWORD)
        self.page.get_by_label("Nhập lại mật khẩu").fill(PASSWORD)
        self.page.get_by_role("button", name="Mở tài khoản").click()
        expect(self.page.locator("ol.stories")).to_be_visible()

    def go(self, path: str) -> None:
        self.page.goto(self.served.address + path)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser without a past, in Vietnamese, with room for a phone or a desk."""
    made = chromium.new_context(
        locale="vi-VN", viewport={"width": 1280, "height": 900}, accept_downloads=True
    )
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def newcomer(context: BrowserContext, served: Served) -> Iterator[Watched]:
    """Lan Anh's page, signed in through the one-time link; nothing may have gone wrong on it at the end."""
    made = Watched(context.new_page(), served)
    made.watch()
    made.open_account()
    yield made
    assert made.complaints == []


@pytest.fixture
def watched(context: BrowserContext, lan: Any, bench: Any, served: Served) -> Iterator[Watched]:
    """Her page when she has an account and is signed in, at the list of stories; nothing may go wrong."""
    del lan  # with her, the desk has her account
    signed = start_session(bench.deps.sessions, "lan.anh", PASSWORD, now=bench.clock())
    assert isinstance(signed, SignedIn)
    context.add_cookies([{"name": "diembao_session", "value": signed.token, "url": served.address}])
    made = Watched(context.new_page(), served)
    made.watch()
    made.go("/")
    yield made
    assert made.complaints == []


def test_search_finds_with_and_without_tone_marks(watched: Watched) -> None:
    for words in ("sơ tán", "so tan"):
        watched.page.get_by_role("searchbox").fill(words)
        watched.page.keyboard.press("Enter")
        expect(watched.page.locator("li.story")).to_have_count(1)
        expect(watched.page.locator("li.story mark").first).to_have_text("sơ")


def test_the_keyboard_walks_the_list_and_opens_a_story(watched: Watched) -> None:
    page = watched.page
    links = page.locator("[data-item]")
    page.keyboard.press("j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ngập ở Đức Cơ")
    page.keyboard.press("h")
    expect(page.locator("ol.stories")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_role("heading", level=1)).to_have_text("Cần kiểm chứng")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("jkf?")
    expect(page.get_by_role("searchbox")).to_have_value("jkf?")


def test_the_help_opens_and_closes_by_keyboard(watched: Watched) -> None:
    watched.page.keyboard.press("?")
    expect(watched.page.get_by_role("dialog")).to_contain_text("mục sau, mục trước")
    watched.page.keyboard.press("Escape")
    expect(watched.page.get_by_role("dialog")).to_be_hidden()


def test_a_verdict_is_given_by_keyboard_and_stands_in_the_history(watched: Watched) -> None:
    page = watched.page
    watched.go("/stories/s-flood")
    page.keyboard.press("v")
    expect(page.get_by_label("Đúng", exact=True)).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.type("Xã đếm hai lần, số sau đúng.")
    page.keyboard.press("Tab")
    page.keyboard.type("https://cq.example/bao-cao-12")
    page.get_by_role("button", name="Ghi kết luận").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("mở một việc cần sửa cho đơn vị phụ trách")
    newest = page.locator("ol.history > li").first
    expect(newest).to_contain_text("Đúng – ta cần sửa")
    expect(newest).to_contain_text("lan.anh")
    expect(newest).to_contain_text("Xã đếm hai lần")
    newest.get_by_text("Rút lại kết luận này").click()
    newest.get_by_label("Vì sao (bắt buộc)").fill("đọc nhầm bảng")
    newest.get_by_role("button", name="Rút lại").click()
    expect(page.locator("ol.history > li")).to_have_count(2)
    expect(page.locator("ol.history > li").first).to_contain_text("Chưa đủ căn cứ")


def test_the_form_without_a_reason_is_stopped_before_it_is_sent(watched: Watched) -> None:
    watched.go("/stories/s-flood")
    watched.page.get_by_label("Sai", exact=True).check()
    watched.page.get_by_role("button", name="Ghi kết luận").click()
    expect(watched.page.get_by_label("Lý do (bắt buộc)")).to_be_focused()


def test_the_pack_is_a_download(watched: Watched, bench: Any) -> None:
    watched.go("/stories/s-flood")
    with watched.page.expect_download() as waiting:
        watched.page.get_by_role("button", name="Tài liệu họp báo (DOCX)").click()
    assert waiting.value.suggested_filename.endswith(".docx")
    assert waiting.value.path().read_bytes().startswith(b"PK")
    assert bench.packs.asked == [("s-flood",)]


def test_ticked_stories_make_one_pack(watched: Watched, bench: Any) -> None:
    for box in watched.page.locator("li.story input[type=checkbox]").all():
        box.check()
    with watched.page.expect_download():
        watched.page.get_by_role("button", name="Tài liệu từ các tin đã chọn (DOCX)").click()
    assert bench.packs.asked == [("s-hostile", "s-flood")]


@pytest.mark.parametrize("path", ["/", "/stories/s-hostile", "/articles/6", "/?q=script"])
def test_a_hostile_title_runs_no_script_and_opens_no_window(watched: Watched, path: str) -> None:
    watched.go(path)
    expect(watched.page.get_by_text("<script>alert('x')</script>").first).to_be_visible()
    assert watched.page.locator("img").count() == 0
    assert watched.page.locator("a[href^='javascript']").count() == 0
    assert watched.page.context.pages == [watched.page]


PAGES = [
    "/",
    "/flags",
    "/evidence",
    "/stories/s-flood",
    "/stories/s-hostile",
    "/articles/1",
    "/health",
    "/outbox",
    "/digests",
    "/audit",
    "/method",
    "/people",
]


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_page_is_wider_than_the_screen(watched: Watched, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 800})
    measure = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    too_wide = {}
    for path in PAGES:
        watched.go(path)
        too_wide[path] = watched.page.evaluate(measure)
    assert too_wide == dict.fromkeys(PAGES, 0)


def test_even_a_script_put_into_the_page_does_not_run(watched: Watched) -> None:
    put = "const s = document.createElement('script'); s.text = 'window.ran = 1'; document.body.append(s)"
    watched.page.evaluate(put)
    assert watched.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in watched.complaints)
    watched.complaints.clear()


def test_v_in_the_list_leads_to_the_verdict_of_the_story(watched: Watched) -> None:
    watched.page.get_by_role("link", name="Ngập ở Đức Cơ").focus()
    watched.page.keyboard.press("v")
    expect(watched.page.get_by_label("Đúng", exact=True)).to_be_focused()


def test_the_first_tab_leads_to_the_content_and_focus_can_be_seen(watched: Watched) -> None:
    watched.go("/")
    watched.page.keyboard.press("Tab")
    skip = watched.page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    assert watched.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    watched.page.keyboard.press("Enter")
    expect(watched.page.locator("main")).to_be_focused()


def test_signing_out_and_in_again(newcomer: Watched) -> None:
    page = newcomer.page
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").fill("lan.anh")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.locator("ol.stories")).to_be_visible()


def test_the_language_and_the_shortcuts_can_be_changed(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Needs checking")).to_be_visible()
    page.locator("#keys summary").click()
    page.get_by_role("button", name="Turn the shortcuts off").click()
    page.keyboard.press("f")
    expect(page.locator("ol.stories")).to_be_visible()


def test_everything_needed_works_without_javascript(chromium: Browser, served: Served) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="vi-VN")
    watched = Watched(context.new_page(), served)
    watched.open_account()
    page = watched.page
    page.get_by_role("searchbox").fill("duc co")
    page.get_by_role("button", name="Tìm").click()
    page.locator("li.story h2 a").click()
    page.get_by_label("Sai", exact=True).check()
    page.get_by_label("Lý do (bắt buộc)").fill("không có trong biên bản")
    page.get_by_role("textbox", name="Căn cứ").fill("https://cq.example/bao-cao-12")
    page.get_by_role("button", name="Ghi kết luận").click()
    expect(page.locator("ol.history > li").first).to_contain_text("không có trong biên bản")
    context.close()
