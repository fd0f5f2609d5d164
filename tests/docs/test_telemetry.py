"""What docs/operating.md says of the instrumentation of httpx: what it records, and the line that stops that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from heymarket import Heymarket
from heymarket.emulator import Emulator
from heymarket.otel import instrument

PHONE = "15555550100"


@pytest.fixture
def spans(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """What a program with both instrumentations exports; the parameter is the environment variable."""
    monkeypatch.setenv("OTEL_SEMCONV_STABILITY_OPT_IN", "http")
    monkeypatch.setenv("OTEL_PYTHON_HTTPX_EXCLUDED_URLS", request.param)
    exporter, provider = InMemorySpanExporter(), TracerProvider(shutdown_on_exit=False)
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    HTTPXClientInstrumentor().instrument(tracer_provider=provider)

    def record() -> list[Any]:
        with Emulator() as emulator, instrument(Heymarket(**emulator.settings), tracer_provider=provider) as hm:
            list(hm.messages.history(phone_number=PHONE, inbox_id=31).limit(1))
        return sorted(exporter.get_finished_spans(), key=lambda span: span.start_time or 0)

    yield record
    HTTPXClientInstrumentor().uninstrument()
    provider.shutdown()


@pytest.mark.parametrize("spans", [""], indirect=True)
def test_the_instrumentation_of_httpx_makes_the_spans_of_attempts_and_they_have_the_url(spans: Any) -> None:
    call, attempt = spans()
    assert call.name == "messages.history"
    assert attempt.parent.span_id == call.context.span_id
    assert PHONE not in str(dict(call.attributes))
    assert PHONE in attempt.attributes["url.full"], "the leak; if it is fixed, docs/operating.md can be shorter"


@pytest.mark.parametrize("spans", ["api.heymarket.com,127.0.0.1"], indirect=True)
def test_the_line_of_the_page_stops_that_and_the_attempts_are_spans_of_ours(spans: Any) -> None:
    call, attempt = spans()
    assert attempt.parent.span_id == call.context.span_id
    assert attempt.attributes["url.template"].startswith("/v")
    assert not [span for span in (call, attempt) if PHONE in str(dict(span.attributes))]
