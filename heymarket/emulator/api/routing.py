"""Routing: which operation of the description a request is for."""

from __future__ import annotations

import re
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
        """The operation and the values of its path parameters. What has GET has HEAD.

        Raises:
            APIErrorResponse: 404 if the description has no such path, 405 if it has, with other methods.
        """
        for pattern, methods in self._paths:
            if match := pattern.match(path):
                wanted = "GET" if method == "HEAD" and "HEAD" not in methods else method
                if wanted in methods:
                    return methods[wanted], match.groupdict()
                allow = ", ".join(sorted({*methods, *(("HEAD",) if "GET" in methods else ())}))
                raise APIErrorResponse(405, f"method: the description has only {allow} here", {"Allow": allow})
        plain = re.sub("//+", "/", path).rstrip("/")
        hint = "; it has this one with fewer slashes" if plain != path and self._has(plain) else ""
        raise APIErrorResponse(404, f"route: the description has no such path{hint}")

    def _has(self, path: str) -> bool:
        return any(pattern.match(path) for pattern, _ in self._paths)


def _literal_first(path: str) -> list[tuple[bool, str]]:
    """Sorts `/contacts/fields` before `/contacts/{id}`, as OpenAPI asks for."""
    return [("{" in segment, segment) for segment in path.split("/")]
