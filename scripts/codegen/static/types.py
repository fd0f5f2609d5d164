"""`UNSET`, the value of an argument that wasn't passed and of a field that is missing in a response."""

from typing import Any, Literal


class Unset:
    """The type of `UNSET`. It is false, and there is one of it, after copying and pickling too."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(cls)


UNSET: Unset = Unset()
