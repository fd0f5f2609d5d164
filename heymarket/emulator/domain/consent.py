"""Consent: whether a contact may be texted, and what follows when it opts out, opts in, or is blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.domain import contacts, conversations
from heymarket.emulator.domain.contacts import is_blocked, is_opted_out
from heymarket.emulator.domain.team_settings import get_settings

if TYPE_CHECKING:
    from heymarket.emulator.domain.team_settings import TeamSettings
    from heymarket.emulator.state import Record, State

__all__ = [
    "block",
    "confirm",
    "is_awaiting_confirmation",
    "is_reminder_due",
    "note_request",
    "opt_in",
    "opt_out",
    "run_opt_out_actions",
    "set_status",
    "unblock",
]

_CONFIRMED = "_confirmed"
_REQUESTS = "_confirmation_requests"
_REMINDERS = 3
_BETWEEN_REMINDERS = 12 * 3600


def opt_out(state: State, contact: Record, by: Literal["team", "contact"], *, notify: bool = True) -> Record:
    """Opt a contact out; notify the webhook if that is a change.

    Args:
        state: Where it is stored.
        contact: Which one.
        by: Who wants it so. After one by the team, the team's opt-out actions are run.
        notify: Whether to notify the webhook.
    """
    mark = "_unsubscribed_admin" if by == "team" else "_unsubscribed_contact"
    was_out = is_opted_out(contact)
    if was_out and contact.get(mark):
        return contact
    if not was_out and notify:
        state.emit("target_opt_out", {"phone": contact.get("phone", "")})
    contact = state.contacts.change(contact, is_opted_out=True, **{mark: True})
    if not was_out and by == "team":
        run_opt_out_actions(state, contact, notify=notify)
    return contact


def run_opt_out_actions(state: State, contact: Record, *, notify: bool = True) -> None:
    """Do what the team's settings ask for after an opt-out.

    Args:
        state: Where all that it changes is stored.
        contact: Who opted out.
        notify: Whether to notify the webhook.
    """
    settings = get_settings(state)
    if settings.opt_out_closes_chats:
        reached_at = [channel["channel_id"] for channel in state.channels.all(contact_id=contact["id"])]
        for conversation in state.conversations.all(target=reached_at):
            conversations.close(state, conversation, silently=not notify)
    if settings.opt_out_leaves_lists:
        contacts.leave_lists(state, contact)


def opt_in(state: State, contact: Record, *, notify: bool = True) -> Record:
    """Opt a contact in again, after an opt-out by itself or by the team; notify the webhook if that is a change."""
    if not is_opted_out(contact):
        return contact
    if notify:
        state.emit("target_opt_in", {"phone": contact.get("phone", "")})
    marks = {"_unsubscribed_admin": False, "_unsubscribed_contact": False}
    return state.contacts.change(contact, is_opted_out=False, **marks)


def is_awaiting_confirmation(settings: TeamSettings, contact: Record | None) -> bool:
    """Whether double opt-in forbids to text a contact; nobody may text one that isn't known, or hasn't confirmed."""
    return settings.double_opt_in and not (contact or {}).get(_CONFIRMED)


def is_reminder_due(state: State, contact: Record) -> bool:
    """Whether a contact that writes in is asked to confirm: first at once, then three times, 12 hours apart."""
    requests: list[float] = contact.get(_REQUESTS, [])
    if not requests:
        return True
    return len(requests) <= _REMINDERS and state.clock.time() - requests[-1] >= _BETWEEN_REMINDERS


def note_request(state: State, contact: Record) -> Record:
    """Note that a contact was asked to confirm; notify the webhook the first time."""
    requests: list[float] = contact.get(_REQUESTS, [])
    if not requests:
        state.emit("target_double_opt_restricted", {"phone": contact.get("phone", "")})
    return state.contacts.put({**contact, _REQUESTS: [*requests, state.clock.time()]})


def confirm(state: State, contact: Record) -> Record:
    """Confirm, by a contact that was asked to; notify the webhook. Without having been asked, nothing happens."""
    if not contact.get(_REQUESTS):
        return contact
    state.emit("target_double_opt_in", {"phone": contact.get("phone", "")})
    return state.contacts.change(contact, **{_CONFIRMED: True})


def block(state: State, contact: Record) -> Record:
    """Block a contact: it neither gets nor sends messages."""
    return contact if is_blocked(contact) else state.contacts.change(contact, _blocked=True)


def unblock(state: State, contact: Record) -> Record:
    """Undo a block; an opt-out stays."""
    return state.contacts.change(contact, _blocked=False) if is_blocked(contact) else contact


def set_status(state: State, contact: Record, status: str) -> Record:
    """Block a contact or opt it out, or undo that, as the team does.

    Raises:
        APIErrorResponse: 400, there is no such status.
    """
    match status:
        case "blocked":
            return block(state, contact)
        case "active" | "unblocked":
            return unblock(state, contact)
        case "subscribed":
            return opt_in(state, contact)
        case "unsubscribed":
            return opt_out(state, contact, by="team")
        case _:
            raise APIErrorResponse(
                400, "bad_data: status has to be active, blocked, unblocked, subscribed or unsubscribed"
            )
