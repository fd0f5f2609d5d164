"""What a cassette keeps of a request and its response, and what it has instead of the rest.

- Headers: those of an allow-list, which `Authorization` isn't in. Of the query, all but keys.
- Dates and request ids, which differ each time, are made the same.
- An emulator's responses are made up, and kept. Everything else may be personal: in results, each string and
  each larger number is replaced by one of the same kind, and equal ones by equal ones within a cassette; in error
  bodies, whose wording is worth knowing, only what looks like a phone number, an email address or an id.
- What a request says is in the test as well, and is kept, unless a response said it before or it looks personal.
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
from heymarket.testing.cassettes.body_fields import describe_schema, describe_words, words_of
from heymarket.testing.cassettes.contract import find_operation, find_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

NOW = 1_750_000_000.0
"""When everything on a cassette happened: Sunday, 15 June 2025, 15:06:40 UTC."""

EMULATOR_URL = "http://emulator.localhost"
"""The emulator's address in cassettes; its port differs each time."""

LIVE_URL = "https://heymarket.invalid"
"""The live service's address in cassettes; the name never resolves, whatever replays it."""

_REQUEST_HEADERS = {"accept", "accept-encoding", "content-type"}
_RESPONSE_HEADERS = {"content-type", "date", "retry-after", "x-emulator", "x-emulator-refused", "x-request-id"}

LIMIT_HEADER = re.compile(r"(?:x-)?rate-?limit(?:-[a-z-]+)?")
"""Headers that say what is left of a limit. Their numbers are kept, because it is the limit of all."""

_DATE = formatdate(NOW, usegmt=True)
UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_KINDS = (
    (UUID, "00000000-0000-4000-8000-000000009{:03}"),
    (r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+", "person{}@example.com"),
    (r"https?://[^\s<>\"']+", "https://example.com/{}"),
    (r"\+?\d[\d ().-]{5,}\d", "1555555{:04}"),
)
"""Patterns of personal data, each with the placeholder for the first, second, ... match."""

_ANY_KIND = re.compile("|".join(f"({pattern})" for pattern, _ in _KINDS))
_DAY = (
    r"(?<![\w+-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(?![\d-])"
)
_MENTION = re.compile(f"{_DAY}|{_ANY_KIND.pattern}")
"""The same inside a string, and days, which are kept."""
_MADE_UP = re.compile(r"00000000-0000-4000-8000-[0-9a-fA-F]{12}|[^\s@]+@example\.(?:com|org|net)|\+?1555555\d{4}")
_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")
_HARMLESS_NUMBER = 1000
_PERSONAL_NUMBER = 1_000_000_000
_FIELD_NAME = re.compile(r"[a-z][A-Za-z0-9_]*|\d{1,3}", re.ASCII)
"""How the API writes names of fields, undescribed ones too, and ids of custom fields."""

_WORD = re.compile(r"[A-Za-z]+(?:[_-][A-Za-z]+)*")
"""How the API writes values of enums."""

_NAMES_A_KIND = re.compile(r"(?:^|\.)(?:channel|filter|op|role|status|type)$")
"""Described fields whose values are the API's words, though no enum lists them."""

_NUMERAL = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_NUMBERS = str(_HARMLESS_NUMBER) + "{:02}"
_LONG_ENOUGH = 6
"""Characters that a known value must have to be replaced inside longer strings too."""

PLACEHOLDER = re.compile(
    r"00000000-0000-4000-8000-000000009\d{3}|person\d+@example\.com|https://example\.com/\d+|1555555\d{4}"
    r"|text-\d+|(?<!\d)1000\d{2,}(?!\d)"
)
"""All placeholders of live cassettes."""

EMULATED_PLACEHOLDER = re.compile(r"00000000-0000-4000-8000-000000009\d{3}")
"""Those of an emulator's cassettes: ids only, because its numbers and addresses are kept."""


def is_kept(header: str) -> bool:
    """Whether a cassette keeps a response header of this name."""
    return header.lower() in _RESPONSE_HEADERS or LIMIT_HEADER.fullmatch(header.lower()) is not None


def is_emulated(response: Mapping[str, Any]) -> bool:
    """Whether a response comes from an emulator, by its headers."""
    return any(name.lower() == "x-emulator" for name in response["headers"])


class Scrubber:
    """Scrubs the requests and responses of one cassette, first to last.

    Args:
        placeholders: By value, the placeholders for values that are known beforehand.
        foreign: Whether the requests are those of another program, which no test has: what they say is replaced too.
    """

    def __init__(self, placeholders: Mapping[str, str], *, foreign: bool = False) -> None:
        self._foreign = foreign
        self._given = placeholders
        self._placeholders = dict(placeholders)
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
            name: [self._scrub_header(name.lower(), value, emulated=emulated) for value in values]
            for name, values in response["headers"].items()
            if is_kept(name)
        }
        if emulated:
            uri: str = request.uri
            parts = urlsplit(uri)
            request.uri = _map_url(
                uri.replace(f"{parts.scheme}://{parts.netloc}", EMULATOR_URL, 1), self._scrub_emulated
            )
            request.body = self._scrub_emulated_body(request.body)
            response["body"] = {"string": self._scrub_emulated_body(response["body"]["string"])}
            return
        self._keep_words(request, response)
        if self._foreign:
            self._scrub_foreign(request)
        else:
            sent = (self._scrub_sent, self._scrub_sent_number, self._scrub_sent_name)
            request.uri = _map_url(request.uri, self._scrub_sent)
            request.body = self._scrub_body(request.body, *sent)
        content = response["body"]["string"]
        if response["status"]["code"] < 400:
            body = self._scrub_body(content, self._replace, self._replace_number, self._replace_name)
        else:
            body = self._scrub_body(content, self._replace_mentions, self._replace_number, self._replace_mentions)
        response["body"] = {"string": body}

    def _scrub_foreign(self, request: Any) -> None:
        operation = find_operation(request.method, request.uri)
        fixed = set(f"{operation.prefix}{operation.path}".split("/")) if operation else set[str]()
        request.uri = _map_url(request.uri, lambda text: text if text in fixed else self._replace(text))
        request.body = self._scrub_body(request.body, self._replace, self._replace_number, self._replace_name)

    def _keep_words(self, request: Any, response: Any) -> None:
        """Keep the API's own words: in fields that have an enum or are known to hold such, unless said before."""
        operation = find_operation(request.method, request.uri)
        schema = operation and find_schema(operation, response["status"]["code"])
        if schema:
            with suppress(ValueError):  # no JSON
                body = json.loads(response["body"]["string"])
                fields = {
                    *describe_words(schema),
                    *(one for one in describe_schema(schema) if _NAMES_A_KIND.search(one)),
                }
                for word in {word for words in words_of(body, fields).values() for word in words}:
                    if _WORD.fullmatch(word):
                        self._placeholders.setdefault(word, word)

    def _scrub_header(self, name: str, value: str, *, emulated: bool) -> str:
        if name == "date":
            return _DATE
        if name == "x-emulator":
            return "version"
        if name == "x-request-id":
            self._count[name] += 1
            form = "00000000-0000-4000-8000-00000000f{:03}" if re.fullmatch(UUID, value) else "request-{}"
            return form.format(self._count[name])
        if LIMIT_HEADER.fullmatch(name) and re.fullmatch(r"\d{9,}", value):
            return f"{NOW:.0f}"  # a time
        return value if emulated else self._replace_mentions(value)

    def _scrub_emulated(self, text: str) -> str:
        """Replace known values, and ids that differ each time, such as a `local_id`."""
        known = self._given.get(text) or self._replace_known(text)
        return re.sub(UUID, lambda match: self._assign_placeholder(match[0], *_KINDS[0]), known)

    def _scrub_emulated_body(self, body: bytes | str | None) -> bytes | str | None:
        try:
            text = body.decode() if isinstance(body, bytes) else body or ""
        except UnicodeDecodeError:
            return body  # the linter refuses it
        if self._given:
            with suppress(ValueError):  # no JSON
                value = _map_json(json.loads(text), self._scrub_emulated, self._scrub_emulated_number, str)
                text = json.dumps(value, ensure_ascii=False)
        return self._scrub_emulated(text).encode() if body else body

    def _scrub_emulated_number(self, number: float) -> float:
        return type(number)(self._given.get(str(number), number))

    def _scrub_body(
        self,
        body: bytes | str | None,
        in_string: Callable[[str], str],
        in_number: Callable[[float], float],
        in_name: Callable[[str], str],
    ) -> bytes | str | None:
        try:
            text = body.decode() if isinstance(body, bytes) else body
        except UnicodeDecodeError:
            return body  # the linter refuses it
        if not text:
            return body
        try:
            value = json.loads(text)
        except ValueError:
            return in_string(text).encode()
        return json.dumps(_map_json(value, in_string, in_number, in_name), ensure_ascii=False).encode()

    def _scrub_sent(self, text: str) -> str:
        """Keep a string of a request, unless a response said it before or it looks personal."""
        if text not in self._placeholders:
            self._placeholders[text] = text if _TIMESTAMP.fullmatch(text) else self._replace_mentions(text)
        return self._placeholders[text]

    def _scrub_sent_number(self, number: float) -> float:
        if str(number) not in self._placeholders and abs(number) < _PERSONAL_NUMBER:
            self._placeholders[str(number)] = str(number)
        return self._replace_number(number)

    def _scrub_sent_name(self, name: str) -> str:
        known = None if _FIELD_NAME.fullmatch(name) else self._placeholders.get(name)
        return known or self._replace_mentions(name)

    def _replace(self, text: str) -> str:
        """Replace a string by one of the same kind."""
        if text in self._placeholders:
            return self._placeholders[text]
        if not text or _TIMESTAMP.fullmatch(text) or text in read_vocabulary():
            return text
        if match := _ANY_KIND.fullmatch(text):
            return self._replace_match(match)
        if _NUMERAL.fullmatch(text):  # the same value may come as a number too
            return self._assign_placeholder(text, "number", _NUMBERS)
        return self._assign_placeholder(text, "text", "text-{}")

    def _replace_name(self, name: str) -> str:
        """Keep the name of a field; other keys of objects may be personal, as values may."""
        return self._replace_mentions(name) if _FIELD_NAME.fullmatch(name) else self._replace(name)

    def _replace_number(self, number: float) -> float:
        """Replace a number, unless it is small and unknown."""
        if str(number) not in self._placeholders and abs(number) < _HARMLESS_NUMBER:
            return number
        return type(number)(self._assign_placeholder(str(number), "number", _NUMBERS))

    def _replace_mentions(self, text: str) -> str:
        """Replace everything personal that a string mentions."""
        return _MENTION.sub(self._replace_match, self._replace_known(text))

    def _replace_known(self, text: str) -> str:
        for known, placeholder in self._given.items():
            if len(known) >= _LONG_ENOUGH:
                text = text.replace(known, placeholder)
        return text

    def _replace_match(self, match: re.Match[str]) -> str:
        if match.lastindex is None:  # a day
            return match[0]
        return self._assign_placeholder(match[0], *_KINDS[match.lastindex - 1])

    def _assign_placeholder(self, text: str, kind: str, form: str) -> str:
        if text not in self._placeholders:
            placeholder = text
            while not _MADE_UP.fullmatch(text) and (placeholder == text or placeholder in self._placeholders):
                self._count[kind] += 1
                placeholder = form.format(self._count[kind])
            self._placeholders[text] = placeholder
        return self._placeholders[text]


def _map_json(
    value: Any, in_string: Callable[[str], str], in_number: Callable[[float], float], in_name: Callable[[str], str]
) -> Any:
    if isinstance(value, dict):
        members = cast("dict[str, object]", value).items()
        return {in_name(name): _map_json(one, in_string, in_number, in_name) for name, one in members}
    if isinstance(value, list):
        return [_map_json(item, in_string, in_number, in_name) for item in cast("list[object]", value)]
    if isinstance(value, str):
        return in_string(value)
    return value if isinstance(value, bool) or value is None else in_number(value)


@cache
def find_key_parameters() -> frozenset[str]:
    """The parameters of the query that hold a key, which no cassette keeps."""
    schemes: dict[str, Any] = description.load().get("components", {}).get("securitySchemes", {})
    return frozenset(scheme["name"] for scheme in schemes.values() if scheme.get("in") == "query")


def _map_url(url: str, change: Callable[[str], str]) -> str:
    """Change each segment of a URL's path and each value of its query; keep how the others are written."""
    parts = urlsplit(url)

    def one(written: str) -> str:
        plain = unquote(written)
        changed = change(plain) if plain else plain
        return written if changed == plain else quote(changed, safe="")

    path = "/".join(map(one, parts.path.split("/")))
    pairs = (pair.partition("=") for pair in parts.query.split("&"))
    keys = find_key_parameters()
    query = "&".join(f"{name}{equals}{one(value)}" for name, equals, value in pairs if unquote(name) not in keys)
    return parts._replace(path=path, query=query).geturl()


@cache
def read_vocabulary() -> frozenset[str]:
    """The constants and enum values of the description: the API's own words. Its examples could be names."""
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
