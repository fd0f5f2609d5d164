"""What nobody knows of the service, and how the calls of a calibration answer it.

The numbers are those of docs/emulator.md (D) and docs/facts.md (H).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from heymarket.testing.cassettes.body_fields import fields_of, words_of
from heymarket.testing.cassettes.scrubber import LIMIT_HEADER, PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from heymarket.testing.cassettes.recordings import RecordedResponse

    Responses = Mapping[str, RecordedResponse]

__all__ = ["QUESTIONS", "Question"]

_ZERO_TIME = b"0001-01-01T00:00:00Z"


class Question(NamedTuple):
    """Something unknown.

    Attributes:
        number: The contradiction (D) or the fact (H) that it is about, if there is one.
        about: What is asked.
        find: Finds the answer in the responses, by the name of their step; an empty string if they don't say.
    """

    number: str
    about: str
    find: Callable[[Responses], str]


def _read_status(step: str) -> Callable[[Responses], str]:
    return lambda responses: str(responses[step].status) if step in responses else ""


def _list_error_fields(step: str) -> Callable[[Responses], str]:
    def find(responses: Responses) -> str:
        if step not in responses or responses[step].status < 400:
            return ""
        content = responses[step].json
        if not isinstance(content, dict):
            return "not a JSON object" if responses[step].body else "empty"
        return "; ".join(f"{name}: {_join(kinds)}" for name, kinds in sorted(fields_of(content).items()) if name)

    return find


def _list_kinds(step: str, place: str) -> Callable[[Responses], str]:
    return lambda responses: _join(fields_of(_read_body(responses, step), {}).get(place, ()))


def _list_names(step: str, inside: str) -> Callable[[Responses], str]:
    """The names of the fields of an object."""

    def find(responses: Responses) -> str:
        prefix = f"{inside}." if inside else ""
        found = (
            name.removeprefix(prefix) for name in fields_of(_read_body(responses, step), {}) if name.startswith(prefix)
        )
        return ", ".join(sorted(name for name in found if name and not {*".[*"} & {*name}))

    return find


def _list_words(place: str, *steps: str) -> Callable[[Responses], str]:
    def find(responses: Responses) -> str:
        found = [words_of(_read_body(responses, step), {place}).get(place, set()) for step in steps]
        return _join({word for words in found for word in words if word and not PLACEHOLDER.fullmatch(word)})

    return find


def _read_body(responses: Responses, step: str) -> Any:
    found = responses.get(step)
    return found.json if found and found.status < 300 else None


def _list_limit_headers(responses: Responses) -> str:
    found = {name for one in responses.values() for name in one.headers if LIMIT_HEADER.fullmatch(name)}
    return ", ".join(sorted(found)) or "none"


def _read_retry_after(responses: Responses) -> str:
    refused = [one for one in responses.values() if one.status == 429]
    return _join({one.headers.get("retry-after", "not sent") for one in refused})


def _find_first_page(responses: Responses) -> str:
    pages = [_read_body(responses, f"page {number}") for number in (0, 1)]
    if any(page is None for page in pages):
        return _join({f"page {number} is refused" for number in (0, 1) if pages[number] is None and responses})
    return "1, and 0 is the same" if pages[0] == pages[1] else "0"


def _find_zero_time(responses: Responses) -> str:
    return "seen" if any(_ZERO_TIME in one.body for one in responses.values()) else "not seen"


def _compare_repeat(responses: Responses) -> str:
    first, second = (responses.get(name) for name in ("messages.send", "messages.send: the same local_id"))
    if first is None or second is None:
        return ""
    if second.status >= 300:
        return f"refused with {second.status}"
    return "the first response again" if first.json == second.json else "another response"


def _join(found: Iterable[str]) -> str:
    return ", ".join(sorted(found))


QUESTIONS = (
    Question("", "rate-limit headers", _list_limit_headers),
    Question("", "Retry-After of a 429", _read_retry_after),
    Question("H20", "body of a 401", _list_error_fields("401: wrong key")),
    Question("H20", "body of a 404", _list_error_fields("unknown UUID")),
    Question("H20", "body of a 400", _list_error_fields("field of a wrong type")),
    Question("", "a token that is a minute too old", _read_status("401: expired token")),
    Question("", "a token from a clock that is two minutes ahead", _read_status("401: token two minutes ahead")),
    Question("", "no token", _read_status("401: no token")),
    Question("", "an unknown path", _read_status("unknown path")),
    Question("", "an unknown path with a wrong key: 401 or 404 first", _read_status("unknown path with a wrong key")),
    Question("", "HEAD", _read_status("HEAD")),
    Question("", "a slash at the end of the path", _read_status("slash at the end")),
    Question("", "an id in the path that is no UUID", _read_status("id that is no UUID")),
    Question("", "an id in the path that is no integer", _read_status("id that is no integer")),
    Question("", "a field of a wrong type", _read_status("field of a wrong type")),
    Question("", "a field that is not described", _read_status("field that is not described")),
    Question("H21, H22", "null in place of a value", _read_status("null in place of a value")),
    Question("H22", "a list in place of an object", _read_status("list in place of an object")),
    Question("D15", "the first page of surveys", _find_first_page),
    Question("D42, H23", "history without inboxID", _read_status("history without inboxID")),
    Question("D24", "users.get with a body on GET", _read_status("users.get")),
    Question("D01", "kind of a channel's id", _list_kinds("contact_channels.list", "[].id")),
    Question("D02", "kind of a channel's contact_id", _list_kinds("contact_channels.list", "[].contact_id")),
    Question("D03", "fields of a contact of v1", _list_names("contacts.get_v1", "")),
    Question("D03", "fields of a contact of v2", _list_names("contacts.get", "")),
    Question("D04", "fields of a contact's tags", _list_names("contacts.list", "[].tags[]")),
    Question("D07", "fields of a contact's status", _list_names("contacts.get_status", "")),
    Question("D08", "words for a contact's status", _list_words("status", "contacts.get_status")),
    Question("D14", "kind of a count", _list_kinds("contacts.count", "")),
    Question("D16", "fields of the response of a send", _list_names("messages.send", "")),
    Question("D21", "fields of an inbox", _list_names("inboxes.list", "[]")),
    Question("D22, D23", "fields of a member of the team", _list_names("team.get", "members[]")),
    Question("D25", "kind of a member's role", _list_kinds("team.get", "members[].role")),
    Question("D31", "fields of a schedule", _list_names("schedules.get", "")),
    Question("D37", "fields of a conversation", _list_names("conversations.list", "[]")),
    Question("D41", "fields of a message", _list_names("messages.list", "[]")),
    Question("D51", "uuid in what a write returns", _list_kinds("contacts.create", "uuid")),
    Question("H7", "words for a message's status", _list_words("[].status", "messages.list", "messages.history")),
    Question("H18", "words for a message's type", _list_words("[].type", "messages.list", "messages.history")),
    Question("H17", "a time that isn't set, as 0001-01-01T00:00:00Z", _find_zero_time),
    Question("", "a repeated local_id", _compare_repeat),
)  # fmt: skip
"""What is asked, in the order of the report."""
