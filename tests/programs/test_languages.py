"""Small clients of ours in other languages, with their standard libraries alone, get on with the emulator.

Each signs a JWT, lists inboxes, looks a contact up and sends it back whole, sends with `media_url: null` and with zero
values, and reads the history without an inbox.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from heymarket.emulator import Emulator

HERE = Path(__file__).parent
CLIENTS = {"client.js": "node", "client.php": "php", "client.rb": "ruby"}


@pytest.mark.parametrize("client", CLIENTS)
def test_a_client_in_another_language_gets_on(client: str) -> None:
    interpreter = shutil.which(CLIENTS[client])
    if interpreter is None:
        pytest.skip(f"{CLIENTS[client]} is not installed")
    with Emulator() as emulator:
        before = {**emulator.state.document()["contacts"][0]}

        done = subprocess.run(
            [interpreter, HERE / client],
            env={**os.environ, **emulator.environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

        assert (done.returncode, done.stderr, done.stdout) == (0, "", "done\n")
        after = emulator.state.document()["contacts"][0]
        changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
        assert changed <= {"rev", "updated", "op"}
        passed = {name for call in emulator.journal.find(operation="messages.send") for name in call.passed}
        assert {"media_url: null", 'media_url: ""', "chat_id: 0"} <= passed
