"""Automations and AI agents: they send, assign and close without any caller of the API having asked for it (H12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.domain import conversations
from heymarket.emulator.domain.messaging import send_automatically
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from heymarket.emulator.state import Record, State

__all__ = ["automate"]


def automate(
    state: State,
    conversation_id: int,
    *,
    text: str = "",
    assign: int | None = None,
    close: bool = False,
    author: str = "Automation",
) -> Record:
    """Act on a conversation, as an automation or an AI agent does: send, then assign, then close.

    Args:
        state: Where all that it changes is stored.
        conversation_id: The conversation.
        text: What to send.
        assign: Whom to assign it to: a user, or an AI agent, whose id is that of no user; 0 for nobody.
        close: Whether to close it.
        author: Who sends, as the inbox shows it.

    Returns:
        The conversation as the API returns it.

    Raises:
        EmulatorError: There is no such conversation, there is nothing to do, or the contact may not be texted.
    """
    if not text and assign is None and not close:
        raise EmulatorError("An automation does something: it takes text, assign or close.")
    with state.transaction():
        conversation = _get(state, conversation_id)
        if text:
            try:
                send_automatically(state, conversation, text, author)
            except APIErrorResponse as refusal:
                raise EmulatorError(f"{refusal.reason}.") from None
        if assign is not None:
            conversations.assign(state, _get(state, conversation_id), assign)
        if close:
            conversations.close(state, _get(state, conversation_id))
        return conversations.serialize(state, _get(state, conversation_id))


def _get(state: State, conversation_id: int) -> Record:
    conversation = state.conversations.get(conversation_id) if 0 < conversation_id < 2**63 else None
    if conversation is None:
        raise EmulatorError("There is no such conversation.")
    return conversation
