"""Answers are decoded softly: nothing has to be there, nothing is lost."""

from __future__ import annotations

import copy
import pickle
from typing import TYPE_CHECKING, Any

import pytest
from heymarket_openapi.models import ChannelType, Contact, ContactChannel
from heymarket_openapi.types import UNSET

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWER = {
    "id": 1001,
    "team_id": 7,
    "contact_id": 501,
    "channel_type": "phone",
    "channel_id": "15555550100",
    "info_channel": "",
    "channel_handle": "ada",
    "created": "2024-01-02T03:04:05+00:00",
    "updated": "2024-01-02T03:04:05+00:00",
}


def test_a_response_as_described() -> None:
    channel = ContactChannel.from_dict(ANSWER)
    assert channel.channel_id == "15555550100"
    assert channel.channel_type is ChannelType.PHONE
    assert channel.to_dict() == ANSWER


@pytest.mark.parametrize("field", ANSWER)
def test_a_missing_field_is_unset(field: str) -> None:
    answer = {name: value for name, value in ANSWER.items() if name != field}
    channel = ContactChannel.from_dict(answer)
    assert getattr(channel, field) is UNSET
    assert channel.to_dict() == answer


@pytest.mark.parametrize("field", ANSWER)
def test_null_is_none(field: str) -> None:
    channel = ContactChannel.from_dict({**ANSWER, field: None})
    assert getattr(channel, field) is None
    assert channel.to_dict() == {**ANSWER, field: None}


@pytest.mark.parametrize("field", ["id", "team_id", "contact_id"])
def test_an_id_that_is_a_string_stays_one(field: str) -> None:
    """D01 and D02: the vendor's pages don't agree on the type of these ids."""
    assert getattr(ContactChannel.from_dict({**ANSWER, field: "a text"}), field) == "a text"


def test_unknown_fields_are_kept() -> None:
    channel = ContactChannel.from_dict({**ANSWER, "verified": True})
    assert channel["verified"] is True
    assert channel.additional_properties == {"verified": True}
    assert channel.to_dict() == {**ANSWER, "verified": True}


def test_the_response_is_not_changed() -> None:
    answer = dict(ANSWER)
    ContactChannel.from_dict(answer)
    assert answer == ANSWER


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])  # noqa: S301
def test_copies_and_pickles_are_the_same(again: Callable[[Any], Any]) -> None:
    channel = ContactChannel.from_dict({"id": 1})
    assert again(channel) == channel
    assert again(channel).team_id is UNSET
    assert again(UNSET) is UNSET


def test_unset_is_short_and_false() -> None:
    assert repr(ContactChannel(id=UNSET)).startswith("ContactChannel(id=UNSET, ")
    assert not UNSET


def test_nothing_at_all() -> None:
    assert ContactChannel.from_dict({}) == ContactChannel()


def test_a_field_that_is_not_there_is_answered_with_those_that_are() -> None:
    contact = Contact(first="Ada")
    with pytest.raises(AttributeError, match=r"^Contact has no 'first_name'\. It has .*\bfirst, .*\blast\b"):
        _ = contact.first_name  # type: ignore[attr-defined] # it isn't there
    assert not hasattr(contact, "__array__")
