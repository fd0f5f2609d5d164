"""Lists, in v1 and v2: one record, which holds the ids of contacts (see `contacts.list_members`).

Numbers and addresses that are put on a list become contacts. `targets`, which reads show, is made from the contacts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api import pagination
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.schema_examples import NO_BODY
from heymarket.emulator.api.validation import is_phone
from heymarket.emulator.domain import contacts
from heymarket.emulator.domain.lookups import require_subject
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def create(state: State, inputs: Inputs) -> Record:
    """`POST /v2/lists`."""
    ids = [*_known(state, inputs.body.get("contacts", [])), *_reached(state, inputs.body, "phones", "emails")]
    kind = {"_type": inputs.body["type"]} if "type" in inputs.body else {}
    return _create_list(state, inputs.body["title"], inputs.body["local_id"], ids, **kind)


def update(state: State, inputs: Inputs) -> Record:
    """`PUT /v2/lists/{id}`. `contacts` replaces all members, `phones` and `emails` add some."""
    body, record = inputs.body, _named(state, inputs)
    ids = _known(state, body["contacts"]) if "contacts" in body else record["_contact_ids"]
    ids = [*ids, *_known(state, body.get("add_contacts", []))]
    ids += _reached(state, body, "phones", "emails")
    ids += _reached(state, body, "add_phones", "add_emails")
    return _changed(state, record, body, ids, without=_left(state, body))


def delete(state: State, inputs: Inputs) -> Record:
    """`DELETE /v2/lists/{id}`. The list is deleted, whatever the body says of its members."""
    record = _named(state, inputs)
    state.lists.delete(record["id"])
    return {"deleted": True, "id": record["id"]}


def create_v1(state: State, inputs: Inputs) -> Record:
    """`POST /v1/list`."""
    ids = _of_members(state, inputs.body.get("members", {}))
    return _create_list(state, inputs.body.get("title", ""), inputs.body.get("local_id"), ids)


def get_v1(state: State, inputs: Inputs) -> Record:
    """`GET /v1/list/{id}`."""
    return _as_read(state, _named(state, inputs))


def update_v1(state: State, inputs: Inputs) -> Record:
    """`PUT /v1/list/{id}`. `members` replaces all members."""
    body, record = inputs.body, _named(state, inputs)
    ids = _of_members(state, body["members"]) if "members" in body else record["_contact_ids"]
    if "add_phone" in body:
        ids = [*ids, contacts.find_or_create(state, body["add_phone"])["id"]]
    gone = contacts.find_by_phone(state, body["remove_phone"]) if "remove_phone" in body else None
    return _changed(state, record, body, ids, without={gone["id"]} if gone else set())


def delete_v1(state: State, inputs: Inputs) -> Any:
    """`DELETE /v1/list/{id}`."""
    state.lists.delete(_named(state, inputs)["id"])
    return NO_BODY


def list_v1(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/lists`."""
    return [_as_read(state, record) for record in state.lists.page(cursor=pagination.parse_cursor(inputs.body, "date"))]


def _named(state: State, inputs: Inputs) -> Record:
    return require_subject(state.lists.get(inputs.path["id"]), "list")


def _create_list(state: State, title: str, local_id: str | None, ids: Iterable[int], **members: Any) -> Record:
    if local_id is not None:
        members["local_id"] = local_id
    standing = {"team_id": contacts.get_team_id(state), "shared": True, "archived": False}
    return _ref(state.lists.add({"name": title, **standing, **members, "_contact_ids": _limit_size(state, ids)}))


def _changed(state: State, record: Record, body: Mapping[str, Any], ids: Iterable[int], without: set[int]) -> Record:
    kept = _limit_size(state, (id_ for id_ in ids if id_ not in without))
    return _ref(state.lists.change(record, name=body.get("title", record["name"]), _contact_ids=kept))


def _limit_size(state: State, ids: Iterable[int]) -> list[int]:
    """The members of a list, each once, if a list may have so many."""
    distinct = list(dict.fromkeys(ids))
    size = (state.team.first() or {}).get("list_size")
    if size is not None and len(distinct) > size:
        raise APIErrorResponse(400, f"bad_data: a list may have {size} members at most, which is the team's list_size")
    return distinct


def _known(state: State, ids: list[int]) -> list[int]:
    if state.contacts.count(id=ids) < len(set(ids)):
        raise APIErrorResponse(400, "bad_data: there is no contact with one of the ids")
    return ids


def _reached(state: State, body: Mapping[str, Any], phones: str, emails: str) -> list[int]:
    """The contacts at these numbers and addresses; they are made where there are none."""
    found = [contacts.find_or_create(state, phone) for phone in body.get(phones, [])]
    found += [
        contacts.find_by_email(state, email) or contacts.create(state, [contacts.build_channel(state, "email", email)])
        for email in body.get(emails, [])
    ]
    return [contact["id"] for contact in found]


def _left(state: State, body: Mapping[str, Any]) -> set[int]:
    """The contacts to be taken off; unknown ones are on no list."""
    found = [contacts.find_by_phone(state, phone) for phone in body.get("remove_phones", [])]
    found += [contacts.find_by_email(state, email) for email in body.get("remove_emails", [])]
    return {*body.get("remove_contacts", []), *(contact["id"] for contact in found if contact)}


def _of_members(state: State, members: Mapping[str, Mapping[str, str]]) -> list[int]:
    """The contacts at these numbers. The names are those of contacts that have to be made; others keep theirs."""
    found = [
        contacts.find_or_create(state, phone, first=names.get("f", ""), last=names.get("l", ""))
        for phone, names in members.items()
    ]
    return [contact["id"] for contact in found]


def build(state: State, record: Record) -> Record:
    """A list of a seed as it is stored. It may have its members by number, as reads show them.

    Raises:
        APIErrorResponse: 400, it has members by something else.
    """
    targets = record.pop("targets", {})
    if not all(map(is_phone, targets)):
        raise APIErrorResponse(400, "bad_data: targets has to have phone numbers for keys")
    return {"_contact_ids": _of_members(state, targets), **record}


def _as_read(state: State, record: Record) -> Record:
    targets = {one.phone: {"f": one.first, "l": one.last} for one in contacts.list_members(state, record)}
    return to_public({**record, "targets": targets})


def _ref(record: Record) -> Record:
    return {"id": record["id"], "rev": record["rev"]}


HANDLERS: Mapping[str, Handler] = {
    "lists.create": create,
    "lists.create_v1": create_v1,
    "lists.delete": delete,
    "lists.delete_v1": delete_v1,
    "lists.get_v1": get_v1,
    "lists.list_v1": list_v1,
    "lists.update": update,
    "lists.update_v1": update_v1,
}
