"""An endpoint as an input describes it: what all readers return, and all later steps start from."""

from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]

DECIDE = "# decide:"
"""Key for what a person has to decide: by key of the same mapping, one line. It becomes a comment above that key."""


class InputError(Exception):
    """The input can't be described; the message says what to do, and repeats none of the input's values."""


@dataclass
class Parameter:
    """A parameter of the path or the query. Its example is in the schema."""

    name: str
    place: str
    schema: Schema
    required: bool = False
    description: str = ""


@dataclass
class Endpoint:
    """One method of one path.

    Attributes:
        method: In small letters.
        path: The template, with `{name}` for parameters.
        kind: What the input is, such as "page".
        title: What the operation does, in a few words.
        operation_id: The name that the vendor's file gives it.
        response: The schema of the success; `None` if nothing is returned or known.
        errors: Descriptions of the documented failures, by status.
        components: Schemas that others refer to as `#/components/schemas/<name>`.
        notes: What has to be decided about the whole operation.
    """

    method: str
    path: str
    kind: str
    title: str = ""
    description: str = ""
    operation_id: str = ""
    parameters: list[Parameter] = field(default_factory=list)
    body: Schema | None = None
    body_type: str = "application/json"
    body_required: bool = True
    status: str = "200"
    response: Schema | None = None
    response_type: str = "application/json"
    response_description: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    components: dict[str, Schema] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def decide(mapping: Schema, key: str, line: str) -> None:
    """Adds a line that a person has to decide, at a key of a mapping."""
    notes = mapping.setdefault(DECIDE, {})
    notes[key] = f"{notes[key]}\n{line}" if key in notes else line
