"""Contacts on the page: found, copied, opted out, and written as."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket, HeymarketError
from heymarket.emulator import Emulator

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect

CONTACTS = "/_emulator/page/contacts"


@pytest.mark.parametrize(
    "words",
    ["Zoë", "Åström", "zO", "+1 555 555 0102", "15555550102", "506", "00000000-0000-4000-8000-000000000006"],
)
def test_a_contact_is_found_by(visit: Callable[..., Page], words: str) -> None:
    page = visit(CONTACTS)
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("Zoë Åström")


def test_a_search_without_a_match_says_so(visit: Callable[..., Page]) -> None:
    page = visit(f"{CONTACTS}?q=%25_%5C%27%22")
    expect(page.locator("tbody")).to_contain_text("No contact matches.")


def test_all_contacts_are_paged_through_once(visit: Callable[..., Page], emulator: Emulator) -> None:
    state = emulator.state
    seeded = state.contacts.count()
    with state.transaction():
        for number in range(120):
            state.contacts.put({"uuid": f"00000000-0000-4000-9000-{number:012}", "display_name": f"Contact {number}"})
    page = visit(CONTACTS, script=False)
    seen: list[str] = []
    while True:
        seen += page.locator("tbody th").all_inner_texts()
        following = page.get_by_role("link", name="Next page")
        if not following.count():
            break
        following.click()
    assert len(seen) == len({name.strip() for name in seen if "Contact" in name}) + seeded == 120 + seeded
    page.get_by_role("link", name="First page").click()
    expect(page.locator("tbody tr").first).to_contain_text("Contact 119")


def test_ids_are_copied(visit: Callable[..., Page], emulator: Emulator) -> None:
    page = visit(CONTACTS)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=emulator.base_url)
    page.get_by_role("button", name="Copy the UUID of Ada Example").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == emulator.examples["phone"].contact_id


def test_opting_out_and_blocking_refuse_messages(visit: Callable[..., Page], hm: Heymarket) -> None:
    def send() -> None:
        hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="Hello")

    page = visit(f"{CONTACTS}/501", script=False)
    for refuse, badge, allow in (("Opt out", "Opted out", "Opt in again"), ("Block", "Blocked", "Unblock")):
        page.get_by_role("button", name=refuse, exact=True).click()
        expect(page.locator("#who")).to_contain_text(badge)
        with pytest.raises(HeymarketError, match="403"):
            send()
        page.get_by_role("button", name=allow).click()
        expect(page.locator("#who")).not_to_contain_text(badge)
        send()


def test_a_conversation_is_begun_from_a_contact(visit: Callable[..., Page], emulator: Emulator) -> None:
    page = visit(f"{CONTACTS}/507")
    page.get_by_label("To").select_option("Support")
    page.get_by_label("Message").fill("Hello support")
    page.get_by_role("button", name="Send as the contact").click()
    expect(page.locator(".message.mine").last).to_contain_text("Hello support")
    expect(page.locator(".phone-head")).to_contain_text("Support")


def test_changes_by_the_sdk_show_up_by_themselves(visit: Callable[..., Page], emulator: Emulator) -> None:
    page = visit(CONTACTS)
    emulator.reply("15555550188", "New here")
    expect(page.locator("tbody tr").first).to_contain_text("+1 555 555 0188")
    expect(page.locator("#count")).to_have_text("11")
