"""The endpoints for FastAPI, Starlette, Flask and Django, all held to the same, and the examples of the docs."""

from __future__ import annotations

import asyncio
import importlib.util
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import pytest

from heymarket import ConfigurationError
from heymarket.webhooks import Event, MessageEvent
from heymarket.webhooks._verification import MAX_BODY
from tests.unit.test_secrecy import shown_in
from tests.webhooks.deliveries import OTHER, PHONE, SAID, TOKEN, delivery

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


class Answer(NamedTuple):
    status: int
    text: str


class Framework(ABC):
    """One way to have an endpoint, in its framework's own testing tools."""

    def __init__(self) -> None:
        pytest.importorskip(self.module)

    module: str
    is_async = True
    """Whether a handler may be `async`."""

    @abstractmethod
    def endpoint(self, handler: Callable[[Event], Any], token: Any) -> Any:
        """An app with an endpoint, or what stands for it."""

    @abstractmethod
    def post(
        self, app: Any, body: bytes, path: str = "/heymarket", *, raises: bool = False, method: str = "POST"
    ) -> Answer:
        """What the app answers. An exception of the handler is the framework's 500, or raised."""

    @abstractmethod
    def example(self) -> ModuleType:
        """The example's module."""


class OnStarlette(Framework):
    module = "starlette"

    def endpoint(self, handler: Callable[[Event], Any], token: Any) -> Any:
        from starlette.applications import Starlette
        from starlette.routing import Route

        from heymarket.webhooks.starlette import webhook_endpoint

        return Starlette(routes=[Route("/heymarket", webhook_endpoint(token=token)(handler), methods=["POST"])])

    def post(
        self, app: Any, body: bytes, path: str = "/heymarket", *, raises: bool = False, method: str = "POST"
    ) -> Answer:
        return asyncio.run(over_asgi(app, method, path, in_pieces(body), raises=raises))

    def example(self) -> ModuleType:
        return load("webhooks_starlette")


class OnFastAPI(OnStarlette):
    module = "fastapi"

    def endpoint(self, handler: Callable[[Event], Any], token: Any) -> Any:
        from fastapi import FastAPI

        from heymarket.webhooks.starlette import webhook_endpoint

        app = FastAPI()
        app.post("/heymarket")(webhook_endpoint(token=token)(handler))
        return app

    def example(self) -> ModuleType:
        return load("webhooks_fastapi")


class ByDependency(OnFastAPI):
    def endpoint(self, handler: Callable[[Event], Any], token: Any) -> Any:
        from fastapi import Depends, FastAPI

        from heymarket.webhooks.starlette import webhook_event

        app = FastAPI()

        async def receive(event: Any = Depends(webhook_event(token=token))) -> None:  # noqa: B008 - how FastAPI has it
            result = handler(event)
            if result is not None:
                await result

        app.post("/heymarket")(receive)
        return app


class OnFlask(Framework):
    module = "flask"

    def endpoint(self, handler: Callable[[Event], Any], token: Any) -> Any:
        from flask import Flask

        from heymarket.webhooks.flask import webhook_view

        app = Flask("app")
        app.post("/heymarket")(webhook_view(token=token)(handler))
        return app

    def post(
        self, app: Any, body: bytes, path: str = "/heymarket", *, raises: bool = False, method: str = "POST"
    ) -> Answer:
        app.config["PROPAGATE_EXCEPTIONS"] = raises
        response = app.test_client().open(path, method=method, data=body, content_type="application/json")
        return Answer(response.status_code, response.text)

    def example(self) -> ModuleType:
        return load("webhooks_flask")


class OnDjango(Framework):
    module = "django"

    def __init__(self) -> None:
        super().__init__()
        import django
        from django.conf import settings

        if not settings.configured:
            settings.configure(
                ALLOWED_HOSTS=["testserver"],
                MIDDLEWARE=["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
                HEYMARKET_WEBHOOK_TOKEN=TOKEN,
            )
            django.setup()

    def endpoint(self, handler: Callable[[Event], Any], token: Any) -> Any:
        from django.urls import path

        from heymarket.webhooks.django import webhook_view

        app = ModuleType("urls")
        app.__dict__["urlpatterns"] = [path("heymarket", webhook_view(token=token)(handler))]
        return app

    def client(self, *, raises: bool) -> Any:
        from django.test import Client

        return Client(enforce_csrf_checks=True, raise_request_exception=raises)

    def post(
        self, app: Any, body: bytes, path: str = "/heymarket", *, raises: bool = False, method: str = "POST"
    ) -> Answer:
        from django.test import override_settings

        with override_settings(ROOT_URLCONF=app):
            response = self.client(raises=raises).generic(method, path, body, content_type="application/json")
        return Answer(response.status_code, response.content.decode())

    def example(self) -> ModuleType:
        return load("webhooks_django")


class OnAsyncDjango(OnDjango):
    def post(
        self, app: Any, body: bytes, path: str = "/heymarket", *, raises: bool = False, method: str = "POST"
    ) -> Answer:
        from django.test import AsyncClient, override_settings

        async def post() -> Any:
            client = AsyncClient(enforce_csrf_checks=True, raise_request_exception=raises)
            return await client.generic(method, path, body, content_type="application/json")

        with override_settings(ROOT_URLCONF=app):
            response = asyncio.run(post())
        return Answer(response.status_code, response.content.decode())


FRAMEWORKS: list[type[Framework]] = [OnStarlette, OnFastAPI, ByDependency, OnFlask, OnDjango, OnAsyncDjango]


@pytest.fixture(params=FRAMEWORKS, ids=lambda framework: framework.__name__)
def framework(request: pytest.FixtureRequest) -> Framework:
    made: Framework = request.param()
    return made


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    for start in range(0, max(len(body), 1), 65536):
        yield body[start : start + 65536]


async def over_asgi(app: Any, method: str, path: str, chunks: AsyncIterator[bytes], *, raises: bool) -> Answer:
    import httpx

    transport = httpx.ASGITransport(app, raise_app_exceptions=raises)
    async with httpx.AsyncClient(transport=transport, base_url="http://app") as client:
        response = await client.request(method, path, content=chunks, headers={"Content-Type": "application/json"})
    return Answer(response.status_code, response.text)


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Handler:
    """Remembers what it was handed."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def plain(self, event: Event) -> None:
        self.events.append(event)

    async def asynchronous(self, event: Event) -> None:
        await asyncio.sleep(0)
        self.events.append(event)

    def failing(self, event: Event) -> None:
        raise LookupError("of the handler")

    async def failing_asynchronously(self, event: Event) -> None:
        raise LookupError("of the handler")


@pytest.fixture
def handler() -> Handler:
    return Handler()


def test_an_event_is_handed_over_and_gets_a_200(framework: Framework, handler: Handler) -> None:
    answer = framework.post(framework.endpoint(handler.plain, TOKEN), delivery())
    assert answer.status == 200, "an earlier guide takes nothing else (D34)"
    assert answer.text in {"", "null"}
    (event,) = handler.events
    assert isinstance(event, MessageEvent)
    assert event.message.text == SAID


@pytest.mark.parametrize("kind", ["method", "partial", "object"])
def test_the_function_may_be_async(framework: Framework, handler: Handler, kind: str) -> None:
    class Called:
        async def __call__(self, event: Event) -> None:
            await handler.asynchronous(event)

    if framework.module == "flask":
        pytest.importorskip("asgiref", reason="flask[async] is not installed")
    chosen: dict[str, Any] = {
        "method": handler.asynchronous,
        "partial": partial(Handler.asynchronous, handler),
        "object": Called(),
    }
    answer = framework.post(framework.endpoint(chosen[kind], TOKEN), delivery())
    assert answer.status == 200
    assert len(handler.events) == 1


@pytest.mark.parametrize("sent", [OTHER, "", None, ..., [TOKEN]])
def test_a_wrong_token_is_401(framework: Framework, handler: Handler, sent: Any) -> None:
    answer = framework.post(framework.endpoint(handler.plain, TOKEN), delivery(token=sent))
    assert answer.status == 401
    assert handler.events == []


@pytest.mark.parametrize(
    "body", [b"", b"not json 15555550100", b"[]", b"null", b"\xff", b"[" * 100_000, b'{"id": NaN}']
)
def test_what_is_no_delivery_is_400(framework: Framework, handler: Handler, body: bytes) -> None:
    answer = framework.post(framework.endpoint(handler.plain, TOKEN), body)
    assert answer.status == 400
    assert handler.events == []


def test_a_body_over_1_mib_is_413_and_one_of_1_mib_is_taken(framework: Framework, handler: Handler) -> None:
    app = framework.endpoint(handler.plain, TOKEN)
    most = delivery().ljust(MAX_BODY)
    assert framework.post(app, most).status == 200
    assert framework.post(app, most + b" ").status == 413
    assert framework.post(app, most * 4).status == 413
    assert len(handler.events) == 1


def test_a_refusal_repeats_nothing_of_the_body(framework: Framework, handler: Handler) -> None:
    app = framework.endpoint(handler.plain, TOKEN)
    for body in (delivery(token=OTHER), delivery()[:-1], delivery().ljust(MAX_BODY + 1)):
        answer = framework.post(app, body)
        assert 400 <= answer.status < 500
        for text in (TOKEN, OTHER, SAID, PHONE, "message_recieved"):
            assert text not in answer.text


@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.parametrize("name", ["failing", "failing_asynchronously"])
def test_an_exception_of_the_function_is_the_frameworks_500(framework: Framework, handler: Handler, name: str) -> None:
    app = framework.endpoint(getattr(handler, name), TOKEN)
    assert framework.post(app, delivery()).status == 500


@pytest.mark.parametrize("name", ["failing", "failing_asynchronously"])
def test_its_traceback_shows_no_token_and_no_body(framework: Framework, handler: Handler, name: str) -> None:
    app = framework.endpoint(getattr(handler, name), [TOKEN, OTHER])
    with pytest.raises(LookupError) as caught:
        framework.post(app, delivery(), raises=True)
    ours = [frame for frame in frames_of(caught.value) if "/heymarket/webhooks/" in frame.f_code.co_filename]
    assert ours or isinstance(framework, ByDependency), "or nothing is looked at"
    shown = " ".join(shown_values(ours))
    for secret in (TOKEN, OTHER, SAID, PHONE):
        assert secret not in shown


def frames_of(error: BaseException) -> Iterator[Any]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def shown_values(frames: list[Any]) -> Iterator[str]:
    for frame in frames:
        yield from (repr(value) for value in frame.f_locals.values())


def test_both_tokens_are_taken_while_one_replaces_the_other(framework: Framework, handler: Handler) -> None:
    app = framework.endpoint(handler.plain, iter([OTHER, TOKEN]))
    for _ in range(2):
        assert framework.post(app, delivery(token=TOKEN)).status == 200
        assert framework.post(app, delivery(token=OTHER)).status == 200


@pytest.mark.parametrize("token", [None, "", [], [TOKEN, ""], f" {TOKEN}", TOKEN.encode()])
def test_a_token_that_would_let_in_anybody_is_refused_at_once(
    framework: Framework, handler: Handler, token: Any
) -> None:
    with pytest.raises(ConfigurationError) as caught:
        framework.endpoint(handler.plain, token)
    assert TOKEN not in shown_in(caught.value)


def test_only_post_is_taken(framework: Framework, handler: Handler) -> None:
    app = framework.endpoint(handler.plain, TOKEN)
    assert framework.post(app, delivery(), method="PUT").status == 405
    assert framework.post(app, b"", method="GET").status == 405
    assert handler.events == []


@pytest.mark.parametrize("made", [f for f in FRAMEWORKS if f is not ByDependency], ids=lambda made: made.__name__)
def test_the_example_of_the_docs_runs(
    made: type[Framework], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    framework = made()
    monkeypatch.setenv("HEYMARKET_WEBHOOK_TOKEN", TOKEN)
    module = framework.example()
    app = getattr(module, "app", module)
    assert framework.post(app, delivery()).status == 200
    assert "message 701 came in" in capsys.readouterr().out
    assert framework.post(app, delivery(token=OTHER)).status == 401
    assert capsys.readouterr().out == ""


def test_views_are_called_like_their_functions(handler: Handler) -> None:
    def receive(event: Event) -> None:
        """What comes in."""

    views: list[Any] = []
    if importlib.util.find_spec("starlette"):
        from heymarket.webhooks import starlette

        views.append(starlette.webhook_endpoint(token=TOKEN)(receive))
    if importlib.util.find_spec("flask"):
        from heymarket.webhooks import flask

        views.append(flask.webhook_view(token=TOKEN)(receive))
    if importlib.util.find_spec("django"):
        from heymarket.webhooks import django

        views.append(django.webhook_view(token=TOKEN)(receive))
    for view in views:
        assert view.__name__ == "receive"
        assert view.__doc__ == "What comes in."


class TestStarlette:
    """What only Starlette and FastAPI can do."""

    def test_a_body_that_does_not_end_is_left_at_the_limit(self, handler: Handler) -> None:
        framework = OnStarlette()
        taken = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal taken
            while True:
                taken += 1
                yield b" " * 65536

        app = framework.endpoint(handler.plain, TOKEN)
        answer = asyncio.run(over_asgi(app, "POST", "/heymarket", endless(), raises=True))
        assert answer.status == 413
        assert taken <= MAX_BODY // 65536 + 2

    def test_a_client_that_goes_away_is_no_error_of_the_app(self, handler: Handler) -> None:
        app = OnStarlette().endpoint(handler.plain, TOKEN)
        parts = [{"type": "http.request", "body": delivery()[:9], "more_body": True}, {"type": "http.disconnect"}]
        sent: list[Any] = []

        async def receive() -> Any:
            return parts.pop(0)

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "POST", "path": "/heymarket", "headers": [], "query_string": b""}
        asyncio.run(app(scope, receive, send))
        assert sent[0]["status"] == 400
        assert handler.events == []

    def test_fastapi_asks_its_clients_for_no_event(self) -> None:
        app = OnFastAPI().endpoint(Handler().plain, TOKEN)
        operation = app.openapi()["paths"]["/heymarket"]["post"]
        assert "requestBody" not in operation
        assert "parameters" not in operation


class TestFlask:
    """What only Flask can do."""

    def test_a_body_that_was_read_before_is_read_again(self, handler: Handler) -> None:
        framework = OnFlask()
        app = framework.endpoint(handler.plain, TOKEN)

        def look_at_it() -> None:
            from flask import request

            request.get_data()

        app.before_request(look_at_it)
        assert framework.post(app, delivery()).status == 200

    def test_a_stricter_limit_of_the_app_stays(self, handler: Handler) -> None:
        framework = OnFlask()
        app = framework.endpoint(handler.plain, TOKEN)
        app.config["MAX_CONTENT_LENGTH"] = 20
        assert framework.post(app, delivery()).status == 413

    def test_a_body_without_a_length_is_limited_too(self, handler: Handler) -> None:
        framework = OnFlask()
        client = framework.endpoint(handler.plain, TOKEN).test_client()
        from io import BytesIO

        def post(body: bytes) -> int:
            environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
            response = client.post("/heymarket", input_stream=BytesIO(body), environ_overrides=environ)
            return int(response.status_code)

        assert post(delivery()) == 200
        assert post(delivery().ljust(MAX_BODY)) == 200
        assert post(delivery().ljust(MAX_BODY + 1)) == 413
        assert post(delivery().ljust(MAX_BODY * 2)) == 413


class TestDjango:
    """What only Django can do."""

    def test_a_body_that_was_read_before_is_read_again(self, handler: Handler) -> None:
        OnDjango()
        from django.test import RequestFactory

        from heymarket.webhooks.django import webhook_view

        request = RequestFactory().post("/heymarket", delivery(), content_type="application/json")
        assert json.loads(request.body)["token"] == TOKEN
        assert webhook_view(token=TOKEN)(handler.plain)(request).status_code == 200

    def test_a_connection_that_breaks_is_no_error_of_the_app(self, handler: Handler) -> None:
        OnDjango()
        from django.test import RequestFactory

        from heymarket.webhooks.django import webhook_view

        class Broken:
            def read(self, size: int = -1) -> bytes:
                raise OSError("gone")

        request = RequestFactory().post("/heymarket", delivery(), content_type="application/json")
        request.__dict__["_stream"] = Broken()  # what a server that lost its client has
        assert webhook_view(token=TOKEN)(handler.plain)(request).status_code == 400

    def test_what_comes_in_small_pieces_is_put_together(self, handler: Handler) -> None:
        OnDjango()
        from django.test import RequestFactory

        from heymarket.webhooks.django import webhook_view

        pieces = [delivery()[:9], delivery()[9:], b""]

        class Slow:
            def read(self, size: int = -1) -> bytes:
                return pieces.pop(0)

        request = RequestFactory().post("/heymarket", b"", content_type="application/json")
        request.__dict__["_stream"] = Slow()
        assert webhook_view(token=TOKEN)(handler.plain)(request).status_code == 200
