"""Settings: where they come from, and what is refused before any request."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import Any

import pytest

from heymarket import AsyncHeymarket, ConfigurationError, Heymarket, Quota, config
from tests.fakes import SECRET_ID, SECRET_KEY

ENVIRONMENT = {"HEYMARKET_SECRET_ID": SECRET_ID, "HEYMARKET_SECRET_KEY": SECRET_KEY}
SENTINEL = "sEnTiNeL0123456789sEnTiNeL0123456789"


def revealed(settings: config.Settings) -> dict[str, str]:
    return {name: secret.reveal() for name, secret in settings.credentials.items()}


def write_profiles(text: str) -> Path:
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "heymarket" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(text, "utf-8")
    return path


def refused(error_text: str, **arguments: Any) -> None:
    """Both clients refuse the arguments with that text, and no secret shows, not even in a traceback with locals."""
    for client_class in (Heymarket, AsyncHeymarket):
        with pytest.raises(ConfigurationError, match=error_text) as caught:
            client_class(**arguments)
        shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
        inside = "".join(line for frame in list(shown.stack)[1:] for line in (frame.locals or {}).values())
        assert SENTINEL not in inside
        assert SENTINEL not in str(caught.value)


def test_credentials_come_from_the_environment() -> None:
    settings = config.resolve(environ=ENVIRONMENT)
    assert revealed(settings) == {"secret_id": SECRET_ID, "secret_key": SECRET_KEY}
    assert settings.base_url == "https://api.heymarket.com"
    assert settings.origin == {"credentials": "environment", "base_url": "default"}


def test_arguments_switch_the_environment_off_for_credentials() -> None:
    environ = {**ENVIRONMENT, "HEYMARKET_BASE_URL": "http://localhost:1"}
    settings = config.resolve(config.wrapped({"api_key": "team-key-1"}), environ=environ)
    assert revealed(settings) == {"api_key": "team-key-1"}
    assert settings.base_url == "http://localhost:1"
    refused("secret_id is given without secret_key", secret_id="an-id")


def test_missing_credentials_say_where_to_find_them() -> None:
    refused(r"No credentials\. Set HEYMARKET_SECRET_ID .*Settings > Integrations > API")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "is empty"),
        ("   ", "is empty"),
        (f"{SENTINEL}\n", "newline"),
        (f" {SENTINEL}", "spaces"),
        (f"{SENTINEL}\x00x", "control characters"),
        (f"{SENTINEL}\ud800x", "control characters"),
        (f"{SENTINEL}é", "non-ASCII"),
        (f"{SENTINEL}||{SENTINEL}", r"'\|\|'"),
        (f"{SENTINEL} {SENTINEL}", "spaces"),
        (12345, "must be a string, not int"),
        (b"bytes", "must be a string, not bytes"),
    ],
)
def test_secrets_that_cannot_be_right_are_refused(value: Any, problem: str) -> None:
    refused(f"secret_key .*{problem}", secret_id=SECRET_ID, secret_key=value)
    refused(f"secret_id .*{problem}", secret_id=value, secret_key=SENTINEL)
    refused(f"api_key .*{problem}", api_key=value)


def test_secrets_from_the_environment_are_named_by_their_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYMARKET_SECRET_ID", SECRET_ID)
    monkeypatch.setenv("HEYMARKET_SECRET_KEY", f"{SENTINEL}\n")
    refused("HEYMARKET_SECRET_KEY .*newline")
    monkeypatch.delenv("HEYMARKET_SECRET_KEY")
    refused("HEYMARKET_SECRET_ID is given without HEYMARKET_SECRET_KEY")


def test_both_kinds_of_credentials_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    refused("Both an API Secret and a legacy team key", secret_id=SECRET_ID, secret_key=SENTINEL, api_key=SENTINEL)
    for name in ("HEYMARKET_SECRET_ID", "HEYMARKET_SECRET_KEY", "HEYMARKET_API_KEY"):
        monkeypatch.setenv(name, SENTINEL)
    refused("Both an API Secret and a legacy team key")


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("", "must be a string that starts with https"),
        (5, "must be a string"),
        ("api.heymarket.com", "must be a string that starts with https"),
        ("ftp://api.heymarket.com", "must be a string that starts with https"),
        ("https://", "and a host"),
        ("https://host:port", "and a host"),
        ("https://[v1.a", "and a host"),
        ("https://ho st", "and a host"),
        ("https://host\n", "and a host"),
        ("https://höst", "and a host"),
        ("https://user:pass@host", "user name"),
        ("https://host/?a=1", "query"),
        ("https://host/#f", "fragment"),
        ("https://host/a/../b", "path prefix"),
        ("https://host/./b", "path prefix"),
        ("http://api.heymarket.com", "plain http"),
        ("http://10.0.0.1", "plain http"),
    ],
)
def test_base_urls_that_cannot_be_right_are_refused(url: Any, problem: str) -> None:
    refused(problem, secret_id=SECRET_ID, secret_key=SENTINEL, base_url=url)


@pytest.mark.parametrize(
    ("url", "kept", "trusted"),
    [
        ("https://API.heymarket.com/", "https://api.heymarket.com", True),
        ("https://host:8443/prefix/", "https://host:8443/prefix", True),
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("http://[::1]:8000", "http://[::1]:8000", True),
        ("http://localhost", "http://localhost", True),
    ],
)
def test_base_urls_are_kept_with_their_prefix(url: str, kept: str, trusted: bool) -> None:
    settings = config.resolve(base_url=url, environ=ENVIRONMENT)
    assert (settings.base_url, settings.trusted) == (kept, trusted)


def test_plain_http_to_elsewhere_is_possible_but_not_trusted() -> None:
    settings = config.resolve(base_url="http://gateway.internal", allow_insecure_http=True, environ=ENVIRONMENT)
    assert (settings.base_url, settings.trusted) == ("http://gateway.internal", False)


def test_a_profile_gives_credentials_and_base_url() -> None:
    write_profiles(
        f'[profiles.work]\nsecret_id = "{SECRET_ID}"\nsecret_key = "{SECRET_KEY}"\nbase_url = "http://[::1]:1"\n'
    )
    other = {"HEYMARKET_SECRET_ID": "other", "HEYMARKET_SECRET_KEY": "other", "HEYMARKET_BASE_URL": "https://other"}
    for settings in (
        config.resolve(profile="work", environ=other),
        config.resolve(environ={**other, "HEYMARKET_PROFILE": "work"}),
    ):
        assert revealed(settings) == {"secret_id": SECRET_ID, "secret_key": SECRET_KEY}
        assert settings.base_url == "http://[::1]:1"
        assert settings.origin == {"credentials": "profile 'work'", "base_url": "profile 'work'"}


def test_a_missing_profile_is_an_error_whatever_the_environment_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    refused("There is no profile 'nope'.*Profiles there: none", profile="nope")
    write_profiles(f'[profiles.work]\napi_key = "{SENTINEL}"\n')
    refused("There is no profile 'nope'.*Profiles there: work", profile="nope")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f'[profiles.work\nsecret_key = "{SENTINEL}"', "not valid TOML at line 1"),
        (f'secret_key = "{SENTINEL}', "not valid TOML"),
        ("profiles = 5", "must contain tables"),
        ("profiles.work = 5", "must contain tables"),
        (f'[profiles.work]\nsecret = "{SENTINEL}"', "unknown settings secret"),
        ('[profiles.work]\nbase_url = "https://host"', "contains no credentials"),
        (f'[profiles.work]\nsecret_key = "{SENTINEL}\\n"', "secret_key .*newline"),
    ],
)
def test_a_config_file_that_cannot_be_right_is_refused(text: str, problem: str) -> None:
    write_profiles(text)
    refused(problem, profile="work")


def test_a_config_file_that_is_not_utf8_is_refused() -> None:
    write_profiles("x").write_bytes(b"\xff\xfe\x00")
    refused("can't be read", profile="work")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"timeout": 0}, "timeout"),
        ({"timeout": -1}, "timeout"),
        ({"timeout": float("inf")}, "timeout"),
        ({"timeout": float("nan")}, "timeout"),
        ({"timeout": None}, "timeout"),
        ({"timeout": 1e10}, "timeout"),
        ({"timeout": True}, "timeout"),
        ({"max_retries": -1}, "max_retries"),
        ({"max_retries": 1.5}, "max_retries"),
        ({"quota": 500}, "quota"),
        ({"http_client": object()}, "http_client of"),
    ],
)
def test_options_out_of_range_are_refused(options: dict[str, Any], problem: str) -> None:
    refused(problem, secret_id=SECRET_ID, secret_key=SENTINEL, **options)


@pytest.mark.parametrize(
    ("name", "value"),
    [("limit", 0), ("limit", 1.5), ("limit", True), ("per", 0), ("per", float("inf")), ("per", "60"), ("max_wait", -1),
     ("max_wait", "5")],
)  # fmt: skip
def test_quotas_out_of_range_are_refused(name: str, value: Any) -> None:
    with pytest.raises(ConfigurationError, match="Quota"):
        Quota(**{name: value})


def test_an_unknown_log_level_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEYMARKET_LOG", "loud")
    refused("HEYMARKET_LOG", secret_id=SECRET_ID, secret_key=SENTINEL)
