"""Where the settings come from, and whether they can be right: all of it before the first request.

Credentials come from one place only: the arguments if any of them is given, else the named profile, else the
environment. The base URL is looked for in the same order and defaults to the service.
"""

from __future__ import annotations

import logging
import os
import re
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, urlsplit

from heymarket.auth import Secret
from heymarket.errors import ConfigurationError
from heymarket.quota import Quota

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_BASE_URL = "https://api.heymarket.com"

_WHERE_TO_FIND = "They are made in the Heymarket app under Settings > Integrations > API."
_CREDENTIALS = {
    "secret_id": "HEYMARKET_SECRET_ID",
    "secret_key": "HEYMARKET_SECRET_KEY",
    "api_key": "HEYMARKET_API_KEY",
}


class Settings(NamedTuple):
    """Checked settings.

    Attributes:
        credentials: `secret_id` and `secret_key` of an API Secret, or `api_key`, the legacy team key.
        base_url: Scheme, host, port and path prefix, without a slash at the end.
        trusted: Whether the way there can't be read or changed on the way (https, or this very machine).
        origin: Where `credentials` and `base_url` came from, in words.
    """

    credentials: Mapping[str, Secret]
    base_url: str
    trusted: bool
    origin: Mapping[str, str]


def resolve(
    *,
    secret_id: str | Secret | None = None,
    secret_key: str | Secret | None = None,
    api_key: str | Secret | None = None,
    base_url: str | None = None,
    profile: str | None = None,
    allow_insecure_http: bool = False,
    environ: Mapping[str, str] | None = None,
) -> Settings:
    """Find and check the settings.

    Args:
        secret_id: The API Secret's ID.
        secret_key: The API Secret's key.
        api_key: The legacy team key, instead of the two above.
        base_url: Where the service is.
        profile: A profile of the configuration file.
        allow_insecure_http: Whether plain http may go to another machine.
        environ: The environment; that of the process by default.

    Raises:
        ConfigurationError: A setting is missing, contradicts another one, or can't be right.
    """
    given = wrapped({"secret_id": secret_id, "secret_key": secret_key, "api_key": api_key})
    del secret_id, secret_key, api_key  # from here on, no local variable shows a secret in a traceback
    found, profile_there, url_there = _read_environment(os.environ if environ is None else environ)
    del environ
    profile = profile if profile is not None else profile_there
    table = read_profile(profile) if profile is not None else {}
    in_profile = {name: table[name] for name in _CREDENTIALS if name in table}
    if given:
        credentials, source = given, "arguments"
    elif profile is not None:
        credentials, source = in_profile, f"profile {profile!r}"
    else:
        credentials, source = found, "environment"
    check_credentials(credentials, source)
    places = (
        (base_url, "arguments"),
        (table.get("base_url"), f"profile {profile!r}"),
        (url_there, "HEYMARKET_BASE_URL"),
        (DEFAULT_BASE_URL, "default"),
    )
    url, origin = next((url, origin) for url, origin in places if url is not None)
    checked, trusted = _check_base_url(url, origin, allow_insecure_http=allow_insecure_http)
    return Settings(credentials, checked, trusted, {"credentials": source, "base_url": origin})


def config_file() -> Path:
    """Where the profiles are kept.

    Raises:
        ConfigurationError: `platformdirs`, of the extra `cli`, is not installed.
    """
    try:
        from platformdirs import user_config_path
    except ModuleNotFoundError:
        raise ConfigurationError('Profiles need the extra "cli": pip install "heymarket[cli]".') from None
    return user_config_path("heymarket") / "config.toml"


def read_profile(name: str) -> dict[str, Any]:
    """The settings of one profile, its secrets wrapped.

    Args:
        name: A table under `profiles` of the configuration file.

    Raises:
        ConfigurationError: The file can't be read or parsed, or has no such profile, or the profile has other
            settings than `secret_id`, `secret_key`, `api_key` and `base_url`.
    """
    path = config_file()
    profiles = _read_profiles(path)
    if isinstance(profiles, str):
        raise ConfigurationError(f"{path} {profiles}")
    if name not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        raise ConfigurationError(f"There is no profile {name!r} in {path}. Profiles there: {known}.")
    unknown = ", ".join(sorted(profiles[name].keys() - _CREDENTIALS.keys() - {"base_url"}))
    if unknown:
        raise ConfigurationError(
            f"Profile {name!r} in {path} has the unknown settings {unknown}. "
            f"Known are secret_id, secret_key, api_key and base_url."
        )
    return profiles[name]


def _read_profiles(path: Path) -> dict[str, dict[str, Any]] | str:
    """The profiles of a file, or what is wrong with it: frames that raise would show what is in the file."""
    import tomllib

    try:
        profiles: dict[str, dict[str, Any]] = tomllib.loads(path.read_text("utf-8")).get("profiles", {})
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        return f"can't be read ({type(error).__name__}). Make it a readable UTF-8 file."
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line \d+, column \d+", str(error))
        return f"is not valid TOML{f' at {place[0]}' if place else ''}. Fix it, or remove it."
    if not isinstance(profiles, dict) or not all(isinstance(table, dict) for table in profiles.values()):
        return "must hold tables such as [profiles.work]."
    return {
        name: {key: value if key == "base_url" else Secret(value) for key, value in table.items()}
        for name, table in profiles.items()
    }


def wrapped(values: Mapping[str, Any]) -> dict[str, Secret]:
    """What is given of some credentials, each in a `Secret`. Takes anything, and never fails."""
    return {
        name: value if isinstance(value, Secret) else Secret(value)
        for name, value in values.items()
        if value is not None
    }


def _read_environment(environ: Mapping[str, str]) -> tuple[dict[str, Secret], str | None, str | None]:
    credentials = wrapped({name: environ.get(variable) for name, variable in _CREDENTIALS.items()})
    return credentials, environ.get("HEYMARKET_PROFILE"), environ.get("HEYMARKET_BASE_URL")


def check_credentials(credentials: Mapping[str, Secret], source: str) -> None:
    """Refuse credentials that can't be right.

    Args:
        credentials: What was found, by name.
        source: Where, for the error message.

    Raises:
        ConfigurationError: They are missing, incomplete, contradictory, or hold what no credential holds.
    """
    names = {name: variable if source == "environment" else name for name, variable in _CREDENTIALS.items()}
    for name, secret in credentials.items():
        if problem := _what_is_wrong(secret):
            raise ConfigurationError(f"{names[name]} ({source}) {problem}")
    if not credentials and source.startswith("profile"):
        raise ConfigurationError(f"P{source[1:]} holds no credentials, and none are taken from elsewhere.")
    if not credentials:
        raise ConfigurationError(
            "No credentials. Set HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY (or HEYMARKET_API_KEY, the legacy team "
            f"key), name a profile, or, in Python, pass secret_id= and secret_key=. {_WHERE_TO_FIND}"
        )
    if "api_key" in credentials and len(credentials) > 1:
        raise ConfigurationError(
            f"Both an API Secret and a legacy team key are given ({source}). Give {names['secret_id']} and "
            f"{names['secret_key']}, or {names['api_key']} alone."
        )
    if len(credentials) == 1 and "api_key" not in credentials:
        given, missing = sorted(("secret_id", "secret_key"), key=credentials.__contains__, reverse=True)
        raise ConfigurationError(
            f"{names[given]} is given without {names[missing]} ({source}). Both are needed. {_WHERE_TO_FIND}"
        )


def _what_is_wrong(secret: Secret) -> str:
    # The value must not become a local variable of a frame that raises.
    value = secret.reveal()
    if not isinstance(value, str):
        return f"must be a string, not {type(value).__name__}."
    if not value.strip():
        return "is empty."
    if value != value.strip():
        return "begins or ends with spaces or a newline. Strip it: was it read from a file?"
    if not value.isprintable() or " " in value or not value.isascii():
        return "holds spaces, control characters or non-ASCII characters, which no credential of Heymarket has."
    if "||" in value:
        return "holds '||'. Give the Secret ID and the Secret Key separately; they are joined when signing."
    return ""


def _check_base_url(url: object, origin: str, *, allow_insecure_http: bool) -> tuple[str, bool]:
    parts = _split(url)
    loopback = is_loopback(parts.hostname or "") if parts else False
    if parts is None or parts.scheme not in {"https", "http"} or not parts.hostname:
        problem = "must be a string that starts with https:// (or http:// for this machine) and a host"
    elif parts.username is not None or parts.password is not None:
        problem = (
            "holds a user name or password. Pass credentials as secret_id= and secret_key=, and only the host here"
        )
    elif parts.query or parts.fragment:
        problem = "holds a query or a fragment. Write scheme, host and, if needed, a path prefix"
    elif {".", ".."} & {*parts.path.split("/")}:
        problem = "holds a path prefix with relative segments. Write the prefix plainly"
    elif parts.scheme == "http" and not loopback and not allow_insecure_http:
        problem = (
            "uses plain http to another machine, where anybody on the way can read the token. Use https, or pass "
            "allow_insecure_http=True if that network is yours. Write it with https"
        )
    else:
        return f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}", parts.scheme == "https" or loopback
    raise ConfigurationError(f"The base URL ({origin}) {problem}, such as {DEFAULT_BASE_URL}.")


def _split(url: object) -> SplitResult | None:
    """The parts of a URL; `None` if it can't be one. `urlsplit` would drop spaces and newlines."""
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this very machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def check_options(timeout: Any, max_retries: Any, quota: Any) -> None:
    """Refuse options of a client that are out of range.

    Raises:
        ConfigurationError: One is.
    """
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 1_000_000:
        raise ConfigurationError(
            "timeout must be a number of seconds, above 0 and at most 1,000,000. Calls have to end."
        )
    if isinstance(max_retries, bool) or not isinstance(max_retries, int) or max_retries < 0:
        raise ConfigurationError("max_retries must be a whole number, 0 or more.")
    if quota is not None and not isinstance(quota, Quota):
        raise ConfigurationError("quota must be a heymarket.Quota, or None to do without.")


def set_up_logging() -> None:
    """Write the log to standard error where `HEYMARKET_LOG` asks for it.

    Raises:
        ConfigurationError: It holds another word than `debug` and `info`.
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
        handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
