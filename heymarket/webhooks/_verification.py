"""What an endpoint of any framework does with a delivery: refuse it, or have the event.

The framework's part (reading the body, answering, calling the handler) is in the module named after it.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from attrs import frozen

from heymarket.errors import HeymarketError
from heymarket.webhooks._parsing import WebhookVerificationError, problem_with, read, wrapped

if TYPE_CHECKING:
    from heymarket.webhooks._events import Event

MAX_BODY = 1024 * 1024
"""Bytes. A delivery is one message or conversation; its media are links."""


@frozen
class Refusal:
    """An answer that isn't a 2xx.

    Attributes:
        status: The HTTP status.
        reason: A text for the answer, which holds nothing of what was sent.
    """

    status: int
    reason: str


TOO_LARGE = Refusal(413, "The body is larger than a delivery can be.")
CUT_SHORT = Refusal(400, "The body was cut short.")
_FORGED = Refusal(401, "The token is missing or wrong.")
_UNREADABLE = Refusal(400, "The body is not a delivery.")


class Intake:
    """Takes bodies in, with the tokens of one endpoint. Its repr shows none."""

    __slots__ = ("_tokens",)

    def __init__(self, token: object) -> None:
        self._tokens = wrapped(token)

    def check(self) -> None:
        """Refuse tokens that can't be any, when the endpoint is made, not with the first delivery.

        Raises:
            ConfigurationError: No token is given, or one that is empty or no text.
        """
        problem = problem_with(self._tokens)
        if problem:
            raise problem

    def take(self, body: bytes) -> Event | Refusal:
        """The event, or how to refuse the delivery. Never raises: this frame holds the body."""
        outcome = read(body, self._tokens)
        if isinstance(outcome, HeymarketError):
            return _FORGED if isinstance(outcome, WebhookVerificationError) else _UNREADABLE
        return outcome


def is_async(handler: object) -> bool:
    """Whether calling the handler gives something to await: an `async` function or method, or a callable like one."""
    call = getattr(handler, "__call__", None)  # noqa: B004 - the method, of an object that is no function
    return inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(call)


def name_after(handler: object, view: Any) -> None:
    """Give the view the handler's name and docstring, for the framework's routes and pages.

    Not `functools.wraps`: frameworks look through that at the arguments, and would ask clients for an event.
    """
    for name in ("__name__", "__qualname__", "__doc__"):
        if getattr(handler, name, None):
            setattr(view, name, getattr(handler, name))
