"""Writes of contacts: what a request makes of a contact, its channels and its place on lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.validation import is_phone
from heymarket.emulator.domain import consent, contacts
from heymarket.emulator.domain.lookups import get_contact, require_referred
from heymarket.emulator.domain.team_settings import get_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from heymarket.emulator.state import Record, State


__all__ = ["add_channel", "complete_channel", "delete", "find_owner_id", "guess_channel_type", "write"]

_CLEARED = ("first", "last", "email", "avatar")


def complete_channel(channel: Mapping[str, Any]) -> Record:
    """A channel as it was sent, its described fields alone, with its type guessed from its value where it has none.

    Raises:
        APIErrorResponse: 400, it has no value, or one that can't be of its type.
    """
    if "channel_id" not in channel:
        raise APIErrorResponse(400, "bad_data: channel_id is missing in a channel")
    value = channel["channel_id"]
    channel_type = channel.get("channel_type") or guess_channel_type(value)
    contacts.check_channel({"channel_type": channel_type, "channel_id": value})
    if not channel_type:
        raise APIErrorResponse(
            400, "bad_data: channel_type is missing in a channel, and can't be guessed from its value"
        )
    extra = {name: channel[name] for name in ("channel_handle", "info_channel") if name in channel}
    return {"channel_type": channel_type, "channel_id": value, **extra}


def add_channel(state: State, contact: Record, channel: Record) -> None:
    """Give a contact a channel; the contact itself stays as it is."""
    ends = {"team_id": contact["team_id"], "contact_id": contact["id"]}
    state.channels.insert({**ends, **contacts.build_channel(state, **channel)})


def find_owner_id(state: State, channel: Mapping[str, Any]) -> int | None:
    """The id of the contact that has a channel of this type and value: there is one at most."""
    known = state.channels.first(channel_id=channel["channel_id"], channel_type=channel["channel_type"])
    return int(known["contact_id"]) if known else None


def write(
    state: State, contact: Record | None, body: Mapping[str, Any], *, whole: bool = False, overwrite: bool = False
) -> Record:
    """A contact as a write makes it.

    Args:
        state: Where it is stored.
        contact: The contact, if the call names one; otherwise its channels tell whether there is one already.
        body: What was sent.
        whole: Whether that is all of the contact.
        overwrite: Whether `custom` takes the place of all custom values.
    """
    channels = [complete_channel(channel) for channel in body.get("contact_channels", [])]
    if phone := body.get("phone"):
        channels = [{"channel_type": "phone", "channel_id": phone}, *channels]
    contact = _only_owner(state, contact, channels)
    if contact is None and not channels and not body.get("email"):
        raise APIErrorResponse(400, "bad_data: a new contact has to have a channel")
    changes = _changes(state, contact or {}, body, whole=whole, overwrite=overwrite)
    gone = {name for name, value in changes.items() if value is None}
    changes = {name: value for name, value in changes.items() if name not in gone}
    if contact is None:
        contact = contacts.create(
            state, [contacts.build_channel(state, **one) for one in _distinct(channels)], **changes
        )
    else:
        contact = {name: value for name, value in contact.items() if name not in gone}
        if phone:
            contact = _with_phone(state, contact, phone)
        for channel in _distinct(channels):
            if find_owner_id(state, channel) is None:
                add_channel(state, contact, channel)
        changes |= contacts.find_phone_and_email(state, {**contact, **changes})
        contact = state.contacts.change(contact, **changes)
    if "is_opted_out" not in body or body["is_opted_out"] is contacts.is_opted_out(contact):
        return contact
    return consent.opt_out(state, contact, by="team") if body["is_opted_out"] else consent.opt_in(state, contact)


def _only_owner(state: State, contact: Record | None, channels: Sequence[Record]) -> Record | None:
    owners = {find_owner_id(state, channel) for channel in channels} - {None}
    if contact is not None:
        owners.add(contact["id"])
    if len(owners) > 1:
        raise APIErrorResponse(400, "bad_data: a channel belongs to another contact already")
    return contact or next((get_contact(state, owner) for owner in owners if owner is not None), None)


def _with_phone(state: State, contact: Record, phone: str) -> Record:
    """The contact with this as its number, in the place of the one before, unless it has it already."""
    old = state.channels.first(contact_id=contact["id"], channel_type="phone", channel_id=contact.get("phone", ""))
    known = state.channels.first(contact_id=contact["id"], channel_type="phone", channel_id=phone)
    if old and not known:
        state.channels.put({**old, "channel_id": phone, "updated": state.now()})
    return {**contact, "phone": phone}


def _distinct(channels: Iterable[Record]) -> list[Record]:
    return list({(one["channel_type"], one["channel_id"]): one for one in channels}.values())


def _changes(state: State, contact: Record, body: Mapping[str, Any], *, whole: bool, overwrite: bool) -> dict[str, Any]:
    """The fields of a contact that a write changes; `None` for one that is removed."""
    cleared = {name for name in _CLEARED if whole and contact.get(name)}
    changes: dict[str, Any] = {name: body.get(name, "") for name in _CLEARED if name in body or name in cleared}
    known = {**contact, **changes}
    built, named = (contacts.join_names(one.get("first", ""), one.get("last", "")) for one in (contact, known))
    given, shown = body.get("display_name"), contact.get("display_name", "")
    stays_empty = whole and not given and not shown and named == built
    if ("display_name" in body or whole or shown in {"", built}) and not stays_empty:
        changes["display_name"] = given or named
    if "custom" in body:
        kept: Record = {} if overwrite else contact.get("custom", {})
        fields = {str(field["id"]) for field in state.fields.all()}
        changes["custom"] = kept | {key: value for key, value in body["custom"].items() if key in fields}
    if "tags" in body:
        changes["tags"] = _tags(state, body["tags"])
    if "assignee_id" in body:
        changes["assigned_user_id"] = _owner(state, body["assignee_id"])
    if "email_suppressions" in body:
        changes["_email_suppressions"] = body["email_suppressions"]
    return changes


def _tags(state: State, tags: Sequence[Mapping[str, Any]]) -> list[Record]:
    if not all("tag_id" in tag for tag in tags):
        raise APIErrorResponse(400, "bad_data: tag_id is missing in a tag")
    ids = list(dict.fromkeys(tag["tag_id"] for tag in tags))
    if state.tags.count(id=ids) < len(ids):
        raise APIErrorResponse(400, "bad_data: tag_id: there is no such tag")
    return [{"tag_id": id_} for id_ in ids]


def _owner(state: State, user_id: int) -> int | None:
    if user_id == -1:
        return None
    return int(require_referred(state.users.get(user_id), "assignee_id", "user", user_id)["id"])


def delete(state: State, contact: Record) -> None:
    """Delete a contact, its channels and its place on lists; as the team has set it, one-to-one conversations, too."""
    if get_settings(state).delete_messages:
        reached_at = [channel["channel_id"] for channel in state.channels.all(contact_id=contact["id"])]
        conversations = [one["id"] for one in state.conversations.all(target=reached_at)]
        state.messages.delete_all(conversation_id=conversations)
        state.conversations.delete_all(id=conversations)
    contacts.leave_lists(state, contact)
    state.channels.delete_all(contact_id=contact["id"])
    state.contacts.delete(contact["id"])


def guess_channel_type(value: str) -> str:
    """The type that a channel's value looks like: what has an @ is an email address, digits are a phone number."""
    return "email" if "@" in value else "phone" if is_phone(value) else ""
