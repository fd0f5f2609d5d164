"""`heymarket login`, `logout` and `profiles`: credentials, stored once and used by name."""

from __future__ import annotations

import getpass
import os
import shlex
import sys
from typing import Annotated

from attrs import asdict
from cyclopts import App, Parameter

from heymarket import Heymarket, config
from heymarket.cli import profiles
from heymarket.cli.commands.doctor import check_sign_in
from heymarket.cli.options import OutputOptions, complete_profile
from heymarket.errors import ConfigurationError

__all__ = ["login", "logout", "make_profiles_app"]

_DEFAULT_NAME = "default"
_Stored = Annotated[str, Parameter(completer=complete_profile)]


def login(
    name: str = _DEFAULT_NAME,
    /,
    *,
    base_url: Annotated[
        str | None, Parameter(help="Base URL of the service, which is stored too. Environment: HEYMARKET_BASE_URL.")
    ] = None,
    check: Annotated[bool, Parameter(negative="--no-check", help="Whether to try the credentials first.")] = True,
) -> int:
    """Store an API Secret as a profile, in the keyring or in a file that only you can read.

    On a terminal, it asks for the Secret ID and the Secret Key. Otherwise, it reads them from the standard input, a
    line each. A profile called default is used when no other credentials are named. A base URL that isn't the
    service's own, such as that of the local Heymarket, is stored with them.

    Args:
        name: The name of the profile. Default: default.
    """
    if sys.stdin is not None and sys.stdin.isatty():
        print("Create an API Secret in the Heymarket app under Settings > Integrations > API.", file=sys.stderr)
        print("Secret ID: ", end="", file=sys.stderr, flush=True)
        secret_id = sys.stdin.readline().strip()
        secret_key = getpass.getpass("Secret Key (not shown): ").strip()
    else:
        lines = sys.stdin.read().split() if sys.stdin is not None else []
        if len(lines) != 2:
            raise ConfigurationError("login needs two lines on the standard input: the Secret ID and the Secret Key.")
        secret_id, secret_key = lines
    given = config.wrapped({"secret_id": secret_id, "secret_key": secret_key})
    config.check_credentials(given, "login")
    # Without a profile that HEYMARKET_PROFILE may name: its base URL is for other credentials.
    environment = {"HEYMARKET_BASE_URL": url} if (url := os.environ.get("HEYMARKET_BASE_URL")) is not None else {}
    url = config.resolve(given, base_url=base_url, environ=environment).base_url
    is_default = url == config.DEFAULT_BASE_URL
    if check:
        with Heymarket(secret_id, secret_key, base_url=url, max_retries=0) as client:
            outcome, _ = check_sign_in(client)
        if outcome.status == "problem":
            print(f"error: {outcome.says} Nothing was stored; --no-check stores it untried.", file=sys.stderr)
            if is_default:
                print("For the local Heymarket: --base-url, or export HEYMARKET_BASE_URL.", file=sys.stderr)
            return 1
    place = profiles.store(name, secret_id, secret_key, None if is_default else url)
    print(f"Stored as the profile {name}{'' if is_default else f', for {url}'}. Its Secret Key is in {place}.")
    if name == _DEFAULT_NAME:
        profiles.use(name)
        print("It is the default.")
    else:
        quoted = shlex.quote(name)
        print(f"Use it with --profile {quoted}, or always: heymarket profiles use {quoted}")
    return 0


def logout(name: _Stored = _DEFAULT_NAME, /) -> None:
    """Remove a profile and its Secret Key. The API Secret itself stays valid: revoke it in the Heymarket app.

    Args:
        name: The name of the profile. Default: default.
    """
    profiles.remove(name)
    print(f"Removed the profile {name}. Its API Secret is valid until you revoke it in the Heymarket app.")


def make_profiles_app() -> App:
    """Make the app of `heymarket profiles`, which lists them unless told otherwise."""
    app = App(
        name="profiles", help="Show the stored profiles, or choose the default one.", help_epilogue="", version_flags=()
    )
    app.default(_list_profiles)
    app.command(_list_profiles, name="list")
    app.command(use)
    return app


def _list_profiles(*, output: OutputOptions | None = None) -> None:
    """Show the stored profiles, or choose the default one. No secret is shown."""
    (output or OutputOptions()).make_output().show([asdict(profile) for profile in profiles.list_all()])


def use(name: _Stored, /) -> None:
    """Make a profile the default: it is used when neither an option nor the environment names credentials.

    Args:
        name: The name of the profile.
    """
    profiles.use(name)
    print(f"{name} is the default profile.")
