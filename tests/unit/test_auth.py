"""The signed token: its form, how long it is kept, who signs, and that it doesn't show."""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
import pickle

import pytest

from heymarket import auth
from heymarket.auth import APISecret, Secret
from tests.fakes import SECRET_ID, SECRET_KEY, FakeClock


def decoded(part: str) -> dict[str, object]:
    result: dict[str, object] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return result


def test_the_token_is_what_the_vendor_asks_for() -> None:
    header, payload, signature = auth.sign(SECRET_ID, SECRET_KEY, 1_700_000_000.9).split(".")
    assert decoded(header) == {"alg": "HS256", "typ": "JWT"}
    assert decoded(payload) == {"iss": SECRET_ID, "iat": 1_700_000_000}
    # made by the standard library alone, as on the vendor's page
    key = f"{SECRET_ID}||{SECRET_KEY}".encode()
    expected = hmac.new(key, f"{header}.{payload}".encode(), hashlib.sha256).digest()
    assert signature == base64.urlsafe_b64encode(expected).rstrip(b"=").decode()


def test_a_token_is_kept_for_four_minutes(clock: FakeClock) -> None:
    secret = APISecret(Secret(SECRET_ID), Secret(SECRET_KEY), clock.clock())
    first = secret.header()
    clock.now += 239
    assert secret.header() is first
    clock.now += 1
    second = secret.header()
    assert second.reveal() != first.reveal()


def test_a_token_is_signed_again_when_the_clock_was_set_back(clock: FakeClock) -> None:
    secret = APISecret(Secret(SECRET_ID), Secret(SECRET_KEY), clock.clock())
    first = secret.header()
    clock.now -= 3600
    assert secret.header().reveal() != first.reveal()


def test_a_refused_token_is_signed_again_by_the_clock_of_the_service(clock: FakeClock) -> None:
    secret = APISecret(Secret(SECRET_ID), Secret(SECRET_KEY), clock.clock())
    old = secret.header()
    assert secret.renew(100.0)
    new = secret.header()
    assert decoded(new.reveal().split(".")[1])["iat"] == int(clock.now + 100)
    assert new != old
    assert secret.header() is new


def test_a_token_by_a_clock_that_was_wrong_is_not_used_after_a_thread_noticed(
    clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = APISecret(Secret(SECRET_ID), Secret(SECRET_KEY), clock.clock())

    def sign_slowly(*_: object) -> str:
        secret.renew(100.0)  # as another thread does meanwhile
        return "token by a wrong clock"

    with monkeypatch.context() as patching:
        patching.setattr(auth, "sign", sign_slowly)
        secret.header()
    assert "wrong" not in secret.header().reveal()


def test_a_secret_does_not_show_and_is_not_pickled() -> None:
    secret = Secret("the text")
    for shown in (repr(secret), str(secret), f"{secret}", repr([secret])):
        assert "the text" not in shown
    for leave in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="can't be pickled"):
            leave(secret)
