"""Conversations, searched and filtered, each as on the contact's phone; contacts reply there, and the team writes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode, urlsplit

from attrs import frozen

from heymarket.emulator.domain import messaging
from heymarket.emulator.domain.contacts import find_by_email, find_by_phone
from heymarket.emulator.domain.conversations import get_phones, serialize
from heymarket.emulator.domain.survey_answers import read_answer
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.ui import _delivery_rows, _format
from heymarket.emulator.ui._frame import HOME
from heymarket.emulator.ui._search import find_conversations, find_messages
from heymarket.texts import count_segments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from heymarket.emulator.state import Record, State
    from heymarket.emulator.ui._frame import UI, Form

__all__ = ["chats_of", "routes"]

_LISTED = 50
_MESSAGES = 60
_EVENTS = 6


def routes(ui: UI) -> list[Route]:
    """The list, a conversation in it, the reply of a contact, and what the team writes."""
    return [
        ui.screen(f"{HOME}/conversations", show),
        ui.screen(f"{HOME}/conversations/{{id:int}}", show),
        ui.action(f"{HOME}/reply", reply),
        ui.action(f"{HOME}/conversations/{{id:int}}/send", send),
    ]


def show(ui: UI, request: Request) -> Response:
    """The list, and the conversation that was chosen."""
    state = ui.control.state
    chosen = request.path_params.get("id")
    # In a conversation `before` is about its messages, on the list alone about the list.
    before = request.query_params.get("before")
    older_than = before if chosen is None else None
    sought = _Sought.of(request.query_params)
    where, given = find_conversations(sought.words, sought.inbox, sought.show)
    if older_than:
        where, given = f"updated < ? AND ({where})", (older_than, *given)
    found = state.conversations.query(f"WHERE {where} ORDER BY updated DESC, id DESC LIMIT {_LISTED + 1}", given)
    values: dict[str, Any] = {
        "chats": chats_of(state, found[:_LISTED], sought.words),
        "sought": sought,
        "older": found[_LISTED - 1]["updated"] if len(found) > _LISTED else "",
        "newest": older_than,
        "chat": None,
        "inboxes": state.inboxes.all(),
        "new": chosen is None and "new" in request.query_params,
        "replied": "sent" in request.query_params,
    }
    if chosen is not None:
        conversation = _existing(state, chosen)
        if conversation is None:
            return ui.missing(request, "There is no such conversation (any more).")
        values.update(_opened(ui, conversation, before))
    return ui.show(request, "conversations.html", **values)


def reply(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """A contact writes in."""
    late = form.get("late") or "0"
    try:
        seconds, inbox_id = float(late), int(form.get("inbox_id") or 0) or None
    except ValueError:
        raise EmulatorError("The seconds by which the webhook is late have to be a number.") from None
    message = ui.control.reply(
        _digits(form.get("phone", "")),
        form.get("quick") or form.get("text", "").replace("\r\n", "\n"),
        inbox_id=inbox_id,
        twice="twice" in form,
        late=seconds,
        wrong_token="wrong_token" in form,
        out_of_order="out_of_order" in form,
    )
    conversation = message.get("conversation", {}).get("id")
    return (f"{HOME}/conversations/{conversation}?sent=1" if conversation else form.get("back", "/")), ""


def send(ui: UI, request: Request, form: Form) -> tuple[str, str]:
    """The team writes, as a user in the app does: to the contact, or a private note."""
    state = ui.control.state
    number = request.path_params["id"]
    back = f"{HOME}/conversations/{number}"
    with state.transaction():
        conversation = _existing(state, number)
        if conversation is None:
            raise EmulatorError("There is no such conversation (any more).")
        body = {
            "inbox_id": conversation["inbox"],
            "chat_id": number,
            "creator_id": int(form.get("creator_id") or 0),
            "text": form.get("team_text", "").replace("\r\n", "\n"),
            "private": "private" in form,
        }
        messaging.send(state, body)
    return back, "The note is written." if body["private"] else ""


def _digits(phone: str) -> str:
    """A phone number as the API has it, from one as people and this page write it."""
    return re.sub(r"[\s.()\-]", "", phone).removeprefix("+")


def chats_of(state: State, conversations: list[Record], words: str = "") -> list[dict[str, Any]]:
    """Conversations as a list shows them: with what was said last, or with what was said of what is looked for."""
    inboxes = {one["id"]: one for one in state.inboxes.all()}
    chats = [_chat(state, conversation, inboxes) for conversation in conversations]
    for chat in chats if words else ():
        where, given = find_messages(words)
        order = "ORDER BY date DESC LIMIT 1"
        for message in state.messages.query(f"WHERE conversation_id = ? AND {where} {order}", (chat["id"], *given)):
            chat["last"] = _text(message.get("text"), email=chat["email"])
    return chats


@frozen
class _Sought:
    """What is looked for, and how the links of the page say it again."""

    words: str
    inbox: int | None
    show: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        inbox = query.get("inbox", "")
        number = int(inbox) if inbox.isascii() and inbox.isdigit() and len(inbox) < 19 else None
        return cls(query.get("q", "").strip()[:200], number, query.get("show", ""))

    @property
    def query(self) -> str:
        given = {"q": self.words, "inbox": self.inbox, "show": self.show}
        return urlencode({name: value for name, value in given.items() if value})


def _existing(state: State, number: int) -> Record | None:
    return state.conversations.get(number) if number < 2**63 else None


def _chat(state: State, conversation: Record, inboxes: dict[int, Record]) -> dict[str, Any]:
    shown = serialize(state, conversation)
    phones = get_phones(conversation)
    email = conversation.get("channel") == "email"
    inbox = inboxes.get(conversation["inbox"], {})
    name = shown.get("name") or ""
    return {
        "id": conversation["id"],
        "name": ", ".join(_format.phone(one) for one in name.split(", ")) or f"Conversation {conversation['id']}",
        "target": phones[0] if phones else conversation["id"],
        "unread": bool(shown.get("unread")),
        "last": _text(conversation.get("last_msg"), email=email),
        "email": email,
        "updated": conversation.get("updated", ""),
        "status": conversation.get("status", ""),
        "inbox": inbox.get("name") or f"Inbox {conversation['inbox']}",
        "inbox_id": conversation["inbox"],
        "inbox_phone": inbox.get("phone", ""),
    }


def _opened(ui: UI, conversation: Record, before: str | None) -> dict[str, Any]:
    state = ui.control.state
    chat = _chat(state, conversation, {one["id"]: one for one in state.inboxes.all()})
    phones = get_phones(conversation)
    contacts = [find_by_phone(state, one) for one in phones]
    chat["contact"] = contacts[0] if len(contacts) == 1 else _by_email(state, conversation)
    chat["title"] = f"{chat['name']}\u2019s phone" if len(phones) == 1 else chat["name"]
    found = state.messages.page(
        order="date", cursor=before or None, limit=_MESSAGES + 1, conversation_id=conversation["id"]
    )
    users = {one["id"]: one.get("name") or f"User {one['id']}" for one in state.users.all()}
    messages = [_message(state, one, chat, users) for one in reversed(found[:_MESSAGES])]
    return {
        "chat": chat,
        "messages": [one for one in messages if not one["private"]],
        "notes": [one for one in messages if one["private"]],
        "earlier": messages[0]["date"] if len(found) > _MESSAGES else "",
        "people": [
            {"phone": phone, "name": _format.contact_name(contact or {"phone": phone})}
            for phone, contact in zip(phones, contacts, strict=True)
        ],
        "facts": _facts(conversation, chat, users),
        "users": list(users.items()),
        "senders": [(one, users.get(one, str(one))) for one in _members(state, conversation)],
        "events": _delivery_rows.latest(state, _EVENTS, of=conversation),
        "has_webhook": bool(ui.control.webhooks),
    }


def _members(state: State, conversation: Record) -> list[int]:
    inbox = state.inboxes.get(conversation["inbox"]) or {}
    return list(inbox.get("members") or ())


def _by_email(state: State, conversation: Record) -> Record | None:
    targets = list(conversation.get("targets") or ())
    if conversation.get("channel") != "email" or len(targets) != 1:
        return None
    return find_by_email(state, str(targets[0]).rpartition(":")[2])


def _message(state: State, message: Record, chat: dict[str, Any], users: dict[int, str]) -> dict[str, Any]:
    mine = message.get("user") is None
    private = message.get("type") == "comment"
    team = message.get("author") or users.get(message.get("user") or 0) or "The team"
    status = "" if mine else str(message.get("status") or "")  # the team's view: it received what she sent
    if message.get("hidden"):
        status = "hidden from the team, the contact is blocked"
    return {
        "id": message["id"],
        "text": _text(message.get("text"), email=chat["email"]),
        "side": "mine" if mine else "theirs",
        "private": private,
        "by": chat["name"] if mine else team if private else f"{team} · {chat['inbox']}",
        "date": message.get("date", ""),
        "status": "" if private else ", ".join(part for part in (status, message.get("raw_error")) if part),
        "segments": 0 if mine or private or chat["email"] else count_segments(str(message.get("text") or "")),
        "survey": read_answer(state, message) if message.get("_survey_id") else None,
        "media": _media(message.get("media")),
    }


def _text(text: object, *, email: bool) -> str:
    said = str(text or "")
    return _format.words_of(said) if email else said


def _media(url: object) -> dict[str, str] | None:
    """A link to what goes with a message. It is never loaded by the page; what isn't http(s) is no link."""
    if not url:
        return None
    text = str(url)
    try:
        parts = urlsplit(text)
    except ValueError:
        return {"href": "#", "name": text}
    good = parts.scheme in {"http", "https"}
    return {"href": text if good else "#", "name": parts.path.rpartition("/")[2] or parts.netloc or text}


def _facts(conversation: Record, chat: dict[str, Any], users: dict[int, str]) -> list[tuple[str, str]]:
    facts = {
        "id": str(conversation["id"]),
        "Inbox": f"{chat['inbox']} ({conversation['inbox']})",
        "Phone": _format.phone(conversation.get("target") or ""),
        "Status": chat["status"],
        "Channel": str(conversation.get("channel") or ""),
        "Assigned": users.get(conversation.get("assigned") or 0, ""),
        "Unread by": ", ".join(users.get(one, str(one)) for one in conversation.get("unread_users", ())),
        "Updated": _format.full(conversation.get("updated")),
    }
    return [(name, value) for name, value in facts.items() if value]
