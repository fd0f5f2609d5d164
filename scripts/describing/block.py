"""The block for `openapi/`: an endpoint in the form that the description has.

Objects and sets of values become components, or references to those that are there already.
"""

import builtins
import re
from dataclasses import dataclass
from typing import Any

from codegen.vocabulary import CLASSES

from .endpoint import DECIDE, Endpoint, Parameter, Schema, decide
from .harmless import get_type
from .known import Known, get_shape
from .naming import READING, plural, propose_operation, singular, to_pascal, to_snake

_GENERIC = {
    "type",
    "status",
    "state",
    "kind",
    "role",
    "order",
    "sort",
    "mode",
    "direction",
    "action",
    "source",
    "category",
}
"""Names that say too little for a component's."""
_LISTS = {"data", "items", "results", "records", "values", "list"}
_PAGING = {
    "page",
    "limit",
    "cursor",
    "offset",
    "per_page",
    "page_size",
    "after",
    "before",
    "starting_after",
    "page_token",
}
_ERRORS = {
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "NotFound",
    "429": "TooManyRequests",
    "500": "ServerError",
}
_ORDER = ("type", "format", "description", "propertyNames", "items", "additionalProperties", "required", "properties")


@dataclass
class Block:
    """What is added to the description.

    Attributes:
        operation_id: The operation's name.
        method: The HTTP method, in small letters.
        path: The path's template.
        data: `tags` (if the tag isn't there yet), `paths` and `components`.
    """

    operation_id: str
    method: str
    path: str
    data: dict[str, Any]

    @property
    def tag(self) -> str:
        """The operation's tag."""
        return self.operation_id.partition(".")[0]


def build_block(endpoint: Endpoint, known: Known, *, tag: str, source: str) -> Block:
    """Builds the block for an endpoint whose data is harmless.

    Args:
        endpoint: The endpoint.
        known: The description that it is for.
        tag: The tag; empty to have one proposed.
        source: Where the endpoint is documented; empty if that isn't known.
    """
    return _Builder(endpoint, known).build(tag, source)


class _Builder:
    def __init__(self, endpoint: Endpoint, known: Known) -> None:
        self._endpoint = endpoint
        self._known = known
        self._schemas: dict[str, Schema] = {}
        self._copied: dict[str, str] = {}
        self._base = ""
        self._method_name = ""

    def build(self, tag: str, source: str) -> Block:
        endpoint = self._endpoint
        tag, name = self._propose_name(tag)
        self._base, self._method_name = to_pascal(singular(tag)), name
        operation: dict[str, Any] = {"operationId": f"{tag}.{name}", "tags": [tag]}
        decide(operation, "operationId", f"the names in Python, hm.{tag}.{name}(...)")
        for note in endpoint.notes:
            decide(operation, "operationId", note)
        operation["summary"] = _make_sentence(endpoint.title or _summarize(tag, name))
        if endpoint.description:
            operation["description"] = endpoint.description
        if endpoint.kind != "curl command":
            decide(
                operation,
                "summary",
                f"this and all descriptions are in the words of the {endpoint.kind}: write your own",
            )
        else:
            decide(operation, "summary", "say what it does, and what each parameter and field means")
        operation["x-heymarket-confidence"] = "low"
        operation["x-heymarket-sources"] = [source or endpoint.kind]
        decide(
            operation,
            "x-heymarket-confidence",
            "high if a page shows it that the vendor generates, medium if an older one",
        )
        if "/" not in source:
            decide(operation, "x-heymarket-sources", "where is this documented or seen?")
        self._add_extensions(operation, name)
        if endpoint.parameters:
            operation["parameters"] = [self._build_parameter(parameter) for parameter in endpoint.parameters]
        if endpoint.body is not None:
            operation["requestBody"] = self._build_body(endpoint.body, name)
        operation["responses"] = self._build_responses(operation)
        data: dict[str, Any] = {}
        if tag not in self._known.tags:
            new: dict[str, Any] = {"name": tag, "description": _make_sentence(tag.replace("_", " "))}
            decide(new, "description", "say what they are")
            data["tags"] = [new]
        data["paths"] = {endpoint.path: {endpoint.method: operation}}
        if self._schemas:
            data["components"] = {"schemas": dict(sorted(self._schemas.items()))}
        return Block(operation["operationId"], endpoint.method, endpoint.path, data)

    def _propose_name(self, tag: str) -> tuple[str, str]:
        endpoint = self._endpoint
        if there := self._known.find(endpoint.method, endpoint.path):
            known_tag, _, name = there.item["operationId"].partition(".")
            return tag or known_tag, name
        many = (endpoint.response or {}).get("type") == "array" or _find_list(endpoint.response or {}) is not None
        proposed, name = propose_operation(endpoint.method, endpoint.path, endpoint.title, many=many)
        tag = tag or self._known.find_tag(endpoint.path) or proposed
        if f"{tag}.{name}" in self._known.operation_ids:
            version = re.search(r"/(v\d+)/", endpoint.path)
            last = to_snake(re.sub(r"/\{[^}]*\}", "", endpoint.path).rpartition("/")[2])
            others = [f"{name}_{version[1] if version else last or 2}", *(f"{name}_{n}" for n in range(3, 99))]
            name = next(other for other in others if f"{tag}.{other}" not in self._known.operation_ids)
        return tag, name

    def _add_extensions(self, operation: dict[str, Any], name: str) -> None:
        endpoint = self._endpoint
        if endpoint.method == "post" and name in READING:
            operation["x-heymarket-safe-to-repeat"] = True
            decide(operation, "x-heymarket-safe-to-repeat", "is it true that it only reads?")
        if endpoint.response == {"type": "string", "example": "ok"}:
            operation["x-heymarket-answer"] = "nothing"
        fields = [p.name for p in endpoint.parameters if p.place == "query"] + list(
            (endpoint.body or {}).get("properties", {})
        )
        paging = [field for field in fields if to_snake(field) in _PAGING]
        if paging and name in READING:
            decide(operation, "operationId", f"x-heymarket-pagination? Of the next page: {', '.join(paging)}")

    def _build_parameter(self, parameter: Parameter) -> dict[str, Any]:
        built: dict[str, Any] = {"name": parameter.name, "in": parameter.place}
        if parameter.required:
            built["required"] = True
        description = parameter.description or parameter.schema.get("description", "")
        if description:
            built["description"] = _make_sentence(description)
        schema = self._place(parameter.schema, parameter.name, self._base, sent=True)
        example = self._example(schema)
        built["schema"] = {key: value for key, value in schema.items() if key not in {"example", "description"}}
        if example is not None:
            built["example"] = example
        return built

    def _build_body(self, schema: Schema, name: str) -> dict[str, Any]:
        endpoint = self._endpoint
        if endpoint.kind == "curl command" and "required" in schema:
            decide(schema, "required", "which fields are required?")
        suffix = "Query" if name in READING else "Write"
        placed = self._place(
            schema, f"{self._base}{suffix}", "", sent=True, whole=f"{self._base}{to_pascal(name)}{suffix}"
        )
        required = {"required": True} if endpoint.body_required else {}
        return {**required, "content": {endpoint.body_type: {"schema": placed}}}

    def _build_responses(self, operation: dict[str, Any]) -> dict[str, Any]:
        endpoint = self._endpoint
        described = endpoint.response_description or ("Nothing." if endpoint.response is None else "What is returned.")
        success: dict[str, Any] = {"description": _make_sentence(described)}
        if "RequestId" in self._known.headers:
            success["headers"] = {"X-Request-Id": {"$ref": "#/components/headers/RequestId"}}
        if endpoint.response is not None:
            name, schema = self._base, endpoint.response
            if listed := _find_list(schema):
                name = f"{name}Page"
                schema["properties"][listed]["items"].setdefault("title", self._base)
            placed = self._place(
                schema, name, "", sent=False, whole=f"{self._base}{to_pascal(self._method_name)}Result"
            )
            success["content"] = {endpoint.response_type: {"schema": placed}}
        elif endpoint.status != "204":
            operation["x-heymarket-answer"] = "nothing"
            success["description"] = "Not documented."
        codes = {"401", "403", "429", "500"}
        if endpoint.body is not None or any(
            p.place == "query" or "$ref" in p.schema or "enum" in p.schema for p in endpoint.parameters
        ):
            codes.add("400")
        if any(parameter.place == "path" for parameter in endpoint.parameters):
            codes.add("404")
        responses: dict[str, Any] = {endpoint.status: success}
        for code in sorted(codes | endpoint.errors.keys()):
            shared = _ERRORS.get(code, "")
            if shared in self._known.responses:
                responses[code] = {"$ref": f"#/components/responses/{shared}"}
            elif code in endpoint.errors:
                responses[code] = {"description": _make_sentence(endpoint.errors[code] or "Refused.")}
        return responses

    # A schema where it is used: itself, or a reference to the component that it becomes.

    def _place(self, schema: Schema, name: str, owner: str, *, sent: bool, whole: str = "") -> Schema:
        """What is written where a schema is used.

        Args:
            schema: The schema.
            name: Name of the field that has it, or of the component that it becomes.
            owner: Name of the component that the field is in; empty if `name` is the component's.
            sent: Whether it is part of a request.
            whole: A second name for the component, should the first be taken.
        """
        schema = self._simplify(schema, sent=sent)
        about = {"description": _make_sentence(schema["description"])} if schema.get("description") else {}
        if "$ref" in schema:
            return {**about, "$ref": f"#/components/schemas/{self._copy(schema['$ref'].rpartition('/')[2], sent=sent)}"}
        kind = get_type(schema)
        if kind == "string" and "enum" in schema:
            if name and owner:
                field = to_pascal(name)
                name = f"{owner}{field}" if to_snake(name) in _GENERIC else field
            return {**about, "$ref": f"#/components/schemas/{self._add_values(schema, name or self._base)}"}
        if kind == "object" and schema.get("properties"):
            title = to_pascal(schema.get("title", ""))
            component = title or (f"{owner}{to_pascal(name)}" if owner else name)
            if owner and not title and not about:
                schema["description"] = f"The `{name}` of {_add_article(owner)}"
            return {
                **about,
                "$ref": f"#/components/schemas/{self._add_object(schema, component, sent=sent, other=whole)}",
            }
        if isinstance(schema.get("items"), dict):
            schema["items"] = self._place(schema["items"], singular(name), owner, sent=sent, whole=whole)
        if isinstance(schema.get("additionalProperties"), dict):
            schema["additionalProperties"] = self._place(
                schema["additionalProperties"], singular(name), owner, sent=sent
            )
        for key in ("anyOf", "oneOf"):
            if key in schema:
                variants = [
                    self._place(one, f"{name}{number}", owner, sent=sent) for number, one in enumerate(schema[key], 1)
                ]
                if "discriminator" in schema:
                    schema["discriminator"] = self._name_kinds(schema["discriminator"], schema[key], variants)
                schema[key] = variants
        if "allOf" in schema:
            schema["allOf"] = [
                self._build_object(one, owner or name, sent=sent)
                if "properties" in one
                else self._place(one, name, owner, sent=sent)
                for one in schema["allOf"]
            ]
            schema = {"type": "object", **schema}
        return _sort({**schema, **about})

    def _name_kinds(self, named: Schema, before: list[Schema], variants: list[Schema]) -> Schema:
        """A discriminator with the components that its objects have become, whose examples get its values."""
        new = {one["$ref"]: variant["$ref"] for one, variant in zip(before, variants, strict=True) if "$ref" in one}
        mapping = {value: new[ref] for value, ref in named.get("mapping", {}).items()}
        for value, ref in reversed(mapping.items()):
            example = self._schemas.get(ref.rpartition("/")[2], {}).get("example")
            if isinstance(example, dict):
                example[named["propertyName"]] = value
        return {**named, "mapping": mapping} if mapping else named

    def _simplify(self, schema: Schema, *, sent: bool) -> Schema:
        """The schema without what our form leaves out."""
        schema = dict(schema)
        notes = dict(schema.get(DECIDE, {}))
        kinds = schema.get("type")
        if isinstance(kinds, list) and not sent:  # every field of a response may be null
            rest = [kind for kind in kinds if kind != "null"]
            schema["type"] = rest[0] if len(rest) == 1 else rest
        for key in ("anyOf", "oneOf", "allOf"):  # one of 3.0's ways to say more of a reference is an allOf around it
            some = [part for part in schema.get(key, []) if part != {"type": "null"}]
            if len(some) == 1 and (not sent or len(schema[key]) == 1) and "properties" not in schema:
                del schema[key]
                schema.pop("discriminator", None)
                schema = {**some[0], **schema}
        if get_type(schema) in {"integer", "number", "boolean"}:
            schema.pop("format", None)
        if "enum" in schema and not sent:
            schema["enum"] = [value for value in schema["enum"] if value is not None]
        if "enum" in schema and get_type(schema) not in {"string", ""}:
            values = ", ".join(str(value) for value in schema.pop("enum"))
            schema["description"] = f"{schema.get('description', '')} (One of {values}.)".strip()
        if notes:
            schema[DECIDE] = notes
        return schema

    def _add_values(self, schema: Schema, name: str) -> str:
        values = [value for value in schema["enum"] if value is not None]
        description = re.sub(r" ?By default .*", "", schema.get("description", ""))
        built: Schema = {"description": _make_sentence(description or to_snake(name).replace("_", " "))}
        built["anyOf"] = [{"type": "string", "enum": values}, {"type": "string"}]
        built["example"] = values[0]
        decide(built, "anyOf", schema.get(DECIDE, {}).get("enum", "any other string is accepted, too: is that right?"))
        return self._add(built, name, sent=False)

    def _add_object(self, schema: Schema, name: str, *, sent: bool, other: str = "") -> str:
        built: Schema = {"description": _make_sentence(schema.get("description") or _add_article(name))}
        built |= self._build_object(schema, name, sent=sent)
        built["example"] = self._example(built)
        return self._add(built, name, sent=sent, other=other)

    def _build_object(self, schema: Schema, name: str, *, sent: bool) -> Schema:
        built: Schema = {"type": "object"}
        if sent and schema.get("required"):
            built["required"] = [one for one in schema["required"] if one in schema["properties"]]
            if note := schema.get(DECIDE, {}).get("required"):
                decide(built, "required", note)
        built["properties"] = {
            field: self._place(part, field, name, sent=sent) for field, part in schema["properties"].items()
        }
        rest = schema.get("additionalProperties")
        if rest is not None:
            built["additionalProperties"] = (
                self._place(rest, "value", name, sent=sent) if isinstance(rest, dict) else rest
            )
        return built

    def _add(self, schema: Schema, name: str, *, sent: bool, other: str = "") -> str:
        """Adds a component, unless there is one that says the same; returns its name."""
        name = self._avoid_resource(name, schema)
        if there := self._known.match(schema, name, sent=sent):
            return there
        names = [name, *([other] if other else []), *(f"{name}{number}" for number in range(2, 99))]
        for one in names:
            if one in self._schemas and get_shape(self._schemas[one]) == get_shape(schema):
                return one
            if one not in self._schemas and one not in self._known.schemas:
                if one != name:
                    place = (
                        self._known.place(("components", "schemas", name)) if name in self._known.schemas else "here"
                    )
                    decide(schema, "description", f"{name} ({place}) says something else: are they the same?")
                self._schemas[one] = schema
                return one
        raise AssertionError(name)

    def _avoid_resource(self, name: str, schema: Schema) -> str:
        """A name that is neither that of a class of the generated package nor that of a field of its own."""
        taken = {*CLASSES, *dir(builtins), *map(to_pascal, [*self._known.tags, plural(to_snake(self._base))])}
        fields = {field.replace("_", "").lower() for field in schema.get("properties", {})}
        return f"{name}Data" if name in taken or name.lower() in fields else name

    def _copy(self, name: str, *, sent: bool) -> str:
        """Adds a component of the input under a name that is free; one that refers to itself is added once."""
        if name in self._copied:
            return self._copied[name]
        schema = self._endpoint.components[name]
        self._copied[name] = proposed = to_pascal(name)
        if get_type(schema) == "object" and schema.get("properties"):
            final = self._add_object(schema, proposed, sent=sent)
        elif get_type(schema) == "string" and "enum" in schema:
            final = self._add_values(schema, proposed)
        else:
            placed = {
                "description": _make_sentence(_add_article(proposed)),
                **self._place(schema, proposed, "", sent=sent),
            }
            if "allOf" in placed:
                placed["example"] = self._example(placed)
            final = self._add(placed, proposed, sent=sent)
        if final != proposed:
            _rename(self._schemas, f"#/components/schemas/{proposed}", f"#/components/schemas/{final}")
        self._copied[name] = final
        return final

    def _example(self, schema: Schema, above: tuple[str, ...] = ()) -> Any:
        """The example of a schema, made of those of its parts."""
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            target = self._schemas.get(name) or self._known.schemas.get(name)
            return self._example(target, (*above, name)) if target and name not in above else None
        if "properties" in schema:
            parts = {name: self._example(part, above) for name, part in schema["properties"].items()}
            return {name: example for name, example in parts.items() if example is not None}
        if isinstance(schema.get("additionalProperties"), dict):
            value = self._example(schema["additionalProperties"], above)
            key = next(iter(schema.get("example") or {}), "key")
            schema["example"] = {key: value} if value is not None else {}
        if "example" in schema:
            return schema["example"]
        if isinstance(schema.get("items"), dict):
            item = self._example(schema["items"], above)
            return [] if item is None else [item]
        if "allOf" in schema:
            wholes = [self._example(part, above) for part in schema["allOf"]]
            return {key: value for whole in wholes if isinstance(whole, dict) for key, value in whole.items()}
        first = next(iter([*schema.get("anyOf", []), *schema.get("oneOf", [])]), None)
        return self._example(first, above) if first else None


def _find_list(schema: Schema) -> str | None:
    """The field that holds the items, where a response is an object around a list."""
    lists = [
        name
        for name, part in schema.get("properties", {}).items()
        if part.get("type") == "array"
        and get_type(part.get("items", {})) == "object"
        and "$ref" not in part.get("items", {})
    ]
    return lists[0] if len(lists) == 1 and (lists[0] in _LISTS or len(schema["properties"]) < 4) else None


def _sort(schema: Schema) -> Schema:
    """The schema with its keys in the order that the description has."""
    schema = {key: value for key, value in schema.items() if value not in ("", [])}
    keys = [key for key in _ORDER if key in schema] + [
        key for key in schema if key not in {*_ORDER, "example", "$ref", "title"}
    ]
    return {key: schema[key] for key in [*keys, *(k for k in ("example", "$ref") if k in schema)]}


def _make_sentence(words: str) -> str:
    """Words with a capital at the beginning and a full stop at the end."""
    words = words.strip()
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?', ')')) else '.'}"


def _summarize(tag: str, name: str) -> str:
    what = tag.replace("_", " ") if name in READING - {"get"} else _add_article(singular(tag))
    return f"{name.replace('_', ' ')} {what}"


def _add_article(name: str) -> str:
    """What a component is, by its name: `a contact to write` for ContactWrite."""
    words = to_snake(name).replace("_", " ")
    rest = words.removesuffix(" write").removesuffix(" query")
    what = {" write": " to write", " query": " to look for"}.get(words.removeprefix(rest), "")
    return f"{'an' if words[:1] in 'aeiou' else 'a'} {rest}{what}"


def _rename(part: Any, old: str, new: str) -> None:
    for key, value in list(part.items()) if isinstance(part, dict) else enumerate(part):
        if value == old:
            part[key] = new
        elif isinstance(value, dict | list):
            _rename(value, old, new)
