"""Properties of a client and of its resources that are made on first use."""

from functools import cached_property
from types import SimpleNamespace
from typing import Any, Self, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class LazyProperty(cached_property[T_co]):
    """A property that is made on first use, and then an attribute.

    On the class, it is one that can't send anything, so that `unittest.mock.create_autospec` finds its methods.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T_co: ...
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Any:
        if instance is None:
            return self.func(SimpleNamespace(_sender=None))
        return super().__get__(instance, owner)
