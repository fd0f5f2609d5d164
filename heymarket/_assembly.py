"""Where a client is put together: from arguments to settings, from settings to a sender."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, Any

from heymarket import _clock, config
from heymarket._flow import Limits, Means
from heymarket._request import HEADERS, Dispatch, headers_with
from heymarket._sender import AsyncSender, Line, Sender
from heymarket.auth import APISecret, Credentials, Secret, TeamKey
from heymarket.errors import ConfigurationError
from heymarket.quota import Quota
from heymarket.quota.rate_limiter import RateLimiter, rate_limiter_for
from heymarket.retries import RetryBudget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from heymarket._clock import Clock

Wrapped = dict[str, Secret]


def wrap(secret_id: object, secret_key: object, api_key: object) -> Wrapped:
    """The credentials given, each in a `Secret`, before anything else may fail."""
    return config.wrapped({"secret_id": secret_id, "secret_key": secret_key, "api_key": api_key})


def assemble(
    credentials: Wrapped,
    *,
    base_url: str | None,
    profile: str | None,
    allow_insecure_http: bool,
    timeout: float,
    max_retries: int,
    quota: Quota | None,
) -> Dispatch:
    """What a client's calls have in common, all settings found and checked.

    Raises:
        ConfigurationError: A setting is missing, contradicts another one, or can't be right.
    """
    _set_up_logging(os.environ.get("HEYMARKET_LOG"))
    settings = config.resolve(
        secret_id=credentials.get("secret_id"),
        secret_key=credentials.get("secret_key"),
        api_key=credentials.get("api_key"),
        base_url=base_url,
        profile=profile,
        allow_insecure_http=allow_insecure_http,
    )
    clock = _clock.SYSTEM
    signer = _signer(settings.credentials, clock)
    return Dispatch(
        base_url=settings.base_url,
        limits=_limits(timeout, max_retries, quota),
        means=Means(
            credentials=signer,
            rate_limiter=_rate_limiter(quota, signer, settings.base_url, clock),
            retry_budget=RetryBudget(clock.monotonic),
            clock=clock,
            trusted=settings.trusted,
        ),
        quota=quota,
        headers=HEADERS,
    )


def make_sender(dispatch: Dispatch, transport: Any, http_client: Any, *, is_async: bool) -> Any:
    """A sender over the caller's own HTTP client, or the default transport.

    Raises:
        ConfigurationError: The HTTP client is not of the client's kind.
    """
    if http_client is not None:
        from heymarket._transports.custom_client import (  # noqa: PLC0415 - seldom needed
            AsyncCustomClientTransport,
            CustomClientTransport,
        )

        closes = "aclose" if is_async else "close"
        if isinstance(http_client, type) or not all(hasattr(http_client, name) for name in (closes, "build_request")):
            kind, client = ("httpx.AsyncClient", "AsyncHeymarket") if is_async else ("httpx.Client", "Heymarket")
            raise ConfigurationError(f"http_client of {client} must be an {kind}, not {type(http_client).__name__}.")
        transport = AsyncCustomClientTransport(http_client) if is_async else CustomClientTransport(http_client)
    elif transport is None:
        from heymarket._transports.httpx import AsyncHttpxTransport, HttpxTransport  # noqa: PLC0415 - slow to import

        transport = AsyncHttpxTransport(dispatch.base_url) if is_async else HttpxTransport(dispatch.base_url)
    return AsyncSender(dispatch, Line(transport)) if is_async else Sender(dispatch, Line(transport))


def with_options(dispatch: Dispatch, **changes: Any) -> Dispatch:
    """The same dispatch with other options: `timeout`, `max_retries`, `quota`, `extra_headers`.

    Raises:
        ConfigurationError: An option is out of range.
        InvalidRequestError: A header can't be sent safely.
    """
    limits, means = dispatch.limits, dispatch.means
    quota = changes.get("quota", dispatch.quota)
    return Dispatch(
        base_url=dispatch.base_url,
        limits=_limits(changes.get("timeout", limits.timeout), changes.get("max_retries", limits.max_retries), quota),
        means=means._replace(rate_limiter=_rate_limiter(quota, means.credentials, dispatch.base_url, means.clock)),
        quota=quota,
        headers=headers_with(changes["extra_headers"]) if "extra_headers" in changes else dispatch.headers,
    )


def with_credentials(dispatch: Dispatch, credentials: Wrapped) -> Dispatch:
    """The same dispatch for another team, with a quota of its own.

    Raises:
        ConfigurationError: The credentials are missing, incomplete, contradictory or can't be right.
    """
    config.check_credentials(credentials, "arguments")
    means = dispatch.means
    signer = _signer(credentials, means.clock)
    limiter = _rate_limiter(dispatch.quota, signer, dispatch.base_url, means.clock)
    retry_budget = RetryBudget(means.clock.monotonic)
    return dispatch._replace(means=means._replace(credentials=signer, rate_limiter=limiter, retry_budget=retry_budget))


def _signer(credentials: Mapping[str, Secret], clock: Clock) -> Credentials:
    if "api_key" in credentials:
        return TeamKey(credentials["api_key"])
    return APISecret(credentials["secret_id"], credentials["secret_key"], clock)


def _rate_limiter(quota: Quota | None, signer: Credentials, base_url: str, clock: Clock) -> RateLimiter | None:
    return rate_limiter_for(quota, f"{signer.owner} {base_url}", clock.monotonic)


def _limits(timeout: float, max_retries: int, quota: Quota | None) -> Limits:
    if isinstance(timeout, bool) or not isinstance(timeout, int | float) or not 0 < timeout <= 1_000_000:
        raise ConfigurationError(
            "timeout must be a number of seconds, above 0 and at most 1,000,000. Calls have to end."
        )
    if isinstance(max_retries, bool) or not isinstance(max_retries, int) or max_retries < 0:
        raise ConfigurationError("max_retries must be a whole number, 0 or more.")
    if quota is not None and not isinstance(quota, Quota):
        raise ConfigurationError("quota must be a heymarket.Quota, or None to do without.")
    return Limits(timeout, max_retries, quota.max_wait if quota else None)


def _set_up_logging(level: str | None) -> None:
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
