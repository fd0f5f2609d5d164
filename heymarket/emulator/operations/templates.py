"""Templates. Archived ones stay in the list, and can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api import pagination
from heymarket.emulator.api.schema_examples import NO_BODY
from heymarket.emulator.domain.contacts import get_team_id
from heymarket.emulator.domain.lookups import get_owner, require_subject
from heymarket.emulator.state import make_uuid, to_public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def create(state: State, inputs: Inputs) -> Record:
    """`POST /v1/template`: it belongs to the team's owner, because the call names no user."""
    made = {"team_id": get_team_id(state), "creator_id": get_owner(state)["id"], "shared": True}
    return _ref(state.templates.add({**made, **_write(inputs.body)}))


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v1/template/{id}`."""
    return _found(state, inputs)


def update(state: State, inputs: Inputs) -> Record:
    """`PUT /v1/template/{id}`."""
    template = _found(state, inputs)
    return _ref(state.templates.change(template, **_write({"title": template["name"], **inputs.body})))


def delete(state: State, inputs: Inputs) -> object:
    """`DELETE /v1/template/{id}`."""
    state.templates.delete(_found(state, inputs)["id"])
    return NO_BODY


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/templates`."""
    return [to_public(one) for one in state.templates.page(cursor=pagination.parse_cursor(inputs.body, "date"))]


def _found(state: State, inputs: Inputs) -> Record:
    return require_subject(state.templates.get(inputs.path["id"]), "template")


def _write(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body as a record: what is written as `title` is read as `name`."""
    given = {name: body[name] for name in ("content", "local_id") if name in body}
    return {"name": body["title"], "archived": body.get("archived", False), **given}


def _ref(template: Record) -> Record:
    return {"id": template["id"], "rev": template["rev"], "uuid": make_uuid(template["id"])}


HANDLERS: Mapping[str, Handler] = {
    "templates.create": create,
    "templates.delete": delete,
    "templates.get": get,
    "templates.list": list_,
    "templates.update": update,
}
