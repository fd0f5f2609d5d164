"""Lookups of what a request refers to by id: found, or refused.

The rule for all operations: 404 for what a call is about, whether the path names it or the body; 400 for whatever else
it refers to that isn't there; 403 for what is there and may not be used so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from heymarket.emulator.api.errors import APIErrorResponse

if TYPE_CHECKING:
    from heymarket.emulator.state import Record, State

__all__ = [
    "get_contact",
    "get_contact_by_uuid",
    "get_inbox",
    "get_member",
    "get_owner",
    "require_referred",
    "require_subject",
]


def require_subject(record: Record | None, what: str) -> Record:
    """What a call is about.

    Args:
        record: What was found.
        what: Its kind, such as `conversation`.

    Raises:
        APIErrorResponse: 404, there is none.
    """
    if record is None:
        raise APIErrorResponse(404, f"{what}: there is no such {what}")
    return record


def require_referred(
    record: Record | None, name: str, what: str, id_: int | None = None, *, code: str | None = None
) -> Record:
    """What a field of the request refers to.

    Args:
        record: What was found.
        name: The field's name.
        what: The kind of what it refers to.
        id_: The field's value, if it is an id.
        code: The response's `error_code`; `bad_data` by default.

    Raises:
        APIErrorResponse: 400, there is none.
    """
    if record is None:
        raise APIErrorResponse(
            400, f"bad_data: {name}: there is no {f'such {what}' if id_ is None else f'{what} {id_}'}", code=code
        )
    return record


def get_inbox(state: State, inbox_id: int, name: str = "inbox_id") -> Record:
    """The inbox that a request names.

    Raises:
        APIErrorResponse: 400, there is none.
    """
    return require_referred(state.inboxes.get(inbox_id), name, "inbox", inbox_id, code="inbox_not_found")


def get_member(state: State, inbox: Record, user_id: int, name: str) -> Record:
    """The user that a request names, who must be a member of the inbox.

    Raises:
        APIErrorResponse: 400, there is no such user; 403, the user is no member.
    """
    user = require_referred(state.users.get(user_id), name, "user", user_id)
    if user["id"] not in inbox.get("members", ()):
        raise APIErrorResponse(
            403, f"sender: {name} names a user who is not a member of the inbox", code="no_sender_available"
        )
    return user


def get_owner(state: State) -> Record:
    """The team's owner: its first administrator, or its first user where there is none.

    Raises:
        APIErrorResponse: 400, the team has no user at all.
    """
    users = state.users.all()
    return require_referred(
        next((user for user in users if user.get("role_id") == 1), users[0] if users else None), "team", "user"
    )


def get_contact(state: State, id_: int) -> Record:
    """The contact with this integer id.

    Raises:
        APIErrorResponse: 404, there is none.
    """
    return require_subject(state.contacts.get(id_), "contact")


def get_contact_by_uuid(state: State, uuid: str) -> Record:
    """The contact with this UUID.

    Raises:
        APIErrorResponse: 404, there is none.
    """
    contact = state.contacts.first(uuid=uuid.lower())
    if contact is None and not _is_uuid(uuid):
        raise APIErrorResponse(404, "contact: the path takes a contact's UUID")
    return require_subject(contact, "contact")


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False
