"""`Heymarket` and `AsyncHeymarket`: what a program holds.

A client is settings, credentials and a transport. The resources (`client.contact_channels`) are generated; what a call
goes through is in `_flow`. Nothing slow is imported before a client is made.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Generator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Self, TypeVar

from heymarket_openapi.lazy import LazyProperty
from heymarket_openapi.resources import AsyncResources, Resources

from heymarket._redaction import without_frames
from heymarket.errors import ConfigurationError
from heymarket.quota import Quota, QuotaStatus

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future

    from heymarket_openapi.operation import APIResponse

    from heymarket._clock import Clock
    from heymarket._flow import CallContext
    from heymarket.auth import Credentials, Secret
    from heymarket.contact_channels import AsyncContactChannels, ContactChannels
    from heymarket.contacts import AsyncContacts, Contacts
    from heymarket.quota.rate_limiter import RateLimiter

ResponseT = TypeVar("ResponseT", "APIResponse[Any]", "Coroutine[Any, Any, APIResponse[Any]]")

_UNCHANGED: Any = object()


class _Client(Generic[ResponseT]):
    """What both clients share: how they are made, and how light ones are made from them."""

    _sender: Any  # a Sender or an AsyncSender

    @without_frames
    def __init__(
        self,
        secret_id: str | None = None,
        secret_key: str | None = None,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float = 30.0,
        max_retries: int = 2,
        quota: Quota | None = Quota(500, per=60),  # noqa: B008 - immutable
        http_client: Any = None,
        profile: str | None = None,
        allow_insecure_http: bool = False,
        keys: Mapping[str, str] | None = None,
        allow_undescribed: bool = False,
        _transport: Any = None,
    ) -> None:
        from heymarket import _clock, config

        credentials = config.wrapped({"secret_id": secret_id, "secret_key": secret_key, "api_key": api_key})
        secrets = config.wrapped(keys or {})
        del secret_id, secret_key, api_key, keys  # so that no traceback shows them
        from heymarket._flow import CallContext, run
        from heymarket._request import HEADERS
        from heymarket._sender import AsyncSender, Sender, SharedTransport
        from heymarket.auth import Secret
        from heymarket.retries import RetryBudget

        config.set_up_logging()
        settings = config.resolve(
            credentials, base_url=base_url, profile=profile, allow_insecure_http=allow_insecure_http
        )
        config.check_options(timeout, max_retries, quota)
        clock = _clock.SYSTEM
        context = CallContext(
            base_url=settings.base_url,
            headers=Secret(HEADERS),
            timeout=timeout,
            max_retries=max_retries,
            quota=quota,
            rate_limiter=None,
            credentials=_make_signer(settings.credentials, clock),
            retry_budget=RetryBudget(clock.monotonic),
            clock=clock,
            trusted=settings.trusted,
            keys=secrets,
            allow_undescribed=allow_undescribed,
            run=run,
        )
        is_async = isinstance(self, AsyncHeymarket)
        make = partial(_make_transport, _transport, http_client, is_async)
        sender: Any = AsyncSender if is_async else Sender
        self._sender = sender(_with_rate_limiter(context), SharedTransport(settings.base_url, make))

    @LazyProperty
    def with_raw_response(self) -> ClientWithRawResponse[ResponseT]:
        """`request`, returning the whole `APIResponse`."""
        return ClientWithRawResponse(self._sender)

    @without_frames
    def with_options(
        self,
        *,
        timeout: float = _UNCHANGED,
        max_retries: int = _UNCHANGED,
        quota: Quota | None = _UNCHANGED,
        allow_undescribed: bool = _UNCHANGED,
        extra_headers: Mapping[str, str] = _UNCHANGED,
        keys: Mapping[str, str] = _UNCHANGED,
    ) -> Self:
        """A light client with other options, on the same connections.

        Args:
            timeout: As for the client.
            max_retries: As for the client.
            quota: As for the client.
            allow_undescribed: As for the client.
            extra_headers: Headers to send too; they replace those given before.
            keys: As for the client; they replace those given before.

        Raises:
            ConfigurationError: An option is out of range.
            InvalidRequestError: A header can't be sent safely.
        """
        from heymarket import config

        secrets = keys if keys is _UNCHANGED else config.wrapped(keys)
        del keys  # so that no traceback shows them
        from heymarket._request import HEADERS, replace_headers
        from heymarket._validation import validate_headers
        from heymarket.auth import Secret

        given: dict[str, Any] = {"timeout": timeout, "max_retries": max_retries, "quota": quota, "keys": secrets}
        given["allow_undescribed"] = allow_undescribed
        changes = {name: value for name, value in given.items() if value is not _UNCHANGED}
        context: CallContext = self._sender.context._replace(**changes)
        config.check_options(context.timeout, context.max_retries, context.quota)
        if extra_headers is not _UNCHANGED:
            validate_headers(extra_headers)
            context = context._replace(headers=Secret(replace_headers(HEADERS, extra_headers)))
        return self._light(context)

    def with_credentials(
        self, secret_id: str | None = None, secret_key: str | None = None, *, api_key: str | None = None
    ) -> Self:
        """A light client for another team, on the same connections, with a quota of its own, and without `keys`.

        Args:
            secret_id: As for the client.
            secret_key: As for the client.
            api_key: As for the client.

        Raises:
            ConfigurationError: The credentials are missing, incomplete, contradictory or can't be right.
        """
        from heymarket import config
        from heymarket.retries import RetryBudget

        credentials = config.wrapped({"secret_id": secret_id, "secret_key": secret_key, "api_key": api_key})
        del secret_id, secret_key, api_key  # so that no traceback shows them
        config.check_credentials(credentials, "arguments")
        context: CallContext = self._sender.context
        signer, budget = _make_signer(credentials, context.clock), RetryBudget(context.clock.monotonic)
        return self._light(context._replace(credentials=signer, retry_budget=budget, keys={}))

    def _light(self, context: CallContext) -> Self:
        client = type(self).__new__(type(self))
        cached = {name for cls in type(self).__mro__ for name, value in vars(cls).items() if hasattr(value, "attrname")}
        client.__dict__.update({name: value for name, value in self.__dict__.items() if name not in cached})
        client._sender = self._sender.sharing(_with_rate_limiter(context))  # noqa: SLF001 - its own, made without __init__
        return client

    def _read_quota(self) -> QuotaStatus | Future[QuotaStatus] | None:
        limiter: RateLimiter | None = self._sender.context.rate_limiter
        return limiter.status() if limiter else None

    def __deepcopy__(self, _: object = None) -> Self:
        return self  # a copy would share its connections, and could close them

    __copy__ = __deepcopy__

    def __repr__(self) -> str:
        sender = self.__dict__.get("_sender")  # not there yet when a traceback shows a constructor that failed
        return f"{type(self).__name__}({f'base_url={sender.context.base_url!r}' if sender else ''})"


class Heymarket(_Client["APIResponse[Any]"], Resources):
    """A client of the Heymarket API. Threads may share it; close it, or use it in a `with` block.

    Credentials are an API Secret (Secret ID and Secret Key) or a legacy team key, from one place only: the arguments if
    any is given, else the profile, else the environment.

    Args:
        secret_id: The API Secret's ID. Environment: `HEYMARKET_SECRET_ID`.
        secret_key: The API Secret's key. Environment: `HEYMARKET_SECRET_KEY`.
        api_key: The legacy team key, instead of the two. Environment: `HEYMARKET_API_KEY`.
        base_url: Where the service is; https, or http on this machine. Environment: `HEYMARKET_BASE_URL`. Default:
            `https://api.heymarket.com`.
        timeout: Seconds that the service may make a call wait, all attempts and the pauses between them together.
            Connecting takes at most 5 of them. Of a call that may be repeated, half is kept for a new connection if a
            kept one gives no response. Queueing for the quota is not counted.
        max_retries: How often a failed request is sent again, if that is safe. 0 or more.
        quota: The service's limit, kept on this side; clients with the same credentials share it. `None` switches it
            off. Default: 500 requests in any 60 seconds, as documented.
        http_client: An `httpx.Client` (or `httpx2.Client`) of yours to send through; it stays yours to close. Two
            promises are weaker then: httpx logs URLs at INFO, and a server that drips headers can outlast `timeout`.
        profile: A profile of the configuration file. Environment: `HEYMARKET_PROFILE`.
        allow_insecure_http: Whether plain http may go to another machine.
        keys: Keys of the few endpoints that take another one than these credentials, by the name of the security scheme
            that their docstrings give. Environment: `HEYMARKET_AUTOMATION_KEY` for `AutomationKey`.
        allow_undescribed: Whether mappings may have fields that aren't described, such as new ones of the service.
            Without it they are taken for misspelt, and refused before anything is sent.

    Raises:
        ConfigurationError: A setting is missing, contradicts another one, or can't be right.
    """

    @property
    def quota(self) -> QuotaStatus | None:
        """What is left of the quota now; `None` without one. Where it is shared, its store is asked.

        Raises:
            QuotaStoreError: The store can't be used.
        """
        status = self._read_quota()
        return status if status is None or isinstance(status, QuotaStatus) else status.result()

    @LazyProperty
    def contact_channels(self) -> ContactChannels:
        """The channels of contacts."""
        from heymarket.contact_channels import ContactChannels

        return ContactChannels(self._sender)

    @LazyProperty
    def contacts(self) -> Contacts:
        """The people that a team writes with."""
        from heymarket.contacts import Contacts

        return Contacts(self._sender)

    def request(self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None) -> Any:
        """Call an endpoint that this package does not describe yet, with sign-in, retries, quota and errors.

        Args:
            method: `GET`, `POST`, `PUT`, `PATCH`, `DELETE` or `HEAD`. GET and HEAD are repeated after failures.
            path: The path after the base URL, such as `/v1/inboxes`, values percent-encoded.
            json: The body.
            params: Query parameters; `None` values are left out, those of a list are repeated.

        Returns:
            The parsed JSON, `None` for an empty response.

        Raises:
            InvalidRequestError: Method, path, parameters or body can't be sent safely.
            APIError: The call did not succeed; see `heymarket.errors`.
        """
        return self.with_raw_response.request(method, path, json=json, params=params).parsed

    def close(self) -> None:
        """Close the connections, also under the light clients made from this one. A light client closes nothing."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncHeymarket(_Client["Coroutine[Any, Any, APIResponse[Any]]"], AsyncResources):
    """A client of the Heymarket API for asyncio. Tasks of one event loop may share it; use it in an `async with` block.

    It takes what `Heymarket` takes, `http_client` being an `httpx.AsyncClient`; its methods are coroutines.

    Raises:
        ConfigurationError: A setting is missing, contradicts another one, or can't be right.
    """

    @property
    def quota(self) -> Awaitable[QuotaStatus | None]:
        """As `Heymarket.quota`, to be awaited: `(await hm.quota).used`."""
        return _QuotaStatus(self._read_quota)

    @LazyProperty
    def contact_channels(self) -> AsyncContactChannels:
        """The channels of contacts."""
        from heymarket.contact_channels import AsyncContactChannels

        return AsyncContactChannels(self._sender)

    @LazyProperty
    def contacts(self) -> AsyncContacts:
        """The people that a team writes with."""
        from heymarket.contacts import AsyncContacts

        return AsyncContacts(self._sender)

    async def request(
        self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None
    ) -> Any:
        """Call an endpoint that this package does not describe yet, as `Heymarket.request`."""
        return (await self.with_raw_response.request(method, path, json=json, params=params)).parsed

    async def close(self) -> None:
        """Close the connections, also under the light clients made from this one. A light client closes nothing."""
        await self._sender.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _QuotaStatus(NamedTuple):
    """Asks for the status only when it is awaited, because debuggers and mocks look at all properties."""

    read: Callable[[], QuotaStatus | Future[QuotaStatus] | None]

    def __await__(self) -> Generator[Any, Any, QuotaStatus | None]:
        from asyncio import wrap_future

        status = self.read()
        return status if status is None or isinstance(status, QuotaStatus) else (yield from wrap_future(status))


class ClientWithRawResponse(Generic[ResponseT]):
    """`request` of a client, returning the whole `APIResponse`, or a coroutine of it."""

    def __init__(self, sender: Any) -> None:
        self._sender = sender

    def request(
        self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None
    ) -> ResponseT:
        """As `Heymarket.request`; `parsed` of the result is the parsed JSON."""
        from heymarket._request import describe

        response: ResponseT = self._sender.send_raw(*describe(method, path, json, params))
        return response


def _make_transport(given: Any, http_client: Any, is_async: bool, base_url: str) -> Any:  # noqa: FBT001 - see `partial`
    if given is not None:
        return given
    if http_client is None and is_async:
        from heymarket._transports.async_httpx import AsyncHttpxTransport

        return AsyncHttpxTransport(base_url)
    if http_client is None:
        from heymarket._transports.httpx import HttpxTransport

        return HttpxTransport(base_url)
    from heymarket._transports.custom_client import AsyncCustomClientTransport, CustomClientTransport

    closes = "aclose" if is_async else "close"
    if isinstance(http_client, type) or not all(hasattr(http_client, name) for name in (closes, "build_request")):
        kind, client = ("httpx.AsyncClient", "AsyncHeymarket") if is_async else ("httpx.Client", "Heymarket")
        raise ConfigurationError(f"http_client of {client} must be an {kind}, not {type(http_client).__name__}.")
    return AsyncCustomClientTransport(http_client) if is_async else CustomClientTransport(http_client)


def _make_signer(credentials: Mapping[str, Secret], clock: Clock) -> Credentials:
    from heymarket.auth import APISecret, TeamKey

    if "api_key" in credentials:
        return TeamKey(credentials["api_key"])
    return APISecret(credentials["secret_id"], credentials["secret_key"], clock)


def _with_rate_limiter(context: CallContext) -> CallContext:
    from heymarket.quota.rate_limiter import rate_limiter_for

    key = f"{context.credentials.owner} {context.base_url}"
    return context._replace(rate_limiter=rate_limiter_for(context.quota, key, context.clock.monotonic))
