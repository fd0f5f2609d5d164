"""`heymarket conversations watch`: new messages of all conversations, until Ctrl-C."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, Annotated, Any, cast

from attrs import evolve
from cyclopts import Parameter

from heymarket import APIConnectionError, InternalServerError, RateLimitError, description
from heymarket.cli.escaping import escape
from heymarket.cli.options import ClientOptions, OutputOptions
from heymarket.cli.schemas import find_columns, list_fields
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from heymarket import Heymarket

__all__ = ["watch"]


def watch(
    *,
    replies: Annotated[bool, Parameter(negative=(), help="Only what no user of the team sent.")] = False,
    interval: Annotated[
        float, Parameter(help="Seconds between two requests, 1 or more; each counts for the quota. Default: 5.")
    ] = 5.0,
    output: OutputOptions | None = None,
    options: ClientOptions | None = None,
) -> None:
    """Show new messages of all conversations as they come, until Ctrl-C.

    It asks for the team's newest messages every few seconds. While the service can't be reached, it goes on asking.
    Without a terminal, it writes JSON lines.
    """
    if interval < 1:
        raise InvalidRequestError("--interval must be 1 or more: the service allows 500 requests a minute.")
    listing = next(operation for operation in description.operations() if operation.name == "messages.list")
    chosen = (output or OutputOptions()).make_output(find_columns(listing), list_fields(listing))
    if chosen.format == "json":
        chosen = evolve(chosen, format="jsonl")  # an array would have no end
    with (options or ClientOptions()).make_client() as client:
        if sys.stderr.isatty():
            print("Waiting for messages. Ctrl-C stops it.", file=sys.stderr)
        try:
            chosen.show_pages(_poll(client, interval, only_replies=replies))
        except KeyboardInterrupt:
            return


def _poll(client: Heymarket, interval: float, *, only_replies: bool) -> Iterator[list[Any]]:
    """New messages, oldest first, each time that there are some."""
    first = next(_list_pages(client), cast("list[dict[str, Any]]", []))
    seen = {message.get("id") for message in first}
    while True:
        time.sleep(interval)  # the API has no stream
        try:
            new = _find_new(client, seen)
        except (APIConnectionError, InternalServerError, RateLimitError) as error:
            print(escape(f"{error} Trying again."), file=sys.stderr)
            continue
        seen |= {message.get("id") for message in new}
        if shown := [message for message in new if not only_replies or not message.get("user")]:
            yield shown


def _find_new(client: Heymarket, seen: set[Any]) -> list[dict[str, Any]]:
    new: list[dict[str, Any]] = []
    for page in _list_pages(client):
        unseen = [message for message in page if message.get("id") not in seen]
        new += unseen
        if len(unseen) < len(page) or not seen:
            break
    return new[::-1]


def _list_pages(client: Heymarket) -> Iterator[list[dict[str, Any]]]:
    for page in client.messages.list().pages():
        yield json.loads(page.response.content)
