"""`heymarket api`: a call of any endpoint, described or not."""

from __future__ import annotations

import json
from typing import Annotated, Any

from cyclopts import Parameter

from heymarket.cli.conversion import JSON
from heymarket.cli.naming import rewrite_errors
from heymarket.cli.options import ClientOptions, OutputOptions, Yes, confirm
from heymarket.errors import InvalidRequestError

__all__ = ["api"]


def api(
    method: str,
    path: str,
    /,
    *,
    body: Annotated[JSON, Parameter(help="The body: JSON, @FILE, or - for the standard input.")] = None,
    query: Annotated[
        list[str] | None, Parameter(metavar="NAME=VALUE", help="A query parameter, such as limit=30.")
    ] = None,
    yes: Yes = False,
    output: OutputOptions | None = None,
    options: ClientOptions | None = None,
) -> None:
    """Call any endpoint, also one without a command of its own, with sign-in, retries and quota.

    For example: heymarket api GET /v1/inboxes

    Args:
        method: GET, POST, PUT, PATCH, DELETE or HEAD.
        path: The path, such as /v1/inboxes, values percent-encoded.
    """
    method = method.upper()
    pairs = [pair.partition("=") for pair in query or ()]
    if not all(separator for _, separator, _ in pairs):
        raise InvalidRequestError("--query takes NAME=VALUE, such as --query limit=30.")
    params: dict[str, list[str]] = {}
    for name, _, value in pairs:
        params.setdefault(name, []).append(value)
    if method == "DELETE":
        confirm(f"{method} {path}.", yes=yes)
    options = options or ClientOptions()
    with rewrite_errors({"json": "--body", "params": "--query"}), options.make_client() as client:
        response = client.with_raw_response.request(method, path, json=body, params=params)
    options.explain(response)
    (output or OutputOptions()).make_output().show(_read(response.content))


def _read(content: bytes) -> Any:
    return json.loads(content) if content.strip() else None
