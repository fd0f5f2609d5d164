"""Answers to surveys, as the service reads them (H9).

No operation returns them. They follow from the messages and are worked out when they are asked for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from heymarket.emulator.clock import to_seconds

if TYPE_CHECKING:
    from heymarket.emulator.state import Record, State

__all__ = ["SurveyAnswer", "list_answers", "read_answer"]

_EXPIRES_AFTER = 24 * 3600
_ANSWER = re.compile(r"[1-5](?![^\W_])")  # "5" and "5!", neither "55" nor "5a"


@frozen(kw_only=True)
class SurveyAnswer:
    """What came of a survey that was sent.

    Attributes:
        survey_id: The survey.
        message_id: The message that asked.
        phone: Whom it asked; empty for a group.
        status: `sent`, `answered`, `expired` after 24 h, or `interrupted` by another message to that number.
        answer: From 1 to 5; `None` if there is none.
    """

    survey_id: int
    message_id: int
    phone: str
    status: Literal["sent", "answered", "expired", "interrupted"]
    answer: int | None = None


def list_answers(state: State) -> tuple[SurveyAnswer, ...]:
    """What came of all surveys that were sent, oldest first.

    Args:
        state: Where the messages are.
    """
    asked = state.messages.query("WHERE json_extract(record, '$._survey_id') IS NOT NULL ORDER BY date, id")
    return tuple(read_answer(state, message) for message in asked)


def read_answer(state: State, message: Record) -> SurveyAnswer:
    """What came of a survey.

    Args:
        state: Where the messages are.
        message: The one that asked.
    """
    phone = message.get("target", "")
    status, answer = _find(state, message, phone)
    return SurveyAnswer(
        survey_id=message["_survey_id"], message_id=message["id"], phone=phone, status=status, answer=answer
    )


def _find(
    state: State, message: Record, phone: str
) -> tuple[Literal["sent", "answered", "expired", "interrupted"], int | None]:
    with_it = [one["id"] for one in state.conversations.all(target=phone)] if phone else []
    conversations = with_it or [message["_conversation_id"]]
    expires = to_seconds(message["date"]) + _EXPIRES_AFTER
    cursor = message["date"]
    while following := state.messages.page(order="date", cursor=cursor, ascending=True, conversation_id=conversations):
        for one in following:
            if to_seconds(one["date"]) >= expires:
                return "expired", None
            if one.get("user") is not None and one.get("type") != "comment":
                return "interrupted", None
            if one.get("user") is None and not one.get("hidden") and _ANSWER.match(one.get("text", "")):
                return "answered", int(one["text"][0])
        cursor = following[-1]["date"]
    return ("expired" if state.clock.time() >= expires else "sent"), None
