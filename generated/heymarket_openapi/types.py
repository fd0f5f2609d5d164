"""`UNSET`, the value of what was not given, or is missing in a response."""

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
