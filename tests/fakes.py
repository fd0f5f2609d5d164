"""What tests share: both clients through one door, scripted transports, and a clock that does not wait."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from heymarket import AsyncHeymarket, Heymarket, _clock
from heymarket._messages import Headers, Request, Response, TransportFailure

SECRET_ID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
SECRET_KEY = "kN4mQ7rT1vX8zB3dF6hJ9lP2sU5wY0aC"
CONTACT = "3f8e0c6e-5b1a-4d1e-9c64-0a6b5a1d0001"
PHONE = "15555550100"
CHANNEL = {
    "id": 11,
    "team_id": 7,
    "contact_id": 101,
    "channel_type": "phone",
    "channel_id": PHONE,
    "info_channel": "",
    "channel_handle": "",
    "created": "2024-01-01T00:00:00Z",
    "updated": "2024-01-02T00:00:00Z",
}


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The base URL of a server that lives as long as the block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def answer(status: int = 200, body: Any = CHANNEL, **headers: str) -> Response:
    """A scripted answer; a body that is not bytes is sent as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    raw = {"X-Request-Id": "req-1", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Response(status, Headers([(name.encode(), value.encode()) for name, value in raw.items()]), content)


class FakeClock:
    """Time that passes only when somebody sleeps; `random` is always at its most."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0
        self.slept: list[float] = []

    def clock(self) -> _clock.Clock:
        return _clock.Clock(
            time=lambda: self.now,
            monotonic=lambda: self.now,
            random=lambda: 1.0,
            sleep=self.sleep,
            sleep_async=self.sleep_async,
        )

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    async def sleep_async(self, seconds: float) -> None:
        self.sleep(seconds)


Step = Response | TransportFailure | BaseException | Callable[[Request], "Response | TransportFailure"]


class Script:
    """A transport's part: what it gives, in order, and what it was handed. The last step repeats."""

    def __init__(self, *steps: Step) -> None:
        self.steps = list(steps)
        self.sends: list[Request] = []

    def play(self, request: Request) -> Response | TransportFailure:
        self.sends.append(request)
        step = self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]
        if isinstance(step, BaseException):
            raise step
        return step(request) if callable(step) else step

    def authorizations(self) -> list[str]:
        return [dict(send.headers)["Authorization"] for send in self.sends]


def content_of(request: Request) -> bytes:
    """The body of a request, of whatever kind; empty without one."""
    return request.body if isinstance(request.body, bytes) else b"".join(request.body or ())


class ScriptTransport:
    def __init__(self, script: Script) -> None:
        self.script = script
        self.closed = False

    def send(self, request: Request) -> Response | TransportFailure:
        return self.script.play(request)

    def close(self) -> None:
        self.closed = True


class AsyncScriptTransport:
    def __init__(self, script: Script) -> None:
        self.script = script
        self.closed = False

    async def send(self, request: Request) -> Response | TransportFailure:
        return self.script.play(request)

    async def close(self) -> None:
        self.closed = True


class Door:
    """One way to call either client: `door(lambda hm: hm.contact_channels.get(...), script=Script(...))`."""

    def __init__(self, kind: str) -> None:
        self.is_async = kind == "async"

    def __call__(self, call: Callable[[Any], Any], *, script: Script | None = None, **options: Any) -> Any:
        options = {"secret_id": SECRET_ID, "secret_key": SECRET_KEY, **options}
        if "api_key" in options:
            del options["secret_id"], options["secret_key"]
        if script is not None:
            options["_transport"] = AsyncScriptTransport(script) if self.is_async else ScriptTransport(script)
        if not self.is_async:
            with Heymarket(**options) as hm:
                return call(hm)

        async def main() -> Any:
            async with AsyncHeymarket(**options) as hm:
                return await call(hm)

        return asyncio.run(main())
