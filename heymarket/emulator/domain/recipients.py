"""Who a message goes to, who sends it, and from which inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.domain import consent, conversations
from heymarket.emulator.domain.contacts import is_blocked, is_opted_out
from heymarket.emulator.domain.lookups import get_owner, require_referred
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from heymarket.emulator.domain.team_settings import TeamSettings
    from heymarket.emulator.state import Record, State


__all__ = [
    "find_creator",
    "find_inbox",
    "find_recipients",
    "get_conversation",
    "parse_addresses",
    "refuse_unreachable",
]

_TOLL_FREE = ("1800", "1833", "1844", "1855", "1866", "1877", "1888")


def parse_addresses(targets: Iterable[str]) -> list[str]:
    """The addresses of an email's `targets`.

    Raises:
        APIErrorResponse: 400, one isn't `to:` or `cc:` followed by addresses, or there is no `to:`.
    """
    addresses: list[str] = []
    kinds: set[str] = set()
    for target in targets:
        kind, _, rest = target.partition(":")
        named = [address.strip() for address in rest.split(",")]
        if kind not in {"to", "cc"} or not all(_is_address(address) for address in named):
            raise APIErrorResponse(
                400, "bad_data: targets takes to: or cc:, each followed by addresses with commas between"
            )
        kinds.add(kind)
        addresses += named
    if "to" not in kinds:
        raise APIErrorResponse(400, "bad_data: targets has no recipient with to:")
    return addresses


def _is_address(text: str) -> bool:
    local, _, domain = text.rpartition("@")
    return bool(local and domain) and not any(letter.isspace() for letter in text)


def find_recipients(state: State, inbox: Record, body: Mapping[str, Any]) -> tuple[Record | None, list[str]]:
    """The conversation, if there is one already, and whom it is with."""
    if "chat_id" in body:
        conversation = get_conversation(state, inbox, body["chat_id"], "chat_id")
        if conversation.get("channel") == "email" and not body.get("private"):
            raise APIErrorResponse(
                400, "bad_data: chat_id names a conversation of emails, where no text message can go"
            )
        return conversation, conversations.get_phones(conversation)
    phones = sorted(set(body["targets"])) if "targets" in body else [body["phone_number"]]
    if not phones:
        raise APIErrorResponse(400, "bad_data: targets is empty")
    if len(phones) > 1 and str(inbox.get("phone", "")).startswith(_TOLL_FREE):
        raise APIErrorResponse(400, "bad_data: targets can't be sent to from an inbox with a toll-free number")
    return conversations.find(state, inbox, phones), phones


def find_creator(state: State, inbox: Record, body: Mapping[str, Any]) -> int:
    """The id of who sends. If the call names nobody: the owner, if it is a member of the inbox, or its first member.

    Some programs name the sender by `creator_email`, which isn't described (D19).
    """
    if "creator_id" in body:
        return int(body["creator_id"])
    email, members = body.get("creator_email"), inbox.get("members", ())
    if isinstance(email, str) and email:
        named = next((user for user in state.users.all() if user.get("email") == email), None)
        return int(require_referred(named, "creator_email", "user")["id"])
    owner = get_owner(state)["id"]
    return int(owner if owner in members or not members else members[0])


def get_conversation(state: State, inbox: Record, number: int, name: str) -> Record:
    """The conversation that a field of a request names.

    Raises:
        APIErrorResponse: 400, there is none, or it is one of another inbox.
    """
    conversation = require_referred(state.conversations.get(number), name, "conversation", number)
    if conversation["inbox"] != inbox["id"]:
        raise APIErrorResponse(400, f"bad_data: {name} names a conversation of another inbox")
    return conversation


def refuse_unreachable(contacts: Iterable[Record | None], settings: TeamSettings | None = None) -> None:
    """See that all of them may be sent to; with settings, also that they have confirmed where that is asked for."""
    for contact in contacts:
        if contact and is_blocked(contact):
            raise APIErrorResponse(403, "recipient: the team has blocked a recipient", code="blocked_number")
        if contact and is_opted_out(contact):
            raise APIErrorResponse(403, "recipient: a recipient has opted out", code="unsubscribed_number")
        if settings and consent.is_awaiting_confirmation(settings, contact):
            raise APIErrorResponse(403, "recipient: a recipient hasn't confirmed yet (double opt-in)")


def find_inbox(state: State, phone: str, inbox_id: int | None) -> Record:
    """The inbox with this id; without one, that of the latest conversation with a phone number.

    Raises:
        EmulatorError: There is no such inbox.
    """
    if inbox_id is None:
        latest = state.conversations.page(target=phone, limit=1)
        inbox = state.inboxes.get(latest[0]["inbox"]) if latest else state.inboxes.first()
    else:
        inbox = state.inboxes.get(inbox_id)
    if inbox is None:
        known = ", ".join(str(one["id"]) for one in state.inboxes.all())
        raise EmulatorError(f"There is no such inbox. There are: {known or 'none at all'}.")
    return inbox
