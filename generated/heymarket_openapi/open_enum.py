"""Text enums that take texts they don't know, because the service may add some at any time."""

from enum import StrEnum
from typing import Any, Self


class OpenStrEnum(StrEnum):
    """Base of the enums of this package.

    A known text gives the member. Any other text gives a member of its own kind: equal to the text, hashed like it,
    with it as `name` and `value`, and not listed among the members. Such members aren't kept, so compare with `==`,
    never with `is`.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = member._value_ = str(value)
        return member

    def __reduce_ex__(self, proto: Any) -> tuple[Any, ...]:
        return type(self), (self._value_,)
