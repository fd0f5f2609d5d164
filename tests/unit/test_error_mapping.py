"""An error says what the service said, without what may be personal or secret."""

from __future__ import annotations

import logging
import pickle
from typing import Any

import pytest
from heymarket_openapi.operation import Operation, SecurityScheme

from heymarket import (
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RecipientOptedOutError,
)
from tests.fakes import CONTACT, PHONE, SECRET_KEY, Door, FakeClock, Script, answer
from tests.unit.test_secrecy import shown_in

JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIwZjFlMmQzYyJ9.Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4OWFiY2RlZg"


def send(hm: Any) -> Any:
    return hm.messages.send(
        inbox_id=31, creator_id=99, phone_number="+1 (555) 555-0100", text="Hello Ada Lovelace, your code is Zx81"
    )


def failed(door: Door, call: Any, status: int, body: Any, **options: Any) -> APIStatusError:
    with pytest.raises(APIStatusError) as caught:
        door(call, script=Script(answer(status, body)), max_retries=0, **options)
    return caught.value


def test_an_error_says_what_the_service_said_and_its_code(door: Door) -> None:
    said = "bad_data: creator_id: there is no user 99"
    error = failed(door, send, 400, {"error_code": "bad_data", "message": said})

    assert type(error) is BadRequestError
    assert str(error) == (
        f'400 (request id req-1): messages.send: the request was refused as malformed: "{said}" (code bad_data). '
        "The whole response is in error.text."
    )
    assert (error.message, error.code) == (said, "bad_data")


@pytest.mark.parametrize(
    "body",
    [
        {"message": "no such inbox"},
        {"error": "no such inbox"},
        {"error": {"message": "no such inbox"}},
        {"detail": "no such inbox"},
        {"errors": [{"message": "no such inbox"}]},
        "no such inbox",
        b"no such inbox\n",
    ],
)
def test_the_message_is_found_where_services_put_it(body: Any, door: Door) -> None:
    assert ': "no such inbox". ' in str(failed(door, send, 400, body))


@pytest.mark.parametrize(
    "body", [b"", b"<html>nginx</html>", {}, [], {"message": None}, {"message": 5}, {"error": {"error": {}}}, b"null"]
)
def test_a_body_without_a_message_adds_nothing(body: Any, door: Door) -> None:
    error = failed(door, send, 400, body)
    assert '"' not in str(error)
    assert error.message == ""


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ada Lovelace is unknown", "... is unknown"),
        ("no LOVELACE here, nor Ada", "no LOVELACE here, nor ..."),
        ("text 'Hello Ada Lovelace, your code is Zx81' is too long", "text ... is too long"),
        ("code Zx81", "code ..."),
        (f"to {PHONE}", "to ..."),
        ("to +1 (555) 555-0199.", "to ...0199."),
        ("to 1-555-555-0199", "to ...0199"),
        ("mail zoe@example.com now", "mail ... now"),
        ("see https://host/x?token=abc now", "see ... now"),
        (f"token {JWT}", "token ..."),
        (f"key {SECRET_KEY} is wrong", "key ... is wrong"),
        (f"key {'sEcReT' * 5}", "key ..."),
        (f"contact {CONTACT}", "contact ..."),
        ("'Grace Hopper' isn't 'inbox_id' nor 'tags[0].tag_id'", "... isn't 'inbox_id' nor 'tags[0].tag_id'"),
        ('"Grace Hopper" of "contacts"', "... of 'contacts'"),
        ("at most 5 tags until 2030-01-31", "at most 5 tags until 2030-01-31"),
        ("a\n\tb\x1b[31m\u202ec\ud800", "a b [31m c"),
        ("isn't what can't be", "isn't what can't be"),
        ("x " * 400, f"{'x ' * 100}..."),
    ],
)
def test_what_may_be_personal_or_secret_is_masked(said: str, shown: str, door: Door) -> None:
    error = failed(door, send, 422, {"message": said})
    assert f'"{shown}"' in str(error)
    assert error.message == said
    str(error).encode()


def test_a_path_value_and_a_query_value_are_masked(door: Door) -> None:
    error = failed(door, lambda hm: hm.contact_channels.get("ada-l", "phone"), 404, {"message": "no phone of ada-l"})
    assert ': "no phone of ...". ' in str(error)
    request = failed(
        door, lambda hm: hm.request("GET", "/v1/x", params={"name": "ada b"}), 404, {"message": "no ada b in x"}
    )
    assert ': "no ... in x". ' in str(request)


@pytest.mark.parametrize("code", ["to_15555550100", "ada@example.com", "Ada Lovelace", SECRET_KEY, PHONE])
def test_a_code_is_masked_too(code: str, door: Door) -> None:
    error = failed(door, send, 400, {"code": code})
    assert error.code == code
    assert code not in str(error)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"type": "https://example.com/problems/out-of-credit"}, "out-of-credit"),
        ({"type": "urn:problem:out-of-credit"}, "out-of-credit"),
        ({"type": "https://example.com/problems#out-of-credit"}, "out-of-credit"),
        ({"type": "https://example.com/problems/", "code": "no_credit"}, "no_credit"),
        ({"type": "about:blank"}, None),
        ({"type": 5}, None),
        ({}, None),
    ],
)
def test_a_problem_has_its_code_and_body(fields: dict[str, Any], code: str | None, door: Door) -> None:
    body = {"title": "You lack credit", "status": 403, "detail": "the balance is 3", **fields}
    problem = answer(403, body, Content_Type="application/problem+json; charset=utf-8")
    with pytest.raises(PermissionDeniedError, match="the balance is 3") as caught:
        door(send, script=Script(problem))
    assert (caught.value.code, caught.value.body) == (code, body)
    del body["detail"]
    assert "You lack credit" in str(failed(door, send, 403, body))


def test_only_a_problem_has_a_type_as_code(door: Door) -> None:
    assert failed(door, send, 403, {"type": "https://example.com/problems/out-of-credit"}).code is None


@pytest.mark.parametrize(
    "media", ["multipart/form-data", "application/x-www-form-urlencoded", "application/octet-stream"]
)
def test_what_a_form_and_headers_held_is_masked(media: str, door: Door) -> None:
    operation: Operation[Any] = Operation(
        name="things.send", method="POST", path="/things", path_params={}, status=200, expects="object", model="dict",
        build=lambda body: {"url": "/things", "json": body, "params": {"X-Name": "Grace Hopper"}},
        parse=lambda body: body, safe=False, media=media, headers=("X-Name",),
        security=SecurityScheme("Key", "header", "X-Key"),
    )  # fmt: skip
    body = b"a file" if media == "application/octet-stream" else {"name": "Ada Lovelace", "number": 5}
    said = {"message": "Ada Lovelace or Grace Hopper can't use sesame, and Hopper knows"}
    error = failed(door, lambda hm: hm._sender.send(operation, {"body": body}), 400, said, keys={"Key": "sesame" * 2})
    assert "Grace" not in str(error)
    assert "Hopper" not in str(error)
    assert ("Lovelace" in str(error)) == (media == "application/octet-stream")
    said = {"message": "sesamesesame is wrong"}
    error = failed(door, lambda hm: hm._sender.send(operation, {"body": body}), 400, said, keys={"Key": "sesame" * 2})
    assert '"... is wrong"' in str(error)


def test_a_large_request_and_a_large_response_cost_little(door: Door) -> None:
    contacts = [{"phone": f"+1555{n:07}", "first": f"Name{n}", "last": "Of Many"} for n in range(3000)]
    error = failed(
        door, lambda hm: hm.contacts.batch_create(contacts=contacts), 400, {"message": "Name2999 " + "a" * 5_000_000}
    )
    assert '"... aaa' in str(error) or '"..."' in str(error)
    assert len(str(error)) < 500


def test_neither_log_nor_traceback_has_what_was_said(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        error = failed(door, send, 400, {"message": f"unheard-of 15555550177 zoe@example.com {SECRET_KEY}"})
    assert "unheard-of" in str(error)
    assert "unheard-of" not in caplog.text
    for secret in ("15555550177", "zoe@example.com", SECRET_KEY):
        assert secret not in shown_in(error)
        assert secret not in caplog.text


def test_an_opt_out_is_an_error_of_its_own(door: Door) -> None:
    body = {"error_code": "unsubscribed_number", "message": "recipient: a recipient has opted out"}
    for status in (400, 403):
        error = failed(door, send, status, body)
        assert type(error) is RecipientOptedOutError
        assert isinstance(error, PermissionDeniedError)
        assert (error.status_code, error.code) == (status, "unsubscribed_number")
        assert 'has opted out: "recipient: a recipient has opted out" (code unsubscribed_number). Send' in str(error)
        assert type(pickle.loads(pickle.dumps(error))) is RecipientOptedOutError
    assert type(failed(door, send, 403, {"error_code": "denied"})) is PermissionDeniedError
    assert type(failed(door, send, 500, body)) is InternalServerError


def test_an_error_of_a_raw_call_names_the_path_without_values(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    path = f"/v2/contact-lists/{CONTACT}/{PHONE}/Ada/items"
    with caplog.at_level(logging.DEBUG):
        error = failed(door, lambda hm: hm.request("get", path), 404, b"")
    assert error.operation == "GET /v2/contact-lists/.../.../.../items"
    assert "req-1): GET /v2/contact-lists/.../.../.../items: nothing is there." in str(error)
    assert "Ada" not in caplog.text


@pytest.mark.parametrize("status", [429, 503])
def test_the_longest_retry_after_is_raised_at_once(status: int, door: Door, clock: FakeClock) -> None:
    with pytest.raises(APIStatusError) as caught:
        door(send, script=Script(answer(status, b"", Retry_After="1000000000")), timeout=300)
    assert (caught.value.retry_after, caught.value.attempts, clock.slept) == (1e9, 1, [])


@pytest.mark.parametrize("date", [{}, {"Date": "soon"}, {"Date": "Fri, 01 Jan 2100 00:00:00 GMT"}])
def test_a_401_without_a_date_to_believe_mentions_the_clock(date: dict[str, str], door: Door) -> None:
    with pytest.raises(AuthenticationError, match="Check this machine's clock too"):
        door(send, script=Script(answer(401, b"", **date)))


@pytest.mark.parametrize("base_url", ["https://api.heymarket.com/v1", "https://gateway.example/heymarket/v2/"])
def test_a_404_under_a_base_url_with_a_version_says_so(base_url: str, door: Door) -> None:
    error = failed(door, send, 404, b"", base_url=base_url)
    assert "The base URL ends in a version" in str(error)
    assert "The base URL" not in str(failed(door, send, 404, b"", base_url="https://gateway.example/heymarket"))
    assert type(error) is NotFoundError


def test_a_proxy_that_wants_credentials_is_named(door: Door) -> None:
    assert "proxy" in str(failed(door, send, 407, b""))


@pytest.mark.parametrize(
    ("request_id", "shown"),
    [
        ("d2367cc8-bc2b-4afe-a10b-18c69a319476", True),
        ("8f14e45fceea167a5a36dedd4bea2543", True),
        ("1-5f84c7a1-0123456789abcdef01234567", True),
        ("8c1d2e3f4a5b6c7d-FRA", True),
        (PHONE, False),
        (f"req-{PHONE}", False),
        (SECRET_KEY, False),
        ("kN4mQ7rT1vX8zB3dF6hJ9lP2sU5wY0aC", False),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIx.c2lnbmF0dXJl", False),
    ],
)
def test_a_request_id_that_is_a_number_or_a_key_is_not_shown(request_id: str, shown: bool, door: Door) -> None:
    with pytest.raises(BadRequestError) as caught:
        door(lambda hm: hm.team.get(), script=Script(answer(400, {}, X_Request_Id=request_id)))
    assert str(caught.value).startswith(f"400 (request id {request_id if shown else 'unprintable'}): ")
    assert caught.value.request_id == request_id


def test_a_message_in_another_charset_is_read(door: Door) -> None:
    body = '{"message": "the café is closed"}'.encode("latin-1")
    with pytest.raises(BadRequestError) as caught:
        door(
            lambda hm: hm.team.get(),
            script=Script(answer(400, body, Content_Type="application/json; charset=iso-8859-1")),
        )
    assert caught.value.message == "the café is closed"
