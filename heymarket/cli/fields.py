"""Fields of a result: by name, or by a path such as `content.text`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ABSENT", "find_field"]

ABSENT: Any = object()
"""What `find_field` returns if there is no such field."""


def find_field(record: Mapping[str, Any], path: str) -> Any:
    """The value of a field, or of a field of an object in it; `ABSENT` if there is none.

    Args:
        record: A JSON object.
        path: The name, or the names with dots.
    """
    if path in record:
        return record[path]
    name, _, rest = path.partition(".")
    inner = record.get(name)
    return find_field(cast("dict[str, Any]", inner), rest) if rest and isinstance(inner, dict) else ABSENT
