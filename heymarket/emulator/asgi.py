"""The emulator as an ASGI application: the teams, each with its API and the console that controls it.

    app = create_app()
    httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://emulator")

`server` puts it on a port.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from attrs import define
from starlette.types import Receive, Scope, Send

from heymarket import description as bundled
from heymarket._clock import SYSTEM
from heymarket.emulator.api.auth import Authenticator, find_issuer
from heymarket.emulator.api.rate_limit import RateLimit
from heymarket.emulator.api.service_profile import ServiceProfile
from heymarket.emulator.app import API, CompiledDescription
from heymarket.emulator.clock import EmulatorClock
from heymarket.emulator.control import Address, Parts, Seed
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.faults.rules import FaultRules
from heymarket.emulator.intake.origins import AllowedHosts, read_target
from heymarket.emulator.journal.journal import Journal
from heymarket.emulator.scheduler import Scheduler
from heymarket.emulator.seeds.format import read_seed, validate_seed
from heymarket.emulator.seeds.loader import open_state
from heymarket.emulator.state import Snapshot
from heymarket.emulator.state.snapshots import Snapshots
from heymarket.emulator.teams.credentials import OF_DEFAULT_TEAM, TeamCredentials
from heymarket.emulator.teams.emulator_team import EmulatorTeam, is_console
from heymarket.emulator.webhooks.deliveries import DeliveryQueue
from heymarket.emulator.webhooks.records import Webhook, list_webhooks

__all__ = ["EmulatorApp", "create_app"]

_TEAMS = "/_emulator/teams/"
_MOST_TEAMS = 10_000


def create_app(
    *,
    limit: int = 500,
    per: float = 60.0,
    state: str | os.PathLike[str] = ":memory:",
    clock: Callable[[], float] = SYSTEM.time,
    description: Mapping[str, Any] | None = None,
    seed: Seed | None = None,
    webhook: Webhook | str | Iterable[Webhook | str] | None = None,
    strict: bool = False,
    teams: Iterable[str] | Mapping[str, Seed | None] = (),
    profile: str | os.PathLike[str] | None = None,
) -> EmulatorApp:
    """Make the ASGI application.

    Args:
        limit: Requests that each credential may make in any window.
        per: Length of that window in seconds.
        state: A file for the state, made and seeded if it isn't there yet, or `:memory:`.
        clock: Seconds since the epoch. Tokens, journal and the `Date` header use it, everything else by
            `EmulatorApp.clock`, which follows it until it is frozen or moved.
        description: An OpenAPI 3.1 document to serve; the bundled one by default.
        seed: What a fresh state holds: a YAML or JSON file, or its content; the built-in seed by default.
        webhook: Where events are delivered, a URL or with a token of yours, or several; nowhere by default.
        strict: Whether requests are held to the description. Otherwise what programs send for nothing counts as not
            given, such as `null` and `""`.
        teams: Names of further teams, each with credentials, limit, state, clock, faults, webhook and journal of its
            own; or a mapping of names to their seeds. Without a seed, a team begins as the default one does. The state
            of `north` is in `state.north.db` if `state` is `state.db`.
        profile: A report of `heymarket calibrate`: its responses look like those of the service that it is about.

    Raises:
        EmulatorError: The limit makes no sense, a seed or the profile doesn't fit, the state can't be used, the webhook
            is none, or a team can't be named so.
    """
    of_service = None if profile is None else ServiceProfile.read(profile)
    strict = strict or (of_service is not None and of_service.strict)
    served = CompiledDescription(bundled.load() if description is None else description, strict=strict)
    own_seed = None if seed is None else _read_seed(seed)
    workshop = _Workshop(limit, per, os.fspath(state), clock, served, own_seed, strict, of_service)
    app = EmulatorApp(workshop, list_webhooks(webhook))
    try:
        for name, seed_of_team in _list_teams(teams):
            app.add_team(name, seed_of_team)
    except BaseException:  # nothing of it stays open; raised again
        app.close()
        raise
    return app


class EmulatorApp(EmulatorTeam):
    """An ASGI application that responds as Heymarket's description says. Made by `create_app`.

    It is its default team, and leads to the others: by the caller's credential, and below `/_emulator/teams/`.

    Attributes:
        allowed_hosts: The names under which a server may be called; any without it.
    """

    def __init__(self, workshop: _Workshop, webhooks: tuple[Webhook, ...]) -> None:
        make = partial(workshop.make, OF_DEFAULT_TEAM, webhooks=webhooks)
        super().__init__("default", OF_DEFAULT_TEAM, Address(), workshop.served.document, make)
        self.allowed_hosts: AllowedHosts | None = None
        self._workshop = workshop
        self._teams: dict[str, EmulatorTeam] = {}
        self._by_issuer: dict[str, EmulatorTeam] = {}
        self._adding = threading.Lock()
        self.start()

    @property
    def teams(self) -> Mapping[str, EmulatorTeam]:
        """The other teams by name."""
        return MappingProxyType(self._teams.copy())  # any thread may add one

    def add_team(self, name: str, seed: Seed | None = None) -> EmulatorTeam:
        """As `Control.add_team`."""
        credentials = TeamCredentials.of(name)
        own_seed = None if seed is None else _read_seed(seed)
        make = partial(self._workshop.make, credentials, name, own_seed)
        team = EmulatorTeam(name, credentials, self.address, self.description, make)
        with self._adding:
            if name == self.name or name in self._teams:
                raise EmulatorError(f"There is a team {name} already.")
            if len(self._teams) >= _MOST_TEAMS:
                raise EmulatorError("There are 10,000 teams already.")
            if own_seed is not None or self._workshop.has_file(name):
                team.start()  # a mistake in it is known at once
            self._teams[name] = team
            self._by_issuer.update(dict.fromkeys(credentials.issuers, team))
        return team

    def close(self) -> None:
        """Do nothing more in time, and close the states."""
        for team in self._teams.values():
            team.close()
        super().close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to one request."""
        if scope["type"] != "http":
            raise EmulatorError(f"The emulator speaks HTTP, not {scope['type']}.")
        refusal = None
        if self.allowed_hosts is not None:
            scope, refusal = read_target(scope, self.allowed_hosts)
        team, scope = self._find_team(scope) if self._teams else (self, scope)
        await team.respond(scope, receive, send, self.allowed_hosts, refusal)

    def _find_team(self, scope: Scope) -> tuple[EmulatorTeam, Scope]:
        """The team that a request is for, and the request as that team sees it."""
        root: str = scope.get("root_path", "")
        path = scope["path"].removeprefix(root)
        if path.startswith(_TEAMS):
            name = path.removeprefix(_TEAMS).partition("/")[0]
            if name in self._teams:
                return self._teams[name], {**scope, "root_path": f"{root}{_TEAMS}{name}"}
        elif not is_console(path):
            authorization = next((value for key, value in scope["headers"] if key == b"authorization"), b"")
            issuer = find_issuer(authorization.decode("latin-1"))
            return self._by_issuer.get(issuer, self), scope
        return self, scope


@define
class _Workshop:
    """What makes teams: the settings that all of them have, and what they share."""

    limit: int
    per: float
    state: str
    clock: Callable[[], float]
    served: CompiledDescription
    seed: Mapping[str, Any] | None
    strict: bool
    profile: ServiceProfile | None
    pristine: Snapshot | None = None

    def has_file(self, team: str) -> bool:
        """Whether there is a state of a team from before."""
        where = self.where(team)
        return where != ":memory:" and os.path.lexists(where)

    def where(self, team: str = "") -> str:
        """The state of a team: `state.db` of the default one, `state.north.db` of another."""
        if not team or self.state == ":memory:":
            return self.state
        path = Path(self.state)
        return str(path.with_name(f"{path.stem}.{team}{path.suffix}"))

    def make(
        self,
        credentials: TeamCredentials,
        team: str = "",
        seed: Mapping[str, Any] | None = None,
        webhooks: tuple[Webhook, ...] = (),
    ) -> tuple[Parts, API]:
        """The components of a team."""
        moved = EmulatorClock(self.clock)
        auth = Authenticator([credentials.default, credentials.denied], [credentials.legacy], self.clock)
        rate_limit = RateLimit(self.limit, self.per, moved.time, lambda: moved.frozen)
        if seed is None:
            state = open_state(self.where(team), clock=moved, seed=self.seed, pristine=self.pristine)
            self.pristine = state.pristine
        else:
            state = open_state(self.where(team), clock=moved, seed=seed)
        deliveries = DeliveryQueue(state, webhooks)
        parts = Parts(
            scheduler=Scheduler(state, deliveries),
            clock=moved,
            credentials=auth.names,
            deliveries=deliveries,
            description=self.served.document,
            faults=FaultRules(self.served.names),
            journal=Journal(),
            limit=rate_limit,
            operations=self.served.names,
            profile=self.profile,
            snapshots=Snapshots(state),
            state=state,
            strict=self.strict,
        )
        if team and (seed is not None or self.seed is not None or self.where(team) != ":memory:"):
            parts.scheduler.wake()  # there may be something to do in time
        return parts, API(parts, auth, self.clock, self.served)


def _read_seed(seed: Seed) -> Mapping[str, Any]:
    return read_seed(seed) if isinstance(seed, str | os.PathLike) else validate_seed(seed)


def _list_teams(teams: Iterable[str] | Mapping[str, Seed | None]) -> Iterator[tuple[str, Seed | None]]:
    """The names of teams, each with its seed, if it has one of its own."""
    if isinstance(teams, str):
        raise EmulatorError(f'Pass the names of teams in a list: teams=["{teams}"].')
    yield from teams.items() if isinstance(teams, Mapping) else ((name, None) for name in teams)
