"""The team's settings and what carriers do, parts of the Control screen; automations, which act on a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.emulator.domain.team_settings import CarrierRule, TeamSettings, list_settings
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.ui._frame import HOME

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import Route

    from heymarket.emulator.domain.team_settings import SettingInfo
    from heymarket.emulator.ui._frame import UI, Form

__all__ = ["routes", "values_of"]

_TEAM = f"{HOME}/control#team"
_CARRIERS = f"{HOME}/control#carriers"


def routes(ui: UI) -> list[Route]:
    """All that they do."""
    return [
        ui.action(f"{HOME}/team", change_settings),
        ui.action(f"{HOME}/carriers", add_rule),
        ui.action(f"{HOME}/carriers/{{place:int}}/remove", remove_rule),
        ui.action(f"{HOME}/automate", automate),
    ]


def values_of(settings: TeamSettings) -> dict[str, Any]:
    """What the template needs."""
    return {
        "team_settings": [(one, getattr(settings, one.name)) for one in _shown()],
        "carrier_fields": list_settings(CarrierRule),
        "carriers": [_describe(rule) for rule in settings.carriers],
    }


def change_settings(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Set all of the settings that the form has."""
    changes = {one.name: one.name in form if one.kind == "bool" else form.get(one.name, "") for one in _shown()}
    ui.control.change_team_settings(**changes)
    return _TEAM, "The team's settings are applied."


def add_rule(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Add a rule of what carriers do, after the others."""
    given = {one.name: form.get(one.name, "").strip() for one in list_settings(CarrierRule)}
    rule = {one.name: _read(one, given[one.name]) for one in list_settings(CarrierRule) if given[one.name]}
    if "phone" in rule:
        rule["phone"] = rule["phone"].removeprefix("+").replace(" ", "")
    _set_rules(ui, [*ui.control.team_settings.carriers, CarrierRule.from_json(rule)])
    return _CARRIERS, "The rule is for texts that are sent from now on."


def remove_rule(ui: UI, request: Request, _: Form) -> tuple[str, str]:
    """Remove a rule, by its place."""
    place = request.path_params["place"]
    _set_rules(ui, [rule for number, rule in enumerate(ui.control.team_settings.carriers) if number != place])
    return _CARRIERS, "The rule is removed."


def automate(ui: UI, _: Request, form: Form) -> tuple[str, str]:
    """Act on a conversation, as an automation or an AI agent does."""
    try:
        conversation, assign = int(form.get("conversation_id", "")), form.get("assign", "")
        to = int(assign) if assign else None
    except ValueError:
        raise EmulatorError("The conversation and whom to assign it to are ids.") from None
    text = form.get("text", "").replace("\r\n", "\n")
    ui.control.automate(conversation, text=text, assign=to, close="close" in form)
    return f"{HOME}/conversations/{conversation}", "The automation has acted."


def _shown() -> list[SettingInfo]:
    return [one for one in list_settings(TeamSettings) if one.kind != "tuple"]


def _set_rules(ui: UI, rules: list[CarrierRule]) -> None:
    ui.control.change_team_settings(carriers=rules)


def _read(info: SettingInfo, text: str) -> Any:
    if info.kind != "float":
        return text
    try:
        return float(text)
    except ValueError:
        raise EmulatorError(f"{info.name} has to be a number.") from None


def _describe(rule: CarrierRule) -> dict[str, Any]:
    return {
        "what": rule.status,
        "why": rule.error if rule.is_failure else "",
        "which": (f"{rule.share:.0%} of texts" if rule.share < 1 else "texts")
        + (" to " if rule.phone else " to anyone"),
        "phone": rule.phone,
        "after": rule.after,
        "tone": "bad" if rule.is_failure else "good",
    }
