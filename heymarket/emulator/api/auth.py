"""Authentication: the bearer token is checked as the vendor's authentication page describes.

Which check failed is said precisely, because a bare 401 helps nobody. What that page leaves open is
decided here and listed in docs/emulator.md: 30 seconds of tolerance for a clock that is ahead, none for an expired
token, other claims ignored.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

import jwt
from attrs import field, frozen

from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.api.json import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Authenticator", "EmulatorSecret", "EmulatorTeamKey", "decode_token", "find_issuer"]

LIFETIME = 300
"""Seconds from `iat` for which a token is valid."""

TOLERANCE = 30
"""Seconds by which `iat` may be in the future. The real service's tolerance is not documented."""

_REMEMBERED = 128
"""A client sends the same token for minutes: what it says, and who signed it, is found out once."""

# PyJWS checks the signature alone; what the claims have to say is checked below, with a reason of its own each.
_jws: Any = jwt.PyJWS()


@frozen
class EmulatorSecret:
    """An API Secret of the emulator, with which callers sign their tokens.

    Attributes:
        name: What the journal calls it.
        secret_id: The Secret ID.
        secret_key: The Secret Key.
        denied: Whether it signs in, and every call is refused with 403.
    """

    name: str
    secret_id: str
    secret_key: str = field(repr=False)
    denied: bool = False


@frozen
class EmulatorTeamKey:
    """A legacy team key of the emulator, sent as it is.

    Attributes:
        name: What the journal calls it.
        key: The key.
        denied: Whether it signs in, and every call is refused with 403.
    """

    name: str
    key: str = field(repr=False)
    denied: bool = False


class Authenticator:
    """Authentication of callers by their `Authorization` header.

    Args:
        secrets: The API Secrets that are known.
        team_keys: The team keys that are known.
        clock: Seconds since the epoch.
    """

    def __init__(
        self, secrets: Iterable[EmulatorSecret], team_keys: Iterable[EmulatorTeamKey], clock: Callable[[], float]
    ) -> None:
        self._secrets = {secret.secret_id: secret for secret in secrets}
        self._team_keys = {team_key.key: team_key for team_key in team_keys}
        self._clock = clock

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all credentials."""
        secrets, team_keys = self._secrets.values(), self._team_keys.values()
        return (*(secret.name for secret in secrets), *(team_key.name for team_key in team_keys))

    def guess_name(self, authorization: str | None, claims: Mapping[str, Any] | None) -> str | None:
        """The name of the credential that a call says it comes from, whether that is true or not.

        Args:
            authorization: The header.
            claims: What the token in it claims.
        """
        issuer = claims.get("iss") if claims else None
        if isinstance(issuer, str) and issuer in self._secrets:
            return self._secrets[issuer].name
        team_key = self._team_keys.get((authorization or "").partition(" ")[2].strip())
        return team_key.name if team_key else None

    def knows(self, token: str) -> bool:
        """Whether a token is one of the API's credentials, or is signed in the name of one."""
        _, claims = decode_token(f"Bearer {token}")
        return self.guess_name(f"Bearer {token}", claims) is not None

    def authenticate(self, authorization: str | None, ahead: float = 0.0) -> EmulatorSecret | EmulatorTeamKey:
        """The caller's credential.

        Args:
            authorization: The header.
            ahead: By how many seconds the clock is wrong.

        Raises:
            APIErrorResponse: 401, with the first check that failed.
        """
        token = _bearer(authorization)
        if token in self._team_keys:
            return self._team_keys[token]
        header, claims = _read(token)
        if header.get("alg") != "HS256":
            raise _refused(f"algorithm: the token's header says alg {_shown(header.get('alg'))}, not HS256")
        secret = self._issuer(claims)
        if not _is_signed(token, secret):
            raise _refused('signature: it does not fit; the key is "<Secret ID>||<Secret Key>"')
        self._check_time(claims, ahead)
        return secret

    def _issuer(self, claims: dict[str, Any]) -> EmulatorSecret:
        issuer = claims.get("iss")
        if not isinstance(issuer, str):
            raise _refused("issuer: the claim iss is missing or not a string; it has to be the Secret ID")
        if issuer not in self._secrets:
            raise _refused("issuer: no API Secret has the ID that the claim iss names")
        return self._secrets[issuer]

    def _check_time(self, claims: dict[str, Any], ahead: float) -> None:
        if "iat" not in claims:
            raise _refused("iat: the claim is missing; it has to be the current Unix time in seconds")
        issued = _finite_number(claims["iat"])
        if issued is None:
            raise _refused("iat: the claim is not a number; it has to be the current Unix time in seconds")
        age = self._clock() + ahead - issued
        if age >= LIFETIME:
            raise _refused(f"expired by {age - LIFETIME:.0f} s: a token is valid for {LIFETIME} s from iat")
        if age < -TOLERANCE:
            hint = "iat looks like milliseconds" if issued > 1e11 else f"{TOLERANCE} s are tolerated here"
            raise _refused(f"in the future by {-age:.0f} s: {hint}; is the clock right?")


@lru_cache(_REMEMBERED)
def decode_token(authorization: str | None) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """Header and claims of the token, unchecked; `None` each if it can't be read, or can't be written as JSON.

    They are shared by all calls with this token: nobody may change them.
    """
    try:
        token = _read(_bearer(authorization))
        parse(json.dumps(token).encode())
    except (APIErrorResponse, ValueError, RecursionError):
        return None, None
    return token


def find_issuer(authorization: str) -> str:
    """Whom a call says it comes from, unchecked: the claim `iss` of its token, or else the token itself.

    Args:
        authorization: The header, empty if there is none.
    """
    token = authorization.partition(" ")[2].strip()
    try:
        issuer = _read(token)[1].get("iss")
    except APIErrorResponse:
        return token
    return issuer if isinstance(issuer, str) else token


def _bearer(authorization: str | None) -> str:
    if not authorization:
        raise _refused("missing: there is no Authorization header")
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise _refused('scheme: the Authorization header has to read "Bearer <token>"')
    return token.strip()


@lru_cache(_REMEMBERED)
def _read(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    refused = _refused("form: this is neither a JWT (header.claims.signature, base64url of JSON) nor a known team key")
    try:
        parts = _jws.decode_complete(token, options={"verify_signature": False})
        claims: Any = json.loads(parts["payload"])
    except (jwt.InvalidTokenError, ValueError, RecursionError):
        raise refused from None
    if not isinstance(claims, dict):
        raise refused
    return parts["header"], cast("dict[str, Any]", claims)


@lru_cache(_REMEMBERED)
def _is_signed(token: str, secret: EmulatorSecret) -> bool:
    try:
        _jws.decode_complete(token, f"{secret.secret_id}||{secret.secret_key}", algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return False
    return True


def _finite_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _shown(value: object) -> str:
    """The value, fit for a header line."""
    return ascii(value)[:40]


def _refused(reason: str) -> APIErrorResponse:
    return APIErrorResponse(401, reason)
