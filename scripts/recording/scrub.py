"""What a cassette keeps of a request and its answer, and what it has instead of the rest.

- Headers: those of an allow-list. `Authorization` isn't one of them.
- What differs each time anyway, dates and request ids, is made the same.
- What the emulator says is made up and kept as it is. What anybody else says is somebody's: in results every text and
  every larger number is replaced by one of the same kind, the same by the same within a cassette; in error bodies,
  whose wording is worth knowing, only what looks like a phone number, an email address or an id.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from email.utils import formatdate
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from recording.scenario import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EMULATOR_URL = "http://emulator.localhost"
"""Where the emulator is, in cassettes: its port is another one each time."""

_REQUEST_HEADERS = {"accept", "accept-encoding", "content-type"}
_RESPONSE_HEADERS = {"content-type", "date", "retry-after", "x-emulator", "x-emulator-refused", "x-request-id"}

_DATE = formatdate(NOW, usegmt=True)
_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_KINDS = (
    (_UUID, "00000000-0000-4000-8000-000000009{:03}"),
    (r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+", "person{}@example.com"),
    (r"https?://[^\s<>\"']+", "https://example.com/{}"),
    (r"\+?\d[\d ().-]{5,}\d", "1555555{:04}"),
)
"""What is personal by its looks, and what the first, second, ... of its kind is replaced by."""

_ANY_KIND = re.compile("|".join(f"({pattern})" for pattern, _ in _KINDS))
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_HARMLESS_NUMBER = 1000


def is_emulated(response: Mapping[str, Any]) -> bool:
    """Whether an answer says that it comes from an emulator."""
    return any(name.lower() == "x-emulator" for name in response["headers"])


class Scrubber:
    """Scrubs what goes into one cassette.

    Args:
        stand_ins: What values that are known beforehand are replaced by.
    """

    def __init__(self, stand_ins: Mapping[str, str]) -> None:
        self._given = stand_ins
        self._stand_ins = dict(stand_ins)
        self._count: Counter[str] = Counter()

    def scrub(self, request: Any, response: Any) -> None:
        """Replace what a cassette may not keep.

        Args:
            request: vcrpy's request.
            response: vcrpy's response: `status`, `headers` (name to values) and `body` (`{"string": bytes}`).
        """
        emulated = is_emulated(response)
        request.headers = {name: value for name, value in request.headers.items() if name.lower() in _REQUEST_HEADERS}
        response["headers"] = {
            name: [self._header(name.lower(), value, emulated=emulated) for value in values]
            for name, values in response["headers"].items()
            if name.lower() in _RESPONSE_HEADERS
        }
        for own, stand_in in self._given.items():
            request.uri = request.uri.replace(own, stand_in)
        if emulated:
            parts = urlsplit(request.uri)
            request.uri = request.uri.replace(f"{parts.scheme}://{parts.netloc}", EMULATOR_URL, 1)
            return
        request.body = self._body(request.body, self._other)
        in_text = self._other if response["status"]["code"] < 400 else self._mentions
        response["body"] = {"string": self._body(response["body"]["string"], in_text)}

    def _header(self, name: str, value: str, *, emulated: bool) -> str:
        if name == "date":
            return _DATE
        if name == "x-emulator":
            return "version"
        if name == "x-request-id":
            self._count[name] += 1
            form = "00000000-0000-4000-8000-00000000f{:03}" if re.fullmatch(_UUID, value) else "request-{}"
            return form.format(self._count[name])
        return value if emulated else self._mentions(value)

    def _body(self, body: bytes, in_text: Callable[[str], str]) -> bytes:
        try:
            text = body.decode()
        except UnicodeDecodeError:
            return body  # for the linter to refuse
        try:
            value = json.loads(text)
        except ValueError:
            return self._mentions(text).encode()
        return json.dumps(self._replaced(value, in_text), ensure_ascii=False).encode()

    def _replaced(self, value: Any, in_text: Callable[[str], str]) -> Any:
        if isinstance(value, dict):
            return {self._mentions(name): self._replaced(member, in_text) for name, member in value.items()}
        if isinstance(value, list):
            return [self._replaced(item, in_text) for item in value]
        if isinstance(value, str):
            return in_text(value)
        if isinstance(value, bool) or value is None or abs(value) < _HARMLESS_NUMBER:
            return value
        return type(value)(self._stand_in(str(value), "number", str(_HARMLESS_NUMBER) + "{:02}"))

    def _other(self, text: str) -> str:
        """Another text of the same kind."""
        if not text or text in self._given or _MOMENT.fullmatch(text):
            return self._given.get(text, text)
        if match := _ANY_KIND.fullmatch(text):
            return self._like(match)
        return self._stand_in(text, "text", "text-{}")

    def _mentions(self, text: str) -> str:
        """The text, with all that it mentions of anybody replaced."""
        return _ANY_KIND.sub(self._like, text)

    def _like(self, match: re.Match[str]) -> str:
        return self._stand_in(match[0], *_KINDS[(match.lastindex or 1) - 1])

    def _stand_in(self, text: str, kind: str, form: str) -> str:
        if text not in self._stand_ins:
            self._count[kind] += 1
            self._stand_ins[text] = form.format(self._count[kind])
        return self._stand_ins[text]
