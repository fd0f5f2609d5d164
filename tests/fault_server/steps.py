"""Actions as steps: bytes to send, seconds to wait, and what happens to the connection.

There is no I/O here. The server takes one step after the other, so that no huge body is ever whole in memory.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from enum import Enum, auto
from functools import cache
from http import HTTPStatus
from typing import assert_never

from attrs import evolve

from tests.fault_server.faults import (
    Action,
    BadGzip,
    BrokenChunks,
    Close,
    Drip,
    Hang,
    HugeBody,
    Informational,
    LongHeader,
    ManyHeaders,
    Raw,
    Reset,
    Respond,
    WrongLength,
)


class Then(Enum):
    """What happens to the connection."""

    CLOSE = auto()
    RESET = auto()
    CLOSE_ON_NEXT = auto()
    RESET_ON_NEXT = auto()
    WAIT = auto()
    """Until the client closes it."""


Step = bytes | float | Then
"""Bytes to send, seconds to wait, or the end; without an end, the connection stays open."""

_PIECE = 65536
_MIB = 1024 * 1024


def steps(action: Action, good: Respond, request_id: str, *, bodiless: bool) -> Iterator[Step]:
    """The steps for one request.

    Args:
        action: The action of the fault, or the good response.
        good: The response to spoil.
        request_id: For `X-Request-Id`.
        bodiless: Whether the method is HEAD, so that no body follows.
    """
    good = evolve(good, headers=(*good.headers, ("X-Request-Id", request_id)))
    match action:
        case Respond():
            yield from _respond(action, request_id, bodiless=bodiless)
        case Raw(data, keep):
            yield data
            if not keep:
                yield Then.CLOSE
        case Reset(when):
            yield from _ending(when, good, Then.RESET, Then.RESET_ON_NEXT)
        case Close(when):
            yield from _ending(when, good, Then.CLOSE, Then.CLOSE_ON_NEXT)
        case Hang():
            yield Then.WAIT
        case Drip(part, every):
            head, body = _parts(good)
            dripped = head + body if part == "headers" else body
            if part == "body":
                yield head
            for index in range(len(dripped)):
                yield dripped[index : index + 1]
                yield every
        case Informational(status, times):
            yield f"{_status_line(status)}\r\nLink: </a>; rel=preload\r\n\r\n".encode() * times
            yield from _parts(good)
        case WrongLength(lie):
            yield from _parts(evolve(good, headers=(*good.headers, *_lies(lie, len(encoded(good.body))))))
            yield Then.CLOSE
        case BrokenChunks(how):
            yield from _broken_chunks(how, good)
        case ManyHeaders(count):
            extra = tuple((f"X-Header-{number}", f"value {number}") for number in range(count))
            yield from _parts(evolve(good, headers=(*good.headers, *extra)))
        case LongHeader(size):
            yield from _parts(evolve(good, headers=(*good.headers, ("X-Long", "x" * size))))
        case BadGzip(how, size):
            body = bomb(size) if how == "bomb" else gzip.compress(encoded(good.body), mtime=0)[:-20]
            if how == "garbage":
                body = b"this is no gzip"
            yield from _parts(evolve(good, body=body, headers=(*good.headers, ("Content-Encoding", "gzip"))))
        case HugeBody(size, framing):
            yield from _huge(evolve(good, framing=framing), size)
        case _:
            assert_never(action)


def encoded(body: object) -> bytes:
    """A body as bytes."""
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def _respond(action: Respond, request_id: str, *, bodiless: bool) -> Iterator[Step]:
    named = {name.lower() for name, _ in action.headers}
    if "x-request-id" not in named:
        action = evolve(action, headers=(*action.headers, ("X-Request-Id", request_id)))
    head, body = _parts(action)
    yield head
    if not bodiless:
        yield body
    if action.framing == "close":
        yield Then.CLOSE


def _parts(answer: Respond) -> tuple[bytes, bytes]:
    body = encoded(answer.body)
    framing = {"length": ("Content-Length", str(len(body))), "chunked": ("Transfer-Encoding", "chunked")}
    headers = [*answer.headers]
    named = {name.lower() for name, _ in headers}
    if answer.framing in framing and "content-length" not in named:
        headers.append(framing[answer.framing])
    if not isinstance(answer.body, bytes) and "content-type" not in named:
        headers.append(("Content-Type", "application/json"))
    lines = [_status_line(answer.status), *(f"{name}: {value}" for name, value in headers), "", ""]
    if answer.framing == "chunked":
        body = (_chunk(body) if body else b"") + b"0\r\n\r\n"
    return "\r\n".join(lines).encode("latin-1"), body


def _status_line(status: int) -> str:
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Unknown"
    return f"HTTP/1.1 {status} {phrase}"


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data)


def _ending(when: str, good: Respond, then: Then, on_next: Then) -> Iterator[Step]:
    if when == "before":
        yield then
        return
    head, body = _parts(good)
    yield head
    yield body[: len(body) // 2] if when == "during" else body
    yield on_next if when == "next" else then


def _lies(lie: str, length: int) -> list[tuple[str, str]]:
    values: dict[str, list[int | str]] = {
        "longer": [length + 100],
        "shorter": [length // 2],
        "negative": [-length],
        "words": ["many"],
        "two": [length, length // 2],
    }
    return [("Content-Length", str(value)) for value in values[lie]]


def _broken_chunks(how: str, good: Respond) -> Iterator[Step]:
    head, chunks = _parts(evolve(good, framing="chunked"))
    last = b"0\r\n\r\n"
    yield head
    if how == "size":
        yield b"zz\r\n" + chunks.partition(b"\r\n")[2]
    else:
        yield chunks.removesuffix(last) if how == "end" else chunks[: len(chunks) // 2]
    yield Then.CLOSE


@cache
def bomb(size: int) -> bytes:
    """A gzip stream, a thousandth as long as the JSON that it inflates to, which consists of `size` spaces."""
    # A flushed block is independent of others, so that one can be compressed once and repeated.
    spaces = b" " * min(size, _MIB)
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = deflate.compress(spaces) + deflate.flush(zlib.Z_FULL_FLUSH)
    times = max(size // _MIB, 1)
    checksum = 0
    for _ in range(times):
        checksum = zlib.crc32(spaces, checksum)
    end = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    last = end.compress(b"{}") + end.flush()
    checksum = zlib.crc32(b"{}", checksum)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    tail = checksum.to_bytes(4, "little") + (len(spaces) * times + 2).to_bytes(4, "little")
    return head + block * times + last + tail


def _huge(good: Respond, size: int) -> Iterator[Step]:
    headers = good.headers if good.framing != "length" else (*good.headers, ("Content-Length", str(size)))
    head, _ = _parts(evolve(good, headers=headers))
    yield head
    spaces = b" " * _PIECE
    whole, rest = divmod(size - 2, _PIECE)
    pieces: list[bytes] = [spaces] * whole
    for piece in [*pieces, b" " * rest + b"{}"]:
        yield _chunk(piece) if good.framing == "chunked" else piece
    if good.framing == "chunked":
        yield b"0\r\n\r\n"
    elif good.framing == "close":
        yield Then.CLOSE
