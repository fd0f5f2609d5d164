"""The emulator as a server: in a thread of this process (`Emulator`), or until a signal comes (`serve`)."""

from __future__ import annotations

import errno
import logging
import os
import queue
import signal
import socket
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from ipaddress import ip_address
from ssl import SSLContext
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import uvicorn

from heymarket._clock import SYSTEM
from heymarket.emulator.asgi import EmulatorApp, create_app
from heymarket.emulator.control import Address, Control, Parts, Seed, not_running
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.faults.connection import BreakableProtocol, ServerConfig
from heymarket.emulator.intake.origins import AllowedHosts
from heymarket.emulator.journal.journal import Journal
from heymarket.emulator.teams.emulator_team import EmulatorTeam
from heymarket.emulator.webhooks.records import Webhook

if TYPE_CHECKING:
    from heymarket.emulator.intake.tls import TLSFront

__all__ = ["Emulator", "serve"]

_logger = logging.getLogger("heymarket.emulator")


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
        webhook: Where events are delivered, a URL or with a token of yours, or several; nowhere by default.
        seed: What a fresh state holds: a YAML or JSON file, or its content; the built-in seed by default.
        strict: Whether requests are held to the description. Otherwise what programs send for nothing counts as not
            given, such as `null` and `""`.
        allow_hosts: More names under which it may be called, such as `emulator.example`; `.example` is for all names
            below it, `*` for any. Without them it answers to names of this machine, and on another address than
            loopback to addresses and names without a dot.
        tls: Whether it speaks https too, on the same port, with a certificate made at the start, and is a proxy that
            leads `https://api.heymarket.com` here.
        teams: Names of further teams, each with credentials, limit, state, clock, faults, webhook and journal of its
            own; or a mapping of names to their seeds. Without a seed, a team begins as the default one does. The state
            of `north` is in `state.north.db` if `state` is `state.db`.
        profile: A report of `heymarket calibrate`: its responses look like those of the service that it is about.
    """

    def __init__(
        self,
        port: int = 0,
        host: str = "127.0.0.1",
        *,
        limit: int = 500,
        per: float = 60.0,
        state: str | os.PathLike[str] = ":memory:",
        clock: Callable[[], float] = SYSTEM.time,
        webhook: Webhook | str | Iterable[Webhook | str] | None = None,
        seed: Seed | None = None,
        strict: bool = False,
        allow_hosts: Iterable[str] = (),
        tls: bool = False,
        teams: Iterable[str] | Mapping[str, Seed | None] = (),
        profile: str | os.PathLike[str] | None = None,
    ) -> None:
        self.address: Address = Address()
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
            teams=teams if isinstance(teams, str | Mapping) else [*teams],
            profile=profile,
        )
        self._app: EmulatorApp | None = None
        self._running = ExitStack()

    def __enter__(self) -> Self:
        """Start.

        Raises:
            EmulatorError: The port is taken, the state can't be used, the seed doesn't fit, or an argument makes no
                sense.
        """
        if self.address.base_url:
            raise EmulatorError("This emulator is running already. Make another one.")
        with ExitStack() as starting:
            listener = starting.enter_context(_listen(self._host, self._port))
            self._app = self._make_app()
            names = (*self._allow_hosts, *_hosts_of(self._app.description))
            hosts = AllowedHosts.of(names, is_on_loopback=_is_on_loopback(listener))
            self._app.allowed_hosts = hosts
            starting.callback(self._app.close)
            context = ca_file = None
            if self._tls:
                from heymarket.emulator.intake.tls import make_certificate

                address = listener.getsockname()[0]
                ca_file, context = starting.enter_context(make_certificate(hosts, address))
            starting.enter_context(_serve(self._app, listener, hosts, context))
            self._app.scheduler.wake()
            self.address = self._app.address
            self.address.base_url, self.address.ca_file = _url(listener, "https" if self._tls else "http"), ca_file
            self._running = starting.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Stop: no thread, no socket and no open file is left."""
        self.address.base_url = self.address.ca_file = None
        self._running.close()

    def __repr__(self) -> str:
        return f"<Emulator {self.address.base_url or 'not running'}>"

    @property
    def journal(self) -> Journal:
        """The latest calls and their responses, oldest first. Stays readable after the end."""
        return self._started.journal

    @property
    def parts(self) -> Parts:
        """Its components."""
        if self._app is None or self.address.base_url is None:
            raise not_running()
        return self._app.parts

    @property
    def teams(self) -> Mapping[str, EmulatorTeam]:
        """The other teams by name: `emulator.teams["north"].settings`, `.journal`, `.reset()` and all else."""
        return self._started.teams

    def add_team(self, name: str, seed: Seed | None = None) -> EmulatorTeam:
        """As `Control.add_team`."""
        return self._started.add_team(name, seed)

    @property
    def _started(self) -> EmulatorApp:
        if self._app is None:
            raise not_running()
        return self._app


def serve(
    host: str = "127.0.0.1",
    port: int = 0,
    *,
    limit: int = 500,
    per: float = 60.0,
    state: str | os.PathLike[str] = ":memory:",
    seed: Seed | None = None,
    webhook: Webhook | str | Iterable[Webhook | str] | None = None,
    strict: bool = False,
    allow_hosts: Iterable[str] = (),
    tls: bool = False,
    teams: Iterable[str] | Mapping[str, Seed | None] = (),
    profile: str | os.PathLike[str] | None = None,
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
        teams: Further teams.
        profile: A report of `heymarket calibrate`.
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
        teams=teams,
        profile=profile,
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
    except BaseException:  # nothing stays open; raised again
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
