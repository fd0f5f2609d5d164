"""Attributes of a client and of its resources: made on first use, and listed when another one is asked for."""

from functools import cached_property
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

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


class Listed:
    """What lists its attributes in the error for one that it doesn't have."""

    __slots__ = ()
    _hint = ""

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            has = ""
            if not name.startswith("_"):  # `dir` asks for such ones itself
                has = f" It has {', '.join(known for known in dir(self) if not known.startswith('_'))}.{self._hint}"
            raise AttributeError(
                f"{type(self).__name__} has no {name!r}.{has}", name=name, obj=self
            )
