"""The bundled OpenAPI description, from which the emulator and the command line are built at run time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from attrs import field, frozen

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@frozen
class OperationInfo:
    """One operation of the description.

    Attributes:
        name: The operationId, `<resource>.<method_name>`, such as `contact_channels.get`.
        resource: The attribute of the client, such as `contact_channels`.
        method_name: The method of the resource, such as `get`.
        http_method: In capitals, such as `GET`.
        path: The template, such as `/v2/contact/{contactID}/channel/{channelType}`.
        spec: The operation object of the description.
    """

    name: str
    resource: str
    method_name: str
    http_method: str
    path: str
    spec: Mapping[str, Any] = field(eq=False, repr=False)

    @property
    def prefix(self) -> str:
        """The path of its own server, which is before `path` in its URL; empty for most."""
        servers: list[dict[str, str]] = self.spec.get("servers", [{"url": ""}])
        return urlsplit(servers[0]["url"]).path.rstrip("/")


@cache
def load(name: str = "description.json") -> dict[str, Any]:
    """The OpenAPI 3.1 document that this version of the package was generated from.

    It is read once and shared, so don't change it.

    Args:
        name: `openapi.json` for the same with all rules in the words of JSON Schema, for tools of others.
    """
    document: dict[str, Any] = json.loads(files("heymarket_openapi").joinpath(name).read_bytes())
    return document


def operations(description: Mapping[str, Any] | None = None) -> tuple[OperationInfo, ...]:
    """All operations, in the order of the description.

    Args:
        description: An OpenAPI document; the bundled one by default.
    """
    return tuple(_operations(load() if description is None else description))


def _operations(description: Mapping[str, Any]) -> Iterator[OperationInfo]:
    for path, item in description["paths"].items():
        for method in _METHODS:
            if spec := item.get(method):
                name = spec["operationId"]
                resource, _, method_name = name.partition(".")
                yield OperationInfo(name, resource, method_name, method.upper(), path, spec)
