"""Slots in Redis: machines share a rate limiter.

The algorithm is in short scripts, which Redis runs one at a time, by its own clock. A rate limiter is three
sorted sets: reserved tickets, tickets in flight, and tickets that still count, each with a time. When a process dies,
its tickets expire, and in the end the keys do. Redis 5 or later.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from heymarket._redaction import without_frames
from heymarket.errors import ConfigurationError, QuotaStoreError
from heymarket.quota import QuotaStatus
from heymarket.quota._algorithm import GRACE, POLL_INTERVAL, POLL_SPACING, RECOVERY

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.auth import Secret

_TIMEOUT = 1.0  # seconds to wait for Redis, for connecting and for each reply

_PRELUDE = f"""
local GRACE, RECOVERY, POLL_INTERVAL, POLL_SPACING = {GRACE}, {RECOVERY}, {POLL_INTERVAL}, {POLL_SPACING}
local reserved, sent, counted, throttled, polled_until = unpack(KEYS)
local ticket, per = ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(ARGV[3]) or (time[1] + time[2] / 1000000)
local function format(number) return string.format('%.6f', number) end
local function expire(key, seconds) redis.call('PEXPIRE', key, math.ceil(seconds * 1000)) end
local function lower(limit)
    local admitted, at, paused_until = unpack(redis.call('HMGET', throttled, 'admitted', 'at', 'paused_until'))
    if not admitted then return limit, 0 end
    local windows = math.max(0, (now - at) / per - 1)
    return math.min(limit, math.max(1, admitted) + math.floor(limit * RECOVERY * windows)), paused_until - now
end
for key, until_time in pairs({{[reserved] = now - GRACE, [sent] = now, [counted] = now}}) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', format(until_time))
end
"""
# The same algorithm as in _algorithm. A script that runs twice for a ticket, because its reply was lost, does no harm.
_ACQUIRE = """
local limit, hold = tonumber(ARGV[4]), tonumber(ARGV[5])
local start = redis.call('ZSCORE', reserved, ticket)
if start and tonumber(start) > now then return format(start - now) end
if not start and not redis.call('ZSCORE', sent, ticket) then
    local limit, pause = lower(limit)
    if pause > 0 then return format(pause) end
    local excess = redis.call('ZCARD', reserved) + redis.call('ZCARD', sent) + redis.call('ZCARD', counted) - limit
    if excess >= 0 then
        local free = redis.call('ZRANGE', counted, excess, excess, 'WITHSCORES')[2]
        if not free then
            local poll_at = math.max((redis.call('GET', polled_until) or 0) + POLL_SPACING, now + POLL_INTERVAL)
            poll_at = math.min(poll_at, now + per / 2)
            redis.call('SET', polled_until, format(poll_at), 'PX', math.ceil(per * 1000))
            return format(poll_at - now)
        end
        redis.call('ZADD', reserved, free, ticket)
        expire(reserved, 2 * (per + GRACE))
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
    redis.call('ZADD', counted, format(now + per), ticket)
    expire(counted, 2 * per)
end
return format(0)
"""
_THROTTLE = """
redis.call('DEL', reserved)
local paused_until = math.max(redis.call('HGET', throttled, 'paused_until') or 0, now + ARGV[4])
redis.call('HSET', throttled, 'paused_until', format(paused_until), 'at', format(now))
redis.call('HSET', throttled, 'admitted', redis.call('ZCARD', counted))
expire(throttled, 2 * (paused_until - now) + (2 + 1 / RECOVERY) * per)
return format(0)
"""
_STATUS = """
local limit, pause = lower(tonumber(ARGV[4]))
local waiting, used = redis.call('ZCARD', reserved), redis.call('ZCARD', sent) + redis.call('ZCARD', counted)
local excess = waiting + used - limit
local free = excess < 0 and now or redis.call('ZRANGE', counted, excess, excess, 'WITHSCORES')[2] or now + per
return string.format('%d %d %d %.6f', limit, used, waiting, math.max(0, free - now, pause))
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
        self._per = per
        self._clock = clock
        # In braces, because a cluster must keep the keys of one rate limiter on one node.
        names = ("reserved", "sent", "counted", "throttled", "polled_until")
        self._keys = [f"heymarket:quota:{{{name}}}:{key}" for key in names]

    def acquire(self, ticket: str, hold: float) -> float:
        """As `MemoryRateLimiter.acquire`."""
        return float(self._run(_ACQUIRE, ticket, self._limit, hold))

    def release(self, ticket: str, *, counted: bool) -> None:
        """As `MemoryRateLimiter.release`."""
        self._run(_RELEASE, ticket, int(counted))

    def throttle(self, pause: float) -> None:
        """As `MemoryRateLimiter.throttle`."""
        self._run(_THROTTLE, "", pause)

    def status(self) -> QuotaStatus:
        """As `MemoryRateLimiter.status`."""
        limit, used, waiting, free_in = self._run(_STATUS, "", self._limit).split()
        return QuotaStatus(int(limit), int(used), int(waiting), float(free_in))

    def close(self) -> None:
        """Close the connection."""
        self._redis.close()

    def after_fork(self) -> None:
        """Nothing: the library opens new connections in a child."""

    def _run(self, script: str, ticket: str, *more: float) -> str:
        now = "" if self._clock is None else self._clock()
        try:
            run = self._redis.register_script(_PRELUDE + script)
            reply: str
            (reply,) = re.findall(r"^(?:\d+ \d+ \d+ )?\d+\.\d{6}$", run(self._keys, [ticket, self._per, now, *more]))
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
