"""A date-time that isn't one stays a text, with one warning per field; it never costs the answer."""

from __future__ import annotations

import datetime as dt
import warnings
from typing import Any

import pytest
from heymarket_openapi import drift
from heymarket_openapi.drift import HeymarketDriftWarning
from heymarket_openapi.models import ContactChannel

MOMENT = dt.datetime(2024, 1, 2, 3, 4, 5, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _nothing_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drift, "_warned", set())


@pytest.mark.parametrize("text", ["2024-01-02T03:04:05Z", "2024-01-02T03:04:05+00:00", "2024-01-02T04:04:05.000+01:00"])
def test_a_date_time_is_one(text: str) -> None:
    assert ContactChannel.from_dict({"created": text}).created == MOMENT


def test_digits_beyond_microseconds_are_dropped() -> None:
    channel = ContactChannel.from_dict({"created": "2024-01-02T03:04:05.123456789Z"})
    assert channel.created == MOMENT.replace(microsecond=123456)


@pytest.mark.parametrize("text", ["", "yesterday", "1704164645", "2024-13-45T00:00:00Z"])
def test_another_string_stays(text: str) -> None:
    with pytest.warns(HeymarketDriftWarning):
        channel = ContactChannel.from_dict({"id": 1, "created": text})
    assert (channel.id, channel.created) == (1, text)
    assert channel.to_dict() == {"id": 1, "created": text}


@pytest.mark.parametrize("value", [1704164645, None, ["2024-01-02T03:04:05Z"]])
def test_what_is_no_string_stays_without_a_warning(value: Any) -> None:
    assert ContactChannel.from_dict({"created": value}).created == value


def test_one_warning_for_each_field() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            ContactChannel.from_dict({"created": "soon", "updated": "later"})
    assert [str(warning.message).partition(" ")[0] for warning in caught] == [
        "ContactChannel.created",
        "ContactChannel.updated",
    ]


def test_the_warning_does_not_tell_the_value() -> None:
    with pytest.warns(HeymarketDriftWarning) as caught:
        ContactChannel.from_dict({"created": "15555550100"})
    assert "15555550100" not in str(caught[0].message)


def test_where_warnings_are_errors_the_warning_is_logged_and_costs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):  # the tests' filter is "error"
        assert ContactChannel.from_dict({"created": "15555550100"}).created == "15555550100"
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("heymarket", "WARNING")
    assert record.getMessage().startswith("ContactChannel.created isn't an RFC 3339 date-time")
    assert "15555550100" not in record.getMessage()


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00"])
def test_the_year_1_means_that_a_time_is_not_set(text: str) -> None:
    channel = ContactChannel.from_dict({"created": text, "updated": "2024-01-02T03:04:05Z"})
    assert (channel.created, channel.updated) == (None, MOMENT)
    assert channel.to_dict()["created"] is None
