"""Pytest fixtures for tests of programs that use Heymarket. docs/testing.md shows them in use.

- `heymarket_emulator`: a local Heymarket, reset for each test
- `heymarket`, `async_heymarket`: clients of it, ready to use
- `heymarket_webhooks`: a receiver of its webhooks
- `heymarket_vcr`: a cassette, recorded with `--heymarket-record` and replayed without a network

They need `heymarket[testing]`. pytest loads this module into every test run where the package is installed, so it
imports nothing until a fixture is used.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

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
"""The property of a test that says what happened to its cassette; xdist's workers report it too."""

_LONGEST_NAME = 150
"""Bytes of a test's name that the name of its cassette has. Most file systems allow 255, some add to them."""

_USED = "HEYMARKET_CASSETTES_USED"
"""`USED` of `heymarket.testing.cassettes.cassette`, which isn't imported until a fixture is used."""

_CASSETTE = pytest.StashKey["Cassette"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options for cassettes, and `heymarket_strict` for the ini file."""
    parser.addini("heymarket_strict", "heymarket_emulator refuses what it otherwise lets pass", type="bool")
    group = parser.getgroup("heymarket")
    group.addoption(
        "--heymarket-cassettes",
        choices=["warn", "strict"],
        default="warn",
        help="what becomes of a test whose cassette isn't as this version describes the API: a warning (the default), "
        "or with 'strict' a failure",
    )
    group.addoption(
        "--heymarket-used",
        metavar="FILE",
        help="write the path of each cassette that is opened to a file, for heymarket cassettes unused --used FILE",
    )
    group.addoption(
        "--heymarket-record",
        choices=["new", "all"],
        help="record cassettes of heymarket_vcr, with the credentials in the environment: 'new' those that don't exist "
        "yet, 'all' every one, replacing those that differ",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin the list of cassettes that are used, to which xdist's workers add."""
    if (used := config.getoption("heymarket_used")) and not hasattr(config, "workerinput"):
        path = Path(used).resolve()
        path.write_bytes(b"")
        os.environ[_USED] = str(path)
        config.add_cleanup(_forget_used)


def _forget_used() -> None:
    os.environ.pop(_USED, None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the cassettes that were recorded."""
    reports: list[Any] = terminalreporter.stats.get("", [])  # of setups and teardowns
    recorded = [str(value) for one in reports for name, value in one.user_properties if name == _RECORDED]
    if recorded:
        terminalreporter.section("cassettes of heymarket")
        for line in dict.fromkeys(recorded):
            terminalreporter.line(line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that a refused request left green: by `pytest.raises` around the block, or by skipping."""
    report = yield
    expected = report.failed or hasattr(report, "wasxfail")
    if (
        report.when == "call"
        and not expected
        and _CASSETTE in item.stash
        and (refused := item.stash[_CASSETTE].refused)
    ):
        report.outcome, report.longrepr = "failed", "\n".join(refused)
    return report


@pytest.fixture(scope="session")
def _heymarket_emulator_server(pytestconfig: pytest.Config) -> Iterator[Emulator]:
    from heymarket.emulator import Emulator

    with Emulator(strict=pytestconfig.getini("heymarket_strict")) as emulator:
        yield emulator


@pytest.fixture
def heymarket_emulator(_heymarket_emulator_server: Emulator) -> Emulator:
    """A local Heymarket: one server for the whole run, reset for each test."""
    from heymarket.quota.rate_limiter import reset

    _heymarket_emulator_server.reset()
    _heymarket_emulator_server.snapshots.clear()
    # Clients remember for a minute how much of the limit they used, and would queue after 500 calls of all tests.
    reset(_heymarket_emulator_server.base_url)
    return _heymarket_emulator_server


@pytest.fixture
def heymarket(heymarket_emulator: Emulator) -> Iterator[Heymarket]:
    """A client of `heymarket_emulator` that retries without pauses and leaves the limit to the emulator."""
    from heymarket.testing.clients import open_client

    with open_client(heymarket_emulator.settings) as client:
        yield client


@pytest.fixture
def async_heymarket(heymarket_emulator: Emulator) -> Iterator[AsyncHeymarket]:
    """The same for asyncio. It works on any event loop that the test runs, and needs no `async with`."""
    from heymarket.testing.clients import open_async_client

    with open_async_client(heymarket_emulator.settings) as client:
        yield client


@pytest.fixture
def heymarket_vcr(request: pytest.FixtureRequest) -> Iterator[Cassette]:
    """The test's cassette, `cassettes/<module>/<test>.yaml` beside the module; see `heymarket.testing.cassettes`."""
    from heymarket.testing.cassettes import Cassette

    node = request.node
    class_name = f"{node.cls.__qualname__}." if node.cls else ""
    path = node.path.parent / "cassettes" / node.path.stem / f"{_name_file(class_name + node.name)}.yaml"
    option = request.config.getoption
    cassette = Cassette(path, record=option("heymarket_record"), strict=option("heymarket_cassettes") == "strict")
    request.node.stash[_CASSETTE] = cassette
    yield cassette
    if cassette.outcome:
        where = path.relative_to(request.config.rootpath) if path.is_relative_to(request.config.rootpath) else path
        request.node.user_properties.append((_RECORDED, f"{cassette.outcome}: {where}"))


def _name_file(test: str) -> str:
    """The name of a test without characters that file systems refuse, not too long, and different for each test."""
    name = re.sub(r"\[(.*)\]$", r"-\1", test, flags=re.DOTALL)
    cleaned = re.sub(r"[^\w.-]+", "-", name).encode()[:_LONGEST_NAME].decode(errors="ignore")
    # The checksum begins with a letter, so that its digits and those before it don't look like a phone number.
    return cleaned if cleaned == name else f"{cleaned.strip('-')}-x{crc32(test.encode()):08x}"


@pytest.fixture
def heymarket_webhooks(heymarket_emulator: Emulator) -> Iterator[WebhookReceiver]:
    """A receiver of the webhooks of `heymarket_emulator`, another one for each test."""
    from heymarket.testing import WebhookReceiver

    with WebhookReceiver() as receiver:
        heymarket_emulator.set_webhook(receiver.url, receiver.token)
        yield receiver
        heymarket_emulator.set_webhook(None)
