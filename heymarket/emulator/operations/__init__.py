"""The handlers of the operations, by name. An operation without one responds with the description's examples.

An operation is a function of `State` and `Inputs`. It runs in a transaction and returns what becomes the JSON body
(`NO_BODY`: no body); if it raises `APIErrorResponse`, nothing of what it did stays. One module for each resource.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.operations import (
    contact_channels,
    contacts,
    conversations,
    email,
    inboxes,
    lists,
    messages,
    schedules,
    surveys,
    tags,
    team,
    templates,
    users,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.operations._handler import Handler

__all__ = ["HANDLERS", "OPTIONAL"]

HANDLERS: Mapping[str, Handler] = {
    **contact_channels.HANDLERS,
    **contacts.HANDLERS,
    **conversations.HANDLERS,
    **email.HANDLERS,
    **inboxes.HANDLERS,
    **lists.HANDLERS,
    **messages.HANDLERS,
    **schedules.HANDLERS,
    **surveys.HANDLERS,
    **tags.HANDLERS,
    **team.HANDLERS,
    **templates.HANDLERS,
    **users.HANDLERS,
}
"""By operation name."""

OPTIONAL: Mapping[str, tuple[str, ...]] = {
    "contacts.update_v1": ("phone",),  # a contact without a number is read with an empty one (H21, H22)
    "conversations.list": ("filters",),  # D12
    "lists.update_v1": ("title",),  # read as `name`
    "messages.history": ("inboxID",),  # D42, H23
    "messages.send": ("creator_id",),  # D18, D19
    "templates.update": ("content", "title"),  # read as `name`
}
"""By operation name: fields that may be missing, although the description requires them. Not with `strict`."""
