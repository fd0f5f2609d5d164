"""Contacts, in v1 and v2, and their custom fields.

A write either says all of a contact (`PUT`, a batch that overwrites) or adds to what is known (everything else). What a
whole contact leaves out is cleared if it is a name, the email address or the picture; owner, tags, custom values and
opt-out stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from heymarket.emulator.api import pagination
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.validation import is_phone
from heymarket.emulator.domain import consent, contacts
from heymarket.emulator.domain.lookups import require_referred, require_subject
from heymarket.emulator.domain.team_settings import get_settings
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State

_CLEARED = ("first", "last", "email", "avatar")


def create_v1(state: State, inputs: Inputs) -> Record:
    """`POST /v1/contact`. A number that is known already means the contact that has it."""
    return _ref(_write(state, None, inputs.body))


def get_v1(state: State, inputs: Inputs) -> Record:
    """`GET /v1/contact/{id}`."""
    return _as_v1(by_id(state, inputs.path["id"]))


def update_v1(state: State, inputs: Inputs) -> Record:
    """`PUT /v1/contact/{id}`."""
    contact = by_id(state, inputs.path["id"])
    if contact.get("phone") and "phone" not in inputs.body:
        raise APIErrorResponse(400, "bad_data: phone is missing, and the contact has one")
    overwrite = inputs.query.get("overwrite", False)
    return _ref(_write(state, contact, inputs.body, whole=True, overwrite=overwrite))


def delete_v1(state: State, inputs: Inputs) -> str:
    """`DELETE /v1/contact/{id}`."""
    _delete(state, by_id(state, inputs.path["id"]))
    return "ok"


def lookup(state: State, inputs: Inputs) -> Record:
    """`POST /v1/contact/get`."""
    phone, id_ = inputs.body.get("phone"), inputs.body.get("id", "")
    if phone is None and not re.fullmatch(r"[0-9]{1,18}", id_, re.ASCII):
        raise APIErrorResponse(400, "bad_data: id has to be an integer, as a string")
    return _as_v1(_meant(state, phone=phone) if phone else by_id(state, int(id_)))


def list_v1(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/contacts`. Pages, if they are used, begin at 1."""
    limit = pagination.parse_limit(inputs.body)
    offset = pagination.parse_offset(inputs.body, limit, first=1)
    return [_as_v1(contact) for contact in _page(state, inputs.body, offset=offset, limit=limit)]


def count(state: State, _: Inputs) -> str:
    """`POST /v1/contacts/count`."""
    return str(state.contacts.count())


def get_status(state: State, inputs: Inputs) -> Record:
    """`POST /v1/contact/status`."""
    contact = _meant(state, id=inputs.body.get("id"), phone=inputs.body.get("phone"))
    return {
        "id": contact["id"],
        "phone": contact.get("phone", ""),
        "unsubscribed": contacts.is_opted_out(contact),
        "blocked": contacts.is_blocked(contact),
        "unsubscribed_admin": bool(contact.get("_unsubscribed_admin")),
        "unsubscribed_contact": bool(contact.get("_unsubscribed_contact")),
    }


def set_status(state: State, inputs: Inputs) -> str:
    """`POST /v1/contact/set_status`."""
    contact = _meant(state, id=inputs.body.get("id"), phone=inputs.body.get("phone"))
    consent.set_status(state, contact, inputs.body["status"])
    return "success"


def batch_create(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/batch/contacts`. Returns all of them, also those that existed and stay as they are."""
    overwrite = inputs.query.get("overwrite", False)
    done: dict[int, Record] = {}
    for one in inputs.body:
        contact = contacts.find_by_phone(state, one["phone"])
        if contact is None or overwrite:
            contact = _write(state, contact, one, whole=contact is not None)
        done[contact["id"]] = contact
    return [_as_v1(contact) for contact in done.values()]


def create(state: State, inputs: Inputs) -> Record:
    """`POST /v2/contact`. A channel that is known already means the contact that has it."""
    return _ref(_write(state, None, inputs.body))


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v2/contact/{contactID}`."""
    (contact,) = _as_v2(state, [by_uuid(state, inputs.path["contactID"])])
    return contact


def update(state: State, inputs: Inputs) -> Record:
    """`PUT /v2/contact/{contactID}`."""
    contact = by_uuid(state, inputs.path["contactID"])
    overwrite = inputs.query.get("overwrite", False)
    return _ref(_write(state, contact, inputs.body, whole=True, overwrite=overwrite))


def delete(state: State, inputs: Inputs) -> str:
    """`DELETE /v2/contact/{contactID}`."""
    _delete(state, by_uuid(state, inputs.path["contactID"]))
    return "ok"


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v2/contacts/list`. Pages begin at 0."""
    limit = pagination.parse_limit(inputs.body)
    return _as_v2(
        state, _page(state, inputs.body, offset=pagination.parse_offset(inputs.body, limit, first=0), limit=limit)
    )


def bulk_upsert(state: State, inputs: Inputs) -> Record:
    """`POST /v2/contacts`. One that is refused keeps no other from going through."""
    done: dict[int, Record] = {}
    failed: list[Record] = []
    for one in inputs.body["contacts"]:
        try:
            known = by_uuid(state, one["contact_id"]) if "contact_id" in one else None
            contact = _write(state, known, one)
            done[contact["id"]] = contact
        except APIErrorResponse as refusal:
            failed.append({"contact": one, "error": refusal.reason})
    return {"contacts": _as_v2(state, list(done.values())), "failed_contacts": failed}


def bulk_delete(state: State, inputs: Inputs) -> str:
    """`DELETE /v2/contacts`. One that isn't there is gone already."""
    uuids = [uuid.lower() for uuid in inputs.body["contact_channels"][0]["channel_ids"]]
    for contact in state.contacts.all(uuid=uuids):
        _delete(state, contact)
    return "ok"


def search(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v2/contacts/search`."""
    ids: set[int] = set()
    for wanted in inputs.body["contact_channels"]:
        by_type: dict[str, list[str]] = {}
        for value in wanted.get("channel_ids", []):
            by_type.setdefault(wanted.get("channel_type", _guessed(value)), []).append(value)
        for channel_type, values in by_type.items():
            found = state.channels.all(channel_id=values, channel_type=channel_type)
            ids.update(channel["contact_id"] for channel in found)
            if channel_type == "email":
                ids.update(contact["id"] for contact in state.contacts.all(email=values))
    return _as_v2(state, state.contacts.all(id=list(ids)))


def list_fields(state: State, _: Inputs) -> list[Record]:
    """`POST /v1/contact-fields`."""
    return [{"id": field["id"], "title": field["title"]} for field in state.fields.all()]


def create_fields(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/contacts/fields`. A field of that title is not made twice."""
    answer: list[Record] = []
    for one in inputs.body:
        known = state.fields.first(title=one["title"])
        field = known or state.fields.add({"title": one["title"]})
        answer.append({"id": field["id"], "title": field["title"], "duplicate": known is not None})
    return answer


def by_id(state: State, id_: int) -> Record:
    """The contact with this integer id.

    Raises:
        APIErrorResponse: 404, there is none.
    """
    return require_subject(state.contacts.get(id_), "contact")


def by_uuid(state: State, uuid: str) -> Record:
    """The contact with this UUID.

    Raises:
        APIErrorResponse: 404, there is none.
    """
    contact = state.contacts.first(uuid=uuid.lower())
    if contact is None and not _is_uuid(uuid):
        raise APIErrorResponse(404, "contact: the path takes a contact's UUID")
    return require_subject(contact, "contact")


def completed(channel: Mapping[str, Any]) -> Record:
    """A channel as it was sent, its described fields alone, with its type guessed from its value where it has none.

    Raises:
        APIErrorResponse: 400, it has no value, or one that can't be of its type.
    """
    if "channel_id" not in channel:
        raise APIErrorResponse(400, "bad_data: channel_id is missing in a channel")
    value = channel["channel_id"]
    channel_type = channel.get("channel_type") or _guessed(value)
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


def _write(
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
    channels = [completed(channel) for channel in body.get("contact_channels", [])]
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
    return contact or next((by_id(state, owner) for owner in owners if owner is not None), None)


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


def _delete(state: State, contact: Record) -> None:
    """Delete a contact, its channels and its place on lists; as the team has set it, one-to-one conversations, too."""
    if get_settings(state).delete_messages:
        reached_at = [channel["channel_id"] for channel in state.channels.all(contact_id=contact["id"])]
        conversations = [one["id"] for one in state.conversations.all(target=reached_at)]
        state.messages.delete_all(conversation_id=conversations)
        state.conversations.delete_all(id=conversations)
    contacts.leave_lists(state, contact)
    state.channels.delete_all(contact_id=contact["id"])
    state.contacts.delete(contact["id"])


def _meant(state: State, *, id: int | None = None, phone: str | None = None) -> Record:  # noqa: A002 - the API's word
    """The contact that a body names by one or the other."""
    return by_id(state, id or 0) if phone is None else require_subject(contacts.find_by_phone(state, phone), "contact")


def _page(state: State, body: Mapping[str, Any], *, offset: int, limit: int) -> list[Record]:
    order = body.get("order", "updated")
    if order not in {"created", "updated"}:
        raise APIErrorResponse(400, "bad_data: order has to be created or updated")
    cursor, ascending = pagination.parse_cursor(body, "date"), body.get("ascending", False)
    return state.contacts.page(order=order, cursor=cursor, limit=limit, offset=offset, ascending=ascending)


def _as_v1(contact: Record) -> Record:
    return to_public({name: value for name, value in contact.items() if name != "uuid"})


def _as_v2(state: State, found: Sequence[Record]) -> list[Record]:
    return [to_public(contact) for contact in contacts.attach_channels(state, found)]


def _ref(contact: Record) -> Record:
    return {name: contact[name] for name in ("id", "rev", "uuid")}


def _guessed(value: str) -> str:
    """The type that a channel's value looks like: what has an @ is an email address, digits are a phone number."""
    return "email" if "@" in value else "phone" if is_phone(value) else ""


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


HANDLERS: Mapping[str, Handler] = {
    "contacts.batch_create": batch_create,
    "contacts.bulk_delete": bulk_delete,
    "contacts.bulk_upsert": bulk_upsert,
    "contacts.count": count,
    "contacts.create": create,
    "contacts.create_fields": create_fields,
    "contacts.create_v1": create_v1,
    "contacts.delete": delete,
    "contacts.delete_v1": delete_v1,
    "contacts.get": get,
    "contacts.get_status": get_status,
    "contacts.get_v1": get_v1,
    "contacts.list": list_,
    "contacts.list_fields": list_fields,
    "contacts.list_v1": list_v1,
    "contacts.lookup": lookup,
    "contacts.search": search,
    "contacts.set_status": set_status,
    "contacts.update": update,
    "contacts.update_v1": update_v1,
}
