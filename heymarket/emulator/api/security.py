"""Keys of security schemes other than the API's own credentials, for the operations that are described with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.schema_examples import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from heymarket.description import OperationInfo
    from heymarket.emulator.api.auth import Authenticator

__all__ = ["EMULATED_KEY", "check_key", "find_keys"]

EMULATED_KEY = "emulated-key"
"""A key that is accepted; any other that isn't an API credential is, too."""


def find_keys(document: Mapping[str, Any]) -> dict[str, str]:
    """Keys to call the emulator with, by the names of the schemes."""
    own = {name for requirement in document.get("security", ()) for name in requirement}
    return dict.fromkeys(document.get("components", {}).get("securitySchemes", {}).keys() - own, EMULATED_KEY)


def check_key(operation: OperationInfo, document: Mapping[str, Any], request: Request, auth: Authenticator) -> None:
    """Check the key of an operation with a security of its own, if it needs one.

    Raises:
        APIErrorResponse: 401, there is none, or it is a credential of the API, which has to stay secret.
    """
    for requirement in operation.spec["security"]:
        for name in requirement:
            scheme = resolve(document["components"]["securitySchemes"][name], document)
            if scheme["type"] == "http":
                given = request.headers.get("Authorization", "")
                key = given.partition(" ")[2].strip() if given.lower().startswith("bearer ") else ""
            elif scheme["in"] == "header":
                key = request.headers.get(scheme["name"], "")
            else:
                key = request.query_params.get(scheme["name"], "")
            if not key:
                raise APIErrorResponse(401, f"missing: there is no key of {name}")
            if auth.knows(key):
                raise APIErrorResponse(401, f"leak: this is a credential of the API, not a key of {name}")
