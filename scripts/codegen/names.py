"""The names that fields and parameters have in Python, and how the generator is made to use them.

The service's name is what is sent; the Python name is made of it, or is that of `x-heymarket-name`. Where the generator
would choose another one, its input has both in one name, and its output the service's alone.
"""

import contextlib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from openapi_python_client.strings import PythonIdentifier

ALIAS = "x-heymarket-name"
_FIELD_PREFIX = "field_"  # the generator's default, put before names that aren't valid Python
_BETWEEN = "⇢"
_USED_BY_BUILDERS = {"body", "client", "cookies", "headers", "params", "quote", "url"}
_USED_BY_MODELS = {
    "additional_keys", "additional_properties", "cast", "cls", "d", "field_dict", "from_dict", "isoparse", "keys",
    "models", "prop", "prop_dict", "prop_name", "src_dict", "to_dict", "to_json", "warn_once",
}  # fmt: skip


def name_field(name: str, part: dict[str, Any]) -> str:
    """Returns the Python name of a field; empty if there are no letters or digits in its name.

    Args:
        name: The service's name of it.
        part: Its schema.
    """
    return _make_name(name, part, _USED_BY_MODELS)


def name_parameter(part: dict[str, Any]) -> str:
    """Returns the Python name of a parameter, as `name_field` does."""
    return _make_name(part["name"], part, _USED_BY_BUILDERS)


def mark_name(name: str, python_name: str) -> str:
    """Returns the name that a field or parameter has in the generator's input."""
    return name if PythonIdentifier(name, _FIELD_PREFIX) == python_name else f"{name}{_BETWEEN}{python_name}"


def unmark_names(text: str) -> str:
    """Returns the generator's output with the service's names alone."""
    return re.sub(rf"{_BETWEEN}\w+", "", text)


@contextlib.contextmanager
def understand_marks() -> Iterator[None]:
    """Makes the generator use the Python names in its input."""
    original = PythonIdentifier.__new__

    def make(cls: type[PythonIdentifier], value: Any, prefix: str, **options: Any) -> PythonIdentifier:
        text = value if isinstance(value, str) else value.get_untrusted_value()
        _, marked, name = text.partition(_BETWEEN)
        return str.__new__(cls, name) if marked else original(cls, value, prefix, **options)

    PythonIdentifier.__new__ = make  # type: ignore[method-assign,assignment] # it has no setting for this
    try:
        yield
    finally:
        PythonIdentifier.__new__ = original  # type: ignore[method-assign] # as above


def _make_name(name: str, part: dict[str, Any], used: set[str]) -> str:
    if ALIAS in part:
        return str(part[ALIAS])
    found = _make_identifier(name)
    return f"{found}_" if found in used else found


@cache
def _make_identifier(name: str) -> str:
    words = re.sub(r"[^A-Za-z0-9_]+", "_", name).strip("_")
    return str(PythonIdentifier(words, _FIELD_PREFIX)) if words else ""
