"""Choosing the model of an object, where the description has several."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar, cast

T_co = TypeVar("T_co", covariant=True)


class _Model(Protocol[T_co]):
    def from_dict(self, src_dict: Mapping[str, Any], /) -> T_co: ...


def as_variant(
    data: Mapping[str, Any],
    *,
    values: Mapping[str, tuple[Any, ...]] | None = None,
    has: tuple[str, ...] = (),
    lacks: tuple[str, ...] = (),
) -> Mapping[str, Any]:
    """Returns an object that is a certain variant of a union.

    Args:
        data: The object.
        values: Fields, and which of their values are the variant's.
        has: Fields that the variant has.
        lacks: Fields by which other variants are known.

    Raises:
        ValueError: It is another one.
    """
    known = all(any(_is_same(data.get(name), one) for one in some) for name, some in (values or {}).items())
    if known and all(name in data for name in has) and not any(name in data for name in lacks):
        return data
    raise ValueError("another variant")


def as_item(model: _Model[T_co], data: Any) -> T_co:
    """Returns an item of a list as its model. What is no object stays as it came, so that it costs no response."""
    return model.from_dict(cast("Mapping[str, Any]", data)) if isinstance(data, Mapping) else cast("T_co", data)


def _is_same(value: object, one: object) -> bool:
    return type(value) is type(one) and value == one
