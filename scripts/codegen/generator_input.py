"""The generator's input: the description, changed so that openapi-python-client writes what we promise.

- A response promises nothing: each of its properties is optional and nullable, and a date-time may be any string.
- An open enum (`anyOf` of an enum and plain strings) is a plain enum; the template of the enum keeps it open.
- Responses other than the success aren't decoded by the generated code, so they are left out.

The package ships the description itself (openapi.json), not this input.
"""

from copy import deepcopy
from typing import Any

from .bundle import Document
from .problems import DescriptionError, Path

_STRING = {"type": "string"}
_NULL = {"type": "null"}
_SCHEMA_LISTS = ("anyOf", "oneOf", "allOf")


def derive_generator_input(document: Document) -> dict[str, Any]:
    """Derives the input; the document stays as it is.

    Raises:
        DescriptionError: When a response and a request body are described by the same schema.
    """
    view = Document(deepcopy(document.data), document.places)
    relaxed = _Relaxed(view)
    bodies: dict[str, Path] = {}
    for operation in document.operations():
        item = view.data["paths"][operation.path][operation.method]
        item["responses"] = {status: part for status, part in item["responses"].items() if status[0] == "2"}
        for response in item["responses"].values():
            for media in view.resolve(response).get("content", {}).values():
                relaxed.schema(media.get("schema", {}))
        if "requestBody" in item:
            schema = view.resolve(item["requestBody"])["content"]["application/json"]["schema"]
            bodies[schema.get("$ref", "")] = (*operation.at, "requestBody")
    # A delivery comes from the service, as a response does. The generator writes only models for it.
    for item in view.data.pop("webhooks", {}).values():
        for delivery in item.values():
            relaxed.schema(view.resolve(delivery["requestBody"])["content"]["application/json"]["schema"])
    shared = relaxed.seen & bodies.keys()
    if shared:
        # In a response every property is optional; as a body, the same schema would make no argument required.
        raise DescriptionError(
            [document.problem(bodies[ref], f"{ref} is also a response: describe the body separately") for ref in shared]
        )
    for schema in view.data.get("components", {}).get("schemas", {}).values():
        _close_enum(schema)
    _simplify_times(view.data)
    return view.data


def _simplify_times(node: Any) -> None:
    """Replaces the format quarter-hour by date-time; the client checks which times are allowed."""
    for part in node.values() if isinstance(node, dict) else node:
        if isinstance(part, dict) and part.get("format") == "quarter-hour":
            part["format"] = "date-time"
        if isinstance(part, dict | list):
            _simplify_times(part)


def _close_enum(schema: dict[str, Any]) -> None:
    match schema:
        case {"anyOf": [{"type": "string", "enum": values}, {"type": "string"}]}:
            del schema["anyOf"]
            schema.update(type="string", enum=values)


class _Relaxed:
    """Makes properties optional and nullable, in place, in the given schemas and those that they refer to."""

    def __init__(self, view: Document) -> None:
        self._view = view
        self.seen: set[str] = set()

    def schema(self, schema: dict[str, Any]) -> None:
        ref = schema.get("$ref")
        if ref in self.seen:
            return
        if ref:
            self.seen.add(ref)
            self.schema(self._view.target(ref))
        for key in _SCHEMA_LISTS:
            for part in schema.get(key, []):
                self.schema(part)
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), dict):
                self.schema(schema[key])
        if "properties" in schema:
            schema.pop("required", None)
            for name, part in schema["properties"].items():
                self.schema(part)
                schema["properties"][name] = _make_nullable(name, part)


def _make_nullable(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {key: schema[key] for key in ("description", "example") if key in schema}
    bare = {key: value for key, value in schema.items() if key not in about}
    if schema.get("format") == "date-time":
        # The title names the variable of the generated code; the template of the date-time removes it.
        return {**about, "anyOf": [{**bare, "title": "parsed"}, _STRING, _NULL]}
    _name_class(name, bare)
    if isinstance(bare.get("items"), dict):
        _name_class(f"{name}_item", bare["items"])
    return {**about, "anyOf": [bare, _NULL]}


def _name_class(name: str, schema: dict[str, Any]) -> None:
    """Without a title, the class of `author` in Note would be NoteAuthorType0, for its place in the union."""
    if schema.keys() & {"properties", "enum"}:
        schema.setdefault("title", name)
