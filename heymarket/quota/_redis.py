"""Slots in Redis: machines share a rate limiter.

The algorithm is in three short scripts, which Redis runs one at a time, by its own clock. A rate limiter is three
sorted sets: reserved tickets, tickets in flight, and tickets that still count, each with a time. When a process dies,
its tickets expire, and in the end the keys do. Redis 5 or later.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from heymarket._redaction import without_frames
from heymarket.errors import ConfigurationError
from heymarket.quota._algorithm import GRACE, RECOVERY
from heymarket.quota._shared import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.auth import Secret

_TIMEOUT = 1.0
"""Seconds to wait for Redis, for connecting and for each reply."""

_PRELUDE = """
local reserved, sent, counted, observed = unpack(KEYS)
local ticket, per = ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(ARGV[3]) or (time[1] + time[2] / 1000000)
local function format(number) return string.format('%.6f', number) end
local function expire(key, seconds) redis.call('PEXPIRE', key, math.ceil(seconds * 1000)) end
local function drop(key, until_time) redis.call('ZREMRANGEBYSCORE', key, '-inf', format(until_time)) end
"""
# The same algorithm as in _algorithm.
_ACQUIRE = """
local limit, hold, grace, recovery = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
drop(reserved, now - grace)
drop(sent, now)
drop(counted, now)
local start = redis.call('ZSCORE', reserved, ticket)
if start and tonumber(start) > now then return format(start - now) end
if not start and not redis.call('ZSCORE', sent, ticket) then
    local admitted, at, paused_until = unpack(redis.call('HMGET', observed, 'admitted', 'at', 'paused_until'))
    if admitted then
        if tonumber(paused_until) > now then return format(paused_until - now) end
        local windows = math.max(0, (now - at) / per - 1)
        limit = math.min(limit, math.max(1, admitted) + math.floor(limit * recovery * windows))
    end
    local excess = redis.call('ZCARD', reserved) + redis.call('ZCARD', sent) + redis.call('ZCARD', counted) - limit
    if excess >= 0 then
        local free = redis.call('ZRANGE', counted, excess, excess, 'WITHSCORES')[2]
        if not free then return '' end
        redis.call('ZADD', reserved, free, ticket)
        expire(reserved, 2 * (per + grace))
        return format(math.max(0, free - now))
    end
end
redis.call('ZREM', reserved, ticket)
redis.call('ZADD', sent, format(now + hold + per), ticket)
expire(sent, 2 * (hold + per))
return format(0)
"""
_RELEASE = """
redis.call('ZREM', reserved, ticket)
redis.call('ZREM', sent, ticket)
if ARGV[4] == '1' then
    redis.call('ZADD', counted, format(now - ARGV[5] + per), ticket)
    expire(counted, 2 * per)
end
return ''
"""
_THROTTLE = """
drop(counted, now)
redis.call('DEL', reserved)
local paused_until = math.max(redis.call('HGET', observed, 'paused_until') or 0, now + ARGV[4])
local admitted = redis.call('ZCARD', counted)
redis.call('HSET', observed, 'admitted', admitted, 'at', format(now), 'paused_until', format(paused_until))
expire(observed, 2 * (paused_until - now) + (2 + 1 / ARGV[5]) * per)
return ''
"""


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
        self._limit = limit
        self.per = per
        self._clock = clock
        # In braces, because a cluster must keep the keys of one rate limiter on one node.
        self._keys = [f"heymarket:quota:{{{name}}}:{key}" for key in ("reserved", "sent", "counted", "observed")]
        self._acquire, self._release, self._throttle = (
            self._redis.register_script(_PRELUDE + script) for script in (_ACQUIRE, _RELEASE, _THROTTLE)
        )

    def acquire(self, ticket: str, hold: float) -> float | None:
        """As `RateLimiter.acquire`; `None` if no slot can be reserved."""
        return self._run(self._acquire, ticket, self._limit, hold, GRACE, RECOVERY)

    def release(self, ticket: str, *, counted: bool, ago: float) -> None:
        """As `RateLimiter.release`, for a request that ended `ago` seconds ago."""
        self._run(self._release, ticket, int(counted), ago)

    def throttle(self, pause: float) -> None:
        """As `RateLimiter.throttle`."""
        self._run(self._throttle, "", pause, RECOVERY)

    def close(self) -> None:
        """Close the connection."""
        self._redis.close()

    def after_fork(self) -> None:
        """Nothing: the library opens new connections in a child."""

    def _run(self, script: Any, ticket: str, *more: float) -> float | None:
        now = "" if self._clock is None else self._clock()
        try:
            reply = script(keys=self._keys, args=[ticket, self.per, now, *more])
            if reply == "":
                return None
            if isinstance(reply, str) and 0 <= (wait := float(reply)) < math.inf:
                return wait
            problem = type(reply).__name__
        except Exception as error:  # noqa: BLE001 - with a server that isn't Redis, the library can raise any error
            # The message may contain the URL's user name and address.
            problem = type(error).__name__
        raise StoreError(f"Redis does not reply as it should ({problem}).")


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
