"""What went wrong, from the exceptions of Python and, by their names, of httpx and httpx2, which share the names."""

from __future__ import annotations

import socket
import ssl

from heymarket._messages import FailureKind, TransportFailure
from heymarket._redaction import cleaned

CONNECTING_TOOK_TOO_LONG = TransportFailure(FailureKind.CONNECT, "connecting took too long", sent=False)
NO_FREE_CONNECTION = TransportFailure(FailureKind.TIMEOUT, "no connection was free in time", sent=False)
RESPONSE_TOOK_TOO_LONG = TransportFailure(FailureKind.TIMEOUT, "the response took too long", sent=True)

_BY_NAME = {
    "ConnectTimeout": CONNECTING_TOOK_TOO_LONG,
    "PoolTimeout": NO_FREE_CONNECTION,
    "TimeoutException": RESPONSE_TOOK_TOO_LONG,
    "TimeoutError": RESPONSE_TOOK_TOO_LONG,
}
_WHILE_CONNECTING = {"ConnectError", "ProxyError", "gaierror", "UnicodeError", "SSLError", "ConnectionRefusedError"}


def explain(error: BaseException) -> TransportFailure:
    """Why there is no response, in words that hold nothing of the request.

    An error of the program, or an interrupt, is raised again without its frames, which hold the Authorization header.
    """
    names = [cls.__name__ for cls in type(error).__mro__]
    if not isinstance(error, OSError | UnicodeError) and "TransportError" not in names:
        raise cleaned(error) from None
    for name in names:
        if name in _BY_NAME:
            return _BY_NAME[name]
        if name in _WHILE_CONNECTING:
            return _explain_connecting(error)
    return TransportFailure(FailureKind.LOST, "the connection broke before the response was whole", sent=True)


def _explain_connecting(error: BaseException | None) -> TransportFailure:
    while error is not None:  # the nearest cause first, for the chain may end in what the caller was handling
        if isinstance(error, ssl.SSLCertVerificationError):
            reason = f"the certificate was not trusted: {error.verify_message}"
            return TransportFailure(FailureKind.TLS, reason, sent=False)
        if isinstance(error, ssl.SSLError):
            return TransportFailure(FailureKind.TLS, "no secure connection could be agreed on", sent=False)
        if isinstance(error, socket.gaierror | UnicodeError):
            return TransportFailure(FailureKind.CONNECT, "the host name could not be found", sent=False)
        if isinstance(error, ConnectionRefusedError):
            return TransportFailure(FailureKind.CONNECT, "the connection was refused", sent=False)
        error = error.__cause__ or error.__context__
    return TransportFailure(FailureKind.CONNECT, "no connection was made", sent=False)
