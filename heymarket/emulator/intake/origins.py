"""Origins and targets: no web page from elsewhere may use an emulator in its visitor's browser.

A page can have its own name lead here (DNS rebinding). Its origin then is the host, so that the name has to be checked
as well, as Django and Vite do. An address can't be made to lead elsewhere, nor can a name without a dot by DNS.

A program that has the emulator as its proxy names the host in the request's target. It is led here or nowhere.
"""

from __future__ import annotations

import socket
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from starlette.types import Scope

__all__ = ["NO_WAY", "AllowedHosts", "find_refusal", "read_target"]

ANOTHER_HOST = "The request names another host than this machine. --allow-host lets a name in."
ANOTHER_ORIGIN = "The request comes from a web page of another origin."
NO_WAY = "As a proxy, this emulator leads to Heymarket's host names only, and to itself behind them."
NO_TUNNEL = "As a proxy for https, this emulator needs a certificate. Start it with --tls."


@frozen
class AllowedHosts:
    """The names under which a server may be called.

    Attributes:
        names: Names; one that begins with a dot is for all names below it as well, `*` is for any.
        is_on_loopback: Whether only this machine can call it. Otherwise addresses and names without a dot are let in.
    """

    names: frozenset[str]
    is_on_loopback: bool

    @classmethod
    def of(cls, names: Iterable[str], *, is_on_loopback: bool) -> AllowedHosts:
        """Those given, and this machine's own name.

        Args:
            names: As in the attribute.
            is_on_loopback: As in the attribute.
        """
        own = () if is_on_loopback else (socket.gethostname(),)
        return cls(frozenset(name.lower().rstrip(".") for name in (*names, *own)), is_on_loopback)

    def allow(self, host: str) -> bool:
        """Whether a `Host` header is let in."""
        return _is_allowed(self, host)

    def lead_here(self, target: str, port: int) -> bool:
        """Whether a proxy's target is this emulator: by a name of its own, or by its address.

        Args:
            target: Host and port.
            port: That of the emulator.
        """
        url = _split(f"//{target}")
        try:
            return _is_named(self, (url.hostname or "").rstrip(".")) or (url.port == port and self.allow(target))
        except ValueError:  # the port is no number
            return False


def read_target(scope: Scope, hosts: AllowedHosts) -> tuple[Scope, str | None]:
    """What a request to a proxy is for, as a request to this server, or why it isn't let through.

    Args:
        scope: That of ASGI, of any request.
        hosts: The names that lead here.
    """
    if scope["method"] == "CONNECT":  # with TLS, tunnels are made before there is a request
        return scope, NO_TUNNEL
    scheme, _, rest = scope.get("raw_path", b"").decode("latin-1").partition("://")
    if scheme not in {"http", "https"}:
        return scope, None
    target, _, path = rest.partition("/")
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    read = {
        **scope,
        "path": f"/{unquote(path)}",
        "raw_path": f"/{path}".encode("latin-1"),
        "headers": [(b"host", target.encode("latin-1")), *headers],  # the target wins, as RFC 9112 says
    }
    return read, None if hosts.lead_here(target, scope["server"][1]) else NO_WAY


def find_refusal(scope: Scope, hosts: AllowedHosts | None, *, is_console: bool) -> str | None:
    """Why a request isn't let in; `None` if it is.

    Args:
        scope: That of ASGI.
        hosts: The names that are let in; any without it, as in an application of the caller's.
        is_console: Whether it is for the page or the admin API, which only their own pages may use.
    """
    headers = {name: value for name, value in scope["headers"] if name in _LOOKED_AT}
    host = headers.get(b"host", b"").decode("latin-1")
    if hosts is not None and not hosts.allow(host):
        return ANOTHER_HOST
    if len(headers) < 2 or not (is_console or hosts is not None):
        return None
    return None if _is_from_here(scope, headers, host, is_console=is_console) else ANOTHER_ORIGIN


_LOOKED_AT = frozenset({b"host", b"origin", b"sec-fetch-site", b"sec-fetch-mode"})


def _is_from_here(scope: Scope, headers: Mapping[bytes, bytes], host: str, *, is_console: bool) -> bool:
    if b"origin" in headers:
        origin = _split(headers[b"origin"].decode("latin-1"))
        # https to a server that speaks http: there is a proxy before it.
        if origin.netloc.lower() == host.lower() and origin.scheme in {scope.get("scheme", "http"), "https"}:
            return True
        return not is_console and _is_local(origin.hostname or "")
    if headers.get(b"sec-fetch-site") != b"cross-site":
        return True
    return headers.get(b"sec-fetch-mode") == b"navigate" and scope["method"] in {"GET", "HEAD"}  # a link to the page


@lru_cache(256)
def _is_allowed(hosts: AllowedHosts, host: str) -> bool:
    name = (_split(f"//{host}").hostname or "").rstrip(".")
    if "*" in hosts.names or _is_named(hosts, name) or _is_local(name):
        return True
    return not hosts.is_on_loopback and bool(name) and ("." not in name or _is_address(name))


def _is_named(hosts: AllowedHosts, name: str) -> bool:
    return name in hosts.names or any(one.startswith(".") and f".{name}".endswith(one) for one in hosts.names)


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_local(host: str) -> bool:
    name = host.rstrip(".")
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")
