"""A browser for the page: Debian's Chromium, driven by Playwright; without either these tests are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import pytest

from heymarket import Heymarket
from heymarket.emulator import Emulator
from heymarket.testing import WebhookReceiver

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

T = TypeVar("T")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", type=Path, help="write pictures of the page into this folder")


class BrowserThread:
    """Where the browser is driven from, and the tests run that drive it.

    Playwright keeps an event loop running in its thread for as long as a browser is there. In the main thread that
    would be in the way of all tests that begin loops of their own.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, "browser")
        self._closing = ExitStack()

    def run(self, work: Callable[[], T]) -> T:
        """Have something done there."""
        return self._thread.submit(work).result()

    def start(self) -> Browser:
        """Start the browser."""
        from playwright.sync_api import expect, sync_playwright

        expect.set_options(timeout=15_000)
        executable = next(filter(None, map(shutil.which, CHROMIUM)))
        # Without the sandbox it runs as root, too, which a container mostly is.
        started = self._closing.enter_context(sync_playwright())
        browser = started.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        self._closing.callback(browser.close)
        return browser

    def close(self) -> None:
        """End the browser and the thread."""
        self.run(self._closing.close)
        self._thread.shutdown()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    thread = pyfuncitem.funcargs.get("browser_thread")
    if not isinstance(thread, BrowserThread):
        return None
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    thread.run(partial(pyfuncitem.obj, **arguments))
    return True


@pytest.fixture(scope="session")
def browser_thread() -> Iterator[BrowserThread]:
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not any(map(shutil.which, CHROMIUM)):
        pytest.skip("there is no Chromium (Debian: apt-get install chromium)")
    thread = BrowserThread()
    yield thread
    thread.close()


@pytest.fixture(scope="session")
def browser(browser_thread: BrowserThread) -> Browser:
    return browser_thread.run(browser_thread.start)


@pytest.fixture
def emulator(heymarket_emulator: Emulator) -> Emulator:
    return heymarket_emulator


@pytest.fixture
def visit(browser: Browser, browser_thread: BrowserThread, emulator: Emulator) -> Iterator[Callable[..., Page]]:
    """Opens a path of the emulator in a window of its own.

    Whatever a test does there: nothing is asked for elsewhere, no script fails, and nothing offends the page's policy.
    """
    contexts: list[BrowserContext] = []
    asked: list[str] = []
    troubles: list[str] = []

    def visit(
        path: str = "/", *, width: int = 1280, height: int = 800, scheme: str = "light", script: bool = True
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.extend([message.text] if message.type == "error" else []))
        page.goto(emulator.base_url + path)
        return page

    yield visit
    for context in contexts:
        browser_thread.run(context.close)
    elsewhere = [url for url in asked if urlsplit(url).scheme != "data" and not url.startswith(emulator.base_url + "/")]
    assert elsewhere == []
    # A form that is refused is told so on the screen that follows; a screen that isn't there is asked for by tests.
    assert [trouble for trouble in troubles if "404" not in trouble] == []


@pytest.fixture
def hm(emulator: Emulator) -> Iterator[Heymarket]:
    with Heymarket(**emulator.settings, max_retries=0) as client:
        yield client


@pytest.fixture
def receiver(emulator: Emulator) -> Iterator[WebhookReceiver]:
    with WebhookReceiver() as receiver:
        emulator.set_webhook(receiver.url, receiver.token)
        yield receiver
