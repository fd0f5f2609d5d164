"""Verification of deliveries at an endpoint: each is refused, or handed over as an event.

Reading the body, calling the handler and responding are the framework's part, in the module named after it.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from attrs import frozen

from heymarket.errors import HeymarketError
from heymarket.webhooks._parsing import WebhookVerificationError, find_token_problem, read_event, wrap_tokens

if TYPE_CHECKING:
    from heymarket.webhooks._events import Event

MAX_BODY = 1024 * 1024
"""Bytes. A delivery is one message or conversation; its media are links."""


@frozen
class Verdict:
    """How to respond to a delivery.

    Attributes:
        status: The HTTP status.
        reason: The body of the response. It repeats nothing of the delivery.
        event: What to call the handler with, unless the delivery is refused.
    """

    status: int
    reason: str = ""
    event: Event | None = None


TOO_LARGE = Verdict(413, "The body is larger than a delivery can be.")
CUT_SHORT = Verdict(400, "The body was cut short.")
_FORGED = Verdict(401, "The token is missing or wrong.")
_UNREADABLE = Verdict(400, "The body is not a delivery.")


class Verifier:
    """The tokens of one endpoint, and the verification of bodies with them. Its repr shows no token."""

    __slots__ = ("_tokens",)

    def __init__(self, token: object) -> None:
        self._tokens = wrap_tokens(token)

    def check(self) -> None:
        """Refuse unusable tokens when the endpoint is made, not at the first delivery.

        Raises:
            ConfigurationError: There is no token, or one is empty or no string.
        """
        if problem := find_token_problem(self._tokens):
            raise problem

    def verify(self, body: bytes, limit: int = MAX_BODY) -> Verdict:
        """The verdict on a body. Never raises, because this frame holds the body.

        Args:
            body: The raw body. A longer one than the limit may be cut.
            limit: Bytes that a body may have.
        """
        if len(body) > limit:
            return TOO_LARGE
        outcome = read_event(body, self._tokens)
        if isinstance(outcome, HeymarketError):
            return _FORGED if isinstance(outcome, WebhookVerificationError) else _UNREADABLE
        return Verdict(200, event=outcome)


def is_async(handler: object) -> bool:
    """Whether a handler is an `async` function or method, or an object whose `__call__` is one."""
    call = getattr(handler, "__call__", None)  # noqa: B004 - the method, of an object that is no function
    return inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(call)


def copy_name(handler: object, view: Any) -> None:
    """Give the view the handler's name and docstring, which frameworks show.

    Not `functools.wraps`: frameworks would find the handler's parameters through it, and ask clients for an event.
    """
    for name in ("__name__", "__qualname__", "__doc__"):
        if getattr(handler, name, None):
            setattr(view, name, getattr(handler, name))
