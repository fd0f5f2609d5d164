"""The program as a process: what it loads, and how it behaves towards pipes, encodings and missing packages."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import heymarket
from heymarket.cli import main
from tests.cli.conftest import CALLER, environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator import Emulator
    from tests.cli.conftest import Outcome

    Call = Callable[..., Outcome]

LACKING = "import sys; sys.modules[{!r}] = None; "
WITHOUT = LACKING + "from heymarket.cli import main; sys.exit(main(sys.argv[1:]))"
LOADED = "import sys; from heymarket.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


def test_the_version_is_printed(call: Call) -> None:
    assert call("--version") == (0, f"heymarket {heymarket.__version__}\n", "")


@pytest.mark.parametrize("module", ["heymarket", "heymarket.cli"])
def test_importing_the_command_line_needs_no_extra(call: Call, module: str) -> None:
    assert call(python=f"{LACKING.format('cyclopts')} import {module}").code == 0


def test_without_the_extra_it_says_how_to_get_it(call: Call) -> None:
    code, out, err = call("doctor", python=WITHOUT.format("cyclopts"))

    assert (code, out) == (2, "")
    assert err == 'error: The command line needs cyclopts. Install it with: pip install "heymarket[cli]"\n'


@pytest.mark.parametrize("library", ["starlette", "uvicorn"])
def test_the_emulator_without_its_extra_says_how_to_get_it(call: Call, library: str) -> None:
    code, out, err = call("emulator", python=WITHOUT.format(library))

    assert (code, out) == (2, "")
    assert err == f'error: The emulator needs {library}. Install it with: pip install "heymarket[emulator]"\n'


@pytest.mark.parametrize(
    ("command", "absent"),
    [
        ("--version", {"cyclopts", "attrs", "httpx", "jwt", "json"}),
        ("token", {"rich", "httpx", "starlette", "uvicorn", "importlib.metadata"}),
        ("--help", {"httpx", "jwt", "starlette", "uvicorn"}),
    ],
)
def test_a_command_loads_only_what_it_needs(call: Call, emulator: Emulator, command: str, absent: set[str]) -> None:
    loaded = call(command, python=LOADED).err.split()

    assert "heymarket.cli" in loaded
    assert absent.isdisjoint(loaded)


def test_characters_that_the_output_lacks_are_escaped(call: Call, emulator: Emulator) -> None:
    contact_id = emulator.examples["non_ascii"].contact_id

    code, out, err = call("contact-channels", "get", contact_id, "phone", PYTHONIOENCODING="latin-1")

    assert (code, err) == (0, "")
    assert out.isascii()
    assert json.loads(out)["channel_handle"] == "Zoë Åström 李小龍 🙂"


def test_help_can_be_read_in_any_encoding(call: Call) -> None:
    code, out, err = call("contact-channels", "get", "--help", PYTHONIOENCODING="ascii")

    assert (code, err) == (0, "")
    assert "CONTACT_ID" in out


@pytest.mark.parametrize("line", ["--version", "--help", "token", "contact-channels get {} phone"])
def test_a_reader_that_has_enough_causes_no_complaint(emulator: Emulator, line: str) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [*CALLER, *line.format(emulator.examples["phone"].contact_id).split()],
            env=environment(),
            stdout=closed,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )

    assert (done.returncode, done.stderr) == (0, b""), "a pipeline goes on under pipefail"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk at hand")
def test_a_full_disk_is_reported() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*CALLER, "--version"],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )

    assert done.returncode == 1
    assert done.stderr == b"error: The output can't be written: No space left on device.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="this shell is not the one of Windows")
@pytest.mark.parametrize("command", ["--version", "--help", "team get", "doctor", "emulator --port 0"])
def test_a_closed_stdout_is_reported_before_anything_is_done(emulator: Emulator, command: str) -> None:
    done = run_in_shell(f"{command} >&-")

    assert (done.returncode, done.stderr) == (1, b"error: The output can't be written: stdout is closed.\n")
    assert len(emulator.journal) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="this shell is not the one of Windows")
@pytest.mark.parametrize(("command", "code"), [("team get", 0), ("tags get 1", 4), ("teem", 2)])
def test_a_closed_stderr_changes_nothing_else(emulator: Emulator, command: str, code: int) -> None:
    done = run_in_shell(f"{command} 2>&-")

    assert done.returncode == code
    assert done.stdout.startswith(b"{") is (code == 0)
    assert b"error:" not in done.stdout


def run_in_shell(command: str) -> subprocess.CompletedProcess[bytes]:
    line = f"{shlex.join(CALLER)} {command}"
    return subprocess.run(line, shell=True, env=environment(), capture_output=True, timeout=60, check=False)  # noqa: S602 - whose redirection is tested


def test_an_interrupt_ends_quietly_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("heymarket.auth.sign", interrupted)
    monkeypatch.setenv("HEYMARKET_SECRET_ID", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
    monkeypatch.setenv("HEYMARKET_SECRET_KEY", "kN4mQ7rT1vX8zB3dF6hJ9lP2sU5wY0aC")

    assert main(["token"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("contacts batch-create --contacts @pe", ["@people.csv"]),
        ("contacts batch-create --contacts @sub/", ["@sub/numbers.txt"]),
        ("contacts batch-create --contacts @s", ["@sub/"]),
        ("lists create --phones @sub/n", ["@sub/numbers.txt"]),
        ("contacts batch-create --contacts pe", []),
        ("team get --profile n", ["north"]),
        ("profiles use n", ["north"]),
    ],
)
def test_profiles_and_files_are_completed(
    typed: str,
    offered: list[str],
    profiles: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    profiles("[profiles.north]\n")
    (tmp_path / "people.csv").touch()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "numbers.txt").touch()
    monkeypatch.chdir(tmp_path)

    assert main(["__complete", *typed.split()]) == 0

    lines = [line.partition("\t")[0] for line in capsys.readouterr().out.splitlines() if line[:1] != "\x1f"]
    assert [line for line in lines if line.startswith(typed.rpartition(" ")[2])] == offered


GUIDE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")


def rows_below(heading: str) -> list[list[str]]:
    """The cells of the first table below a line of the guide."""
    table = GUIDE.partition(heading)[2].partition("\n|")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize(("command", "output", "yes"), rows_below("These commands lack some of them"))
def test_the_guide_says_which_common_options_a_command_lacks(
    run: Callable[..., Outcome], command: str, output: str, yes: str
) -> None:
    words = command.strip("`").split()
    shown = run(*words, *["contacts"] * (words[0] in {"export", "import"}), "--help").out

    assert ("--output" in shown, "--fields" in shown) == (output.startswith("yes"),) * 2
    assert ("--json" in shown) == ("--json" in output or output.startswith("yes"))
    assert ("--yes" in shown) == (yes == "yes")


def test_the_guide_lists_all_options_of_the_emulator(run: Callable[..., Outcome]) -> None:
    listed = {word.split()[0] for row in rows_below("## `heymarket emulator`") for word in row[0].split("`")[1::2]}
    shown = {word for word in run("emulator", "--help").out.split() if word.startswith("--")}

    assert listed == shown - {"--help"}
