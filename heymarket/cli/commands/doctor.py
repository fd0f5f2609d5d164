"""`heymarket doctor`: a check of the configuration, here and at the service."""

from __future__ import annotations

import platform
import time
from typing import TYPE_CHECKING

from attrs import asdict, frozen

from heymarket import __version__, config, errors
from heymarket.auth import believable_skew
from heymarket.cli import profiles
from heymarket.cli.example_calls import find_example_call
from heymarket.cli.options import ClientOptions, Json
from heymarket.cli.output import is_for_people, print_json
from heymarket.retries import seconds_ahead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from heymarket import Heymarket
    from heymarket.config import Settings

__all__ = ["Check", "check_sign_in", "doctor"]

_CREDENTIAL_CHECK = "/v1/inboxes"  # the call that the vendor documents for a check of credentials
_TOLERABLE_SKEW = 30
"""Seconds. A token is valid for 300; how far a clock may be ahead is not documented."""

_ORIGINS = {"arguments": "--base-url", "default": "the default", "environment": "the environment"}


@frozen
class Check:
    """One line of the report; `status` is `ok`, `problem` or `skipped`."""

    name: str
    status: str
    says: str


def doctor(*, json: Json = False, options: ClientOptions | None = None) -> int:
    """Show what is configured and where it comes from, and check it against the service.

    Each problem ends with the next step, and makes the exit code 1. No secret is shown.
    """
    checks = list(_run_checks(options or ClientOptions()))
    healthy = all(check.status != "problem" for check in checks)
    if is_for_people(as_json=json):
        from heymarket.cli.tables import print_grid

        print_grid([check.status, check.name, check.says] for check in checks)
    else:
        print_json({"ok": healthy, "checks": [asdict(check) for check in checks]})
    return 0 if healthy else 1


def _run_checks(options: ClientOptions) -> Iterator[Check]:
    from importlib.metadata import version

    parts = f"heymarket {__version__}, Python {platform.python_version()}, httpx {version('httpx')}"
    yield Check("versions", "ok", f"{parts}, {platform.system()}")
    try:
        settings = config.resolve(profile=profiles.choose(options.profile), base_url=options.base_url)
    except errors.ConfigurationError as error:
        yield Check("settings", "problem", str(error))
        return
    yield Check("base URL", "ok", f"{settings.base_url}, from {_describe_origin(settings, 'base_url')}")
    yield Check(
        "credentials", "ok", f"{_describe_credentials(settings)}, from {_describe_origin(settings, 'credentials')}"
    )
    if exposure := profiles.find_exposure():
        yield Check("profiles", "problem", exposure)
    with options.make_client(max_retries=0) as client:
        signed_in, headers = check_sign_in(client)
    yield signed_in
    yield _check_clock(headers.get("Date"), time.time())


def _describe_origin(settings: Settings, setting: str) -> str:
    origin = settings.origin[setting]
    if origin.startswith("profile"):
        return f"{origin} in {config.config_file()}"
    return _ORIGINS.get(origin, origin)


def _describe_credentials(settings: Settings) -> str:
    if "api_key" in settings.credentials:
        return "legacy team key"
    secret_id: str = settings.credentials["secret_id"].reveal()
    return f"API Secret with the ID {secret_id[:4]}..."


def check_sign_in(client: Heymarket) -> tuple[Check, Mapping[str, str]]:
    """Check that the service accepts the credentials; return the headers of its response too.

    Args:
        client: A client with the credentials.
    """
    calls = {f"GET {_CREDENTIAL_CHECK}": _CREDENTIAL_CHECK}
    if example := find_example_call():
        calls[example.operation.name] = example.path
    headers: Mapping[str, str] = {}
    for name, path in calls.items():
        try:
            response = client.with_raw_response.request("GET", path)
        except errors.NotFoundError as error:  # proves nothing: a service may check the path first
            headers = error.headers
        except errors.PermissionDeniedError as error:
            says = f"{name} returned 403: the credentials are accepted, but may not do this."
            return Check("sign-in", "ok", says), error.headers
        except errors.APIStatusError as error:
            return Check("sign-in", "problem", f"{name} returned {error}"), error.headers
        except errors.APIError as error:
            return Check("sign-in", "problem", str(error)), {}
        else:
            says = f"{name} returned {response.status_code}: the credentials are accepted."
            return Check("sign-in", "ok", says), response.headers
    says = f"{' and '.join(calls)} returned 404, which proves nothing about the credentials. Check the base URL."
    return Check("sign-in", "problem", says), headers


def _check_clock(date: str | None, now: float) -> Check:
    skew = seconds_ahead(date, now) if date else None
    if skew is None:
        return Check("clock", "skipped", "No response had a date to compare it with.")
    if abs(skew) <= _TOLERABLE_SKEW:
        return Check("clock", "ok", f"Less than {abs(skew) + 1:.0f} s apart from the service's.")
    direction = "behind" if skew > 0 else "ahead of"
    if believable_skew(date, now) is None:
        fixed = "This package doesn't believe more than a day, so that no call can sign in: set this machine's clock."
    else:
        fixed = "This package corrects for it, other programs don't: set it."
    says = f"{abs(skew):.0f} s {direction} the service's. {fixed}"
    return Check("clock", "problem", says)
