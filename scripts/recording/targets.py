"""What scenarios are played against: an emulator of our own, or the live service.

A target sets up the circumstances of a scenario, or says why it can't.
"""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self

from attrs import evolve, field, frozen

from heymarket import ConfigurationError, config, description
from heymarket.emulator import Emulator
from heymarket.emulator.seeds.built_in import EXAMPLES
from recording.scenario import NOW, Scenario, play

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping
    from contextlib import AbstractContextManager

_WRONG_KEY = "WrongSecretKeyOfNoValue0000000000000"


class NotPlayableError(Exception):
    """The circumstances can't be set up here; says why."""


class PreparedScenario(NamedTuple):
    """A scenario, ready to be played at a target.

    Attributes:
        scenario: With the arguments that fit the target.
        settings: The client's base URL and credentials.
        time: The right time, seconds since the epoch.
        replacements: What the cassette has instead of the target's own values in the arguments.
    """

    scenario: Scenario
    settings: Mapping[str, Any]
    time: Callable[[], float]
    replacements: Mapping[str, str] = {}


class Target(Protocol):
    """Something to play scenarios against."""

    def prepare(self, scenario: Scenario) -> AbstractContextManager[PreparedScenario]:
        """Set the circumstances up, for as long as the block lasts.

        Raises:
            NotPlayableError: That can't be done here.
        """
        ...


class LocalEmulator:
    """An emulator at which it is always `NOW`, started with the block and reset for each scenario."""

    def __init__(self) -> None:
        # One request is all that a scenario makes of it, 401s not counted; so the limit is soon used up.
        self._emulator = Emulator(limit=1, clock=_now)

    def __enter__(self) -> Self:
        self._emulator.__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        self._emulator.__exit__(*error)

    @contextmanager
    def prepare(self, scenario: Scenario) -> Generator[PreparedScenario]:
        """Set the circumstances up."""
        emulator = self._emulator
        emulator.reset()
        settings: dict[str, Any] = {**emulator.settings}
        if scenario.credentials == "wrong_key":
            settings["secret_key"] = _WRONG_KEY
        elif scenario.credentials == "denied":
            settings |= {"secret_id": emulator.denied.secret_id, "secret_key": emulator.denied.secret_key}
        if scenario.limit_used_up:
            play(scenario, settings, _now)
        if scenario.breakdown:
            emulator.fail_next(scenario.breakdown)
        yield PreparedScenario(scenario, settings, _now)


def _now() -> float:
    return NOW


@frozen
class LiveService:
    """The service that the environment names, with a real account. Only reads are played there.

    Attributes:
        base_url: Where it is.
        secret: Secret ID and Secret Key.
        denied: Those of an API Secret that signs in and is denied, if there is one.
        contacts: A contact of the account for each of the emulator's examples that there is one for.
    """

    base_url: str
    secret: tuple[str, str] = field(repr=False)
    denied: tuple[str, str] | None = field(repr=False)
    contacts: Mapping[str, str]

    @classmethod
    def of(cls, environ: Mapping[str, str], contacts: Iterable[str] = ()) -> LiveService:
        """The service and the account that the environment names.

        Args:
            environ: The environment.
            contacts: `NAME=UUID` each, beside those of `HEYMARKET_CONTACTS`.

        Raises:
            ConfigurationError: Something is missing or can't be right.
        """
        settings = config.resolve(environ=environ)
        if "secret_id" not in settings.credentials:
            raise ConfigurationError("--live needs an API Secret: half of the scenarios are about signed tokens.")
        denied_id = environ.get("HEYMARKET_DENIED_SECRET_ID")
        return cls(
            settings.base_url,
            (settings.credentials["secret_id"].reveal(), settings.credentials["secret_key"].reveal()),
            (denied_id, environ.get("HEYMARKET_DENIED_SECRET_KEY", "")) if denied_id else None,
            dict(_contact(text) for text in (*environ.get("HEYMARKET_CONTACTS", "").split(), *contacts)),
        )

    @contextmanager
    def prepare(self, scenario: Scenario) -> Generator[PreparedScenario]:
        """Fit the scenario to the account."""
        if scenario.breakdown or scenario.limit_used_up:
            raise NotPlayableError("this is not done to a live service")
        if not _only_reads(scenario.operation):
            raise NotPlayableError("it writes, which is not done to a live account")
        if scenario.made_up:
            raise NotPlayableError("it reads what is in the description's examples, which is in no account")
        secret_id, secret_key = self.secret
        if scenario.credentials == "wrong_key":
            secret_key = _WRONG_KEY
        elif scenario.credentials == "denied":
            if self.denied is None:
                raise NotPlayableError("it needs HEYMARKET_DENIED_SECRET_ID and HEYMARKET_DENIED_SECRET_KEY")
            secret_id, secret_key = self.denied
        own = {name: self._own(value) for name, value in scenario.arguments.items()}
        yield PreparedScenario(
            evolve(scenario, arguments=own),
            {"base_url": self.base_url, "secret_id": secret_id, "secret_key": secret_key},
            time.time,
            {str(own[name]): str(value) for name, value in scenario.arguments.items()},
        )

    def _own(self, value: Any) -> Any:
        """The account's own contact in place of the emulator's."""
        for name, example in EXAMPLES.items():
            if value == example.contact_id:
                if name not in self.contacts:
                    raise NotPlayableError(f"it needs --contact {name}=UUID, a contact with {example.about}")
                return self.contacts[name]
        return value


def _contact(text: str) -> tuple[str, str]:
    name, _, contact_id = text.partition("=")
    if name not in EXAMPLES or not contact_id:
        raise ConfigurationError(f"A contact is given as NAME=UUID, where NAME is one of {', '.join(EXAMPLES)}.")
    return name, contact_id


def _only_reads(name: str) -> bool:
    operation = next(one for one in description.operations() if one.name == name)
    return operation.http_method == "GET" or operation.spec.get("x-heymarket-safe-to-repeat", False) is True
