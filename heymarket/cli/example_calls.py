"""A call to try: an operation of the description that only reads, with its examples of path parameters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from attrs import frozen

from heymarket import description

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.description import OperationInfo

__all__ = ["ExampleCall", "find_example_call"]


@frozen
class ExampleCall:
    """An operation, and values for its path parameters."""

    operation: OperationInfo
    values: Mapping[str, str]

    @property
    def path(self) -> str:
        """The path with the values."""
        return re.sub(r"{(\w+)}", lambda match: quote(self.values[match[1]], safe=""), self.operation.path)

    @property
    def command(self) -> str:
        """The call on the command line."""
        words = (self.operation.resource, self.operation.method_name)
        values = (self.values[name] for name in re.findall(r"{(\w+)}", self.operation.path))
        return " ".join(["heymarket", *(word.replace("_", "-") for word in words), *values])


def find_example_call() -> ExampleCall | None:
    """Find the first such operation; `None` if the description has none."""
    for operation in description.operations():
        needed = [item for item in operation.spec.get("parameters", []) if item.get("required")]
        if operation.http_method == "GET" and all(item["in"] == "path" and "example" in item for item in needed):
            return ExampleCall(operation, {item["name"]: str(item["example"]) for item in needed})
    return None
