"""Files: what callers pass, and bodies that are read while they are sent, or saved while they arrive.

Both take constant memory.
"""

import json
from collections.abc import (
    AsyncIterator,
    Callable,
    Container,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from mimetypes import guess_type
from os import PathLike
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO
from urllib.parse import urlencode

from attrs import field, frozen

_PIECE = 1 << 16  # bytes that are read at a time


@frozen(eq=False)
class File:
    """A file to upload, with the name and the media type that the service is told. Its repr shows nothing of it.

    Attributes:
        content: A path, the content, or a file that is open for reading bytes. An open file is sent from where it is.
        name: Its name; by default that of the path or of the open file.
        media_type: Such as `image/png`; by default that of the name's ending.
    """

    content: Path | bytes | BinaryIO = field(repr=False)
    name: str = field(default="", repr=False)
    media_type: str = field(default="", repr=False)


FileContent = Path | bytes | BinaryIO | File
"""What can be uploaded: a path, the content, a file that is open for reading bytes, or a `File`, with a name."""


class Upload:
    """A body that is read while it is sent.

    Attributes:
        content_type: Its media type, for the header.
        length: Its bytes; `None` if nobody knows before the end, and it can be read only once.
        values: The strings in it that aren't files, which a response may repeat.
    """

    def __init__(
        self,
        content_type: str,
        parts: "Sequence[bytes | _Part]",
        values: Iterable[str] = (),
    ) -> None:
        self.content_type = content_type
        self.values: frozenset[str] = frozenset(values)
        self._parts = parts
        lengths = [
            len(part) if isinstance(part, bytes) else part.length for part in parts
        ]
        known = [length for length in lengths if length is not None]
        self.length: int | None = sum(known) if len(known) == len(lengths) else None

    @property
    def once(self) -> bool:
        """Whether it can be read only once."""
        return self.length is None

    @property
    def headers(self) -> list[tuple[str, str]]:
        """The headers that describe it."""
        size = (
            ("Transfer-Encoding", "chunked")
            if self.once
            else ("Content-Length", str(self.length))
        )
        return [("Content-Type", self.content_type), size]

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            if isinstance(part, bytes):
                yield part
            else:
                yield from part

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece


class _Part:
    """A file, and how much of it is sent. A path is opened each time, and closed again."""

    def __init__(self, name: str, content: Any) -> None:
        self.content = content
        self.length: int | None = None
        self._start = 0
        try:
            if isinstance(content, PathLike):
                with Path(content).open("rb") as opened:
                    self.length = opened.seek(0, 2)
            elif content.seekable():
                self._start = content.tell()
                self.length = content.seek(0, 2) - self._start
                content.seek(self._start)
        except OSError as error:
            raise ValueError(f"{name} can't be read ({type(error).__name__})") from None

    def __iter__(self) -> Iterator[bytes]:
        if isinstance(self.content, PathLike):
            with Path(self.content).open("rb") as opened:
                yield from self._read(opened)
        else:
            if self.length is not None:
                self.content.seek(self._start)
            yield from self._read(self.content)

    def _read(self, opened: Any) -> Iterator[bytes]:
        left = self.length
        while piece := opened.read(_PIECE if left is None else min(left, _PIECE)):
            left = None if left is None else left - len(piece)
            yield piece


class SaveError(Exception):
    """The file can't be written. The `OSError` that says why is raised where the call ends."""


class Download:
    """A file that a response is saved to: all of it, or nothing. A context manager around the call.

    A path names the file once all of it is there; before, it is in one beside it. An open file is written from where it
    is, and after a failure it is as before; if it can't seek, it may hold the beginning.

    Args:
        target: A path, or a file that is open for writing bytes.
        statuses: Those of the responses that are saved. Others are returned as usual.

    Raises:
        TypeError: The target is neither.
    """

    def __init__(self, target: Path | BinaryIO, statuses: Container[int]) -> None:
        try:
            is_wrong = not isinstance(target, PathLike) and target.write(b"") is None
        except (AttributeError, TypeError, ValueError):
            is_wrong = True
        if is_wrong:
            raise TypeError("save_to must be a Path, or a file opened with mode 'wb'")
        self._target: Any = target
        self._statuses = statuses
        self._file: Any = None
        self._part: Path | None = None
        self._start: int | None = None
        self._written = 0
        self._is_saved = False
        self._error: OSError | None = None

    def __enter__(self) -> "Download":
        if isinstance(self._target, PathLike):
            path = Path(self._target)
            self._part = path.with_name(f".{path.name}.{token_hex(4)}.part")
            self._file = self._part.open("xb")
            self._start = 0
        else:
            self._file = self._target
            self._start = self._file.tell() if self._file.seekable() else None
        return self

    def begin(self, status: int) -> "Download | None":
        """Returns what a response with that status is appended to, without what an earlier attempt left there.

        Raises:
            SaveError: That can't be removed.
        """
        if status not in self._statuses:
            return None
        self._is_saved = True
        self._do(self._rewind)
        return self

    def take(self, response: Any) -> bytes:
        """Saves the body of a response that has all of it, or returns it."""
        if self.begin(response.status_code) is None:
            return bytes(response.content)
        self.append(response.content)
        return b""

    def append(self, piece: bytes) -> None:
        """Writes a piece.

        Raises:
            SaveError: It can't be written.
        """
        self._written += len(piece)
        self._do(self._file.write, piece)

    def _do(self, function: Callable[..., Any], *arguments: Any) -> None:
        try:
            function(*arguments)
        except OSError as error:
            self._error = error.with_traceback(None)  # its frames hold the piece
            raise SaveError from None

    def _rewind(self) -> None:
        if self._written and self._start is None:
            raise OSError(
                "save_to can't seek, and holds the beginning of a response that broke off"
            )
        if self._written:
            self._file.seek(self._start)
            self._file.truncate()
            self._written = 0

    def __iter__(self) -> Iterator[bytes]:
        return iter(())  # nothing is kept in memory

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        is_whole = error is None and self._is_saved
        try:
            if self._part is None:
                if not is_whole and self._start is not None:
                    self._rewind()
                return
            self._file.close()
            if is_whole:
                self._part.replace(self._target)
        finally:
            if self._part is not None:
                self._part.unlink(missing_ok=True)
            if self._error is not None:
                raise self._error from None


def encode_body(media: str, files: Iterable[str], body: Any) -> Upload:
    """Encodes a body that isn't JSON.

    Args:
        media: The media type of the body.
        files: The fields of it that are files.
        body: Its fields, or its content.

    Raises:
        TypeError: A file isn't one.
        ValueError: A file can't be read, or what is sent can't be written.
    """
    if media == "application/x-www-form-urlencoded":
        pairs = [
            (name, _write(value))
            for name, value in _list_pairs(body)
            if value is not None
        ]
        return Upload(media, [urlencode(pairs).encode()], [value for _, value in pairs])
    if media != "multipart/form-data":
        file = _as_file("content", body)
        return Upload(_check_header(file.media_type or media), [_open("content", file)])
    boundary, parts, values = token_hex(16), list[bytes | _Part](), list[str]()
    for name, value in _list_pairs(body):
        if value is None and name not in files:
            continue
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_escape(name)}"'
        if name in files:
            file = _as_file(name, value)
            file_name = file.name or Path(str(getattr(file.content, "name", name))).name
            kind = (
                file.media_type
                or guess_type(file_name)[0]
                or "application/octet-stream"
            )
            head += f'; filename="{_escape(file_name)}"\r\nContent-Type: {_check_header(kind)}'
            parts += [f"{head}\r\n\r\n".encode(), _open(name, file), b"\r\n"]
        else:
            kind = (
                "\r\nContent-Type: application/json"
                if isinstance(value, Mapping)
                else ""
            )
            values.append(_write(value))
            parts.append(f"{head}{kind}\r\n\r\n{values[-1]}\r\n".encode())
    return Upload(
        f"{media}; boundary={boundary}",
        [*parts, f"--{boundary}--\r\n".encode()],
        values,
    )


def _list_pairs(body: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in body.items():
        for item in value if isinstance(value, list | tuple) else [value]:
            yield name, item


def _as_file(name: str, value: Any) -> File:
    file = value if isinstance(value, File) else File(value)
    read = getattr(file.content, "read", None)
    if not isinstance(file.content, bytes | PathLike) and not (
        read and isinstance(read(0), bytes)
    ):
        raise TypeError(
            f"{name} must be a Path, bytes, a file opened with mode 'rb', or a File of one of these"
        )
    return file


def _open(name: str, file: File) -> "bytes | _Part":
    return (
        file.content if isinstance(file.content, bytes) else _Part(name, file.content)
    )


def _write(value: Any) -> str:
    return (
        value
        if isinstance(value, str)
        else json.dumps(value, ensure_ascii=False, allow_nan=False)
    )


def _escape(text: str) -> str:
    """As browsers escape names in a form."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _check_header(media: str) -> str:
    if not media.isascii() or not media.isprintable():
        raise ValueError(
            "the media type of a file has characters that headers can't have"
        )
    return media
