"""Reading a body no further than the cap, decompressed.

An HTTP library inflates whole chunks, so that 200 kB become 200 MiB before anybody can object; here the decompressor is
told how much it may return. Only gzip is asked for, so only gzip is understood.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from heymarket._messages import MAX_BODY, FailureKind, Headers, Response, TransportFailure

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Iterable

ACCEPT_ENCODING = "gzip"

_GZIP = 16 + zlib.MAX_WBITS
_PIECE = 1 << 18


class BodyReader:
    """Collects the chunks of one body. `failure` says why no more of it is wanted."""

    def __init__(self, headers: Headers, cap: int = MAX_BODY) -> None:
        encoding = headers.get("content-encoding", "").strip().lower()
        self._inflate = zlib.decompressobj(_GZIP) if encoding in {"gzip", "x-gzip"} else None
        self._is_unknown = self._inflate is None and encoding not in {"", "identity"}
        self._is_empty = True
        self._chunks: list[bytes] = []
        self._room = cap
        self.failure: FailureKind | None = None

    def feed(self, chunk: bytes) -> bool:
        """Take a chunk, and return whether to go on."""
        self._is_empty = self._is_empty and not chunk
        if self._is_unknown and chunk:
            self.failure = FailureKind.GARBLED
        while chunk and self.failure is None:
            if self._inflate is None:
                self._keep(chunk)
                break
            if self._inflate.eof:  # the next member of a gzip stream
                self._inflate = zlib.decompressobj(_GZIP)
            try:
                piece = self._inflate.decompress(chunk, _PIECE)  # asked for all at once, it would take the room twice
            except zlib.error:
                self.failure = FailureKind.GARBLED
                break
            self._keep(piece)
            chunk = self._inflate.unused_data if self._inflate.eof else self._inflate.unconsumed_tail
        return self.failure is None

    def _keep(self, piece: bytes) -> None:
        self._room -= len(piece)
        if self._room < 0:
            self.failure = FailureKind.TOO_LARGE
        else:
            self._chunks.append(piece)

    def finish(self, status: int, headers: Headers) -> Response | TransportFailure:
        """The response, or why its body can't be read."""
        if self.failure is None and not self._is_empty and self._inflate is not None and not self._inflate.eof:
            self.failure = FailureKind.GARBLED
        if self.failure is None:
            return Response(status, headers, b"".join(self._chunks))
        reason = "is over the size cap" if self.failure is FailureKind.TOO_LARGE else "can't be decompressed"
        return TransportFailure(self.failure, f"the body of the response {reason}", True, status, headers)  # noqa: FBT003 - sent


def read(response: Any, chunks: Iterable[bytes]) -> Response | TransportFailure:
    """Read an httpx response no further than needed, and close it."""
    try:
        headers = Headers(response.headers.raw)
        body = BodyReader(headers)
        for chunk in chunks:
            if not body.feed(chunk):
                break
    finally:
        response.close()
    return body.finish(response.status_code, headers)


async def read_async(response: Any, chunks: AsyncIterable[bytes]) -> Response | TransportFailure:
    """Read an httpx response as `read` does."""
    try:
        headers = Headers(response.headers.raw)
        body = BodyReader(headers)
        async for chunk in chunks:
            if not body.feed(chunk):
                break
    finally:
        await response.aclose()
    return body.finish(response.status_code, headers)
