"""TLS and CONNECT, on the port that speaks http as well.

A connection is looked at before the HTTP server has it. A client that begins with a TLS handshake gets TLS. One that
asks a proxy for a way to the service (CONNECT) is told that it has one, and finds this emulator at its end.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import ssl
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import trustme

from heymarket import __version__
from heymarket.emulator.intake.origins import NO_WAY

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from heymarket.emulator.intake.origins import AllowedHosts

__all__ = ["TLSFront", "make_certificate"]

_HANDSHAKE = b"\x16"
_LONGEST_HEAD = 16 * 1024
_CONNECTED = b"HTTP/1.1 200 Connection established\r\n\r\n"

_logger = logging.getLogger("heymarket.emulator")


@contextmanager
def make_certificate(hosts: AllowedHosts, address: str) -> Generator[tuple[Path, ssl.SSLContext]]:
    """A certificate, and the file with that of its authority, which exists in this process alone, until the end.

    Args:
        hosts: The host names that it is for, beside those of this machine.
        address: The address that the server listens on.
    """
    named = {f"*{name}" if name.startswith(".") else name for name in hosts.names - {"*"}}
    names = sorted({"localhost", "127.0.0.1", "::1", address, *named})
    authority = trustme.CA(organization_name="Heymarket emulator")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    issued = authority.issue_cert(*names)
    issued.configure_cert(context)  # pyright: ignore[reportUnknownMemberType] - pyOpenSSL's type, which we don't have
    with tempfile.TemporaryDirectory(prefix="heymarket-emulator-") as folder:
        file = Path(folder, "ca.pem")
        authority.cert_pem.write_to_path(file)
        yield file, context


class TLSFront:
    """Accepts the connections of a server and gives each to a protocol: with TLS, through a tunnel, or as it is.

    Args:
        listener: The listening socket.
        context: The certificate.
        hosts: The names that there is a way to.
        make_protocol: Makes the protocol of a connection.
    """

    def __init__(
        self,
        listener: socket.socket,
        context: ssl.SSLContext,
        hosts: AllowedHosts,
        make_protocol: Callable[[], asyncio.Protocol],
    ) -> None:
        listener.setblocking(False)  # noqa: FBT003 - the standard library's signature
        self._listener = listener
        self._context = context
        self._hosts = hosts
        self._make_protocol = make_protocol
        self._tasks = {asyncio.create_task(self._accept())}

    async def close(self) -> None:
        """Accept nothing more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _accept(self) -> None:
        while True:
            try:
                sock, _ = await asyncio.get_running_loop().sock_accept(self._listener)
            except OSError as error:  # such as too many open files, which may pass
                _logger.warning("A connection was not accepted: %s.", error)
                await asyncio.sleep(1)  # not to spin while it lasts
                continue
            task = asyncio.create_task(self._admit(sock))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _admit(self, sock: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        taken = False
        try:
            sock.setblocking(False)  # noqa: FBT003 - see above
            first = await _peek(sock)
            if first == b"C":  # no other method begins so
                if not await self._connect(sock):
                    return
                first = await _peek(sock)
            if first:
                context = self._context if first == _HANDSHAKE else None
                taken = True
                await loop.connect_accepted_socket(self._make_protocol, sock, ssl=context)
        except ssl.SSLError as error:
            _logger.info("TLS failed: %s. Does the client trust the CA file?", error.reason or error)
        except OSError as error:  # a client that has gone
            _logger.debug("A connection ended: %s.", error)
        finally:
            if not taken:
                sock.close()

    async def _connect(self, sock: socket.socket) -> bool:
        """Whether there is a way to where the client wants to go."""
        loop = asyncio.get_running_loop()
        head = b""
        while not head.endswith(b"\r\n\r\n") and len(head) < _LONGEST_HEAD:
            byte = await loop.sock_recv(sock, 1)  # not one byte more, because TLS may follow
            if not byte:
                return False
            head += byte
        wanted = head.split(b" ", 2)[1:2]
        if wanted and self._hosts.lead_here(wanted[0].decode("latin-1"), sock.getsockname()[1]):
            await loop.sock_sendall(sock, _CONNECTED)
            return True
        _logger.info("CONNECT 403 %s", NO_WAY)
        await loop.sock_sendall(sock, _refusal())
        sock.shutdown(socket.SHUT_WR)
        with suppress(TimeoutError):
            async with asyncio.timeout(1):  # until the client has read it: a close would reset what is on its way
                while await loop.sock_recv(sock, 4096):
                    pass  # what is left of the request
        return False


async def _peek(sock: socket.socket) -> bytes:
    """The first byte, which stays to be read; empty if there comes none."""
    loop = asyncio.get_running_loop()
    while True:
        with suppress(BlockingIOError):
            return sock.recv(1, socket.MSG_PEEK)
        ready = asyncio.Event()
        loop.add_reader(sock, ready.set)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(sock)


def _refusal() -> bytes:
    body = json.dumps({"message": NO_WAY}).encode()
    head = (  # most clients show the first line only
        f"HTTP/1.1 403 {NO_WAY}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        f"X-Emulator: {__version__}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body
