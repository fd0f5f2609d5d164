"""Schemas inferred from samples of JSON, and from what a page says of a field.

Every part without parts of its own keeps the sample as its `example`, which `harmless` replaces.
"""

import re
from typing import Any

from .endpoint import Schema, decide

_KINDS: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    list: "array",
}
_UUID = r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_FORMATS = {
    "date-time": r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?",
    "date": r"\d{4}-\d\d-\d\d",
    "uuid": _UUID,
    "email": r"[^\s@<>]+@[^\s@<>]+\.\w+",
    "uri": r"https?://\S+",
    "phone": r"\+\d{8,15}",
}
_NAMED_FORMATS = {
    "date-time": r"(?:^|_)(?:created|updated|modified|deleted)$|_at$|_time$",
    "uuid": r"(?:^|_)u?uid$",
    "email": r"(?:^|_)email$",
    "uri": r"(?:^|_)ur[il]$",
    "phone": r"(?:^|_)phone(_number)?$",
}
"""Names of fields whose format is clear where the sample is a placeholder, or says as little."""

_TOLD_FORMATS = {"uuid": r"\bUUID\b", "date-time": r"\bRFC ?3339\b|\bISO ?8601\b"}
_KEY_OF_MAP = re.compile(rf"\d+|\+\d+|{_UUID}|{_FORMATS['email']}|{_FORMATS['date']}")
_CHOICES = re.compile(
    r"(?:e\.g\.|for example|such as|one of|either)[\s:,]*((?:`?\w+`?(?:, (?:or )?| or )){1,20}`?\w+`?)(?=[).;]|$)",
    re.IGNORECASE,
)
PLACEHOLDER = re.compile(r"<[\w \-|]*>|")
"""What pages have in samples where a string would be."""


def infer(values: list[Any], name: str = "") -> Schema:
    """The schema that all samples of one place fit.

    Args:
        values: The samples.
        name: Name of the field that they are the values of.
    """
    known = [value for value in values if value is not None]
    if not known:
        schema: Schema = {"type": ["string", "null"]}
        decide(schema, "type", "the sample is null: is it a string?")
        return schema
    kinds = {_KINDS[type(value)] for value in known}
    if kinds == {"integer", "number"}:
        kinds = {"number"}
    if len(kinds) > 1:
        schema = {"anyOf": [infer([v for v in known if _KINDS[type(v)] == kind], name) for kind in sorted(kinds)]}
        decide(schema, "anyOf", "the samples are of several types: which are right?")
        return schema
    (kind,) = kinds
    schema = {"type": kind if len(known) == len(values) else [kind, "null"]}
    if kind == "object":
        _infer_object(schema, known)
    elif kind == "array":
        items = [item for value in known for item in value]
        schema["items"] = infer(items, name) if items else {"type": "string"}
        if not items:
            decide(schema, "items", "the sample is empty: what are its items?")
    else:
        if kind == "string" and (form := _find_format(known, name)):
            schema["format"] = form
        schema["example"] = known[0]
    return schema


def _infer_object(schema: Schema, values: list[dict[str, Any]]) -> None:
    names = list(dict.fromkeys(name for value in values for name in value))
    if names and all(_KEY_OF_MAP.fullmatch(name) for name in names):
        schema["additionalProperties"] = infer([one for value in values for one in value.values()])
        schema["example"] = {names[0]: None}  # the key counts; `harmless` writes a value
    elif names:
        schema["properties"] = {name: infer([value[name] for value in values if name in value], name) for name in names}
        required = [name for name in names if all(name in value for value in values)]
        schema["required"] = required
    else:
        schema["additionalProperties"] = True
        decide(schema, "additionalProperties", "the sample is empty: which fields does it have?")


def _find_format(values: list[str], name: str) -> str | None:
    for form, pattern in _FORMATS.items():
        if all(re.fullmatch(pattern, value) for value in values):
            return form
    named = format_of_name(name)
    if named == "phone":
        return named if all(re.fullmatch(r"\d{8,15}", value) or is_placeholder(value) for value in values) else None
    return named if all(is_placeholder(value) for value in values) else None


def is_placeholder(value: Any) -> bool:
    """Whether a sample says no more than its type."""
    return value in (0, 123, 1.5) if not isinstance(value, str) else bool(PLACEHOLDER.fullmatch(value))


def format_of_name(name: str) -> str | None:
    """The format that a string has by its name."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return next((form for form, pattern in _NAMED_FORMATS.items() if re.search(pattern, snake)), None)


def apply_meaning(schema: Schema, name: str, meaning: str) -> None:
    """Adds to a string what its name and the words about it say: a format, or the values that it can have."""
    if schema.get("type") != "string" or schema.keys() & {"format", "enum"}:
        return
    if match := _CHOICES.search(meaning):
        schema["enum"] = re.findall(r"\b(?!or\b)\w+", match[1])
        return
    told = next((form for form, pattern in _TOLD_FORMATS.items() if re.search(pattern, meaning)), None)
    if form := told or format_of_name(name):
        schema["format"] = form


def complete(stated: Schema, inferred: Schema, components: dict[str, Schema] | None = None) -> Schema:
    """A stated schema with what only a sample says: examples, and parts that aren't stated.

    Args:
        stated: What a page or a file says. A reference stays one, and what it leads to is completed.
        inferred: What a sample says.
        components: What references of `stated` lead to.
    """
    if "$ref" in stated:
        name = stated["$ref"].rpartition("/")[2]
        if components and name in components:
            components[name] = complete(components[name], inferred, components)
        return stated
    if not {"type", "properties", "anyOf", "oneOf", "allOf"} & stated.keys():
        return {**inferred, **stated}
    if "allOf" in stated:
        return {**stated, "allOf": [complete(part, inferred, components) for part in stated["allOf"]]}
    if stated.keys() & {"anyOf", "oneOf"}:
        return stated
    if "properties" in stated or "properties" in inferred:
        if stated.get("type", "object") != "object":
            return stated
        of_sample = inferred.get("properties", {})
        merged = {
            name: complete(part, of_sample[name], components) if name in of_sample else part
            for name, part in stated.get("properties", {}).items()
        }
        rest = {} if stated.get("properties") and components is not None else of_sample
        fields = {name: merged.get(name, part) for name, part in rest.items()}  # in the sample's order
        fields |= {name: part for name, part in merged.items() if name not in fields}
        return {**stated, "properties": fields} if fields else stated
    if isinstance(stated.get("items"), dict) and isinstance(inferred.get("items"), dict):
        return {**stated, "items": complete(stated["items"], inferred["items"], components)}
    if stated.get("type") == "array" and "items" not in stated and "items" in inferred:
        return {**stated, "items": inferred["items"]}
    additions = {key: inferred[key] for key in ("additionalProperties",) if key in inferred and key not in stated}
    kind = inferred.get("type")
    if "example" not in stated and "example" in inferred and stated.get("type") in (kind, [kind, "null"]):
        additions["example"] = inferred["example"]
        if "format" in inferred and not stated.keys() & {"format", "enum"}:
            additions["format"] = inferred["format"]
    return {**stated, **additions}
