"""A local Heymarket to develop and test against: stateful, offline, and frank about why it refuses a call.

    from heymarket.emulator import Emulator

    with Emulator() as emulator:
        print(emulator.base_url)

It is not the real service; where that one's behavior is unknown, docs/emulator.md says what is assumed. Needs the
`emulator` extra: `pip install "heymarket[emulator]"`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from heymarket.emulator.api.auth import EmulatorSecret
    from heymarket.emulator.asgi import EmulatorApp, create_app
    from heymarket.emulator.domain.survey_answers import SurveyAnswer
    from heymarket.emulator.domain.team_settings import CarrierRule, TeamSettings
    from heymarket.emulator.faults.rules import Fault
    from heymarket.emulator.journal.journal import Journal, JournalEntry
    from heymarket.emulator.seeds.built_in import ExampleChannel, ExampleContact
    from heymarket.emulator.server import Emulator, serve
    from heymarket.emulator.teams.emulator_team import EmulatorTeam
    from heymarket.emulator.webhooks.records import DeliveryAttempt, Webhook, WebhookDelivery

__all__ = [
    "CarrierRule",
    "DeliveryAttempt",
    "Emulator",
    "EmulatorApp",
    "EmulatorError",
    "EmulatorSecret",
    "EmulatorTeam",
    "ExampleChannel",
    "ExampleContact",
    "Fault",
    "Journal",
    "JournalEntry",
    "SurveyAnswer",
    "TeamSettings",
    "Webhook",
    "WebhookDelivery",
    "create_app",
    "serve",
]

_HOME = {
    "EmulatorSecret": "api.auth",
    "JournalEntry": "journal.journal",
    "ExampleChannel": "seeds.built_in",
    "CarrierRule": "domain.team_settings",
    "SurveyAnswer": "domain.survey_answers",
    "TeamSettings": "domain.team_settings",
    "DeliveryAttempt": "webhooks.records",
    "WebhookDelivery": "webhooks.records",
    "Emulator": "server",
    "EmulatorApp": "asgi",
    "EmulatorTeam": "teams.emulator_team",
    "ExampleContact": "seeds.built_in",
    "Fault": "faults.rules",
    "Journal": "journal.journal",
    "Webhook": "webhooks.records",
    "create_app": "asgi",
    "serve": "server",
}


def __getattr__(name: str) -> Any:
    # Lazy, because the server's libraries take a quarter of a second to import and may not be installed.
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in {"starlette", "uvicorn"}:
            raise
        raise EmulatorError(
            f'The emulator needs {missing}. Install it with: pip install "heymarket[emulator]"'
        ) from error
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
