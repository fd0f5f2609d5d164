"""The profiles that `heymarket login` stores: in the configuration file, their secret in the keyring if there is one.

The file is of mode 0600. A default profile applies to the command line only, and only where the environment names
neither a profile nor credentials.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import tomlkit
from attrs import frozen

from heymarket import config
from heymarket.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["StoredProfile", "choose", "find_exposure", "list_all", "remove", "store", "use"]

_KEYRING_SERVICE = config.KEYRING_SERVICE
_SETTINGS = ("HEYMARKET_PROFILE", "HEYMARKET_SECRET_ID", "HEYMARKET_SECRET_KEY", "HEYMARKET_API_KEY")


@frozen
class StoredProfile:
    """A profile, without its secret."""

    name: str
    is_default: bool
    secret_id: str
    base_url: str
    secret_in: str


def choose(given: str | None) -> str | None:
    """The profile to use: the given one, or the default one if the environment holds no settings."""
    if given is not None or any(name in os.environ for name in _SETTINGS):
        return given
    default = _read().get("default_profile") if config.config_file().exists() else None
    return str(default) if default is not None else None


def list_all() -> list[StoredProfile]:
    """All profiles, by name."""
    default = _read().get("default_profile")
    return [
        StoredProfile(
            name,
            name == default,
            f"{str(table['secret_id'])[:4]}..." if "secret_id" in table else "",
            str(table.get("base_url", "")),
            "keyring" if table.get("keyring") else "file",
        )
        for name, table in sorted(config.read_profiles(config.config_file()).items())
    ]


def store(name: str, secret_id: str, secret_key: str, base_url: str | None) -> str:
    """Store a profile, in place of one with that name; return where its secret is, in words."""
    table = {"secret_id": secret_id} | ({"base_url": base_url} if base_url else {})
    with_keyring = _keep_in_keyring(name, secret_key)
    document = _read()
    profiles = document.setdefault("profiles", tomlkit.table(is_super_table=True))
    profiles[name] = table | ({"keyring": True} if with_keyring else {"secret_key": secret_key})
    _write(document)
    return "the keyring" if with_keyring else f"{config.config_file()}, which only you can read"


def remove(name: str) -> None:
    """Remove a profile, and its secret from the keyring.

    Raises:
        ConfigurationError: There is no such profile.
    """
    document = _read_with(name)
    if document["profiles"].pop(name).get("keyring"):
        _forget_in_keyring(name)
    if document.get("default_profile") == name:
        del document["default_profile"]
    _write(document)


def use(name: str) -> None:
    """Make a profile the default.

    Raises:
        ConfigurationError: There is no such profile.
    """
    document = _read_with(name)
    document["default_profile"] = name
    _write(document)


def find_exposure() -> str:
    """Say whether others can read secrets in the configuration file, and what to do; empty if they can't."""
    path = config.config_file()
    tables = config.read_profiles(path).values()
    if os.name != "posix" or not any({"secret_key", "api_key"} & table.keys() for table in tables):
        return ""
    mode = path.stat().st_mode & 0o777
    return f"Others may read {path} (mode {mode:04o}). Run: chmod 600 {path}" if mode & 0o077 else ""


def _read() -> Any:
    path = config.config_file()
    config.read_profiles(path)  # says what is wrong with the file
    return tomlkit.parse(path.read_text("utf-8") if path.exists() else "")


def _read_with(name: str) -> Any:
    document = _read()
    profiles: Mapping[str, Any] = document.get("profiles", {})
    if name not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        raise ConfigurationError(f"There is no profile {name!r} in {config.config_file()}. Profiles there: {known}.")
    return document


def _write(document: Any) -> None:
    path = config.config_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    text = tomlkit.dumps(document).encode()
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(text)
    draft.replace(path)


def _keep_in_keyring(name: str, secret_key: str) -> bool:
    """Store a secret in the keyring; false if there is none."""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ModuleNotFoundError:
        return False
    try:
        keyring.set_password(_KEYRING_SERVICE, name, secret_key)
        kept = keyring.get_password(_KEYRING_SERVICE, name)
    except KeyringError:
        return False
    return bool(kept == secret_key)  # the null backend, which switches keyrings off, takes all and keeps nothing


def _forget_in_keyring(name: str) -> None:
    with suppress(ModuleNotFoundError):
        import keyring
        from keyring.errors import KeyringError

        with suppress(KeyringError):
            keyring.delete_password(_KEYRING_SERVICE, name)
