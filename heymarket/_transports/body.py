"""Reading a body no further than the cap, decompressed.

httpx inflates whole chunks, so that 200 kB become 200 MiB before anybody can object; here the decompressor is told how
much it may return. Only gzip is asked for. Under any other coding, or under gzip without being gzip, a body is plain.
"""

from __future__ import annotations

import math
import time
import zlib
from collections.abc import AsyncIterable, Iterable
from contextlib import aclosing, closing
from typing import Any

from heymarket._messages import MAX_BODY, FailureKind, Headers, Response, TransportFailure

ACCEPT_ENCODING = "gzip"
_PIECE = 1 << 18


class BodyReader:
    """Collects or saves the chunks of the body of an httpx response. `failure` says why no more of it is wanted."""

    def __init__(self, response: Any, save_to: Any = None) -> None:
        self._status: int = response.status_code
        self._headers = Headers(response.headers.raw)
        self._is_gzip = "gzip" in self._headers.get("content-encoding", "").lower()
        self._inflate: Any = None
        saved = save_to and save_to.begin(self._status)
        self._chunks: Any = [] if saved is None else saved
        self._room = MAX_BODY if saved is None else math.inf
        self.failure: FailureKind | None = None

    def feed(self, chunk: bytes) -> bool:
        """Take a chunk, and return whether to go on."""
        while chunk and self.failure is None:
            piece, chunk = self._decompress(chunk) if self._is_gzip else (chunk, b"")
            self._room -= len(piece)
            self._chunks.append(piece)
            if self._room < 0:
                self.failure = FailureKind.TOO_LARGE
        return self.failure is None

    def _decompress(self, chunk: bytes) -> tuple[bytes, bytes]:
        """A piece of the body, and what is left of the chunk; asked for all at once, it would take the room twice."""
        if self._inflate is None or self._inflate.eof:  # the first or the next member of a gzip stream
            if not chunk.startswith(b"\x1f"):  # a plain body, or padding behind the last member
                self._is_gzip = self._inflate is not None
                return (b"" if self._is_gzip else chunk), b""
            self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            piece = self._inflate.decompress(chunk, _PIECE)
        except zlib.error:
            self.failure = FailureKind.GARBLED
            return b"", b""
        return piece, self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail

    def finish(self) -> Response | TransportFailure:
        """The response, or why its body can't be read."""
        if self._inflate is not None and not self._inflate.eof:
            self.failure = self.failure or FailureKind.GARBLED
        if self.failure is None:
            return Response(self._status, self._headers, b"".join(self._chunks))
        return TransportFailure(self.failure, self.failure.value, sent=True, status=self._status, headers=self._headers)


def read(
    response: Any, chunks: Iterable[bytes], save_to: Any, deadline: float = math.inf
) -> Response | TransportFailure:
    """Read an httpx response no further than needed, and close it."""
    with closing(response):
        body = BodyReader(response, save_to)
        for chunk in chunks:
            if time.monotonic() > deadline:
                raise TimeoutError
            if not body.feed(chunk):
                break
    return body.finish()


async def read_async(response: Any, chunks: AsyncIterable[bytes], save_to: Any) -> Response | TransportFailure:
    """Read an httpx response as `read` does."""
    async with aclosing(response):
        body = BodyReader(response, save_to)
        async for chunk in chunks:
            if not body.feed(chunk):
                break
    return body.finish()
