"""How the page looks: nothing sticks out, all can be read, in light and in dark, on a large screen and a small one."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket, HeymarketError
from heymarket.emulator import Emulator, Fault
from heymarket.testing import WebhookReceiver

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect

PAGE = "/_emulator/page"
SCREENS = {
    "start": "/",
    "conversations": f"{PAGE}/conversations",
    "conversation": f"{PAGE}/conversations/601",
    "contacts": f"{PAGE}/contacts",
    "contact": f"{PAGE}/contacts/501",
    "journal": f"{PAGE}/journal",
    "call": "",
    "control": f"{PAGE}/control",
    "missing": f"{PAGE}/contacts/999",
}

LOW_CONTRAST, UNLABELLED = (
    Path(__file__).with_name(name).read_text("utf-8") for name in ("low_contrast.js", "unlabelled.js")
)


@pytest.fixture
def lively(emulator: Emulator, hm: Heymarket) -> Emulator:
    """An emulator that something happened to."""
    emulator.clock.freeze(datetime(2025, 1, 15, 14, 2, tzinfo=UTC))
    emulator.clock.resume()
    with WebhookReceiver() as receiver:
        emulator.set_webhook("http://127.0.0.1:8000/webhook", "a-token")
        emulator.set_webhook(receiver.url, receiver.token)
        hm.inboxes.list()
        hm.contact_channels.list(emulator.examples["several"].contact_id)
        hm.messages.send(
            inbox_id=31, creator_id=21, phone_number="15555550100", text="Your table is ready whenever you are."
        )
        emulator.reply("15555550100", "Wonderful, we are on our way!")
        emulator.settle()
    emulator.set_webhook(None)
    for _ in range(40):
        hm.inboxes.list()
    with pytest.raises(HeymarketError):
        hm.contact_channels.get(emulator.examples["none"].contact_id, "phone")
    emulator.faults.add(Fault("status", status=503, operation="messages.send", count=2))
    emulator.faults.add(Fault("delay", seconds=2, probability=0.25))
    with Heymarket(
        base_url=emulator.base_url, secret_id=emulator.secret_id, secret_key="another-key-that-is-wrong", max_retries=0
    ) as stranger:
        with pytest.raises(HeymarketError):
            stranger.inboxes.list()
    state = emulator.state
    state.contacts.change(state.contacts.get(503) or {}, is_opted_out=True)
    state.contacts.change(state.contacts.get(508) or {}, _blocked=True)
    return emulator


def path_of(name: str, emulator: Emulator) -> str:
    return SCREENS[name] or f"{PAGE}/journal/{emulator.journal[-1].request_id}"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_all_is_readable_and_nothing_sticks_out(
    visit: Callable[..., Page], lively: Emulator, scheme: str, width: int
) -> None:
    page = visit("/", scheme=scheme, width=width)
    for name in SCREENS:
        page.goto(lively.base_url + path_of(name, lively))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert page.evaluate(LOW_CONTRAST) == [], name
        assert page.evaluate(UNLABELLED) == [], name
        assert page.locator("h1").count() <= 1, name


def test_the_focus_is_seen(visit: Callable[..., Page]) -> None:
    page = visit(f"{PAGE}/control")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_who_wants_less_motion_gets_none(visit: Callable[..., Page]) -> None:
    page = visit(f"{PAGE}/control")
    assert page.evaluate("getComputedStyle(document.querySelector('.button')).transitionDuration") == "0s"


def test_it_says_when_the_emulator_is_gone_and_goes_on_when_it_is_back(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    with Emulator(state=tmp_path / "state.db") as emulator:
        port = int(emulator.base_url.rpartition(":")[2])
        page.goto(f"{emulator.base_url}{PAGE}/conversations/601")
        expect(page.locator("body.away")).to_have_count(0)
    expect(page.locator("body.away")).to_have_count(1)
    with Emulator(port, state=tmp_path / "state.db") as emulator:
        emulator.reply("15555550100", "Back again")
        expect(page.locator(".message.mine").last).to_contain_text("Back again")
        expect(page.locator("body.away")).to_have_count(0)
        page.close()


PICTURES = {
    "start": ("start", "light", 1280),
    "conversation": ("conversation", "light", 1280),
    "conversation-dark": ("conversation", "dark", 1280),
    "conversation-small": ("conversation", "light", 360),
    "contacts": ("contacts", "light", 1280),
    "journal": ("call", "light", 1280),
    "control": ("control", "light", 1280),
}


@pytest.mark.parametrize("picture", [*PICTURES, "reference"])
def test_pictures_are_taken(
    visit: Callable[..., Page], lively: Emulator, request: pytest.FixtureRequest, tmp_path: Path, picture: str
) -> None:
    folder: Path = request.config.getoption("--pictures", default=None) or tmp_path
    name, scheme, width = PICTURES.get(picture, ("reference", "light", 1280))
    path = "/_emulator/reference" if name == "reference" else path_of(name, lively)
    page = visit(path, scheme=scheme, width=width, height=800 if width > 400 else 740)
    if name == "reference":
        expect(page.locator(".opblock")).to_have_count(len(lively.operations) + 1)  # the webhook is described, too
    # The port is another one each time; that of `heymarket emulator` is this.
    page.evaluate(
        """(mine) => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(mine, "http://127.0.0.1:8010");
        }""",
        lively.base_url,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{picture}.png").write_bytes(packed(page.screenshot()))
    assert (folder / f"{picture}.png").read_bytes().startswith(b"\x89PNG")


def packed(png: bytes) -> bytes:
    """The same picture, compressed as well as zlib can."""
    chunks: list[tuple[bytes, bytes]] = []
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        chunks.append((png[at + 4 : at + 8], png[at + 8 : at + 8 + length]))
        at += length + 12
    pixels = zlib.compress(zlib.decompress(b"".join(data for kind, data in chunks if kind == b"IDAT")), 9)
    kept = [(kind, data) for kind, data in chunks if kind not in {b"IDAT", b"IEND"}]
    written = png[:8]
    for kind, data in (*kept, (b"IDAT", pixels), (b"IEND", b"")):
        written += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return written
