"""Pytest fixtures for whoever tests a program that talks to Heymarket. docs/testing.md shows them at work.

- `heymarket_emulator`: a local Heymarket, fresh for each test
- `heymarket`, `async_heymarket`: clients of it, ready to use
- `heymarket_webhooks`: a receiver of its webhooks
- `heymarket_vcr`: a cassette, recorded with `--heymarket-record` and replayed without a network

They need `heymarket[testing]`. pytest loads this module into every test run where the package is installed, so it
imports nothing until a fixture is used.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from heymarket import AsyncHeymarket, Heymarket
    from heymarket.emulator import Emulator
    from heymarket.testing import WebhookReceiver
    from heymarket.testing.cassettes import Cassette

__all__ = [
    "async_heymarket",
    "heymarket",
    "heymarket_emulator",
    "heymarket_vcr",
    "heymarket_webhooks",
]

_RECORDED = "heymarket_cassette"
"""The property of a test that says what became of its cassette; it gets here from xdist's workers too."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--heymarket-record`."""
    parser.getgroup("heymarket").addoption(
        "--heymarket-record",
        choices=["new", "all"],
        help="record cassettes of heymarket_vcr, with the credentials in the environment: those that aren't there yet, "
        "or all, replacing those that differ",
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says which cassettes were recorded."""
    reports: list[Any] = terminalreporter.stats.get("", [])  # of setups and teardowns
    recorded = [str(value) for one in reports for name, value in one.user_properties if name == _RECORDED]
    if recorded:
        terminalreporter.section("cassettes of heymarket")
        for line in dict.fromkeys(recorded):
            terminalreporter.line(line)


@pytest.fixture(scope="session")
def _heymarket_emulator_server() -> Iterator[Emulator]:
    from heymarket.emulator import Emulator  # noqa: PLC0415 - see above

    with Emulator() as emulator:
        yield emulator


@pytest.fixture
def heymarket_emulator(_heymarket_emulator_server: Emulator) -> Emulator:
    """A local Heymarket, as if freshly started: one server for the whole run, reset for each test."""
    from heymarket.quota.rate_limiter import start_afresh  # noqa: PLC0415 - see above

    _heymarket_emulator_server.reset()
    _heymarket_emulator_server.snapshots.clear()
    # Clients remember for a minute what they used of the limit, and would queue after 500 calls of all tests together.
    start_afresh(_heymarket_emulator_server.base_url)
    return _heymarket_emulator_server


@pytest.fixture
def heymarket(heymarket_emulator: Emulator) -> Iterator[Heymarket]:
    """A client of `heymarket_emulator`, which repeats failed calls at once and leaves the limit to the emulator."""
    from heymarket.testing.clients import ready  # noqa: PLC0415 - see above

    with ready(heymarket_emulator.settings) as client:
        yield client


@pytest.fixture
def async_heymarket(heymarket_emulator: Emulator) -> Iterator[AsyncHeymarket]:
    """The same for asyncio, on whichever event loop the test runs; no `async with` is needed."""
    from heymarket.testing.clients import ready_async  # noqa: PLC0415 - see above

    with ready_async(heymarket_emulator.settings) as client:
        yield client


@pytest.fixture
def heymarket_vcr(request: pytest.FixtureRequest) -> Iterator[Cassette]:
    """The test's cassette, `cassettes/<module>/<test>.yaml` beside the module; see `heymarket.testing.cassettes`."""
    from heymarket.testing.cassettes import Cassette  # noqa: PLC0415 - see above

    node = request.node
    of_class = f"{node.cls.__name__}." if node.cls else ""
    path = node.path.parent / "cassettes" / node.path.stem / f"{_file_name(of_class + node.name)}.yaml"
    cassette = Cassette(path, record=request.config.getoption("heymarket_record"))
    yield cassette
    if cassette.outcome:
        where = path.relative_to(request.config.rootpath) if path.is_relative_to(request.config.rootpath) else path
        request.node.user_properties.append((_RECORDED, f"{cassette.outcome}: {where}"))


def _file_name(test: str) -> str:
    """The name of a test, without what file systems don't like; another one for each test."""
    name = re.sub(r"\[(.*)\]$", r"-\1", test, flags=re.DOTALL)
    cleaned = re.sub(r"[^\w.-]+", "-", name)
    # With a letter in front, so that its digits and those before it aren't taken for a phone number.
    return cleaned if cleaned == name else f"{cleaned.strip('-')}-x{crc32(test.encode()):08x}"


@pytest.fixture
def heymarket_webhooks(heymarket_emulator: Emulator) -> Iterator[WebhookReceiver]:
    """A receiver that `heymarket_emulator` delivers its events to: a fresh one for each test."""
    from heymarket.testing import WebhookReceiver  # noqa: PLC0415 - see above

    with WebhookReceiver() as receiver:
        heymarket_emulator.set_webhook(receiver.url, receiver.token)
        yield receiver
        heymarket_emulator.set_webhook(None)
