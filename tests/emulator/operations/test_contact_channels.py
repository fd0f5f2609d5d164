"""The channels of a contact: those of the seeded ones as they are read, and what writes make of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest
from openapi_schema_validator import OAS31Validator

from heymarket import BadRequestError, Heymarket, NotFoundError, description
from heymarket.emulator import create_app
from heymarket.emulator.seeds.built_in import EXAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.emulator import Emulator, EmulatorApp

SEEDED = [(name, channel.channel_type) for name, example in EXAMPLES.items() for channel in example.channels]


@pytest.fixture
def app(now: int) -> EmulatorApp:
    return create_app(clock=lambda: now)


def path(example: str, channel_type: str) -> str:
    return f"/v2/contact/{EXAMPLES[example].contact_id}/channel/{channel_type}"


def list_path(example: str) -> str:
    return f"/v2/contact/{EXAMPLES[example].contact_id}/channels"


def answer_schema() -> dict[str, Any]:
    (operation,) = (one for one in description.operations() if one.name == "contact_channels.get")
    schema = operation.spec["responses"]["200"]["content"]["application/json"]["schema"]
    return {**schema, "components": description.load()["components"]}


@pytest.mark.parametrize(("example", "channel_type"), SEEDED)
def test_every_seeded_channel_fits_the_description(
    ask: Callable[..., httpx.Response], app: EmulatorApp, example: str, channel_type: str
) -> None:
    answer = ask(app, path(example, channel_type))

    assert answer.status_code == 200
    assert answer.json()["channel_type"] == channel_type
    OAS31Validator(answer_schema(), format_checker=OAS31Validator.FORMAT_CHECKER).validate(answer.json())


def test_a_phone_channel_is_returned_whole(ask: Callable[..., httpx.Response], app: EmulatorApp) -> None:
    assert ask(app, path("phone", "phone")).json() == {
        "id": 1001,
        "team_id": 7,
        "contact_id": 501,
        "channel_type": "phone",
        "channel_id": "15555550100",
        "info_channel": "",
        "channel_handle": "ada",
        "created": "2025-01-15T09:30:00Z",
        "updated": "2025-01-15T09:30:00Z",
    }


def test_of_several_channels_the_requested_one_is_returned(
    ask: Callable[..., httpx.Response], app: EmulatorApp
) -> None:
    answers = [ask(app, path("several", kind)).json() for kind in ("facebook", "phone", "email")]

    assert [answer["channel_id"] for answer in answers] == ["100000000000002", "15555550101", "several@example.com"]
    assert len({answer["contact_id"] for answer in answers}) == 1
    assert len({answer["id"] for answer in answers}) == 3


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_list_has_each_channel_as_it_is_returned_alone(
    ask: Callable[..., httpx.Response], app: EmulatorApp, example: str
) -> None:
    listed = ask(app, list_path(example))

    assert listed.status_code == 200
    assert [channel["channel_type"] for channel in listed.json()] == [
        channel.channel_type for channel in EXAMPLES[example].channels
    ]
    assert listed.json() == [ask(app, path(example, one["channel_type"])).json() for one in listed.json()]


def test_the_odd_ones_are_odd_in_their_way(ask: Callable[..., httpx.Response], app: EmulatorApp) -> None:
    assert ask(app, path("non_ascii", "phone")).json()["channel_handle"] == "Zoë Åström 李小龍 🙂"
    assert ask(app, path("empty", "phone")).json()["info_channel"] == ""
    assert (
        not {"info_channel", "channel_handle", "created", "updated"} & ask(app, path("missing", "phone")).json().keys()
    )
    assert ask(app, path("unknown_type", "whatsapp")).json()["channel_type"] == "whatsapp"
    assert ask(app, path("extra_field", "phone")).json()["verified"] is True


def test_the_uuid_may_be_written_in_capitals(ask: Callable[..., httpx.Response], app: EmulatorApp) -> None:
    upper = path("phone", "phone").replace(EXAMPLES["phone"].contact_id, EXAMPLES["phone"].contact_id.upper())

    assert ask(app, upper).status_code == 200


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/v2/contact/ffffffff-0000-4000-8000-000000000000/channel/phone", "contact: there is no such contact"),
        ("/v2/contact/ffffffff-0000-4000-8000-000000000000/channels", "contact: there is no such contact"),
        ("/v2/contact/501/channels", "contact: the path takes a contact's UUID"),
        ("/v2/contact/501/channel/phone", "contact: the path takes a contact's UUID"),
        (path("several", "fax"), "channel: the contact has no channel of that type; it has phone, email, facebook"),
        (path("several", "Phone"), "channel: the contact has no channel of that type; it has phone, email, facebook"),
        (path("none", "phone"), "channel: the contact has no channel of that type; it has none at all"),
    ],
)
def test_what_is_not_there_is_a_404_with_the_reason(
    ask: Callable[..., httpx.Response], app: EmulatorApp, path: str, reason: str
) -> None:
    answer = ask(app, path)

    assert answer.status_code == 404
    assert answer.headers["X-Emulator-Refused"] == reason
    assert answer.json() == {"error_code": "not_found", "message": reason}


def test_example_ids_and_values_are_obviously_made_up() -> None:
    for example in EXAMPLES.values():
        assert example.contact_id.startswith("00000000-0000-4000-8000-")
        for channel in example.channels:
            assert channel.channel_id.startswith(("155555501", "1000000000")) or channel.channel_id.endswith(
                "@example.com"
            )


ADA = EXAMPLES["phone"].contact_id
SEVERAL = EXAMPLES["several"].contact_id


@pytest.fixture
def hm(heymarket_emulator: Emulator) -> Iterator[Any]:
    """A client, as `Any`: what an answer has may be missing for all that its type knows."""
    with Heymarket(**heymarket_emulator.settings) as client:
        yield client


def channels(hm: Any, contact_id: str) -> list[tuple[object, object]]:
    return [(one.channel_type, one.channel_id) for one in hm.contact_channels.list(contact_id)]


def test_a_channel_is_added_once(hm: Any) -> None:
    for _ in range(2):
        answer = hm.contact_channels.create(ADA, channel_type="email", channel_id="ada@example.org")

    assert [one.channel_type for one in answer] == ["phone", "email"]
    assert channels(hm, ADA) == [("phone", "15555550100"), ("email", "ada@example.org")]
    assert hm.contacts.get_v1(501).email == "ada@example.com"  # its own stays


def test_the_first_number_and_address_become_the_contacts(hm: Any) -> None:
    nobody = EXAMPLES["none"].contact_id
    hm.contact_channels.create(nobody, channel_type="phone", channel_id="15555550170")
    hm.contact_channels.create(nobody, channel_type="email", channel_id="linus@example.com")
    contact = hm.contacts.get(nobody)

    assert (contact.phone, contact.email) == ("15555550170", "linus@example.com")
    assert contact.rev == 3


def test_a_new_value_takes_the_place_of_the_one_before(hm: Any) -> None:
    hm.contact_channels.update(ADA, channel_type="phone", channel_id="15555550170")
    channel = hm.contact_channels.get(ADA, "phone")

    assert (channel.id, channel.channel_id, channel.channel_handle) == (1001, "15555550170", "ada")
    assert hm.contacts.get_v1(501).phone == "15555550170"


def test_a_number_that_goes_makes_way_for_the_next(hm: Any) -> None:
    hm.contact_channels.create(SEVERAL, channel_type="phone", channel_id="15555550170")
    hm.contact_channels.delete(SEVERAL, "phone")
    hm.contact_channels.delete(SEVERAL, "email")
    contact = hm.contacts.get(SEVERAL)

    assert channels(hm, SEVERAL) == [("facebook", "100000000000002"), ("phone", "15555550170")]
    assert (contact.phone, contact.email) == ("15555550170", "")


def test_a_channel_of_another_contact_is_refused(hm: Any) -> None:
    for write in (hm.contact_channels.create, hm.contact_channels.update):
        with pytest.raises(BadRequestError) as caught:
            write(ADA, channel_type="phone", channel_id="15555550101")
        assert "belongs to another contact" in caught.value.body["message"]

    assert channels(hm, ADA) == [("phone", "15555550100")]


@pytest.mark.parametrize(
    ("channel", "refused"),
    [
        ({"channel_type": "phone", "channel_id": "555"}, "bad_data: channel_id is no phone number"),
        ({"channel_type": "email", "channel_id": "nowhere"}, "bad_data: channel_id is no email address"),
        ({"channel_type": "", "channel_id": "somewhere"}, "bad_data: channel_type is missing"),
        ({"channel_type": "facebook", "channel_id": ""}, "bad_data: channel_id is empty"),
    ],
)
def test_a_value_that_its_type_cannot_have_is_refused(
    heymarket_emulator: Emulator, hm: Any, channel: dict[str, str], refused: str
) -> None:
    with pytest.raises(BadRequestError):
        hm.request("POST", f"/v2/contact/{ADA}/channel", json=channel)

    assert str(heymarket_emulator.journal[-1].refused).startswith(refused)
    assert channels(hm, ADA) == [("phone", "15555550100")]


def test_a_type_that_the_contact_lacks_is_not_found(hm: Any) -> None:
    with pytest.raises(NotFoundError):
        hm.contact_channels.update(ADA, channel_type="email", channel_id="ada@example.org")
    with pytest.raises(NotFoundError):
        hm.contact_channels.delete(ADA, "email")
