"""Webhook deliveries as screens show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from heymarket.emulator.state import Record, State

__all__ = ["describe", "latest"]

_TONES = {"delivered": "good", "failed": "bad", "new": "warn", "held": "warn"}
_LABELS = {"new": "pending", "held": "after the next one", "unsent": "no webhook"}
_CONVERSATION = (
    "coalesce(json_extract(record, '$.event_data.conversation.id'), json_extract(record, '$.event_data.id'))"
)

_OPT_EVENT_OF = (
    "CASE WHEN json_extract(record, '$.type') LIKE 'target_%' THEN json_extract(record, '$.event_data.phone') END"
)


def latest(state: State, limit: int, *, of: Record | None = None) -> list[dict[str, Any]]:
    """The latest deliveries, the last one first.

    Args:
        state: Where they are.
        limit: How many at most.
        of: Only those about this conversation, or about its contact's opting out or in.
    """
    if of is None:
        found = state.deliveries.query("ORDER BY id DESC LIMIT ?", (limit,))
    else:
        found = state.deliveries.query(
            f"WHERE {_CONVERSATION} = ? OR {_OPT_EVENT_OF} = ? ORDER BY id DESC LIMIT ?",
            (of["id"], of.get("target"), limit),
        )
    return [describe(one) for one in found]


def describe(delivery: Record) -> dict[str, Any]:
    """A delivery, as a row shows it.

    Args:
        delivery: The delivery.
    """
    state = delivery["state"]
    retried = state == "new" and delivery["attempts"]
    return {
        "id": delivery["id"],
        "type": delivery["type"],
        "said": "will be retried" if retried else _LABELS.get(state, state),
        "tone": _TONES.get(state, ""),
        "attempts": delivery["attempts"],
        "due": delivery["due"],
        "webhook": delivery["webhook"],
        "why": _why(delivery),
    }


def _why(delivery: Record) -> str:
    status = delivery.get("status")
    outcome = f"responded {status}" if status else delivery.get("error") or ""
    return ", ".join(part for part in (outcome, "wrong token" if delivery.get("wrong_token") else "") if part)
