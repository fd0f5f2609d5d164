"""`heymarket login`, `logout` and `profiles`, and the profile that a command uses."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from heymarket import Heymarket, config
from heymarket.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.emulator import Emulator
    from tests.cli.conftest import Outcome

    Run = Callable[..., Outcome]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration file, which isn't there yet, with an environment that has no settings and no keyring."""
    path = tmp_path / "heymarket" / "config.toml"
    monkeypatch.setattr(config, "config_file", lambda: path)
    for name in [name for name in os.environ if name.startswith("HEYMARKET_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(sys.modules, "keyring", None)
    return path


@pytest.fixture
def login(run: Run, emulator: Emulator, file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def login(*argv: str, secret: str = f"{emulator.secret_id}\n{emulator.secret_key}\n") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(secret))
        return run("login", *argv, "--base-url", emulator.base_url)

    return login


def test_after_login_commands_use_the_profile(run: Run, login: Run, emulator: Emulator, file: Path) -> None:
    assert run("inboxes", "list").code == 2

    code, out, err = login()
    assert (code, err) == (0, "")
    assert out.startswith(f"Stored as the profile default, for {emulator.base_url}. Its Secret Key is in ")
    assert "only you can read" in out
    assert run("inboxes", "list").code == 0
    assert run("token").code == 0
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def login_here(run: Run, emulator: Emulator, file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    def login_here(*argv: str) -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(f"{emulator.secret_id}\n{emulator.secret_key}\n"))
        return run("login", *argv)

    return login_here


def test_the_base_url_of_the_environment_is_stored_too(
    run: Run, login_here: Run, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as shell:
        shell.setenv("HEYMARKET_BASE_URL", f"{emulator.base_url}/")
        out = login_here("north").out

    assert out.startswith(f"Stored as the profile north, for {emulator.base_url}. ")
    assert run("inboxes", "list", "--profile", "north").code == 0


def test_the_base_url_of_another_profile_is_not_taken(
    login: Run, login_here: Run, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    login("south")
    monkeypatch.setenv("HEYMARKET_PROFILE", "south")

    assert login_here("north", "--no-check").out.startswith("Stored as the profile north. ")
    assert file.read_text("utf-8").count("base_url") == 1


def test_a_service_that_is_not_there_is_perhaps_the_local_one(
    login_here: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = "For the local Heymarket: --base-url, or export HEYMARKET_BASE_URL.\n"
    nothing_listens = "http://127.0.0.1:1"
    assert hint not in login_here("--base-url", nothing_listens).err
    monkeypatch.setattr(config, "DEFAULT_BASE_URL", nothing_listens)

    code, _, err = login_here()

    assert (code, err.endswith(hint)) == (1, True), err
    assert not file.exists()


def test_a_profile_of_another_name_is_used_when_it_is_named(run: Run, login: Run) -> None:
    assert "heymarket profiles use work" in login("work").out
    assert "heymarket profiles use 'at work'" in login("at work").out

    assert run("inboxes", "list").code == 2
    assert run("inboxes", "list", "--profile", "work").code == 0
    assert run("profiles", "use", "work").code == 0
    assert run("inboxes", "list").code == 0


def test_the_environment_goes_before_the_default_profile(run: Run, login: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    login()
    monkeypatch.setenv("HEYMARKET_API_KEY", "a-legacy-key-of-a-team")

    code, _, err = run("token")
    assert code == 2
    assert "(environment)" in err


def test_profiles_are_listed_without_their_secrets(run: Run, login: Run, emulator: Emulator) -> None:
    login()
    login("work")

    code, out, _ = run("profiles", "--output", "csv")
    assert code == 0
    assert out.splitlines() == [
        "name,is_default,secret_id,base_url,secret_in",
        f"default,true,0000...,{emulator.base_url},file",
        f"work,false,0000...,{emulator.base_url},file",
    ]


def test_logout_removes_the_profile_and_nothing_else(run: Run, login: Run, emulator: Emulator, file: Path) -> None:
    login()
    file.write_text(f"# mine\n{file.read_text('utf-8')}\n[profiles.other]\napi_key = 'a-key-of-a-team'\n", "utf-8")

    assert run("logout").code == 0
    assert emulator.secret_key not in file.read_text("utf-8")
    assert file.read_text("utf-8").startswith("# mine\n")
    assert "a-key-of-a-team" in file.read_text("utf-8")
    assert run("inboxes", "list").code == 2
    code, _, err = run("logout")
    assert (code, err) == (2, f"error: There is no profile 'default' in {file}. Profiles there: other.\n")


@pytest.mark.parametrize(
    ("secret", "code", "problem"),
    [
        ("only-one-line\n", 2, "login needs two lines"),
        ("", 2, "login needs two lines"),
        ("an-id-1\nnot-the-right-key\n", 1, "GET /v1/inboxes returned 401"),
    ],
)
def test_what_is_not_accepted_is_not_stored(login: Run, file: Path, secret: str, code: int, problem: str) -> None:
    outcome = login(secret=secret)

    assert outcome.code == code
    assert outcome.err.startswith(f"error: {problem}")
    assert "not-the-right-key" not in outcome.err
    assert not file.exists()


def test_credentials_can_be_stored_untried(login: Run, file: Path) -> None:
    assert login("--no-check", secret="an-id-1\na-key-of-no-value\n").code == 0
    assert "a-key-of-no-value" in file.read_text("utf-8")


class Keyring:
    """What the package uses of `keyring`, and of `keyring.errors`."""

    KeyringError = LookupError

    def __init__(self) -> None:
        self.secrets: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.secrets.get((service, name))

    def set_password(self, service: str, name: str, secret: str) -> None:
        self.secrets[service, name] = secret

    def delete_password(self, service: str, name: str) -> None:
        del self.secrets[service, name]


@pytest.fixture
def keyring(file: Path, monkeypatch: pytest.MonkeyPatch) -> Keyring:
    made = Keyring()
    monkeypatch.setitem(sys.modules, "keyring", made)
    monkeypatch.setitem(sys.modules, "keyring.errors", made)
    return made


def test_the_secret_is_in_the_keyring_if_there_is_one(
    run: Run, keyring: Keyring, login: Run, emulator: Emulator, file: Path
) -> None:
    assert "Its Secret Key is in the keyring." in login().out

    assert keyring.secrets == {("heymarket", "default"): emulator.secret_key}
    assert emulator.secret_key not in file.read_text("utf-8")
    assert run("inboxes", "list").code == 0
    with Heymarket(profile="default") as hm:
        assert hm.inboxes.list()
    assert run("profiles", "--output", "csv").out.endswith(",keyring\n")
    assert run("logout").code == 0
    assert not keyring.secrets


def test_without_a_keyring_that_works_the_secret_is_in_the_file(
    keyring: Keyring, login: Run, emulator: Emulator, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: str) -> None:
        raise LookupError

    monkeypatch.setattr(keyring, "set_password", refuse)

    assert login().code == 0
    assert emulator.secret_key in file.read_text("utf-8")


def test_a_keyring_that_keeps_nothing_is_none(
    keyring: Keyring, login: Run, emulator: Emulator, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forget(*_: str) -> None:
        """Store nothing, as the null backend does."""

    monkeypatch.setattr(keyring, "set_password", forget)

    assert "Its Secret Key is in the keyring." not in login().out
    assert emulator.secret_key in file.read_text("utf-8")


@pytest.mark.parametrize("lost", [True, False])
def test_a_keyring_that_has_lost_the_secret_is_said(
    keyring: Keyring, login: Run, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    login()
    keyring.secrets.clear()
    if not lost:
        monkeypatch.setitem(sys.modules, "keyring", None)

    with pytest.raises(ConfigurationError, match="secret_key .* is empty" if lost else "keyring.* can't be read"):
        Heymarket(profile="default")


@pytest.mark.skipif(os.name != "posix", reason="others have no modes")
def test_doctor_refuses_a_file_that_others_can_read(run: Run, login: Run, file: Path) -> None:
    login()
    assert run("doctor").code == 0
    file.chmod(0o644)

    code, out, _ = run("doctor")
    assert code == 1
    assert f"Others may read {file} (mode 0644). Run: chmod 600 {file}" in out
