"""From the body of a delivery to its event, past the token.

The token is all there is to tell a real delivery from a forged one: no signature is documented. How large a body may
be is for the server to limit, before it is read. No function that holds a body or a token raises, so that neither is in
any traceback.
"""

from __future__ import annotations

import hmac
import json
from typing import TYPE_CHECKING, Any, cast

from heymarket.auth import Secret
from heymarket.errors import ConfigurationError, HeymarketError
from heymarket.webhooks._events import Event, to_event

if TYPE_CHECKING:
    from collections.abc import Iterable

_WHERE_TO_FIND = "It is shown with the webhook's configuration in the Heymarket app."


class WebhookVerificationError(HeymarketError):
    """A delivery whose token is missing, or isn't one of those expected. Answer 401, and believe nothing of it."""


class WebhookParseError(HeymarketError):
    """A body that can't be a delivery at all. Answer 400."""


def parse(body: bytes | bytearray | str, *, token: str | Iterable[str]) -> Event:
    """The event of a delivery, once its token is verified.

    The token is compared in constant time (`hmac.compare_digest`), with each of those given. Fields that are missing,
    unknown or of another type than described never cost the event.

    Args:
        body: The raw body of the request. Its size is for the server to limit.
        token: The token of the webhook's configuration in the Heymarket app; several while one replaces another, or
            for several webhooks at one URL.

    Returns:
        A `MessageEvent`, `ConversationEvent`, `OptEvent` or `CallEvent`; an `UnknownEvent` for anything else.

    Raises:
        WebhookVerificationError: The delivery has no token, or a wrong one.
        WebhookParseError: The body is no JSON object.
        ConfigurationError: No usable token was given to compare with.

    Source: /api-reference/webhooks, /guides/webhooks; D34 for the shape of an earlier guide, which is read and flagged.
    """
    outcome = read(body, wrapped(token))
    del body, token
    if isinstance(outcome, HeymarketError):
        try:
            raise outcome
        finally:
            del outcome  # or the error and this frame would keep each other alive
    return outcome


def wrapped(token: object) -> tuple[Secret, ...]:
    """The tokens, each in a `Secret`. Takes anything; `problem_with` says what is wrong with it."""
    if isinstance(token, str | bytes | Secret):
        token = (token,)
    try:
        tokens: tuple[Any, ...] = tuple(token)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType, reportUnknownVariableType] - whatever was given
    except TypeError:
        tokens = () if token is None else (token,)
    return tuple(item if isinstance(item, Secret) else Secret(item) for item in tokens)


def problem_with(tokens: tuple[Secret, ...]) -> ConfigurationError | None:
    """Why these can't be tokens to compare with, if they can't."""
    if not tokens:
        return ConfigurationError(f"No webhook token is given. {_WHERE_TO_FIND} Without it anybody could send events.")
    for secret in tokens:
        text = secret.reveal()
        if not isinstance(text, str):
            return ConfigurationError(f"A webhook token must be a text, not {type(text).__name__}. {_WHERE_TO_FIND}")
        if not text.strip():
            return ConfigurationError(f"A webhook token is empty. {_WHERE_TO_FIND}")
        if text != text.strip():
            return ConfigurationError(
                "A webhook token begins or ends with blanks or a newline. Strip it: was it read from a file?"
            )
    return None


def read(body: object, tokens: tuple[Secret, ...]) -> Event | HeymarketError:
    """The event, or the error to raise. Never raises: this frame holds the body."""
    wrong = problem_with(tokens)
    if wrong:
        return wrong
    if not isinstance(body, bytes | bytearray | str):
        return WebhookParseError(
            f"The body must be given raw, as bytes or str, not as {type(body).__name__}. Pass what the framework calls "
            "the body, before it parses it."
        )
    try:
        delivery = json.loads(body)
    except (ValueError, RecursionError):
        what = "is not JSON" if body.strip() else "is empty"
        return WebhookParseError(f"The delivery's body {what}. Answer 400; Heymarket sends a JSON object.")
    if not isinstance(delivery, dict):
        return WebhookParseError("The delivery's body is not a JSON object. Answer 400; Heymarket sends one.")
    members = cast("dict[str, Any]", delivery)
    if not _is_one_of(members.get("token"), tokens):
        state = "has no token" if "token" not in members else "has another token than those expected"
        return WebhookVerificationError(
            f"The delivery {state}. Answer 401, and believe nothing of it. If it came from Heymarket, compare the "
            "token given to heymarket.webhooks with the one in the app."
        )
    try:
        return to_event(members)
    except RecursionError:
        return WebhookParseError("The delivery's body is nested too deeply. Answer 400.")


def _is_one_of(sent: object, tokens: tuple[Secret, ...]) -> bool:
    # Each is compared, whatever the ones before gave, so that the time says nothing about which one fitted.
    given = sent.encode("utf-8", "surrogatepass") if isinstance(sent, str) else b""
    found = False
    for secret in tokens:
        found |= hmac.compare_digest(given, secret.reveal().encode("utf-8", "surrogatepass"))
    return found
