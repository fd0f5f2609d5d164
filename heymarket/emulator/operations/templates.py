"""Templates. Archived ones stay in the list, and can be sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api import pagination
from heymarket.emulator.api.schema_examples import NOTHING
from heymarket.emulator.domain.contacts import team_id
from heymarket.emulator.domain.lookups import owner_of, subject
from heymarket.emulator.state import shown, uuid_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def create(state: State, inputs: Inputs) -> Record:
    """`POST /v1/template`: it belongs to the team's owner, because the call names nobody."""
    made = {"team_id": team_id(state), "creator_id": owner_of(state)["id"], "shared": True}
    return _ref(state.templates.add({**made, **_written(inputs.body)}))


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v1/template/{id}`."""
    return _found(state, inputs)


def update(state: State, inputs: Inputs) -> Record:
    """`PUT /v1/template/{id}`."""
    return _ref(state.templates.change(_found(state, inputs), **_written(inputs.body)))


def delete(state: State, inputs: Inputs) -> object:
    """`DELETE /v1/template/{id}`."""
    state.templates.delete(_found(state, inputs)["id"])
    return NOTHING


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/templates`."""
    return [shown(one) for one in state.templates.page(cursor=pagination.cursor(inputs.body, "date"))]


def _found(state: State, inputs: Inputs) -> Record:
    return subject(state.templates.get(inputs.path["id"]), "template")


def _written(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body as a record: what is written as `title` is read as `name`."""
    given = {name: body[name] for name in ("content", "local_id") if name in body}
    return {"name": body["title"], "archived": body.get("archived", False), **given}


def _ref(template: Record) -> Record:
    return {"id": template["id"], "rev": template["rev"], "uuid": uuid_of(template["id"])}


HANDLERS: Mapping[str, Handler] = {
    "templates.create": create,
    "templates.delete": delete,
    "templates.get": get,
    "templates.list": list_,
    "templates.update": update,
}
