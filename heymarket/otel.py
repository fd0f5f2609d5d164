"""OpenTelemetry: a span and metrics for each call. Needs the extra `otel`, which is `opentelemetry-api` alone.

    from heymarket import Heymarket
    from heymarket.otel import instrument

    with instrument(Heymarket()) as hm:
        hm.team.get()

The names are those of the semantic conventions for HTTP, and otherwise begin with `heymarket.`. No attribute has a
value of a request: no path value, query, header or body, and no message of an error.
"""

from __future__ import annotations

import sys
from concurrent.futures import Future
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from heymarket._error_mapping import printable_id
from heymarket._flow import QueueWait, Success, run
from heymarket._messages import Request, TransportFailure
from heymarket._version import __version__
from heymarket.client import AsyncHeymarket, Heymarket

try:
    from opentelemetry import metrics, trace
except ModuleNotFoundError:
    raise ModuleNotFoundError('heymarket.otel needs the extra "otel": pip install "heymarket[otel]".') from None

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from heymarket._flow import CallContext, Flow
    from heymarket._messages import Call, Response

__all__ = ["instrument"]

ClientT = TypeVar("ClientT", Heymarket, AsyncHeymarket)

_QUIET: Any = {"record_exception": False, "set_status_on_exception": False}  # an event would have a message and a stack
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)


def instrument(
    client: ClientT,
    *,
    tracer_provider: trace.TracerProvider | None = None,
    meter_provider: metrics.MeterProvider | None = None,
) -> ClientT:
    """Trace and measure the calls of a client, and of the light clients that are made from it afterwards.

    Args:
        client: The client.
        tracer_provider: Where spans go; the global provider by default.
        meter_provider: Where metrics go; the global provider by default.

    Returns:
        The same client.
    """
    sender: Any = client._sender  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - the one place that is told
    sender.context = sender.context._replace(run=_Telemetry(tracer_provider, meter_provider).run)
    return client


class _Telemetry:
    """What observes calls: it runs their flow, and looks at the steps that this yields."""

    def __init__(
        self, tracer_provider: trace.TracerProvider | None, meter_provider: metrics.MeterProvider | None
    ) -> None:
        self._tracer = trace.get_tracer("heymarket", __version__, tracer_provider)
        meter = metrics.get_meter("heymarket", __version__, meter_provider)
        self._durations = meter.create_histogram(
            "heymarket.client.call.duration", "s", "Calls, with all attempts, pauses and queueing.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )  # fmt: skip
        self._resends = meter.create_counter(
            "heymarket.client.call.resends", "{request}", "Requests sent again: retries, and those with a new token."
        )
        self._queueing = meter.create_histogram(
            "heymarket.client.quota.wait.duration", "s", "Time of calls in the queue of the quota.",
            explicit_bucket_boundaries_advisory=_SECONDS,
        )  # fmt: skip

    def run(self, call: Call, context: CallContext) -> Flow:
        """As `_flow.run`."""
        monotonic, operation = context.clock.monotonic, {"heymarket.operation": call.operation}
        base_url = call.server or context.base_url
        about = _describe(call, base_url)
        result: dict[str, Any] = {"error.type": "interrupted"}  # unless it ends otherwise
        request_id = "none"
        began, queued, sent = monotonic(), 0.0, 0
        steps, outcome = run(call, context), None
        with self._tracer.start_as_current_span(call.operation, attributes=about, **_QUIET) as span:
            try:
                while True:
                    step, at = steps.send(outcome), monotonic()
                    if isinstance(step, Request):
                        with self._attempt(about, sent, base_url) as attempt:
                            sent += 1
                            outcome = yield step
                            attempt.set_attributes(_describe_outcome(outcome))
                    elif isinstance(step, Success):
                        result = {"http.response.status_code": step.response.status}
                        request_id = printable_id(step.request_id)
                        yield step
                    else:
                        outcome = yield step
                        if isinstance(step, QueueWait | Future):
                            queued += monotonic() - at
            except Exception as error:  # whatever ends the call; raised again
                result = {"error.type": type(error).__name__}
                if status := getattr(error, "status_code", 0):
                    result["http.response.status_code"] = status
                request_id = printable_id(getattr(error, "request_id", None))
                raise
            finally:
                steps.close()
                self._durations.record(monotonic() - began, {**operation, **result})
                span.set_attributes({**result, "http.request.resend_count": max(sent - 1, 0)})
                if "error.type" in result:
                    span.set_status(trace.StatusCode.ERROR)
                if request_id != "none":
                    span.set_attribute("heymarket.request_id", request_id)
                if sent > 1:
                    self._resends.add(sent - 1, operation)
                if context.rate_limiter is not None:
                    self._queueing.record(queued, operation)
                    span.set_attribute("heymarket.quota.wait.duration", queued)

    def _attempt(self, about: dict[str, Any], resends: int, base_url: str) -> AbstractContextManager[trace.Span]:
        """A span for one request, unless the instrumentation of httpx makes it."""
        if _httpx_makes_spans(base_url):
            return nullcontext(trace.INVALID_SPAN)
        return self._tracer.start_as_current_span(
            " ".join(about[name] for name in ("http.request.method", "url.template") if name in about),
            kind=trace.SpanKind.CLIENT,
            attributes={**about, "http.request.resend_count": resends} if resends else about,
            **_QUIET,
        )


def _describe(call: Call, base_url: str) -> dict[str, Any]:
    url = urlsplit(base_url)
    about: dict[str, Any] = {"http.request.method": call.method, "server.address": url.hostname or ""}
    if url.port:
        about["server.port"] = url.port
    if call.path.startswith("/"):  # the operation is described, and so is its path
        about["url.template"] = call.path
    return about


def _describe_outcome(outcome: Response | TransportFailure) -> dict[str, Any]:
    about: dict[str, Any] = {"http.response.status_code": outcome.status} if outcome.status else {}
    if isinstance(outcome, TransportFailure):
        about["error.type"] = outcome.kind.name.lower()
    elif outcome.status >= 400:
        about["error.type"] = str(outcome.status)
    return about


def _httpx_makes_spans(base_url: str) -> bool:
    instrumentation: Any = sys.modules.get("opentelemetry.instrumentation.httpx")
    if instrumentation is None or not instrumentation.HTTPXClientInstrumentor().is_instrumented_by_opentelemetry:
        return False
    excluded = instrumentation.get_excluded_urls("HTTPX")  # by OTEL_PYTHON_HTTPX_EXCLUDED_URLS
    return not excluded.url_disabled(base_url)
