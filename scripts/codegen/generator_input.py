"""The generator's input: the description, changed so that openapi-python-client writes what we promise.

- A response promises nothing: each of its properties is optional and nullable, and a date-time may be any string.
- An open enum (`anyOf` of an enum and plain strings) is a plain enum; the template of the enum keeps it open.
- An enum of numbers is their type; one of strings has a name of its own for each value.
- A nullable object is a union with null in each place that refers to it; else the generator writes its class twice.
- A default that isn't plain JSON is left to the service.
- A name that becomes another one in Python than the generator thinks is marked (`names`).
- Of several objects, one may be of a kind that isn't described: it becomes a model of its own.
- A path begins with that of the operation's own server.
- What is sent or returned is JSON, of any kind where it isn't in fact: `Operation` says how it is sent and read.
- A header is a parameter of the query; the client takes it out of there.
- Responses other than the successes aren't decoded by the generated code, so they are left out, and with them the
  schemas that nothing else refers to.

The package ships the description itself (description.json), not this input.
"""

from collections import Counter
from copy import deepcopy
from typing import Any

from openapi_python_client.strings import snake_case

from . import names
from .bundle import Document
from .destinations import split_server
from .media_types import JSON, find_media_kind
from .schemas import UNIONS, find_types, walk
from .shared import find_generated
from .unions import UNKNOWN, index_matches

_STRING = {"type": "string"}
_NULL = {"type": "null"}
_CONVERTED = {"date", "date-time", "quarter-hour", "uuid"}
_SCHEMAS = "#/components/schemas/"
_UNKNOWN = {
    "type": "object",
    "additionalProperties": True,
    "description": "An object of none of the kinds that are described for its place.",
}


def derive_generator_input(document: Document) -> dict[str, Any]:
    """Derives the input; the document stays as it is."""
    view = Document(deepcopy(document.data), document.places)
    for path, part in list(walk(view.data, ())):
        if isinstance(part.get("content"), dict):
            media, content = next(iter(part["content"].items()), (JSON, {}))
            part["content"] = {JSON: _make_json(media, content)}
        if path != ("info",):
            _simplify(part)
    for _, part in list(walk(view.data, ())):
        _mark_names(part)
    paths: dict[str, Any] = {}
    relaxed = _Relaxed(view, {*index_matches(document)})
    for operation in document.operations():
        item = view.data["paths"][operation.path][operation.method]
        paths.setdefault(split_server(document, operation)[1] + operation.path, {})[operation.method] = item
        item.pop("security", None)
        item["responses"] = {status: part for status, part in item["responses"].items() if status[0] == "2"}
        for response in item["responses"].values():
            for media in view.resolve(response).get("content", {}).values():
                if items := item.get("x-heymarket-pagination", {}).get("items"):
                    media["schema"] = _find_list(view, media["schema"], items.split("."))
                media["schema"] = relaxed.relax_top_level(media["schema"])
        if operation.body.keys() & {*UNIONS}:  # the generator doesn't know that such a body may be left out
            item["requestBody"] = {**view.resolve(item["requestBody"]), "required": True}
    view.data["paths"] = paths
    # A delivery comes from the service, as a response does. The generator writes only models for it.
    for item in view.data.pop("webhooks", {}).values():
        relaxed.relax(view.resolve(item["post"]["requestBody"])["content"][JSON]["schema"])
    used = {f"{_SCHEMAS}{UNKNOWN}", *find_generated(document)}
    schemas = view.data["components"].get("schemas", {})
    view.data["components"]["schemas"] = {name: one for name, one in schemas.items() if f"{_SCHEMAS}{name}" in used}
    _separate_null(view)
    for path, schema in walk(view.data, ()):
        if path[:2] == ("components", "schemas"):
            _close_enum(schema) if len(path) == 3 else None  # the schema itself, not a part of one
        _name_values(schema)
    return view.data


def _make_json(media: str, part: dict[str, Any]) -> dict[str, Any]:
    return {**part, "schema": {}} if find_media_kind(media) in {"text", "bytes"} else part


def _simplify(schema: dict[str, Any]) -> None:
    """Removes from a schema what the generator would make more of than we want."""
    if schema.get("in") == "query" and "content" in schema:
        schema["schema"] = schema.pop("content")[JSON]["schema"]
    schema.pop("title", None)
    schema.pop("discriminator", None)
    if schema.get("format") == "binary":
        del schema["format"], schema["type"]
    if schema.get("format") == "quarter-hour":
        schema["format"] = "date-time"  # the client checks which times are allowed
    if "enum" in schema and not {"string", "null"}.issuperset(find_types({"enum": schema["enum"]})):
        schema["type"] = schema.get("type", find_types(schema))
        del schema["enum"]
    is_plain = isinstance(schema.get("type"), str) and schema["type"] not in {"array", "object"}
    if not is_plain or "enum" in schema or schema.get("format") in _CONVERTED:
        schema.pop("default", None)


def _mark_names(part: dict[str, Any]) -> None:
    """Marks the names of a schema's properties, or that of a parameter."""
    if part.get("in") == "header":
        part["in"] = "query"  # where the generator takes values of all types
    if part.get("in") == "query":
        part["name"] = names.mark_name(part["name"], names.name_parameter(part))
    if isinstance(part.get("properties"), dict):
        fields = part["properties"]
        marked: dict[str, str] = {}
        for name, field in fields.items():
            python_name = names.name_field(name, field)
            marked[name] = names.mark_name(name, python_name)
            if marked[name] != name:
                _name_class(python_name, field)
        part["properties"] = {marked[name]: field for name, field in fields.items()}
        if "required" in part:
            part["required"] = [marked.get(name, name) for name in part["required"]]


def _find_list(view: Document, schema: dict[str, Any], path: list[str]) -> dict[str, Any]:
    """Finds the list that the names lead to, which is what a page is parsed as."""
    for name in path:
        variants = [view.resolve(one) for key in UNIONS for one in view.resolve(schema).get(key, [])]
        for part in variants or [view.resolve(schema)]:
            fields = {names.unmark_names(key): field for key, field in part.get("properties", {}).items()}
            schema = fields.get(name, schema)
    return {**view.resolve(schema), "type": "array"}


def _separate_null(view: Document) -> None:
    schemas = view.data.get("components", {}).get("schemas", {})
    nullable = {f"{_SCHEMAS}{name}" for name, schema in schemas.items() if _is_nullable_object(schema)}
    in_unions = {
        id(variant)
        for _, part in walk(view.data, ())
        for key in UNIONS
        if _NULL in part.get(key, [])
        for variant in part[key]
    }
    for path, part in list(walk(view.data, ())):
        is_nullable = _is_nullable_object(part)
        if not is_nullable and part.get("$ref") not in nullable:
            continue
        if is_nullable:
            part["type"] = "object"
        if id(part) not in in_unions and path[:-1] != ("components", "schemas"):
            bare = dict(part)
            _name_class(str(path[-1]), bare)
            part.clear()
            part["anyOf"] = [bare, _NULL]


def _is_nullable_object(schema: dict[str, Any]) -> bool:
    return isinstance(schema.get("type"), list) and {*schema["type"]} == {"object", "null"}


def _close_enum(schema: dict[str, Any]) -> None:
    match schema:
        case {"anyOf": [{"type": "string", "enum": values}, {"type": "string"}]}:
            del schema["anyOf"]
            schema.update(type="string", enum=values)


def _name_values(schema: dict[str, Any]) -> None:
    """Numbers the names of an enum's values where some are the same, such as those of `txt` and `TXT`."""
    values = [value for value in schema.get("enum", ()) if value is not None]
    used: Counter[str] = Counter()
    members: list[str] = []
    for index, value in enumerate(values):
        name = snake_case(value.upper() if value[:1].isalpha() else f"VALUE_{index}").upper()
        used[name] += 1
        members.append(f"{name}_{used[name]}" if used[name] > 1 else name)
    if used and max(used.values()) > 1:
        schema["x-enum-varnames"] = members


class _Relaxed:
    """Makes properties optional and nullable, in place, in the given schemas and those that they refer to."""

    def __init__(self, view: Document, unions: set[tuple[str, ...]]) -> None:
        self._view = view
        self._unions = unions
        self.seen: set[str] = set()

    def relax_top_level(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Relaxes what a response is, and its items, of which none costs the response."""
        self.relax(schema)
        if self._view.resolve(schema).get("format") in _CONVERTED:
            return _STRING
        return self._relax_items(schema, ())

    def _relax_items(self, schema: dict[str, Any], around: tuple[str, ...]) -> dict[str, Any]:
        """Lets strings that are items stay strings, and those that aren't what is described stay as they came."""
        found, ref = self._view.resolve(schema), schema.get("$ref", "")
        for key in ("items", "additionalProperties"):
            item = found.get(key)
            if not isinstance(item, dict) or "properties" in found or (ref and ref in around):
                continue
            kind = self._view.resolve(item)
            union: list[Any] = next((kind[union] for union in UNIONS if union in kind), [])
            relaxed: dict[str, Any]
            if kind.get("format") in _CONVERTED:
                relaxed = _STRING
            elif union and {"$ref": f"{_SCHEMAS}{UNKNOWN}"} not in union:
                kinds = [_STRING if self._view.resolve(one).get("format") in _CONVERTED else one for one in union]
                relaxed = {"anyOf": [*kinds, _NULL]}
            elif "enum" in kind:
                relaxed = {"anyOf": [item, _NULL]}
            else:
                relaxed = self._relax_items(item, (*around, ref))
            if relaxed is not item:
                return {**found, key: relaxed}
        return schema

    def relax(self, schema: dict[str, Any]) -> None:
        ref = schema.get("$ref")
        if ref in self.seen:
            return
        if ref:
            self.seen.add(ref)
            self.relax(self._view.target(ref))
        if "const" in schema:  # what isn't that value would cost the response
            schema["type"] = find_types(schema)[0]
            del schema["const"]
        for key in UNIONS:
            for part in schema.get(key, []):
                self.relax(part)
            refs = tuple(part["$ref"].removeprefix(_SCHEMAS).lower() for part in schema.get(key, []) if "$ref" in part)
            if refs in self._unions:
                self._view.data["components"]["schemas"][UNKNOWN] = {**_UNKNOWN}
                schema[key].append({"$ref": f"{_SCHEMAS}{UNKNOWN}"})
        for key in ("items", "additionalProperties"):
            if isinstance(schema.get(key), dict):
                self.relax(schema[key])
        if "properties" in schema:
            schema.pop("required", None)
            for name, part in schema["properties"].items():
                self.relax(part)
                schema["properties"][name] = _make_nullable(names.unmark_names(name), part)


def _make_nullable(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {key: schema[key] for key in ("description", "example") if key in schema}
    bare = {key: value for key, value in schema.items() if key not in about}
    if schema.get("format") == "date-time":
        # The title names the variable of the generated code; the template of the date-time removes it.
        return {**about, "anyOf": [{**bare, "title": "parsed"}, _STRING, _NULL]}
    for key in UNIONS:
        if bare.keys() == {key} and bare[key][-1:] == [{"$ref": f"{_SCHEMAS}{UNKNOWN}"}]:
            return {**about, "anyOf": [*bare[key], _NULL]}
    _name_class(name, bare)
    if isinstance(bare.get("items"), dict):
        _name_class(f"{name}_item", bare["items"])
    return {**about, "anyOf": [bare, _NULL]}


def _name_class(name: str, schema: dict[str, Any]) -> None:
    """Without a title, the class of `author` in Note would be NoteAuthorType0, for its place in the union."""
    if schema.keys() & {"properties", "enum"}:
        schema.setdefault("title", name)
