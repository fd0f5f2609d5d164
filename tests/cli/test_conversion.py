"""How arguments of every type are given in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args
from uuid import UUID

import attrs
import pytest
from cyclopts import Token

from heymarket import UNSET, ChannelType, InvalidRequestError
from heymarket.cli.conversion import convert, make_annotation
from heymarket.models import ContactChannel

Unset = type(UNSET)


@attrs.frozen
class Filter:
    a: int

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> Filter:
        return cls(given["a"])


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (str, str),
        (UUID | str, str),
        (ChannelType | str | Unset, str),
        (ChannelType, str),
        (None | str | Unset, str),
        (int, int),
        (int | None | Unset, int),
        (float | Unset, float),
        (bool | Unset, bool),
        (dt.datetime | Unset, dt.datetime),
        (list[str] | Unset, list[str]),
        (list[int] | None | Unset, list[int]),
        (list[ChannelType | str], list[str]),
        (list[UUID], list[UUID]),
        (Sequence[ChannelType | str], list[str]),
        (Literal["sms", "email"] | Unset, Literal["sms", "email"]),
    ],
)
def test_plain_types_are_given_plainly(annotation: Any, words: Any) -> None:
    assert make_annotation(annotation) == words


@pytest.mark.parametrize(
    ("given", "value"),
    [
        ("word", "word"),
        ("[1] word", "[1] word"),
        ('["a", "b"]', ["a", "b"]),
        ('{"a": "b"}', {"a": "b"}),
        ("@file", "@file"),
        ("[" * 100_000, "[" * 100_000),
    ],
)
def test_what_is_a_string_or_a_structure_is_given_as_either(given: str, value: Any) -> None:
    """Else a list would be sent as the string of its JSON."""
    read = get_args(make_annotation(str | list[str] | Mapping[str, Any]))[1].converter

    assert read(Any, [Token(value=given)]) == value


def test_a_constant_is_given_as_it_is() -> None:
    assert convert("kind", Literal["sms"] | Unset, "sms") == "sms"


def test_the_service_says_which_of_two_models_it_is() -> None:
    annotation = Filter | ContactChannel | Mapping[str, Any]
    assert convert("part", annotation, {"other": 1}) == {"other": 1}
    assert convert("parts", Sequence[annotation], [{"other": 1}]) == [{"other": 1}]


@pytest.mark.parametrize(
    "annotation", [ContactChannel, ContactChannel | Unset, list[ContactChannel], list[list[str]], Any, int | bool]
)
def test_everything_else_is_given_as_json(annotation: Any) -> None:
    assert get_args(make_annotation(annotation))[1].metavar == "JSON"


@pytest.mark.parametrize(
    ("annotation", "given", "value"),
    [
        (str | Unset, "a", "a"),
        (ChannelType | str, "telegram", ChannelType("telegram")),
        (list[ChannelType], ["phone"], [ChannelType.PHONE]),
        (Filter | Unset, {"a": 1}, Filter(1)),
        (list[Filter] | Unset, [{"a": 1}, {"a": 2}], [Filter(1), Filter(2)]),
        (Filter | None, None, None),
        (Any, {"a": [1]}, {"a": [1]}),
    ],
)
def test_a_method_gets_what_it_takes(annotation: Any, given: Any, value: Any) -> None:
    assert convert("field", annotation, given) == value


def test_a_time_without_a_zone_is_local_time() -> None:
    naive = dt.datetime(2025, 1, 31, 12)  # noqa: DTZ001 - what cyclopts reads

    assert convert("since", dt.datetime | Unset, naive) == naive.astimezone()
    assert convert("since", dt.datetime, naive).tzinfo is not None


@pytest.mark.parametrize(
    ("annotation", "given", "problem"),
    [
        (Filter, {"sesame": 1}, "field lacks 'a'; it takes the JSON of Filter."),
        (list[Filter], [{"a": 1}, "sesame"], "field must be a JSON object."),
        (list[Filter] | Unset, {"a": "sesame"}, "field must be a JSON list, each item of it a JSON object."),
        (Filter | Unset, None, "field must be a JSON object."),
    ],
)
def test_json_that_does_not_fit_is_refused_without_being_repeated(annotation: Any, given: Any, problem: str) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        convert("field", annotation, given)

    assert str(caught.value) == problem
