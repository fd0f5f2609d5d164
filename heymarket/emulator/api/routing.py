"""Routing: which operation of the description a request is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import compile_path

from heymarket.emulator.api.errors import APIErrorResponse

if TYPE_CHECKING:
    from collections.abc import Iterable

    from heymarket.description import OperationInfo

__all__ = ["OperationRouter"]


class OperationRouter:
    """The paths of the description."""

    def __init__(self, operations: Iterable[OperationInfo]) -> None:
        by_path: dict[str, dict[str, OperationInfo]] = {}
        for operation in operations:
            by_path.setdefault(operation.prefix + operation.path, {})[operation.http_method] = operation
        self._paths = [(compile_path(path)[0], by_path[path]) for path in sorted(by_path, key=_literal_first)]

    def find(self, method: str, path: str) -> tuple[OperationInfo, dict[str, str]]:
        """The operation and the values of its path parameters.

        Raises:
            APIErrorResponse: 404 if the description has no such path, 405 if it has, with other methods.
        """
        for pattern, methods in self._paths:
            if match := pattern.match(path):
                if method in methods:
                    return methods[method], match.groupdict()
                allow = ", ".join(sorted(methods))
                raise APIErrorResponse(405, f"method: the description has only {allow} here", {"Allow": allow})
        raise APIErrorResponse(404, "route: the description has no such path")


def _literal_first(path: str) -> list[tuple[bool, str]]:
    """Sorts `/contacts/fields` before `/contacts/{id}`, as OpenAPI asks for."""
    return [("{" in segment, segment) for segment in path.split("/")]
