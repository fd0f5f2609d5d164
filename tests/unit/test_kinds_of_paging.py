"""Pages by cursors of every kind that a description may have: no item lost, none twice, an end in every case."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from heymarket_openapi.operation import Operation, Paging
from heymarket_openapi.paging import find_items, parse_items
from hypothesis import given, settings
from hypothesis import strategies as st

from heymarket import APIResponseValidationError, InvalidRequestError, PaginationError
from heymarket._messages import Request
from tests.fakes import Door, Script, answer, content_of
from tests.unit.test_pagination import collect

ITEMS = ("data", "rows")
KINDS = {
    "next": Paging(place="params", name="cursor", kind="next", next=("meta", "next_cursor"), items=ITEMS),
    "next in a body": Paging(place="json", name="cursor", kind="next", next=("meta", "next_cursor"), items=ITEMS),
    "integer next": Paging(
        place="params", name="cursor", kind="next", next=("meta", "next_cursor"), unit="integer", items=ITEMS
    ),
    "link": Paging(place="params", name="", kind="link", source="next"),
    "offset": Paging(place="params", name="offset", kind="offset"),
    "offset in an envelope": Paging(place="params", name="offset", kind="offset", items=ITEMS),
    "id": Paging(place="params", name="after", kind="after", source="id", unit="integer"),
    "page in an envelope": Paging(place="params", name="page", kind="page", first=1, items=ITEMS),
}


class Service:
    """Rows on pages, however these follow each other."""

    def __init__(self, kind: str, count: int, size: int) -> None:
        self.paging = KINDS[kind]
        self.kind, self.count, self.size = kind, count, size
        self.asked: list[Any] = []

    def __call__(self, send: Request) -> Any:
        query = {name: values[0] for name, values in parse_qs(urlsplit(send.url).query).items()}
        given = json.loads(content_of(send)) if self.paging.place == "json" and send.body else query
        cursor = given.get(self.paging.name or "start")
        self.asked.append(cursor)
        start = int(str(cursor or self.paging.first).removeprefix("c="))
        if self.paging.kind == "page":
            start = (start - 1) * self.size
        rows = [{"id": number + 1} for number in range(self.count)][start : start + self.size]
        after = start + self.size
        more = after < self.count
        told = (after if self.paging.unit else f"c={after}") if more else None
        body: Any = rows
        if self.paging.items:
            body = {"data": {"rows": rows or None}, "meta": {"next_cursor": told}}
        headers = {"link": f'<https://evil.example/x?start=c%3D{after}&q=a%2Cb>; rel="next", </x>; rel=first'}
        return answer(200, body, **(headers if self.paging.kind == "link" and more else {}))


def operation(paging: Paging) -> Operation[Any]:
    def build(body: Any = None) -> dict[str, Any]:
        url = {"method": "get", "url": "/v9/rows", "params": {"mine": "1"}}
        return {**url, "json": dict(body or {})} if paging.place == "json" else url

    return Operation(
        name="rows.list", method="GET", path="/v9/rows", build=build, parse=parse_items(list, paging.items),
        path_params={}, status=200, expects="object" if paging.items else "array", model="list", safe=True,
        paging=paging, styles={"": "encoded"} if paging.kind == "link" else {},
    )  # fmt: skip


def ids(door: Door, service: Any, change: Callable[[Any], Any] = lambda pager: pager) -> list[int]:
    script = Script(service)
    call = operation(service.paging)
    items = door(collect(lambda hm: change(hm._sender.paginate(call, {}))), script=script)
    return [item["id"] for item in items]


@pytest.mark.parametrize("kind", KINDS)
def test_all_items_once_in_order(door: Door, kind: str) -> None:
    assert ids(door, Service(kind, 7, 3)) == [1, 2, 3, 4, 5, 6, 7]
    assert ids(door, Service(kind, 6, 3)) == [1, 2, 3, 4, 5, 6]
    assert ids(door, Service(kind, 0, 3)) == []


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None)
@given(count=st.integers(0, 12), size=st.integers(1, 5), limit=st.integers(0, 14))
def test_limit_and_resume_lose_nothing(kind: str, count: int, size: int, limit: int) -> None:
    door = Door("sync")
    service = Service(kind, count, size)
    call = operation(service.paging)
    pages = door(collect(lambda hm: hm._sender.paginate(call, {}).limit(limit).pages()), script=Script(service))
    got = [item["id"] for page in pages for item in page.items]
    assert got == list(range(1, min(count, limit) + 1))
    if pages:
        rest = ids(door, Service(kind, count, size), lambda pager: pager.resume(pages[-1].cursor))
        assert {*got, *rest} == {*range(1, count + 1)}


@pytest.mark.parametrize("kind", ["next", "integer next", "link"])
def test_the_response_that_says_that_nothing_follows_is_the_last_request(door: Door, kind: str) -> None:
    service = Service(kind, 6, 3)
    ids(door, service)
    assert len(service.asked) == 2


def test_a_link_is_followed_on_the_same_host_with_its_query_as_it_is(door: Door) -> None:
    service = Service("link", 4, 3)
    script = Script(service)
    call = operation(service.paging)
    door(collect(lambda hm: hm._sender.paginate(call, {})), script=script)
    assert [send.url for send in script.sends] == [
        "https://api.heymarket.com/v9/rows?mine=1",
        "https://api.heymarket.com/v9/rows?start=c%3D3&q=a%2Cb",
    ]


def test_an_empty_page_in_the_middle_ends_nothing(door: Door) -> None:
    answers = [
        {"data": {"rows": []}, "meta": {"next_cursor": "a"}},
        {"data": {"rows": None}, "meta": {"next_cursor": "b"}},
        {"data": {"rows": [{"id": 1}]}, "meta": None},
    ]
    service = iter(answers)
    call = operation(KINDS["next"])
    items = door(collect(lambda hm: hm._sender.paginate(call, {})), script=Script(lambda _: answer(200, next(service))))
    assert items == [{"id": 1}]


@pytest.mark.parametrize("cursors", ["aa", "aba", "abcb"])
def test_cursors_that_go_round_end_in_an_error_after_all_items(door: Door, cursors: str) -> None:
    told = iter(cursors)
    numbers = iter(range(100))
    call = operation(KINDS["next"])
    seen: list[int] = []

    def service(_: Request) -> Any:
        rows = [{"id": next(numbers)}]
        return answer(200, {"data": {"rows": rows}, "meta": {"next_cursor": next(told)}})

    def walk(hm: Any) -> Any:
        pager = hm._sender.paginate(call, {})
        if door.is_async:

            async def run() -> None:
                async for page in pager.pages():
                    seen.extend(item["id"] for item in page.items)

            return run()
        for page in pager.pages():
            seen.extend(item["id"] for item in page.items)
        return None

    with pytest.raises(PaginationError, match="begins where an earlier one did"):
        door(walk, script=Script(service))
    assert seen == [*range(len(cursors))]


@pytest.mark.parametrize("cursor", [{"a": 1}, [1], True, 1.5])
def test_a_cursor_that_is_none_is_an_error_and_not_an_end(door: Door, cursor: Any) -> None:
    body = {"data": {"rows": [{"id": 1}]}, "meta": {"next_cursor": cursor}}
    call = operation(KINDS["next"])
    with pytest.raises(PaginationError, match=r"a page has no valid meta\.next_cursor"):
        door(collect(lambda hm: hm._sender.paginate(call, {})), script=Script(answer(200, body)))


@pytest.mark.parametrize("link", ["</x>; rel=next", "</x?a b>; rel=next", '</x?a=\x7f>; rel="prev next"'])
def test_a_link_that_can_not_be_followed_is_an_error_and_not_an_end(door: Door, link: str) -> None:
    call = operation(KINDS["link"])
    with pytest.raises(PaginationError, match="a page has a Link to rel=next without a valid query"):
        door(
            collect(lambda hm: hm._sender.paginate(call, {})),
            script=Script(answer(200, [{"id": 1}], link=link)),
        )


@pytest.mark.parametrize(
    ("kind", "cursor"), [("next", ""), ("next", "x" * 9000), ("link", "a b"), ("link", "a#b"), ("integer next", "x")]
)
def test_resume_refuses_what_no_page_has(door: Door, kind: str, cursor: str) -> None:
    with pytest.raises(InvalidRequestError, match="resume takes the cursor of a Page"):
        ids(door, Service(kind, 7, 3), lambda pager: pager.resume(cursor))


@pytest.mark.parametrize("body", [{}, {"data": {}}, {"data": {"rows": {}}}, {"data": 5}])
def test_a_response_without_the_list_is_an_error_and_not_an_end(door: Door, body: Any) -> None:
    call = operation(KINDS["next"])
    with pytest.raises(APIResponseValidationError):
        door(collect(lambda hm: hm._sender.paginate(call, {})), script=Script(answer(200, body)))


def test_a_list_that_is_null_is_empty_only_inside_of_a_response() -> None:
    assert find_items({"data": None}, ["data"]) == []
    with pytest.raises(TypeError):
        find_items(None, [])
