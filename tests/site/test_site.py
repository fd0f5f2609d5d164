"""The built site, as a reader sees it: in a browser, wide and narrow, light and dark. Run by `tox -e docs`.

Needs build/site/html, which `scripts/build_site` writes. With SITE_PICTURES=FOLDER, pictures are kept there.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HTML = Path(__file__).parents[2] / "build/site/html"
PAGES = (
    "index", "tour", "client", "emulator", "reference/index", "reference/messages", "reference/evidence",
    "python/heymarket", "commands/messages", "project/changelog",
)  # fmt: skip
LOOKS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Targets(HTMLParser):
    """The ids of a page, and what it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            elif name in {"href", "src"} and value:
                self.links.append(value)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=HTML))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    executable = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as started:
        yield started.chromium.launch(executable_path=executable, args=["--no-sandbox"])


class Reader:
    """A browser of one size and color, and what went wrong in it."""

    def __init__(self, browser: Browser, address: str, width: int, scheme: str) -> None:
        self._address, self._name = address, f"{width}-{scheme}"
        look = "dark" if scheme == "dark" else "light"
        self.page: Page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=look)  # type: ignore[arg-type]  # a Literal
        self.foreign: list[str] = []
        self.problems: list[str] = []
        self.page.on("request", lambda one: self.foreign.append(one.url) if not one.url.startswith(address) else None)
        self.page.on("console", lambda one: self.problems.append(one.text) if one.type == "error" else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def open(self, path: str) -> None:
        self.page.goto(f"{self._address}/{path}", wait_until="load")
        if folder := os.environ.get("SITE_PICTURES"):
            name = path.partition("?")[0].replace("/", "-").removesuffix(".html")
            self.page.screenshot(path=Path(folder) / f"{name}-{self._name}.png")


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def reader(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Reader]:
    reader = Reader(browser, address, *request.param)
    yield reader
    reader.page.close()
    assert reader.foreign == [], "requests left the origin"
    assert reader.problems == []


def test_pages_fit_and_ask_nobody_else(reader: Reader) -> None:
    for name in PAGES:
        reader.open(f"{name}.html")
        assert reader.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        assert reader.page.locator("article h1").count() == 1, name


def test_the_front_page_shows_a_call_and_four_ways_without_scrolling(reader: Reader) -> None:
    reader.open("index.html")
    assert "hm.messages.send" in reader.page.locator("article pre").first.inner_text()
    assert reader.page.locator("article .sd-card").count() == 4
    box = reader.page.locator("article pre").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 900


@pytest.mark.parametrize("reader", [LOOKS[0], LOOKS[-1]], indirect=True, ids=["wide", "narrow"])
def test_search_finds(reader: Reader) -> None:
    for words in ("quota", "messages.send", "WebhookReceiver", "STOP"):
        reader.open(f"search.html?q={words}")
        reader.page.wait_for_selector("#search-results li a")


def test_every_link_and_anchor_leads_somewhere() -> None:
    pages = {file: Targets(file.read_text("utf-8")) for file in HTML.rglob("*.html")}
    assert len(pages) > 60
    broken = []
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            there = target.is_file() and (
                not parts.fragment or target.suffix != ".html" or unquote(parts.fragment) in {"", *pages[target].ids}
            )
            if not there:
                broken.append(f"{file.relative_to(HTML)}: {link}")
    assert broken == []


def test_llms_files_lead_to_the_pages() -> None:
    index = (HTML / "llms.txt").read_text("utf-8")
    assert index.startswith("# heymarket\n\n> ")
    links = re.findall(r"\]\(https://[\w-]+\.github\.io/heymarket/([^)#]+)", index)
    assert len(links) > 20
    assert [link for link in links if not (HTML / link).is_file()] == []
    assert "hm.messages.send(" in (HTML / "llms-full.txt").read_text("utf-8")
