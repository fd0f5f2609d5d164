"""A scenario: under these circumstances, this call has this outcome. Plain data, and how it is played."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

from attrs import field, frozen

from heymarket import APIError, APIResponse, Heymarket, _clock
from heymarket.testing.cassettes.scrubber import NOW

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

Outcome = APIResponse[Any] | APIError
__all__ = ["NOW", "PLAIN", "Outcome", "Scenario", "client_clock", "kind", "outcome_of", "outcome_status", "play"]


@frozen(eq=False)
class Scenario:
    """One behavior of one operation.

    Attributes:
        operation: Its name in the description, such as `contact_channels.get`.
        status: The status that the call ends with.
        label: Tells the scenarios of an operation and a status apart.
        arguments: What the client's method is called with.
        gives: The type of the result, or the class of the error.
        credentials: Whether the API Secret is right, its key is wrong, or it signs in and is denied.
        clock_off: Seconds by which the client's clock is ahead; behind: negative.
        limit_used_up: Whether all requests of this minute have been made already.
        breakdown: The status with which the service breaks down, if it does.
        made_up: Whether the arguments name records that the description made up, so that no account has them.
    """

    operation: str
    status: int
    label: str
    arguments: Mapping[str, Any]
    gives: type[object]
    credentials: Literal["right", "wrong_key", "denied"] = field(default="right", kw_only=True)
    clock_off: float = field(default=0.0, kw_only=True)
    limit_used_up: bool = field(default=False, kw_only=True)
    breakdown: int | None = field(default=None, kw_only=True)
    made_up: bool = field(default=False, kw_only=True)

    @property
    def name(self) -> str:
        """Operation, status and label: the cassette's path, without `.yaml`."""
        return f"{self.operation}/{self.status}-{self.label}"

    def call(self, client: Any) -> Any:
        """Call the operation, giving the whole response (of an `AsyncHeymarket`: a coroutine for it)."""
        resource, _, method = self.operation.partition(".")
        return getattr(getattr(client, resource).with_raw_response, method)(**self.arguments)

    def gave(self, outcome: Outcome) -> bool:
        """Whether the outcome is the expected one."""
        return kind(outcome) is self.gives and outcome_status(outcome) == self.status


def kind(outcome: Outcome) -> type[object]:
    """Type of the result, or class of the error."""
    return type(outcome if isinstance(outcome, APIError) else outcome.parsed)


def outcome_status(outcome: Outcome) -> int | None:
    """The HTTP status; `None` if there was no response."""
    return getattr(outcome, "status_code", None)


def outcome_of(call: Callable[[], APIResponse[Any]]) -> Outcome:
    """What a call returns or raises."""
    try:
        return call()
    except APIError as error:
        return error


def play(scenario: Scenario, settings: Mapping[str, Any], time: Callable[[], float], **options: Any) -> Outcome:
    """Play a scenario with a client of its own.

    Args:
        scenario: What to play.
        settings: The client's base URL and credentials.
        time: The right time, seconds since the epoch.
        options: More arguments of the client.
    """
    with client_clock(lambda: time() + scenario.clock_off), Heymarket(**settings, **PLAIN, **options) as hm:
        return outcome_of(lambda: scenario.call(hm))


PLAIN: Mapping[str, Any] = {"max_retries": 0, "quota": None}
"""Settings of a client that sends each request once (a refused token: twice)."""


@contextmanager
def client_clock(time: Callable[[], float]) -> Generator[None]:
    """Let clients that are made inside the block use another clock."""
    usual = _clock.SYSTEM
    _clock.SYSTEM = _clock.Clock(time=time)
    try:
        yield
    finally:
        _clock.SYSTEM = usual
