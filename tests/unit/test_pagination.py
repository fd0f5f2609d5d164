"""Lists that come in pages: every item once, in order, no page more than is needed, and an end in every case."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heymarket import APIResponseValidationError, InternalServerError, InvalidRequestError, PaginationError
from heymarket._messages import Request
from tests.fakes import Door, FakeClock, Script, answer, content_of


def row(number: int, second: int | None = None) -> dict[str, Any]:
    moment = f"2024-01-01T{(second if second is not None else number) // 3600:02}:00:00.123456789Z"
    return {"id": number, "updated": moment, "date": moment}


def body_of(send: Request) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(content_of(send) or b"{}")
    return body


def collect(call: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """All items of what a call gives, for either client."""

    def run(hm: Any) -> Any:
        items = call(hm)
        if hasattr(items, "__aiter__"):

            async def gather() -> list[Any]:
                return [item async for item in items]

            return gather()
        return list(items)

    return run


class Service:
    """A service with rows that have times, newest first, as the vendor's pages describe it."""

    def __init__(self, seconds: list[int], size: int, *, includes_the_boundary: bool) -> None:
        self.rows = [row(number, second) for number, second in enumerate(sorted(seconds, reverse=True))]
        self.size = size
        self.includes = includes_the_boundary
        self.asked: list[str | None] = []

    def __call__(self, send: Request) -> Any:
        cursor = body_of(send).get("date")
        self.asked.append(cursor)
        rows = self.rows
        if cursor is not None:
            rows = [r for r in rows if r["updated"] < cursor or (self.includes and r["updated"] == cursor)]
        return answer(200, rows[: self.size])


def test_all_pages_are_walked_by_the_time_of_the_last_item_to_the_last_digit(door: Door) -> None:
    service = Service([n * 3600 for n in range(7)], 3, includes_the_boundary=False)
    tags = door(collect(lambda hm: hm.tags.list()), script=Script(service))
    assert [tag.id for tag in tags] == [0, 1, 2, 3, 4, 5, 6]
    assert service.asked == [
        None,
        "2024-01-01T04:00:00.123456789Z",
        "2024-01-01T01:00:00.123456789Z",
        "2024-01-01T00:00:00.123456789Z",
    ]


def test_items_at_the_boundary_that_come_twice_are_given_once(door: Door) -> None:
    service = Service([n // 2 * 3600 for n in range(9)], 4, includes_the_boundary=True)
    tags = door(collect(lambda hm: hm.tags.list()), script=Script(service))
    assert [tag.id for tag in tags] == list(range(9))


def test_a_page_is_fetched_when_its_first_item_is_asked_for(door: Door) -> None:
    service = Service([n * 3600 for n in range(9)], 3, includes_the_boundary=False)
    script = Script(service)

    def first_three(hm: Any) -> Any:
        tags = hm.tags.list()
        assert script.sends == [], "nothing is sent before"
        return collect(lambda _: tags.limit(3))(hm)

    assert [tag.id for tag in door(first_three, script=script)] == [0, 1, 2]
    assert len(script.sends) == 1, "and no page ahead"


@pytest.mark.parametrize(("limit", "requests"), [(0, 0), (1, 1), (4, 2), (100, 4)])
def test_limit_ends_early(limit: int, requests: int, door: Door) -> None:
    service = Service([n * 3600 for n in range(9)], 3, includes_the_boundary=False)
    tags = door(collect(lambda hm: hm.tags.list().limit(limit)), script=Script(service))
    assert [tag.id for tag in tags] == list(range(min(limit, 9)))
    assert len(service.asked) == requests


def test_pages_have_cursors_from_which_to_resume(door: Door) -> None:
    service = Service([n * 3600 for n in range(7)], 3, includes_the_boundary=False)
    pages = door(collect(lambda hm: hm.tags.list().pages()), script=Script(service))
    assert [[tag.id for tag in page.items] for page in pages] == [[0, 1, 2], [3, 4, 5], [6]]
    assert all(page.response.status_code == 200 for page in pages)
    rest = door(collect(lambda hm: hm.tags.list().resume(pages[0].cursor)), script=Script(service))
    assert [tag.id for tag in rest] == [3, 4, 5, 6]
    assert "2024" in repr(pages[0])
    assert "ContactTag" not in repr(pages[0])


def test_a_page_that_a_limit_cuts_short_has_a_cursor_that_loses_nothing(door: Door) -> None:
    service = Service([n * 3600 for n in range(7)], 3, includes_the_boundary=False)
    pages = door(collect(lambda hm: hm.tags.list().limit(4).pages()), script=Script(service))
    assert [[tag.id for tag in page.items] for page in pages] == [[0, 1, 2], [3]]
    rest = door(collect(lambda hm: hm.tags.list().resume(pages[-1].cursor)), script=Script(service))
    assert [tag.id for tag in rest] == [3, 4, 5, 6], "one comes again, none is lost"

    same = Service([3600] * 3, 3, includes_the_boundary=False)
    (page,) = door(collect(lambda hm: hm.tags.list().limit(2).pages()), script=Script(same))
    assert page.cursor is None, "from the beginning"
    assert len(door(collect(lambda hm: hm.tags.list().resume(page.cursor)), script=Script(same))) == 3

    script = Script(answer(200, [row(1), row(2)]), answer(200, [row(3), row(4)]))
    pages = door(collect(lambda hm: hm.contacts.list().limit(3).pages()), script=script)
    assert [page.cursor for page in pages] == ["1", "1"], "the second page again, of which one item was given"


def test_other_arguments_are_sent_with_every_page(door: Door) -> None:
    script = Script(answer(200, [row(3)]), answer(200, []))
    door(collect(lambda hm: hm.conversations.list(id=21, filters={"closed": False, "inboxes": [31]})), script=script)
    assert [body_of(send)["filters"] for send in script.sends] == [{"closed": False, "inboxes": [31]}] * 2
    assert [body_of(send).get("date") for send in script.sends] == [None, row(3)["updated"]]


def test_every_iteration_starts_from_the_beginning(door: Door) -> None:
    service = Service([3600, 7200], 5, includes_the_boundary=False)

    def twice(hm: Any) -> Any:
        tags = hm.tags.list()
        if door.is_async:

            async def run() -> Any:
                return [[tag.id async for tag in tags], [tag.id async for tag in tags]]

            return run()
        return [[tag.id for tag in tags], [tag.id for tag in tags]]

    assert door(twice, script=Script(service)) == [[0, 1], [0, 1]]


@pytest.mark.parametrize(("call", "first"), [(lambda hm: hm.contacts.list(), 0), (lambda hm: hm.surveys.list(), 1)])
def test_pages_are_numbered_from_where_the_service_begins(call: Any, first: int, door: Door) -> None:
    script = Script(answer(200, [row(1), row(2)]), answer(200, [row(3)]), answer(200, []))
    assert [item.id for item in door(collect(call), script=script)] == [1, 2, 3]
    assert [body_of(send)["page"] for send in script.sends] == [first, first + 1, first + 2]


def test_numbered_pages_can_be_resumed_and_sized(door: Door) -> None:
    script = Script(answer(200, [row(1)]), answer(200, []))
    door(collect(lambda hm: hm.contacts.list(limit=200).resume("7")), script=script)
    assert [(body_of(send)["page"], body_of(send)["limit"]) for send in script.sends] == [(7, 200), (8, 200)]
    with pytest.raises(InvalidRequestError, match="string of digits"):
        door(collect(lambda hm: hm.contacts.list().resume("2024-01-01")), script=script)


def test_message_history_is_walked_by_whole_seconds_without_losing_what_shares_one(door: Door) -> None:
    last = {"id": 5, "date": "2024-01-01T00:00:10.4Z"}
    script = Script(
        answer(200, [last]), answer(200, [last, {"id": 6, "date": "2024-01-01T00:00:10Z"}]), answer(200, [])
    )
    messages = door(collect(lambda hm: hm.messages.history(phone_number="+1 555 555 0100", inbox_id=31)), script=script)
    assert [message.id for message in messages] == [5, 6]
    queries = [parse_qs(urlsplit(send.url).query) for send in script.sends]
    ten = int(datetime.fromisoformat("2024-01-01T00:00:10Z").timestamp())
    assert [query.get("timestamp") for query in queries] == [None, [str(ten + 1)], [str(ten)]]
    assert all(query["phoneNumber"] == ["15555550100"] for query in queries)


def test_a_service_that_ignores_the_cursor_does_not_hold_us_for_ever(door: Door) -> None:
    page = [row(n) for n in range(30)]
    script = Script(answer(200, page))
    with pytest.raises(PaginationError, match=r"tags\.list: more items have the time 2024-\S+ than fit on a page"):
        door(collect(lambda hm: hm.tags.list()), script=script)
    assert len(script.sends) == 2

    script = Script(answer(200, page[:5]))
    with pytest.raises(PaginationError):
        door(collect(lambda hm: hm.contacts.list_v1(limit=5)), script=script)

    script = Script(answer(200, page[:5]))
    assert len(door(collect(lambda hm: hm.tags.list()), script=script)) == 5, "a page that isn't full is the last one"
    assert len(script.sends) == 2

    script = Script(answer(200, page))
    assert len(door(collect(lambda hm: hm.contacts.list()), script=script)) == 30, "nothing new on the second page"
    assert len(script.sends) == 2


def test_an_item_without_a_time_ends_in_an_error_after_the_items_before(door: Door) -> None:
    script = Script(answer(200, [row(1)]), answer(200, [{"id": 2}]))
    with pytest.raises(PaginationError, match=r"no valid updated.*last cursor was 2024-01-01T00:00:00"):
        door(collect(lambda hm: hm.tags.list()), script=script)


def test_the_page_that_has_no_next_one_is_given_first(door: Door) -> None:
    got: list[Any] = []

    def run(hm: Any) -> Any:
        if door.is_async:

            async def walk() -> None:
                async for tag in hm.tags.list():
                    note(tag)

            return walk()
        for tag in hm.tags.list():
            note(tag)
        return None

    def note(tag: Any) -> None:
        got.append(tag.id)

    with pytest.raises(PaginationError):
        door(run, script=Script(answer(200, [row(1), {"id": 2}])))
    assert got == [1, 2]
    script = Script(answer(200, [row(1), {"id": 2}]))
    assert len(door(collect(lambda hm: hm.tags.list().limit(2)), script=script)) == 2, "no next one is wanted"


@pytest.mark.parametrize("moment", ["2024-01-01T00:00:00", 1e999, float("nan"), {}, []])
def test_odd_times_and_ids_are_no_trouble_of_the_caller_s(moment: Any, door: Door) -> None:
    content = json.dumps([{"id": {}, "updated": moment, "date": moment}]).encode()
    for call in (
        lambda hm: hm.tags.list(),
        lambda hm: hm.messages.history(phone_number="15555550100", inbox_id=31),
    ):
        script = Script(answer(200, content), answer(200, []))
        if isinstance(moment, str):
            assert len(door(collect(call), script=script)) == 1
            assert len(script.sends) == 2
        else:
            is_json = not isinstance(moment, float)
            with pytest.raises(PaginationError if is_json else APIResponseValidationError):
                door(collect(call), script=script)


def test_an_error_on_a_later_page_is_raised_after_the_items_before(door: Door, clock: FakeClock) -> None:
    got: list[Any] = []

    def note(tag: Any) -> None:
        got.append(tag.id)

    def run(hm: Any) -> Any:
        tags = hm.tags.list()
        if door.is_async:

            async def walk() -> None:
                async for tag in tags:
                    note(tag)

            return walk()
        for tag in tags:
            note(tag)
        return None

    with pytest.raises(InternalServerError):
        door(run, script=Script(answer(200, [row(3), row(2)]), answer(500)), max_retries=0)
    assert got == [3, 2]


def test_a_page_is_a_read_and_so_repeated(door: Door, clock: FakeClock) -> None:
    script = Script(answer(503), answer(200, [row(1)]), answer(503), answer(200, []))
    assert [tag.id for tag in door(collect(lambda hm: hm.tags.list()), script=script)] == [1]


@pytest.mark.parametrize("wrong", [-1, True, 1.5, "3"])
def test_limits_and_cursors_that_cannot_be_are_refused(wrong: Any, door: Door) -> None:
    with pytest.raises(InvalidRequestError, match="limit takes"):
        door(collect(lambda hm: hm.tags.list().limit(wrong)), script=Script(answer(200, [])))
    with pytest.raises(InvalidRequestError, match="resume takes"):
        door(
            collect(lambda hm: hm.tags.list().resume(wrong if wrong != "3" else "9" * 5000)), script=Script(answer(200))
        )
    with pytest.raises(InvalidRequestError, match="resume takes"):
        door(
            collect(lambda hm: hm.messages.history(phone_number="15555550100", inbox_id=31).resume("abc")),
            script=Script(answer(200, [])),
        )


def test_the_raw_method_gives_one_page(door: Door) -> None:
    script = Script(answer(200, [row(1)]))
    response = door(lambda hm: hm.tags.with_raw_response.list(), script=script)
    assert [tag.id for tag in response.parsed] == [1]
    assert len(script.sends) == 1


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    seconds=st.lists(st.integers(0, 15).map(lambda hour: hour * 3600), max_size=40),
    size=st.integers(1, 8),
    includes=st.booleans(),
)
def test_whatever_the_times_every_item_is_given_once_and_there_is_an_end(
    seconds: list[int], size: int, *, includes: bool
) -> None:
    service = Service(seconds, size, includes_the_boundary=includes)
    most_at_once = max((seconds.count(second) for second in seconds), default=0)
    ids = [tag.id for tag in Door("sync")(collect(lambda hm: hm.tags.list()), script=Script(service))]
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids)
    assert len(service.asked) <= len(seconds) + 2
    if includes and most_at_once < size:
        assert ids == list(range(len(seconds)))
