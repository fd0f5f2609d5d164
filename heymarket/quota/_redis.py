"""Slots in Redis: machines share a budget.

The rule is three short scripts, which Redis runs one at a time, by its own clock. A budget is three sorted sets:
tickets reserved from a moment on, tickets on their way, tickets that count until a moment. Whatever a process does that
dies meanwhile, its tickets run out, and in the end the keys do. Redis 5 or later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.errors import ConfigurationError
from heymarket.quota._algorithm import CREEP, GRACE
from heymarket.quota._store import StoreFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from heymarket.auth import Secret

_PATIENCE = 1.0
"""Seconds to wait for Redis, for connecting and for each answer."""

# The one thing that differs from _rule.allowed and _process is the language; tests hold all three to the same cases.
_BEGIN = """
local reserved, on_their_way, counted, lesson = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local ticket, per = ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = tonumber(ARGV[3]) or (tonumber(time[1]) + tonumber(time[2]) / 1000000)
local function text(number) return string.format('%.6f', number) end
local function keep(key, seconds) redis.call('PEXPIRE', key, math.ceil(seconds * 1000)) end
local function go(hold)
    redis.call('ZREM', reserved, ticket)
    redis.call('ZADD', on_their_way, text(now + hold + per), ticket)
    keep(on_their_way, 2 * (hold + per))
    return text(0)
end
"""
_TAKE = (
    _BEGIN
    + """
local limit, hold, grace, creep = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
redis.call('ZREMRANGEBYSCORE', reserved, '-inf', text(now - grace))
redis.call('ZREMRANGEBYSCORE', on_their_way, '-inf', text(now))
redis.call('ZREMRANGEBYSCORE', counted, '-inf', text(now))
local start = redis.call('ZSCORE', reserved, ticket)
if start and tonumber(start) > now then return text(tonumber(start) - now) end
if start or redis.call('ZSCORE', on_their_way, ticket) then return go(hold) end
local learned = redis.call('HMGET', lesson, 'admitted', 'at', 'paused_until')
if learned[1] then
    if tonumber(learned[3]) > now then return text(tonumber(learned[3]) - now) end
    local windows = math.max(0, (now - tonumber(learned[2])) / per - 1)
    limit = math.min(limit, math.max(1, tonumber(learned[1])) + math.floor(limit * creep * windows))
end
local used = redis.call('ZCARD', reserved) + redis.call('ZCARD', on_their_way) + redis.call('ZCARD', counted)
if used < limit then return go(hold) end
local free = redis.call('ZRANGE', counted, used - limit, used - limit, 'WITHSCORES')
if not free[1] then return '' end
redis.call('ZADD', reserved, free[2], ticket)
keep(reserved, 2 * (per + grace))
return text(math.max(0, tonumber(free[2]) - now))
"""
)
_GIVE_BACK = (
    _BEGIN
    + """
redis.call('ZREM', reserved, ticket)
redis.call('ZREM', on_their_way, ticket)
if ARGV[4] == '1' then
    redis.call('ZADD', counted, text(now - tonumber(ARGV[5]) + per), ticket)
    keep(counted, 2 * per)
end
return ''
"""
)
_REFUSED = (
    _BEGIN
    + """
redis.call('ZREMRANGEBYSCORE', counted, '-inf', text(now))
redis.call('DEL', reserved)
local before = tonumber(redis.call('HGET', lesson, 'paused_until') or '0')
local paused_until = math.max(before, now + tonumber(ARGV[4]))
local admitted = redis.call('ZCARD', counted)
redis.call('HSET', lesson, 'admitted', admitted, 'at', text(now), 'paused_until', text(paused_until))
keep(lesson, 2 * (paused_until - now) + (2 + 1 / tonumber(ARGV[5])) * per)
return ''
"""
)


class RedisStore:
    """The slots of one budget in Redis.

    Args:
        url: As `redis.from_url` takes it: `redis://`, `rediss://` or `unix://`.
        name: The budget's name there.
        limit: Requests in any window.
        per: The window, in seconds.
        clock: Seconds, in place of Redis's own clock.

    Raises:
        ConfigurationError: The URL can't be one, or the extra is missing.
    """

    def __init__(
        self, url: Secret, name: str, limit: int, per: float, clock: Callable[[], float] | None = None
    ) -> None:
        self._redis, self._error = _connect(url)
        self._limit = limit
        self.per = per
        self._clock = clock
        # In braces: on a cluster, the keys of one budget have to be in one place.
        self._keys = [
            f"heymarket:quota:{{{name}}}:{what}" for what in ("reserved", "on-their-way", "counted", "lesson")
        ]
        self._take = self._redis.register_script(_TAKE)
        self._give_back = self._redis.register_script(_GIVE_BACK)
        self._refused = self._redis.register_script(_REFUSED)

    def after_fork(self) -> None:
        """Nothing: the library opens new connections in a child."""

    def take(self, ticket: str, hold: float) -> float | None:
        """As `Budget.take`; `None` if all slots are on their way."""
        wait = self._run(self._take, ticket, self._limit, hold, GRACE, CREEP)
        return float(wait) if wait else None

    def give_back(self, ticket: str, *, counted: bool, ago: float) -> None:
        """As `Budget.give_back`, for a request that was over so many seconds ago."""
        self._run(self._give_back, ticket, int(counted), ago)

    def refused(self, pause: float) -> None:
        """As `Budget.refused`."""
        self._run(self._refused, "", pause, CREEP)

    def _run(self, script: Any, ticket: str, *more: float) -> Any:
        now = "" if self._clock is None else self._clock()
        try:
            return script(keys=self._keys, args=[ticket, self.per, now, *more])
        except self._error as error:
            # The text of the library's errors may hold the URL's user name and address.
            problem = type(error).__name__
        raise StoreFailed(f"Redis does not answer as it should ({problem}).")


def _connect(url: Secret) -> tuple[Any, tuple[type[Exception], ...]]:
    try:
        import redis
        from redis.backoff import NoBackoff
        from redis.retry import Retry
    except ModuleNotFoundError:
        raise ConfigurationError('Quota.redis needs the extra "redis": pip install "heymarket[redis]".') from None
    try:
        # One retry: a connection that was idle for long may have been closed. The scripts may run twice.
        client = redis.Redis.from_url(  # pyright: ignore[reportUnknownMemberType] - partly untyped
            url.reveal(),
            socket_timeout=_PATIENCE,
            socket_connect_timeout=_PATIENCE,
            retry=Retry(NoBackoff(), 1),
            decode_responses=True,
        )
    except (ValueError, redis.RedisError):
        client = None  # raised below, where the URL, which may hold a password, is in no traceback
    if client is None:
        raise ConfigurationError(
            "Quota.redis: the URL can't be used. Write redis://host:6379/0, rediss://... or unix:///path/to.sock."
        )
    # TypeError: of an option in the URL that nobody knows, which is only looked at when connecting.
    return client, (redis.RedisError, TypeError)
