"""All errors that this package raises.

`str(error)` starts with the status and the request id, if there are any, says what the service said, and ends with the
next step. What may be personal or secret is masked in it: numbers, addresses, tokens, and the values that were sent;
`.message`, `.body`, `.text` and `.headers` are what the service sent. A pickle or a copy of an error leaves these out:
a task queue stores it where nobody expects phone numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = [
    "APIConnectionError", "APIError", "APIResponseValidationError", "APIStatusError", "APITimeoutError",
    "AuthenticationError", "BadRequestError", "ConfigurationError", "ConflictError", "HeymarketError",
    "InternalServerError", "InvalidRequestError", "NotFoundError", "PaginationError", "PermissionDeniedError",
    "QuotaStoreError", "RateLimitError", "RecipientOptedOutError", "UnprocessableEntityError",
]  # fmt: skip


_NOT_PICKLED = {"body", "content", "headers", "message", "text"}  # what the service sent, which may be personal


class HeymarketError(Exception):
    """The base of all errors of this package; raised itself for a client that is closed or on another event loop."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by state and without the constructor, because those of subclasses take keyword arguments."""
        hidden = {*_NOT_PICKLED, *["request_id"] * (str(self.__dict__.get("request_id")) not in str(self))}
        return type(self).__new__, (type(self), *self.args), {k: v for k, v in self.__dict__.items() if k not in hidden}


class ConfigurationError(HeymarketError):
    """A setting is invalid or missing. Raised before any request."""


class InvalidRequestError(HeymarketError, ValueError):
    """An argument is invalid or can't be sent safely. Raised before any request."""


class PaginationError(HeymarketError):
    """A page of a list doesn't say where the next one begins. The message contains the cursor to resume from."""


class QuotaStoreError(HeymarketError):
    """The file or server that a quota is shared through can't be used. Raised before the request is sent."""


class APIError(HeymarketError):
    """A call did not succeed.

    Attributes:
        operation: The operation's name, such as `contact_channels.get`; for `client.request` the method and the path,
            without values.
        attempts: How many requests were sent, including the one after a 401.
        request_id: `X-Request-Id` of the last response, which Heymarket's support asks for; `None` without a response.
        retry_after: Seconds to wait before the next attempt, if that is known; otherwise `None`.
    """

    operation: str = ""
    attempts: int = 0
    request_id: str | None = None
    retry_after: float | None = None

    def __init__(self, message: str, /, **details: Any) -> None:
        super().__init__(message)
        self.__dict__.update(details)


class APIConnectionError(APIError):
    """No usable response arrived.

    Attributes:
        outcome_unknown: True if a write may have taken effect although no response says so. Look before you repeat it.
    """

    outcome_unknown: bool = False


class APITimeoutError(APIConnectionError):
    """No response within the time allowed: `timeout` for all attempts together, or `max_wait` of the quota.

    Attributes:
        retry_after: Seconds after which to make the call again, if it would have queued for longer than `max_wait`;
            otherwise `None`.
    """

    retry_after: float | None = None


class APIStatusError(APIError):
    """The service returned a status that is not a success.

    Attributes:
        status_code: The HTTP status.
        code: The body's `error_code` or, without one, its `code`, if that is a string; of a problem (RFC 9457,
            `application/problem+json`) without one, the end of its `type`; otherwise `None`. Heymarket documents no
            schema of error bodies. `docs/operating.md` lists the codes that are known.
        message: What the service said, or an empty string; unlike in `str(error)`, nothing is masked.
        body: The parsed JSON body, or `None` if it is not JSON.
        text: The body as a string.
        headers: The response headers; names in any case.
        method: The HTTP method.
        path: The path template, without values.
    """

    status_code: int = 0
    code: str | None = None
    message: str = ""
    body: Any = None
    text: str = ""
    headers: Mapping[str, str] = MappingProxyType({})
    method: str = ""
    path: str = ""


class BadRequestError(APIStatusError):
    """400: the request is malformed or a field is invalid."""


class AuthenticationError(APIStatusError):
    """401: the credentials were refused, even after signing again."""


class PermissionDeniedError(APIStatusError):
    """403: the credentials are valid, but this team or sender may not do this, or not to this recipient."""


class RecipientOptedOutError(PermissionDeniedError):
    """The recipient has opted out (`code` is `unsubscribed_number`). Send nothing more until they opt in."""


class NotFoundError(APIStatusError):
    """404: nothing is there."""


class ConflictError(APIStatusError):
    """409: the request conflicts with what is there."""


class UnprocessableEntityError(APIStatusError):
    """422: the request was understood but refused."""


class RateLimitError(APIStatusError):
    """429: more than 500 requests in a minute."""


class InternalServerError(APIStatusError):
    """5xx: the service failed."""


class APIResponseValidationError(APIError):
    """The service reported success with a body that does not match the description.

    Attributes:
        status_code: The HTTP status.
        field: The field of the body; `body` for the whole body.
        expected: What the description documents, such as `object`.
        got: What the service sent, such as `array`; never a value.
        content: The body's bytes.
        text: The body as a string.
    """

    status_code: int = 0
    field: str = "body"
    expected: str = ""
    got: str = ""
    content: bytes = b""

    @property
    def text(self) -> str:
        """The body as a string, with undecodable bytes replaced."""
        return self.content.decode("utf-8", "replace")
