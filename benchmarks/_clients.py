"""The clients that the benchmarks compare, each opened on one path of one server, and called in its own way.

A call returns the `channel_id` of the response, so that the benchmark can assert it: no client is fast by failing. The
rivals are what a program would use instead; each calls the path by its generic method, with its default settings,
except that githubkit's HTTP cache is off (see there).
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, asynccontextmanager, contextmanager
from contextvars import copy_context
from importlib import import_module
from importlib.util import find_spec
from typing import Any, NamedTuple

import httpx
import jwt

from heymarket import AsyncHeymarket, Heymarket

ANSWERED = "15555550100"


class Target(NamedTuple):
    """What to call, and as whom."""

    base_url: str
    contact_id: str
    secret_id: str = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
    secret_key: str = "kN4mQ7rT1vX8zB3dF6hJ9lP2sU5wY0aC"

    @property
    def path(self) -> str:
        return f"/v2/contact/{self.contact_id}/channel/phone"

    @property
    def settings(self) -> dict[str, Any]:
        """For `Heymarket(**settings)`."""
        return {"base_url": self.base_url, "secret_id": self.secret_id, "secret_key": self.secret_key}

    def token(self) -> str:
        """A token for clients that don't sign themselves; good for five minutes."""
        claims = {"iss": self.secret_id, "iat": int(time.time())}
        return jwt.encode(claims, f"{self.secret_id}||{self.secret_key}", algorithm="HS256")

    def authorization(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token()}"}


Call = Callable[[], object]
AsyncCall = Callable[[], Awaitable[object]]


class Client(NamedTuple):
    """A contestant: its name, the package that has to be installed for it, and how it is opened."""

    name: str
    needs: str
    opened: Callable[[Target], AbstractContextManager[Call]]
    opened_async: Callable[[Target], AbstractAsyncContextManager[AsyncCall]]


def installed(clients: Iterable[Client]) -> list[Client]:
    """Those that can take part; the others are named, with what would bring them."""
    there = []
    for client in clients:
        if find_spec(client.needs):
            there.append(client)
        else:
            print(f"Left out: {client.name}. It needs: pip install {client.needs}")
    return there


def heymarket(name: str, **options: Any) -> Client:
    """This package, with these options."""

    @contextmanager
    def opened(target: Target) -> Generator[Call]:
        with Heymarket(**target.settings, **options) as hm:
            yield lambda: hm.contact_channels.get(target.contact_id, "phone").channel_id

    @asynccontextmanager
    async def opened_async(target: Target) -> AsyncGenerator[AsyncCall]:
        async with AsyncHeymarket(**target.settings, **options) as hm:

            async def call() -> Any:
                return (await hm.contact_channels.get(target.contact_id, "phone")).channel_id

            yield call

    return Client(name, "heymarket", opened, opened_async)


@contextmanager
def _httpx(target: Target) -> Generator[Call]:
    url, headers = target.base_url + target.path, target.authorization()
    with httpx.Client() as client:
        yield lambda: client.get(url, headers=headers).json()["channel_id"]


@asynccontextmanager
async def _httpx_async(target: Target) -> AsyncGenerator[AsyncCall]:
    url, headers = target.base_url + target.path, target.authorization()
    async with httpx.AsyncClient() as client:

        async def call() -> Any:
            return (await client.get(url, headers=headers)).json()["channel_id"]

        yield call


@contextmanager
def _openai(target: Target) -> Generator[Call]:
    openai = import_module("openai")
    with openai.OpenAI(api_key=target.token(), base_url=target.base_url) as client:
        yield lambda: client.get(target.path, cast_to=object)["channel_id"]


@asynccontextmanager
async def _openai_async(target: Target) -> AsyncGenerator[AsyncCall]:
    openai = import_module("openai")
    async with openai.AsyncOpenAI(api_key=target.token(), base_url=target.base_url) as client:

        async def call() -> Any:
            return (await client.get(target.path, cast_to=object))["channel_id"]

        yield call


@contextmanager
def _stripe(target: Target) -> Generator[Call]:
    stripe = import_module("stripe")
    http_client = stripe.RequestsClient()  # its default, given so that it can be closed
    client = stripe.StripeClient(target.token(), base_addresses={"api": target.base_url}, http_client=http_client)
    try:
        yield lambda: client.raw_request("get", target.path).data["channel_id"]
    finally:
        http_client.close()


@asynccontextmanager
async def _stripe_async(target: Target) -> AsyncGenerator[AsyncCall]:
    stripe = import_module("stripe")
    http_client = stripe.HTTPXClient()  # its default for async, where httpx is installed
    client = stripe.StripeClient(target.token(), base_addresses={"api": target.base_url}, http_client=http_client)

    async def call() -> Any:
        return (await client.raw_request_async("get", target.path)).data["channel_id"]

    try:
        yield call
    finally:
        await http_client.close_async()


# On by default, it keeps every answer to the one path that is called here and looks through all of them at each call,
# which then costs ever more. That says more about a server that always answers the same than about githubkit.
_HTTP_CACHE = False


@contextmanager
def _githubkit(target: Target) -> Generator[Call]:
    githubkit = import_module("githubkit")
    headers = target.authorization()  # its own strategy for tokens says "token", not "Bearer"
    with githubkit.GitHub(base_url=target.base_url, http_cache=_HTTP_CACHE) as client:
        # It keeps its pool in a context variable, and threads start without: they would get a pool for every call.
        context = copy_context()

        def get() -> Any:
            return client.request("GET", target.path, headers=headers).json()["channel_id"]

        yield lambda: context.copy().run(get)


@asynccontextmanager
async def _githubkit_async(target: Target) -> AsyncGenerator[AsyncCall]:
    githubkit = import_module("githubkit")
    headers = target.authorization()
    async with githubkit.GitHub(base_url=target.base_url, http_cache=_HTTP_CACHE) as client:

        async def call() -> Any:
            return (await client.arequest("GET", target.path, headers=headers)).json()["channel_id"]

        yield call


BARE = Client("httpx", "httpx", _httpx, _httpx_async)
RIVALS = (
    Client("openai", "openai", _openai, _openai_async),
    Client("stripe", "stripe", _stripe, _stripe_async),
    Client("githubkit", "githubkit", _githubkit, _githubkit_async),
)
