"""`heymarket emulator` as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple

from heymarket.emulator.server import ClientSettings


class Running(NamedTuple):
    """A process that listens, and the settings that it printed."""

    process: subprocess.Popen[str]
    settings: dict[str, str]

    @property
    def client_settings(self) -> ClientSettings:
        """For `Heymarket(**...)`."""
        base_url, secret_id, secret_key, *_ = self.settings.values()
        return {"base_url": base_url, "secret_id": secret_id, "secret_key": secret_key}


@contextmanager
def emulator(*arguments: str) -> Generator[Running]:
    """Run the command on a free port, with these arguments; it's killed at the end."""
    command = [sys.executable, "-m", "heymarket", "emulator", "--port", "0", *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout
            lines = [process.stdout.readline().rstrip() for _ in range(4)]
            assert all(lines), "the emulator didn't start; what it said is in stderr"
            yield Running(process, dict(line.split("=", 1) for line in lines))
        finally:
            process.kill()
