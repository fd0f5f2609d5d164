"""Refusal of what no cassette may hold. The linter doesn't trust the scrubber, and shares no code or pattern with it.

It checks all strings: keys and values, JSON within bodies, percent-encoded addresses. A finding says where and what
kind, never the string itself, because build logs are often public.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECRET_HEADERS = {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key"}

_JWT = re.compile(r"eyJ[\w-]{6,}\.[\w-]{6,}")
_BEARER = re.compile(r"\bbearer\s+[\w.~+/=-]{16,}", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@<>\"'/:]+@((?:[\w-]+\.)+[\w-]+)")
_ID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
_DAY = re.compile(r"(?<![\d+-])(?:19|20)\d\d-[01]\d-[0-3]\d(?: \d\d:\d\d)?(?![\d-])")
_TIME = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)")
_TOKEN = re.compile(r"[\w+-]{20,}={0,2}", re.ASCII)  # no "=" in front, which in a query follows a name
_NUMBER = re.compile(r"(?:\+|\b)\d(?:[ ().-]{0,2}\d){6,}")

_MADE_UP_ID = re.compile(r"00000000-0000-4000-8000-[0-9a-f]{12}")
_MADE_UP_DOMAIN = re.compile(r"(?:.+\.)?example\.(?:com|org|net)", re.IGNORECASE)
_MADE_UP_NUMBER = re.compile(r"1555555\d{4}|10{9,}\d{1,5}|1\d{9}")
"""Made-up phone numbers and account numbers, and Unix times, which are a digit shorter than phone numbers with a 1."""

_ORIGINS = {"emulator", "live"}


def load_yaml(text: str) -> Any:
    """The document in a text, by libyaml if it is there, which is ten times as fast."""
    return yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


def problems(text: str) -> list[str]:
    """The reasons why a cassette may not be kept, a line each; none, if it may.

    Args:
        text: The content of its file.
    """
    try:
        document = load_yaml(text)
        found = [*_origin_problems(document), *_header_problems(document)]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        return [f"this is not a cassette: {type(error).__name__}"]
    found += [f"{place}: {what}" for place, leaf in _strings(document, "") for what in string_problems(leaf)]
    return list(dict.fromkeys(found))


def string_problems(leaf: str | bytes) -> Iterator[str]:
    """The reasons why a string may not be in a cassette, or in its name."""
    if isinstance(leaf, bytes):
        yield "bytes that are no UTF-8 can't be checked; was the body compressed?"
        return
    if _JWT.search(leaf) or _BEARER.search(leaf):
        yield "a token"
    if any(not _MADE_UP_DOMAIN.fullmatch(match[1]) for match in _EMAIL.finditer(leaf)):
        yield "an email address that isn't at example.com, example.org or example.net"
    if any(not _MADE_UP_ID.fullmatch(match[0].lower()) for match in _ID.finditer(leaf)):
        yield "a UUID that doesn't begin with 00000000-0000-4000-8000"
    rest = _DAY.sub(" ", _TIME.sub(" ", _ID.sub(" ", leaf)))
    if any(_is_random(match[0]) for match in _TOKEN.finditer(rest)):
        yield "what may be a key: a long string of mixed letters and digits"
    if any(_is_personal(match[0]) for match in _NUMBER.finditer(rest)):
        yield "what may be a phone or account number, other than 1555555xxxx"


def _origin_problems(document: Any) -> Iterator[str]:
    metadata: dict[str, Any] = document.get("metadata") or {}
    if metadata.get("origin") not in _ORIGINS:
        yield "metadata.origin: it must be emulator or live"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(metadata.get("recorded"))):
        yield "metadata.recorded: the date of recording is missing"
    yield from _contract_problems(metadata.get("contract", {}))
    if "description" in metadata and not re.fullmatch(r"[0-9a-f]{16}", str(metadata["description"])):
        yield "metadata.description: it is not a fingerprint of a description"
    if not document["interactions"]:
        yield "interactions: nothing was recorded"
    for number, interaction in enumerate(document["interactions"]):
        emulated = any(name.lower() == "x-emulator" for name in interaction["response"]["headers"])
        if emulated is not (metadata.get("origin") == "emulator"):
            does = "comes" if emulated else "doesn't come"
            yield f"metadata.origin: it contradicts response {number}, which {does} from an emulator"


def _contract_problems(contract: Any) -> Iterator[str]:
    for name, one in contract.items():
        texts = (*one["parts"].keys(), *one["parts"].values())
        known = one.keys() == {"fingerprint", "parts"} and all(isinstance(text, str) for text in texts)
        if not known or not re.fullmatch(r"[0-9a-f]{16}", str(one["fingerprint"])):
            yield f"metadata.contract.{name}: it is not a summary of a description"


def _header_problems(document: Any) -> Iterator[str]:
    for number, interaction in enumerate(document["interactions"]):
        for side in ("request", "response"):
            for name in interaction[side]["headers"]:
                if name.lower() in _SECRET_HEADERS:
                    yield f"interactions.{number}.{side}.headers: {name} is not kept"


def _strings(node: Any, place: str) -> Iterator[tuple[str, str | bytes]]:
    """All strings with their places; numbers as strings, and JSON inside strings taken apart."""
    if isinstance(node, dict):
        # Hashes, whose form is checked, and which aren't personal.
        checked = {("metadata", "description")}
        if place.startswith("metadata.contract."):
            checked.add((place, "fingerprint"))
        for name, member in cast("dict[object, object]", node).items():
            yield place, str(name)
            if (place, name) not in checked:
                yield from _strings(member, f"{place}.{name}".lstrip("."))
    elif isinstance(node, list):
        for number, item in enumerate(cast("list[object]", node)):
            yield from _strings(item, f"{place}.{number}")
    elif isinstance(node, bytes):
        yield place, node
    elif isinstance(node, str):
        yield from _decoded(node, place)
    elif node is not None and not isinstance(node, bool):
        yield place, str(node)


def _decoded(text: str, place: str) -> Iterator[tuple[str, str | bytes]]:
    try:
        # As pairs, so that a repeated name hides nothing.
        inner = json.loads(text, object_pairs_hook=lambda pairs: [list(pair) for pair in pairs])
    except (ValueError, RecursionError):
        inner = None
    if isinstance(inner, list | str):
        yield from _strings(inner, place)
    else:
        yield place, unquote(text)


def _is_random(token: str) -> bool:
    mixed = re.search("[A-Za-z]", token) and re.search("[0-9]", token)
    counts = Counter(token).values()
    bits = -sum(count / len(token) * math.log2(count / len(token)) for count in counts)
    return bool(mixed) and bits > 3


def _is_personal(number: str) -> bool:
    digits = re.sub(r"[^\d]", "", number)
    long_enough = len(digits) >= 10 or (number.startswith("+") and len(digits) >= 7)
    return long_enough and not _MADE_UP_NUMBER.fullmatch(digits)
