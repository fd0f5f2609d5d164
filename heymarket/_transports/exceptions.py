"""What went wrong, from the exceptions of Python and, by their names, of httpx and httpx2, which share the names."""

from __future__ import annotations

import re
import socket
import ssl

from heymarket._messages import FailureKind, TransportFailure
from heymarket._redaction import cleaned

CONNECTING_TOOK_TOO_LONG = TransportFailure(FailureKind.CONNECT, "connecting took too long", sent=False)
NO_FREE_CONNECTION = TransportFailure(FailureKind.TIMEOUT, "no connection was free in time", sent=False)
RESPONSE_TOOK_TOO_LONG = TransportFailure(FailureKind.TIMEOUT, "the response took too long", sent=True)
_MALFORMED = TransportFailure(FailureKind.MALFORMED, "request or response is not valid HTTP", sent=True)
_NO_CERTIFICATE = TransportFailure(FailureKind.TLS, "the server wants a client certificate (http_client=)", sent=False)

_BY_PATTERN = {  # in the names of its class and their bases, and its message
    "^(?:SSL|Read|Write)Error .*CERTIFICATE_REQUIRED": _NO_CERTIFICATE,
    "ConnectTimeout": CONNECTING_TOOK_TOO_LONG,
    "PoolTimeout": NO_FREE_CONNECTION,
    "^Timeout|TimeoutException": RESPONSE_TOOK_TOO_LONG,
    "^(?:Local|Remote)ProtocolError(?!.*: (?:Server disconnected|peer closed))": _MALFORMED,
}
_WHILE_CONNECTING = {"ConnectError", "ProxyError", "gaierror", "UnicodeError", "SSLError", "ConnectionRefusedError"}
_BY_CAUSE = (
    (ssl.SSLCertVerificationError, FailureKind.TLS, "the certificate was not trusted: "),
    (ssl.SSLError, FailureKind.TLS, "no secure connection could be agreed on"),
    ((socket.gaierror, UnicodeError), FailureKind.CONNECT, "the host name could not be found"),
    (ConnectionRefusedError, FailureKind.CONNECT, "the connection was refused"),
)


def explain(error: BaseException) -> TransportFailure:
    """Why there is no response, in words that hold nothing of the request.

    An error of the program, or an interrupt, is raised again without its frames, which hold the Authorization header.
    """
    names = [cls.__name__ for cls in type(error).__mro__]
    if not isinstance(error, OSError | UnicodeError) and "TransportError" not in names:
        raise cleaned(error) from None
    said = f"{' '.join(names)}: {error}"
    for pattern, failure in _BY_PATTERN.items():
        if re.search(pattern, said):
            return failure
    if _WHILE_CONNECTING.isdisjoint(names):
        return TransportFailure(FailureKind.LOST, "the connection broke before the response was whole", sent=True)
    status = re.match("ProxyError .*: ([0-9]{3}) ", said)
    reason = f"the proxy refused with status {status[1]}" if status else "no connection was made"
    link: BaseException | None = error
    while link is not None:  # the nearest cause first, for the chain may end in what the caller was handling
        for cause, kind, known in _BY_CAUSE:
            if isinstance(link, cause):
                return TransportFailure(kind, known + getattr(link, "verify_message", ""), sent=False)
        link = link.__cause__ or link.__context__
    return TransportFailure(FailureKind.CONNECT, reason, sent=False)
