"""Conversations on the page: messages show up, and replies by hand arrive."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket, HeymarketError
from heymarket.emulator import Emulator
from heymarket.testing import WebhookReceiver
from heymarket.webhooks import MessageEvent

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect

ADA = "15555550100"
CHAT = "/_emulator/page/conversations/601"


def send(hm: Heymarket, text: str) -> None:
    hm.messages.send(inbox_id=31, creator_id=21, phone_number=ADA, text=text)


def test_what_the_sdk_sends_appears_by_itself(visit: Callable[..., Page], hm: Heymarket) -> None:
    page = visit(CHAT)
    send(hm, "Your table is ready.")
    expect(page.locator(".message.theirs").last).to_contain_text("Your table is ready.")
    expect(page.locator(".rows .row").first).to_contain_text("Your table is ready.")
    expect(page.get_by_role("status").filter(has_text="Latest message")).to_contain_text("Your table is ready.")


def test_a_reply_by_hand_is_stored_and_reaches_the_webhook(
    visit: Callable[..., Page], emulator: Emulator, receiver: WebhookReceiver
) -> None:
    page = visit(CHAT)
    page.get_by_label("Reply as Ada Example").fill("Coming!\nTwo minutes.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message.mine").last).to_contain_text("Coming!\nTwo minutes.")
    (event,) = receiver.wait(of_type="message_recieved")
    assert isinstance(event, MessageEvent)
    assert event.message.text == "Coming!\nTwo minutes."
    expect(page.locator("#events")).to_contain_text("message_recieved")
    expect(page.locator("#events .badge.good").first).to_have_text("delivered")


def test_a_reply_needs_only_the_keyboard(visit: Callable[..., Page], receiver: WebhookReceiver) -> None:
    page = visit("/_emulator/page/conversations")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for label in ("New conversation", "Search conversations", "Inbox", "Which"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(label, exact=True)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(".rows .row").first).to_be_focused()
    # The latest one is the first, and that of Ada alone is the first one of hers.
    for _ in range(10):
        if page.evaluate("document.activeElement.querySelector('b')?.textContent") == "Ada Example":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/conversations/601")
    for _ in range(40):
        if page.evaluate("document.activeElement.id") == "text":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("alone")
    page.keyboard.press("Enter")
    expect(page.locator(".message.mine").last).to_contain_text("By keyboard\nalone")
    expect(page.get_by_label("Reply as Ada Example")).to_be_focused()
    receiver.wait(of_type="message_recieved")


def test_scroll_text_and_focus_stay_while_messages_come_in(visit: Callable[..., Page], hm: Heymarket) -> None:
    for number in range(30):
        send(hm, f"Message {number}")
    page = visit(CHAT)
    thread = page.locator("#thread")
    assert thread.evaluate("it => it.scrollHeight - it.scrollTop - it.clientHeight") < 2
    composer = page.get_by_label("Reply as Ada Example")
    composer.fill("half a sent")
    send(hm, "One more")
    expect(page.locator(".message").last).to_contain_text("One more")
    assert thread.evaluate("it => it.scrollHeight - it.scrollTop - it.clientHeight") < 2
    expect(composer).to_have_value("half a sent")
    expect(composer).to_be_focused()
    thread.evaluate("it => { it.scrollTop = 100 }")
    page.locator(".rows .row").nth(2).focus()
    send(hm, "And another")
    expect(page.locator(".message").last).to_contain_text("And another")
    assert thread.evaluate("it => it.scrollTop") == 100
    expect(page.locator(".rows .row").nth(2)).to_be_focused()


def test_webhook_faults_are_played_on_request(
    visit: Callable[..., Page], emulator: Emulator, receiver: WebhookReceiver
) -> None:
    page = visit(CHAT)
    page.get_by_text("Webhook faults").click()
    page.get_by_label("twice").check()
    page.get_by_label("Reply as Ada Example").fill("Hello hello")
    page.get_by_role("button", name="Send", exact=True).click()
    first, second = receiver.wait(2, of_type="message_recieved")
    assert first.dedup_key == second.dedup_key

    page.get_by_text("Webhook faults").click()
    page.get_by_label("with a wrong token").check()
    page.get_by_label("Reply as Ada Example").fill("Who am I?")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message.mine").last).to_contain_text("Who am I?")
    emulator.settle()
    assert len(receiver.refused) == 1

    page.get_by_text("Webhook faults").click()
    page.get_by_label("late by").fill("3600")
    page.get_by_label("Reply as Ada Example").fill("Later")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#events .badge").first).to_have_text("pending")


def test_a_quick_reply_opts_the_contact_out(visit: Callable[..., Page], hm: Heymarket) -> None:
    page = visit(CHAT)
    page.get_by_role("button", name="STOP").click()
    expect(page.locator("#chat-standing")).to_contain_text("Opted out")
    with pytest.raises(HeymarketError, match="403"):
        send(hm, "Are you there?")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_new_contact_writes_in(visit: Callable[..., Page], width: int) -> None:
    page = visit("/_emulator/page/conversations", width=width)
    page.get_by_role("link", name="New conversation").click()
    expect(page.get_by_label("Phone number")).to_be_focused()
    expect(page.get_by_role("link", name="choose a contact")).to_be_visible()
    page.get_by_label("Phone number").fill("+1 (555) 555-0199")
    page.get_by_label("Message").fill("Is this the bakery?")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="+1 555 555 0199\u2019s phone")).to_be_visible()
    expect(page.locator(".message.mine")).to_contain_text("Is this the bakery?")


def test_a_number_that_is_none_is_refused_in_words(visit: Callable[..., Page]) -> None:
    page = visit("/_emulator/page/conversations")
    page.get_by_label("Phone number").fill("none")
    page.get_by_label("Message").fill("Hello")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("phone has to be a number")
    expect(page.get_by_label("Message")).to_have_value("Hello")


def test_an_email_is_shown_without_its_tags(visit: Callable[..., Page], emulator: Emulator) -> None:
    message = emulator.state.messages.page(order="date", limit=1, conversation_id=604)[0]
    attack = "<p>Dear &lt;b&gt;</p><script>document.title = 1</script><style>p {}</style><p>Your <i>invoice</i></p>"
    emulator.state.messages.put({**message, "text": attack})
    page = visit("/_emulator/page/conversations/604")
    expect(page.locator(".words")).to_have_text("Dear <b>\nYour invoice", use_inner_text=True)
    expect(page.locator(".row[aria-current]")).not_to_contain_text("<p>")
    expect(page.locator(".phone-head")).to_contain_text("by email")


def test_the_program_that_is_offered_sends_a_message(
    visit: Callable[..., Page], emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit(CHAT)
    page.get_by_text("Write to Ada Example from Python").click()
    program = page.get_by_label("sending to this contact from Python", exact=True).inner_text()
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    exec(program, {})  # noqa: S102 - what the page offers is ours
    expect(page.locator(".message.theirs").last).to_contain_text("Hello from my program")


def test_private_notes_are_beside_the_phone_and_nothing_of_media_is_loaded(visit: Callable[..., Page]) -> None:
    page = visit(CHAT)
    expect(page.locator("#notes")).to_contain_text("The team sees them, the contact doesn't.")
    note = page.locator("#notes .note .words").inner_text()
    expect(page.locator("#thread")).not_to_contain_text(note)
    expect(page.locator("#thread")).not_to_contain_text("received")
    page = visit("/_emulator/page/conversations/602")
    expect(page.get_by_role("link", name="map.png")).to_have_attribute("href", "https://example.com/map.png")


def test_html_in_messages_is_shown_as_text(visit: Callable[..., Page], emulator: Emulator, hm: Heymarket) -> None:
    attack = '<img src=x onerror="document.title=\'broken\'"><script>document.title="broken"</script>'
    hm.messages.send(
        inbox_id=31, creator_id=21, phone_number=ADA, text=attack, author=attack, media_url="javascript:alert(1)//x"
    )
    contacts = emulator.state.contacts
    contacts.put({**(contacts.get(501) or {}), "display_name": attack, "first": "'\"><svg/onload=alert(1)>"})
    emulator.reply("15555550177", attack)
    for path in (CHAT, "/_emulator/page/conversations", "/_emulator/page/contacts", "/_emulator/page/contacts/501"):
        page = visit(path)
        assert page.locator("main img, main script, main svg[onload]").count() == 0
        assert page.title() != "broken"
        expect(page.locator("main")).to_contain_text("onerror")
    assert visit(CHAT).locator("a[href^=javascript]").count() == 0
    page = visit("/_emulator/page/journal")
    page.locator(".row.call").filter(has_text="messages.send").click()
    expect(page.get_by_role("heading", name="Request body")).to_be_visible()
    assert page.locator("main img, main script").count() == 0


def test_replies_work_without_script(visit: Callable[..., Page], receiver: WebhookReceiver) -> None:
    page = visit("/", script=False)
    page.get_by_role("link", name="Conversations", exact=True).first.click()
    page.locator(".rows .row").filter(has_text="See you then.").click()
    page.get_by_label("Reply as Ada Example").fill("Without script")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message.mine").last).to_contain_text("Without script")
    expect(page.get_by_label("Reply as Ada Example")).to_be_focused()
    receiver.wait(of_type="message_recieved")


def test_the_team_writes_too_and_a_refusal_is_said(
    visit: Callable[..., Page], emulator: Emulator, receiver: WebhookReceiver
) -> None:
    page = visit(CHAT)
    page.get_by_text("Write as the team").click()
    form = page.get_by_role("form", name="Write as the team")
    form.get_by_label("Message").fill("Your table is ready.")
    form.get_by_role("button").click()
    expect(page.locator(".message.theirs").last).to_contain_text("Your table is ready.")
    receiver.wait(of_type="message_sent")
    page.get_by_text("Write as the team").click()
    form.get_by_label("Message").fill("Likes marzipan.")
    form.get_by_label("A private note").check()
    form.get_by_role("button").click()
    expect(page.locator("#notes .note").last).to_contain_text("Likes marzipan.")
    expect(page.locator("#thread")).not_to_contain_text("marzipan")
    emulator.reply(ADA, "STOP")
    page.get_by_text("Write as the team").click()
    form.get_by_label("Message").fill("Are you there?")
    form.get_by_role("button").click()
    expect(page.get_by_role("alert")).to_contain_text("a recipient has opted out")
    expect(form.get_by_label("Message")).to_have_value("Are you there?")
    expect(page.locator("#events")).to_contain_text("target_opt_out")


def test_conversations_are_searched_and_filtered(visit: Callable[..., Page], emulator: Emulator) -> None:
    emulator.reply("15555550177", "Do you have 50% rye_bread?", inbox_id=32)
    emulator.reply("15555550177", "Never mind.", inbox_id=32)
    page = visit("/_emulator/page/conversations")
    rows = page.locator(".rows .row")
    page.get_by_role("searchbox").fill("50% RYE_bread")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Do you have 50% rye_bread?")
    rows.click()
    expect(page.get_by_role("searchbox")).to_have_value("50% RYE_bread")
    expect(page.locator(".message.mine").last).to_contain_text("Never mind.")
    page.get_by_role("searchbox").fill("+1 555 555 0177")
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    page.get_by_label("Inbox", exact=True).select_option("31")
    expect(rows).to_have_count(0)
    expect(page.locator(".rows")).to_contain_text("No conversation matches.")
    page = visit("/_emulator/page/conversations?show=closed")
    assert rows_of(emulator, "status = 'closed'") == page.locator(".rows .row").count() > 0
    page.get_by_label("Which").select_option("unread")
    page.wait_for_url("**show=unread")
    expect(page.locator(".rows .row")).to_have_count(page.locator(".rows .dot").count())
    expect(page.locator(".rows .row").first).to_contain_text("Never mind.")
    for odd in ("%", "_", "'", "\\", "inbox=9" * 20, "show=none&inbox=" + "9" * 30):
        assert visit(f"/_emulator/page/conversations?q={odd}").title().startswith("Conversations")


def rows_of(emulator: Emulator, condition: str) -> int:
    return len(emulator.state.conversations.query(f"WHERE {condition}"))
