"""Contacts that are written, read, listed and deleted: one record, whichever version of the API it is seen through."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from heymarket import BadRequestError, Heymarket, NotFoundError
from heymarket.emulator import create_app
from heymarket.emulator.domain import consent, contacts
from heymarket.emulator.seeds.built_in import EXAMPLES
from heymarket.emulator.seeds.loader import open_state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.emulator import Emulator

ADA = EXAMPLES["phone"].contact_id
PHONE = "15555550170"
OTHER = "15555550171"
NOBODY = "00000000-0000-4000-8000-00000000dead"


@pytest.fixture
def hm(heymarket_emulator: Emulator) -> Iterator[Any]:
    """A client, as `Any`: what an answer has may be missing for all that its type knows."""
    with Heymarket(**heymarket_emulator.settings) as client:
        yield client


def values(hm: Any, contact_id: str, channel_type: str = "phone") -> list[str]:
    channels = hm.contact_channels.list(contact_id)
    return [str(one.channel_id) for one in channels if one.channel_type == channel_type]


def test_what_v1_creates_both_versions_read(hm: Any) -> None:
    made = hm.contacts.create_v1(phone=PHONE, first="Linus", last="Example", custom={"101": "Silver"})
    v1, v2 = hm.contacts.get_v1(made.id), hm.contacts.get(made.uuid)

    assert made.rev == 1
    assert (v1.display_name, v1.phone, v1.custom.to_dict()) == ("Linus Example", PHONE, {"101": "Silver"})
    assert {
        **v1.to_dict(),
        "uuid": str(made.uuid),
        "contact_channels": v2.to_dict()["contact_channels"],
    } == v2.to_dict()
    assert values(hm, str(made.uuid)) == [PHONE]


def test_v1_reads_neither_uuid_nor_channels(hm: Any) -> None:
    for contact in (hm.contacts.get_v1(501), hm.contacts.lookup(id="501"), next(iter(hm.contacts.list_v1()))):
        assert not {"uuid", "contact_channels"} & contact.to_dict().keys()


def test_what_v2_creates_has_its_phone_in_v1(hm: Any) -> None:
    channels = [
        {"channel_type": "email", "channel_id": "linus@example.com"},
        {"channel_type": "phone", "channel_id": PHONE, "channel_handle": "linus"},
    ]
    made = hm.contacts.create(contact_channels=channels)
    contact = hm.contacts.lookup(phone=PHONE)

    assert (contact.id, contact.phone, contact.email) == (made.id, PHONE, "linus@example.com")
    assert hm.contact_channels.get(made.uuid, "phone").channel_handle == "linus"


@pytest.mark.parametrize(
    "create",
    [
        lambda hm: hm.contacts.create_v1(phone="15555550100", last="Byron"),
        lambda hm: hm.contacts.create(contact_channels=[{"channel_id": "15555550100"}], last="Byron"),
    ],
)
def test_a_known_number_means_the_contact_that_has_it(hm: Any, create: Callable[[Any], Any]) -> None:
    before = hm.contacts.count()
    made = create(hm)
    contact = hm.contacts.get_v1(501)

    assert (made.id, made.rev, str(made.uuid)) == (501, 2, ADA)
    assert (contact.first, contact.last, contact.display_name) == ("Ada", "Byron", "Ada Byron")
    assert contact.email == "ada@example.com"
    assert hm.contacts.count() == before


def test_an_update_clears_names_address_and_picture_that_it_leaves_out(hm: Any) -> None:
    hm.contacts.update_v1(501, phone="15555550100", avatar="https://example.com/ada.png")
    hm.contacts.update_v1(501, phone="15555550100", first="Augusta")
    contact = hm.contacts.get_v1(501)

    assert (contact.first, contact.last, contact.display_name) == ("Augusta", "", "Augusta")
    assert (contact.email, contact.avatar) == ("", "")
    assert contact.custom.to_dict() == {"101": "Gold"}
    assert [tag.to_dict() for tag in contact.tags] == [{"tag_id": 71}]
    assert contact.assigned_user_id == 21


def test_each_write_raises_the_revision_and_the_time(hm: Any) -> None:
    first = hm.contacts.get_v1(501)
    ref = hm.contacts.update(ADA, first="Augusta")
    second = hm.contacts.get_v1(501)

    assert (ref.id, ref.rev, second.rev, second.op) == (501, first.rev + 1, first.rev + 1, "update")
    assert second.updated > first.updated
    assert second.created == first.created


def test_custom_values_are_merged_unless_they_are_to_be_overwritten(hm: Any) -> None:
    (field,) = hm.contacts.create_fields(fields=[{"title": "Birthday"}])
    hm.contacts.update_v1(
        501, phone="15555550100", custom={str(field.id): "1 May", "no field": "dropped", "999": "too"}
    )
    merged = hm.contacts.get_v1(501).custom.to_dict()
    hm.contacts.update(ADA, custom={str(field.id): "2 May"}, overwrite=True)

    assert merged == {"101": "Gold", str(field.id): "1 May"}
    assert hm.contacts.get_v1(501).custom.to_dict() == {str(field.id): "2 May"}


def test_the_owner_is_set_and_taken_off(hm: Any) -> None:
    hm.contacts.update(ADA, assignee_id=22)
    owner = hm.contacts.get_v1(501).assigned_user_id
    hm.contacts.update(ADA, assignee_id=-1)

    assert owner == 22
    assert "assigned_user_id" not in hm.contacts.get_v1(501).to_dict()


def test_a_new_number_takes_the_place_of_the_one_before(hm: Any) -> None:
    hm.contacts.update_v1(501, phone=PHONE)

    assert values(hm, ADA) == [PHONE]
    assert hm.contacts.lookup(phone=PHONE).id == 501
    with pytest.raises(NotFoundError):
        hm.contacts.lookup(phone="15555550100")


def test_channels_of_an_update_are_added(hm: Any) -> None:
    hm.contacts.update(ADA, contact_channels=[{"channel_id": PHONE}, {"channel_id": "15555550100"}])

    assert values(hm, ADA) == ["15555550100", PHONE]
    assert hm.contacts.get_v1(501).phone == "15555550100"
    assert hm.contacts.lookup(phone=PHONE).id == 501


@pytest.mark.parametrize(
    ("call", "member"),
    [
        (lambda hm: hm.contacts.create_v1(phone=PHONE, tags=[{"tag_id": 999}]), "tag_id"),
        (lambda hm: hm.contacts.create_v1(phone=PHONE, tags=[{}]), "tag_id"),
        (lambda hm: hm.request("POST", "/v1/contact", json={"phone": PHONE, "tags": [{"tag_id": 71}] * 6}), "tags"),
        (lambda hm: hm.contacts.create_v1(phone=PHONE, assignee_id=999), "assignee_id"),
        (lambda hm: hm.contacts.create(contact_channels=[{"channel_type": "phone"}]), "channel_id"),
        (lambda hm: hm.contacts.create(contact_channels=[{"channel_id": "somewhere"}]), "channel_type"),
        (lambda hm: hm.contacts.update_v1(501, phone="15555550101"), "channel"),
        (lambda hm: hm.contacts.lookup(id="five"), "id"),
        (lambda hm: hm.contacts.set_status(id=501, status="sleeping"), "status"),
        (lambda hm: list(hm.contacts.list(limit=0)), "limit"),
        (lambda hm: hm.contacts.with_raw_response.list(page=-1), "page"),
        (lambda hm: list(hm.contacts.list_v1(order="shoe size")), "order"),
    ],
)
def test_what_cannot_be_is_refused_and_named(hm: Any, call: Callable[[Any], Any], member: str) -> None:
    before = hm.contacts.count()
    with pytest.raises(BadRequestError) as caught:
        call(hm)

    assert member in caught.value.body["message"]
    assert caught.value.code == "bad_data"
    assert hm.contacts.count() == before


@pytest.mark.parametrize(
    "call",
    [
        lambda hm: hm.contacts.get_v1(999),
        lambda hm: hm.contacts.update_v1(999, phone=PHONE),
        lambda hm: hm.contacts.delete_v1(999),
        lambda hm: hm.contacts.lookup(phone=PHONE),
        lambda hm: hm.contacts.get_status(phone=PHONE),
        lambda hm: hm.contacts.set_status(id=999, status="blocked"),
        lambda hm: hm.contacts.get(NOBODY),
        lambda hm: hm.contacts.update(NOBODY, first="Nobody"),
        lambda hm: hm.contacts.delete(NOBODY),
    ],
)
def test_a_contact_that_is_not_there_is_not_found(hm: Any, call: Callable[[Any], Any]) -> None:
    with pytest.raises(NotFoundError):
        call(hm)


def test_a_contact_is_opted_out_blocked_and_back_again(hm: Any) -> None:
    def status() -> tuple[object, ...]:
        found = hm.contacts.get_status(phone="15555550100")
        return found.unsubscribed, found.unsubscribed_admin, found.unsubscribed_contact, found.blocked

    assert status() == (False, False, False, False)
    hm.contacts.set_status(id=501, status="unsubscribed")
    hm.contacts.set_status(id=501, status="blocked")
    assert status() == (True, True, False, True)
    assert hm.contacts.get_v1(501).is_opted_out is True
    hm.contacts.set_status(phone="15555550100", status="active")
    assert status() == (True, True, False, False)
    hm.contacts.set_status(id=501, status="subscribed")
    assert status() == (False, False, False, False)


def test_an_opt_out_tells_the_webhook_once() -> None:
    state = open_state()
    contact = contacts.find_or_create(state, PHONE)
    contact = consent.opt_out(state, contact, by="contact")
    contact = consent.opt_out(state, contact, by="team")
    contact = consent.opt_in(state, contact)
    consent.opt_in(state, contact)

    events = [(one["type"], one["event_data"]) for one in state.deliveries.all()]
    assert events == [("target_opt_out", {"phone": PHONE}), ("target_opt_in", {"phone": PHONE})]


def test_a_write_can_opt_out(hm: Any) -> None:
    made = hm.contacts.create_v1(phone=PHONE, is_opted_out=True)
    assert hm.contacts.get_status(id=made.id).unsubscribed_admin is True
    hm.contacts.update_v1(made.id, phone=PHONE)
    assert hm.contacts.get_status(id=made.id).unsubscribed is True
    hm.contacts.update_v1(made.id, phone=PHONE, is_opted_out=False)
    assert hm.contacts.get_status(id=made.id).unsubscribed is False


def test_a_batch_skips_who_is_there_unless_told_to_overwrite(hm: Any) -> None:
    batch = [{"phone": "15555550100", "first": "Augusta"}, {"phone": PHONE, "first": "Linus"}]
    skipped = hm.contacts.batch_create(contacts=batch)
    written = hm.contacts.batch_create(contacts=batch, overwrite=True)

    assert [one.first for one in skipped] == ["Ada", "Linus"]
    assert [one.first for one in written] == ["Augusta", "Linus"]
    assert [one.id for one in skipped] == [one.id for one in written]


def test_in_a_bulk_write_some_fail_and_the_others_go_through(hm: Any) -> None:
    result = hm.contacts.bulk_upsert(
        contacts=[
            {"contact_id": ADA, "first": "Augusta"},
            {"contact_id": NOBODY, "first": "Nobody"},
            {"contact_channels": [{"channel_id": "somewhere"}]},
            {"first": "Unreachable"},
            {"contact_channels": [{"channel_id": PHONE}], "tags": [{"tag_id": 999}]},
            {"contact_channels": [{"channel_id": OTHER}], "first": "Linus"},
        ]
    )

    assert [(one.first, one.last) for one in result.contacts] == [("Augusta", "Example"), ("Linus", "")]
    assert [one.contact_channels[0].channel_id for one in result.contacts] == ["15555550100", OTHER]
    failed = [one.to_dict() for one in result.failed_contacts]
    assert [one["contact"].get("first") for one in failed] == ["Nobody", None, "Unreachable", None]
    assert [one["error"].partition(":")[0] for one in failed] == ["contact", "bad_data", "bad_data", "bad_data"]
    assert not any(PHONE in one["error"] for one in failed)


def test_contacts_are_found_by_the_values_of_channels_of_any_type(hm: Any) -> None:
    def found(**query: Any) -> list[object]:
        return [one.id for one in hm.contacts.search(contact_channels=[query])]

    assert found(channel_ids=["15555550100", "several@example.com", PHONE]) == [501, 504]
    assert found(channel_type="facebook", channel_ids=["100000000000001"]) == [503]
    assert found(channel_ids=["ada@example.com"]) == [501]
    assert found(channel_type="email", channel_ids=["15555550100"]) == []
    assert found() == []


def test_a_deleted_contact_takes_its_channels_along_and_leaves_its_conversations(
    heymarket_emulator: Emulator, hm: Any
) -> None:
    state = heymarket_emulator.state
    before = state.conversations.count(), state.messages.count()
    hm.contacts.delete(ADA)

    assert state.channels.count(contact_id=501) == 0
    assert (state.conversations.count(), state.messages.count()) == before
    assert hm.conversations.get(601).name == "15555550100"
    with pytest.raises(NotFoundError):
        hm.contacts.get_v1(501)


def test_many_are_deleted_at_once_and_those_that_are_gone_do_no_harm(hm: Any) -> None:
    before = hm.contacts.count()
    uuids = [ADA, EXAMPLES["email"].contact_id, NOBODY]
    hm.contacts.bulk_delete(contact_channels=[{"channel_type": "id", "channel_ids": uuids}])

    assert hm.contacts.count() == before - 2


def test_a_field_of_the_same_title_is_not_made_twice(hm: Any) -> None:
    fields = hm.contacts.create_fields(fields=[{"title": "Membership"}, {"title": "Birthday"}])

    assert [(one.id, one.duplicate) for one in fields] == [(101, True), (102, False)]
    assert [one.to_dict() for one in hm.contacts.list_fields()] == [
        {"id": 101, "title": "Membership"},
        {"id": 102, "title": "Birthday"},
    ]


def test_all_contacts_are_listed_once_by_cursor_and_by_number(hm: Any) -> None:
    hm.contacts.batch_create(contacts=[{"phone": str(15555551000 + number)} for number in range(95)])
    by_cursor = [one.id for one in hm.contacts.list_v1()]
    by_number = [one.id for one in hm.contacts.list(limit=10)]

    assert by_cursor == by_number == sorted(by_cursor, reverse=True)
    assert len(by_cursor) == hm.contacts.count() == 105
    assert [one.id for one in hm.contacts.list(ascending=True, limit=40)] == by_cursor[::-1]
    assert [one.id for one in hm.contacts.with_raw_response.list_v1(page=2, limit=20).parsed] == by_cursor[20:40]


def test_a_cursor_leaves_out_what_it_names(hm: Any) -> None:
    newest, second, *_ = hm.contacts.with_raw_response.list_v1().parsed
    moment = second.updated
    assert isinstance(moment, dt.datetime)

    assert next(iter(hm.contacts.list_v1(date=moment))).id == second.id - 1
    assert [one.id for one in hm.contacts.with_raw_response.list_v1(date=moment, ascending=True).parsed] == [newest.id]
    assert hm.contacts.with_raw_response.list(limit=2**62, page=2**62).parsed == []


def test_what_was_written_last_is_listed_first(hm: Any) -> None:
    hm.contacts.update(ADA, first="Augusta")

    assert hm.contacts.with_raw_response.list_v1().parsed[0].id == 501
    assert hm.contacts.with_raw_response.list_v1(order="created").parsed[-1].id == 501


def test_a_state_without_any_contact_lists_none() -> None:
    app = create_app(seed={})

    assert app.state.contacts.page() == []
    assert app.state.contacts.count() == 0
    app.close()


def test_a_field_in_a_list_is_named_as_in_python(hm: Any) -> None:
    with pytest.raises(BadRequestError) as caught:
        hm.contacts.batch_create(contacts=[{"phone": "15555550177"}, {"phone": "15555550178", "custom": {"x": 1}}])
    assert caught.value.message == "bad_data: [1].custom.x has to be of type string"
