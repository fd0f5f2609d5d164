"""Decoding of successful responses to typed results.

The generated package decides whether the body can be the documented result at all, and reads single fields; an
unexpected field never fails a call. The errors leave without frames, because those hold the body.
"""

from __future__ import annotations

from typing import TypeVar

from heymarket_openapi.operation import APIResponse, Operation
from heymarket_openapi.results import UnexpectedBodyError, parse_result

from heymarket._error_mapping import describe_status
from heymarket._flow import Success
from heymarket._redaction import without_frames
from heymarket.errors import APIResponseValidationError

T = TypeVar("T")


@without_frames
def decode(operation: Operation[T], success: Success) -> APIResponse[T]:
    """The typed result of a successful call.

    Raises:
        APIResponseValidationError: The body is not JSON, is empty although a body is documented, or has another JSON
            type. Single fields never cause this error.
    """
    response, request_id, attempts, elapsed = success
    try:
        content_type = response.headers.get("content-type", "")
        parsed = parse_result(operation, response.status, response.content, content_type)
    except UnexpectedBodyError as problem:
        expected = operation.model or operation.expects
        raise APIResponseValidationError(
            f"{describe_status(response.status, request_id)}: {operation.name} returned {problem} instead of "
            f"{expected}. Read error.text; if the service has changed, report it with the request id.",
            operation=operation.name,
            attempts=attempts,
            request_id=request_id,
            status_code=response.status,
            expected=expected,
            got=str(problem),
            content=response.content,
        ) from None
    return APIResponse(parsed, response.status, response.headers, response.content, request_id, attempts, elapsed)
