"""What a request refers to by id: found, or refused.

The rule for all operations: 404 for what a call is about, whether the path names it or the body; 400 for whatever else
it refers to that isn't there; 403 for what is there and may not be used so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.api.errors import Refused

if TYPE_CHECKING:
    from heymarket.emulator.state import Record, State

__all__ = ["inbox_of", "member_of", "owner_of", "referred", "subject"]


def subject(record: Record | None, what: str) -> Record:
    """What a call is about.

    Args:
        record: What was found.
        what: Its kind, such as `conversation`.

    Raises:
        Refused: 404, there is none.
    """
    if record is None:
        raise Refused(404, f"{what}: there is no such {what}")
    return record


def referred(record: Record | None, name: str, what: str, *, code: str | None = None) -> Record:
    """What a member of the request refers to.

    Args:
        record: What was found.
        name: The member's name.
        what: The kind of what it refers to.
        code: The answer's `error_code`; `bad_data` by default.

    Raises:
        Refused: 400, there is none.
    """
    if record is None:
        raise Refused(400, f"bad_data: {name} names no {what} that there is", code=code)
    return record


def inbox_of(state: State, inbox_id: int, name: str = "inbox_id") -> Record:
    """The inbox that a request names.

    Raises:
        Refused: 400, there is none.
    """
    return referred(state.inboxes.get(inbox_id), name, "inbox", code="inbox_not_found")


def member_of(state: State, inbox: Record, user_id: int, name: str) -> Record:
    """The user that a request names, who has to be a member of the inbox.

    Raises:
        Refused: 400, there is no such user; 403, the user is no member.
    """
    user = referred(state.users.get(user_id), name, "user")
    if user["id"] not in inbox.get("members", ()):
        raise Refused(403, f"sender: {name} names a user who is not a member of the inbox", code="no_sender_available")
    return user


def owner_of(state: State) -> Record:
    """The team's owner: its first administrator, or its first user where there is none.

    Raises:
        Refused: 400, the team has no user at all.
    """
    users = state.users.all()
    return referred(
        next((user for user in users if user.get("role_id") == 1), users[0] if users else None), "team", "user"
    )
