"""The channels of a contact. A value of one type belongs to one contact; the oldest channel of a type stands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.schema_examples import NO_BODY
from heymarket.emulator.domain import contacts
from heymarket.emulator.domain.contact_writes import add_channel, complete_channel, find_owner_id
from heymarket.emulator.domain.lookups import get_contact_by_uuid
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`GET /v2/contact/{contactID}/channels`."""
    contact = get_contact_by_uuid(state, inputs.path["contactID"])
    return [to_public(channel) for channel in state.channels.all(contact_id=contact["id"])]


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v2/contact/{contactID}/channel/{channelType}`."""
    contact = get_contact_by_uuid(state, inputs.path["contactID"])
    return _of_type(state, contact, inputs.path["channelType"])


def create(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v2/contact/{contactID}/channel`. One that the contact has already is not added again."""
    contact = get_contact_by_uuid(state, inputs.path["contactID"])
    channel = complete_channel(inputs.body)
    if not _has(state, contact, channel):
        add_channel(state, contact, channel)
        _settle(state, contact)
    return list_(state, inputs)


def update(state: State, inputs: Inputs) -> Any:
    """`PUT /v2/contact/{contactID}/channel`."""
    contact = get_contact_by_uuid(state, inputs.path["contactID"])
    channel = complete_channel(inputs.body)
    old = _of_type(state, contact, channel["channel_type"])
    if not _has(state, contact, channel):
        state.channels.put({**old, **channel, "updated": state.now()})
        _settle(state, contact, instead_of=old["channel_id"], now=channel["channel_id"])
    return NO_BODY


def delete(state: State, inputs: Inputs) -> Any:
    """`DELETE /v2/contact/{contactID}/channel/{channelType}`."""
    contact = get_contact_by_uuid(state, inputs.path["contactID"])
    channel = _of_type(state, contact, inputs.path["channelType"])
    state.channels.delete(channel["id"])
    _settle(state, contact, instead_of=channel["channel_id"])
    return NO_BODY


def _of_type(state: State, contact: Record, channel_type: str) -> Record:
    channels = state.channels.all(contact_id=contact["id"])
    for channel in channels:
        if channel["channel_type"] == channel_type:
            return channel
    known = {"phone", "email", "facebook"}
    types = ", ".join(one["channel_type"] if one["channel_type"] in known else "another" for one in channels)
    raise APIErrorResponse(404, f"channel: the contact has no channel of that type; it has {types or 'none at all'}")


def _has(state: State, contact: Record, channel: Mapping[str, Any]) -> bool:
    owner = find_owner_id(state, channel)
    if owner not in {None, contact["id"]}:
        raise APIErrorResponse(400, "bad_data: a channel belongs to another contact already")
    return owner is not None


def _settle(state: State, contact: Record, *, instead_of: str | None = None, now: str = "") -> None:
    """Let a contact's number and address follow its channels."""
    moved = {name: now for name in ("phone", "email") if instead_of and contact.get(name) == instead_of}
    state.contacts.change(contact, **contacts.find_phone_and_email(state, {**contact, **moved}))


HANDLERS: Mapping[str, Handler] = {
    "contact_channels.create": create,
    "contact_channels.delete": delete,
    "contact_channels.get": get,
    "contact_channels.list": list_,
    "contact_channels.update": update,
}
