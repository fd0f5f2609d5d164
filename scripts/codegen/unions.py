"""Unions of objects: how one sees which of them an object is.

By the property that a discriminator names, by a property with another `const` in each, or by required fields that the
others haven't.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .bundle import Document
from .problems import Path
from .schemas import UNIONS, find_types, walk

UNKNOWN = "UnknownVariant"
"""The model of an object that is none of those that a union describes."""
_SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True)
class Match:
    """What an object has that is a certain variant of a union.

    Attributes:
        values: Properties, and which of their values are this variant's.
        has: Properties that are there.
        lacks: Properties that aren't, because other variants are known by them.
    """

    values: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    def __str__(self) -> str:
        parts = [f"{name}={value!r}" for name, value in vars(self).items() if value]
        return ", ".join(parts)


def list_objects(document: Document, variants: list[Any]) -> list[dict[str, Any]]:
    """The variants that are objects, as they are written."""
    found = [one for one in variants if isinstance(one, dict)]
    return [one for one in found if "object" in find_types(resolved := document.resolve(one)) or "allOf" in resolved]


def tell_apart(document: Document, schema: dict[str, Any], objects: list[dict[str, Any]]) -> list[Match] | None:
    """What each of a union's objects is known by; None if they can't be told apart."""
    fields = [_collect_fields(document, one, ()) for one in objects]
    named = schema.get("discriminator")
    if isinstance(named, dict) and isinstance(name := named.get("propertyName"), str):
        values = [_list_values(named, one, name, known) for one, (known, _) in zip(objects, fields, strict=True)]
        listed = [value for some in values for value in some]
        fits = all(values) and len({*listed}) == len(listed) and all(name in known for known, _ in fields)
        return [Match(values={name: some}) for some in values] if fits else None
    for name in fields[0][0]:
        constants = [find_constant(known.get(name, {})) for known, _ in fields]
        if None not in constants and len({repr(one) for one in constants}) == len(objects):
            return [Match(values={name: (one,)}) for one in constants]
    own = [
        {
            name
            for name in required
            if not any(name in known for other, (known, _) in enumerate(fields) if other != index)
        }
        for index, (_, required) in enumerate(fields)
    ]
    if not all(own):
        return None
    return [
        Match(has=tuple(sorted(mine)), lacks=tuple(sorted(set().union(*own) - mine)))
        for mine in own
    ]  # fmt: skip


def find_constant(schema: dict[str, Any]) -> Any:
    """Finds the one value that a schema allows; None if it allows others."""
    values: Any = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return values[0] if isinstance(values, list) and len(values) == 1 else None


def find_unions(document: Document) -> Iterator[tuple[Path, dict[str, Any], list[dict[str, Any]], list[Match]]]:
    """All unions of several objects that can be told apart: path, schema, its objects, and what they are known by."""
    for path, part in walk(document.data, ()):
        for key in UNIONS:
            objects = list_objects(document, part[key]) if isinstance(part.get(key), list) else []
            if len(objects) > 1 and (matches := tell_apart(document, part, objects)):
                yield (*path, key), part, objects, matches


def index_matches(document: Document) -> dict[tuple[str, ...], list[Match]]:
    """What the objects of each union are known by, by the names of their schemas in small letters."""
    return {
        tuple(str(one.get("$ref")).removeprefix(_SCHEMAS).lower() for one in objects): matches
        for _, _, objects, matches in find_unions(document)
    }


def name_variants(document: Document) -> None:
    """Moves objects that are described inside a union to the schemas, and gives discriminators their examples."""
    schemas: dict[str, Any] = document.data.setdefault("components", {}).setdefault("schemas", {})
    for path, part, objects, matches in list(find_unions(document)):
        for one, match in zip(objects, matches, strict=True):
            if "$ref" not in one:
                name = _make_name(document, path, match, schemas)
                schemas[name] = dict(one)
                index = next(i for i, variant in enumerate(part[str(path[-1])]) if variant is one)
                document.places.update({
                    ("components", "schemas", name, *at[len(path) + 1 :]): place
                    for at, place in document.places.items()
                    if at[: len(path) + 1] == (*path, index)
                })  # fmt: skip
                one.clear()
                one["$ref"] = f"{_SCHEMAS}{name}"
            for name, values in match.values.items():
                fields = document.resolve(one).get("properties", {})
                if name in fields and find_constant(document.resolve(fields[name])) is None:
                    fields[name] = {**fields[name], "example": values[0]}


def _make_name(document: Document, path: Path, match: Match, taken: dict[str, Any]) -> str:
    """Makes a name for a variant, such as ThingPartSms."""
    match path:
        case ("components", _, name, *rest):
            words = [str(name)]
        case ("paths", url, method, *rest):
            words = [document.data["paths"][url][str(method)].get("operationId", "")]
        case ("webhooks", name, *rest):
            words = [str(name)]
        case _:
            words, rest = [], [*path]
    words += [str(step) for before, step in zip(["", *rest], rest, strict=False) if before == "properties"]
    words += [str(value) for values in match.values.values() for value in values[:1]] or list(match.has[:1])
    parts = "".join(c if c.isalnum() else " " for word in words for c in f"{word} ").split()
    base = name = "".join(part[:1].upper() + part[1:] for part in parts)
    number = 2
    while name in taken:
        name, number = f"{base}{number}", number + 1
    return name


def _list_values(named: dict[str, Any], one: dict[str, Any], name: str, known: dict[str, Any]) -> tuple[Any, ...]:
    """The values of a discriminator that mean a variant."""
    ref = str(one.get("$ref", ""))
    short = ref.removeprefix(_SCHEMAS)
    given = named.get("mapping")
    mapping: dict[str, Any] = given if isinstance(given, dict) else {}
    mapped = tuple(str(value) for value, target in mapping.items() if target in {ref, short} and ref)
    if mapped:
        return mapped
    constant = find_constant(known.get(name, {}))
    return (constant,) if constant is not None else (short,) if short else ()


def _collect_fields(
    document: Document, one: dict[str, Any], around: tuple[int, ...]
) -> tuple[dict[str, Any], set[str]]:
    """The properties of an object, with those that `allOf` joins, and which of them are required."""
    found = document.resolve(one)
    if id(found) in around:
        return {}, set()
    given = found.get("properties")
    known = (
        {name: document.resolve(part) for name, part in given.items() if isinstance(part, dict)}
        if isinstance(given, dict)
        else {}
    )
    listed = found.get("required")
    required = {name for name in listed if isinstance(name, str)} if isinstance(listed, list) else set()
    for member in found.get("allOf", ()) if isinstance(found.get("allOf"), list) else ():
        if isinstance(member, dict):
            more, needed = _collect_fields(document, member, (*around, id(found)))
            known, required = {**more, **known}, required | needed
    return known, required
