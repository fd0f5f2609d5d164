"""`UNSET`, the value of an argument that wasn't passed and of a field that is missing in a response."""

from typing import Literal


class Unset:
    """The type of `UNSET`. It is false, and there is one of it, after copying and pickling too."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"


UNSET: Unset = Unset()
