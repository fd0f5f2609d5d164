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

__all__ = ["HANDLERS"]

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
