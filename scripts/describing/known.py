"""What the description already has that a further endpoint can share: names, schemas, examples."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from codegen.bundle import Document, Operation
from codegen.problems import Path

from .endpoint import DECIDE, Schema
from .naming import to_snake

_WORDING = {"description", "example", "examples", "title", "default", DECIDE}
_PLURAL = re.compile(r"s(?=/|$)")


class Known:
    """The description as it is.

    Args:
        document: The bundled description.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self.schemas: dict[str, Schema] = document.data.get("components", {}).get("schemas", {})
        self.responses: dict[str, Any] = document.data.get("components", {}).get("responses", {})
        self.headers: dict[str, Any] = document.data.get("components", {}).get("headers", {})
        self.paths: list[str] = list(document.data.get("paths", {}))
        self.tags: dict[str, int] = {tag["name"]: index for index, tag in enumerate(document.data.get("tags", []))}

    @cached_property
    def operation_ids(self) -> set[str]:
        """All operationIds."""
        return {str(operation.item.get("operationId")) for operation in self._operations}

    @cached_property
    def _operations(self) -> list[Operation]:
        return list(self._document.operations())

    def find(self, method: str, path: str) -> Operation | None:
        """The operation with a method and a path, whatever its parameters are called."""
        shape = re.sub(r"\{[^}]*\}", "{}", path)
        found = (o for o in self._operations if (o.method, re.sub(r"\{[^}]*\}", "{}", o.path)) == (method, shape))
        return next(found, None)

    def find_tag(self, path: str) -> str | None:
        """The tag of the operations whose path is the same, except for the version, parameters and plurals."""
        wanted = _list_nouns(path)
        return next((o.item["tags"][0] for o in self._operations if _list_nouns(o.path) == wanted), None)

    def place(self, path: Path) -> str:
        """File and line of a part, such as `openapi/contacts.yaml:9`."""
        return str(self._document.place(path))

    def file(self, path: Path) -> str:
        """Name of the file that a part is in, without the folder."""
        return self._document.place(path).file.rpartition("/")[2]

    def example(self, name: str, kind: str) -> Any:
        """The example that fields and parameters of a name and a type most often have; `None` if there is none."""
        found = self._examples.get((to_snake(name), kind))
        return found.most_common(1)[0][0] if found else None

    @cached_property
    def _examples(self) -> dict[tuple[str, str], Counter[Any]]:
        found: dict[tuple[str, str], Counter[Any]] = {}

        def add(name: str, schema: Any, example: Any) -> None:
            if isinstance(schema, dict) and isinstance(example, str | int | float) and example != 0:
                kind = self._document.resolve(schema).get("type", "string")
                found.setdefault((to_snake(name), str(kind)), Counter())[example] += 1

        for schema in self.schemas.values():
            for name, part in schema.get("properties", {}).items():
                add(name, part, part.get("example"))
        for operation in self._operations:
            for parameter in operation.parameters:
                add(parameter["name"], parameter["schema"], parameter.get("example"))
        return found

    def match(self, schema: Schema, name: str, *, sent: bool) -> str | None:
        """The name of a schema that says the same, except for wording, and is used in the same direction."""
        wanted = get_shape(schema)
        names = [name, *self.schemas] if name in self.schemas else list(self.schemas)
        for one in names:
            known = self.schemas[one]
            telling = one == name or "enum" in str(schema) or len(known.get("properties", ())) > 2
            direction = (one in self._in_bodies) is sent or "properties" not in known
            if telling and direction and get_shape(known) == wanted:
                return one
        return None

    @cached_property
    def _in_bodies(self) -> set[str]:
        """Names of the schemas that bodies of requests refer to."""
        names: set[str] = set()
        items = [item for path in self._document.data.get("paths", {}).values() for item in path.values()]
        pending = [item["requestBody"] for item in items if isinstance(item, dict) and "requestBody" in item]
        while pending:
            for name in set(_list_names(pending.pop())) - names:
                names.add(name)
                pending.append(self.schemas.get(name, {}))
        return names


def _list_nouns(path: str) -> list[str]:
    steps = re.sub(r"\{[^}]*\}|(?<=/)v\d+(?=/)", "", _PLURAL.sub("", path)).split("/")
    return [step for step in steps if step]


def _list_names(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"].rpartition("/")[2]
        for value in part.values():
            yield from _list_names(value)
    elif isinstance(part, list):
        for value in part:
            yield from _list_names(value)


def get_shape(part: Any, *, names: bool = False) -> Any:
    """A part without its wording: what a client makes of it.

    Args:
        part: A part of a description.
        names: Whether its keys are names of fields, not words of JSON Schema.
    """
    if isinstance(part, dict):
        kept = {key: value for key, value in part.items() if names or not (key in _WORDING or key.startswith("x-"))}
        return {key: get_shape(value, names=key == "properties" and not names) for key, value in kept.items()}
    return [get_shape(value) for value in part] if isinstance(part, list) else part
