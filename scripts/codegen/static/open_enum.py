"""Enums of strings that accept unknown strings, because the service may add values at any time."""

from enum import StrEnum
from typing import Any, Self


class OpenStrEnum(StrEnum):
    """Base of the enums of this package.

    A known string returns its member. Any other string returns a member that equals the string and hashes like it, has
    it as `name` and `value`, and isn't listed among the members. Each call creates such a member, so compare with `==`,
    never with `is`.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            # The error that Enum itself would raise repeats the value, which may be personal.
            problem = f"a {type(value).__name__} is not a valid {cls.__name__}: it takes strings"
            raise ValueError(problem)  # noqa: TRY004 - as Enum does
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        return member

    def __reduce_ex__(self, proto: Any) -> tuple[Any, ...]:
        return type(self), (self._value_,)
