"""What programs send for nothing counts as not given, and what is read can be sent back."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from heymarket.emulator import Emulator, EmulatorApp, create_app
from heymarket.emulator.api.absence import BodyFields
from heymarket.emulator.seeds.built_in import BUILT_IN, LEGACY

Call = Callable[..., httpx.Response]
SEND = "/v1/message/send"
TEXT = {"inbox_id": 31, "creator_id": 21, "phone_number": "15555550100", "text": "Hi"}


def caller(app: EmulatorApp) -> Call:
    def call(method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            headers = {"Authorization": f"Bearer {LEGACY.key}"}
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app), base_url="http://emulator", headers=headers
            ) as client:
                return await client.request(method, path, **({} if body is None else {"json": body}), **options)

        return asyncio.run(send())

    return call


@pytest.fixture
def app() -> Iterator[EmulatorApp]:
    app = create_app(limit=10**9)
    yield app
    app.close()


@pytest.fixture
def call(app: EmulatorApp) -> Call:
    return caller(app)


@pytest.fixture
def strict() -> Iterator[Call]:
    app = create_app(limit=10**9, strict=True)
    yield caller(app)
    app.close()


@pytest.mark.parametrize(
    ("path", "body", "passed"),
    [
        (SEND, {**TEXT, "media_url": None}, "media_url: null"),
        (SEND, {**TEXT, "media_url": "", "local_id": ""}, 'media_url: "", local_id: ""'),
        (SEND, {**TEXT, "local_id": None, "private": None, "targets": None},
         "local_id: null, private: null, targets: null"),
        (SEND, {**TEXT, "targets": [], "chat_id": 0, "list_id": 0, "template_id": 0},
         "targets: [], chat_id: 0, list_id: 0, template_id: 0"),
        ("/v1/contact", {"phone": "15555550177", "last": None, "email": None, "tags": None, "custom": None},
         "last: null, email: null, tags: null, custom: null"),
        ("/v1/contact", {"phone": "15555550177", "email": "", "assignee_id": 0}, 'email: "", assignee_id: 0'),
        ("/v1/contact", {"phone": "15555550177", "custom": {"101": None}}, "custom.101: null"),
        ("/v1/contact", {"phone": "15555550177", "custom": []}, "custom: []"),
        ("/v1/messages/all", {"created_at": None}, "created_at: null"),
        ("/v1/messages/all", {"created_at": "", "limit": 0}, 'created_at: "", limit: 0'),
        ("/v1/contacts", {"date": None, "page": 0}, "date: null, page: 0"),
        ("/v1/contacts", [], "body: []"),
        ("/v1/templates", [], "body: []"),
        ("/v1/lists", [], "body: []"),
        ("/v1/contact-fields", [], "body: []"),
        ("/v1/list", {"title": "VIP", "members": []}, "members: []"),
        ("/v1/conversations", {"id": 21}, "filters: missing"),
        ("/v1/conversations", {"id": 0, "filters": []}, "filters: []"),
        ("/v1/contact/status", {"id": 501, "phone": ""}, 'phone: ""'),
        ("/v2/contact", {"contact_channels": [{"channel_type": "phone", "channel_id": "15555550177",
                                               "channel_handle": None}]}, "contact_channels[].channel_handle: null"),
        ("/v2/lists", {"title": "VIP", "local_id": "a", "contacts": [501], "phones": [], "emails": None},
         "phones: [], emails: null"),
        ("/v1/schedule", {"inbox_id": 31, "execute_at": "2099-01-01T09:00:00Z", "content": {"text": "x", "template": 0},
                          "phone_number": "15555550100", "conversation_id": 0, "user_id": 0},
         "content.template: 0, conversation_id: 0, user_id: 0"),
    ],
)  # fmt: skip
def test_what_is_sent_for_nothing_counts_as_not_given(call: Call, path: str, body: Any, passed: str) -> None:
    response = call("POST", path, body)

    assert response.status_code == 200, response.text
    assert response.headers["X-Emulator-Passed"] == passed


@pytest.mark.parametrize(
    ("path", "body", "passed"),
    [
        ("/v1/batch/contacts", [{"phone": "15555550177", "first_name": "Zed"}],
         "[].first_name: not described (first?)"),
        ("/v1/conversations", {"id": 21, "filters": {"clsoed": True}}, "filters.clsoed: not described (closed?)"),
        ("/v1/contact", {"phone": "15555550177", "15555550178": 1}, "...0178: not described"),
        ("/v1/contact?overwite=true", {"phone": "15555550177"}, "overwite: not described"),
    ],
)  # fmt: skip
def test_a_field_that_is_not_described_is_named(call: Call, strict: Call, path: str, body: Any, passed: str) -> None:
    for response in (call("POST", path, body), strict("POST", path, body)):
        assert response.status_code == 200, response.text
        assert response.headers["X-Emulator-Passed"] == passed


def test_names_that_the_caller_chooses_are_described(call: Call) -> None:
    contact = {"phone": "15555550177", "custom": {"101": "Gold", "any": "thing"}}
    assert "X-Emulator-Passed" not in call("POST", "/v1/contact", contact).headers


def test_a_request_that_is_as_described_passes_without_a_word(call: Call) -> None:
    assert "X-Emulator-Passed" not in call("POST", SEND, TEXT).headers
    first = call("POST", "/v2/contacts/list", {"limit": 2, "page": 0})  # pages begin at 0 there
    assert (len(first.json()), "X-Emulator-Passed" in first.headers) == (2, False)


@pytest.mark.parametrize(
    "body",
    [
        {**TEXT, "media_url": None},
        {**TEXT, "media_url": ""},
        {**TEXT, "targets": []},
        {**TEXT, "chat_id": 0},
        {"inbox_id": 31, "phone_number": "15555550100", "text": "Hi"},
    ],
)
def test_strict_refuses_it(strict: Call, body: Any) -> None:
    assert strict("POST", SEND, body).status_code == 400


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({**TEXT, "inbox_id": None}, "inbox_id has to be of type integer"),
        ({**TEXT, "inbox_id": 0}, "inbox_id: there is no inbox 0"),
        ({**TEXT, "text": ""}, "text is empty"),
        ({**TEXT, "text": None}, "has to have at least one of text"),
        ({**TEXT, "phone_number": ""}, "exactly one of phone_number"),
        ({**TEXT, "phone_number": "", "chat_id": 0}, "exactly one of phone_number"),
        ({**TEXT, "creator_id": "21"}, "creator_id has to be of type integer"),
        ({**TEXT, "media_url": "picture"}, "media_url is no URL"),
        ([TEXT], "body has to be of type object"),
        ([], "inbox_id is missing"),
    ],
)
def test_what_has_to_be_there_is_still_asked_for(call: Call, body: Any, why: str) -> None:
    response = call("POST", SEND, body)

    assert response.status_code == 400
    assert why in response.json()["message"]


def test_the_journal_says_what_was_let_pass(app: EmulatorApp, call: Call) -> None:
    call("POST", SEND, {**TEXT, "media_url": None})

    assert list(app.journal[-1].passed) == ["media_url: null"]
    assert app.journal[-1].document()["passed"] == ("media_url: null",)


def test_the_names_of_many_are_counted_and_numbers_are_hidden(call: Call) -> None:
    members = {f"155555501{number:02}": {"f": None} for number in range(50)}
    response = call("POST", "/v1/list", {"title": "VIP", "members": members})

    assert response.headers["X-Emulator-Passed"].startswith("members....0100.f: null, members....0101.f: null, ")
    assert response.headers["X-Emulator-Passed"].endswith(", and 30 more")


def test_history_without_an_inbox_is_that_of_all_inboxes(call: Call, strict: Call) -> None:
    for inbox_id, creator_id in ((31, 21), (32, 21)):
        call("POST", SEND, {**TEXT, "inbox_id": inbox_id, "creator_id": creator_id, "text": f"from {inbox_id}"})

    response = call("GET", "/v1/messages", params={"phoneNumber": "15555550100", "limit": 200})

    assert {"from 31", "from 32"} <= {message["text"] for message in response.json()}
    assert response.headers["X-Emulator-Passed"] == "limit: not described, inboxID: missing"
    empty = call("GET", "/v1/messages", params={"phoneNumber": "15555550100", "inboxID": "0", "timestamp": ""})
    assert len(empty.json()) == len(response.json())
    assert empty.headers["X-Emulator-Passed"] == "inboxID: 0, inboxID: missing, timestamp: empty"
    assert strict("GET", "/v1/messages", params={"phoneNumber": "15555550100"}).status_code == 400


def test_a_message_may_come_without_a_sender(app: EmulatorApp, call: Call) -> None:
    app.state.users.put({**(app.state.users.get(22) or {}), "email": "grace@example.com"})
    body = {name: value for name, value in TEXT.items() if name != "creator_id"}
    senders = []
    for named in ({}, {"creator_email": "grace@example.com"}, {"creator_id": None}):
        response = call("POST", SEND, {**body, **named})
        assert response.status_code == 200, response.text
        senders.append((app.state.messages.get(response.json()["id"]) or {})["user"])
        assert "creator_id: " in response.headers["X-Emulator-Passed"]

    assert senders == [21, 22, 21]
    assert call("POST", SEND, {**body, "creator_email": "nobody@example.com"}).status_code == 400


@pytest.mark.parametrize(
    ("path", "changed"), [("/v1/template/51", "title: missing"), ("/v1/list/41", "title: missing")]
)
def test_templates_and_lists_that_were_read_can_be_sent_back(call: Call, path: str, changed: str) -> None:
    before = call("GET", path).json()
    response = call("PUT", path, before)

    assert response.status_code == 200
    assert changed in response.headers["X-Emulator-Passed"]
    assert without_times(call("GET", path).json()) == without_times(before)


def test_a_number_is_still_needed_where_there_is_one(call: Call) -> None:
    response = call("PUT", "/v1/contact/501", {"first": "Ada", "phone": ""})

    assert response.json()["message"] == "bad_data: phone is missing, and the contact has one"


def test_zero_and_empty_lists_keep_their_meaning_where_they_have_one(call: Call) -> None:
    call("PUT", "/v1/contact/501", {"phone": "15555550100", "tags": [{"tag_id": 71}]})
    call("PUT", "/v1/contact/501", {"phone": "15555550100", "tags": []})

    assert call("GET", "/v1/contact/501").json()["tags"] == []
    assert call("POST", "/v1/conversations", {"id": 0, "filters": {}, "assigned": 0}).json() != []
    assert call("POST", "/v2/lists", {"title": "VIP", "local_id": "a", "contacts": []}).status_code == 200


def test_of_fields_of_which_one_is_needed_an_empty_list_counts_and_an_empty_string_does_not(call: Call) -> None:
    bodies: list[Any] = [{"phone": "", "email": []}, {"phone": [], "email": []}, {"phone": ""}]
    responses = [call("GET", "/v1/users/get", body) for body in bodies]
    assert [response.status_code for response in responses] == [200, 200, 400]


def test_a_schema_that_contains_itself_is_read_once() -> None:
    node = {"type": "object", "properties": {"inner": {"$ref": "#/node"}, "name": {"type": "string"}}}
    fields = BodyFields.of({"$ref": "#/node"}, {"node": node})
    passed: list[str] = []

    assert fields is not None
    assert fields.drop_absent({"name": None, "inner": {"name": None}}, passed) == {"inner": {"name": None}}
    assert passed == ["name: null"]


def without_times(record: Any) -> Any:
    return {name: value for name, value in record.items() if name not in {"rev", "updated", "op"}}


def some_contacts(number: int) -> dict[str, Any]:
    """A seed with contacts of all sorts: with and without each field, empty and not."""
    chance = random.Random(13)  # noqa: S311 - to spread, not to hide
    contacts: list[dict[str, Any]] = []
    for index in range(number):
        channels = [
            {"channel_type": kind, "channel_id": value, **chance.choice([{}, {"channel_handle": "x"}])}
            for kind, value in (
                ("phone", f"1555556{index:04}"),
                ("phone", f"1555557{index:04}"),
                ("email", f"c{index}@example.com"),
                ("whatsapp", f"w{index}"),
            )
            if chance.random() < 0.5
        ]
        fields: dict[str, list[Any]] = {
            "first": ["", "Ada", "Zoë 🙂"],
            "last": ["", "Example"],
            "display_name": ["", "Ada E."],
            "email": ["", f"d{index}@example.com"],
            "avatar": ["", "https://example.com/a.png"],
            "custom": [{}, {"101": "Gold"}, {"101": ""}],
            "tags": [[], [{"tag_id": 71}]],
            "is_opted_out": [True, False],
            "assigned_user_id": [21, 0],
            "external_id": ["", "x"],
            "inbox_id": [31],
            "note": [[], [{"id": "1", "text": "note"}]],
            "_unsubscribed_contact": [True],
        }
        given = {name: chance.choice(values) for name, values in fields.items() if chance.random() < 0.6}
        contacts.append({**given, "contact_channels": channels})
    return {**{name: BUILT_IN[name] for name in ("team", "users", "inboxes", "fields", "tags")}, "contacts": contacts}


def round_trips(app: EmulatorApp, times: int) -> None:
    call = caller(app)
    for contact in app.state.contacts.all():
        for path in (f"/v1/contact/{contact['id']}", f"/v2/contact/{contact['uuid']}"):
            for _ in range(times):
                before = call("GET", path).json()
                status = call("POST", "/v1/contact/status", {"id": contact["id"]}).json()
                response = call("PUT", path, before)
                assert response.status_code == 200, (before, response.text)
                after = call("GET", path).json()
                assert without_times(after) == without_times(before)
                assert after["rev"] == before["rev"] + 1
                assert call("POST", "/v1/contact/status", {"id": contact["id"]}).json() == status


@pytest.mark.parametrize(("contacts", "times"), [(None, 10), (60, 2)], ids=["seeded", "random"])
def test_a_contact_that_was_read_can_be_sent_back(contacts: int | None, times: int) -> None:
    app = create_app(limit=10**9, seed=None if contacts is None else some_contacts(contacts))
    round_trips(app, times)
    app.close()


def test_php_can_send_back_what_it_read(call: Call) -> None:
    before = call("GET", "/v1/contact/501").json()
    response = call("PUT", "/v1/contact/501", {**before, "custom": []})  # an empty object, read into an array

    assert "custom: []" in response.headers["X-Emulator-Passed"].split(", ")
    assert without_times(call("GET", "/v1/contact/501").json()) == without_times(before)


def test_the_emulator_takes_the_switch() -> None:
    with Emulator(strict=True) as emulator:
        response = httpx.post(
            emulator.base_url + SEND,
            json={**TEXT, "media_url": None},
            headers={"Authorization": f"Bearer {emulator.api_key}"},
            trust_env=False,
        )
    assert response.status_code == 400
