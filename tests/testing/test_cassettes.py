"""Cassettes: recorded from a service that is made up here, and replayed when it's gone."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar

import pytest

from heymarket import AsyncHeymarket, ConfigurationError, Heymarket, NotFoundError, auth
from heymarket.testing.cassettes import Cassette, CassetteError, problems
from heymarket.testing.cassettes.scrubber import Scrubber
from tests.fakes import SECRET_ID, SECRET_KEY, serving

PHONE = "14155552671"
CONTACT_ID = "5c9d3a1e-77b0-4f0e-9d2c-3f1a8b6e4d21"
CONTACT = {
    "id": 83177,
    "uuid": CONTACT_ID,
    "first": "Ada",
    "last": "Lovelace",
    "updated": "2024-03-04T05:06:07Z",
    "contact_channels": [{"channel_type": "phone", "channel_id": PHONE, "created": "2024-03-04T05:06:07Z"}],
}
PERSONAL = [PHONE, CONTACT_ID, "83177", "Lovelace", "ada.lovelace", SECRET_ID, SECRET_KEY, "Bearer", "eyJ"]


class Service(BaseHTTPRequestHandler):
    """A Heymarket with one contact; says more than it should when asked for a tag."""

    protocol_version = "HTTP/1.1"
    error: ClassVar[dict[str, str]] = {}
    asked: ClassVar[list[str]] = []
    statuses: ClassVar[list[int]] = []
    sent: ClassVar[list[dict[str, Any]]] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.command} {self.path} {self.headers['Accept-Encoding']}")
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"null")
        status = self.statuses.pop(0) if self.statuses else 200
        answer: Any = {"error": "Not now"} if status != 200 else CONTACT
        if status == 200 and self.path.endswith("/message/send"):
            self.sent[:] = [{"id": 4711001, "status": "sent", "author": "Ada Lovelace", "phone": PHONE, **body}]
            answer = {"id": 4711001, "date": "2024-03-04T05:06:07Z"}
        elif status == 200 and "/messages" in self.path:
            answer = [{name: self.sent[0][name] for name in ("id", "text", "local_id", "status", "author", "phone")}]
        elif status == 200 and "/tag/" in self.path:
            status, answer = 404, self.error
        self.send_response(status)
        data = json.dumps(answer).encode()
        for name, value in {
            "Content-Type": "application/json",
            "Content-Length": len(data),
            "Set-Cookie": "a=b",
        }.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(data)

    do_POST = do_GET  # noqa: N815 - as above

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class has it so
        """Nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    Service.asked.clear()
    Service.statuses.clear()
    with serving(Service) as base_url:
        yield base_url


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cassettes/test_mine/test_it.yaml"


Act = Callable[[Heymarket, Cassette], object]


@pytest.fixture
def record(service: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Cassette]:
    """Records what a test does, and takes the service and the credentials away again."""

    def recorded(act: Act, **environment: str) -> Cassette:
        with monkeypatch.context() as patch:
            for name, value in {
                "HEYMARKET_BASE_URL": service,
                "HEYMARKET_SECRET_ID": SECRET_ID,
                "HEYMARKET_SECRET_KEY": SECRET_KEY,
                **environment,
            }.items():
                patch.setenv(name, value)
            cassette = Cassette(path, record="all")
            with cassette as hm:
                act(hm, cassette)
        Service.asked.clear()
        return cassette

    return recorded


def replay(path: Path, act: Act) -> None:
    cassette = Cassette(path)
    with cassette as hm:
        act(hm, cassette)
    assert Service.asked == []


def look_and_send(hm: Heymarket, _: Cassette) -> None:
    contact = hm.contacts.get(CONTACT_ID)
    assert contact.uuid
    again = hm.contacts.get(contact.uuid)  # an id that an answer gave
    assert again.uuid == contact.uuid
    sent = hm.messages.send(inbox_id=31, creator_id=21, phone_number=f"+{PHONE}", text="Your table is ready.")
    (message,) = hm.messages.history(phone_number=PHONE, inbox_id=31).limit(1)
    assert message.id == sent.id
    assert message.text == "Your table is ready."
    assert message.status


def test_what_was_recorded_is_replayed(record: Callable[..., Cassette], path: Path) -> None:
    assert record(look_and_send).outcome == "new"

    replay(path, look_and_send)


def test_nothing_personal_and_nothing_secret_is_kept(record: Callable[..., Cassette], path: Path) -> None:
    record(look_and_send)

    text = path.read_text("utf-8")
    assert not [one for one in PERSONAL if one in text]
    assert "cookie" not in text.lower()
    assert "127.0.0.1" not in text
    assert "https://heymarket.invalid/" in text
    assert "origin: live" in text
    assert problems(text) == []


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("Ada Lovelace-Byron lives here", "text-1"),
        (
            '{"first": "Ada", "last": "Example", "text": "Hello!"}',
            '{"first": "text-1", "last": "text-2", "text": "text-3"}',
        ),
        ('{"channel_type": "phone"}', '{"channel_type": "phone"}'),
        (
            '{"custom": {"101": "x", "Jane Roe": 1}, "is_new": 1}',
            '{"custom": {"101": "text-1", "text-2": 1}, "is_new": 1}',
        ),
        ('["83177", 83177, 31]', '["100001", 100001, 31]'),
    ],
    ids=[
        "no JSON",
        "words of the examples",
        "a word of the API",
        "names that are nobody's members",
        "a number as a text",
    ],
)
def test_of_a_result_only_words_and_names_of_the_api_are_kept(body: str, kept: str) -> None:
    response = {"status": {"code": 200}, "headers": {}, "body": {"string": body.encode()}}
    request = SimpleNamespace(method="GET", headers={}, uri="https://heymarket.invalid/v1/team", body=None)

    Scrubber({}).scrub(request, response)

    assert response["body"] == {"string": kept.encode()}


def test_a_name_from_a_response_is_replaced_in_requests_too() -> None:
    scrubber = Scrubber({})
    for sent in (None, b'{"Jane Roe": 1, "phone": "x", "Other Name": 2}'):
        request = SimpleNamespace(method="GET", headers={}, uri="https://heymarket.invalid/v1/team", body=sent)
        answer = {"status": {"code": 200}, "headers": {}, "body": {"string": b'{"Jane Roe": "phone"}'}}
        scrubber.scrub(request, answer)

    assert request.body == b'{"text-1": 1, "phone": "x", "Other Name": 2}'


def test_bodies_are_asked_for_uncompressed(service: str, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"BASE_URL": service, "SECRET_ID": SECRET_ID, "SECRET_KEY": SECRET_KEY}.items():
        monkeypatch.setenv(f"HEYMARKET_{name}", value)

    with Cassette(path, record="new") as hm:
        hm.contacts.get(CONTACT_ID)

    assert Service.asked == [f"GET /v2/contact/{CONTACT_ID} identity"]


def test_a_value_of_the_account_has_a_made_up_one_on_the_cassette(record: Callable[..., Cassette], path: Path) -> None:
    def act(hm: Heymarket, cassette: Cassette) -> None:
        phone = cassette.own("MY_PHONE", "15555550100")
        contact = hm.contacts.get(cassette.own("MY_CONTACT", "00000000-0000-4000-8000-000000000001"))
        assert contact.contact_channels
        assert contact.contact_channels[0].channel_id == phone
        assert contact.id == cassette.own("MY_NUMBER", 501)

    record(act, MY_PHONE=PHONE, MY_CONTACT=CONTACT_ID, MY_NUMBER="83177")
    replay(path, act)

    text = path.read_text("utf-8")
    assert "/v2/contact/00000000-0000-4000-8000-000000000001" in text
    assert '"15555550100"' in text


@pytest.mark.parametrize("value", [None, "many"])
def test_a_value_of_the_account_that_is_missing_is_asked_for(
    record: Callable[..., Cassette], path: Path, value: str | None
) -> None:
    with pytest.raises(ConfigurationError, match="Recording needs MY_INBOX in the environment: a whole number"):
        record(lambda _, cassette: cassette.own("MY_INBOX", 31), **({"MY_INBOX": value} if value else {}))

    assert not path.exists()


def test_the_async_client_and_clients_from_the_environment_are_replayed_too(
    record: Callable[..., Cassette], path: Path
) -> None:
    record(lambda hm, _: [hm.contacts.get(CONTACT_ID) for _ in range(2)])

    async def act() -> None:
        async with Cassette(path) as hm, AsyncHeymarket() as mine:
            assert (await hm.contacts.get(CONTACT_ID)).id == (await mine.contacts.get(CONTACT_ID)).id

    asyncio.run(act())


def test_replays_do_not_wait_for_what_a_recording_waited_for(
    record: Callable[..., Cassette], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def act(hm: Heymarket, _: Cassette) -> None:
        assert hm.contacts.get(CONTACT_ID).first

    Service.statuses[:] = [503]
    record(act)
    path.write_text(path.read_text("utf-8").replace("code: 503", "code: 429"), "utf-8")
    pauses: list[float] = []
    monkeypatch.setattr(time, "sleep", pauses.append)

    replay(path, act)

    assert len(pauses) == 1
    assert pauses[0] <= 0.01  # the least pause after a 429 is a second


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (
            lambda hm, _: hm.messages.send(inbox_id=32, creator_id=21, phone_number=PHONE, text="Hello"),
            "is request 3 of 4. It differs in:\n    inbox_id: 32 was sent, 31 was recorded\n    text: a string of 5 c",
        ),
        (
            lambda hm, _: hm.tags.get(71),
            "Not requested yet: contacts.get, contacts.get, messages.send, messages.history.\n  If the program shoul",
        ),
        (
            lambda hm, _: hm.request("GET", "/v9/none"),
            "this GET of an undescribed path.\n  Called by tests/testing/test_",
        ),
        (
            lambda hm, _: None,
            "didn't make all requests of the cassette test_mine/test_it.yaml: contacts.get, contacts.get, messages",
        ),
    ],
)
def test_another_request_than_the_recorded_one_is_reported(
    record: Callable[..., Cassette], path: Path, act: Act, said: str
) -> None:
    record(look_and_send)

    with pytest.raises(CassetteError, match="he cassette test_mine/test_it") as raised:
        replay(path, act)

    assert said in str(raised.value)
    assert str(raised.value).endswith("run the test with --heymarket-record=all.")
    assert PHONE not in str(raised.value)


def test_a_request_to_the_default_address_is_kept_from_the_network_too(
    record: Callable[..., Cassette], path: Path
) -> None:
    record(lambda hm, _: hm.contacts.get(CONTACT_ID))

    with Cassette(path), Heymarket(SECRET_ID, SECRET_KEY, base_url="https://api.heymarket.com") as hm:
        assert hm.contacts.get(CONTACT_ID).first


@pytest.mark.parametrize(
    "secret",
    [
        auth.sign(SECRET_ID, SECRET_KEY, 1_700_000_000),
        SECRET_KEY,
        "sent with Bearer NotAJWTButAToken",
        "the key 9f86d081884c7d659a2feaa0c55ad015 is wrong",
    ],
)
def test_a_secret_in_the_wording_of_an_error_keeps_the_cassette_from_being_written(
    record: Callable[..., Cassette], path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setattr(Service, "error", {"error": secret})

    def act(hm: Heymarket, _: Cassette) -> None:
        with pytest.raises(NotFoundError):
            hm.tags.get(71)

    with pytest.raises(CassetteError, match="Not recorded") as raised:
        record(act)

    assert "interactions.0.response.body.string.0.1: " in str(raised.value)
    assert secret not in str(raised.value)
    assert not path.exists()


def test_the_credential_itself_is_looked_for_whatever_it_looks_like(
    record: Callable[..., Cassette], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Service, "error", {"error": "No, plain-words"})

    def act(hm: Heymarket, _: Cassette) -> None:
        with pytest.raises(NotFoundError):
            hm.tags.get(71)

    with pytest.raises(CassetteError, match="a credential that it was recorded with"):
        record(act, HEYMARKET_SECRET_KEY="plain-words")

    assert not path.exists()


def test_a_cassette_that_was_edited_is_refused(record: Callable[..., Cassette], path: Path) -> None:
    record(lambda hm, _: hm.contacts.get(CONTACT_ID))
    path.write_text(path.read_text("utf-8").replace("15555550001", PHONE), "utf-8")

    with pytest.raises(CassetteError, match="holds what it may not") as raised:
        replay(path, lambda *_: None)

    assert "what may be a phone or account number" in str(raised.value)
    assert PHONE not in str(raised.value)


def test_a_cassette_that_runs_code_is_refused(path: Path, tmp_path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(f"interactions: !!python/object/apply:os.mkdir [{tmp_path}/made]\n", "utf-8")

    with pytest.raises(CassetteError, match="this is not a cassette"):
        replay(path, lambda *_: None)

    assert not (tmp_path / "made").exists()


def test_a_failed_test_is_not_recorded(record: Callable[..., Cassette], path: Path) -> None:
    def act(hm: Heymarket, _: Cassette) -> None:
        hm.contacts.get(CONTACT_ID)
        raise AssertionError("no")

    with pytest.raises(AssertionError, match="no"):
        record(act)

    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\x00", "(it isn't UTF-8). Delete it, and record its test again, with --heymarket-record=new."),
        (b"\n", "(it is empty). Delete it, and record"),
        (b"<<<<<<< ours\na: 1\n=======\n>>>>>>> theirs\n", "(it has the marks of a merge conflict). Take one"),
    ],
)
def test_a_file_that_cannot_be_read_says_how_to_go_on(
    record: Callable[..., Cassette], path: Path, content: bytes, said: str
) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(content)

    with pytest.raises(CassetteError) as raised:
        replay(path, look_and_send)

    assert said in str(raised.value)
    assert record(look_and_send).outcome == "replaced"
    replay(path, look_and_send)


def test_names_that_differ_in_case_only_are_refused(record: Callable[..., Cassette], path: Path) -> None:
    record(look_and_send)

    with pytest.raises(CassetteError, match=r"The cassettes test_IT.yaml and test_it.yaml are one file where"):
        replay(path.with_name("test_IT.yaml"), look_and_send)


def test_a_day_in_a_text_is_no_phone_number(record: Callable[..., Cassette], path: Path) -> None:
    text = "Your table: 2026-11-27, or 2026-11-28 10:30, or 2026-11-29T12:00:00Z. Call 415-555-2671."

    def act(hm: Heymarket, _: Cassette, text: str = text) -> None:
        hm.messages.send(inbox_id=31, creator_id=21, phone_number="15555550100", text=text)

    record(act)

    assert "2026-11-27, or 2026-11-28 10:30, or 2026-11-29T12:00:00Z. Call 15555550" in " ".join(
        path.read_text("utf-8").split()
    )
    replay(path, act)
    with pytest.raises(CassetteError):
        replay(path, lambda hm, cassette: act(hm, cassette, text.replace("11-27", "11-26")))


def test_without_a_request_nothing_is_recorded(record: Callable[..., Cassette], path: Path) -> None:
    with pytest.raises(CassetteError, match="nothing was recorded"):
        record(lambda *_: None)

    assert not path.exists()


def test_a_name_that_may_not_be_kept_is_no_name_of_a_cassette(
    record: Callable[..., Cassette], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CassetteError, match="The name of the test would hold what may be a phone") as raised:
        with Cassette(tmp_path / f"test_send-{PHONE}.yaml", record="all"):
            pass

    assert PHONE not in str(raised.value)


def test_what_is_recorded_again_replaces_only_what_differs(record: Callable[..., Cassette], path: Path) -> None:
    record(lambda hm, _: hm.contacts.get(CONTACT_ID))
    earlier = path.read_text("utf-8").replace("recorded: '2", "recorded: '1")
    path.write_text(earlier, "utf-8")

    assert record(lambda hm, _: hm.contacts.get(CONTACT_ID)).outcome == "unchanged"
    assert path.read_text("utf-8") == earlier

    assert record(look_and_send).outcome == "replaced"
    replay(path, look_and_send)


def test_new_leaves_what_is_there(record: Callable[..., Cassette], path: Path) -> None:
    assert Cassette(path, record="new").recording
    record(lambda hm, _: hm.contacts.get(CONTACT_ID))

    assert not Cassette(path, record="new").recording


def test_a_missing_cassette_says_how_to_record_it(path: Path) -> None:
    with pytest.raises(CassetteError, match="There is no cassette test_mine/test_it") as raised:
        replay(path, lambda *_: None)

    assert "--heymarket-record=new" in str(raised.value)


def test_one_block_is_all_that_a_cassette_is_for(record: Callable[..., Cassette], path: Path) -> None:
    cassette = record(lambda hm, _: hm.contacts.get(CONTACT_ID))

    with pytest.raises(CassetteError, match="one with block"), cassette:
        pass


def test_recording_needs_credentials(path: Path) -> None:
    with pytest.raises(ConfigurationError, match="HEYMARKET_SECRET_ID"), Cassette(path, record="all"):
        pass


@pytest.mark.parametrize("package", ["vcr", "yaml"])
def test_without_the_extra_its_installation_is_named(package: str) -> None:
    program = f"import sys; sys.modules[{package!r}] = None; from heymarket.testing.cassettes import Cassette"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert done.stderr.endswith(
        f"heymarket.errors.ConfigurationError: Cassettes need the package {package}. "
        'Install it with: pip install "heymarket[testing]"\n'
    )


@pytest.mark.parametrize(("word", "kept"), [("e_mail", "e_mail"), ("WhatsApp", "WhatsApp"), ("Ada L.", "text-1")])
def test_a_word_in_a_field_that_has_an_enum_is_kept(word: str, kept: str) -> None:
    response = {"status": {"code": 200}, "headers": {}, "body": {"string": f'{{"channel_type": "{word}"}}'.encode()}}
    url = "https://heymarket.invalid/v2/contact/00000000-0000-4000-8000-000000000001/channel/phone"

    Scrubber({}).scrub(SimpleNamespace(method="GET", headers={}, uri=url, body=None), response)

    assert response["body"] == {"string": f'{{"channel_type": "{kept}"}}'.encode()}


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [
        ("X-RateLimit-Limit", "500", "500"),
        ("RateLimit-Reset", "1764200000", "1750000000"),
        ("Retry-After", "14155552671", "15555550001"),
    ],
)
def test_headers_about_a_limit_keep_their_numbers(name: str, value: str, kept: str) -> None:
    response = {"status": {"code": 200}, "headers": {name: [value], "X-Other": ["1"]}, "body": {"string": b"{}"}}
    request = SimpleNamespace(method="GET", headers={}, uri="https://heymarket.invalid/v1/team", body=None)

    Scrubber({}).scrub(request, response)

    assert response["headers"] == {name: [kept]}


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (("abc", "def"), ["request-1", "request-2"]),
        (
            ("5c9d3a1e-77b0-4f0e-9d2c-3f1a8b6e4d21", "5c9d3a1e-77b0-4f0e-9d2c-3f1a8b6e4d22"),
            ["00000000-0000-4000-8000-00000000f001", "00000000-0000-4000-8000-00000000f002"],
        ),
    ],
    ids=["strings", "UUIDs"],
)
def test_ids_of_requests_are_numbered(values: tuple[str, str], kept: list[str]) -> None:
    scrubber, found = Scrubber({}), list[str]()
    for value in values:
        response: dict[str, Any] = {
            "status": {"code": 200},
            "headers": {"X-Request-Id": [value]},
            "body": {"string": b"{}"},
        }
        request = SimpleNamespace(method="GET", headers={}, uri="https://heymarket.invalid/v1/team", body=None)
        scrubber.scrub(request, response)
        found += response["headers"]["X-Request-Id"]

    assert found == kept
