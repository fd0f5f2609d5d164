"""Spans and metrics, as exporters in memory record them."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from heymarket_openapi.operation import Operation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode, get_current_span

from heymarket import AsyncHeymarket, HeymarketError, Quota, errors
from heymarket._messages import FailureKind, TransportFailure
from heymarket.otel import instrument
from tests.fakes import CONTACT, PHONE, SECRET_ID, SECRET_KEY, AsyncScriptTransport, Door, FakeClock, Script, answer


class Recorded(NamedTuple):
    exporter: InMemorySpanExporter
    reader: InMemoryMetricReader
    options: dict[str, Any]

    @property
    def spans(self) -> list[Any]:
        """The spans, in the order in which they began."""
        return sorted(self.exporter.get_finished_spans(), key=lambda span: span.start_time or 0)

    def metric(self, name: str) -> list[tuple[dict[str, Any], Any]]:
        """Attributes and value of each point: the sum, or the count of a histogram."""
        data = self.reader.get_metrics_data()
        found = [
            metric
            for resource in (data.resource_metrics if data else [])
            for scope in resource.scope_metrics
            for metric in scope.metrics
            if metric.name == name
        ]
        return [
            (dict(point.attributes or {}), getattr(point, "count", None) or getattr(point, "value", 0))
            for metric in found
            for point in metric.data.data_points
        ]


@pytest.fixture
def recorded() -> Iterator[Recorded]:
    exporter, reader = InMemorySpanExporter(), InMemoryMetricReader()
    tracers, meters = TracerProvider(shutdown_on_exit=False), MeterProvider([reader], shutdown_on_exit=False)
    tracers.add_span_processor(SimpleSpanProcessor(exporter))
    yield Recorded(exporter, reader, {"tracer_provider": tracers, "meter_provider": meters})
    tracers.shutdown()
    meters.shutdown()


def traced(recorded: Recorded, call: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda hm: call(instrument(hm, **recorded.options))


def get(hm: Any) -> Any:
    return hm.contact_channels.get(CONTACT, "phone")


def test_a_call_is_a_span_and_each_attempt_a_child(door: Door, clock: FakeClock, recorded: Recorded) -> None:
    door(traced(recorded, get), script=Script(answer(503), answer()))

    call, first, second = recorded.spans
    about = {
        "http.request.method": "GET",
        "server.address": "api.heymarket.com",
        "url.template": first.attributes["url.template"],
    }
    assert about["url.template"].startswith("/v2/contact/{")
    assert (call.name, call.kind, call.parent) == ("contact_channels.get", SpanKind.INTERNAL, None)
    assert call.attributes == {
        **about,
        "http.response.status_code": 200,
        "http.request.resend_count": 1,
        "heymarket.request_id": "req-1",
        "heymarket.quota.wait.duration": 0.0,
    }
    assert call.status.status_code is StatusCode.UNSET
    for attempt in (first, second):
        assert attempt.kind is SpanKind.CLIENT
        assert attempt.name == f"GET {about['url.template']}"
        assert attempt.parent.span_id == call.context.span_id
    assert first.attributes == {**about, "http.response.status_code": 503, "error.type": "503"}
    assert second.attributes == {**about, "http.response.status_code": 200, "http.request.resend_count": 1}


def test_a_call_to_another_server_names_that(door: Door, recorded: Recorded) -> None:
    operation: Operation[Any] = Operation(
        name="things.get", method="GET", path="/things", build=lambda: {"url": "/things"}, parse=lambda body: body,
        path_params={}, status=200, expects="object", model="dict", safe=True, server="https://triggers.example.com",
    )  # fmt: skip
    door(traced(recorded, lambda hm: hm._sender.send(operation, {})), script=Script(answer(200, {})))

    assert {span.attributes["server.address"] for span in recorded.spans} == {"triggers.example.com"}


def test_a_failure_has_its_kind_and_status(door: Door, clock: FakeClock, recorded: Recorded) -> None:
    with pytest.raises(errors.NotFoundError):
        door(traced(recorded, get), script=Script(answer(404)))
    lost = TransportFailure(FailureKind.LOST, "the connection broke", sent=True)
    with pytest.raises(errors.APIConnectionError):
        door(traced(recorded, get), script=Script(lost), max_retries=0)

    refused, _, broken, attempt = recorded.spans
    assert refused.attributes["error.type"] == "NotFoundError"
    assert refused.attributes["http.response.status_code"] == 404
    assert refused.attributes["heymarket.request_id"] == "req-1"
    assert broken.attributes["error.type"] == "APIConnectionError"
    assert "http.response.status_code" not in broken.attributes
    assert attempt.attributes["error.type"] == "lost"
    assert {refused.status.status_code, broken.status.status_code} == {StatusCode.ERROR}
    assert not any(span.events or span.status.description for span in recorded.spans), "they would have messages"


def test_the_time_in_the_queue_is_told_and_a_pause_is_not(door: Door, clock: FakeClock, recorded: Recorded) -> None:
    def calls(hm: Any) -> Any:
        async def run() -> None:
            await get(hm)
            await get(hm)

        return run() if door.is_async else [get(hm), get(hm)]

    script = Script(answer(503), answer())
    door(traced(recorded, calls), script=script, quota=Quota(2, per=60))

    one, other = (span for span in recorded.spans if span.parent is None)
    assert one.attributes["heymarket.quota.wait.duration"] == 0.0
    assert 50 < other.attributes["heymarket.quota.wait.duration"] <= 60
    assert recorded.metric("heymarket.client.quota.wait.duration") == [
        ({"heymarket.operation": "contact_channels.get"}, 2)
    ]


def test_calls_resends_and_failures_are_counted(door: Door, clock: FakeClock, recorded: Recorded) -> None:
    door(traced(recorded, get), script=Script(answer(503), answer(401), answer()))
    with pytest.raises(errors.NotFoundError):
        door(traced(recorded, get), script=Script(answer(404)))

    operation = {"heymarket.operation": "contact_channels.get"}
    assert recorded.metric("heymarket.client.call.resends") == [(operation, 2)]
    assert recorded.metric("heymarket.client.call.duration") == [
        ({**operation, "http.response.status_code": 200}, 1),
        ({**operation, "http.response.status_code": 404, "error.type": "NotFoundError"}, 1),
    ]


def test_no_value_of_a_request_is_in_anything_recorded(door: Door, clock: FakeClock, recorded: Recorded) -> None:
    values = [SECRET_ID, SECRET_KEY, CONTACT, PHONE, "sEnTiNeL", "31", "1700000000"]
    echo = answer(400, {"message": f"sEnTiNeL {PHONE} {CONTACT}"}, X_Request_Id=f"sEnTiNeL of {PHONE}")
    calls: list[Callable[[Any], Any]] = [
        get,
        lambda hm: hm.messages.send(inbox_id=31, creator_id=21, phone_number=PHONE, text="sEnTiNeL"),
        lambda hm: hm.request("GET", f"/v1/contact/{CONTACT}", params={"phone": PHONE, "name": "sEnTiNeL"}),
        lambda hm: hm.request("POST", f"/v1/contact/{PHONE}", json={"name": "sEnTiNeL"}),
        lambda hm: hm.with_options(extra_headers={"X-Name": "sEnTiNeL"}).team.get(),
        lambda hm: hm.with_credentials(api_key="sEnTiNeL-key").team.get(),
    ]
    for call in calls:
        for script in (Script(echo), Script(answer(body={"id": 11})), Script(answer(500, b"sEnTiNeL"), echo)):
            try:
                door(traced(recorded, call), script=script)
            except HeymarketError:
                continue

    assert len([span for span in recorded.spans if span.parent is None]) == 18
    data = recorded.reader.get_metrics_data()
    assert data is not None
    metrics = json.dumps(
        [
            [list((point.attributes or {}).items()) for point in metric.data.data_points]
            for resource in data.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        ]
    )
    for span in recorded.spans:
        shown = json.dumps(
            [
                span.name,
                dict(span.attributes or {}),
                [str(event) for event in span.events],
                str(span.status.description),
            ]
        )
        assert not [value for value in values if value in shown or value in metrics], shown
        assert (
            "{" in shown.partition("url.template")[2]
            or "url.template" not in shown
            or "/v1/team" in shown
            or "send" in shown
        )


def test_a_call_belongs_to_the_span_around_it_and_ends_with_its_own(
    door: Door, clock: FakeClock, recorded: Recorded
) -> None:
    tracer = recorded.options["tracer_provider"].get_tracer("program")
    with tracer.start_as_current_span("program") as around:
        door(traced(recorded, get), script=Script(answer()))
        assert get_current_span() is around
    program, call, _ = recorded.spans
    assert call.parent.span_id == program.context.span_id


def test_a_cancelled_call_ends_its_spans_and_returns_its_slot(clock: FakeClock, recorded: Recorded) -> None:
    class Silent(AsyncScriptTransport):
        async def send(self, request: Any) -> Any:
            await asyncio.Event().wait()

    async def main() -> None:
        options: Any = {"_transport": Silent(Script(answer())), "quota": Quota(3, per=7)}
        async with instrument(AsyncHeymarket(SECRET_ID, SECRET_KEY, **options), **recorded.options) as hm:
            task = asyncio.create_task(get(hm))
            await asyncio.sleep(0.01)  # for the call to be on its way
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            left = await hm.quota
            assert left is not None
            assert left.used == 1, "the request may have left"

    asyncio.run(main())
    call, attempt = recorded.spans
    assert call.attributes["error.type"] == "interrupted"
    assert attempt.end_time


def test_tasks_side_by_side_keep_their_spans_apart(clock: FakeClock, recorded: Recorded) -> None:
    async def main() -> None:
        options: Any = {"_transport": AsyncScriptTransport(Script(answer()))}
        async with instrument(AsyncHeymarket(SECRET_ID, SECRET_KEY, **options), **recorded.options) as hm:
            await asyncio.gather(*(get(hm) for _ in range(5)))

    asyncio.run(main())
    calls = [span for span in recorded.spans if span.parent is None]
    parents = [span.parent.span_id for span in recorded.spans if span.parent is not None]
    assert len(calls) == 5
    assert sorted(parents) == sorted(span.context.span_id for span in calls)


def test_instrumenting_twice_makes_no_second_span(door: Door, clock: FakeClock, recorded: Recorded) -> None:
    door(traced(recorded, traced(recorded, get)), script=Script(answer()))
    assert len(recorded.spans) == 2
