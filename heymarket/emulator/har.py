"""The journal as an HTTP archive (HAR 1.2), which browsers' developer tools and many others open."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from heymarket import __version__
from heymarket.emulator.clock import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from heymarket.emulator.journal.journal import Call

__all__ = ["archive"]


def archive(calls: Iterable[Call], base_url: str) -> dict[str, Any]:
    """An archive of these calls. Like the journal it holds no credentials.

    Args:
        calls: The calls.
        base_url: Where the emulator is.
    """
    creator = {"name": "Heymarket emulator", "version": __version__}
    return {"log": {"version": "1.2", "creator": creator, "entries": [_entry(call, base_url) for call in calls]}}


def _entry(call: Call, base_url: str) -> dict[str, Any]:
    query = f"?{urlencode(call.query)}" if call.query else ""
    request: dict[str, Any] = {
        "method": call.method,
        "url": f"{base_url}{quote(call.path)}{query}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(call.request_headers),
        "queryString": _pairs(call.query),
        "headersSize": -1,
        "bodySize": len(call.request_bytes),
    }
    if call.request_bytes:
        mime = call.request_headers.get("content-type", "application/json")
        request["postData"] = {"mimeType": mime, "params": [], "text": _text(call.request_bytes)}
    response = {
        "status": call.status,
        "statusText": _phrase(call.status),
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _pairs(call.response_headers),
        "content": {
            "size": len(call.response_bytes),
            "mimeType": call.response_headers.get("content-type", ""),
            "text": _text(call.response_bytes),
        },
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": len(call.response_bytes),
    }
    notes = {"operation": call.operation, "refused": call.refused, "fault": call.fault, "claims": call.claims}
    return {
        "startedDateTime": canonical(call.time),
        "time": call.duration,
        "request": request,
        "response": response,
        "cache": {},
        "timings": {"send": 0, "wait": call.duration, "receive": 0},
        "comment": json.dumps({name: value for name, value in notes.items() if value is not None}),
    }


def _pairs(members: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in members.items()]


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
