"""Lists: one record for v1 and v2, whose members are contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from heymarket import BadRequestError, Heymarket, NotFoundError
from heymarket.emulator.domain.contacts import list_members

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.emulator import Emulator

PHONE = "15555550170"
OTHER = "15555550171"


@pytest.fixture
def hm(heymarket_emulator: Emulator) -> Iterator[Any]:
    """A client, as `Any`: what an answer has may be missing for all that its type knows."""
    with Heymarket(**heymarket_emulator.settings) as client:
        yield client


def targets(hm: Any, list_id: Any) -> Any:
    return hm.lists.get_v1(list_id).to_dict()["targets"]


def test_what_v2_creates_v1_reads(hm: Any) -> None:
    made = hm.lists.create(title="Regulars", contacts=[501], phones=[PHONE], emails=["linus@example.com"])
    record = hm.lists.get_v1(made.id)

    assert (record.name, record.rev, record.team_id) == ("Regulars", 1, 7)
    assert targets(hm, made.id) == {"15555550100": {"f": "Ada", "l": "Example"}, PHONE: {"f": "", "l": ""}}


def test_unknown_numbers_and_addresses_become_contacts(heymarket_emulator: Emulator, hm: Any) -> None:
    hm.lists.create(title="Regulars", phones=[PHONE, "15555550100"], emails=["linus@example.com", "ada@example.com"])
    record = heymarket_emulator.state.lists.page()[0]
    found = hm.contacts.search(contact_channels=[{"channel_ids": [PHONE, "linus@example.com"]}])

    assert record["_contact_ids"] == [found[0].id, 501, found[1].id]
    assert [one.phone for one in list_members(heymarket_emulator.state, record)] == ["15555550100", PHONE]


def test_a_repeated_local_id_makes_no_second_list(hm: Any) -> None:
    first = hm.lists.create(title="Regulars", local_id="regulars", contacts=[501])
    second = hm.lists.create(title="Regulars again", local_id="regulars", contacts=[502])

    assert second == first
    assert [one.name for one in hm.lists.list_v1()] == ["Regulars", "Newsletter"]


def test_members_are_replaced_added_and_removed(hm: Any) -> None:
    hm.lists.update(41, contacts=[504])
    assert list(targets(hm, 41)) == ["15555550101"]
    hm.lists.update(41, add_contacts=[506], add_phones=[PHONE], phones=[OTHER])
    assert list(targets(hm, 41)) == ["15555550101", "15555550102", OTHER, PHONE]
    ref = hm.lists.update(41, title="Some", remove_contacts=[504, 999], remove_phones=[PHONE, "15555550179"])
    assert list(targets(hm, 41)) == ["15555550102", OTHER]
    assert (ref.id, ref.rev, hm.lists.get_v1(41).name) == (41, 4, "Some")


def test_an_address_is_added_and_removed(heymarket_emulator: Emulator, hm: Any) -> None:
    hm.lists.update(41, contacts=[501])
    hm.lists.update(41, add_emails=["grace@example.com"])
    assert (heymarket_emulator.state.lists.get(41) or {})["_contact_ids"] == [501, 502]
    hm.lists.update(41, remove_emails=["grace@example.com", "nobody@example.com"])
    assert (heymarket_emulator.state.lists.get(41) or {})["_contact_ids"] == [501]


def test_v1_writes_members_with_names_that_new_contacts_get(hm: Any) -> None:
    names = {PHONE: {"f": "Linus", "l": "Example"}, "15555550100": {"f": "Somebody", "l": "Else"}}
    made = hm.lists.create_v1(title="Regulars", members=names)

    assert targets(hm, made.id) == {
        "15555550100": {"f": "Ada", "l": "Example"},
        PHONE: {"f": "Linus", "l": "Example"},
    }
    assert hm.contacts.lookup(phone=PHONE).display_name == "Linus Example"


def test_v1_adds_and_removes_one_number(hm: Any) -> None:
    hm.lists.update_v1(41, title="Newsletter", add_phone=PHONE)
    assert list(targets(hm, 41)) == ["15555550100", PHONE]
    hm.lists.update_v1(41, title="Newsletter", remove_phone="15555550100")
    assert list(targets(hm, 41)) == [PHONE]
    hm.lists.update_v1(41, title="Newsletter", members={OTHER: {}})
    assert list(targets(hm, 41)) == [OTHER]


def test_the_team_says_how_long_a_list_may_be(heymarket_emulator: Emulator, hm: Any) -> None:
    state = heymarket_emulator.state
    state.team.put({**(state.team.first() or {}), "list_size": 2})
    hm.lists.update(41, contacts=[501, 501, 502])
    with pytest.raises(BadRequestError) as caught:
        hm.lists.update(41, add_phones=[PHONE])

    assert "list_size" in caught.value.body["message"]
    assert len((state.lists.get(41) or {})["_contact_ids"]) == 2
    with pytest.raises(NotFoundError):  # nothing of a refused call stays
        hm.contacts.lookup(phone=PHONE)


def test_unknown_contacts_are_refused(hm: Any) -> None:
    with pytest.raises(BadRequestError):
        hm.lists.create(title="Regulars", contacts=[501, 999])
    with pytest.raises(BadRequestError):
        hm.lists.update(41, add_contacts=[999])


def test_a_deleted_contact_is_on_no_list(hm: Any) -> None:
    before = hm.lists.get_v1(41).rev
    hm.contacts.delete_v1(501)

    assert targets(hm, 41) == {}
    assert hm.lists.get_v1(41).rev == before + 1


@pytest.mark.parametrize(
    "delete",
    [
        lambda hm: hm.lists.delete(41),
        lambda hm: hm.lists.delete(41, contact_ids=[501]),
        lambda hm: hm.lists.delete_v1(41),
    ],
)
def test_a_list_is_deleted_and_its_contacts_stay(hm: Any, delete: Callable[[Any], Any]) -> None:
    delete(hm)

    assert hm.contacts.get_v1(501).id == 501
    for again in (hm.lists.get_v1, hm.lists.update, hm.lists.delete, hm.lists.delete_v1):
        with pytest.raises(NotFoundError):
            again(41)
    with pytest.raises(NotFoundError):
        hm.lists.update_v1(41, title="Gone")


def test_all_lists_are_listed_once_the_newest_first(hm: Any) -> None:
    made = [hm.lists.create(title=f"List {number}", contacts=[501]).id for number in range(35)]

    assert [one.id for one in hm.lists.list_v1()] == [*reversed(made), 41]
