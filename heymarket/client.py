"""`Heymarket` and `AsyncHeymarket`: what a program holds.

A client is settings, credentials and a pool of connections. The resources (`client.contact_channels`) are generated;
what a call goes through is in `_exchange`. Nothing slow is imported before a client is made.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar

from heymarket_openapi.resources import AsyncResources, Resources

from heymarket.quota import Quota

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from heymarket_openapi.operation import APIResponse

    from heymarket._request import Dispatch
    from heymarket._sender import AsyncSender, Sender
    from heymarket._transports import AsyncTransport, Transport
    from heymarket.contact_channels import AsyncContactChannels, ContactChannels
    from heymarket.contacts import AsyncContacts, Contacts

TransportT = TypeVar("TransportT", "Transport", "AsyncTransport")


class _Unchanged:
    def __repr__(self) -> str:
        return "<unchanged>"


_UNCHANGED: Any = _Unchanged()


class _Client(Generic[TransportT]):
    """What both clients share: how they are made, and how light ones are made from them."""

    _sender: Any  # a Sender or an AsyncSender
    _is_async: ClassVar[bool]

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
        _transport: TransportT | None = None,
        http_client: Any = None,
        profile: str | None = None,
        allow_insecure_http: bool = False,
    ) -> None:
        from heymarket import _assembly  # noqa: PLC0415 - brings httpx

        credentials = _assembly.wrap(secret_id, secret_key, api_key)
        del secret_id, secret_key, api_key  # so that no traceback shows them
        dispatch = _assembly.assemble(
            credentials,
            base_url=base_url,
            profile=profile,
            allow_insecure_http=allow_insecure_http,
            timeout=timeout,
            max_retries=max_retries,
            quota=quota,
        )
        self._sender = _assembly.make_sender(dispatch, _transport, http_client, is_async=self._is_async)

    def with_options(
        self,
        *,
        timeout: float = _UNCHANGED,
        max_retries: int = _UNCHANGED,
        quota: Quota | None = _UNCHANGED,
        extra_headers: Mapping[str, str] = _UNCHANGED,
    ) -> Self:
        """A light client with other options, on the same connections.

        Args:
            timeout: As for the client.
            max_retries: As for the client.
            quota: As for the client.
            extra_headers: Headers to send along; they replace those given before.

        Raises:
            ConfigurationError: An option is out of range.
            InvalidRequestError: A header can't be sent safely.
        """
        from heymarket import _assembly  # noqa: PLC0415 - loaded already, with the first client

        given = {
            "timeout": timeout,
            "max_retries": max_retries,
            "quota": quota,
            "extra_headers": extra_headers,
        }
        changes = {name: value for name, value in given.items() if value is not _UNCHANGED}
        return self._light(_assembly.with_options(self._sender.dispatch, **changes))

    def with_credentials(
        self, secret_id: str | None = None, secret_key: str | None = None, *, api_key: str | None = None
    ) -> Self:
        """A light client for another team, on the same connections.

        Args:
            secret_id: As for the client.
            secret_key: As for the client.
            api_key: As for the client.

        Raises:
            ConfigurationError: The credentials are missing, incomplete, contradictory or can't be right.
        """
        from heymarket import _assembly  # noqa: PLC0415 - loaded already, with the first client

        credentials = _assembly.wrap(secret_id, secret_key, api_key)
        del secret_id, secret_key, api_key  # so that no traceback shows them
        return self._light(_assembly.with_credentials(self._sender.dispatch, credentials))

    def _light(self, dispatch: Dispatch) -> Self:
        client = type(self).__new__(type(self))
        cached = {name for cls in type(self).__mro__ for name, value in vars(cls).items() if hasattr(value, "attrname")}
        client.__dict__.update({name: value for name, value in self.__dict__.items() if name not in cached})
        client._sender = self._sender.sharing(dispatch)  # noqa: SLF001 - its own, made without __init__
        return client

    def __repr__(self) -> str:
        sender = self.__dict__.get("_sender")  # not there yet when a traceback shows a constructor that failed
        return f"{type(self).__name__}({f'base_url={sender.dispatch.base_url!r}' if sender else ''})"


class Heymarket(_Client["Transport"], Resources):
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
            Connecting takes at most 5 of them. Queueing for the quota is not counted.
        max_retries: How often a failed request is sent again, if that is safe. 0 or more.
        quota: The service's limit, kept on this side; clients with the same credentials share it. `None` switches it
            off. Default: 500 requests in any 60 seconds, as documented.
        http_client: An `httpx.Client` (or `httpx2.Client`) of yours to send through; it stays yours to close. Two
            promises are weaker then: httpx logs URLs at INFO, and a server that drips headers can outlast `timeout`.
        profile: A profile of the configuration file. Environment: `HEYMARKET_PROFILE`.
        allow_insecure_http: Whether plain http may go to another machine.

    Raises:
        ConfigurationError: A setting is missing, contradicts another one, or can't be right.
    """

    _is_async = False

    @cached_property
    def contact_channels(self) -> ContactChannels:
        """The channels of contacts."""
        from heymarket.contact_channels import ContactChannels  # noqa: PLC0415 - loaded when first touched

        return ContactChannels(self._sender)

    @cached_property
    def contacts(self) -> Contacts:
        """The people that a team writes with."""
        from heymarket.contacts import Contacts  # noqa: PLC0415 - loaded when first touched

        return Contacts(self._sender)

    @cached_property
    def with_raw_response(self) -> ClientWithRawResponse:
        """`request`, giving the whole `APIResponse`."""
        return ClientWithRawResponse(self._sender)

    def request(self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None) -> Any:
        """Call an endpoint that this package does not describe yet; sign-in, retries, quota and errors work as ever.

        Args:
            method: `GET`, `POST`, `PUT`, `PATCH`, `DELETE` or `HEAD`. GET and HEAD are repeated after failures.
            path: The path behind the base URL, such as `/v1/inboxes`, values percent-encoded.
            json: The body.
            params: Query parameters; `None` values are left out, those of a list are repeated.

        Returns:
            The parsed JSON, `None` for an empty answer.

        Raises:
            InvalidRequestError: Method, path, parameters or body can't be sent safely.
            APIError: The call did not succeed; see `heymarket.errors`.
        """
        return self._sender.request(method, path, json, params).parsed

    def close(self) -> None:
        """Close the connections, also under the light clients made from this one. A light client closes nothing."""
        self._sender.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncHeymarket(_Client["AsyncTransport"], AsyncResources):
    """A client of the Heymarket API for asyncio. Tasks of one event loop may share it; use it in an `async with` block.

    It takes what `Heymarket` takes, `http_client` being an `httpx.AsyncClient`; its methods are coroutines.

    Raises:
        ConfigurationError: A setting is missing, contradicts another one, or can't be right.
    """

    _is_async = True

    @cached_property
    def contact_channels(self) -> AsyncContactChannels:
        """The channels of contacts."""
        from heymarket.contact_channels import AsyncContactChannels  # noqa: PLC0415 - loaded when first touched

        return AsyncContactChannels(self._sender)

    @cached_property
    def contacts(self) -> AsyncContacts:
        """The people that a team writes with."""
        from heymarket.contacts import AsyncContacts  # noqa: PLC0415 - loaded when first touched

        return AsyncContacts(self._sender)

    @cached_property
    def with_raw_response(self) -> AsyncClientWithRawResponse:
        """`request`, giving the whole `APIResponse`."""
        return AsyncClientWithRawResponse(self._sender)

    async def request(
        self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None
    ) -> Any:
        """Call an endpoint that this package does not describe yet, as `Heymarket.request`."""
        return (await self._sender.request(method, path, json, params)).parsed

    async def close(self) -> None:
        """Close the connections, also under the light clients made from this one. A light client closes nothing."""
        await self._sender.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


class ClientWithRawResponse:
    """`Heymarket.request`, giving the whole `APIResponse`."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def request(
        self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None
    ) -> APIResponse[Any]:
        """As `Heymarket.request`; `parsed` of what it gives is the parsed JSON."""
        return self._sender.request(method, path, json, params)


class AsyncClientWithRawResponse:
    """`AsyncHeymarket.request`, giving the whole `APIResponse`."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def request(
        self, method: str, path: str, *, json: Any = None, params: Mapping[str, Any] | None = None
    ) -> APIResponse[Any]:
        """As `Heymarket.request`; `parsed` of what it gives is the parsed JSON."""
        return await self._sender.request(method, path, json, params)
