"""Credentials, and the header they make: a JWT signed for a few minutes, or a legacy team key.

The JWT is what the vendor's authentication page asks for: HS256, `iss` = Secret ID, `iat` = now, signed with
`<Secret ID>||<Secret Key>`; it is good for five minutes from `iat`. It is signed once and kept for four.

A secret is held in a `Secret`, which no repr, pickle, log or traceback shows.
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
"""Seconds after `iat` from which a new token is signed; the service accepts 300."""

_NOTICEABLE_SKEW = 30
_BELIEVABLE_SKEW = 24 * 3600


class Secret:
    """A text that only `reveal()` shows."""

    __slots__ = ("_text",)

    def __init__(self, text: Any) -> None:
        # Takes anything: what is not a usable text is for the configuration to refuse, once it is wrapped.
        self._text = text

    def reveal(self) -> Any:
        """The text itself."""
        return self._text

    def __eq__(self, other: object) -> bool:
        return self._text == other._text if isinstance(other, Secret) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return "Secret('**********')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A Secret is not pickled. Make the client where it is used, from its own settings.")


def sign(secret_id: str, secret_key: str, now: float) -> str:
    """The signed JWT, ready to stand behind `Bearer `.

    Args:
        secret_id: The API Secret's ID.
        secret_key: The API Secret's key.
        now: Seconds since the epoch; becomes `iat`.
    """
    import jwt

    return jwt.encode(  # pyright: ignore[reportUnknownMemberType] - partly untyped where cryptography is missing
        {"iss": secret_id, "iat": int(now)}, f"{secret_id}||{secret_key}", algorithm="HS256"
    )


class TeamKey:
    """The legacy team API key, sent as it is."""

    def __init__(self, key: Secret) -> None:
        self._key = key
        self.owner: str = _fingerprint(key.reveal())

    def header(self) -> Secret:
        """The value of the `Authorization` header."""
        return Secret(f"Bearer {self._key.reveal()}")

    def renew(self, refused: Secret, clock_skew: float | None) -> bool:  # noqa: ARG002 - nothing about a key can be renewed
        """Whether sending again could help after a 401: it can't."""
        return False


class APISecret:
    """An API Secret and the token signed with it.

    Threads and tasks share it: one signs, the others take the same token.
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
        """The value of the `Authorization` header, signed anew when the last one is four minutes old."""
        header = self._header
        if header is None or not 0 <= self._clock.time() - self._signed_at < REFRESH_AFTER:
            import_module("jwt")  # here, so that a fork meets the lock held for no longer than signing takes
            with self._lock:
                header = self._header
                now = self._clock.time()
                if header is None or not 0 <= now - self._signed_at < REFRESH_AFTER:
                    token = sign(self._secret_id.reveal(), self._secret_key.reveal(), now + self._offset)
                    header = Secret(f"Bearer {token}")
                    self._signed_at, self._header = now, header
        return header

    def renew(self, refused: Secret, clock_skew: float | None) -> bool:
        """Forget a refused token, and whether sending again with a new one could help: it could.

        Args:
            refused: The header that was refused. A newer one stays, so that a late 401 does not wipe it.
            clock_skew: Seconds by which the service's clock is ahead; `None` if it didn't say, or can't be believed.
        """
        with self._lock:
            if clock_skew is not None:
                self._offset = clock_skew
            if self._header is refused:
                self._header = None
        return True


Credentials = APISecret | TeamKey


def believable_skew(date: str | None, now: float) -> float | None:
    """By how many seconds the service's clock is ahead of ours, if that is worth acting on.

    Args:
        date: The answer's `Date` header.
        now: Our time, seconds since the epoch.

    Returns:
        0.0 under half a minute (the transfer takes time), `None` without a date and from a day on (then it is more
        likely wrong).
    """
    skew = seconds_ahead(date, now) if date else None
    if skew is None or abs(skew) >= _BELIEVABLE_SKEW:
        return None
    return skew if abs(skew) > _NOTICEABLE_SKEW else 0.0


def _fingerprint(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
