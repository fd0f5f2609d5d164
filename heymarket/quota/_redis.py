"""Slots in Redis: machines share a rate limiter.

The algorithm is in `slots.lua`, which Redis runs for one caller at a time, by its own clock. A rate limiter is three
sorted sets: reserved tickets, tickets in flight, and tickets that still count, each with a time. When a process dies,
its tickets expire, and in the end the keys do. Redis 5 or later.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from heymarket._redaction import without_frames
from heymarket.errors import ConfigurationError, QuotaStoreError
from heymarket.quota import QuotaStatus
from heymarket.quota._algorithm import GRACE, POLL_INTERVAL, POLL_SPACING, RECOVERY

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.auth import Secret

_TIMEOUT = 1.0  # seconds to wait for Redis, for connecting and for each reply
_CONSTANTS = (GRACE, RECOVERY, POLL_INTERVAL, POLL_SPACING)


class RedisStore:
    """The slots of one rate limiter in Redis.

    Args:
        url: As `redis.from_url` takes it: `redis://`, `rediss://` or `unix://`.
        name: The rate limiter's name in Redis.
        limit: Requests in any window.
        per: The window, in seconds.
        clock: A clock in seconds that replaces Redis's own.

    Raises:
        ConfigurationError: The URL is invalid, or the extra is missing.
    """

    def __init__(
        self, url: Secret, name: str, limit: int, per: float, clock: Callable[[], float] | None = None
    ) -> None:
        self._redis = _connect(url)
        self._script = self._redis.register_script(files("heymarket.quota").joinpath("slots.lua").read_text("utf-8"))
        self._limit = limit
        self._per = per
        self._clock = clock
        # In braces, because a cluster must keep the keys of one rate limiter on one node.
        names = ("reserved", "sent", "counted", "throttled", "polled_until")
        self._keys = [f"heymarket:quota:{{{name}}}:{key}" for key in names]

    def acquire(self, ticket: str, hold: float) -> float:
        """As `MemoryRateLimiter.acquire`."""
        return float(self._run("acquire", ticket, self._limit, hold))

    def release(self, ticket: str, *, counted: bool) -> None:
        """As `MemoryRateLimiter.release`."""
        self._run("release", ticket, int(counted))

    def throttle(self, pause: float) -> None:
        """As `MemoryRateLimiter.throttle`."""
        self._run("throttle", "", pause)

    def status(self) -> QuotaStatus:
        """As `MemoryRateLimiter.status`."""
        limit, used, waiting, free_in = self._run("status", "", self._limit).split()
        return QuotaStatus(int(limit), int(used), int(waiting), float(free_in))

    def close(self) -> None:
        """Close the connection."""
        self._redis.close()

    def after_fork(self) -> None:
        """Nothing: the library opens new connections in a child."""

    def _run(self, action: str, ticket: str, *more: float) -> str:
        arguments = [action, ticket, self._per, "" if self._clock is None else self._clock(), *_CONSTANTS, *more]
        try:
            reply: str
            (reply,) = re.findall(r"^(?:\d+ \d+ \d+ )?\d+\.\d{6}$", self._script(self._keys, arguments))
        except Exception as error:  # noqa: BLE001 - with a server that isn't Redis, the library can raise any error
            # The message may contain the URL's user name and address.
            raise QuotaStoreError(f"Redis does not reply as it should ({type(error).__name__}).") from None
        return reply


@without_frames
def _connect(url: Secret) -> Any:
    try:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ModuleNotFoundError:
        raise ConfigurationError('Quota.redis needs the extra "redis": pip install "heymarket[redis]".') from None
    try:
        # One retry, because the server may have closed an idle connection. A script may run twice without harm.
        return redis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - partly untyped
            url.reveal(),
            socket_timeout=_TIMEOUT,
            socket_connect_timeout=_TIMEOUT,
            retry=Retry(NoBackoff(), 1),
            decode_responses=True,
        )
    except (ValueError, redis.RedisError):
        raise ConfigurationError(
            "Quota.redis: the URL can't be used. Write redis://host:6379/0, rediss://... or unix:///path/to.sock."
        ) from None
