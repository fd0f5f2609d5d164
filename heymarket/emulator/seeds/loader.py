"""Seeds that somebody wrote: read from YAML or JSON, checked against the description, and made complete.

A seed has the form of what `GET /_emulator/state` answers: `team`, and lists of records by kind. All but what makes a
record that record may be left out. What doesn't fit is said in one line that names the record and the member, never
its value.

    team: {name: Example Inc.}
    tags: [{tag: vip}]
    contacts:
      - {phone: "15555550100", first: Ada, tags: [{tag_id: 71}]}
      - {email: grace@example.com, contact_channels: [{channel_type: email, channel_id: grace@example.com}]}
"""

from __future__ import annotations

import json
import math
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs

from heymarket import description
from heymarket.emulator.api.json import finite, no_constant
from heymarket.emulator.api.validation import is_phone
from heymarket.emulator.clock import canonical
from heymarket.emulator.domain.contacts import full_name
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.state import uuid_of

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from heymarket.emulator.state import Record

__all__ = ["checked", "parse", "read"]

_KINDS: Mapping[str, tuple[str, int]] = {
    "users": ("TeamUser", 21),
    "inboxes": ("Inbox", 31),
    "fields": ("CustomField", 101),
    "contacts": ("Contact", 501),
    "tags": ("ContactTag", 71),
    "lists": ("List", 41),
    "templates": ("Template", 51),
    "surveys": ("Survey", 81),
    "schedules": ("Schedule", 61),
    "conversations": ("Conversation", 601),
    "messages": ("Message", 701),
}
"""The kinds of records: what describes one, and the first id given to those that have none."""

_FIRST_CHANNEL = 1001
_TEAM = {"id": 7, "name": "Example Inc.", "list_size": 1000}

_NEEDED = {
    "users": ["name"],
    "inboxes": ["name"],
    "fields": ["title"],
    "tags": ["tag"],
    "lists": ["name"],
    "templates": ["name"],
    "surveys": ["name"],
    "schedules": ["execute"],
    "conversations": ["inbox"],
    "messages": ["_conversation_id", "date"],
}
"""What a record of a kind can't do without."""

_NOBODY = {"assigned", "assigned_user_id", "creator_id", "user"}
"""Members that may be 0, for no user."""

_MOST_TAGS = 5

_REFERENCES = (
    ("inboxes", ("members", "[]"), "users"),
    ("contacts", ("tags", "[]", "tag_id"), "tags"),
    ("contacts", ("custom", "{}"), "fields"),
    ("contacts", ("assigned_user_id",), "users"),
    ("contacts", ("creator_id",), "users"),
    ("contacts", ("inbox_id",), "inboxes"),
    ("lists", ("_contact_ids", "[]"), "contacts"),
    ("lists", ("creator_id",), "users"),
    ("templates", ("creator_id",), "users"),
    ("schedules", ("inbox_id",), "inboxes"),
    ("schedules", ("user_id",), "users"),
    ("conversations", ("inbox",), "inboxes"),
    ("conversations", ("assigned",), "users"),
    ("messages", ("_conversation_id",), "conversations"),
    ("messages", ("user",), "users"),
)
"""Members that name records of another kind."""

_MOMENTS = ("created", "updated", "date", "execute")
_LARGEST = 2**63 - 1
_TYPES = {"array": "a list", "boolean": "true or false", "integer": "a whole number", "object": "a mapping"}


def read(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The seed in a file.

    Args:
        path: A file in YAML or JSON, UTF-8.

    Raises:
        EmulatorError: It can't be read, or it doesn't fit.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise EmulatorError(f"The seed {path} can't be read: {error.strerror or 'it is no file'}.") from None
    return parse(content)


def parse(text: str | bytes) -> dict[str, Any]:
    """The seed in a text.

    Args:
        text: YAML or JSON; as bytes, UTF-8.

    Raises:
        EmulatorError: It is neither, or it doesn't fit.
    """
    try:
        text = text.decode("utf-8-sig") if isinstance(text, bytes) else text
    except UnicodeDecodeError:
        raise _unfit("it is no text in UTF-8") from None
    document = _loaded(text)
    if not isinstance(document, dict):
        raise _unfit("it has to be a mapping, with members such as contacts and inboxes")
    if "\\" in text:
        try:
            json.dumps(document, ensure_ascii=False).encode()
        except (UnicodeEncodeError, ValueError, TypeError, RecursionError):
            raise _unfit("it holds a text with half a character (a lone surrogate)") from None
    return checked(cast("dict[str, Any]", document))


def checked(document: Mapping[str, Any]) -> dict[str, Any]:
    """A seed, complete: with ids and UUIDs, and a contact's number as a channel.

    Args:
        document: As JSON has it. It stays as it is.

    Raises:
        EmulatorError: It doesn't fit.
    """
    try:
        error = next(iter(_validator().iter_errors(dict(document))), None)
    except (TypeError, ValueError):
        raise _unfit("it holds something that JSON doesn't have") from None
    if error:
        raise _unfit(_explained(document, error))
    (team,) = _with_ids("team", [{**_TEAM, **document.get("team", {})}], 0)
    seed: dict[str, Any] = {"team": team}
    for kind, (_, first_id) in _KINDS.items():
        seed[kind] = _with_ids(kind, document.get(kind, ()), first_id)
        _normalise_moments(kind, seed[kind])
    _complete_lists(seed["lists"], seed["contacts"])
    _complete_contacts(seed["contacts"])
    _complete_conversations(seed["conversations"])
    _check_schedules(seed["schedules"])
    ids = {kind: {record["id"] for record in seed[kind]} for kind in _KINDS}
    for kind, path, target in _REFERENCES:
        _check_references(kind, seed[kind], path, target, ids[target])
    return seed


@cache
def _validator() -> Any:
    schemas = description.load()["components"]["schemas"]
    kinds: dict[str, Any] = {
        kind: {
            "type": "array",
            "items": {"$ref": f"#/components/schemas/{schema}", "required": _NEEDED.get(kind, [])},
        }
        for kind, (schema, _) in _KINDS.items()
    }
    kinds["team"] = {"type": "object", "properties": {"id": {"type": "integer"}, "list_size": {"type": "integer"}}}
    kinds["lists"]["items"]["properties"] = {"_contact_ids": {"type": "array", "items": {"type": "integer"}}}
    kinds["messages"]["items"]["properties"] = {"_conversation_id": {"type": "integer"}}
    kinds["contacts"]["items"]["properties"] = {
        "contact_channels": {"items": {"required": ["channel_type", "channel_id"]}}
    }
    return jsonschema_rs.Draft202012Validator(
        {
            "type": "object",
            "properties": kinds,
            "additionalProperties": False,
            "components": {"schemas": schemas},
        },
        validate_formats=True,
    )


def _explained(document: Mapping[str, Any], error: Any) -> str:
    """Where in the seed something is wrong, and what."""
    kind, *rest = error.instance_path or ["it"]
    steps: list[str] = [str(kind)]
    if rest and isinstance(rest[0], int):
        steps = [_named(str(kind), rest[0], document[kind][rest[0]])]
        rest = rest[1:]
    # A key may be a phone number.
    steps += [re.sub(r"[0-9]{5,}", "...", str(step)) for step in rest]
    where = ": ".join([steps[0], ".".join(steps[1:])]) if steps[1:] else steps[0]
    match type(error.kind).__name__.rpartition("_")[2]:
        case "Required":
            return f"{where}: {error.kind.property} is missing"
        case "Type":
            types = " or ".join(_TYPES.get(one, f"a {one}") for one in error.kind.types)
            return f"{where} has to be {types}" + (", in quotes in YAML" if "string" in error.kind.types else "")
        case "Format":
            return f"{where} has to be of the format {error.kind.format}"
        case "AdditionalProperties":
            return f"it has a member that no seed has; the members are team, {', '.join(_KINDS)}"
        case other:
            return f"{where} doesn't fit its description ({other})"


def _with_ids(kind: str, records: Sequence[Mapping[str, Any]], first_id: int) -> list[Record]:
    """The records, each with an id: the lowest ones that are free, where they have none."""
    taken: set[int] = set()
    for index, record in enumerate(records):
        if (id_ := record.get("id")) is None:
            continue
        if type(id_) is not int or not 1 <= id_ <= _LARGEST:
            raise _unfit(f"{_named(kind, index)}: id has to be from 1 to {_LARGEST}")
        if id_ in taken:
            raise _unfit(f"{_named(kind, index, record)}: id is that of another one")
        taken.add(id_)
    free = _free(first_id, taken)
    return [{**record, "id": record["id"] if "id" in record else next(free)} for record in records]


def _free(first: int, taken: Collection[int]) -> Iterator[int]:
    while True:
        if first not in taken:
            yield first
        first += 1


def _normalise_moments(kind: str, records: Sequence[Record]) -> None:
    for index, record in enumerate(records):
        for name in _MOMENTS:
            if name in record:
                try:
                    record[name] = canonical(record[name])
                except ValueError:
                    raise _unfit(f"{_named(kind, index, record)}: {name} is no time with a time zone") from None


def _complete_contacts(contacts: Sequence[Record]) -> None:
    ids = {one["id"] for contact in contacts for one in contact.get("contact_channels", ()) if "id" in one}
    free = _free(_FIRST_CHANNEL, ids)
    uuids: set[str] = set()
    values: set[tuple[str, str]] = set()
    numbers: set[int] = set()
    for index, contact in enumerate(contacts):
        contact["uuid"] = uuid = contact["uuid"].lower() if "uuid" in contact else uuid_of(contact["id"])
        wrong = "uuid is that of another one" if uuid in uuids else None
        uuids.add(uuid)
        contact["contact_channels"] = _channels_of(contact)
        for channel in contact["contact_channels"]:
            channel["contact_id"] = contact["id"]
            if "id" not in channel:
                channel["id"] = next(free)
            value, id_ = (channel["channel_type"], channel["channel_id"]), channel["id"]
            if value[0] == "phone" and not is_phone(value[1]):
                wrong = "a phone number has to be digits with the country code, without plus"
            elif value in values:
                wrong = "one of its channels, or its phone, is there already"
            elif id_ in numbers or type(id_) is not int or not 1 <= id_ <= _LARGEST:
                wrong = "the id of one of its channels is there already, or can't be one"
            values.add(value)
            numbers.add(id_)
        if wrong:
            raise _unfit(f"{_named('contacts', index, contact)}: {wrong}")
        if len(contact.get("tags", ())) > _MOST_TAGS:
            raise _unfit(f"{_named('contacts', index, contact)}: tags has more than {_MOST_TAGS}")
        contact.setdefault("is_opted_out", False)
        if "display_name" not in contact:
            contact["display_name"] = full_name(contact.get("first", ""), contact.get("last", ""))


def _channels_of(contact: Record) -> list[Record]:
    """A contact's channels, with one for its number; and the contact with the number and address of its channels."""
    channels = [dict(one) for one in contact.get("contact_channels", ())]
    phone = contact.get("phone")
    if phone and not any(one["channel_id"] == phone and one["channel_type"] == "phone" for one in channels):
        channels.insert(0, {"channel_type": "phone", "channel_id": phone, "info_channel": "", "channel_handle": ""})
    for channel in channels:
        if (kind := channel["channel_type"]) in {"phone", "email"} and not contact.get(kind):
            contact[kind] = channel["channel_id"]
    return channels


def _complete_conversations(conversations: Sequence[Record]) -> None:
    """Put the numbers of groups into the order by which their conversations are found."""
    keys: set[tuple[Any, ...]] = set()
    for index, record in enumerate(conversations):
        targets = cast("list[Any]", record.get("targets", []))
        wrong = None
        if type(targets) is not list or not all(isinstance(one, str) for one in targets):
            wrong = "targets has to be a list of texts"
        elif record.get("channel") != "email":
            phones = [record["target"]] if "target" in record else sorted(set(targets))
            key = (record["inbox"], *phones)
            if not phones or not all(map(is_phone, phones)):
                wrong = "target, or targets, has to be phone numbers: digits with the country code, without plus"
            elif key in keys:
                wrong = "its inbox has a conversation with the same target, or targets, already"
            keys.add(key)
            if len(phones) == 1:
                record["target"] = phones[0]
            else:
                record["targets"] = phones
        elif not targets:
            wrong = "targets is missing"
        if wrong:
            raise _unfit(f"{_named('conversations', index, record)}: {wrong}")


def _check_schedules(schedules: Sequence[Record]) -> None:
    for index, record in enumerate(schedules):
        to = record.get("meta", {}).get("content", {}).get("to")
        phones = cast("list[Any]", record.get("_targets", []))
        wrong = type(phones) is not list or not all(isinstance(one, str) and is_phone(one) for one in phones)
        if wrong or (to and not is_phone(to)):
            where = f"{_named('schedules', index, record)}: _targets, and to of meta.content,"
            raise _unfit(f"{where} have to be phone numbers: digits with the country code, without plus")


def _complete_lists(lists: Sequence[Record], contacts: list[Record]) -> None:
    """Let lists that name their members by phone number name contacts, who are made where there are none."""
    if all("_contact_ids" in record for record in lists):
        return
    by_phone = {phone: contact["id"] for contact in contacts for phone in _phones(contact)}
    free = _free(_KINDS["contacts"][1], {contact["id"] for contact in contacts})
    for index, record in enumerate(lists):
        targets: Mapping[str, Mapping[str, str]] = record.pop("targets", {})
        if "_contact_ids" in record:
            continue
        if not all(map(is_phone, targets)):
            raise _unfit(f"{_named('lists', index, record)}: targets has to have phone numbers for keys")
        for phone, names in targets.items():
            if phone not in by_phone:
                by_phone[phone] = next(free)
                name = {"first": names.get("f", ""), "last": names.get("l", "")}
                contacts.append({"id": by_phone[phone], "phone": phone, **name})
        record["_contact_ids"] = [by_phone[phone] for phone in targets]


def _phones(contact: Record) -> list[str]:
    """The numbers of a contact that isn't complete yet."""
    channels = contact.get("contact_channels", ())
    phones = [one["channel_id"] for one in channels if one["channel_type"] == "phone"]
    return [contact["phone"], *phones] if contact.get("phone") else phones


def _check_references(
    kind: str, records: Sequence[Record], path: tuple[str, ...], target: str, ids: Collection[int]
) -> None:
    for index, record in enumerate(records):
        if path[0] in record:
            for id_ in _ids_in(record[path[0]], path[1:]):
                if id_ not in ids and not (id_ == 0 and kind != "schedules" and path[0] in _NOBODY):
                    what = f"{path[0]} names a record that is not among {target}"
                    raise _unfit(f"{_named(kind, index, record)}: {what}")


def _ids_in(value: Any, path: tuple[str, ...]) -> Iterable[Any]:
    match path:
        case ("{}", *_):
            return [int(key) if key.isdecimal() and key.isascii() else None for key in value]
        case ("[]", name):
            return [one[name] for one in value if name in one]
        case ("[]",):
            return cast("list[Any]", value)
        case _:
            return [value]


def _named(kind: str, index: int, record: Any = None) -> str:
    """Which record: its place, and its id if it has one."""
    id_ = cast("Mapping[str, Any]", record).get("id") if isinstance(record, dict) else None
    return f"{kind}, number {index + 1}" + (f" (id {id_})" if type(id_) is int else "")


def _loaded(text: str) -> Any:
    if not text.lstrip().startswith(("{", "[")):
        return _from_yaml(text)
    try:
        return json.loads(text, parse_constant=no_constant, parse_float=finite)
    except (ValueError, RecursionError) as error:
        try:
            return _from_yaml(text)
        except EmulatorError:
            where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
            raise _unfit(f"it is neither JSON{where} nor YAML") from None


def _from_yaml(text: str) -> Any:
    import yaml  # noqa: PLC0415 - takes longer to import than most seeds to read, and JSON doesn't need it

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc] # which of the two is known at run time
        """YAML as JSON has it: a time is a text."""

        yaml_implicit_resolvers = {  # noqa: RUF012 - that is how PyYAML has it
            start: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
            for start, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    try:
        return _with_text_keys(yaml.load(text, Loader))  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        raise _unfit("it is no YAML" + (f" (line {mark.line + 1})" if mark else "")) from None


def _with_text_keys(value: Any) -> Any:
    """The same with keys that JSON can have: `101: Gold` in YAML has a number for a key."""
    if isinstance(value, dict):
        members = cast("dict[object, object]", value)
        return {str(key): _with_text_keys(one) for key, one in members.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise _unfit("it holds a number that JSON doesn't have")
    return [_with_text_keys(one) for one in cast("list[object]", value)] if isinstance(value, list) else value


def _unfit(why: str) -> EmulatorError:
    return EmulatorError(f"The seed doesn't fit: {why}.")
