"""The fields that the bodies of requests may have, as the client checks them: one table for all operations.

A line of the table is a schema, with its fields and the schema of what is in each of them; that is empty where anything
may be. Lists have the schema of their items. The field `""` is any other, where names are the caller's to choose.
"""

from typing import Any

from .bundle import Document, Operation
from .schemas import UNIONS, find_types

_ANY = ""


class BodyFields:
    """The table of a description.

    Attributes:
        table: Its lines, by the names of the schemas; a schema without one is named after the place that it is in.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._names: dict[int, str] = {}  # of the schemas in one body
        self._lines: dict[str, dict[str, str]] = {}
        self._joined: dict[tuple[int, ...], dict[str, Any]] = {}
        self.table: dict[str, dict[str, str]] = {}

    def add_all(self) -> dict[str, dict[str, str]]:
        """Adds the bodies of all operations, and returns the table."""
        for operation in self._document.operations():
            self.add(operation)
        return self.table

    def add(self, operation: Operation) -> tuple[str, str] | None:
        """Adds an operation's body, if a caller may write a field of it that isn't described.

        Fields that are arguments of the method can't be others, so what is in them counts.

        Returns:
            The argument that is the whole body (empty where arguments are its fields), and its schema's name.
        """
        body = operation.body
        argument = "" if "properties" in body else operation.body_name
        self._names, self._lines, self._joined = {}, {}, {}
        name = self._add(body, operation.item["operationId"])
        if not name or not (argument or any(self._lines[name].values())):
            return None
        self.table |= self._lines
        return argument, name

    def _add(self, schema: dict[str, Any], place: str) -> str:
        """Adds a schema and those in it, and returns its name; an empty one if anything fits it."""
        while isinstance(schema.get("items"), dict):
            schema = schema["items"]
        if id(schema) in self._names:
            return self._names[id(schema)]
        parts = list(_list_objects(schema))
        if not parts or any(_is_free(part) for part in parts):
            return _ANY
        name = self._names[id(schema)] = self._document.schema_name(schema) or place
        fields = self._lines.setdefault(name, {})
        inside: dict[str, list[dict[str, Any]]] = {}
        for part in parts:
            for field, inner in part.get("properties", {}).items():
                inside.setdefault(field, []).append(inner)
        for field, schemas in inside.items():
            fields[field] = self._add(self._join(schemas), f"{name}.{field}")
        for part in parts:
            if isinstance(others := part.get("additionalProperties"), dict):
                fields[""] = self._add(others, f"{name}.*")
        if "" in fields and not any(fields.values()):  # a map of strings, say
            del self._lines[name]
            self._names[id(schema)] = _ANY
        return self._names[id(schema)]

    def _join(self, schemas: list[dict[str, Any]]) -> dict[str, Any]:
        """One schema for a field that several objects have, in which each of them may have another."""
        different = {id(schema): schema for schema in schemas}
        if len(different) == 1:
            return schemas[0]
        return self._joined.setdefault(tuple(sorted(different)), {"anyOf": [*different.values()]})


def _list_objects(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The schemas that say which fields a value has: the schema itself, or the parts that it is put together of."""
    parts = [part for key in (*UNIONS, "allOf") for part in schema.get(key, [])]
    if isinstance(schema.get("items"), dict):
        parts.append(schema["items"])
    if parts:
        return [schema] * ("properties" in schema) + [inner for part in parts for inner in _list_objects(part)]
    types = find_types(schema)
    return [schema] if "object" in types or not types else []


def _is_free(schema: dict[str, Any]) -> bool:
    """Whether an object may have any fields, or is not described at all."""
    others = schema.get("additionalProperties")
    return others is True or not (schema.get("properties") or isinstance(others, dict))
