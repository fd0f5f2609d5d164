"""The calls of a calibration, as data: those that read are made from the description, the others are listed here.

`{phone}` in a path, query or body is what an earlier response, or the user, said `phone` is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, cast

from attrs import field, frozen

from heymarket import description

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from heymarket.description import OperationInfo

__all__ = ["BUDGET", "Credential", "Step", "make_plan"]

BUDGET = 60
"""Calls that a calibration makes at most, deletions that failed and are tried again apart."""

Credential = Literal["right", "wrong", "expired", "ahead", "none"]


@frozen
class Step:
    """One call.

    Attributes:
        name: What it is called in the report.
        method: The HTTP method.
        path: The path, with variables.
        query: The query, with variables.
        body: The body, with variables; `None` for none.
        kind: Whether it reads; writes; or sends a text, to the user's own number only.
        credential: What it signs in with.
        saves: Variables that its response gives, each with the field that it is in. Of a list, the first item that has
            all of them counts, a number being what is called `..._phone`.
        makes: The variable of the record that it makes.
        changes: The variable of the record that it changes, which an earlier step has to have made.
        deletes: The same, if it deletes the record. Such a step is made in any case, once there is something to delete.
        unless: A step which must have been refused, because what this one makes would have been there already.
    """

    name: str
    method: str
    path: str
    query: Mapping[str, Any] = field(factory=dict[str, Any])
    body: Any = None
    kind: Literal["read", "write", "text"] = "read"
    credential: Credential = "right"
    saves: Mapping[str, str] = field(factory=dict[str, str])
    makes: str = ""
    changes: str = ""
    deletes: str = ""
    unless: str = ""

    @property
    def variables(self) -> frozenset[str]:
        """The variables that it needs."""
        return frozenset(
            re.findall(r"\{(\w+)\}", f"{self.path} {_list_strings(self.query)} {_list_strings(self.body)}")
        )


def _list_strings(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(map(_list_strings, cast("dict[str, object]", value).values()))
    return " ".join(map(_list_strings, cast("list[object]", value))) if isinstance(value, list) else str(value)


_PARAMETERS = {
    "contactID": "{contact_uuid}",
    "channelType": "phone",
    "phoneNumber": "{chat_phone}",
    "inboxID": "{chat_inbox}",
}
"""Values of required parameters. An `id` is the first that the resource's list has."""

_BODIES: Mapping[str, Any] = {
    "contacts.lookup": {"phone": "{phone}"},
    "contacts.get_status": {"phone": "{phone}"},
    "contacts.search": {"contact_channels": [{"channel_type": "phone", "channel_ids": ["{phone}"]}]},
    "conversations.list": {"id": "{user_id}", "filters": {}},
    "conversations.count": {"id": "{user_id}", "filters": {}},
    "users.get": {"email": ["{email}"]},
}
"""Bodies of operations that need one with something in it."""

_SAVES: Mapping[str, Mapping[str, str]] = {
    "team.get": {"user_id": "members.0.id", "email": "members.0.email"},
    "inboxes.list": {"inbox_id": "id", "member_id": "members.0"},
    "conversations.list": {"conversations_id": "id", "chat_inbox": "inbox", "chat_phone": "target"},
    "contacts.list": {"contact_uuid": "uuid", "phone": "phone"},
    "contacts.list_v1": {"contacts_id": "id"},
}

_WITHOUT_A_SOURCE = {"schedules.get"}
"""Operations whose ids no list gives."""

_NOBODY = "00000000-0000-4000-8000-00000000ffff"
_LISTS = "/v1/tags"

PROBES = (
    Step("401: wrong key", "GET", "/v1/team", credential="wrong"),
    Step("401: expired token", "GET", "/v1/team", credential="expired"),
    Step("401: token two minutes ahead", "GET", "/v1/team", credential="ahead"),
    Step("401: no token", "GET", "/v1/team", credential="none"),
    Step("unknown path", "GET", "/v1/heymarket-calibration"),
    Step("unknown path with a wrong key", "GET", "/v1/heymarket-calibration", credential="wrong"),
    Step("HEAD", "HEAD", "/v1/team"),
    Step("slash at the end", "GET", "/v1/team/"),
    Step("unknown UUID", "GET", f"/v2/contact/{_NOBODY}"),
    Step("id that is no UUID", "GET", "/v2/contact/x"),
    Step("id that is no integer", "GET", "/v1/tag/x"),
    Step("field of a wrong type", "POST", _LISTS, body={"date": 1}),
    Step("field that is not described", "POST", _LISTS, body={"heymarket_calibration": 1}),
    Step("null in place of a value", "POST", _LISTS, body={"date": None}),
    Step("list in place of an object", "POST", _LISTS, body=[]),
    Step("page 0", "POST", "/v1/surveys", body={"page": 0}),
    Step("page 1", "POST", "/v1/surveys", body={"page": 1}),
    Step("history without inboxID", "GET", "/v1/messages", {"phoneNumber": "{chat_phone}"}),
)
"""Calls that change nothing, for what nobody knows."""

WRITES = (
    Step("tags.create", "POST", "/v1/tag", body={"tag": "{own_name}"}, kind="write", makes="own_tag",
         saves={"own_tag": "id"}),
    Step("tags.delete", "DELETE", "/v1/tag/{own_tag}", kind="write", deletes="own_tag"),
    Step("templates.create", "POST", "/v1/template", kind="write", makes="own_template", saves={"own_template": "id"},
         body={"title": "{own_name}", "content": {"text": "Not sent."}, "local_id": "{template_local_id}"}),
    Step("templates.delete", "DELETE", "/v1/template/{own_template}", kind="write", deletes="own_template"),
    Step("contacts.lookup: nobody", "POST", "/v1/contact/get", body={"phone": "{made_up_phone}"}),
    Step("contacts.create", "POST", "/v2/contact", kind="write", makes="own_contact", saves={"own_contact": "uuid"},
         unless="contacts.lookup: nobody",
         body={"first": "Heymarket", "last": "Calibration",
               "contact_channels": [{"channel_type": "phone", "channel_id": "{made_up_phone}"}]}),
    Step("contacts.update", "PUT", "/v2/contact/{own_contact}", kind="write", changes="own_contact",
         body={"first": "Heymarket", "last": "Changed", "phone": "{made_up_phone}"}),
    Step("contacts.delete", "DELETE", "/v2/contact/{own_contact}", kind="write", deletes="own_contact"),
)  # fmt: skip
"""Calls that make records, and those that delete them again."""

_SEND = {"inbox_id": "{inbox_id}", "creator_id": "{member_id}", "phone_number": "{own_number}", "text": "{code_text}",
         "local_id": "{message_local_id}"}  # fmt: skip

TEXTS = (
    Step("messages.send", "POST", "/v1/message/send", body=_SEND, kind="text"),
    Step("messages.send: the same local_id", "POST", "/v1/message/send", body=_SEND, kind="text"),
    Step("schedules.create", "POST", "/v1/schedule", kind="text", makes="own_schedule", saves={"own_schedule": "id"},
         body={"inbox_id": "{inbox_id}", "phone_number": "{own_number}", "execute_at": "{in_a_year}",
               "content": {"text": "{code_text}"}, "local_id": "{schedule_local_id}", "user_id": "{user_id}"}),
    Step("schedules.get", "GET", "/v1/schedule/{own_schedule}", kind="write", changes="own_schedule"),
    Step("schedules.delete", "DELETE", "/v1/schedule/{own_schedule}", kind="write", deletes="own_schedule"),
)  # fmt: skip
"""The first has a code, which the user has to type before the others are made."""


def make_plan(*, writes: bool = False, texts: bool = False) -> tuple[Step, ...]:
    """The calls in their order, reads first.

    Args:
        writes: Whether some records may be made and deleted.
        texts: Whether the user's own number may be texted.
    """
    return (*_make_reads(), *PROBES, *(WRITES if writes else ()), *(TEXTS if texts else ()))


def _make_reads() -> Iterator[Step]:
    """The operations that only read. Those that give what others need come first."""
    steps = [_make_read(operation) for operation in description.operations() if _is_read(operation)]
    known: set[str] = set()
    while steps:
        ready = [one for one in steps if one.variables <= known] or steps  # of a new operation, nothing may be known
        yield from ready
        known |= {name for one in ready for name in one.saves}
        steps = [one for one in steps if one not in ready]


def _is_read(operation: OperationInfo) -> bool:
    reads = operation.http_method == "GET" or operation.spec.get("x-heymarket-safe-to-repeat") is True
    return reads and "security" not in operation.spec and operation.name not in _WITHOUT_A_SOURCE


def _make_read(operation: OperationInfo) -> Step:
    own_id = f"{operation.resource}_id"
    values = {"id": f"{{{own_id}}}", **_PARAMETERS}
    parameters = [one for one in operation.spec.get("parameters", []) if one.get("required")]
    required = {one["name"]: values.get(one["name"], "") for one in parameters if one.get("in") == "query"}
    path = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), operation.prefix + operation.path)
    saves = _SAVES.get(operation.name, {own_id: "id"} if operation.method_name in {"list", "list_v1"} else {})
    body = _BODIES.get(operation.name, {} if "requestBody" in operation.spec else None)
    return Step(operation.name, operation.http_method, path, required, body, saves=saves)
