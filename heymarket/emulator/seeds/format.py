"""Seeds of users: read from YAML or JSON, and checked against the description.

A seed has the form of what `GET /_emulator/state` returns: `team`, and lists of records by kind. All but what makes a
record that record may be left out. An error is one line that names the record and the field, never its
value.

    team: {name: Example Inc.}
    settings: {delete_messages: true}
    tags: [{tag: vip}]
    contacts:
      - {phone: "15555550100", first: Ada, tags: [{tag_id: 71}]}
      - {email: grace@example.com, contact_channels: [{channel_type: email, channel_id: grace@example.com}]}
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs

from heymarket import description
from heymarket.emulator.api.json import DEEPEST, parse_float, reject_constant
from heymarket.emulator.domain.team_settings import TeamSettings
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

__all__ = ["SeedError", "describe_record", "parse_seed", "read_seed", "validate_seed"]

_SCHEMAS: Mapping[str, tuple[str, list[str]]] = {
    "users": ("TeamUser", ["name"]),
    "inboxes": ("Inbox", ["name"]),
    "fields": ("CustomField", ["title"]),
    "contacts": ("Contact", []),
    "tags": ("ContactTag", ["tag"]),
    "lists": ("List", ["name"]),
    "templates": ("Template", ["name"]),
    "surveys": ("Survey", ["name"]),
    "schedules": ("Schedule", ["execute"]),
    "conversations": ("Conversation", ["inbox"]),
    "messages": ("Message", ["_conversation_id", "date"]),
}
"""By kind of record: what describes one, and what one can't do without."""

_ID = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
_PHONES = {"type": "array", "items": {"type": "string"}}
_PROPERTIES: Mapping[str, Mapping[str, Any]] = {
    "contacts": {
        "contact_channels": {"items": {"required": ["channel_type", "channel_id"], "properties": {"id": _ID}}},
        "tags": {"maxItems": 5},
    },
    "conversations": {"targets": _PHONES},
    "lists": {"_contact_ids": {"type": "array", "items": {"type": "integer"}}},
    "messages": {"_conversation_id": {"type": "integer"}},
    "schedules": {"_targets": _PHONES},
}
"""By kind of record: what the description doesn't say of its fields."""

_EXPANDED = 4_000_000
"""How much larger than what is written a seed's aliases may make it, in characters or so."""

_MERGED = 10_000
"""How many fields a mapping may get by `<<`."""

_TYPES = {"array": "a list", "boolean": "true or false", "integer": "a whole number", "object": "a mapping"}


class SeedError(EmulatorError):
    """A seed doesn't fit.

    Args:
        why: Where it doesn't, and what is wrong.
    """

    def __init__(self, why: str) -> None:
        super().__init__(f"The seed doesn't fit: {why}.")


def read_seed(path: str | os.PathLike[str]) -> Mapping[str, Any]:
    """Read the seed in a file.

    Args:
        path: A file in YAML or JSON, UTF-8.

    Raises:
        EmulatorError: It can't be read, or it doesn't fit.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise EmulatorError(f"The seed {path} can't be read: {error.strerror or 'it is no file'}.") from None
    return parse_seed(content)


def parse_seed(content: str | bytes) -> Mapping[str, Any]:
    """Read the seed in a string.

    Args:
        content: YAML or JSON; as bytes, UTF-8.

    Raises:
        SeedError: It is neither, or it doesn't fit.
    """
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content
    except UnicodeDecodeError:
        raise SeedError("it is not UTF-8") from None
    document = _load(text)
    if not isinstance(document, dict):
        raise SeedError("it has to be a mapping, with fields such as contacts and inboxes")
    if "\\" in text:
        try:
            json.dumps(document, ensure_ascii=False).encode()
        except (UnicodeEncodeError, ValueError, TypeError, RecursionError):
            raise SeedError("it holds a string with a lone surrogate") from None
    return validate_seed(cast("dict[str, Any]", document))


def validate_seed(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Check a seed against the description; what its records refer to is checked when they are created.

    Args:
        document: The seed, as JSON has it.

    Raises:
        SeedError: It doesn't fit.
    """
    try:
        error = next(iter(_validator().iter_errors(dict(document))), None)
    except (TypeError, ValueError):
        raise SeedError("it holds something that JSON doesn't have") from None
    if error:
        raise SeedError(_explain(document, error))
    try:
        TeamSettings.from_json(document.get("settings", {}))
    except EmulatorError as unfit:
        raise SeedError(f"settings: {str(unfit).removesuffix('.')}") from None
    return document


def describe_record(kind: str, index: int, record: object = None) -> str:
    """Say which record of a seed is meant: by its place, and its id if it has one."""
    id_ = cast("Mapping[str, Any]", record).get("id") if isinstance(record, dict) else None
    return f"{kind}, number {index + 1}" + (f" (id {id_})" if type(id_) is int else "")


@cache
def _validator() -> Any:
    kinds: dict[str, Any] = {
        kind: {
            "type": "array",
            "items": {
                "$ref": f"#/components/schemas/{schema}",
                "required": required,
                "properties": {"id": _ID, **_PROPERTIES.get(kind, {})},
            },
        }
        for kind, (schema, required) in _SCHEMAS.items()
    }
    kinds["settings"] = {"type": "object"}
    kinds["team"] = {"type": "object", "properties": {"id": _ID, "list_size": {"type": "integer"}}}
    schema = {
        "type": "object",
        "properties": kinds,
        "additionalProperties": False,
        "components": {"schemas": description.load()["components"]["schemas"]},
    }
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True)


def _explain(document: Mapping[str, Any], error: Any) -> str:
    """Where in the seed something is wrong, and what."""
    kind, *rest = error.instance_path or ["it"]
    steps: list[str] = [str(kind)]
    if rest and isinstance(rest[0], int):
        steps = [describe_record(str(kind), rest[0], document[kind][rest[0]])]
        rest = rest[1:]
    # A key may be a phone number.
    steps += [re.sub(r"[0-9]{5,}", "...", str(step)) for step in rest]
    where = ": ".join([steps[0], ".".join(steps[1:])]) if steps[1:] else steps[0]
    match type(error.kind).__name__.rpartition("_")[2]:
        case "Required":
            return f"{where}: {error.kind.property} is missing"
        case "Type":
            types = " or ".join(_TYPES.get(one, f"a {one}") for one in error.kind.types)
            return f"{where} has to be {types}" + (", in quotes in YAML" if "string" in error.kind.types else "")
        case "Format":
            return f"{where} has to be of the format {error.kind.format}"
        case "Minimum":
            return f"{where} has to be {error.kind.limit} or more"
        case "Maximum":
            return f"{where} has to be {error.kind.limit} or less"
        case "MaxItems":
            return f"{where} has more than {error.kind.limit}"
        case "AdditionalProperties":
            return f"it has a field that no seed has; the fields are team, settings, {', '.join(_SCHEMAS)}"
        case other:
            return f"{where} doesn't fit its description ({other})"


def _load(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return _load_yaml(text)
    try:
        return json.loads(text, parse_constant=reject_constant, parse_float=parse_float)
    except (ValueError, RecursionError) as error:
        try:
            return _load_yaml(text)
        except EmulatorError:
            where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
            raise SeedError(f"it is neither JSON{where} nor YAML") from None


def _load_yaml(text: str) -> Any:
    import yaml  # takes longer to import than most seeds to read, and JSON doesn't need it

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # which of the two is known at run time
        """YAML as JSON has it: a timestamp is a string."""

        yaml_implicit_resolvers = {  # noqa: RUF012 - that is how PyYAML has it
            start: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
            for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

        def flatten_mapping(self, node: Any) -> None:
            super().flatten_mapping(node)  # pyright: ignore[reportUnknownMemberType] - the stubs have no types for it
            if len(node.value) > _MERGED:
                raise ValueError("too much by <<")

    try:
        _check_depth(yaml.parse(text, Loader), yaml.CollectionStartEvent, yaml.CollectionEndEvent)
        return _JSONConversion(_EXPANDED + 20 * len(text)).convert(yaml.load(text, Loader))  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise SeedError("it is no YAML" + (f" (line {mark.line + 1})" if mark else "")) from None


def _check_depth(events: Iterable[object], start: type[object], end: type[object]) -> None:
    """See that nothing is nested too deep, before the loader calls itself once for each level: it is written in C."""
    depth = 0
    for event in events:
        depth += isinstance(event, start) - isinstance(event, end)
        if depth > DEEPEST:
            raise ValueError("nested too deep")


class _JSONConversion:
    """Conversion to what JSON can have, such as keys: `101: Gold` in YAML has a number for one.

    Args:
        most: How large the result may be, in characters or so. A few aliases can stand for gigabytes.
    """

    def __init__(self, most: int) -> None:
        self._left = most

    def convert(self, value: Any) -> Any:
        """The same, as JSON has it."""
        self._left -= 16 + (len(value) if isinstance(value, str) else 0)
        if self._left < 0:
            raise SeedError("its aliases stand for too much")
        if isinstance(value, dict):
            fields = cast("dict[object, object]", value)
            return {str(key): self.convert(one) for key, one in fields.items()}
        if isinstance(value, float) and not math.isfinite(value):
            raise SeedError("it holds a number that JSON doesn't have")
        return [self.convert(one) for one in cast("list[object]", value)] if isinstance(value, list) else value
