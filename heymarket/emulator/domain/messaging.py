"""What happens when a message goes out or comes in.

A refusal comes before anything is stored, so that a caller who outlives it (a schedule) keeps nothing half-done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.validation import to_phone
from heymarket.emulator.domain import consent, conversations
from heymarket.emulator.domain.carriers import plan_reports
from heymarket.emulator.domain.contacts import (
    find_by_email,
    find_by_phone,
    find_or_create,
    is_blocked,
    is_opted_out,
    list_members,
)
from heymarket.emulator.domain.content import Content, build_content
from heymarket.emulator.domain.lookups import get_inbox, get_member, require_referred
from heymarket.emulator.domain.merge_tags import find_field_ids
from heymarket.emulator.domain.recipients import (
    find_creator,
    find_inbox,
    find_recipients,
    get_conversation,
    parse_addresses,
    refuse_unreachable,
)
from heymarket.emulator.domain.team_settings import get_settings
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from heymarket.emulator.domain.team_settings import TeamSettings
    from heymarket.emulator.state import Record, State

__all__ = ["receive", "send", "send_automatically", "send_email"]

_STOP = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit"}
_START = {"start", "unstop", "yes"}


def send(state: State, body: Mapping[str, Any]) -> Record:
    """Send a message, or write a private comment.

    Args:
        state: Where all that it changes is stored.
        body: From whom, to whom and what: the fields of `MessageWrite`.

    Returns:
        The fields of `SendResult`. That of a broadcast has the broadcast's id, and names no conversation.

    Raises:
        APIErrorResponse: It refers to something that isn't there, or the sender or a recipient isn't allowed.
    """
    inbox = get_inbox(state, body["inbox_id"])
    sender = get_member(state, inbox, find_creator(state, inbox, body), "creator_id")
    content = build_content(state, body)
    private = bool(body.get("private"))
    if private and "list_id" in body:
        raise APIErrorResponse(400, "bad_data: private comments are about one conversation, not about a list")
    message = {
        "user": sender["id"],
        "author": body.get("author") or sender.get("name", ""),
        "status": "sent",
        "type": "comment" if private else "mms" if content.media else "sms",
        **({"local_id": body["local_id"]} if "local_id" in body else {}),
        **({"media": content.media} if content.media else {}),
        **({"_survey_id": content.survey_id} if content.survey_id and not private else {}),
    }
    settings = get_settings(state)
    if "list_id" in body:
        return _broadcast(state, settings, inbox, body["list_id"], content, message)
    conversation, phones = find_recipients(state, inbox, body)
    # Tokens refer to one contact, and a group has several.
    contacts = [find_by_phone(state, phone) for phone in phones]
    message["text"] = content.text_for((contacts[0] if len(phones) == 1 else None) or {}, find_field_ids(state))
    if private:
        conversation = conversation or conversations.create(state, inbox, phones, creator=sender["id"])
        return _result(_store(state, conversation, message, last=conversation.get("last_msg", "")))
    refuse_unreachable(contacts, settings)
    for phone, contact in zip(phones, contacts, strict=True):
        if contact is None:
            find_or_create(state, phone)
    return _result(_send(state, settings, inbox, phones, conversation, message))


def send_automatically(state: State, conversation: Record, text: str, author: str = "") -> Record:
    """Send a text that no user and no caller asked for: by an automation, or by the service itself.

    Args:
        state: Where all that it changes is stored.
        conversation: Whom to.
        text: What to say.
        author: Who says it, as the inbox shows it.

    Returns:
        The message, as it is stored.

    Raises:
        APIErrorResponse: A recipient has opted out or is blocked, or it is a conversation of emails.
    """
    phones = conversations.get_phones(conversation)
    if not phones:
        raise APIErrorResponse(400, "bad_data: the conversation is one of emails, where no text message can go")
    refuse_unreachable([find_by_phone(state, phone) for phone in phones])
    inbox = get_inbox(state, conversation["inbox"])
    message = {"user": 0, "author": author, "status": "sent", "type": "sms", "text": text}
    return _send(state, get_settings(state), inbox, phones, conversation, message, by_api=False)


def send_email(state: State, body: Mapping[str, Any]) -> Record:
    """Send an email.

    Args:
        state: Where all that it changes is stored.
        body: From whom, to whom and what: the fields of `EmailWrite`.

    Returns:
        The fields of `SendResult`.

    Raises:
        APIErrorResponse: As for `send`.
    """
    inbox = get_inbox(state, body["inbox"], "inbox")
    sender = get_member(state, inbox, body["creator_id"], "creator_id")
    if "convo_id" in body:
        conversation = get_conversation(state, inbox, body["convo_id"], "convo_id")
        if conversation.get("channel") != "email":
            raise APIErrorResponse(
                400, "bad_data: convo_id names a conversation of text messages, where no email can go"
            )
        targets = conversation.get("targets", [])
    else:
        conversation, targets = None, body["targets"]
    addresses = parse_addresses(targets)
    refuse_unreachable([find_by_email(state, address) for address in addresses])
    if conversation is None:
        name = body.get("conv_title") or ", ".join(addresses)
        conversation = conversations.create(state, inbox, targets, channel="email", creator=sender["id"], name=name)
        conversations.notify(state, "chat_opened", conversation)
    conversation = conversations.reopen(state, conversation, sender["id"])
    message = {
        "user": sender["id"],
        "author": sender.get("name", ""),
        "status": "sent",
        "type": "email",
        "text": body["text"],
        **({"local_id": body["local_id"]} if "local_id" in body else {}),
    }
    stored = _store(state, conversation, message, last=body.get("raw_text") or body["text"])
    if get_settings(state).message_sent_by_api:
        _notify(state, "message_sent", stored)
    return _result(stored)


def receive(
    state: State, phone: str, text: str, *, inbox_id: int | None = None, media_url: str | None = None
) -> Record:
    """A contact writes in. Also stops and starts what the contact gets, by the usual words.

    Args:
        state: Where all that it changes is stored.
        phone: The contact's number, in any notation that the client takes; it need not be known yet.
        text: What it writes.
        inbox_id: To which inbox; by default to the one that it was last in contact with, else to the first.
        media_url: URL of what it sends along.

    Returns:
        The message as the API returns it, with its conversation. A blocked contact's is hidden, and raises no event.

    Raises:
        EmulatorError: The phone is no number, there is no such inbox, or nothing was written.
    """
    phone = to_phone(phone)
    if not text and not media_url:
        raise EmulatorError("A contact that writes in writes a text, or sends media_url.")
    with state.transaction():
        inbox = find_inbox(state, phone, inbox_id)
        contact = find_or_create(state, phone)
        hidden = is_blocked(contact)
        word = text.strip().lower()
        opts_out = word in _STOP and not is_opted_out(contact)
        if word in _STOP:
            contact = consent.opt_out(state, contact, "contact", notify=not hidden)
        elif word in _START and is_opted_out(contact):
            contact = consent.opt_in(state, contact, notify=not hidden)
        conversation = conversations.find(state, inbox, [phone])
        if conversation is None:
            conversation = conversations.create(state, inbox, [phone])
            if not hidden:
                conversations.notify(state, "chat_opened", conversation)
        message = {
            "status": "received",
            "type": "mms" if media_url else "sms",
            "text": text,
            **({"media": media_url} if media_url else {}),
        }
        if hidden:
            stored = _store(state, conversation, {**message, "hidden": True}, last=conversation.get("last_msg", ""))
        else:
            conversation = conversations.reopen(state, conversation, 0)
            changes: dict[str, Any] = {
                "unread_users": sorted(inbox.get("members", [])),
                "replied": True,
                "last_inbound": int(state.clock.time()),
            }
            stored = _store(state, conversation, message, **changes)
            _notify(state, "message_recieved", stored)
            _request_confirmation(state, conversation, contact, word)
        if opts_out:
            consent.run_opt_out_actions(state, contact, notify=not hidden)
        return conversations.serialize_messages(state, [stored])[0]


def _request_confirmation(state: State, conversation: Record, contact: Record, word: str) -> None:
    """Double opt-in: what the service does when a contact who hasn't confirmed yet writes in."""
    settings = get_settings(state)
    if not consent.is_awaiting_confirmation(settings, contact) or is_opted_out(contact):
        return
    if word == settings.double_opt_in_keyword.strip().lower():
        contact = consent.confirm(state, contact)
    if consent.is_awaiting_confirmation(settings, contact) and consent.is_reminder_due(state, contact):
        consent.note_request(state, contact)
        send_automatically(state, conversation, settings.double_opt_in_text)


def _broadcast(
    state: State, settings: TeamSettings, inbox: Record, list_id: int, content: Content, message: Record
) -> Record:
    """A message of its own to each member. Those who may not be sent to are left out."""
    record = require_referred(state.lists.get(list_id), "list_id", "list", list_id)
    reachable = [
        one
        for one in list_members(state, record)
        if not (
            is_blocked(one.contact)
            or is_opted_out(one.contact)
            or consent.is_awaiting_confirmation(settings, one.contact)
        )
    ]
    if not reachable:
        raise APIErrorResponse(400, "bad_data: list_id names a list without a contact who can be sent to")
    fields = find_field_ids(state)
    first: Record | None = None
    for member in reachable:
        text = content.text_for(member.contact, fields, of_list=True)
        changes = {**message, "text": text, "broadcast_id": first["id"] if first else None}
        known = conversations.find(state, inbox, [member.phone])
        stored = _send(state, settings, inbox, [member.phone], known, changes)
        first = first or stored
    assert first is not None  # noqa: S101 - somebody is reachable
    return {name: value for name, value in _result(first).items() if name != "convo_id"}


def _send(
    state: State,
    settings: TeamSettings,
    inbox: Record,
    phones: Sequence[str],
    conversation: Record | None,
    message: Mapping[str, Any],
    *,
    by_api: bool = True,
) -> Record:
    """Store a message that goes out, in a conversation that is open from now on at the latest."""
    if settings.opt_out_sentence and _note_sentence(state, phones):
        message = {**message, "text": f"{message['text']} {settings.opt_out_sentence}".strip()}
    if conversation is None:
        conversation = conversations.create(state, inbox, phones, creator=message["user"])
        conversations.notify(state, "chat_opened", conversation)
    conversation = conversations.reopen(state, conversation, message["user"])
    stored = _store(state, conversation, message)
    plan_reports(state, settings, stored, phones)
    if settings.message_sent_by_api or not by_api:
        _notify(state, "message_sent", stored)
    return stored


def _note_sentence(state: State, phones: Iterable[str]) -> bool:
    """Note that these numbers get the sentence on opting out; gives whether one of them gets it for the first time."""
    is_first = False
    for phone in phones:
        contact = find_or_create(state, phone)
        told = contact.get("_told_to_opt_out", [])
        if phone not in told:
            state.contacts.put({**contact, "_told_to_opt_out": [*told, phone]})
            is_first = True
    return is_first


def _store(
    state: State, conversation: Record, message: Mapping[str, Any], *, last: str | None = None, **changes: Any
) -> Record:
    """Keep a message; `changes` is what else changes of its conversation."""
    now = state.now()
    target = conversation.get("target")
    stored = state.messages.put(
        {
            "date": now,
            "updated": now,
            "channel": conversation.get("channel", "sms"),
            **({"phone": target, "target": target} if target else {}),
            **({"targets": conversation["targets"]} if conversation.get("targets") else {}),
            **message,
            "_conversation_id": conversation["id"],
        }
    )
    if stored.get("broadcast_id", 0) is None:  # the first of a broadcast, which is called by it
        stored = state.messages.put({**stored, "broadcast_id": stored["id"]})
    state.conversations.change(conversation, last_msg=message["text"] if last is None else last, **changes)
    return stored


def _notify(state: State, event_type: str, message: Record) -> None:
    state.emit(event_type, conversations.serialize_messages(state, [message])[0])


def _result(message: Record) -> Record:
    gallery = {"gallery_url": f"https://example.com/gallery/{message['id']}"} if message.get("media") else {}
    return {
        "id": message["id"],
        "date": message["date"],
        "convo_id": message["_conversation_id"],
        "queued": True,
        "compliance_results": {},
        **gallery,
    }
