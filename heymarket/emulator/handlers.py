"""The operations that are answered from state. All others are answered from the description (`schema_answers`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from heymarket.emulator.refusals import Refused

if TYPE_CHECKING:
    from starlette.requests import Request

    from heymarket.emulator.state import State

    Handler = Callable[[Request, State], Awaitable[Any]]

__all__ = ["HANDLERS"]


async def _list_contact_channels(request: Request, state: State) -> list[dict[str, Any]]:
    contact_id = request.path_params["contactID"]
    channels = state.channels(contact_id)
    if channels is None:
        what = "there is no such contact" if _is_uuid(contact_id) else "the path takes a contact's UUID"
        raise Refused(404, f"contact: {what}")
    return channels


async def _get_contact_channel(request: Request, state: State) -> dict[str, Any]:
    channel_type = request.path_params["channelType"]
    channels = await _list_contact_channels(request, state)
    for channel in channels:
        if channel["channel_type"] == channel_type:
            return channel
    types = ", ".join(channel["channel_type"] for channel in channels) or "none at all"
    raise Refused(404, f"channel: the contact has no channel of that type; it has {types}")


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


HANDLERS: Mapping[str, Handler] = {
    "contact_channels.get": _get_contact_channel,
    "contact_channels.list": _list_contact_channels,
}
"""By operation name. A handler gives what becomes the JSON body, or raises `Refused`."""
