"""An emulator that stands still while a test is recorded, so that recording again gives the same to the byte.

Its time is that of all cassettes, and afterwards its state and its time are as before: no test sees what another wrote.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from heymarket.testing.cassettes.scrubber import NOW

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

    from heymarket.auth import Secret

_EMULATORS_OWN = "OfNoValue"
"""What the keys of an emulator's default team contain."""


@contextmanager
def isolate(base_url: str, credentials: Iterable[Secret]) -> Generator[Mapping[str, str]]:
    """Hold an emulator still until the block ends.

    Each worker of xdist has a team of its own there, because they share the emulator. The block gets the environment of
    that team; without xdist, it gets nothing.

    Args:
        base_url: The address of emulator or service. A service isn't asked for anything.
        credentials: Those that calls are made with. The emulator's own say that it is one.
    """
    emulated = any(_EMULATORS_OWN in one.reveal() for one in credentials)
    clock = _ask(base_url, "GET", "clock") if emulated else None
    if clock is None:
        yield {}
        return
    environment: dict[str, str] = {}
    if int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1:
        environment, base_url = _join_team(base_url, f"xdist-{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}")
        clock = _ask(base_url, "GET", "clock") or clock
    snapshot = _ask(base_url, "POST", "snapshots")
    _ask(base_url, "PATCH", "clock", frozen=True, time=_write(NOW))
    try:
        yield environment
    finally:
        if snapshot:
            _ask(base_url, "POST", f"snapshots/{snapshot['id']}/restore")
            _ask(base_url, "DELETE", f"snapshots/{snapshot['id']}")
        # After the state: what the test scheduled is not due any more.
        _ask(base_url, "PATCH", "clock", frozen=True, time=clock["time"] if clock["frozen"] else _write(time.time()))
        if not clock["frozen"]:
            _ask(base_url, "PATCH", "clock", frozen=False)


def _join_team(base_url: str, name: str) -> tuple[dict[str, str], str]:
    """The environment and the address of a team, which is added if it isn't there."""
    _ask(base_url, "POST", "teams", name=name)
    team = (_ask(base_url, "GET", "teams") or {"teams": {}})["teams"][name]
    variables = {f"HEYMARKET_{key.upper()}": team[key] for key in ("secret_id", "secret_key")}
    return {"HEYMARKET_BASE_URL": base_url, **variables}, f"{base_url}/_emulator/teams/{name}"


def _ask(base_url: str, method: str, path: str, **fields: Any) -> dict[str, Any] | None:
    """What an emulator's admin API responds; `None` if there is none."""
    parts = urlsplit(base_url)
    if parts.scheme != "http":
        return None
    connection = HTTPConnection(parts.netloc, timeout=10)
    try:
        body = json.dumps(fields) if fields else None
        connection.request(method, f"{parts.path}/_emulator/{path}", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        found: Any = json.loads(content) if response.status < 300 and content else None
        return cast("dict[str, Any]", found) if isinstance(found, dict) else None
    except (OSError, HTTPException, ValueError):
        return None
    finally:
        connection.close()


def _write(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
