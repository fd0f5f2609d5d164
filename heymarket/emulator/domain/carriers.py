"""Carriers: what becomes of a text after it was sent, by the team's rules (`CarrierRule`).

A report for each recipient waits in the state until it is due by the service's clock; `scheduler` then has the message
changed. No event of the API tells of it: programs read the message again.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from heymarket.emulator.clock import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable

    from heymarket.emulator.domain.team_settings import CarrierRule, TeamSettings
    from heymarket.emulator.state import Record, State

__all__ = ["find_next_due", "plan_reports", "report_due"]

_AT_ONCE = 100


def plan_reports(state: State, settings: TeamSettings, message: Record, phones: Iterable[str]) -> None:
    """Plan what carriers will report of a text.

    Args:
        state: Where the reports are stored.
        settings: The team's.
        message: The text, as it is stored.
        phones: Whom it was sent to.
    """
    for phone in phones:
        if rule := _pick(settings.carriers, message["id"], phone):
            state.carrier_reports.put(
                {
                    "message_id": message["id"],
                    "phone": phone,
                    "status": rule.status,
                    "error": rule.error if rule.is_failure else "",
                    "due": format_timestamp(state.clock.time() + rule.after),
                }
            )


def report_due(state: State) -> None:
    """Change the messages whose reports are due.

    Args:
        state: Where they are.
    """
    while _find_due(state):
        with state.transaction():
            reports = _find_due(state)  # again, because another state may have come
            for report in reports:
                if message := state.messages.get(report["message_id"]):
                    state.messages.change(message, **_changes(message, report))
            state.carrier_reports.delete_all(id=[report["id"] for report in reports])


def find_next_due(state: State, after: str) -> str | None:
    """When the next report is due.

    Args:
        state: Where they are.
        after: Only those that are due later.
    """
    found = state.carrier_reports.query("WHERE due > ? ORDER BY due LIMIT 1", (after,))
    return found[0]["due"] if found else None


def _find_due(state: State) -> list[Record]:
    now = format_timestamp(state.clock.time())
    return state.carrier_reports.query("WHERE due <= ? ORDER BY due, id LIMIT ?", (now, _AT_ONCE))


def _pick(rules: Iterable[CarrierRule], message_id: int, phone: str) -> CarrierRule | None:
    for place, rule in enumerate(rules):
        if rule.phone in {"", phone} and _draw(place, message_id, phone) < rule.share:
            return rule
    return None


def _draw(place: int, message_id: int, phone: str) -> float:
    """A number from 0 to less than 1: the same one whenever the same things are done."""
    digest = hashlib.sha256(f"{place} {message_id} {phone}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def _changes(message: Record, report: Record) -> Record:
    """What a report changes of its message. In a group, a failure is what the message shows."""
    if not report["error"] and report["status"] == "delivered":
        return {} if message.get("target_errors") else {"status": "delivered"}
    errors = {**message.get("target_errors", {}), report["phone"]: report["error"]}
    return {"status": report["status"], "raw_error": report["error"], "target_errors": errors}
