"""Bodies of requests, read as far as they may go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Message, Receive, Scope

__all__ = ["BodyTooLargeError", "limit_receive", "read_body"]


class BodyTooLargeError(Exception):
    """There is more than may be taken in."""


async def read_body(scope: Scope, receive: Receive, most: int, *, free: int, admit: Callable[[], object]) -> bytes:
    """The body of a request. What comes after a refusal is thrown away by the server as it arrives.

    Args:
        scope: That of ASGI, and so is the next one.
        receive: See above.
        most: As many bytes are read at most.
        free: As many are read of anybody's.
        admit: Called before more are read; raises if the caller may not send so many.

    Raises:
        BodyTooLargeError: There are more than `most`, by what the request says or by what comes.
        ClientDisconnect: The client has gone.
    """
    check_length(scope, most)
    chunks: list[bytes] = []
    size, more, admitted = 0, True, False
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        chunk: bytes = message.get("body", b"")
        more = message.get("more_body", False)
        size += len(chunk)
        if size > most:
            raise BodyTooLargeError
        if size > free and not admitted:
            admit()
            admitted = True
        chunks.append(chunk)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def limit_receive(scope: Scope, receive: Receive, most: int) -> Receive:
    """What receives a request, for applications that read the body themselves.

    Args:
        scope: That of ASGI.
        receive: What receives.
        most: As many bytes are let through.

    Raises:
        BodyTooLargeError: There are more, by what the request says; the result raises it if more come.
    """
    check_length(scope, most)
    size = 0

    async def receive_some() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > most:
            raise BodyTooLargeError
        return message

    return receive_some


def check_length(scope: Scope, most: int) -> None:
    """See that a request doesn't say that it has more than so many bytes.

    Raises:
        BodyTooLargeError: It does.
    """
    length = Headers(scope=scope).get("Content-Length", "")
    if length.isdecimal() and (len(length) > 15 or int(length) > most):
        raise BodyTooLargeError
