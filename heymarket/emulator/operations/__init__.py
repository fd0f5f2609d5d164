"""The operations that are answered from state, by name. All others are answered from the description.

An operation is a function of `State` and `Inputs`; it runs in a transaction, gives what becomes the JSON body
(`NOTHING`: no body), or raises `Refused`, upon which nothing of what it did stays. One module for each resource.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

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
    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.state import State

__all__ = ["HANDLERS", "Handler"]

Handler: TypeAlias = "Callable[[State, Inputs], Any]"

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
