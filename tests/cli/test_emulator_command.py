"""`heymarket emulator`."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket
from tests.cli.conftest import CALLER, environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from heymarket.emulator import Emulator
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends by a signal that Windows lacks")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_program_that_reads_its_settings_can_use_it_until_a_signal(ending: signal.Signals, tmp_path: Path) -> None:
    command = [*CALLER, "emulator", "--port", "0", "--state", str(tmp_path / "state.sqlite")]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        settings = dict(process.stdout.readline().rstrip().split("=") for _ in range(3))
        try:
            assert list(settings) == ["HEYMARKET_BASE_URL", "HEYMARKET_SECRET_ID", "HEYMARKET_SECRET_KEY"]
            with Heymarket(*list(settings.values())[1:], base_url=settings["HEYMARKET_BASE_URL"]) as hm:
                channel = hm.contact_channels.get("00000000-0000-4000-8000-000000000001", "phone")
            assert channel.channel_id == "15555550100"
        finally:
            process.send_signal(ending)
        out, err = process.communicate(timeout=60)

    assert (process.returncode, out, err) == (0, "", "")


def test_a_taken_port_is_told(run: Run, emulator: Emulator) -> None:
    port = emulator.base_url.rpartition(":")[2]

    assert run("emulator", "--port", port) == (
        2,
        "",
        f"error: Port {port} of 127.0.0.1 is taken. Name another one, or 0 for a free one.\n",
    )


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ("--port 99999", "A port is a number from 0 to 65535"),
        ("--port 0 --limit 0", "The limit has to be at least 1"),
        ("--port 0 --per 0", "The limit has to be at least 1"),
        ("--port 0 --state {tmp_path}", "The state file"),
    ],
)
def test_an_option_that_cant_be_is_told(run: Run, tmp_path: Path, options: str, problem: str) -> None:
    code, out, err = run("emulator", *options.format(tmp_path=tmp_path).split())

    assert (code, out) == (2, "")
    assert err.startswith(f"error: {problem}")
    assert err.count("\n") == 1
