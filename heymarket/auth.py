"""Credentials and their `Authorization` header: a JWT signed for a few minutes, or a legacy team key.

The vendor's authentication page describes the JWT: HS256, `iss` = Secret ID, `iat` = now, signed with
`<Secret ID>||<Secret Key>`, valid for five minutes from `iat`. A signed token is reused for four minutes.

Secrets are kept in `Secret` objects, which no repr, pickle, log or traceback shows.
"""

from __future__ import annotations

import hashlib
import math
from typing import TYPE_CHECKING, Any, NoReturn

from attrs import frozen

from heymarket.retries import seconds_ahead

if TYPE_CHECKING:
    from heymarket._clock import Clock

REFRESH_AFTER = 240
"""Seconds after which a new token is signed; the service accepts a token for 300."""

_NOTICEABLE_SKEW = 30
_BELIEVABLE_SKEW = 24 * 3600


@frozen(repr=False)
class Secret:
    """A string that only `reveal()` shows. It accepts any value; the configuration refuses what is no string."""

    _value: Any

    def reveal(self) -> Any:
        """The string itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('**********')"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A Secret can't be pickled. Make the client in the process that uses it.")


_NOTHING_SIGNED = Secret(""), -math.inf, 0.0


def sign(secret_id: str, secret_key: str, now: float) -> str:
    """A signed JWT, to be sent after `Bearer `.

    Args:
        secret_id: The API Secret's ID.
        secret_key: The API Secret's key.
        now: Seconds since the epoch, used as `iat`.
    """
    import jwt

    # HMAC pads a key with zeros. So the signature stays the same, and PyJWT needn't warn, with the key in its frames,
    # that a key is short.
    key = f"{secret_id}||{secret_key}".encode().ljust(32, b"\0")
    return jwt.encode({"iss": secret_id, "iat": int(now)}, key, algorithm="HS256")  # pyright: ignore[reportUnknownMemberType] - partly untyped where cryptography is missing


class TeamKey:
    """The legacy team API key, sent unchanged."""

    def __init__(self, key: Secret) -> None:
        self._header = Secret(f"Bearer {key.reveal()}")
        self.owner: str = _fingerprint(key.reveal())

    def header(self) -> Secret:
        """The value of the `Authorization` header."""
        return self._header

    def renew(self, clock_skew: float | None) -> bool:  # noqa: ARG002 - a key can't be renewed
        """Return `False`: after a 401, sending the same key again can't help."""
        return False


class APISecret:
    """An API Secret and the token signed with it, which threads and tasks share.

    Nothing is locked: threads that sign at the same moment get tokens that serve equally well.
    """

    def __init__(self, secret_id: Secret, secret_key: Secret, clock: Clock) -> None:
        self._secret_id = secret_id
        self._secret_key = secret_key
        self._clock = clock
        self._offset = 0.0
        self._signed: tuple[Secret, float, float] = _NOTHING_SIGNED
        self.owner: str = _fingerprint(f"{secret_id.reveal()}||{secret_key.reveal()}")

    def header(self) -> Secret:
        """The value of the `Authorization` header, signed again when the last one is four minutes old."""
        now, offset = self._clock.time(), self._offset
        header, signed_at, signed_with = self._signed
        if signed_with != offset or not 0 <= now - signed_at < REFRESH_AFTER:
            header = Secret(f"Bearer {sign(self._secret_id.reveal(), self._secret_key.reveal(), now + offset)}")
            self._signed = header, now, offset
        return header

    def renew(self, clock_skew: float | None) -> bool:
        """Forget a refused token, and return `True`: sending again with a new one can help.

        Args:
            clock_skew: Seconds by which the service's clock is ahead of ours; `None` if unknown or not believable.
        """
        if clock_skew is not None:
            self._offset = clock_skew
        self._signed = _NOTHING_SIGNED
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
