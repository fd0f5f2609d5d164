"""Slots in Redis: machines share rate limiters.

The algorithm is in `slots.lua`, which Redis runs for one process at a time, by its own clock. A rate limiter is three
sorted sets: reserved tickets, tickets in flight, and tickets that still count, each with a time. When a process dies,
its tickets expire, and in the end the keys do. Redis 5 or later.
"""

from __future__ import annotations

import json
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
    from heymarket.quota._algorithm import Action

_TIMEOUT = 1.0  # seconds to wait for Redis, for connecting and for each reply
_CONSTANTS = (GRACE, RECOVERY, POLL_INTERVAL, POLL_SPACING)
_PREFIX = "{heymarket:quota}"  # in braces, because a cluster must keep all keys of a script on one node


class RedisStore:
    """The slots of rate limiters in Redis.

    Args:
        url: As `redis.from_url` takes it: `redis://`, `rediss://` or `unix://`.
        clock: A clock in seconds that replaces Redis's own.

    Raises:
        ConfigurationError: The URL is invalid, or the extra is missing.
    """

    def __init__(self, url: Secret, clock: Callable[[], float] | None = None) -> None:
        self._redis = _connect(url)
        self._script = self._redis.register_script(files("heymarket.quota").joinpath("slots.lua").read_text("utf-8"))
        self._clock = clock

    def run(self, actions: list[Action]) -> list[Any]:
        """Do them one after the other, in one round trip, and return what each returns."""
        keys = list(dict.fromkeys(f"{_PREFIX}:{action.name}" for action in actions))
        places = {key: place for place, key in enumerate(keys, 1)}
        work = [(places[f"{_PREFIX}:{name}"], per, method, arguments) for name, per, method, arguments in actions]
        clock = "" if self._clock is None else self._clock()
        try:
            replies = self._script(keys, [json.dumps(work), clock, *_CONSTANTS])
            return [_parse(reply) for reply, _ in zip(replies, actions, strict=True)]
        except Exception as error:  # noqa: BLE001 - with a server that isn't Redis, the library can raise any error
            # The message may contain the URL's user name and address.
            raise QuotaStoreError(f"Redis does not reply as it should ({type(error).__name__}).") from None

    def close(self) -> None:
        """Close the connection."""
        self._redis.close()

    def after_fork(self) -> None:
        """Nothing: the library opens new connections in a child."""


def _parse(reply: str) -> float | QuotaStatus:
    ((limit, used, waiting, seconds),) = re.findall(r"^(?:(\d+) (\d+) (\d+) )?(\d+\.\d{6})$", reply)
    return QuotaStatus(int(limit), int(used), int(waiting), float(seconds)) if limit else float(seconds)


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
