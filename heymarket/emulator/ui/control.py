"""Control: faults, webhooks, clock, limit and state, as the admin API has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.faults.rules import ACTIONS, Action, Fault
from heymarket.emulator.ui import _delivery_rows, _format, team
from heymarket.emulator.ui._frame import HOME
from heymarket.emulator.webhooks.example_events import list_event_types

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from heymarket.emulator.faults.rules import FaultRule
    from heymarket.emulator.state import Record
    from heymarket.emulator.ui._frame import UI, Form

__all__ = ["routes"]

_CONTROL = f"{HOME}/control"
_DELIVERIES = 20
_SCHEDULES = 20

_NAMES = {
    "status": "an error status",
    "delay": "a delay",
    "hang": "no response ever (hang)",
    "reset": "connection reset",
    "lost_response": "done, but the response is lost",
    "cut_body": "half of the response's body",
    "html": "an HTML page (502)",
    "bad_json": "broken JSON",
    "unknown_field": "a field that is not described",
    "wrong_type": "a value of another type",
    "clock_off": "the emulator's clock is off",
}

_PRESETS: dict[str, tuple[str, Fault]] = {
    "503": ("503", Fault("status", status=503, count=1)),
    "429": ("429", Fault("status", status=429, count=1)),
    "slow": ("5 s slow", Fault("delay", seconds=5, count=1)),
    "hang": ("Hang", Fault("hang", count=1)),
    "reset": ("Reset", Fault("reset", count=1)),
    "lost": ("Lost response", Fault("lost_response", count=1)),
    "html": ("HTML page", Fault("html", count=1)),
}


def routes(ui: UI) -> list[Route]:
    """The screen, and all that it does."""
    return [
        ui.screen(_CONTROL, show),
        ui.action(f"{HOME}/faults", add_fault),
        ui.action(f"{HOME}/faults/preset", add_preset),
        ui.action(f"{HOME}/faults/clear", clear_faults),
        ui.action(f"{HOME}/faults/{{id:int}}/remove", remove_fault),
        ui.action(f"{HOME}/clock", move_clock),
        ui.action(f"{HOME}/limit", set_limit),
        ui.action(f"{HOME}/snapshots", take_snapshot),
        ui.action(f"{HOME}/snapshots/{{id:int}}/restore", restore_snapshot),
        ui.action(f"{HOME}/snapshots/{{id:int}}/forget", forget_snapshot),
        ui.action(f"{HOME}/reset", reset),
    ]


def show(ui: UI, request: Request) -> Response:
    """The screen."""
    control = ui.control
    return ui.show(
        request,
        "control.html",
        faults=[_fault(one) for one in control.faults],
        presets=[(key, name) for key, (name, _) in _PRESETS.items()],
        actions=[(action, _NAMES.get(action, action)) for action in ACTIONS],
        operations=sorted(control.operations),
        webhooks=control.webhooks,
        event_types=list_event_types(control.description),
        deliveries=_delivery_rows.latest(control.state, _DELIVERIES),
        schedules=[_schedule(one) for one in control.state.schedules.query("ORDER BY execute LIMIT ?", (_SCHEDULES,))],
        snapshots=[{"id": one, "name": f"Snapshot {one}"} for one in control.snapshots.ids()],
        **team.values_of(control.team_settings),
    )


def add_fault(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Add the fault of the form."""
    action = form.get("action", "")
    seconds = _number(form, "seconds") if action in {"delay", "clock_off"} else None
    status, count, probability = _number(form, "status"), _number(form, "count"), _number(form, "probability")
    ui.control.faults.add(
        Fault(
            cast("Action", action),
            status=503 if status is None or action != "status" else int(status),
            seconds=seconds,
            operation=form.get("operation", "").strip() or None,
            count=None if count is None else int(count),
            probability=1.0 if probability is None else probability,
        )
    )
    return f"{_CONTROL}#faults", "The fault waits for calls."


def add_preset(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Add one of the usual faults for the next call."""
    if form.get("preset") not in _PRESETS:
        raise EmulatorError("There is no such preset.")
    name, fault = _PRESETS[form["preset"]]
    ui.control.faults.add(fault)
    return f"{_CONTROL}#faults", f"The next call: {name}."


def clear_faults(ui: UI, _: Request, __: Form) -> tuple[str, str]:
    """Remove all faults."""
    ui.control.faults.clear()
    return f"{_CONTROL}#faults", "All faults are removed."


def remove_fault(ui: UI, request: Request, _: Form) -> tuple[str, str]:
    """Remove one."""
    ui.control.faults.remove(request.path_params["id"])
    return f"{_CONTROL}#faults", "The fault is removed."


def move_clock(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Move the service's time, stop it, or let it run."""
    seconds = _number(form, "advance")
    if seconds is not None:
        ui.control.set_clock(advance=seconds)
        notice = f"The clock moved by {_format.span(seconds)}."
    elif form.get("do") == "freeze":
        ui.control.set_clock(frozen=True)
        notice = "The clock is frozen."
    elif form.get("do") == "resume":
        ui.control.set_clock(frozen=False)
        notice = "The clock runs."
    else:
        ui.control.clock.reset()
        notice = "The clock is back at real time."
    return f"{_CONTROL}#clock", notice


def set_limit(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Set another limit, or clear its usage."""
    limit = ui.control.limit
    if form.get("do") == "forget":
        limit.forget()
        return f"{_CONTROL}#limit", "The usage is back at 0."
    allowed = int(_number(form, "limit") or 0)
    limit.set(allowed, limit.per)
    return f"{_CONTROL}#limit", f"The limit is {allowed} now."


def take_snapshot(ui: UI, _: Request, __: Form) -> tuple[str, str]:
    """Keep a copy of the state."""
    return f"{_CONTROL}#state", f"Snapshot {ui.control.snapshot()} is taken."


def restore_snapshot(ui: UI, request: Request, _: Form) -> tuple[str, str]:
    """Restore the state as it was."""
    number = request.path_params["id"]
    ui.control.restore(number)
    return f"{_CONTROL}#state", f"The state of snapshot {number} is restored."


def forget_snapshot(ui: UI, request: Request, _: Form) -> tuple[str, str]:
    """Forget a copy."""
    ui.control.snapshots.delete(request.path_params["id"])
    return f"{_CONTROL}#state", "The snapshot is deleted."


def reset(ui: UI, _: Request, __: Form) -> tuple[str, str]:
    """Back to a fresh start."""
    ui.control.reset()
    return _CONTROL, "Everything is reset."


def _number(form: Form, name: str) -> float | None:
    text = form.get(name, "").strip()
    try:
        number = float(text) if text else None
    except ValueError:
        number = float("nan")
    if number is not None and not abs(number) < 10**12:
        raise EmulatorError(f"{name.capitalize()} has to be a number.")
    return number


def _fault(planned: FaultRule) -> dict[str, Any]:
    fault = planned.fault
    what = _NAMES.get(fault.action, fault.action)
    if fault.action == "status":
        what = f"status {fault.status}"
    elif fault.duration:
        what = f"{what} by {fault.duration:g} s" if fault.action == "clock_off" else f"{what} of {fault.duration:g} s"
    conditions = [
        fault.operation,
        fault.method,
        fault.path,
        f"by {fault.credential}" if fault.credential else None,
        f"the {fault.nth}. of them" if fault.nth else None,
        f"{fault.probability:.0%} of them" if fault.probability < 1 else None,
    ]
    return {
        "id": planned.id,
        "what": what[:1].upper() + what[1:],
        "which": ", ".join(one for one in conditions if one) or "all",
        "played": planned.played,
        "count": fault.count,
        "used_up": planned.is_used_up,
    }


def _schedule(schedule: Record) -> dict[str, Any]:
    meta: dict[str, Any] = schedule.get("meta") or {}
    content: dict[str, Any] = meta.get("content") or {}
    text = content.get("text")
    return {
        "what": str(text or f"Schedule {schedule['id']}"),
        "at": schedule.get("execute", ""),
        "error": str(schedule.get("_error") or ""),
    }
