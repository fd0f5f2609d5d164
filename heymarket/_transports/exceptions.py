"""What went wrong, from the exceptions of Python and, by their names, of httpx and httpx2, which share the names."""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

from heymarket._messages import FailureKind, TransportFailure

if TYPE_CHECKING:
    from collections.abc import Iterator


def is_transport_error(error: BaseException) -> bool:
    """Whether the transport failed, not the program."""
    return isinstance(error, OSError | UnicodeError) or "TransportError" in _names(error)


def explain(error: BaseException) -> TransportFailure:
    """Why there is no response, in words that hold nothing of the request."""
    names = _names(error)
    if "ConnectTimeout" in names:
        return TransportFailure(FailureKind.CONNECT, "connecting took too long", sent=False)
    if "PoolTimeout" in names:
        return TransportFailure(FailureKind.TIMEOUT, "no connection was free in time", sent=False)
    if names & {"TimeoutException", "TimeoutError"}:
        return TransportFailure(FailureKind.TIMEOUT, "the response took too long", sent=True)
    if names & {"ConnectError", "ProxyError", "gaierror", "UnicodeError", "SSLError", "ConnectionRefusedError"}:
        # Only here, because the chain may lead on into an exception that the caller was handling.
        return _explain_connecting(list(_causes(error)))
    return TransportFailure(FailureKind.LOST, "the connection broke before the response was whole", sent=True)


def _explain_connecting(causes: list[BaseException]) -> TransportFailure:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = f"the certificate was not trusted: {cause.verify_message}"
            return TransportFailure(FailureKind.TLS, reason, sent=False)
        if isinstance(cause, socket.gaierror | UnicodeError):
            return TransportFailure(FailureKind.CONNECT, "the host name could not be found", sent=False)
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return TransportFailure(FailureKind.TLS, "no secure connection could be agreed on", sent=False)
    refused = any(isinstance(cause, ConnectionRefusedError) for cause in causes)
    reason = "the connection was refused" if refused else "no connection was made"
    return TransportFailure(FailureKind.CONNECT, reason, sent=False)


def _names(error: BaseException) -> set[str]:
    return {cls.__name__ for cls in type(error).__mro__}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
