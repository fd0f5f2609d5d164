"""The team's settings, carriers and automations on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket
from heymarket.emulator import CarrierRule, Emulator, TeamSettings

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect

CONTROL = "/_emulator/page/control"
ADA = "15555550100"


@pytest.mark.parametrize("width", [390, 1280])
def test_settings_are_saved_all_at_once(visit: Callable[..., Page], emulator: Emulator, width: int) -> None:
    page = visit(CONTROL, width=width, script=False)
    page.get_by_label("An opt-out closes the contact's conversations").check()
    page.get_by_label("Messages that are sent over the API raise message_sent").uncheck()
    page.get_by_label("A sentence that is appended").fill("Reply STOP to opt out.")
    page.get_by_role("button", name="Apply the settings").click()

    expect(page.get_by_role("status").filter(has_text="settings are applied")).to_be_visible()
    expect(page.get_by_label("An opt-out closes the contact's conversations")).to_be_checked()
    assert emulator.team_settings == TeamSettings(
        opt_out_closes_chats=True, message_sent_by_api=False, opt_out_sentence="Reply STOP to opt out."
    )


def test_a_carrier_rule_is_made_seen_and_removed(visit: Callable[..., Page], emulator: Emulator, hm: Heymarket) -> None:
    page = visit(CONTROL, width=390)
    form = page.get_by_role("form", name="Add a rule")
    form.get_by_label("Status").select_option("undelivered")
    form.get_by_label("Phone").fill("+1 555 555 0100")
    form.get_by_label("After").fill("30")
    form.get_by_label("Error").fill("30003")
    form.get_by_role("button", name="Add the rule").click()
    expect(page.locator("#carrier-rules tbody tr")).to_contain_text("+1 555 555 0100")
    assert emulator.team_settings.carriers == (CarrierRule("undelivered", phone=ADA, after=30, error="30003"),)

    hm.messages.send(inbox_id=31, creator_id=21, phone_number=ADA, text="Hello " * 30)
    emulator.advance(30)
    page.goto(f"{emulator.base_url}/_emulator/page/conversations/601")
    expect(page.locator(".message").last).to_contain_text("undelivered, 30003 · 2 segments")
    page.goto(emulator.base_url + CONTROL)
    page.get_by_role("button", name="Remove rule 1").click()
    expect(page.locator("#carrier-rules")).to_contain_text("No rules")
    assert not emulator.team_settings.carriers


def test_a_rule_that_makes_no_sense_is_refused_and_can_be_fixed(visit: Callable[..., Page]) -> None:
    page = visit(CONTROL, script=False)
    form = page.get_by_role("form", name="Add a rule")
    form.get_by_label("Share").fill("0.5")
    form.get_by_label("Phone").fill("nobody")
    form.get_by_role("button", name="Add the rule").click()
    expect(page.get_by_role("alert")).to_contain_text("phone has to be a number")
    expect(form.get_by_label("Share")).to_have_value("0.5")


def test_opt_events_are_listed_in_the_conversation(visit: Callable[..., Page], emulator: Emulator) -> None:
    emulator.reply(ADA, "STOP")
    page = visit("/_emulator/page/conversations/601")
    expect(page.locator("#events")).to_contain_text("target_opt_out")
    page.goto(f"{emulator.base_url}/_emulator/page/conversations/602")
    expect(page.locator("#events")).not_to_contain_text("target_opt_out")


def test_an_automation_acts_on_a_conversation(visit: Callable[..., Page], emulator: Emulator, hm: Heymarket) -> None:
    hm.messages.send(inbox_id=31, creator_id=21, phone_number=ADA, survey_id=81)
    emulator.reply(ADA, "5!")
    page = visit("/_emulator/page/conversations/601")
    expect(page.locator("#thread")).to_contain_text("survey answered: 5")
    page.get_by_text("Act as an automation").click()
    form = page.get_by_role("form", name="Act as an automation")
    form.get_by_label("Send").fill("We are closed now.")
    form.get_by_label("Assign to").select_option("Joan Example")
    form.get_by_label("Close the conversation").check()
    form.get_by_role("button", name="Act").click()

    expect(page.locator(".message").last).to_contain_text("We are closed now.")
    expect(page.locator("#about")).to_contain_text("closed")
    assert hm.conversations.get(601).assigned == 22
