"""Parsing of deliveries: the token is verified, then the body becomes an event.

Only the token tells a real delivery from a forged one; no signature is documented. The server must limit the size of a
body before it reads it. No function that holds a body or a token raises, so that no traceback shows either.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable
from typing import Any, cast

from heymarket.auth import Secret
from heymarket.errors import ConfigurationError, HeymarketError
from heymarket.webhooks._events import Event, make_event

_WHERE_TO_FIND = "It is shown with the webhook's configuration in the Heymarket app."


class WebhookVerificationError(HeymarketError):
    """The token of a delivery is missing or wrong. Respond with 401, and trust nothing in it."""


class WebhookParseError(HeymarketError):
    """A body is no delivery at all. Respond with 400."""


def parse(body: bytes | bytearray | str, *, token: str | Iterable[str]) -> Event:
    """Verify the token of a delivery, and return its event.

    It compares the token with each of yours, in constant time (`hmac.compare_digest`). Missing, unknown or ill-typed
    fields never prevent an event.

    Args:
        body: The raw body of the request. Limit its size in your server.
        token: The token of the webhook's configuration in the Heymarket app; several during a rotation, or for several
            webhooks at one URL.

    Returns:
        A `MessageEvent`, `ConversationEvent`, `OptEvent` or `CallEvent`; an `UnknownEvent` for anything else.

    Raises:
        WebhookVerificationError: The delivery has no token, or a wrong one.
        WebhookParseError: The body is no JSON object.
        ConfigurationError: There is no usable token to compare with.

    Source: /api-reference/webhooks, /guides/webhooks; D34 for the shape of an earlier guide, which is read and flagged.
    """
    outcome = read_event(body, wrap_tokens(token))
    del body, token
    if isinstance(outcome, HeymarketError):
        try:
            raise outcome
        finally:
            del outcome  # or the error and this frame would keep each other alive
    return outcome


def wrap_tokens(token: object) -> tuple[Secret, ...]:
    """Wrap each token in a `Secret`. Accepts anything; `find_token_problem` says what is wrong with it."""
    if isinstance(token, str | bytes | Secret):
        token = (token,)
    try:
        tokens: tuple[Any, ...] = tuple(token)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType, reportUnknownVariableType] - whatever was given
    except TypeError:
        tokens = () if token is None else (token,)
    return tuple(item if isinstance(item, Secret) else Secret(item) for item in tokens)


def find_token_problem(tokens: tuple[Secret, ...]) -> ConfigurationError | None:
    """Why these tokens are unusable; `None` if they aren't."""
    if not tokens:
        return ConfigurationError(f"No webhook token is given. {_WHERE_TO_FIND} Without it, anyone could send events.")
    for secret in tokens:
        token = secret.reveal()
        if not isinstance(token, str):
            return ConfigurationError(f"A webhook token must be a string, not {type(token).__name__}. {_WHERE_TO_FIND}")
        if not token.strip():
            return ConfigurationError(f"A webhook token is empty. {_WHERE_TO_FIND}")
        if token != token.strip():
            return ConfigurationError(
                "A webhook token begins or ends with spaces or a newline. Strip it: was it read from a file?"
            )
    return None


def _refuse(constant: str) -> object:
    raise ValueError(constant)  # NaN and Infinity, which Python reads and JSON doesn't have


def read_event(body: object, tokens: tuple[Secret, ...]) -> Event | HeymarketError:
    """The event, or the error to raise. Never raises, because this frame holds the body."""
    if problem := find_token_problem(tokens):
        return problem
    if not isinstance(body, bytes | bytearray | str):
        return WebhookParseError(
            f"The body must be raw, as bytes or str, not {type(body).__name__}. Pass the request's body before the "
            "framework parses it."
        )
    try:
        delivery = json.loads(body, parse_constant=_refuse)
    except (ValueError, RecursionError):
        what = "is not JSON" if body.strip() else "is empty"
        return WebhookParseError(f"The body of the delivery {what}. Respond with 400; Heymarket sends a JSON object.")
    if not isinstance(delivery, dict):
        return WebhookParseError(
            "The body of the delivery is not a JSON object. Respond with 400; Heymarket sends one."
        )
    fields = cast("dict[str, Any]", delivery)
    if not _is_one_of(fields.get("token"), tokens):
        state = "has no token" if "token" not in fields else "has a wrong token"
        return WebhookVerificationError(
            f"The delivery {state}. Respond with 401, and trust nothing in it. If Heymarket sent it, compare the token "
            "that your program passes with the one in the app."
        )
    try:
        return make_event(fields)
    except RecursionError:
        return WebhookParseError("The body of the delivery is nested too deeply. Respond with 400.")


def _is_one_of(sent: object, tokens: tuple[Secret, ...]) -> bool:
    # All are compared, even after a match, so that the time doesn't tell which one matched.
    given = sent.encode("utf-8", "surrogatepass") if isinstance(sent, str) else b""
    found = False
    for secret in tokens:
        found |= hmac.compare_digest(given, secret.reveal().encode("utf-8", "surrogatepass"))
    return found
