"""What an unsuccessful outcome is called and what its error says: status, request id, what happened, the next step.

Messages hold no body, path value, query, key or token, and of what a server wrote only the request id and the host of
a redirect, if they look like one.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from heymarket import errors
from heymarket._messages import FailureKind, Response, TransportFailure
from heymarket.auth import believable_skew

if TYPE_CHECKING:
    from heymarket._messages import Call

_PRINTABLE_ID = r"[A-Za-z0-9_.:-]{1,128}"


def to_error(
    call: Call, outcome: Response | TransportFailure, sent: int, retry_after: float | None, timeout: float, now: float
) -> errors.APIError:
    """The error to raise for the last outcome of a call.

    Args:
        call: The call.
        outcome: What came of its last request.
        sent: How many requests were sent.
        retry_after: Seconds, as the service asked.
        timeout: Seconds that the call was given.
        now: Seconds since the epoch, to tell a clock that is off.
    """
    if isinstance(outcome, Response):
        return _status_error(call, outcome, sent, retry_after, now)
    if outcome.kind in {FailureKind.TOO_LARGE, FailureKind.GARBLED} and outcome.headers is not None:
        request_id = outcome.headers.get("x-request-id")
        return errors.APIResponseValidationError(
            f"{_lead(outcome.status, request_id)}: {outcome.reason} ({call.operation}). It is not asked for again.",
            operation=call.operation,
            attempts=sent,
            request_id=request_id,
            status_code=outcome.status,
            field="body",
            expected="a body of at most 32 MiB, plain or gzip",
            got=outcome.reason,
            content=b"",
        )
    unclear = outcome.sent and not call.safe
    timed_out = outcome.kind is FailureKind.TIMEOUT
    error_class = errors.APITimeoutError if timed_out else errors.APIConnectionError
    requests = "1 request" if sent == 1 else f"{sent} requests"
    advice = {
        FailureKind.CONNECT: "Check the base URL, the network and any proxy.",
        FailureKind.TLS: "Nothing was sent. Check the base URL, this machine's certificates and its date.",
        FailureKind.TIMEOUT: f"All attempts together had {timeout:g} s; give them more if that is too short.",
    }.get(outcome.kind, "Try again later.")
    if unclear:
        advice = "The write may have taken effect: look before you repeat it."
    host = urlsplit(call.url).hostname
    return error_class(
        f"No answer from {host} for {call.operation} after {requests}: {outcome.reason}. {advice}",
        operation=call.operation,
        attempts=sent,
        outcome_unknown=unclear,
    )


_STATUS_ERRORS: dict[int, type[errors.APIStatusError]] = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    409: errors.ConflictError,
    422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}

_ADVICE = {
    400: "the request was refused as malformed. The body (error.text) says which field.",
    401: "the credentials were refused. Check that they are whole, and still there in the Heymarket app under "
    "Settings > Integrations > API.",
    403: "the credentials are good, but this may not be done: by this team or sender, or to a recipient who has opted "
    "out. The body (error.text) may say why; else ask whoever administers the account.",
    404: "nothing is there. Check the values in the path, and that the ids belong to the team of these credentials.",
    409: "the request conflicts with what is there. Read it again, then decide.",
    422: "the request was understood and refused. The body (error.text) may say why.",
    429: "too many requests: Heymarket documents 500 a minute. Is something else using the same credentials? Make "
    "fewer calls, or give this client a smaller Quota.",
}


def _status_error(
    call: Call, answer: Response, sent: int, retry_after: float | None, now: float
) -> errors.APIStatusError:
    status, headers = answer.status, answer.headers
    request_id = headers.get("x-request-id")
    error_class = _STATUS_ERRORS.get(status, errors.APIStatusError)
    advice = _ADVICE.get(status, "the service did not accept the request. Read error.text.")
    if status >= 500:
        error_class, advice = errors.InternalServerError, "the service failed. Try again later."
        if not call.safe:
            advice = "the service failed. The write may have taken effect: look before you repeat it."
    if status in {301, 302, 303, 307, 308}:
        advice = (
            f"the service redirected to {_host(headers.get('location'))}, which is not followed. Check the base URL."
        )
    if status == 401:
        skew = believable_skew(headers.get("date"), now)
        if skew:
            direction = "behind" if skew > 0 else "ahead of"
            advice += f" This machine's clock is {abs(skew):.0f} s {direction} the service's: set it."
    if status == 404 and call.doubtful_ids:
        advice += f" {', '.join(call.doubtful_ids)} was not a UUID, and one is expected there."
    body = parse_json(answer.content)
    error = error_class(
        f"{_lead(status, request_id)}: {call.operation}: {advice}",
        operation=call.operation,
        attempts=sent,
        request_id=request_id,
        status_code=status,
        code=_error_code(body),
        body=body,
        text=answer.content.decode("utf-8", "replace"),
        headers=headers,
        method=call.method,
        path=call.path,
    )
    if isinstance(error, errors.RateLimitError):
        error.retry_after = retry_after
    return error


def parse_json(content: bytes) -> Any:
    """The parsed JSON, or `None` if it isn't any."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def _error_code(body: Any) -> str | None:
    if not isinstance(body, dict):
        return None
    codes: list[Any] = [body.get("error_code"), body.get("code")]  # pyright: ignore[reportUnknownMemberType] - any JSON
    return next((code for code in codes if isinstance(code, str)), None)


def _lead(status: int, request_id: str | None) -> str:
    return f"{status} (request id {printable_id(request_id)})"


def printable_id(request_id: str | None) -> str:
    """A request id that is fit for a message or a log: an id, not whatever a server may put in a header."""
    if not request_id:
        return "none"
    return request_id if re.fullmatch(_PRINTABLE_ID, request_id) else "unprintable"


def _host(location: str | None) -> str:
    try:
        host = urlsplit(location or "").hostname
    except ValueError:
        host = None
    return host if host and re.fullmatch(_PRINTABLE_ID, host) else "another place"
