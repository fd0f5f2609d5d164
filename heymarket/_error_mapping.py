"""Errors for failed calls. A message says the status, the request id, what happened, and the next step.

Messages hold no path value, query, key or token. Of what a server sent they hold the request id, the host of a
redirect, and its own message and code, without what may be personal or secret.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from heymarket import errors
from heymarket._diagnosis import find_code, find_message, find_values
from heymarket._messages import Call, FailureKind, Response, TransportFailure
from heymarket._redaction import quote
from heymarket.auth import believable_skew

_UUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
_ID_PART = r"(?!\d{7,15}(?![0-9a-zA-Z]))(?:[0-9a-fA-F]{1,32}|[A-Za-z0-9]{1,20})"  # no phone number, no key, no token
_PRINTABLE_ID = rf"(?=.{{1,128}}$)(?:{_UUID}|{_ID_PART}(?:[_.:-]+{_ID_PART})*)"
_PRINTABLE_HOST = r"(?i)https?://([a-z0-9.-]{1,128})(?::[0-9]+)?(?:[/?#]|$)"
_CHECK_WRITE = "The write may have taken effect: look before you repeat it."
_CONNECTION_ADVICE = {
    FailureKind.CONNECT: "Check the base URL, the network and any proxy.",
    FailureKind.TLS: "Nothing was sent. Check the base URL, this machine's certificates and its date.",
    FailureKind.MALFORMED: "Check the base URL and any proxy: does something else listen there?",
    FailureKind.TIMEOUT: "All attempts together had {timeout:g} s; allow more if that is too short.",
}
_CLASSES = {
    400: errors.BadRequestError, 401: errors.AuthenticationError, 403: errors.PermissionDeniedError,
    404: errors.NotFoundError, 409: errors.ConflictError, 422: errors.UnprocessableEntityError,
    429: errors.RateLimitError,
}  # fmt: skip
_ADVICE: dict[int | str, str] = {  # what happened, and the next step
    "unsubscribed_number": "the recipient has opted out. Send nothing more until they opt in again (target_opt_in).",
    400: "the request was refused as malformed. The whole response is in error.text.",
    401: "the credentials were refused. Check that they are complete, and that the Heymarket app still lists them "
    "under Settings > Integrations > API.",
    403: "the credentials are valid, but this team or sender may not do this, or not to this recipient. If the "
    "response (error.text) doesn't say why, ask the account's administrator.",
    404: "nothing is there. Check the values of the call, and that the ids belong to the team of these credentials.",
    407: "the proxy wants a user name and a password. Write them into its address.",
    409: "the request conflicts with what is there. Read it again, then decide.",
    422: "the request was understood but refused. The whole response is in error.text.",
    429: "too many requests: Heymarket documents 500 a minute. Does something else use the same credentials? Make "
    "fewer calls, or give this client a smaller Quota.",
}


def to_error(
    call: Call, outcome: Response | TransportFailure, sent: int, retry_after: float | None, timeout: float, now: float
) -> errors.APIError:
    """The error to raise for the last outcome of a call.

    Args:
        call: The call.
        outcome: The response to its last request, or why there is none.
        sent: How many requests were sent.
        retry_after: Seconds to wait, if the service asked for it.
        timeout: Seconds that the call was allowed to take.
        now: Seconds since the epoch, to notice a wrong clock.
    """
    if isinstance(outcome, Response):
        return _status_error(call, outcome, sent, retry_after, now)
    if outcome.kind in {FailureKind.TOO_LARGE, FailureKind.GARBLED} and outcome.headers is not None:
        request_id = outcome.headers.get("x-request-id")
        return errors.APIResponseValidationError(
            f"{describe_status(outcome.status, request_id)}: {call.operation}: {outcome.reason}. It is not sent again.",
            operation=call.operation,
            attempts=sent,
            request_id=request_id,
            status_code=outcome.status,
            expected="a body of at most 32 MiB, plain or gzip",
            got=outcome.reason,
        )
    unclear = outcome.sent and not call.safe
    error_class = errors.APITimeoutError if outcome.kind is FailureKind.TIMEOUT else errors.APIConnectionError
    advice = _CHECK_WRITE if unclear else _CONNECTION_ADVICE.get(outcome.kind, "Try again later.")
    return error_class(
        f"No response from {urlsplit(call.url).hostname} for {call.operation} after {sent} "
        f"request{'' if sent == 1 else 's'}: {outcome.reason}. {advice.format(timeout=timeout)}",
        operation=call.operation,
        attempts=sent,
        outcome_unknown=unclear,
    )


def _status_error(
    call: Call, response: Response, sent: int, retry_after: float | None, now: float
) -> errors.APIStatusError:
    status, headers, request_id = response.status, response.headers, response.headers.get("x-request-id")
    error_class = _CLASSES.get(status, errors.APIStatusError)
    advice = _ADVICE.get(status, "the service did not accept the request. Read error.text.")
    skew = believable_skew(headers.get("date"), now)
    text = response.text
    body = _parse_json(response.content) or _parse_json(text)
    code = find_code(body, headers.get("content-type", ""))
    if code == "unsubscribed_number" and 400 <= status < 500:
        error_class, advice = errors.RecipientOptedOutError, _ADVICE[code]
    elif status >= 500:
        error_class = errors.InternalServerError
        advice = f"the service failed. {'Try again later.' if call.safe else _CHECK_WRITE}"
    elif status in {301, 302, 303, 307, 308}:
        target = re.match(_PRINTABLE_HOST, headers.get("location", ""))
        host = target[1] if target else "another host"
        advice = f"the service redirected to {host}, and redirects are not followed. Check the base URL."
    elif status == 401 and skew:
        direction = "behind" if skew > 0 else "ahead of"
        advice += f" This machine's clock is {abs(skew):.0f} s {direction} the service's: set it."
    elif status == 401 and skew is None:  # no date that can be believed
        advice += " Check this machine's clock too: a token is valid for five minutes."
    elif status == 404 and re.search(r"/v[0-9]+/v[0-9]+/", call.url):
        advice += " The base URL ends in a version, which the paths begin with: leave it out."
    elif status == 404 and call.doubtful_ids:
        advice += f" {', '.join(call.doubtful_ids)} was not a UUID, and one is expected there."
    message = find_message(text if body is None and not text.lstrip().startswith(("<", "null")) else body)
    what, _, next_step = advice.partition(". ")
    values = find_values(call)
    said = f": {quote(message, values)}" if message.strip() else ""
    said += f" (code {quote(code, values)[1:-1]})" if code else ""
    return error_class(
        f"{describe_status(status, request_id)}: {call.operation}: {what}{said}. {next_step}",
        operation=call.operation,
        attempts=sent,
        request_id=request_id,
        status_code=status,
        retry_after=retry_after,
        code=code,
        message=message,
        body=body,
        text=text,
        headers=headers,
        method=call.method,
        path=call.path,
    )


def _parse_json(content: bytes | str) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None


def describe_status(status: int, request_id: str | None) -> str:
    """The status and the request id, as error messages begin."""
    return f"{status} (request id {printable_id(request_id)})"


def printable_id(request_id: str | None) -> str:
    """The request id if it looks like one and can be shown in a message or a log, and otherwise a word for it."""
    if not request_id:
        return "none"
    return request_id if re.fullmatch(_PRINTABLE_ID, request_id) else "unprintable"
