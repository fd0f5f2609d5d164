"""The emulator as a server: in a thread of this process (`Emulator`), or until a signal comes (`serve`)."""

from __future__ import annotations

import errno
import logging
import os
import queue
import re
import signal
import socket
import threading
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, NotRequired, Self, TypedDict
from urllib.parse import urlsplit

import uvicorn

from heymarket._clock import SYSTEM
from heymarket.emulator.api.security import find_keys
from heymarket.emulator.asgi import EmulatorApp, create_app
from heymarket.emulator.control import Control, Parts
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.faults.connection import BreakableProtocol, ServerConfig
from heymarket.emulator.intake.origins import AllowedHosts
from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, EXAMPLES, LEGACY

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
    from pathlib import Path
    from ssl import SSLContext
    from types import TracebackType

    from heymarket.emulator.api.auth import EmulatorSecret
    from heymarket.emulator.intake.tls import TLSFront
    from heymarket.emulator.journal.journal import Journal
    from heymarket.emulator.seeds.built_in import ExampleContact
    from heymarket.emulator.webhooks.deliveries import Webhook

__all__ = ["ClientSettings", "Emulator", "serve"]

TRUST = ("SSL_CERT_FILE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")
"""Environment variables for the CA file: of OpenSSL (httpx, urllib, PHP, Ruby), of curl and requests, of Node."""

_logger = logging.getLogger("heymarket.emulator")


class ClientSettings(TypedDict):
    """What a client needs to talk to the emulator."""

    base_url: str
    secret_id: str
    secret_key: str
    keys: NotRequired[dict[str, str]]


class Emulator(Control):
    """A local Heymarket, for as long as the `with` block lasts.

        with Emulator() as emulator, Heymarket(**emulator.settings) as hm:
            hm.contact_channels.get(emulator.examples["phone"].contact_id, "phone")

    Args:
        port: The port; 0 takes a free one.
        host: The address to listen on. Anything but loopback lets other machines in, with credentials that
            are public; a warning is logged then.
        limit: Requests that each credential may make in any window.
        per: Length of that window in seconds.
        state: A file for the state, made and seeded if it isn't there yet, or `:memory:`.
        clock: Seconds since the epoch. Tokens, journal and the `Date` header use it, everything else by the
            attribute `clock`, which follows it until it is frozen or moved.
        webhook: Where events are delivered, a URL or with a token of yours; nowhere by default.
        seed: What a fresh state holds: a YAML or JSON file, or its content; the built-in seed by default.
        strict: Whether requests are held to the description. Otherwise what programs send for nothing counts as not
            given, such as `null` and `""`.
        allow_hosts: More names under which it may be called, such as `emulator.example`; `.example` is for all names
            below it, `*` for any. Without them it answers to names of this machine, and on another address than
            loopback to addresses and names without a dot.
        tls: Whether it speaks https too, on the same port, with a certificate made at the start, and is a proxy that
            leads `https://api.heymarket.com` here.

    Attributes:
        secret_id: ID of the API Secret that may do everything.
        secret_key: Its key. Public, like all that is seeded.
        api_key: The legacy team key.
        denied: An API Secret that signs in, and whose calls are refused with 403.
        examples: The seeded contacts by name, each with its id and what is special about it.
    """

    secret_id: str = DEFAULT.secret_id
    secret_key: str = DEFAULT.secret_key
    api_key: str = LEGACY.key
    denied: EmulatorSecret = DENIED
    examples: Mapping[str, ExampleContact] = EXAMPLES

    def __init__(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        *,
        limit: int = 500,
        per: float = 60.0,
        state: str | os.PathLike[str] = ":memory:",
        clock: Callable[[], float] = SYSTEM.time,
        webhook: Webhook | str | None = None,
        seed: str | os.PathLike[str] | Mapping[str, Any] | None = None,
        strict: bool = False,
        allow_hosts: Iterable[str] = (),
        tls: bool = False,
    ) -> None:
        self._port = port
        self._host = host
        self._allow_hosts = tuple(allow_hosts)
        self._tls = tls
        self._make_app = partial(
            create_app,
            limit=limit,
            per=per,
            state=state,
            clock=clock,
            webhook=webhook,
            seed=seed,
            strict=strict,
        )
        self._app: EmulatorApp | None = None
        self._base_url: str | None = None
        self._ca_file: Path | None = None
        self._running = ExitStack()

    def __enter__(self) -> Self:
        """Start.

        Raises:
            EmulatorError: The port is taken, the state can't be used, the seed doesn't fit, or an argument makes no
                sense.
        """
        if self._base_url:
            raise EmulatorError("This emulator is running already. Make another one.")
        with ExitStack() as starting:
            listener = starting.enter_context(_listen(self._host, self._port))
            self._app = self._make_app()
            names = (*self._allow_hosts, *_hosts_of(self._app.description))
            hosts = AllowedHosts.of(names, is_on_loopback=_is_on_loopback(listener))
            self._app.allowed_hosts = hosts
            starting.callback(self._app.close)
            context = None
            if self._tls:
                from heymarket.emulator.intake.tls import make_certificate

                address = listener.getsockname()[0]
                self._ca_file, context = starting.enter_context(make_certificate(hosts, address))
            starting.enter_context(_serve(self._app, listener, hosts, context))
            self._app.scheduler.wake()
            self._base_url = _url(listener, "https" if self._tls else "http")
            self._running = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop: no thread, no socket and no open file is left."""
        self._base_url = self._ca_file = None
        self._running.close()

    def __repr__(self) -> str:
        return f"<Emulator {self._base_url or 'not running'}>"

    @property
    def base_url(self) -> str:
        """Where it listens, such as `http://127.0.0.1:49152`; with `tls`, https."""
        if self._base_url is None:
            raise self._not_running()
        return self._base_url

    @property
    def ca_file(self) -> Path | None:
        """The certificate (PEM) that a client has to trust; `None` without `tls`. Gone at the end."""
        return self._ca_file

    @property
    def proxy(self) -> str:
        """What `HTTPS_PROXY` and `HTTP_PROXY` of a program are set to that can't be told another base URL."""
        return self.base_url.replace("https:", "http:", 1)

    @property
    def settings(self) -> ClientSettings:
        """For a client made in Python: `Heymarket(**emulator.settings)`."""
        settings: ClientSettings = {
            "base_url": self.base_url, "secret_id": self.secret_id, "secret_key": self.secret_key,
        }  # fmt: skip
        if keys := find_keys(self.parts.description):
            settings["keys"] = keys
        return settings

    @property
    def environment(self) -> dict[str, str]:
        """For any other program: `HEYMARKET_BASE_URL`, `HEYMARKET_SECRET_ID`, `HEYMARKET_SECRET_KEY`, other keys.

        `HEYMARKET_TEAM_KEY` is for programs that sign in with it. The client doesn't read that one, because there are
        credentials already. With `tls`, there are the variables by which OpenSSL, curl and Node know the CA file.
        """
        settings: dict[str, Any] = {**self.settings}
        keys = {re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name): key for name, key in settings.pop("keys", {}).items()}
        named = {f"HEYMARKET_{name.upper()}": str(value) for name, value in (settings | keys).items()}
        trusted = dict.fromkeys(TRUST, str(self.ca_file)) if self.ca_file else {}
        return {**named, "HEYMARKET_TEAM_KEY": self.api_key, **trusted}

    @property
    def journal(self) -> Journal:
        """The latest calls and their responses, oldest first. Stays readable after the end."""
        if self._app is None:
            raise self._not_running()
        return self._app.journal

    @property
    def parts(self) -> Parts:
        """Its components."""
        if self._app is None or self._base_url is None:
            raise self._not_running()
        return self._app.parts

    def _not_running(self) -> EmulatorError:
        return EmulatorError("The emulator is not running. Use it as `with Emulator() as emulator:`.")


def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    limit: int = 500,
    per: float = 60.0,
    state: str | os.PathLike[str] = ":memory:",
    seed: str | os.PathLike[str] | Mapping[str, Any] | None = None,
    webhook: Webhook | str | None = None,
    strict: bool = False,
    allow_hosts: Iterable[str] = (),
    tls: bool = False,
    on_ready: Callable[[Emulator], object],
) -> None:
    """Run an emulator until SIGINT or SIGTERM, then end cleanly. Must be called from the main thread.

    Args:
        host: As for `Emulator`, and so are all others but the last.
        port: The port; 0 takes a free one.
        limit: Requests that each credential may make in any window.
        per: Length of that window in seconds.
        state: A file for the state, or `:memory:`.
        seed: What a fresh state holds.
        webhook: Where events are delivered.
        strict: Whether requests are held to the description.
        allow_hosts: More names under which it may be called.
        tls: Whether it speaks https too, and is a proxy.
        on_ready: Called once it listens.

    Raises:
        EmulatorError: The port is taken, the state can't be used, the seed doesn't fit, or an argument makes no sense.
    """
    made = Emulator(
        port,
        host,
        limit=limit,
        per=per,
        state=state,
        seed=seed,
        webhook=webhook,
        strict=strict,
        allow_hosts=allow_hosts,
        tls=tls,
    )
    with _stop_signals() as stopped, made as emulator:
        on_ready(emulator)
        while True:
            with suppress(queue.Empty):
                # With a timeout, because Windows handles signals only between waits.
                stopped.get(timeout=0.5)
                return


@contextmanager
def _stop_signals() -> Generator[queue.SimpleQueue[int]]:
    # Not a threading.Event: set() in a signal handler can meet the lock that the interrupted wait() holds.
    stopped: queue.SimpleQueue[int] = queue.SimpleQueue()
    handlers = {
        number: signal.signal(number, lambda received, _: stopped.put(received))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield stopped
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


class _Server(uvicorn.Server):
    config: ServerConfig

    def __init__(self, config: ServerConfig, hosts: AllowedHosts, context: SSLContext | None) -> None:
        super().__init__(config)
        self._hosts = hosts
        self._context = context
        self._front: TLSFront | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        if self._context is None or not sockets:
            await super().startup(sockets)
            return
        from heymarket.emulator.intake.tls import TLSFront

        await super().startup([])
        make = partial(BreakableProtocol, self.config, self.server_state, self.lifespan.state)
        self._front = TLSFront(sockets[0], self._context, self._hosts, make)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.config.server_end.set()
        if self._front is not None:
            await self._front.close()
        await super().shutdown(sockets)


@contextmanager
def _serve(
    app: EmulatorApp, listener: socket.socket, hosts: AllowedHosts, context: SSLContext | None
) -> Generator[None]:
    # The application writes the Date header itself, by its own clock.
    config = ServerConfig(
        app,
        loop="asyncio",
        ws="none",
        lifespan="off",
        interface="asgi3",
        proxy_headers=False,
        server_header=False,
        date_header=False,
        timeout_keep_alive=60,
        timeout_graceful_shutdown=1,
    )
    server = _Server(config, hosts, context)
    # Nothing waits for the thread to come up: the socket listens already, so that early calls queue.
    thread = threading.Thread(target=server.run, args=([listener],), name="heymarket-emulator", daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def _listen(host: str, port: int) -> Generator[socket.socket]:
    if not 0 <= port <= 65535:
        raise EmulatorError(f"A port is a number from 0 to 65535, not {port}; 0 takes a free one.")
    try:
        listener = _bind(host, port)
    except (OSError, UnicodeError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise EmulatorError(f"Port {port} of {host} is taken. Name another one, or 0 for a free one.") from error
        raise EmulatorError(f"Can't listen on port {port} of {host}: {error}.") from error
    with listener:
        if not _is_on_loopback(listener):
            _logger.warning("Listening on %s: other machines get in, with credentials that are public.", host)
        yield listener


def _bind(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # Not socket.create_server: it leaves the protocol unset, and then asyncio doesn't switch on TCP_NODELAY, which
    # costs 40 ms a request.
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except BaseException:
        listener.close()
        raise
    return listener


def _hosts_of(description: Mapping[str, Any]) -> Iterator[str]:
    """The service's own host names, by which a program may be led here."""
    yield "triggers.heymarket.com"  # automations
    for server in description.get("servers", ()):
        if host := urlsplit(str(server["url"])).hostname:
            yield host


def _is_on_loopback(listener: socket.socket) -> bool:
    return ip_address(listener.getsockname()[0]).is_loopback


def _url(listener: socket.socket, scheme: str) -> str:
    address, port = listener.getsockname()[:2]
    ip = ip_address(address)
    if ip.is_unspecified:
        ip = ip_address("127.0.0.1" if ip.version == 4 else "::1")
    return f"{scheme}://{ip}:{port}" if ip.version == 4 else f"{scheme}://[{ip}]:{port}"
