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
_PLACEHOLDERS = {"changeme", "change-me", "change_me", "secret", "password", "todo"}


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
    found, plain = _read_environment(os.environ if environ is None else environ)
    del environ
    profile = profile if profile is not None else plain["HEYMARKET_PROFILE"]
    table = read_profile(profile) if profile is not None else {}

    if given:
        credentials, source = given, "arguments"
    elif profile is not None:
        if not any(name in table for name in _CREDENTIALS):
            raise ConfigurationError(f"Profile {profile!r} holds no credentials, and none are taken from elsewhere.")
        credentials, source = (
            {name: table[name] for name in _CREDENTIALS if name in table},
            f"profile {profile!r}",
        )
    else:
        credentials, source = found, "environment"
    check_credentials(credentials, source)

    places = (
        (base_url, "arguments"),
        (table.get("base_url"), f"profile {profile!r}"),
        (plain["HEYMARKET_BASE_URL"], "HEYMARKET_BASE_URL"),
        (DEFAULT_BASE_URL, "default"),
    )
    url, origin = next((url, origin) for url, origin in places if url is not None)
    checked, trusted = _check_base_url(url, origin, allow_insecure_http=allow_insecure_http)
    return Settings(
        credentials=credentials,
        base_url=checked,
        trusted=trusted,
        origin={"credentials": source, "base_url": origin},
    )


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
    profiles, problem = _parse(path)
    if problem:
        raise ConfigurationError(problem)
    if name not in profiles:
        known = ", ".join(sorted(profiles)) or "none"
        raise ConfigurationError(f"There is no profile {name!r} in {path}. Profiles there: {known}.")
    unknown = set(profiles[name]) - set(_CREDENTIALS) - {"base_url"}
    if unknown:
        raise ConfigurationError(
            f"Profile {name!r} in {path} has the unknown settings {', '.join(sorted(unknown))}. "
            f"Known are secret_id, secret_key, api_key and base_url."
        )
    return profiles[name]


def _parse(path: Path) -> tuple[dict[str, dict[str, Any]], str]:
    # Gives the problem back instead of raising: the parser's frames, and this one, hold the file's text.
    import tomllib

    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}, ""
    except (OSError, UnicodeDecodeError) as error:
        return {}, f"{path} can't be read ({type(error).__name__}). Make it a readable UTF-8 file."
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line \d+, column \d+", str(error))
        return {}, f"{path} is not valid TOML{f' at {place[0]}' if place else ''}. Mend it, or remove it."
    profiles: dict[str, dict[str, Any]] = document.get("profiles", {})
    if not isinstance(profiles, dict) or not all(isinstance(table, dict) for table in profiles.values()):
        return {}, f"{path} must hold tables such as [profiles.work]."
    return {
        name: {key: value if key == "base_url" else Secret(value) for key, value in table.items()}
        for name, table in profiles.items()
    }, ""


def wrapped(values: Mapping[str, Any]) -> dict[str, Secret]:
    """What is given of some credentials, each in a `Secret`. Takes anything, and never fails."""
    return {
        name: value if isinstance(value, Secret) else Secret(value)
        for name, value in values.items()
        if value is not None
    }


def _read_environment(environ: Mapping[str, str]) -> tuple[dict[str, Secret], dict[str, str | None]]:
    secrets = wrapped({name: environ.get(variable) for name, variable in _CREDENTIALS.items()})
    return secrets, {name: environ.get(name) for name in ("HEYMARKET_PROFILE", "HEYMARKET_BASE_URL")}


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
        problem = _what_is_wrong(secret)
        if problem:
            raise ConfigurationError(f"{names[name]} ({source}) {problem}")
    if "api_key" in credentials and len(credentials) > 1:
        raise ConfigurationError(
            f"Both an API Secret and a legacy team key are given ({source}). Give {names['secret_id']} and "
            f"{names['secret_key']}, or {names['api_key']} alone."
        )
    if not credentials:
        raise ConfigurationError(
            "No credentials. Set HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY (or HEYMARKET_API_KEY, the legacy team "
            f"key), name a profile, or, in Python, pass secret_id= and secret_key=. {_WHERE_TO_FIND}"
        )
    for name, other in (("secret_id", "secret_key"), ("secret_key", "secret_id")):
        if name in credentials and other not in credentials:
            raise ConfigurationError(
                f"{names[name]} is given without {names[other]} ({source}). Both are needed. {_WHERE_TO_FIND}"
            )


def _what_is_wrong(secret: Secret) -> str:
    # The text must not become a local variable of a frame that raises.
    text = secret.reveal()
    if not isinstance(text, str):
        return f"must be a text, not {type(text).__name__}."
    if not text.strip():
        return "is empty."
    if text != text.strip():
        return "begins or ends with blanks or a newline. Strip it: was it read from a file?"
    if _is_placeholder(text.lower()):
        return f"is a placeholder. Put the real value in. {_WHERE_TO_FIND}"
    if not text.isprintable() or " " in text or not text.isascii():
        return "holds blanks, control characters or non-ASCII characters, which no credential of Heymarket has."
    if "||" in text:
        return "holds '||'. Give the Secret ID and the Secret Key separately; they are joined when signing."
    return ""


def _is_placeholder(text: str) -> bool:
    return (
        text in _PLACEHOLDERS
        or len(set(text)) == 1  # xxxxxxxx, ********, ...
        or text[0] + text[-1] in {"<>", "{}", "[]"}
        or text.startswith(("your_", "your-", "your "))
        or text.endswith(("_here", "-here", " here"))
    )


def _check_base_url(url: object, origin: str, *, allow_insecure_http: bool) -> tuple[str, bool]:
    def wrong(problem: str) -> ConfigurationError:
        return ConfigurationError(f"The base URL ({origin}) {problem}, such as {DEFAULT_BASE_URL}.")

    if not isinstance(url, str) or not url.strip():
        raise wrong("must be a text, not empty")
    if not url.isprintable() or " " in url or "\\" in url or not url.isascii():
        raise wrong("holds blanks, control characters, a backslash or non-ASCII characters. Write it plainly")
    parts = _split(url)
    if parts is None or not parts.hostname:
        raise wrong("has no host, or a port that is not a number. Write scheme and host")
    if not _is_host(parts.hostname, bracketed="[" in url) or parts.netloc.partition("]")[2][:1] not in {"", ":"}:
        raise wrong("has a host that can't be one. Write a host name or an address")
    if parts.scheme not in {"https", "http"}:
        raise wrong("must start with https:// (or http:// for this machine)")
    if parts.username is not None or parts.password is not None:
        raise wrong(
            "holds a user name or password. Pass credentials as secret_id= and secret_key=, and only the host here"
        )
    if parts.query or parts.fragment or url.endswith(("?", "#")):
        raise wrong("holds a query or a fragment. Write scheme, host and, if needed, a path prefix")
    if any(segment in {".", ".."} for segment in parts.path.split("/")) or "//" in parts.path or "%" in parts.path:
        raise wrong("holds a path prefix with empty, relative or encoded segments. Write the prefix plainly")
    loopback = is_loopback(parts.hostname)
    if parts.scheme == "http" and not loopback and not allow_insecure_http:
        raise wrong(
            "uses plain http to another machine, where anybody on the way can read the token. Use https, or pass "
            "allow_insecure_http=True if that network is yours. Write it with https"
        )
    return (
        f"{parts.scheme}://{parts.netloc.lower()}{parts.path.rstrip('/')}",
        parts.scheme == "https" or loopback,
    )


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        return None
    return parts


def _is_host(host: str, *, bracketed: bool) -> bool:
    try:
        ip_address(host)
    except ValueError:
        labels = host.removesuffix(".").split(".")
        return (
            not bracketed
            and not labels[-1].isdigit()  # 300.1.1.1 is no name
            and all(0 < len(label) < 64 and label.replace("-", "").replace("_", "").isalnum() for label in labels)
        )
    return True


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this very machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


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
