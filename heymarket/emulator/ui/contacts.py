"""Contacts: all of them by pages, searched by name, number or id, and each on a screen of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.domain import consent, contacts
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.ui import _format
from heymarket.emulator.ui._frame import HOME
from heymarket.emulator.ui._search import find_contacts
from heymarket.emulator.ui.conversations import chats_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from heymarket.emulator.state import Record, State
    from heymarket.emulator.ui._frame import UI, Form

__all__ = ["routes"]

_LISTED = 50
_CHATS = 20
_NOTICES = {
    "unsubscribed": "Opted out: messages to this contact are refused now.",
    "subscribed": "Opted in again.",
    "blocked": "Blocked: messages to and from this contact go nowhere now.",
    "unblocked": "Unblocked.",
    "active": "Unblocked.",
}


def routes(ui: UI) -> list[Route]:
    """The table, a contact, and what may be done with it."""
    return [
        ui.screen(f"{HOME}/contacts", show_all),
        ui.screen(f"{HOME}/contacts/{{id:int}}", show_one),
        ui.action(f"{HOME}/contacts/{{id:int}}/standing", set_standing),
    ]


def show_all(ui: UI, request: Request) -> Response:
    """A page of the table, the newest contacts first. It costs the same wherever it is."""
    state = ui.control.state
    words = request.query_params.get("q", "").strip()[:200]
    after = request.query_params.get("after", "")
    where, values = find_contacts(words) if words else ("1", ())
    if after.isascii() and after.isdigit() and len(after) < 19:
        where, values = f"id < ? AND ({where})", (int(after), *values)
    found = state.contacts.query(f"WHERE {where} ORDER BY id DESC LIMIT {_LISTED + 1}", values)
    shown = contacts.attach_channels(state, found[:_LISTED])
    return ui.show(
        request,
        "contacts.html",
        contacts=[
            {"id": one["id"], "name": _format.contact_name(one), "channels": one["contact_channels"], "record": one}
            for one in shown
        ],
        count=state.contacts.count(),
        q=words,
        first_page=not after,
        after=shown[-1]["id"] if len(found) > _LISTED else "",
    )


def show_one(ui: UI, request: Request) -> Response:
    """A contact."""
    state = ui.control.state
    contact = _existing(state, request)
    if contact is None:
        return ui.missing(request, "There is no such contact (any more).")
    (contact,) = contacts.attach_channels(state, [contact])
    phones = [one["channel_id"] for one in contact["contact_channels"] if one["channel_type"] == "phone"]
    chats = [chat for phone in phones for chat in state.conversations.page(target=phone, limit=_CHATS)]
    titles = {str(one["id"]): one.get("title") or str(one["id"]) for one in state.fields.all()}
    return ui.show(
        request,
        "contact.html",
        contact=contact,
        name=_format.contact_name(contact),
        channels=contact["contact_channels"],
        facts=_facts(state, contact),
        tags=[one.get("tag") or one["id"] for one in state.tags.all(id=_tag_ids(contact))],
        fields=[(titles.get(key, key), value) for key, value in _custom(contact)],
        inboxes=state.inboxes.all(),
        chats=chats_of(state, chats),
    )


def set_standing(ui: UI, request: Request, form: Form) -> tuple[str, str]:
    """Opt a contact out or in, block or unblock it, as the team does."""
    state = ui.control.state
    with state.transaction():
        contact = _existing(state, request)
        if contact is None:
            raise EmulatorError("There is no such contact (any more).")
        consent.set_status(state, contact, form.get("to", ""))
    return form.get("back", "/"), _NOTICES[form["to"]]


def _existing(state: State, request: Request) -> Record | None:
    number = request.path_params["id"]
    return state.contacts.get(number) if number < 2**63 else None


def _tag_ids(contact: Record) -> list[Any]:
    tags: list[dict[str, Any]] = contact.get("tags") or []
    return [one["tag_id"] for one in tags if "tag_id" in one]


def _custom(contact: Record) -> list[tuple[str, Any]]:
    custom: dict[str, Any] = contact.get("custom") or {}
    return list(custom.items())


def _facts(state: State, contact: Record) -> list[tuple[str, str]]:
    assigned = contact.get("assigned_user_id")
    user = (state.users.get(assigned) if isinstance(assigned, int) else None) or {}
    facts = {
        "Phone": _format.phone(contact.get("phone") or ""),
        "Email": str(contact.get("email") or ""),
        "Assigned": str(user.get("name") or assigned or ""),
        "External id": str(contact.get("external_id") or ""),
        "Created": _format.full(contact.get("created")),
        "Updated": _format.full(contact.get("updated")),
        "Revision": str(contact.get("rev") or ""),
    }
    return [(name, value) for name, value in facts.items() if value]
