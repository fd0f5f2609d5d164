"""Reading schemas: walking through a description, and the types that a schema says."""

from collections.abc import Iterator
from typing import Any

from .problems import Path

DATA = {"example", "examples", "default", "enum", "const", "x-heymarket-enforced"}
"""Keys whose values are data, not description."""
UNIONS = ("anyOf", "oneOf")
PYTHON_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def walk(part: Any, path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """All objects, except those inside examples, which hold data, and those that map names to something."""
    if isinstance(part, dict):
        is_map = path[-1:] == ("properties",) and path[-2:-1] != ("properties",)
        if not is_map:
            yield path, part
        for key, value in part.items():
            if is_map or key not in DATA:
                yield from walk(value, (*path, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from walk(value, (*path, index))


def find_types(schema: dict[str, Any]) -> list[str]:
    """The types of a schema, as far as it says any: by itself, by its values, or by what it has."""
    kinds = schema.get("type", [])
    if kinds:
        listed = kinds if isinstance(kinds, list) else [kinds]
        return [kind for kind in listed if isinstance(kind, str)]
    enum: Any = schema.get("enum")
    values = [*(enum if isinstance(enum, list) else ()), *([schema["const"]] if "const" in schema else [])]
    if values:
        return sorted({kind for kind, types in PYTHON_TYPES.items() for value in values if type(value) is types[-1]})
    return [kind for key, kind in (("properties", "object"), ("items", "array")) if key in schema]


def lists_values(schema: dict[str, Any]) -> bool:
    """Whether a schema of scalars says all the values that it allows."""
    scalar = isinstance(schema.get("type"), str) and schema["type"] not in {"object", "array"}
    return scalar and bool(schema.get("enum") or "const" in schema)
