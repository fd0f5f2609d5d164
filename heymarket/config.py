"""Settings: where they come from, and their validation before the first request.

Credentials come from a single source: the arguments if any of them is given, else the named profile, else the
environment. The base URL is looked up in the same order and defaults to the service's.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from heymarket._redaction import without_frames
from heymarket.auth import Secret
from heymarket.errors import ConfigurationError
from heymarket.quota import Quota

DEFAULT_BASE_URL = "https://api.heymarket.com"
KEYRING_SERVICE = "heymarket"
"""The service under which the keyring has the Secret Key of a profile."""

_HOW_TO_GET = "Create them in the Heymarket app under Settings > Integrations > API."
_CREDENTIALS = {
    "secret_id": "HEYMARKET_SECRET_ID",
    "secret_key": "HEYMARKET_SECRET_KEY",
    "api_key": "HEYMARKET_API_KEY",
}


class Settings(NamedTuple):
    """Validated settings.

    Attributes:
        credentials: `secret_id` and `secret_key` of an API Secret, or `api_key`, the legacy team key.
        base_url: Scheme, host, port and path prefix, without a slash at the end.
        trusted: Whether nobody on the network can read or change the traffic (https, or a service on this machine).
        origin: Where `credentials` and `base_url` come from, in words.
    """

    credentials: Mapping[str, Secret]
    base_url: str
    trusted: bool
    origin: Mapping[str, str]


@without_frames
def resolve(
    given: Mapping[str, Secret] | None = None,
    *,
    base_url: str | None = None,
    profile: str | None = None,
    allow_insecure_http: bool = False,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Find and validate the settings.

    Args:
        given: The credentials that are arguments, as `wrapped` returns them.
        base_url: The service's base URL.
        profile: A profile of the configuration file.
        allow_insecure_http: Whether plain http may go to another machine.
        environ: The environment; that of the process by default.

    Raises:
        ConfigurationError: A setting is missing, invalid, or contradicts another one.
    """
    environ = os.environ if environ is None else environ
    profile = environ.get("HEYMARKET_PROFILE") if profile is None else profile
    in_profile = {} if profile is None else _read_profile(profile)
    profile_url = in_profile.pop("base_url", None)
    if given:
        credentials, source = given, "arguments"
    elif profile is not None:
        credentials, source = in_profile, f"profile {profile!r}"
    else:
        credentials = wrapped({name: environ.get(variable) for name, variable in _CREDENTIALS.items()})
        source = "environment"
    check_credentials(credentials, source)
    candidates = (
        (base_url, "arguments"),
        (profile_url, f"profile {profile!r}"),
        (environ.get("HEYMARKET_BASE_URL"), "HEYMARKET_BASE_URL"),
        (DEFAULT_BASE_URL, "default"),
    )
    url, origin = next((url, origin) for url, origin in candidates if url is not None)
    checked, trusted = _check_base_url(url, origin, allow_insecure_http=allow_insecure_http)
    return Settings(credentials, checked, trusted, {"credentials": source, "base_url": origin})


def config_file() -> Path:
    """The path of the file that holds the profiles.

    Raises:
        ConfigurationError: `platformdirs`, of the extra `cli`, is not installed.
    """
    try:
        from platformdirs import user_config_path
    except ModuleNotFoundError:
        raise ConfigurationError('Profiles need the extra "cli": pip install "heymarket[cli]".') from None
    return user_config_path("heymarket") / "config.toml"


def _read_profile(name: str) -> dict[str, Any]:
    """The settings of a table under `profiles` in the configuration file, with its secrets wrapped."""
    path = config_file()
    profiles = read_profiles(path)
    if name not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        raise ConfigurationError(f"There is no profile {name!r} in {path}. Profiles there: {known}.")
    profile = profiles[name]
    in_keyring = profile.pop("keyring", False)
    unknown = ", ".join(sorted(profile.keys() - _CREDENTIALS.keys() - {"base_url"}))
    if unknown:
        raise ConfigurationError(
            f"Profile {name!r} in {path} has the unknown settings {unknown}. "
            f"The known ones are secret_id, secret_key, api_key, keyring and base_url."
        )
    secrets = {key: value if key == "base_url" else Secret(value) for key, value in profile.items()}
    if in_keyring is True:
        secrets["secret_key"] = _read_keyring(name)
    return secrets


def _read_keyring(name: str) -> Secret:
    """The Secret Key of a profile that `heymarket login` stored."""
    try:
        import keyring

        return Secret(keyring.get_password(KEYRING_SERVICE, name) or "")
    except Exception as error:  # noqa: BLE001 - each backend has errors of its own
        raise ConfigurationError(
            f"The keyring can't be read ({type(error).__name__}). Install heymarket[keyring], or run heymarket login."
        ) from None


def read_profiles(path: Path) -> dict[str, dict[str, Any]]:
    """The tables under `profiles` in the configuration file; none if there is no file.

    Raises:
        ConfigurationError: The file can't be read, or is not what it should be.
    """
    import tomllib

    try:
        profiles: dict[str, dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("profiles", {})
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"{path} can't be read ({type(error).__name__}). Make it a readable UTF-8 file."
        ) from None
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line \d+, column \d+", str(error))
        where = f" at {place[0]}" if place else ""
        raise ConfigurationError(f"{path} is not valid TOML{where}. Fix it, or remove it.") from None
    if not isinstance(profiles, dict) or not all(isinstance(table, dict) for table in profiles.values()):
        raise ConfigurationError(f"{path} must contain tables such as [profiles.work].")
    return profiles


def wrapped(values: Mapping[str, Any]) -> dict[str, Secret]:
    """The credentials that are not `None`, each in a `Secret`. Accepts values of any type, and never fails."""
    return {name: Secret(value) for name, value in getattr(values, "items", tuple)() if value is not None}


def check_credentials(credentials: Mapping[str, Secret], source: str) -> None:
    """Validate credentials.

    Args:
        credentials: The credentials that were found, by name.
        source: Where they were found, for the error message.

    Raises:
        ConfigurationError: They are missing, incomplete or contradictory, or one is invalid.
    """
    names = {name: variable if source == "environment" else name for name, variable in _CREDENTIALS.items()}
    for name, secret in credentials.items():
        if problem := _find_problem(secret):
            raise ConfigurationError(f"{names[name]} ({source}) {problem}")
    if not credentials and source.startswith("profile"):
        raise ConfigurationError(
            f"P{source[1:]} contains no credentials. Add them to the profile: no other source is used with it."
        )
    if not credentials:
        raise ConfigurationError(
            "No credentials. Set HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY (or HEYMARKET_API_KEY, the legacy team "
            f"key), name a profile (see heymarket login), or, in Python, pass secret_id= and secret_key=. {_HOW_TO_GET}"
        )
    if "api_key" in credentials and len(credentials) > 1:
        raise ConfigurationError(
            f"Both an API Secret and a legacy team key are given ({source}). Give {names['secret_id']} and "
            f"{names['secret_key']}, or {names['api_key']} alone."
        )
    if len(credentials) == 1 and "api_key" not in credentials:
        given, missing = sorted(("secret_id", "secret_key"), key=credentials.__contains__, reverse=True)
        raise ConfigurationError(
            f"{names[given]} is given without {names[missing]} ({source}). Both are needed. {_HOW_TO_GET}"
        )


def find_key(scheme: str, keys: Mapping[str, Secret]) -> Secret:
    """The key of a security scheme that isn't the client's own.

    Args:
        scheme: Its name in the description, such as `AutomationKey`.
        keys: Those that the client was given; others come from the environment.

    Raises:
        ConfigurationError: There is none, or it can't be right.
    """
    variable = "HEYMARKET_" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", scheme).upper()
    key = keys.get(scheme, Secret(os.environ.get(variable, "")))
    if problem := _find_problem(key):
        raise ConfigurationError(
            f"The key of {scheme} {problem} Pass keys={{{scheme!r}: ...}} to the client or with_options, or set "
            f"{variable}."
        )
    return key


def _find_problem(secret: Secret) -> str:
    # This function does not raise, because its frame holds the secret.
    value = secret.reveal()
    if not isinstance(value, str):
        return f"must be a string, not {type(value).__name__}."
    if not value.strip():
        return "is empty."
    if value != value.strip():
        return "begins or ends with spaces or a newline. Strip it: was it read from a file?"
    if not value.isprintable() or " " in value or not value.isascii():
        return "contains spaces, control characters or non-ASCII characters, and no credential of Heymarket does."
    if "||" in value:
        return "contains '||'. Pass the Secret ID and the Secret Key separately; they are joined for signing."
    return ""


def _check_base_url(url: Any, origin: str, *, allow_insecure_http: bool) -> tuple[str, bool]:
    # `urlsplit` alone would drop newlines and tabs.
    is_plain = isinstance(url, str) and url.isascii() and url.isprintable() and " " not in url
    try:
        parts = urlsplit(url if is_plain else "")
        parts.port  # noqa: B018 - reading it validates it
    except ValueError:
        parts = urlsplit("")
    loopback = is_loopback(parts.hostname or "")
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        problem = "must be a string that starts with https:// (or http:// for this machine) and a host"
    elif parts.username is not None or parts.password is not None:
        problem = (
            "contains a user name or password. Pass credentials as secret_id= and secret_key=, and only the host here"
        )
    elif parts.query or parts.fragment:
        problem = "contains a query or a fragment. Write scheme, host and, if needed, a path prefix"
    elif {".", ".."} & {*parts.path.split("/")}:
        problem = "contains a path prefix with relative segments. Write the prefix without them"
    elif parts.scheme == "http" and not loopback and not allow_insecure_http:
        problem = (
            "uses plain http to another machine, where anybody on the network can read the token. Use https, or pass "
            "allow_insecure_http=True if you trust the network. Write it with https"
        )
    else:
        return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}", parts.scheme == "https" or loopback
    raise ConfigurationError(f"The base URL ({origin}) {problem}, such as {DEFAULT_BASE_URL}.")


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def check_options(timeout: Any, max_retries: Any, quota: Any) -> None:
    """Validate the options of a client.

    Raises:
        ConfigurationError: An option has the wrong type or is out of range.
    """
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 1_000_000:
        raise ConfigurationError(
            "timeout must be a number of seconds, above 0 and at most 1,000,000. Every call must end."
        )
    if isinstance(max_retries, bool) or not isinstance(max_retries, int) or max_retries < 0:
        raise ConfigurationError("max_retries must be a whole number, 0 or more.")
    if quota is not None and not isinstance(quota, Quota):
        raise ConfigurationError("quota must be a heymarket.Quota, or None for no quota.")


def set_up_logging() -> None:
    """Write the log to standard error if `HEYMARKET_LOG` asks for it.

    Raises:
        ConfigurationError: It is neither `debug` nor `info`.
    """
    level = os.environ.get("HEYMARKET_LOG")
    if not level:
        return
    if level.lower() not in {"debug", "info"}:
        raise ConfigurationError("HEYMARKET_LOG must be debug or info.")
    logger = logging.getLogger("heymarket")
    logger.setLevel(level.upper())
    if not logger.handlers:
        handler = logging.StreamHandler()
        # The program's own handler, now or later, shows the lines too.
        handler.addFilter(lambda _: sys.stderr not in {getattr(root, "stream", None) for root in logging.root.handlers})
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
