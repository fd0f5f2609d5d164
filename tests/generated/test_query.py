"""The query in every standard style: what is sent, and that the emulator reads it as it was meant."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from heymarket_openapi.query import encode_query
from hypothesis import given
from hypothesis import strategies as st

from heymarket.emulator.api.parameters import read_parameter, split_query

COLORS = ["blue", "black"]
RGB = {"R": 100, "G": 200}


@pytest.mark.parametrize(
    ("style", "value", "query"),
    [
        ("", COLORS, "color=blue&color=black"),
        ("form", COLORS, "color=blue,black"),
        ("spaceDelimited", COLORS, "color=blue%20black"),
        ("pipeDelimited", COLORS, "color=blue%7Cblack"),
        ("properties", RGB, "R=100&G=200"),
        ("form", RGB, "color=R,100,G,200"),
        ("spaceDelimited", RGB, "color=R%20100%20G%20200"),
        ("pipeDelimited", RGB, "color=R%7C100%7CG%7C200"),
        ("deepObject", RGB, "color%5BR%5D=100&color%5BG%5D=200"),
        ("json", {"a": [1, None, "é"]}, "color=%7B%22a%22%3A%5B1%2Cnull%2C%22%C3%A9%22%5D%7D"),
        ("form", ["a,b", "c d"], "color=a%2Cb,c%20d"),
        ("form", "a,b c", "color=a%2Cb+c"),
        ("form", [True, None, 1.5, UUID(int=1)], "color=true,1.5,00000000-0000-0000-0000-000000000001"),
        ("form", [], ""),
        ("deepObject", {"a": None}, ""),
        ("json", None, ""),
        ("", None, ""),
    ],
)
def test_styles(style: str, value: Any, query: str) -> None:
    assert encode_query({"color": value}, {"color": style} if style else {}) == query


@pytest.mark.parametrize(
    ("style", "value"),
    [
        ("", {"a": 1}),
        ("", [["a"]]),
        ("form", [{"a": 1}]),
        ("deepObject", {"a": ["b"]}),
        ("properties", {"a": {}}),
        ("json", {"a": UUID(int=1)}),
        ("json", [float("nan")]),
        ("pipeDelimited", ["a|b"]),
        ("spaceDelimited", ["a b"]),
        ("", float("inf")),
        ("form", [1 << 65]),
    ],
)
def test_what_a_style_can_not_send_is_refused(style: str, value: Any) -> None:
    with pytest.raises(ValueError, match=r"^color (must|can't|has)"):
        encode_query({"color": value}, {"color": style} if style else {})


STRING = {"type": "string"}
LIST = {"type": "array", "items": STRING}
OBJECT = {"type": "object", "properties": {"a": STRING, "b[x]": STRING}}
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
SPECIAL = re.compile(r"[ |]")


@given(
    st.sampled_from([("", {}, LIST), *((style, {"style": style, "explode": False}, LIST) for style in (
        "form", "spaceDelimited", "pipeDelimited"))]),
    st.lists(WORDS, min_size=1),
)  # fmt: skip
def test_the_emulator_reads_the_lists_that_the_client_sends(kind: tuple[str, Any, Any], value: list[str]) -> None:
    style, how, schema = kind
    value = [SPECIAL.sub("_", word) for word in value] if style.endswith("Delimited") else value
    assert read(how, schema, encode_query({"q": value, "other": "x"}, {"q": style} if style else {})) == value


@given(
    st.sampled_from(
        [
            ("properties", {}),
            ("form", {"explode": False}),
            ("spaceDelimited", {"style": "spaceDelimited", "explode": False}),
            ("pipeDelimited", {"style": "pipeDelimited", "explode": False}),
            ("deepObject", {"style": "deepObject"}),
        ]
    ),
    st.fixed_dictionaries({}, optional={"a": WORDS, "b[x]": WORDS}).filter(bool),
)
def test_the_emulator_reads_the_objects_that_the_client_sends(kind: tuple[str, Any], value: dict[str, str]) -> None:
    style, how = kind
    if style.endswith("Delimited"):
        value = {key: SPECIAL.sub("_", word) for key, word in value.items()}
    assert read(how, OBJECT, encode_query({"q": value, "other": "x"}, {"q": style})) == value


@given(st.recursive(st.none() | st.booleans() | WORDS, lambda part: st.lists(part) | st.dictionaries(WORDS, part)))
def test_the_emulator_reads_the_json_that_the_client_sends(value: Any) -> None:
    sent = encode_query({"q": value}, {"q": "json"})
    parameter = {"name": "q", "content": {"application/json": {"schema": {}}}}
    assert read_parameter(parameter, split_query(sent.encode()), {}) == value


def test_the_emulator_reads_numbers_and_booleans() -> None:
    schema = {"type": "array", "items": {"anyOf": [{"type": "integer"}, {"type": "boolean"}]}}
    assert read({"explode": False}, schema, "q=1,true,x,1.5") == [1, True, "x", "1.5"]
    assert read({}, {"type": "array", "items": {"type": "number"}}, "q=1.5&q=-2") == [1.5, -2.0]


def read(how: dict[str, Any], schema: dict[str, Any], query: str) -> Any:
    return read_parameter({"name": "q", "in": "query", "schema": schema, **how}, split_query(query.encode()), {})
