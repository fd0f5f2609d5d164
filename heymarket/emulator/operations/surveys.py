"""Surveys, which are made in the app alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.api import pagination
from heymarket.emulator.domain.lookups import require_subject
from heymarket.emulator.state import to_public

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def get(state: State, inputs: Inputs) -> Record:
    """`GET /v1/survey/{id}`."""
    return _answered(require_subject(state.surveys.get(inputs.path["id"]), "survey"))


def list_(state: State, inputs: Inputs) -> list[Record]:
    """`POST /v1/surveys`: by id, 30 on a page by default."""
    limit = pagination.parse_limit(inputs.body)
    found = state.surveys.query(
        "ORDER BY id LIMIT ? OFFSET ?", (limit, pagination.parse_offset(inputs.body, limit, first=1))
    )
    return [_answered(one) for one in found]


def _answered(survey: Record) -> Record:
    return {name: value for name, value in to_public(survey).items() if name not in {"op", "rev"}}


HANDLERS: Mapping[str, Handler] = {"surveys.get": get, "surveys.list": list_}
