"""Errors cross process pools and task queues whole, and are in one namespace."""

from __future__ import annotations

import copy
import inspect
import pickle
from typing import Any

import pytest

import heymarket
from heymarket import errors
from tests.fakes import CONTACT, Door, FakeClock, Script, answer


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 422, 429, 500, 302])
def test_status_errors_survive_pickle_and_copy(status: int, door: Door, clock: FakeClock) -> None:
    with pytest.raises(errors.APIStatusError) as caught:
        door(
            lambda hm: hm.contact_channels.get(CONTACT, "phone"),
            script=Script(answer(status, {"code": "x"}, Retry_After="61")),
            max_retries=0,
        )
    for twin in (pickle.loads(pickle.dumps(caught.value)), copy.copy(caught.value)):
        assert type(twin) is type(caught.value)
        assert str(twin) == str(caught.value)
        assert twin.__dict__.keys() == caught.value.__dict__.keys() - {"body", "headers", "message", "text"}
        assert (twin.body, dict(twin.headers), twin.message, twin.text) == (None, {}, "", ""), "may be personal"
        assert (twin.status_code, twin.code, twin.attempts) == (status, "x", caught.value.attempts)
        assert twin.retry_after == 61


def test_a_request_id_that_may_be_a_number_is_in_no_pickle(door: Door, clock: FakeClock) -> None:
    script = Script(answer(400, {}, **{"X-Request-Id": "+15555550100"}))
    with pytest.raises(errors.APIStatusError) as caught:
        door(lambda hm: hm.team.get(), script=script)

    assert caught.value.request_id == "+15555550100"
    assert b"5555550100" not in pickle.dumps(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).request_id is None


def test_other_errors_survive_pickle() -> None:
    connection = errors.APITimeoutError("late", operation="x", attempts=2, outcome_unknown=True)
    twin: Any = pickle.loads(pickle.dumps(connection))
    assert (str(twin), twin.operation, twin.attempts, twin.outcome_unknown) == ("late", "x", 2, True)
    plain = pickle.loads(pickle.dumps(errors.ConfigurationError("no")))
    assert (type(plain), str(plain)) == (errors.ConfigurationError, "no")


def test_all_errors_are_exported_and_share_one_base() -> None:
    defined = {name for name, value in vars(errors).items() if inspect.isclass(value) and issubclass(value, Exception)}
    assert defined <= set(heymarket.__all__)
    assert all(issubclass(getattr(heymarket, name), heymarket.HeymarketError) for name in defined)
