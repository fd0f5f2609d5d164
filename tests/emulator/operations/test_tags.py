"""Tags: made, listed, and taken off the contacts when they go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from heymarket import Heymarket, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from heymarket.emulator import Emulator


@pytest.fixture
def hm(heymarket_emulator: Emulator) -> Iterator[Any]:
    """A client, as `Any`: what an answer has may be missing for all that its type knows."""
    with Heymarket(**heymarket_emulator.settings) as client:
        yield client


def test_a_tag_that_was_made_is_read_back(hm: Any) -> None:
    made = hm.tags.create(tag="lapsed", color="#808080")
    tag = hm.tags.get(made.id)

    assert (tag.tag, tag.color, tag.team_id, tag.rev) == ("lapsed", "#808080", 7, made.rev)


def test_a_tag_can_be_put_on_a_contact_as_soon_as_it_is_made(hm: Any) -> None:
    made = hm.tags.create(tag="lapsed")
    hm.contacts.update_v1(501, phone="15555550100", tags=[{"tag_id": made.id}, {"tag_id": 71}, {"tag_id": 71}])

    assert [one.to_dict() for one in hm.contacts.get_v1(501).tags] == [{"tag_id": made.id}, {"tag_id": 71}]


def test_all_tags_are_listed_once_the_newest_first(hm: Any) -> None:
    made = [hm.tags.create(tag=f"tag {number}").id for number in range(40)]
    listed = [one.id for one in hm.tags.list()]

    assert listed == [*reversed(made), 72, 71]


def test_a_deleted_tag_comes_off_its_contacts(hm: Any) -> None:
    before = hm.contacts.get_v1(501).rev
    hm.tags.delete(71)
    contact = hm.contacts.get_v1(501)

    assert contact.tags == []
    assert contact.rev == before + 1
    assert [one.id for one in hm.tags.list()] == [72]


def test_a_tag_that_is_not_there_is_not_found(hm: Any) -> None:
    with pytest.raises(NotFoundError):
        hm.tags.get(999)
    with pytest.raises(NotFoundError):
        hm.tags.delete(999)
