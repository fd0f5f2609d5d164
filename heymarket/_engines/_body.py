"""Reading a body no further than the cap, decompressed.

An HTTP library inflates whole chunks, so that 200 kB become 200 MiB before anybody can object; here the decompressor is
told how much it may give. Only gzip is asked for, so only gzip is understood.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from heymarket._wire import MAX_BODY, Answer, Failure, Trouble

if TYPE_CHECKING:
    from heymarket._wire import Headers

ACCEPT_ENCODING = "gzip"

_GZIP = 16 + zlib.MAX_WBITS


class BodyReader:
    """Collects the chunks of one body. `trouble` says why no more of it is wanted."""

    def __init__(self, headers: Headers, cap: int = MAX_BODY) -> None:
        encoding = headers.get("content-encoding", "").strip().lower()
        self._chunks: list[bytes] = []
        self._room = cap
        self._inflate = zlib.decompressobj(_GZIP) if encoding in {"gzip", "x-gzip"} else None
        self.trouble: Trouble | None = None if self._inflate or encoding in {"", "identity"} else Trouble.GARBLED

    def feed(self, chunk: bytes) -> bool:
        """Take a chunk, and say whether to go on."""
        if self.trouble is None and self._inflate is not None:
            try:
                chunk = self._inflate.decompress(chunk, self._room + 1)
            except zlib.error:
                self.trouble = Trouble.GARBLED
        if self.trouble is None:
            self._room -= len(chunk)
            self._chunks.append(chunk)
            if self._room < 0:
                self.trouble = Trouble.TOO_LARGE
        return self.trouble is None

    def conclude(self, status: int, headers: Headers) -> Answer | Failure:
        """What has been read: an answer, or why its body can't be had."""
        content = b"".join(self._chunks)
        if self.trouble is None and self._inflate is not None and content and not self._inflate.eof:
            self.trouble = Trouble.GARBLED
        if self.trouble is None:
            return Answer(status, headers, content)
        reason = "is over the size cap" if self.trouble is Trouble.TOO_LARGE else "can't be decompressed"
        return Failure(self.trouble, f"the body of the answer {reason}", sent=True, status=status, headers=headers)
