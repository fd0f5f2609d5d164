"""The journal says why a call was refused; the switches on the Control screen do what they say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from heymarket import AuthenticationError, Heymarket, HeymarketError
from heymarket.emulator import Emulator
from heymarket.testing import WebhookReceiver

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect

JOURNAL = "/_emulator/page/journal"
CONTROL = "/_emulator/page/control"


def refuse(emulator: Emulator) -> None:
    with Heymarket(
        base_url=emulator.base_url, secret_id=emulator.secret_id, secret_key="another-key-that-is-wrong", max_retries=0
    ) as hm:
        with pytest.raises(AuthenticationError):
            hm.inboxes.list()


def test_a_refused_call_shows_up_with_its_token_and_why(visit: Callable[..., Page], emulator: Emulator) -> None:
    page = visit(JOURNAL)
    expect(page.locator("#calls")).to_contain_text("No calls yet")
    refuse(emulator)
    row = page.locator(".row.call").first
    expect(row).to_contain_text("401")
    row.click()
    why = page.get_by_role("note")
    expect(why).to_contain_text("Signature: it does not fit")
    expect(why).to_contain_text("two vertical bars")
    expect(page.get_by_label("Claims of the token")).to_contain_text(emulator.secret_id)
    expect(page.get_by_label("Header of the token")).to_contain_text('"HS256"')
    expect(page.get_by_text("Not accepted")).to_be_visible()
    expect(page.locator(".call-pane")).not_to_contain_text("another-key-that-is-wrong")


def test_the_journal_is_filtered_opened_and_cleared_without_script(
    visit: Callable[..., Page], emulator: Emulator, hm: Heymarket
) -> None:
    hm.inboxes.list()
    hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="Hello there")
    refuse(emulator)
    page = visit(JOURNAL, script=False)
    page.get_by_label("Operation").select_option("messages.send")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".row.call")).to_have_count(1)
    page.locator(".row.call").click()
    expect(page.locator(".call-pane")).to_contain_text('"text": "Hello there"')
    expect(page.locator(".call-pane")).to_contain_text("messages.send")
    page.get_by_label("Operation").select_option("")
    page.get_by_label("Status").select_option("4xx refused")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator(".row.call").first).to_contain_text("401")
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#calls")).to_contain_text("No calls yet")
    assert len(emulator.journal) == 0


def test_a_fault_switch_makes_the_next_call_fail(visit: Callable[..., Page], hm: Heymarket) -> None:
    page = visit(CONTROL)
    page.get_by_role("button", name="503").click()
    expect(page.get_by_role("status").filter(has_text="next call")).to_be_visible()
    expect(page.locator("#fault-list tbody tr")).to_contain_text("Status 503")
    expect(page.locator("#status")).to_contain_text("1 fault")
    with pytest.raises(HeymarketError, match="503"):
        hm.inboxes.list()
    assert hm.inboxes.list()
    expect(page.locator("#fault-list tbody tr")).to_contain_text("1 of 1")
    page.get_by_role("button", name="Remove: Status 503").click()
    expect(page.locator("#fault-list")).to_contain_text("None")


def test_a_fault_is_made_in_the_form(visit: Callable[..., Page], emulator: Emulator, hm: Heymarket) -> None:
    page = visit(CONTROL, script=False)
    page.get_by_label("What happens").select_option("status")
    page.get_by_label("Operation").fill("users.get")
    page.get_by_label("Status", exact=True).fill("500")
    page.get_by_label("How often").fill("2")
    page.get_by_role("button", name="Add the fault").click()
    (planned,) = emulator.faults
    assert planned.fault.document() == {"action": "status", "status": 500, "operation": "users.get", "count": 2}
    assert hm.inboxes.list()
    page.get_by_label("Operation").fill("users.gets")
    page.get_by_role("button", name="Add the fault").click()
    expect(page.get_by_role("alert")).to_contain_text("no such operation")
    assert urlsplit(page.url).path == CONTROL
    expect(page.get_by_label("Operation")).to_have_value("users.gets")


def test_moving_the_clock_fires_a_schedule(visit: Callable[..., Page], emulator: Emulator) -> None:
    emulator.clock.freeze(datetime(2030, 1, 2, 9, 0, tzinfo=UTC))
    page = visit(CONTROL)
    expect(page.locator("#schedules")).to_contain_text("See you tomorrow.")
    expect(page.locator("#clock-now")).to_contain_text("frozen")
    page.get_by_role("button", name="Move the clock by 1 hour").click()
    expect(page.locator("#clock-now")).to_contain_text("2030-01-02 10:00")
    expect(page.locator("#schedules")).to_contain_text("None")
    expect(page.locator("#status")).to_contain_text("frozen")
    page.get_by_role("button", name="Resume").click()
    assert not emulator.clock.frozen
    page.get_by_role("button", name="Back to real time").click()
    assert abs(emulator.clock.ahead) < 1


def test_the_clock_says_its_day_and_whether_it_is_off(visit: Callable[..., Page], emulator: Emulator) -> None:
    page = visit(CONTROL, width=360)
    chip = page.locator(".chip.clock")
    expect(chip).to_be_visible()
    expect(page.locator(".chip.clock.warn")).to_have_count(0)
    emulator.advance(86_400)
    expect(page.locator(".chip.clock.warn")).to_contain_text("+1 d")
    emulator.clock.freeze(datetime(2030, 1, 2, 9, 0, tzinfo=UTC))
    expect(page.locator(".chip.clock.warn")).to_contain_text("2 Jan 09:00 frozen")


def test_webhooks_are_added_and_a_delivery_is_read_and_repeated(visit: Callable[..., Page], emulator: Emulator) -> None:
    with WebhookReceiver() as receiver:
        receiver.respond_with(500, times=1)
        page = visit(CONTROL)
        page.get_by_label("URL").fill(receiver.url)
        page.get_by_label("Token").fill(receiver.token)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_role("status").first).to_have_text("Events go to that URL from now on.")
        emulator.reply("15555550100", "Hello")
        receiver.wait(2, of_type="message_recieved")
        expect(page.locator("#deliveries tbody tr").first).to_contain_text("delivered")
        expect(page.locator("main")).not_to_contain_text(receiver.token)
        page.get_by_role("link", name="message_recieved").first.click()
        expect(page.locator("#about-delivery")).to_contain_text("delivered responded 200")
        expect(page.locator("#attempts .code-status")).to_have_text(["500", "200"])
        expect(page.locator("main")).to_contain_text('"text": "Hello"')
        expect(page.locator("main")).not_to_contain_text(receiver.token)
        page.get_by_role("button", name="Deliver it again").click()
        receiver.wait(3, of_type="message_recieved")
        expect(page.locator("#about-delivery")).to_contain_text("Repeats")
        page.get_by_role("link", name="Webhooks and deliveries").click()
        page.get_by_label("Test event").select_option("incoming_call")
        page.get_by_role("button", name="Send a test event").click()
        receiver.wait(of_type="incoming_call")
        expect(page.get_by_role("heading", level=1)).to_have_text("incoming_call")
        page = visit(CONTROL)
        page.get_by_role("button", name=f"Remove {receiver.url}").click()
        expect(page.locator("#webhooks")).to_contain_text("go nowhere")
        assert emulator.webhooks == ()


def test_an_address_where_nobody_listens_is_said_to_be_one(visit: Callable[..., Page], emulator: Emulator) -> None:
    with WebhookReceiver() as gone:
        url = gone.url
    page = visit(CONTROL)
    page.get_by_label("URL").fill(url)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text(
        "nobody can be reached there: no connection: Connection refused"
    )
    assert [one.url for one in emulator.webhooks] == [url]


def test_the_gauge_says_how_much_is_used_and_when_it_is_free_again(
    visit: Callable[..., Page], emulator: Emulator, hm: Heymarket
) -> None:
    page = visit(CONTROL)
    hm.inboxes.list()
    expect(page.locator("#status .gauge")).to_contain_text("1/500")
    page.get_by_role("spinbutton", name="Limit").fill("1")
    page.get_by_role("button", name="Set", exact=True).click()
    expect(page.locator("#gauges")).to_contain_text("free again in")
    page.get_by_role("button", name="Clear the usage").click()
    expect(page.locator("#gauges")).to_contain_text("No calls")


def test_a_snapshot_is_restored_and_a_reset_undoes_all(
    visit: Callable[..., Page], emulator: Emulator, hm: Heymarket
) -> None:
    page = visit(CONTROL)
    page.get_by_role("button", name="Take a snapshot").click()
    number = emulator.snapshots.ids()[-1]
    emulator.reply("15555550177", "Somebody new")
    count = emulator.state.contacts.count()
    page.get_by_role("button", name=f"Restore Snapshot {number}").click()
    expect(page.get_by_role("status").filter(has_text="snapshot")).to_be_visible()
    assert emulator.state.contacts.count() == count - 1
    page.get_by_role("button", name=f"Forget Snapshot {number}").click()
    expect(page.get_by_role("button", name=f"Restore Snapshot {number}")).to_have_count(0)
    emulator.reply("15555550177", "Somebody new")
    hm.inboxes.list()
    asked: list[str] = []

    def decline(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", decline)
    page.get_by_role("button", name="Reset everything").click()
    assert "Reset everything?" in asked[0]
    assert emulator.state.contacts.count() == count
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Reset everything").click()
    expect(page.get_by_role("status").filter(has_text="Everything is reset")).to_be_visible()
    assert emulator.state.contacts.count() == count - 1
    assert len(emulator.journal) == 0


def test_the_state_is_downloaded(visit: Callable[..., Page]) -> None:
    page = visit(CONTROL)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "heymarket-state.json"
    assert json.loads(download.value.path().read_text("utf-8"))["team"]["id"] == 7


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is not installed")
def test_a_call_is_made_again_with_the_curl_command_that_is_offered(
    visit: Callable[..., Page], emulator: Emulator, hm: Heymarket
) -> None:
    hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text="It's \\n \u00e4 test")
    hm.request("GET", "/v1/messages", params={"phoneNumber": "15555550100", "inboxID": 31})
    for operation in ("messages.send", "messages.history"):
        page = visit("/_emulator/page/journal")
        page.locator(".row.call").filter(has_text=operation).first.click()
        page.get_by_text("As a curl command").click()
        command = page.get_by_label("this call with curl", exact=True).inner_text()
        assert "Bearer $HEYMARKET_TEAM_KEY" in command
        done = subprocess.run(
            ["/bin/sh", "-c", f"{command} --noproxy '*' -sS"],
            env={"PATH": os.environ["PATH"], **emulator.environment},
            capture_output=True,
            check=True,
        )
        assert json.loads(done.stdout)
        assert emulator.journal[-1].operation == operation
        assert emulator.journal[-1].status == 200
