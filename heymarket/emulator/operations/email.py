"""Emails. Any inbox sends them: which ones are email inboxes, the emulator doesn't tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket.emulator.domain import messaging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket.emulator.api.validation import Inputs
    from heymarket.emulator.operations._handler import Handler
    from heymarket.emulator.state import Record, State


def send(state: State, inputs: Inputs) -> Record:
    """`POST /v1/email/send`."""
    return messaging.send_email(state, inputs.body)


HANDLERS: Mapping[str, Handler] = {"email.send": send}
