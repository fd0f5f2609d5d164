"""The API reference: drawn offline, and to be tried out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket.emulator import Emulator

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
from playwright.sync_api import expect


def test_an_operation_is_called_from_the_reference(visit: Callable[..., Page], emulator: Emulator) -> None:
    page = visit("/_emulator/reference#/team/team.get")
    expect(page.locator(".opblock")).to_have_count(len(emulator.operations) + 1)  # the webhook is described, too
    operation = page.locator(".opblock", has=page.locator("[data-path='/v1/team']")).first
    expect(operation).to_be_visible()
    if not operation.get_by_role("button", name="Execute").count():
        operation.locator(".opblock-summary-control").click()
    operation.get_by_role("button", name="Execute").click()
    expect(operation.locator(".live-responses-table")).to_contain_text("Example Inc.")
    (call,) = emulator.journal
    assert (call.operation, call.status, call.credential) == ("team.get", 200, "legacy")


def test_the_reference_fits_a_small_screen(visit: Callable[..., Page]) -> None:
    page = visit("/_emulator/reference#/team/team.get", width=360)
    expect(page.locator(".opblock.is-open .responses-table").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator(".response-col_links").first).to_be_hidden()
    tag = page.locator(".opblock-tag").first
    assert tag.locator("small").evaluate("it => it.getBoundingClientRect().width") > 250


def test_the_description_names_the_emulator_as_its_server(emulator: Emulator) -> None:
    document = httpx.get(f"{emulator.base_url}/_emulator/openapi.json").json()
    assert document["servers"][0]["url"] == emulator.base_url
    assert document["openapi"].startswith("3.1")


def test_what_is_tried_out_twice_is_done_twice(emulator: Emulator) -> None:
    def load(path: str) -> dict[str, Any]:
        schemas = httpx.get(f"{emulator.base_url}{path}").json()["components"]["schemas"]
        return {name: schema.get("example", {}) for name, schema in schemas.items() if name.endswith("Write")}

    shown = load("/_emulator/openapi.json")
    assert {name for name, example in shown.items() if "local_id" in example} == {"ListWrite"}
    assert shown["MessageWrite"]["phone_number"] == "15555550100"
    assert shown["ListWrite"]["local_id"] != load("/_emulator/openapi.json")["ListWrite"]["local_id"]
    assert load("/openapi.json")["MessageWrite"]["local_id"]
