"""Tags. One that is deleted comes off the contacts that have it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api import pagination
from heymarket.emulator.api.schema_examples import NO_BODY
from heymarket.emulator.domain import contacts
from heymarket.emulator.domain.lookups import require_subject
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State

_TAGGED = "WHERE ? IN (SELECT json_extract(value, '$.tag_id') FROM json_each(record, '$.tags'))"


def create(state: State, inputs: Inputs) -> Record:
    """`POST /v1/tag`. Two tags may have the same text."""
    members = {name: inputs.body[name] for name in ("tag", "color") if name in inputs.body}
    tag = state.tags.add({"team_id": contacts.get_team_id(state), **members})
    return {"id": tag["id"], "rev": tag["rev"]}


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v1/tag/{id}`."""
    return require_subject(state.tags.get(inputs.path["id"]), "tag")


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/tags`."""
    return [to_public(tag) for tag in state.tags.page(cursor=pagination.parse_cursor(inputs.body, "date"))]


def delete(state: State, inputs: Inputs) -> Any:
    """`DELETE /v1/tag/{id}`."""
    id_ = get(state, inputs)["id"]
    for contact in state.contacts.query(_TAGGED, (id_,)):
        state.contacts.change(contact, tags=[tag for tag in contact["tags"] if tag.get("tag_id") != id_])
    state.tags.delete(id_)
    return NO_BODY


HANDLERS: Mapping[str, Handler] = {
    "tags.create": create,
    "tags.delete": delete,
    "tags.get": get,
    "tags.list": list_,
}
