"""What a cassette keeps of a request and its answer, and what it has instead of the rest.

- Headers: those of an allow-list. `Authorization` isn't one of them.
- What differs each time anyway, dates and request ids, is made the same.
- What the emulator says is made up and kept as it is. What anybody else says is somebody's: in results every text and
  every larger number is replaced by one of the same kind, the same by the same within a cassette; in error bodies,
  whose wording is worth knowing, only what looks like a phone number, an email address or an id.
- What a request says stands in the test too, and is kept, unless an answer said it before or it looks personal.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from contextlib import suppress
from email.utils import formatdate
from functools import cache
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, unquote, urlsplit

from heymarket import description

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOW = 1_750_000_000.0
"""When everything on a cassette happened: Sunday, 15 June 2025, 15:06:40 UTC."""

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
_MADE_UP = re.compile(r"00000000-0000-4000-8000-[0-9a-fA-F]{12}|[^\s@]+@example\.(?:com|org|net)|\+?1555555\d{4}")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_HARMLESS_NUMBER = 1000
_SOMEBODYS_NUMBER = 1_000_000_000
_MEMBER = re.compile(r"[a-z][A-Za-z0-9_]*|\d{1,3}", re.ASCII)
"""How the API writes the names of members, those that the description doesn't have yet too, and ids of fields."""

_NUMERAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_NUMBERS = str(_HARMLESS_NUMBER) + "{:02}"
_LONG_ENOUGH = 6
"""Characters from which on a known value is looked for inside of texts too."""

STAND_IN = re.compile(
    r"00000000-0000-4000-8000-000000009\d{3}|person\d+@example\.com|https://example\.com/\d+|1555555\d{4}"
    r"|text-\d+|(?<!\d)1000\d{2,}(?!\d)"
)
"""What was put in the place of something. Of the emulator, ids only: its numbers and addresses are its own."""

EMULATED_STAND_IN = re.compile(r"00000000-0000-4000-8000-000000009\d{3}")


def is_emulated(response: Mapping[str, Any]) -> bool:
    """Whether an answer says that it comes from an emulator."""
    return any(name.lower() == "x-emulator" for name in response["headers"])


class Scrubber:
    """Scrubs what goes into one cassette, from the first request to the last.

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
        if emulated:
            uri: str = request.uri
            parts = urlsplit(uri)
            request.uri = _in_url(uri.replace(f"{parts.scheme}://{parts.netloc}", EMULATOR_URL, 1), self._emulated)
            request.body = self._emulated_body(request.body)
            response["body"] = {"string": self._emulated_body(response["body"]["string"])}
            return
        request.uri = _in_url(request.uri, self._asked)
        request.body = self._body(request.body, self._asked, self._asked_number, self._asked_name)
        told = response["body"]["string"]
        if response["status"]["code"] < 400:
            body = self._body(told, self._other, self._other_number, self._other_name)
        else:
            body = self._body(told, self._mentions, self._other_number, self._mentions)
        response["body"] = {"string": body}

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

    def _emulated(self, text: str) -> str:
        """The text with other ids, where they are another one each time, as a `local_id` is."""
        known = self._given.get(text) or self._known_in(text)
        return re.sub(_UUID, lambda match: self._stand_in(match[0], *_KINDS[0]), known)

    def _emulated_body(self, body: bytes | str | None) -> bytes | str | None:
        try:
            text = body.decode() if isinstance(body, bytes) else body or ""
        except UnicodeDecodeError:
            return body  # for the linter to refuse
        if self._given:
            with suppress(ValueError):  # no JSON
                value = _replaced(json.loads(text), self._emulated, self._emulated_number, str)
                text = json.dumps(value, ensure_ascii=False)
        return self._emulated(text).encode() if body else body

    def _emulated_number(self, number: float) -> float:
        return type(number)(self._given.get(str(number), number))

    def _body(
        self,
        body: bytes | str | None,
        in_text: Callable[[str], str],
        in_number: Callable[[float], float],
        in_name: Callable[[str], str],
    ) -> bytes | str | None:
        try:
            text = body.decode() if isinstance(body, bytes) else body
        except UnicodeDecodeError:
            return body  # for the linter to refuse
        if not text:
            return body
        try:
            value = json.loads(text)
        except ValueError:
            return in_text(text).encode()
        return json.dumps(_replaced(value, in_text, in_number, in_name), ensure_ascii=False).encode()

    def _asked(self, text: str) -> str:
        """What a request says: the same, but for what is known from an answer and what looks personal."""
        if text not in self._stand_ins:
            self._stand_ins[text] = text if _MOMENT.fullmatch(text) else self._mentions(text)
        return self._stand_ins[text]

    def _asked_number(self, number: float) -> float:
        if str(number) not in self._stand_ins and abs(number) < _SOMEBODYS_NUMBER:
            self._stand_ins[str(number)] = str(number)
        return self._other_number(number)

    def _asked_name(self, name: str) -> str:
        known = None if _MEMBER.fullmatch(name) else self._stand_ins.get(name)
        return known or self._mentions(name)

    def _other(self, text: str) -> str:
        """Another text of the same kind."""
        if text in self._stand_ins:
            return self._stand_ins[text]
        if not text or _MOMENT.fullmatch(text) or text in _vocabulary():
            return text
        if match := _ANY_KIND.fullmatch(text):
            return self._like(match)
        if _NUMERAL.fullmatch(text):  # the same may come as a number
            return self._stand_in(text, "number", _NUMBERS)
        return self._stand_in(text, "text", "text-{}")

    def _other_name(self, name: str) -> str:
        """The name of a member, if it looks like one; what else objects go by is somebody's, as texts are."""
        return self._mentions(name) if _MEMBER.fullmatch(name) else self._other(name)

    def _other_number(self, number: float) -> float:
        """Another number, unless it's a small one that nobody gave."""
        if str(number) not in self._stand_ins and abs(number) < _HARMLESS_NUMBER:
            return number
        return type(number)(self._stand_in(str(number), "number", _NUMBERS))

    def _mentions(self, text: str) -> str:
        """The text, with all that it mentions of anybody replaced."""
        return _ANY_KIND.sub(self._like, self._known_in(text))

    def _known_in(self, text: str) -> str:
        for known, stand_in in self._given.items():
            if len(known) >= _LONG_ENOUGH:
                text = text.replace(known, stand_in)
        return text

    def _like(self, match: re.Match[str]) -> str:
        return self._stand_in(match[0], *_KINDS[(match.lastindex or 1) - 1])

    def _stand_in(self, text: str, kind: str, form: str) -> str:
        if text not in self._stand_ins:
            stand_in = text
            while not _MADE_UP.fullmatch(text) and (stand_in == text or stand_in in self._stand_ins):
                self._count[kind] += 1
                stand_in = form.format(self._count[kind])
            self._stand_ins[text] = stand_in
        return self._stand_ins[text]


def _replaced(
    value: Any, in_text: Callable[[str], str], in_number: Callable[[float], float], in_name: Callable[[str], str]
) -> Any:
    if isinstance(value, dict):
        members = cast("dict[str, object]", value).items()
        return {in_name(name): _replaced(one, in_text, in_number, in_name) for name, one in members}
    if isinstance(value, list):
        return [_replaced(item, in_text, in_number, in_name) for item in cast("list[object]", value)]
    if isinstance(value, str):
        return in_text(value)
    return value if isinstance(value, bool) or value is None else in_number(value)


def _in_url(url: str, change: Callable[[str], str]) -> str:
    """The URL with each segment of its path and each value of its query changed; what stays is left as it's written."""
    parts = urlsplit(url)

    def one(written: str) -> str:
        plain = unquote(written)
        changed = change(plain) if plain else plain
        return written if changed == plain else quote(changed, safe="")

    path = "/".join(map(one, parts.path.split("/")))
    pairs = (pair.partition("=") for pair in parts.query.split("&"))
    query = "&".join(f"{name}{equals}{one(value)}" for name, equals, value in pairs)
    return parts._replace(path=path, query=query).geturl()


@cache
def _vocabulary() -> frozenset[str]:
    """The words that the description lists: the API's own. Its examples may be somebody's name as well."""
    words: set[str] = set()

    def look(node: Any, *, inside: bool) -> None:
        if isinstance(node, dict):
            for name, member in cast("dict[str, object]", node).items():
                look(member, inside=inside or name in {"const", "enum"})
        elif isinstance(node, list):
            for item in cast("list[object]", node):
                look(item, inside=inside)
        elif inside and isinstance(node, str):
            words.add(node)

    look(description.load(), inside=False)
    return frozenset(words)
