"""What went wrong, from the exceptions of httpx or of httpx2, by their names, which are the same in both."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

from heymarket._messages import FailureKind, TransportFailure

if TYPE_CHECKING:
    from collections.abc import Iterator


class TransportError(Exception):
    """What httpx raises for the network; this one and those below are raised by our own connections."""


class ConnectError(TransportError):
    """No connection was made."""


class ReadError(TransportError):
    """The connection broke."""


class ConnectTimeout(TransportError):  # noqa: N818 - the name that httpx has for it
    """Time ran out before there was a connection."""


class PoolTimeout(TransportError):  # noqa: N818 - the name that httpx has for it
    """Time ran out before a connection was free."""


def is_trouble(error: BaseException) -> bool:
    """Whether the transport is to blame, not the program."""
    return not _names(error).isdisjoint({"TransportError", "TimeoutError"})


def explain(error: BaseException) -> TransportFailure:
    """Why there is no answer, in words that hold nothing of the request."""
    names = _names(error)
    if "ConnectTimeout" in names:
        return TransportFailure(FailureKind.CONNECT, "connecting took too long", sent=False)
    if "PoolTimeout" in names:
        return TransportFailure(FailureKind.TIMEOUT, "no connection was free in time", sent=False)
    if names & {"TimeoutException", "TimeoutError"}:
        return TransportFailure(FailureKind.TIMEOUT, "the answer took too long", sent=True)
    if names & {"ConnectError", "ProxyError", "gaierror"}:
        # Only here, because the chain may lead on into an exception that the caller was handling.
        roots = list(_causes(error))
        for root in roots:
            if isinstance(root, ssl.SSLCertVerificationError):
                return TransportFailure(
                    FailureKind.TLS, f"the certificate was not trusted: {root.verify_message}", sent=False
                )
            if isinstance(root, socket.gaierror | UnicodeError):
                return TransportFailure(FailureKind.CONNECT, "the host name could not be found", sent=False)
        if any(isinstance(root, ssl.SSLError) for root in roots):
            return TransportFailure(FailureKind.TLS, "no secure connection could be agreed on", sent=False)
        if any(isinstance(root, ConnectionRefusedError) for root in roots):
            return TransportFailure(FailureKind.CONNECT, "the connection was refused", sent=False)
        return TransportFailure(FailureKind.CONNECT, "no connection was made", sent=False)
    return TransportFailure(FailureKind.LOST, "the connection broke before the answer was whole", sent=True)


def _names(error: BaseException) -> set[str]:
    return {cls.__name__ for cls in type(error).__mro__}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
