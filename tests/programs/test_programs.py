"""What other people's programs send, sent to the emulator: they get on, or are refused for a reason that is given.

Each YAML file is a program, in our words: `requests` has the exact method, path and body, with ids of the built-in seed
in the place of the program's own; `returns` and `uses` are what the program reads of the response, `*` being each item
and `or` what it reads instead; `refused` says why it can't go on.
"""

from __future__ import annotations

import http.client
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import jwt
import pytest
import yaml

from heymarket import description
from heymarket.emulator import Emulator

PROGRAMS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(Path(__file__).parent.glob("*.yaml"))}
SENDS = [(name, number) for name, program in PROGRAMS.items() for number in range(len(program["requests"]))]
KINDS = {"array": list, "object": dict, "string": str}


@pytest.fixture(scope="module")
def running() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


def sign_in(way: str, emulator: Emulator) -> dict[str, str]:
    now = int(time.time())
    claims = {"iss": emulator.secret_id, "iat": now}
    key = f"{emulator.secret_id}||{emulator.secret_key}"
    match way:
        case "team key":
            token = emulator.api_key
        case "JWT":
            token = jwt.encode(claims, key)
        case "JWT with exp":
            token = jwt.encode({**claims, "exp": now + 300}, key)
        case "JWT signed with the Secret Key alone":
            token = jwt.encode({**claims, "exp": now + 3600}, emulator.secret_key)
        case "header X-Heymarket-API-Key":
            return {"X-Heymarket-API-Key": emulator.api_key}
        case _:
            raise AssertionError(way)
    return {"Authorization": f"Bearer {token}"}


def send(emulator: Emulator, program: dict[str, Any], request: dict[str, Any]) -> tuple[int, Any]:
    """Sends it as it is written, with a body on GET where the program sends one."""
    method, _, target = request["send"].partition(" ")
    url = urlsplit(emulator.base_url)
    connection = http.client.HTTPConnection(url.hostname or "", url.port, timeout=10)
    headers = {
        "Content-Type": "application/json",
        **program.get("headers", {}),
        **sign_in(program["sign_in"], emulator),
    }
    body = json.dumps(request["body"]).encode() if "body" in request else None
    try:
        connection.request(method, target, body, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read() or b"null")
    finally:
        connection.close()


def find(value: Any, path: str) -> Any:
    """What a program finds there; `None` if there is nothing, `True` if each item has it."""
    if " or " in path:
        return next((found for way in path.split(" or ") if (found := find(value, way)) is not None), None)
    part, _, rest = path.partition(".")
    if part == "*":
        return True if value and all(find(item, rest) is not None for item in value) else None
    try:
        found = value[int(part) if part.isdigit() else part]
    except (KeyError, IndexError, TypeError):
        return None
    return find(found, rest) if rest else found


@pytest.mark.parametrize(("name", "number"), SENDS)
def test_the_program_gets_on_or_is_refused_for_the_reason_given(running: Emulator, name: str, number: int) -> None:
    program = PROGRAMS[name]
    request = program["requests"][number]
    running.reset()

    status, body = send(running, program, request)

    if refused := request.get("refused"):
        assert status == refused["status"], body
        assert isinstance(body["message"], str), "programs show it, or read it"
        return
    assert 200 <= status < 300, body
    if "returns" in request:
        assert isinstance(body, KINDS[request["returns"]]), body
    assert [path for path in request.get("uses", []) if find(body, path) is None] == [], body


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_program_says_where_it_is_and_why_it_is_refused(name: str) -> None:
    program = PROGRAMS[name]
    assert program.keys() - {"headers"} == {"program", "language", "source", "sign_in", "on_error", "requests"}
    for request in program["requests"]:
        assert request.keys() <= {"about", "send", "body", "returns", "uses", "refused"}
        if refused := request.get("refused"):
            assert refused.keys() == {"status", "why", "source"}
            assert re.fullmatch(r"[DH]\d\d|/\S+|no vendor page", refused["source"])


def test_there_are_at_least_ten_programs_and_none_is_there_twice() -> None:
    assert len({program["program"] for program in PROGRAMS.values()}) == len(PROGRAMS) >= 10


@pytest.mark.parametrize(("name", "number"), SENDS)
def test_a_path_that_no_vendor_page_has_is_not_described(name: str, number: int) -> None:
    request = PROGRAMS[name]["requests"][number]
    method, _, target = request["send"].partition(" ")
    described = any(
        operation.http_method == method
        and re.fullmatch(re.sub(r"{\w+}", "[^/]+", operation.path), urlsplit(target).path)
        for operation in description.operations()
    )
    assert described is (request.get("refused", {}).get("source") not in {"no vendor page", "D47"})
