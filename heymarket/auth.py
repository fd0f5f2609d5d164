"""Credentials and their `Authorization` header: a JWT signed for a few minutes, or a legacy team key.

The vendor's authentication page describes the JWT: HS256, `iss` = Secret ID, `iat` = now, signed with
`<Secret ID>||<Secret Key>`, valid for five minutes from `iat`. A signed token is reused for four minutes.

Secrets are kept in `Secret` objects, which no repr, pickle, log or traceback shows.
"""

from __future__ import annotations

import hashlib
import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from heymarket.retries import seconds_ahead

if TYPE_CHECKING:
    from heymarket._clock import Clock

REFRESH_AFTER = 240
"""Seconds after which a new token is signed; the service accepts a token for 300."""

_NOTICEABLE_SKEW = 30
_BELIEVABLE_SKEW = 24 * 3600


class Secret:
    """A string that only `reveal()` shows."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        # Any value is accepted and hidden; the configuration then refuses values that are no valid strings.
        self._value = value

    def reveal(self) -> Any:
        """The string itself."""
        return self._value

    def __eq__(self, other: object) -> bool:
        return self._value == other._value if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret('**********')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A Secret can't be pickled. Make the client in the process that uses it.")


def sign(secret_id: str, secret_key: str, now: float) -> str:
    """A signed JWT, to be sent after `Bearer `.

    Args:
        secret_id: The API Secret's ID.
        secret_key: The API Secret's key.
        now: Seconds since the epoch, used as `iat`.
    """
    import jwt

    return jwt.encode(  # pyright: ignore[reportUnknownMemberType] - partly untyped where cryptography is missing
        {"iss": secret_id, "iat": int(now)}, f"{secret_id}||{secret_key}", algorithm="HS256"
    )


class TeamKey:
    """The legacy team API key, sent unchanged."""

    def __init__(self, key: Secret) -> None:
        self._key = key
        self.owner: str = _fingerprint(key.reveal())

    def header(self) -> Secret:
        """The value of the `Authorization` header."""
        return Secret(f"Bearer {self._key.reveal()}")

    def renew(self, refused: Secret, clock_skew: float | None) -> bool:  # noqa: ARG002 - a key can't be renewed
        """Return `False`: after a 401, sending the same key again can't help."""
        return False


class APISecret:
    """An API Secret and the token signed with it.

    Threads and tasks share it: one of them signs, and the others use the same token.
    """

    def __init__(self, secret_id: Secret, secret_key: Secret, clock: Clock) -> None:
        self._secret_id = secret_id
        self._secret_key = secret_key
        self._clock = clock
        self._offset = 0.0
        self._lock = threading.Lock()
        self._signed_at = 0.0
        self._header: Secret | None = None
        self.owner: str = _fingerprint(f"{secret_id.reveal()}||{secret_key.reveal()}")

    def header(self) -> Secret:
        """The value of the `Authorization` header, signed again when the last one is four minutes old."""
        header = self._header
        if header is None or not 0 <= self._clock.time() - self._signed_at < REFRESH_AFTER:
            import_module("jwt")  # before locking: a fork while the lock is held would block the child
            with self._lock:
                header, now = self._header, self._clock.time()
                if header is None or not 0 <= now - self._signed_at < REFRESH_AFTER:
                    token = sign(self._secret_id.reveal(), self._secret_key.reveal(), now + self._offset)
                    header = Secret(f"Bearer {token}")
                    self._signed_at, self._header = now, header
        return header

    def renew(self, refused: Secret, clock_skew: float | None) -> bool:
        """Forget a refused token, and return `True`: sending again with a new one can help.

        Args:
            refused: The header that was refused. A newer one is kept, so that a late 401 doesn't discard it.
            clock_skew: Seconds by which the service's clock is ahead of ours; `None` if unknown or not believable.
        """
        with self._lock:
            if clock_skew is not None:
                self._offset = clock_skew
            if self._header is refused:
                self._header = None
        return True


Credentials = APISecret | TeamKey


def believable_skew(date: str | None, now: float) -> float | None:
    """Seconds by which the service's clock is ahead of ours, if they are worth acting on.

    Args:
        date: The response's `Date` header.
        now: Our time, seconds since the epoch.

    Returns:
        0.0 below half a minute (the transfer takes time); `None` without a date, and from a day on (the date is then
        probably wrong).
    """
    skew = seconds_ahead(date, now) if date else None
    if skew is None or abs(skew) >= _BELIEVABLE_SKEW:
        return None
    return skew if abs(skew) > _NOTICEABLE_SKEW else 0.0


def _fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
