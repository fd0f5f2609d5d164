"""Who is let in, and what an outsider, a log or a traceback gets to see."""

from __future__ import annotations

import contextlib
import hmac
import json
import logging
import pickle
import warnings
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heymarket import ConfigurationError, HeymarketError
from heymarket.auth import Secret
from heymarket.webhooks import MessageEvent, UnknownEvent, WebhookParseError, WebhookVerificationError, parse
from tests.unit.test_secrecy import shown_in
from tests.webhooks.deliveries import OTHER, PHONE, SAID, TOKEN, delivery

WRONG = [OTHER, "", None, ..., 7, True, [TOKEN], {TOKEN: TOKEN}, TOKEN[:-1], TOKEN + "x", TOKEN.lower(), "\ud800"]


@pytest.mark.parametrize("sent", WRONG)
def test_a_wrong_token_is_refused(sent: Any) -> None:
    with pytest.raises(WebhookVerificationError, match="Respond with 401"):
        parse(delivery(token=sent), token=TOKEN)


def test_a_token_elsewhere_than_where_it_belongs_is_none() -> None:
    body = json.dumps({"type": "message_sent", "event_data": {"token": TOKEN}, "Token": TOKEN})
    with pytest.raises(WebhookVerificationError, match="has no token"):
        parse(body, token=TOKEN)


@pytest.mark.parametrize(
    "tokens", [TOKEN, [TOKEN], (TOKEN, OTHER), [OTHER, TOKEN], {TOKEN}, iter([OTHER, TOKEN]), "schlüssel-ß-wort"]
)
def test_the_right_token_is_let_in_first_last_or_alone(tokens: Any) -> None:
    sent = tokens if isinstance(tokens, str) else TOKEN
    assert isinstance(parse(delivery(token=sent), token=tokens), MessageEvent)


def test_while_one_token_replaces_another_both_are_let_in_and_no_third() -> None:
    both = [TOKEN, OTHER]
    assert parse(delivery(token=TOKEN), token=both) == parse(delivery(token=OTHER), token=both)
    with pytest.raises(WebhookVerificationError):
        parse(delivery(token=TOKEN + OTHER), token=both)


@pytest.mark.parametrize("sent", ["first", "second", "third", "none of them", None, ...])
def test_every_token_is_compared_in_constant_time(sent: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[bytes] = []
    real = hmac.compare_digest

    def compare(given: bytes, expected: bytes) -> bool:
        compared.append(expected)
        return real(given, expected)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    with contextlib.suppress(WebhookVerificationError):
        parse(delivery(token=sent), token=["first", "second", "third"])
    assert compared == [b"first", b"second", b"third"]


class CountedText(str):
    """A text that says when it is compared otherwise."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise AssertionError("compared with ==")

    __hash__ = str.__hash__


def test_a_token_is_compared_in_no_other_way() -> None:
    with pytest.raises(WebhookVerificationError):
        parse(delivery(token=OTHER), token=CountedText(TOKEN))


@pytest.mark.parametrize(
    ("tokens", "told"),
    [
        (None, "No webhook token"),
        ([], "No webhook token"),
        ("", "is empty"),
        ("  ", "is empty"),
        ([TOKEN, ""], "is empty"),
        (TOKEN + "\n", "Strip it"),
        (7, "not int"),
        (TOKEN.encode(), "not bytes"),
        ([TOKEN, None], "not NoneType"),
    ],
)
def test_tokens_that_would_let_in_anybody_are_refused(tokens: Any, told: str) -> None:
    with pytest.raises(ConfigurationError, match=told) as caught:
        parse(delivery(token=""), token=tokens)
    assert TOKEN not in shown_in(caught.value)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "is empty"),
        ("  ", "is empty"),
        (b"type=message_sent&token=" + TOKEN.encode(), "is not JSON"),
        (b"\xff\xfe\xff", "is not JSON"),
        (b"[" * 100_000, "is not JSON"),
        (b"1" * 5000, "is not JSON"),
        (json.dumps([TOKEN]), "is not a JSON object"),
        ("null", "is not a JSON object"),
        ({"token": TOKEN}, "not dict"),
        (None, "not NoneType"),
    ],
)
def test_what_cannot_be_a_delivery_is_reported_clearly(body: Any, told: str) -> None:
    with pytest.raises(WebhookParseError, match=told) as caught:
        parse(body, token=TOKEN)
    assert TOKEN not in shown_in(caught.value)


@pytest.mark.parametrize(
    "body", [delivery(token=OTHER), delivery(token=...), delivery()[:-2], b"[" + delivery() + b"]", b"15555550100"]
)
def test_neither_error_nor_traceback_nor_log_shows_token_or_body(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(HeymarketError) as caught:
        parse(body, token=[TOKEN, "another-0123456789"])
    shown = shown_in(caught.value) + caplog.text + repr(caught.value.__dict__)
    for secret in (TOKEN, OTHER, "another-0123456789", SAID, PHONE, "message_recieved"):
        assert secret not in shown
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("error", [WebhookParseError("told"), WebhookVerificationError("told")])
def test_errors_are_heymarket_errors_that_can_be_pickled(error: HeymarketError) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert str(again) == "told"
    assert type(error).__module__.startswith("heymarket.webhooks")


def test_a_secret_is_a_token_too() -> None:
    assert isinstance(parse(delivery(), token=[Secret(TOKEN)]), MessageEvent)  # type: ignore[list-item] # not promised


def test_deep_data_are_an_event_or_an_error_of_ours() -> None:
    for depth in range(100, 2000, 50):
        nested = b'{"a":' * depth + b"1" + b"}" * depth
        body = b'{"type": "x", "id": 1, "token": "%s", "event_data": %s}' % (TOKEN.encode(), nested)
        with contextlib.suppress(WebhookParseError):
            assert isinstance(parse(body, token=TOKEN), UnknownEvent)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
FIELDS = sorted({"id", "date", "text", "target_errors", "custom", "conversation", "members", "updated", "unread_users"})
TYPES = ["message_sent", "message_recieved", "chat_updated", "chat_closed", "target_opt_in", "incoming_call", "event"]


@settings(deadline=None)  # the first example loads the models
@given(st.binary() | st.text() | JSON.map(json.dumps) | JSON.map(json.dumps).map(str.encode))
def test_whatever_a_stranger_sends_is_an_error_of_ours(body: bytes | str) -> None:
    with pytest.raises((WebhookParseError, WebhookVerificationError)):
        parse(body, token=TOKEN)


@settings(deadline=None)  # the first example loads the models
@given(
    st.sampled_from(TYPES) | JSON,
    JSON | st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6),
    st.dictionaries(st.sampled_from(["type", "event", "id", "event_data", "message"]) | st.text(), JSON, max_size=4),
)
def test_whatever_comes_with_the_token_is_an_event(type_: Any, data: Any, members: dict[str, Any]) -> None:
    body = json.dumps({"type": type_, "id": 91, "event_data": data, **members, "token": TOKEN})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a date-time that is none is told once, and kept
        one, again = parse(body, token=TOKEN), parse(body.encode(), token=TOKEN)
    assert one.dedup_key == again.dedup_key
    assert one.dedup_key.isascii()
    assert TOKEN not in repr(one)
    assert "token" not in one.additional_properties
