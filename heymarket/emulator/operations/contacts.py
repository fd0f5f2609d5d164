"""Contacts, in v1 and v2, and their custom fields.

A write either says all of a contact (`PUT`, a batch that overwrites) or adds to what is known (everything else). What a
whole contact leaves out is cleared if it is a name, the email address or the picture; owner, tags, custom values and
opt-out stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from heymarket.emulator.api import pagination
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.domain import consent, contact_writes, contacts
from heymarket.emulator.domain.lookups import get_contact, get_contact_by_uuid, require_subject
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def create_v1(state: State, inputs: Inputs) -> Record:
    """`POST /v1/contact`. A number that is known already means the contact that has it."""
    return _ref(contact_writes.write(state, None, inputs.body))


def get_v1(state: State, inputs: Inputs) -> Record:
    """`GET /v1/contact/{id}`."""
    return _as_v1(get_contact(state, inputs.path["id"]))


def update_v1(state: State, inputs: Inputs) -> Record:
    """`PUT /v1/contact/{id}`."""
    contact = get_contact(state, inputs.path["id"])
    if contact.get("phone") and "phone" not in inputs.body:
        raise APIErrorResponse(400, "bad_data: phone is missing, and the contact has one")
    overwrite = inputs.query.get("overwrite", False)
    return _ref(contact_writes.write(state, contact, inputs.body, whole=True, overwrite=overwrite))


def delete_v1(state: State, inputs: Inputs) -> str:
    """`DELETE /v1/contact/{id}`."""
    contact_writes.delete(state, get_contact(state, inputs.path["id"]))
    return "ok"


def lookup(state: State, inputs: Inputs) -> Record:
    """`POST /v1/contact/get`."""
    phone, id_ = inputs.body.get("phone"), inputs.body.get("id", "")
    if phone is None and not re.fullmatch(r"[0-9]{1,18}", id_, re.ASCII):
        raise APIErrorResponse(400, "bad_data: id has to be an integer, as a string")
    return _as_v1(_meant(state, phone=phone) if phone else get_contact(state, int(id_)))


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
            contact = contact_writes.write(state, contact, one, whole=contact is not None)
        done[contact["id"]] = contact
    return [_as_v1(contact) for contact in done.values()]


def create(state: State, inputs: Inputs) -> Record:
    """`POST /v2/contact`. A channel that is known already means the contact that has it."""
    return _ref(contact_writes.write(state, None, inputs.body))


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v2/contact/{contactID}`."""
    (contact,) = _as_v2(state, [get_contact_by_uuid(state, inputs.path["contactID"])])
    return contact


def update(state: State, inputs: Inputs) -> Record:
    """`PUT /v2/contact/{contactID}`."""
    contact = get_contact_by_uuid(state, inputs.path["contactID"])
    overwrite = inputs.query.get("overwrite", False)
    return _ref(contact_writes.write(state, contact, inputs.body, whole=True, overwrite=overwrite))


def delete(state: State, inputs: Inputs) -> str:
    """`DELETE /v2/contact/{contactID}`."""
    contact_writes.delete(state, get_contact_by_uuid(state, inputs.path["contactID"]))
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
            known = get_contact_by_uuid(state, one["contact_id"]) if "contact_id" in one else None
            contact = contact_writes.write(state, known, one)
            done[contact["id"]] = contact
        except APIErrorResponse as refusal:
            failed.append({"contact": one, "error": refusal.reason})
    return {"contacts": _as_v2(state, list(done.values())), "failed_contacts": failed}


def bulk_delete(state: State, inputs: Inputs) -> str:
    """`DELETE /v2/contacts`. One that isn't there is gone already."""
    uuids = [uuid.lower() for uuid in inputs.body["contact_channels"][0]["channel_ids"]]
    for contact in state.contacts.all(uuid=uuids):
        contact_writes.delete(state, contact)
    return "ok"


def search(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v2/contacts/search`."""
    ids: set[int] = set()
    for wanted in inputs.body["contact_channels"]:
        by_type: dict[str, list[str]] = {}
        for value in wanted.get("channel_ids", []):
            by_type.setdefault(wanted.get("channel_type", contact_writes.guess_channel_type(value)), []).append(value)
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


def _meant(state: State, *, id: int | None = None, phone: str | None = None) -> Record:  # noqa: A002 - the API's word
    """The contact that a body names by one or the other."""
    return (
        get_contact(state, id or 0)
        if phone is None
        else require_subject(contacts.find_by_phone(state, phone), "contact")
    )


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
