"""Enums take texts they don't know: the service may add some at any time."""

from __future__ import annotations

import copy
import gc
import json
import pickle
import weakref
from typing import TYPE_CHECKING, Any

import pytest
from heymarket_openapi.models import ChannelType, ContactChannel

if TYPE_CHECKING:
    from collections.abc import Callable

UNKNOWN = "carrier pigeon"


def test_a_known_string_is_the_enum_member() -> None:
    assert ChannelType("phone") is ChannelType.PHONE
    assert ChannelType("phone") == "phone"


def test_an_unknown_string_is_a_member_that_keeps_it() -> None:
    channel_type = ChannelType(UNKNOWN)
    assert isinstance(channel_type, ChannelType)
    assert channel_type == UNKNOWN
    assert hash(channel_type) == hash(UNKNOWN)
    assert (channel_type.value, channel_type.name) == (UNKNOWN, UNKNOWN)
    assert (str(channel_type), f"{channel_type:>20}") == (UNKNOWN, f"{UNKNOWN:>20}")
    assert json.dumps(channel_type) == f'"{UNKNOWN}"'
    assert UNKNOWN in repr(channel_type)


def test_unknown_members_are_equal_to_each_other_and_to_nothing_else() -> None:
    assert ChannelType(UNKNOWN) == ChannelType(UNKNOWN)
    assert {ChannelType(UNKNOWN): 1}[ChannelType(UNKNOWN)] == 1
    assert ChannelType(UNKNOWN) != ChannelType.PHONE
    assert ChannelType("PHONE") != ChannelType.PHONE


@pytest.mark.parametrize("value", [ChannelType.PHONE, ChannelType(UNKNOWN), ChannelType("")])
@pytest.mark.parametrize(
    "again",
    [
        copy.copy,
        copy.deepcopy,
        *(lambda value, protocol=protocol: pickle.loads(pickle.dumps(value, protocol)) for protocol in range(6)),  # noqa: S301
    ],
)
def test_copies_and_pickles(value: Any, again: Callable[[Any], Any]) -> None:
    result = again(value)
    assert type(result) is ChannelType
    assert result == value
    assert result.name == value.name


def test_a_known_member_stays_one_object() -> None:
    assert copy.deepcopy(ChannelType.PHONE) is ChannelType.PHONE
    assert pickle.loads(pickle.dumps(ChannelType.PHONE)) is ChannelType.PHONE  # noqa: S301


def test_unknown_members_are_not_listed_and_not_kept() -> None:
    reference = weakref.ref(ChannelType(UNKNOWN))
    gc.collect()
    assert reference() is None
    assert list(ChannelType) == ["phone", "email", "facebook"]
    assert UNKNOWN not in ChannelType.__members__


@pytest.mark.parametrize("value", [5, None, b"phone", ["phone"]])
def test_what_is_no_string_is_no_member(value: Any) -> None:
    with pytest.raises(ValueError, match="is not a valid ChannelType: it takes strings") as caught:
        ChannelType(value)
    assert caught.value.__context__ is None, "Enum's own error would repeat the value"


def test_an_unknown_value_survives_a_model() -> None:
    channel = ContactChannel.from_dict({"channel_type": UNKNOWN})
    assert channel.channel_type == UNKNOWN
    assert channel.to_dict() == {"channel_type": UNKNOWN}
    assert pickle.loads(pickle.dumps(channel)) == copy.deepcopy(channel) == channel  # noqa: S301
