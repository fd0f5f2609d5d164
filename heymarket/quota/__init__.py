"""Quotas: the service's limit, enforced by the client. 500 requests in any 60 seconds for all clients of a credential.

A request acquires a slot before it is sent, and the slot is free again `per` seconds after the response arrived. The
service counts the request at some time in between, so it never counts more than `limit` in a window, whatever the
latency. The rate limiters keep the slots; see `rate_limiter`.
"""

from __future__ import annotations

import math
import os
from typing import Any, NamedTuple, Self

from heymarket._redaction import without_frames
from heymarket.errors import ConfigurationError


class StoreLocation(NamedTuple):
    """The store of a shared quota: `kind` is `sqlite` or `redis`, `location` a path, or a URL in a `Secret`."""

    kind: str
    location: Any


class QuotaStatus(NamedTuple):
    """What is left of a quota, by the count of all clients that share it.

    Attributes:
        limit: Requests in any window; fewer than the quota's for a while after a 429.
        used: Slots taken: by requests that are on their way, or had their response within the last window.
        waiting: Calls that have a slot reserved and wait until it is free.
        free_in: Seconds until a call made now may be sent; 0.0 if at once. A whole window if all slots are taken by
            requests on their way, because a slot is free a window after the response.
    """

    limit: int
    used: int
    waiting: int
    free_in: float


class Quota:
    """A number of requests that may be sent in a number of seconds.

    `Quota(...)` counts in this process: all its clients with the same credentials share it. `Quota.sqlite(...)` and
    `Quota.redis(...)` are for several processes or machines.

    Args:
        limit: Requests per window, 1 or more. Heymarket documents 500.
        per: The window in seconds. Heymarket documents 60.
        max_wait: Seconds that a call may wait at most, for slots and for pauses after a 429; `None` for no limit.

    Attributes:
        limit: As given.
        per: As given.
        max_wait: As given.
        store: The store that processes share; `None` for a quota in this process.

    Raises:
        ConfigurationError: A value is out of range.
    """

    limit: int
    per: float
    max_wait: float | None
    store: StoreLocation | None

    def __init__(
        self, limit: int = 500, *, per: float = 60.0, max_wait: float | None = None, _store: StoreLocation | None = None
    ) -> None:
        if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
            raise ConfigurationError("Quota: limit must be a whole number of requests, 1 or more.")
        if isinstance(per, bool) or not isinstance(per, int | float) or not 0 < per < math.inf:
            raise ConfigurationError("Quota: per must be a number of seconds above 0.")
        if max_wait is not None and (not isinstance(max_wait, int | float) or not 0 <= max_wait < math.inf):
            raise ConfigurationError("Quota: max_wait must be a number of seconds, 0 or more, or None.")
        vars(self).update(limit=limit, per=per, max_wait=max_wait, store=_store)

    @classmethod
    def sqlite(
        cls, path: str | os.PathLike[str], *, limit: int = 500, per: float = 60.0, max_wait: float | None = None
    ) -> Self:
        """A quota that the processes of one machine share through a file.

        While the file can't be used, calls raise `QuotaStoreError`, before anything is sent.

        Args:
            path: The file, on a disk of this machine; created if it doesn't exist. It contains no secret.
            limit: As for `Quota`. Clients with the same credentials and window are counted together, and each
                respects its own limit.
            per: As for `Quota`.
            max_wait: As for `Quota`.

        Raises:
            ConfigurationError: A value is out of range. A file that can't store a quota is refused when a client is
                made; a file that is only locked is tried again by each call.
        """
        path = os.fspath(path)
        if not isinstance(path, str) or not path or "\0" in path or path == ":memory:":
            raise ConfigurationError("Quota.sqlite: path must name a file that other processes can open too.")
        path = os.path.abspath(path)  # noqa: PTH100 - the working directory may change; links are not resolved
        return cls(limit, per=per, max_wait=max_wait, _store=StoreLocation("sqlite", path))

    @classmethod
    @without_frames
    def redis(cls, url: str, *, limit: int = 500, per: float = 60.0, max_wait: float | None = None) -> Self:
        """A quota that machines share through a Redis server, 5 or later. Needs the extra `redis`.

        While the server can't be used, calls raise `QuotaStoreError`, before anything is sent.

        Args:
            url: `redis://`, `rediss://` or `unix://`, as the redis library takes it. It is never shown.
            limit: As for `Quota`. Clients with the same credentials and window are counted together, and each
                respects its own limit.
            per: As for `Quota`.
            max_wait: As for `Quota`.

        Raises:
            ConfigurationError: A value is out of range. An invalid URL is refused when a client is made.
        """
        from heymarket.auth import Secret

        if not isinstance(url, str) or not url:
            raise ConfigurationError("Quota.redis: url must be a string such as redis://host:6379/0.")
        return cls(limit, per=per, max_wait=max_wait, _store=StoreLocation("redis", Secret(url)))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("A Quota can't be changed, because clients share it. Make another one.")

    def __repr__(self) -> str:
        values = f"per={self.per:g}, max_wait={self.max_wait})"
        if self.store is None:
            return f"Quota({self.limit}, {values}"
        location = f"{self.store.location!r}" if self.store.kind == "sqlite" else "..."
        return f"Quota.{self.store.kind}({location}, limit={self.limit}, {values}"

    def __eq__(self, other: object) -> bool:
        return vars(self) == vars(other) if isinstance(other, Quota) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.limit, self.per, self.max_wait, self.store))
