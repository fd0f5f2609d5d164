"""Webhooks on the page: where events go, and each delivery with its requests and their responses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.ui import _delivery_rows
from heymarket.emulator.ui._frame import HOME
from heymarket.emulator.webhooks.http import HEADERS, find_obstacle
from heymarket.emulator.webhooks.records import TOKEN

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from heymarket.emulator.ui._frame import UI, Form
    from heymarket.emulator.webhooks.records import WebhookDelivery

__all__ = ["routes"]

_CONTROL = f"{HOME}/control#webhook"


def routes(ui: UI) -> list[Route]:
    """A delivery, and what may be done with webhooks."""
    return [
        ui.screen(f"{HOME}/deliveries/{{id:int}}", show),
        ui.action(f"{HOME}/webhooks", add_webhook),
        ui.action(f"{HOME}/webhooks/{{id:int}}/remove", remove_webhook),
        ui.action(f"{HOME}/deliveries/test", send_test_event),
        ui.action(f"{HOME}/deliveries/{{id:int}}/repeat", repeat_delivery),
    ]


def show(ui: UI, request: Request) -> Response:
    """A delivery."""
    control = ui.control
    number = request.path_params["id"]
    delivery = next((one for one in control.deliveries if one.id == number), None)
    if delivery is None:
        return ui.missing(request, "There is no such delivery (any more).")
    webhook = next((one for one in control.webhooks if one.id == delivery.webhook), None)
    return ui.show(
        request,
        "delivery.html",
        delivery=delivery,
        shown=_delivery_rows.describe(control.state.deliveries.get(number) or {}),
        webhook=webhook,
        headers=dict(HEADERS),
        body=_body(delivery),
    )


def add_webhook(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Deliver events to one more URL."""
    webhook = ui.control.add_webhook(form.get("url", "").strip(), form.get("token", "").strip() or TOKEN)
    obstacle = find_obstacle(webhook.url)
    notice = "Events go to that URL from now on."
    return _CONTROL, f"{notice} At the moment nobody can be reached there: {obstacle}." if obstacle else notice


def remove_webhook(ui: UI, request: Request, _: Form) -> tuple[str, str]:
    """Deliver no more to one."""
    ui.control.remove_webhook(request.path_params["id"])
    return _CONTROL, "Events don't go there any more."


def send_test_event(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Deliver an event that nothing has happened for."""
    delivery = ui.control.send_test_event(form.get("type", ""))
    return f"{HOME}/deliveries/{delivery.id}", "The test event is on its way."


def repeat_delivery(ui: UI, request: Request, _: Form) -> tuple[str, str]:
    """Deliver an event again."""
    delivery = ui.control.repeat_delivery(request.path_params["id"])
    return f"{HOME}/deliveries/{delivery.id}", "The event is delivered again."


def _body(delivery: WebhookDelivery) -> dict[str, Any]:
    """What was sent, without the token: it may be one that opens something."""
    token = "[a wrong token]" if delivery.wrong_token else "[the webhook's token]"
    return {"type": delivery.type, "id": delivery.webhook, "token": token, "event_data": delivery.event_data}
