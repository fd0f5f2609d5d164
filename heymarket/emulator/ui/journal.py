"""The journal: the calls, their responses, and why a call was refused."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from heymarket.emulator.api.auth import LIFETIME
from heymarket.emulator.ui import _format
from heymarket.emulator.ui._frame import HOME, base_url_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    from heymarket.emulator.journal.journal import JournalEntry
    from heymarket.emulator.ui._frame import UI, Form

__all__ = ["routes"]

_LISTED = 150

_ADVICE = {
    "missing": "Send Authorization: Bearer <token> with every request. The SDK does that by itself.",
    "scheme": "HTTP Basic and other schemes are not accepted: sign a token and send it as a bearer token.",
    "form": "Copy the whole token: three parts in base64url with dots between them.",
    "algorithm": "Sign with HMAC-SHA256. Tokens without a signature and other algorithms are not accepted.",
    "signature": "Join the Secret ID and the Secret Key with two vertical bars and sign with that as it is: "
    "not decoded, not hashed, without a newline at its end.",
    "issuer": "Take the Secret ID from the start screen for the claim iss; keys of the live service aren't known here.",
    "iat": "Put the current Unix time in seconds, as a number, into the claim iat.",
    "expired": "Sign a token at least every four minutes; if you do, this machine's clock is slow.",
    "in the future": "Use seconds rather than milliseconds, and UTC rather than local time.",
    "denied": "This credential is made to be refused. Use the one named default.",
    "limit": "Spread the calls out, or raise the limit on the Control screen.",
    "route": "Compare the path, v1 or v2 and slashes included, with the API reference.",
    "method": "Compare the HTTP method with the API reference.",
    "bad_data": "Compare what was sent, below, with the API reference.",
    "planned": "A fault did this, not your program: see the Control screen.",
}


def routes(ui: UI) -> list[Route]:
    """The list, a call, and clearing it all."""
    return [
        ui.screen(f"{HOME}/journal", show),
        ui.screen(f"{HOME}/journal/{{request_id}}", show),
        ui.action(f"{HOME}/journal/clear", clear),
    ]


def show(ui: UI, request: Request) -> Response:
    """The latest calls, and the one that was chosen."""
    calls = ui.control.journal.calls()
    operation = request.query_params.get("operation", "")
    status = request.query_params.get("status", "")[:1]
    fitting = [
        call
        for call in reversed(calls)
        if (not operation or call.operation == operation) and (not status or str(call.status)[0] == status)
    ]
    filters = {name: value for name, value in (("operation", operation), ("status", status)) if value}
    chosen = request.path_params.get("request_id")
    call = next((one for one in calls if one.request_id == chosen), None)
    values: dict[str, Any] = {
        "calls": fitting[:_LISTED],
        "total": len(fitting),
        "more": len(fitting) > _LISTED,
        "operations": sorted({one.operation for one in calls if one.operation}),
        "operation": operation,
        "class": status,
        "query": f"?{urlencode(filters)}" if filters else "",
        "call": call,
        "gone": "This call is not in the journal (any more)." if chosen and call is None else "",
    }
    if call is not None:
        values.update(why=_why(call.refused or ""), facts=_facts(call), token=_token(call), bodies=_body(call))
        values["curl"] = _curl(call, base_url_of(request))
    return ui.show(request, "journal.html", **values)


def clear(ui: UI, _: Request, __: Form) -> tuple[str, str]:
    """Forget all calls."""
    ui.control.journal.clear()
    return f"{HOME}/journal", "The journal is empty."


def _why(refused: str) -> dict[str, str]:
    check = next((name for name in _ADVICE if refused.startswith(name)), "")
    return {"what": refused[:1].upper() + refused[1:], "todo": _ADVICE.get(check, "")}


def _curl(call: JournalEntry, base_url: str) -> str:
    """The call as a command, signed in with the team key: credentials aren't in the journal."""
    query = f"?{urlencode(call.query)}" if call.query else ""
    lines = [f"curl -X {call.method} {shlex.quote(base_url + quote(call.path) + query)}"]
    lines.append('-H "Authorization: Bearer $HEYMARKET_TEAM_KEY"')
    if call.request_bytes:
        media = call.request_headers.get("content-type", "application/json")
        lines.append(f"-H {shlex.quote(f'Content-Type: {media}')}")
        lines.append(f"--data-binary {shlex.quote(call.request_bytes.decode('utf-8', 'replace'))}")
    return " \\\n  ".join(lines)


def _facts(call: JournalEntry) -> list[tuple[str, str]]:
    facts = {
        "Operation": call.operation or "not described",
        "Time": f"{datetime.fromtimestamp(call.time, UTC):%Y-%m-%d %H:%M:%S.%f} UTC",
        "Took": f"{call.duration:.1f} ms",
        "Credential": call.credential or "not signed in",
        "Request id": call.request_id,
        "Fault": call.fault or "",
        "Repeated": "yes: got the response of the first call with its local_id" if call.repeated else "",
        "Client": call.request_headers.get("user-agent", ""),
    }
    return [(name, value) for name, value in facts.items() if value]


def _body(call: JournalEntry) -> list[tuple[str, Any]]:
    sections = [
        ("Path", call.parameters),
        ("Query", call.query),
        ("Request body", call.request_body),
        ("Response body", call.response_body),
        ("Request headers", call.request_headers),
        ("Response headers", call.response_headers),
    ]
    return [(name, value) for name, value in sections if value not in (None, {}, "")]


def _token(call: JournalEntry) -> dict[str, Any] | None:
    """The JWT, decoded; its age is that at the time of the call."""
    if call.claims is None:
        return None
    age = _age(call)
    if age is None:
        said = "It has no usable iat."
    elif age < 0:
        said = f"When it arrived, it was signed {_format.span(-age)} in the future."
    elif age < LIFETIME:
        said = f"{_format.span(age)} old when it arrived, of the {_format.span(LIFETIME)} that a token is valid for."
    else:
        said = f"{_format.span(age)} old when it arrived; a token is valid for {_format.span(LIFETIME)}."
    return {
        "good": call.credential is not None,
        "said": said,
        "parts": [("Header", call.token_header or {}), ("Claims", call.claims)],
    }


def _age(call: JournalEntry) -> float | None:
    issued = (call.claims or {}).get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        return None
    try:
        return call.time - float(issued)
    except OverflowError:
        return None
