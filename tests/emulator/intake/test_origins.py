"""Who may call: page, admin API and API are held to the same names and origins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from heymarket.emulator import Emulator
from heymarket.emulator.intake.origins import AllowedHosts, find_refusal

PATHS = [("GET", "/"), ("GET", "/_emulator/state"), ("POST", "/_emulator/reset"), ("GET", "/v1/team")]
API = ("GET", "/v1/team")


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(limit=10**6) as running:
        yield running


def status(emulator: Emulator, method: str, path: str, headers: dict[str, str]) -> int:
    authorization = {"Authorization": f"Bearer {emulator.api_key}"}
    url = emulator.base_url + path
    return httpx.request(method, url, headers=authorization | headers, trust_env=False).status_code


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "evil.example:8010", "Origin": "http://evil.example:8010"},
        {"Host": "evil"},
        {"Host": "192.0.2.1"},
        {"Host": "localhost.evil.example"},
        {"Host": "["},
        {"Host": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "chrome-extension://abc"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"},
    ],
    ids=str,
)
def test_a_page_from_elsewhere_is_refused_everywhere(
    emulator: Emulator, method: str, path: str, headers: dict[str, str]
) -> None:
    assert status(emulator, method, path, headers) == 403


@pytest.mark.parametrize(("method", "path"), PATHS)
@pytest.mark.parametrize(
    "headers",
    [{}, {"Host": "localhost:1"}, {"Host": "LOCALHOST"}, {"Host": "[::1]"}, {"Sec-Fetch-Site": "none"}],
    ids=str,
)
def test_this_machine_gets_in_everywhere(emulator: Emulator, method: str, path: str, headers: dict[str, str]) -> None:
    assert status(emulator, method, path, headers) in {200, 204}


def test_the_services_own_name_leads_here(emulator: Emulator) -> None:
    assert status(emulator, *API, {"Host": "api.heymarket.com"}) == 200


def test_another_project_on_this_machine_may_call_the_api_alone(emulator: Emulator) -> None:
    vite = {"Origin": "http://localhost:5173"}
    assert status(emulator, *API, vite) == 200
    assert status(emulator, "POST", "/_emulator/reset", vite) == 403


def test_a_link_from_elsewhere_opens_the_page_and_does_nothing(emulator: Emulator) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert status(emulator, "GET", "/", link) == 200
    assert status(emulator, "POST", "/_emulator/reset", link) == 403


def test_an_origin_of_another_scheme_is_another_origin(emulator: Emulator) -> None:
    host = emulator.base_url.removeprefix("http://")
    own, tls, other = ({"Origin": f"{scheme}://{host}"} for scheme in ("http", "https", "ws"))
    assert status(emulator, "POST", "/_emulator/reset", own) == 204
    assert status(emulator, "POST", "/_emulator/reset", tls) == 204  # there is a proxy that speaks TLS
    assert status(emulator, "POST", "/_emulator/reset", other) == 403


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("evil.example", 403),
        ("build-machine.example", 403),
        ("emulator", 200),
        ("emulator:8010", 200),
        ("192.0.2.7:8010", 200),
        ("[2001:db8::1]", 200),
        ("box.allowed.example", 200),
        ("allowed.example", 200),
        ("notallowed.example", 403),
        ("One.Example:1", 200),
    ],
)
def test_a_server_that_others_reach_has_a_list_of_names(host: str, allowed: int) -> None:
    names = (".allowed.example", "one.example")
    with Emulator(host="0.0.0.0", allow_hosts=names) as emulator:  # noqa: S104 - what is tested
        for method, path in PATHS:
            found = status(emulator, method, path, {"Host": host})
            assert (found == 403) is (allowed == 403), path


def test_a_star_lets_any_name_in() -> None:
    with Emulator(allow_hosts=["*"]) as emulator:
        assert status(emulator, *API, {"Host": "evil.example"}) == 200


def test_the_reason_says_what_to_do(emulator: Emulator) -> None:
    response = httpx.get(emulator.base_url, headers={"Host": "evil.example"}, trust_env=False)

    assert "--allow-host" in response.json()["message"]
    assert response.headers["X-Emulator"]


@pytest.mark.parametrize("host", ["x" * 10_000, "a@localhost", "localhost@evil.example", "evil.example#localhost"])
def test_no_host_is_taken_for_another(host: str) -> None:
    hosts = AllowedHosts.of((), is_on_loopback=True)
    scope: Any = {"headers": [(b"host", host.encode())], "method": "GET"}

    assert (find_refusal(scope, hosts, is_console=False) is None) is (host == "a@localhost")
