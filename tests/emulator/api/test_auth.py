"""Every way in which a token can be wrong is told apart from the others."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import httpx
import jwt
import pytest

from heymarket.emulator import create_app
from heymarket.emulator.seeds.built_in import DEFAULT, DENIED, EXAMPLES, LEGACY

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = f"/v2/contact/{EXAMPLES['phone'].contact_id}/channel/phone"
NOW = 1_750_000_000
KEY = f"{DEFAULT.secret_id}||{DEFAULT.secret_key}"


def bearer(claims: dict[str, Any], key: str = KEY, **options: Any) -> str:
    return "Bearer " + jwt.encode(claims, key, **options)


def claims(**changes: Any) -> dict[str, Any]:
    return {"iss": DEFAULT.secret_id, "iat": NOW, **changes}


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


WRONG: dict[str, tuple[str | None, str]] = {
    "nothing": (None, "missing: "),
    "an empty header": ("", "missing: "),
    "basic": ("Basic dGVhbTo=", "scheme: "),
    "bearer without a token": ("Bearer ", "scheme: "),
    "the token alone": (bearer(claims()).removeprefix("Bearer "), "scheme: "),
    "no JWT": ("Bearer not-a-token", "form: "),
    "two parts": (f"Bearer {part({})}.{part({})}", "form: "),
    "claims that are no object": (f"Bearer {part({'alg': 'HS256'})}.{part([1])}.c2ln", "form: "),
    "claims that are no JSON": (f"Bearer {part({'alg': 'HS256'})}.c2ln.c2ln", "form: "),
    "an unknown team key": (f"Bearer {LEGACY.key}x", "form: "),
    "unsigned": (bearer(claims(), "", algorithm="none"), "algorithm: the token's header says alg 'none'"),
    "HS512": (bearer(claims(), KEY + "x" * 64, algorithm="HS512"), "algorithm: "),
    "an algorithm with a line break": (f"Bearer {part({'alg': 'a' + chr(10)})}.{part({})}.c2ln", "algorithm: "),
    "no algorithm": (f"Bearer {part({})}.{part({})}.c2ln", "algorithm: the token's header says alg None"),
    "no issuer": (bearer({"iat": NOW}), "issuer: the claim iss is missing"),
    "an issuer that is no text": (f"Bearer {part({'alg': 'HS256'})}.{part({'iss': 1})}.c2ln", "issuer: the claim iss"),
    "an unknown issuer": (bearer(claims(iss="00000000-0000-4000-8000-000000000000")), "issuer: no API Secret"),
    "signed with the key alone": (bearer(claims(), DEFAULT.secret_key), "signature: "),
    "signed with another key": (bearer(claims(), f"{DENIED.secret_id}||{DENIED.secret_key}"), "signature: "),
    "no time": (bearer({"iss": DEFAULT.secret_id}), "iat: the claim is missing"),
    "a time as text": (bearer(claims(iat=str(NOW))), "iat: the claim is not a number"),
    "a truth value as time": (bearer(claims(iat=True)), "iat: the claim is not a number"),
    "NaN as time": (bearer(claims(iat=float("nan"))), "iat: the claim is not a number"),
    "infinity as time": (bearer(claims(iat=float("inf"))), "iat: the claim is not a number"),
    "a time beyond all floats": (bearer(claims(iat=10**400)), "iat: the claim is not a number"),
    "half a character as issuer": (
        f"Bearer {part({'alg': 'HS256'})}.{part({'iss': chr(0xD800)})}.c2ln",
        "issuer: no API Secret",
    ),
    "just expired": (bearer(claims(iat=NOW - 300)), "expired by 0 s: "),
    "expired": (bearer(claims(iat=NOW - 312)), "expired by 12 s: "),
    "in the future": (bearer(claims(iat=NOW + 31)), "in the future by 31 s: 30 s are tolerated"),
    "milliseconds": (bearer(claims(iat=NOW * 1000)), "in the future by 1748250000000 s: iat looks like milliseconds"),
}


@pytest.mark.parametrize(("authorization", "reason"), WRONG.values(), ids=WRONG)
def test_a_wrong_token_is_refused_with_the_check_that_failed(
    ask: Callable[..., httpx.Response], authorization: str | None, reason: str
) -> None:
    app = create_app(clock=lambda: NOW)
    answer = ask(app, PATH, authorization=authorization)

    assert answer.status_code == 401
    json.dumps([call.claims for call in app.journal], allow_nan=False, ensure_ascii=False).encode()
    assert answer.headers["X-Emulator-Refused"].startswith(reason)
    assert answer.json() == {"error_code": "unauthorized", "message": answer.headers["X-Emulator-Refused"]}


RIGHT = {
    "signed now": bearer(claims()),
    "almost expired": bearer(claims(iat=NOW - 299)),
    "by a clock that is a little ahead": bearer(claims(iat=NOW + 30)),
    "with a fraction of a second": bearer(claims(iat=NOW + 0.5)),
    "with claims that nobody asked for": bearer(claims(exp=1, aud="somebody")),
    "with a lower-case scheme": bearer(claims()).replace("Bearer", "bearer"),
    "a legacy team key": f"Bearer {LEGACY.key}",
}


@pytest.mark.parametrize("authorization", RIGHT.values(), ids=RIGHT)
def test_a_right_token_is_accepted(ask: Callable[..., httpx.Response], authorization: str) -> None:
    answer = ask(create_app(clock=lambda: NOW), PATH, authorization=authorization)

    assert answer.status_code == 200
    assert "X-Emulator-Refused" not in answer.headers


def test_the_denied_secret_signs_in_and_gets_a_403(
    ask: Callable[..., httpx.Response], sign: Callable[..., str]
) -> None:
    answer = ask(create_app(clock=lambda: NOW), PATH, authorization=sign(DENIED))

    assert answer.status_code == 403
    assert answer.headers["X-Emulator-Refused"].startswith("denied: ")
    assert answer.json()["error_code"] == "denied"


def test_secrets_do_not_show_in_a_repr() -> None:
    for credential in (DEFAULT, DENIED, LEGACY):
        assert "NoValue" not in repr(credential)
