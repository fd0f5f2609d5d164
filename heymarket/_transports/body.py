"""Reading a body no further than the cap, decompressed.

An HTTP library inflates whole chunks, so that 200 kB become 200 MiB before anybody can object; here the decompressor is
told how much it may give. Only gzip is asked for, so only gzip is understood.
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
    """Collects the chunks of one body. `trouble` says why no more of it is wanted."""

    def __init__(self, headers: Headers, cap: int = MAX_BODY) -> None:
        self._encoding = headers.get("content-encoding", "").strip().lower()
        self._chunks: list[bytes] = []
        self._room = cap
        self._gzip = self._encoding in {"gzip", "x-gzip"}
        self._inflate = zlib.decompressobj(_GZIP) if self._gzip else None
        self._any = False
        self.kind: FailureKind | None = None

    def feed(self, chunk: bytes) -> bool:
        """Take a chunk, and say whether to go on."""
        self._any = self._any or bool(chunk)
        if self._any and not self._gzip and self._encoding not in {"", "identity"}:
            self.kind = FailureKind.GARBLED
        while chunk and self.kind is None:
            chunk = self._take(chunk)
        return self.kind is None

    def _take(self, chunk: bytes) -> bytes:
        """Keep what a chunk holds, and give back what is left of it: the next member of a gzip stream."""
        if self._inflate is None:
            self._keep(chunk)
            return b""
        if self._inflate.eof:
            self._inflate = zlib.decompressobj(_GZIP)
        inflate = self._inflate
        while self.kind is None:
            try:
                piece = inflate.decompress(chunk, _PIECE)  # asked for all at once, it would take the room twice
            except zlib.error:
                self.kind = FailureKind.GARBLED
                return b""
            self._keep(piece)
            chunk = inflate.unconsumed_tail
            if len(piece) < _PIECE or inflate.eof:
                break
        return inflate.unused_data

    def _keep(self, piece: bytes) -> None:
        self._room -= len(piece)
        if self._room < 0:
            self.kind = FailureKind.TOO_LARGE
        else:
            self._chunks.append(piece)

    def conclude(self, status: int, headers: Headers) -> Response | TransportFailure:
        """What has been read: an answer, or why its body can't be had."""
        if self.kind is None and self._any and self._inflate is not None and not self._inflate.eof:
            self.kind = FailureKind.GARBLED
        if self.kind is None:
            return Response(status, headers, b"".join(self._chunks))
        reason = "is over the size cap" if self.kind is FailureKind.TOO_LARGE else "can't be decompressed"
        return TransportFailure(
            self.kind, f"the body of the answer {reason}", sent=True, status=status, headers=headers
        )


def read(response: Any, chunks: Iterable[bytes]) -> Response | TransportFailure:
    """What an httpx response holds, read no further than needed; it is closed in the end."""
    try:
        headers = Headers(response.headers.raw)
        body = BodyReader(headers)
        for chunk in chunks:
            if not body.feed(chunk):
                break
    finally:
        response.close()
    return body.conclude(response.status_code, headers)


async def read_async(response: Any, chunks: AsyncIterable[bytes]) -> Response | TransportFailure:
    """What an httpx response holds, as `read` does."""
    try:
        headers = Headers(response.headers.raw)
        body = BodyReader(headers)
        async for chunk in chunks:
            if not body.feed(chunk):
                break
    finally:
        await response.aclose()
    return body.conclude(response.status_code, headers)
