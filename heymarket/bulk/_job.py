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

__all__ = ["Job", "Outcome", "Progress", "describe_job", "fail", "interrupt", "prepare_call", "succeed"]

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


class Outcome(NamedTuple):
    """The result of a row, and whether its error is one of the service: it says nothing of the row or its team."""

    result: RowResult
    is_outage: bool = False


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


def succeed(number: int, value: object) -> Outcome:
    """The outcome of a row whose call succeeded."""
    return Outcome(RowResult(number, json.loads(json.dumps(value, default=_to_json)), None, again=False))


def fail(job: Job, number: int, error: HeymarketError) -> Outcome:
    """The outcome of a row whose call failed."""
    status, code = getattr(error, "status_code", None), getattr(error, "code", None)
    described = {"type": type(error).__name__, "message": str(error), "status": status, "code": code}
    is_outage = isinstance(error, QuotaStoreError | APIConnectionError)
    if isinstance(error, APIStatusError) and error.status_code:
        is_outage = error.status_code in {408, 425, 429} or error.status_code >= 500
    again = is_outage or isinstance(error, AuthenticationError | ConfigurationError)
    if getattr(error, "outcome_unknown", False) and not job.is_repeatable:
        again = False  # a call that may have taken effect is not made twice
    return Outcome(RowResult(number, None, described, again), is_outage)


def interrupt(job: Job, number: int) -> list[Outcome]:
    """The outcome of a row whose call was interrupted: none if the next run may make it again."""
    if job.is_repeatable:
        return []
    message = "The call was interrupted; it may have taken effect."
    error = {"type": "InterruptedError", "message": message, "status": None, "code": None}
    return [Outcome(RowResult(number, None, error, again=False))]


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

    def add(self, new: Iterable[Outcome], fatal: BaseException | None = None) -> None:
        """Store results.

        Args:
            new: The results.
            fatal: An error after them that concerns all rows, if there was one.

        Raises:
            HeymarketError: The service can't be used: that error, or too many calls failed one after the other for its
                reasons.
        """
        new = list(new)
        self._stored.add(one.result for one in new)
        for result, is_outage in new:
            self._failures = self._failures + 1 if is_outage else 0
            if self._on_result:
                self._on_result(result)
        if fatal is not None:
            raise fatal
        if self._failures >= _FAILURES_IN_A_ROW:
            message = (new[-1].result.error or {}).get("message", "")
            raise HeymarketError(f"bulk.run: {self._failures} calls failed one after the other. The last: {message}")
        if time.monotonic() - self._logged >= _LOG_EVERY:
            self._logged = time.monotonic()
            _logger.info(
                "%s: %d rows done, %d failed, %d to be called again.", self._stored.operation, *self._stored.summarize()
            )
