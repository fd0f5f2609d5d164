"""Absence: which values of a request count as not given.

Programs send `null`, `""`, and, where they are written in a typed language, `0` and `[]` for what they leave out. The
service takes that so, by all signs (H21, H22): it is written in Go, where every field begins with such a value. What
was let pass is named, so that a test can see it; so are fields that aren't described, which the service ignores.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self, cast

from attrs import frozen

from heymarket._redaction import mask_numbers
from heymarket.emulator.api.schema_examples import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["BodyFields", "is_absent_in_query", "masked"]

_ZERO = re.compile(r"(.*_)?id|limit|page|template", re.ASCII)
"""Integers that are never 0: no record has that id, no page that size. Pages that begin at 0 are left out."""


@frozen
class BodyFields:
    """What a schema says of the fields of a value. Made by `of`.

    Attributes:
        fields: Those of an object.
        objects: The names of those that are objects themselves.
        required: The names of those that are.
        zeros: The names of those for which `0` and `[]` count as not given.
        some: Of these fields, at least one has to be given.
        items: Of the items of a list, or of the values of a map.
        is_object: Whether it is an object.
        is_map: Whether its fields have names that the caller chooses.
        is_open: Whether it may have any fields.
    """

    fields: Mapping[str, Self | None]
    objects: frozenset[str]
    required: frozenset[str]
    zeros: frozenset[str]
    some: tuple[str, ...]
    items: BodyFields | None
    is_object: bool
    is_map: bool
    is_open: bool

    @classmethod
    def of(cls, schema: Mapping[str, Any], document: Mapping[str, Any], within: tuple[str, ...] = ()) -> Self | None:
        """What a schema says, if it is about an object or a list.

        Args:
            schema: The schema.
            document: The description that it is in.
            within: The references that led to it; one that contains itself is looked at once.
        """
        if (reference := schema.get("$ref")) in within:
            return None
        within = (*within, reference) if reference else within
        schema = resolve(schema, document)
        named: Mapping[str, Any] = schema.get("properties", {})
        properties = {name: resolve(one, document) for name, one in named.items()}
        is_object = schema.get("type") == "object" or bool(named)
        inner = schema.get("additionalProperties" if is_object else "items")
        items = cls.of(cast("dict[str, Any]", inner), document, within) if isinstance(inner, dict) else None
        if not is_object and items is None:
            return None
        some = tuple(schema.get("x-heymarket-at-least-one", ()))
        choices = {name for group in schema.get("x-heymarket-exactly-one", ()) for name in group}
        numbers = {
            name
            for name, one in properties.items()
            if one.get("type") == "integer" and one.get("minimum") != 0 and _ZERO.fullmatch(name)
        }
        return cls(
            fields={name: cls.of(one, document, within) for name, one in named.items()},
            objects=frozenset(name for name, one in properties.items() if one.get("type") == "object"),
            required=frozenset(schema.get("required", ())),
            zeros=frozenset({*choices, *some, *numbers}),
            some=some,
            items=items,
            is_object=is_object,
            is_map=is_object and isinstance(inner, dict),
            is_open=inner is True or not named,
        )

    def drop_absent(self, value: Any, passed: list[str], where: str = "") -> Any:
        """A value without the fields that count as not given.

        Args:
            value: What was sent; objects and lists in it are changed.
            passed: Gets a line for each of them.
            where: The way to the value.
        """
        if self.is_object and (value == [] or (value is None and not where)):  # [] is what PHP writes for it
            passed.append(f"{where or 'body'}: {_shown(value)}")
            return {}
        if isinstance(value, list):
            if self.items is not None:
                items: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON of any kind
                items[:] = [self.items.drop_absent(one, passed, f"{where}[]") for one in items]
        elif isinstance(value, dict):
            self._drop(cast("dict[str, Any]", value), passed, f"{where}." if where else "")
        return cast("Any", value)

    def find_undescribed(self, value: Any, where: str = "") -> Iterator[str]:
        """A line for each field that isn't described, with the one that may have been meant.

        Args:
            value: What was sent.
            where: The way to the value.
        """
        if isinstance(value, list) and self.items is not None:
            items: list[Any] = value  # pyright: ignore[reportUnknownVariableType] - JSON of any kind
            for item in items:
                yield from self.items.find_undescribed(item, f"{where}[]")
        elif isinstance(value, dict):
            for name, item in cast("dict[str, Any]", value).items():
                place = f"{where}.{masked(name)}" if where else masked(name)
                inside = self.fields.get(name, self.items if self.is_map else None)
                if inside is not None:
                    yield from inside.find_undescribed(item, place)
                elif not (name in self.fields or self.is_map or self.is_open):
                    yield f"{place}: not described{_suggest(name, tuple(self.fields))}"

    def _drop(self, given: dict[str, Any], passed: list[str], prefix: str) -> None:
        """Of the fields of which some have to be given, empty ones are dropped only beside another one."""
        kept: dict[str, Any] = {}
        for name, value in list(given.items()):
            if name not in self.fields:
                if self.is_map:
                    self._drop_value(given, name, passed, prefix)
                continue
            if name not in self.required and self._is_absent(name, value):
                if name in self.some and value is not None:
                    kept[name] = value
                passed.append(f"{prefix}{name}: {_shown(value)}")
                del given[name]
            elif (inside := self.fields[name]) is not None and isinstance(value, list | dict):
                given[name] = inside.drop_absent(value, passed, prefix + name)
        if kept and not any(name in given for name in self.some):
            kept = {name: value for name, value in kept.items() if value != ""} or kept  # "" only if all are
            given |= kept
            passed[:] = [line for line in passed if line.partition(": ")[0].removeprefix(prefix) not in kept]

    def _drop_value(self, given: dict[str, Any], name: str, passed: list[str], prefix: str) -> None:
        if given[name] is None:
            passed.append(f"{prefix}{masked(name)}: null")
            del given[name]
        elif self.items is not None:
            given[name] = self.items.drop_absent(given[name], passed, prefix + masked(name))

    def _is_absent(self, name: str, value: Any) -> bool:
        if value is None or value == "" or (value == [] and name in self.objects):
            return True
        return name in self.zeros and not value and not isinstance(value, bool | dict)


def is_absent_in_query(value: str, schema: Mapping[str, Any]) -> bool:
    """Whether a value of the query counts as not given."""
    return not value or (value == "0" and schema.get("type") == "integer")


def masked(step: str | int) -> str:
    """A step on the way to a field, which may be a key that the caller chose, such as a phone number."""
    return ascii(mask_numbers(str(step)))[1:-1][:60]


@lru_cache
def _suggest(name: str, fields: tuple[str, ...]) -> str:
    """The field that may have been meant, for a line about one that isn't described."""
    close = get_close_matches(name.lower(), fields, n=1)
    return f" ({close[0]}?)" if close else ""


def _shown(value: Any) -> str:
    return "null" if value is None else '""' if value == "" else str(value)
