"""Every error this package raises, and what each of them tells its reader.

`str(error)` starts with the status and the request id, if there are any, and ends with the next step. It never
holds a body, a phone number, a key or a token; those who need the body read `.body` or `.text`. All errors can be
pickled, so that they cross process pools and task queues whole.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def _revive(cls: type[HeymarketError], args: tuple[Any, ...], state: dict[str, Any]) -> HeymarketError:
    error = cls.__new__(cls, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class HeymarketError(Exception):
    """The base of all errors of this package; also raised for a client that is closed or on a second event loop."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by state, because the constructors of the subclasses take keyword arguments."""
        return _revive, (type(self), self.args, self.__dict__)


class ConfigurationError(HeymarketError):
    """A setting is bad or missing. Raised before any request."""


class InvalidRequestError(HeymarketError, ValueError):
    """An argument that can't be sent safely. Raised before any request."""


class PaginationError(HeymarketError):
    """The next page of a list can't be told from the one before. The message holds the cursor to resume from."""


class QuotaStoreError(HeymarketError):
    """The file or server that a quota is shared through can't be used. Raised before the request is sent."""


class APIError(HeymarketError):
    """A call that was sent, or tried, and did not succeed.

    Attributes:
        operation: The operation's name, such as `contact_channels.get`, or the method for `client.request`.
        attempts: How many requests were sent, the one after a 401 included.
        request_id: `X-Request-Id` of the last answer, which Heymarket's support asks for; `None` without an answer.
    """

    operation: str = ""
    attempts: int = 0
    request_id: str | None = None

    def __init__(self, message: str, **details: Any) -> None:
        super().__init__(message)
        unknown = [name for name in details if not hasattr(type(self), name)]
        if unknown:
            raise TypeError(f"{type(self).__name__} has no {', '.join(unknown)}.")
        self.__dict__.update(details)


class APIConnectionError(APIError):
    """No usable answer came.

    Attributes:
        outcome_unknown: True if a write may have taken effect although no answer says so. Look before repeating it.
    """

    outcome_unknown: bool = False


class APITimeoutError(APIConnectionError):
    """No answer within the time given: `timeout` for all attempts together, or `max_wait` of the quota."""


class APIStatusError(APIError):
    """The service answered with a status that is not a success.

    Attributes:
        status_code: The HTTP status.
        code: The body's `error_code`, else its `code`, when that is a text, else `None`. Heymarket documents no
            shape of error bodies.
        body: The parsed JSON body, or `None` if it is not JSON.
        text: The body as text.
        headers: The response headers; names are matched without regard to case.
        method: The HTTP method.
        path: The path template, without values.
    """

    status_code: int = 0
    code: str | None = None
    body: Any = None
    text: str = ""
    headers: Mapping[str, str] = MappingProxyType({})
    method: str = ""
    path: str = ""


class BadRequestError(APIStatusError):
    """400: the request is malformed or a field is invalid; `.text` says which."""


class AuthenticationError(APIStatusError):
    """401: the credentials were refused, also after signing once more."""


class PermissionDeniedError(APIStatusError):
    """403: the credentials are good, but this team or sender may not do this, or not to this recipient."""


class NotFoundError(APIStatusError):
    """404: nothing is there."""


class ConflictError(APIStatusError):
    """409: the request conflicts with what is there."""


class UnprocessableEntityError(APIStatusError):
    """422: the request was understood and refused."""


class RateLimitError(APIStatusError):
    """429: more than 500 requests in a minute.

    Attributes:
        retry_after: Seconds to wait as the service said, or `None` if it didn't say.
    """

    retry_after: float | None = None


class InternalServerError(APIStatusError):
    """5xx: the service failed."""


class APIResponseValidationError(APIError):
    """The service reported success with a body that can't be what the description says.

    Attributes:
        status_code: The HTTP status.
        field: Where in the body; `body` for the whole of it.
        expected: What the description says is there, such as `object`.
        got: What was there, such as `array`; never its value.
        content: The body's bytes.
        text: The body as text.
    """

    status_code: int = 0
    field: str = "body"
    expected: str = ""
    got: str = ""
    content: bytes = b""

    @property
    def text(self) -> str:
        """The body as text, undecodable bytes replaced."""
        return self.content.decode("utf-8", "replace")
