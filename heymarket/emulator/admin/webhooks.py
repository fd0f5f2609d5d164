"""The webhooks, what is delivered to it, and contacts that write in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import asdict
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from heymarket.emulator.admin._body import is_number, parse_timeout, read_fields
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.webhooks.records import TOKEN

if TYPE_CHECKING:
    from starlette.requests import Request

    from heymarket.emulator.control import Control
    from heymarket.emulator.webhooks.records import Webhook

_DELIVERY_FAULTS = ("twice", "late", "wrong_token", "out_of_order")


def routes(control: Control) -> list[Route]:
    """The routes about what comes in and what goes out by itself.

    Args:
        control: The emulator.
    """

    async def webhook(_: Request) -> Response:
        return JSONResponse(_webhook(control.webhooks[0] if control.webhooks else None))

    async def set_webhook(request: Request) -> Response:
        control.set_webhook(*await _read_receiver(request))
        return JSONResponse(_webhook(control.webhooks[0]))

    async def forget_webhook(_: Request) -> Response:
        control.set_webhook(None)
        return Response(status_code=204)

    async def list_all(_: Request) -> Response:
        return JSONResponse({"webhooks": [_webhook(one) for one in control.webhooks]})

    async def add_webhook(request: Request) -> Response:
        return JSONResponse(_webhook(control.add_webhook(*await _read_receiver(request))), 201)

    async def remove_webhook(request: Request) -> Response:
        id_: int = request.path_params["id"]
        if all(one.id != id_ for one in control.webhooks):
            raise HTTPException(404, "There is no such webhook.")
        control.remove_webhook(id_)
        return Response(status_code=204)

    async def reply(request: Request) -> Response:
        fields = await read_fields(request, "phone", "text", "inbox_id", "media_url", *_DELIVERY_FAULTS)
        _check_reply(fields)
        phone, text = fields.pop("phone"), fields.pop("text", "")
        return JSONResponse(control.reply(phone, text, **fields), 201)

    async def deliveries(_: Request) -> Response:
        return JSONResponse({"deliveries": [asdict(delivery) for delivery in control.deliveries]})

    async def send_test_event(request: Request) -> Response:
        fields = await read_fields(request, "type", *_DELIVERY_FAULTS)
        _check_delivery_faults(fields)
        event_type = fields.pop("type", None)
        if not isinstance(event_type, str):
            raise EmulatorError("type is the type of an event, such as message_recieved.")
        return JSONResponse(asdict(control.send_test_event(event_type, **fields)), 201)

    async def repeat(request: Request) -> Response:
        fields = await read_fields(request, *_DELIVERY_FAULTS)
        _check_delivery_faults(fields)
        id_: int = request.path_params["id"]
        if all(delivery.id != id_ for delivery in control.deliveries):
            raise HTTPException(404, "There is no such delivery.")
        return JSONResponse(asdict(control.repeat_delivery(id_, **fields)), 201)

    async def settle(request: Request) -> Response:
        timeout = parse_timeout(await read_fields(request, "timeout"))
        # In another thread, because the receiver may call the emulator before it responds.
        await run_in_threadpool(control.settle, timeout)
        return Response(status_code=204)

    return [
        Route("/_emulator/webhook", webhook),
        Route("/_emulator/webhook", set_webhook, methods=["PUT"]),
        Route("/_emulator/webhook", forget_webhook, methods=["DELETE"]),
        Route("/_emulator/webhooks", list_all),
        Route("/_emulator/webhooks", add_webhook, methods=["POST"]),
        Route("/_emulator/webhooks/{id:int}", remove_webhook, methods=["DELETE"]),
        Route("/_emulator/reply", reply, methods=["POST"]),
        Route("/_emulator/deliveries", deliveries),
        Route("/_emulator/deliveries", send_test_event, methods=["POST"]),
        Route("/_emulator/deliveries/{id:int}/repeat", repeat, methods=["POST"]),
        Route("/_emulator/settle", settle, methods=["POST"]),
    ]


async def _read_receiver(request: Request) -> tuple[str, str]:
    fields = await read_fields(request, "url", "token")
    url, token = fields.get("url"), fields.get("token", TOKEN)
    if not isinstance(url, str) or not isinstance(token, str):
        raise EmulatorError("url and token are strings; url is needed.")
    return url, token


def _webhook(webhook: Webhook | None) -> dict[str, Any]:
    if webhook is None:
        return {"url": None, "id": None}
    # Without a token of the caller's: it may be one that opens something.
    made_up = {"token": TOKEN} if webhook.token == TOKEN else {}
    return {"url": webhook.url, "id": webhook.id, **made_up}


def _check_reply(fields: dict[str, Any]) -> None:
    if not isinstance(fields.get("phone"), str):
        raise EmulatorError("phone is the contact's number: a string of digits with the country code.")
    if not all(isinstance(fields.get(name, ""), str) for name in ("text", "media_url")):
        raise EmulatorError("text and media_url are strings.")
    inbox_id = fields.get("inbox_id")
    if inbox_id is not None and (not isinstance(inbox_id, int) or isinstance(inbox_id, bool)):
        raise EmulatorError("inbox_id is the id of an inbox.")
    _check_delivery_faults(fields)


def _check_delivery_faults(fields: dict[str, Any]) -> None:
    if not all(isinstance(fields.get(name, False), bool) for name in _DELIVERY_FAULTS if name != "late"):
        raise EmulatorError("twice, wrong_token and out_of_order are true or false.")
    if not is_number(fields.get("late", 0)):
        raise EmulatorError("late is a number of seconds.")
