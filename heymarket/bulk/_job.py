"""A job: one operation for many rows. What a row's call is given, and what is stored of its result."""

from __future__ import annotations

import inspect
import json
import logging
import time
import uuid
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from heymarket import description
from heymarket.bulk._results import RowResult
from heymarket.errors import (
    APIConnectionError,
    APIStatusError,
    AuthenticationError,
    ConfigurationError,
    HeymarketError,
    InvalidRequestError,
    QuotaStoreError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from heymarket.bulk._results import ResultFile

__all__ = ["Job", "Progress", "describe_job", "fail", "prepare_call", "succeed"]

_logger = logging.getLogger("heymarket")
_LOG_EVERY = 10.0  # seconds
_FAILURES_IN_A_ROW = 20  # that say nothing of their rows, after which the service is not asked again


class Job(NamedTuple):
    """What all calls of a job have in common. It is pickled for a worker in another process.

    Attributes:
        operation: The operation's name.
        id: A UUID, from which values are derived by which the service recognizes repeated requests.
        idempotent_by: The argument that takes such a value; empty without one.
        is_repeatable: Whether a call that may have taken effect may be made again.
    """

    operation: str
    id: str
    idempotent_by: str
    is_repeatable: bool


def describe_job(operation: str, *, is_idempotent: bool) -> Job:
    """The job of an operation, still without its id.

    Raises:
        ConfigurationError: There is no such operation.
    """
    info = next((one for one in description.operations() if one.name == operation), None)
    if info is None:
        raise ConfigurationError(f"bulk.run: there is no operation {operation!r}. Write it as resource.method.")
    idempotent_by = info.spec.get("x-heymarket-idempotent-by", "")
    is_safe = info.http_method == "GET" or info.spec.get("x-heymarket-safe-to-repeat", False)
    return Job(operation, "", idempotent_by, is_idempotent or is_safe or bool(idempotent_by))


def prepare_call(job: Job, client: object, number: int, arguments: dict[str, Any]) -> Callable[[], Any]:
    """The call of a row.

    Raises:
        InvalidRequestError: The row has arguments that the operation doesn't take, or lacks some.
    """
    method = attrgetter(job.operation)(client)
    if job.idempotent_by:
        arguments.setdefault(job.idempotent_by, str(uuid.uuid5(uuid.UUID(job.id), str(number))))
    try:
        inspect.signature(method).bind(**arguments)
    except TypeError as error:
        raise InvalidRequestError(f"{job.operation}: {error}.") from None
    return lambda: method(**arguments)


def succeed(number: int, value: object) -> RowResult:
    """The result of a row whose call succeeded."""
    return RowResult(number, json.loads(json.dumps(value, default=_to_json)), None, again=False)


def fail(job: Job, number: int, error: BaseException) -> RowResult:
    """The result of a row whose call failed, or was interrupted so that nobody knows whether it took effect."""
    status, code = getattr(error, "status_code", None), getattr(error, "code", None)
    described = {"type": type(error).__name__, "message": str(error), "status": status, "code": code}
    if not isinstance(error, HeymarketError):
        described["message"] = "The call was interrupted; it may have taken effect."
        return RowResult(number, None, described, again=False)
    again = isinstance(error, AuthenticationError | ConfigurationError | QuotaStoreError | APIConnectionError)
    if isinstance(error, APIStatusError) and error.status_code:
        again = again or error.status_code in {408, 425, 429} or error.status_code >= 500
    if getattr(error, "outcome_unknown", False) and not job.is_repeatable:
        again = False  # a call that may have taken effect is not made twice
    return RowResult(number, None, described, again)


def _to_json(value: Any) -> Any:
    if hasattr(value, "to_dict"):
        return value.to_dict()
    return list(value) if hasattr(value, "__iter__") and not isinstance(value, bytes) else str(value)


class Progress:
    """Storing of results, as they come: in the file, in the log, and given to the program.

    Args:
        stored: The file.
        on_result: Is called with each result that was stored.
    """

    def __init__(self, stored: ResultFile, on_result: Callable[[RowResult], object] | None) -> None:
        self._stored = stored
        self._on_result = on_result
        self._failures = 0
        self._logged = time.monotonic()

    def add(self, new: Iterable[RowResult], fatal: HeymarketError | None = None) -> None:
        """Store results.

        Args:
            new: The results.
            fatal: An error after them that concerns all rows, if there was one.

        Raises:
            HeymarketError: The service can't be used: that error, or too many calls failed one after the other for its
                reasons.
        """
        new = list(new)
        self._stored.add(new)
        for result in new:
            self._failures = self._failures + 1 if result.again else 0
            if self._on_result:
                self._on_result(result)
        if fatal is not None:
            raise fatal
        if self._failures >= _FAILURES_IN_A_ROW:
            message = (new[-1].error or {}).get("message", "")
            raise HeymarketError(f"bulk.run: {self._failures} calls failed one after the other. The last: {message}")
        if time.monotonic() - self._logged >= _LOG_EVERY:
            self._logged = time.monotonic()
            _logger.info(
                "%s: %d rows done, %d failed, %d to be called again.", self._stored.operation, *self._stored.summarize()
            )
