"""What a resource hands to the sender that runs it, and what a raw call gives back."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, Generic, Protocol, TypeVar

from attrs import field, frozen

T = TypeVar("T")


@frozen(eq=False)
class Paging:
    """How the pages of an operation follow each other.

    Attributes:
        place: Where the moving value stands: `json` or `params`.
        name: Its name there: the cursor's, or the page number's.
        source: The member of a page's last item that is the next cursor; empty where pages are numbered.
        unit: `unix-seconds` for a cursor that is sent as such, made of a time; else empty.
        first: The number of the first page, where pages are numbered.
        limit: The name of the page size; empty where it can't be chosen.
        size: The documented page size; 0 where none is.
    """

    place: str
    name: str
    source: str = ""
    unit: str = ""
    first: int = 0
    limit: str = ""
    size: int = 0


@frozen(eq=False)
class Guards:
    """What is checked of a request before it is sent.

    Members are named by where they stand: `phone`, `targets[]` (the items), `contacts[].tags`, `[].phone` in a body
    that is an array, `?phoneNumber` in the query.

    Attributes:
        exactly_one: Groups of members of which exactly one is to be given.
        at_least_one: Members of which at least one is to be given.
        formats: Members of the formats `phone`, `channel-value` (a phone number where the `channel_type` beside it says
            so), `date-time` and `quarter-hour`.
        at_most: Lists that have a largest length.
    """

    exactly_one: tuple[tuple[str, ...], ...] = ()
    at_least_one: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(factory=dict)
    at_most: Mapping[str, int] = field(factory=dict)


@frozen(eq=False)
class Operation(Generic[T]):
    """One operation of the description, as a sender needs it.

    Attributes:
        name: Resource and method, such as `contact_channels.get`.
        method: HTTP method, in capitals.
        path: Path template, such as `/v2/contact/{contactID}`.
        build: Makes the request of its arguments: the generated `_get_kwargs`.
        parse: Makes the result of a response: the generated `_parse_response`.
        path_params: Names of the arguments that go into the path, with their formats (`uuid`, or empty).
        status: Status of the documented success.
        expects: JSON type of the documented answer: `object`, `array`, `string`, `integer`, `number` or `boolean`;
            `count` for a number that may come as a text; empty when no answer is documented or none is of use, and the
            result is None.
        model: Name of the result's type, for messages.
        safe: True when a repeated request does no harm: a GET, or marked as a read in the description.
        idempotent_by: The member of the body by which the service knows a repeated request again; empty without one.
        paging: How its pages follow each other, if it has any.
        guards: What is checked of its arguments before they are sent.
        also: Texts that may come in place of the documented answer, and mean that it is empty.
    """

    name: str
    method: str
    path: str
    build: Callable[..., dict[str, Any]]
    parse: Callable[..., Any]
    path_params: Mapping[str, str]
    status: int
    expects: str
    model: str
    safe: bool
    idempotent_by: str = ""
    paging: Paging | None = None
    guards: Guards | None = None
    also: tuple[str, ...] = ()


class _Plain(dict[str, Any]):
    """JSON that is given instead of a model."""

    def to_dict(self) -> dict[str, Any]:
        return self


def as_body(value: Any) -> Any:
    """A body or a part of one: a model as it is, a mapping as the JSON that it is, `UNSET` too."""
    return _Plain(deepcopy(dict(value))) if isinstance(value, Mapping) else value


def as_bodies(values: Any) -> Any:
    """Several parts of a body, or `UNSET`."""
    return (
        [as_body(value) for value in values] if isinstance(values, Sequence) else values
    )


@frozen(eq=False)
class APIResponse(Generic[T]):
    """A whole response: the decoded body and what came with it. Its repr shows nothing personal.

    Attributes:
        parsed: The decoded body, as the method without `with_raw_response` gives it.
        status_code: HTTP status.
        headers: Response headers; names in any case.
        content: The body as it came, decompressed.
        request_id: Heymarket's `X-Request-Id`, to quote to its support.
        attempts: Requests that were sent for this call.
        elapsed: Seconds from the call to the decoded answer.
    """

    parsed: T = field(repr=False)
    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    request_id: str | None
    attempts: int
    elapsed: float


@frozen(eq=False)
class Page(Generic[T]):
    """One page of a list.

    Attributes:
        items: What it brings that pages before it did not; not more than `limit` leaves.
        cursor: Where the next page begins, to be kept and given to `resume`; where `limit` cuts this one short,
            where it began itself, so that nothing is lost. `None` is the beginning of the list.
        response: The whole response.
    """

    items: list[T] = field(repr=lambda items: f"<{len(items)}>")
    cursor: str | None
    response: APIResponse[list[T]] = field(repr=False)


class Pager(Protocol[T]):
    """The items of a list, page after page, each page fetched when its first item is asked for."""

    def __iter__(self) -> Iterator[T]:
        """The items. Every iteration begins anew."""
        ...

    def pages(self) -> Iterator[Page[T]]:
        """The pages, with their cursors and responses."""
        ...

    def limit(self, items: int) -> "Pager[T]":
        """The same list, ended after so many items."""
        ...

    def resume(self, cursor: str | None) -> "Pager[T]":
        """The same list, from the `cursor` of a `Page` on."""
        ...


class AsyncPager(Protocol[T]):
    """The items of a list, page after page, each page fetched when its first item is asked for."""

    def __aiter__(self) -> AsyncIterator[T]:
        """The items. Every iteration begins anew."""
        ...

    def pages(self) -> AsyncIterator[Page[T]]:
        """The pages, with their cursors and responses."""
        ...

    def limit(self, items: int) -> "AsyncPager[T]":
        """The same list, ended after so many items."""
        ...

    def resume(self, cursor: str | None) -> "AsyncPager[T]":
        """The same list, from the `cursor` of a `Page` on."""
        ...


class Sender(Protocol):
    """Runs operations. Path values arrive as the caller gave them; the sender checks them and makes them text."""

    def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Runs an operation with the arguments of its `build`, and gives the decoded body."""
        ...

    def send_raw(
        self, operation: Operation[T], arguments: dict[str, Any]
    ) -> APIResponse[T]:
        """Runs an operation with the arguments of its `build`, and gives the whole response."""
        ...

    def paginate(
        self, operation: Operation[list[T]], arguments: dict[str, Any]
    ) -> Pager[T]:
        """The items of an operation's pages."""
        ...


class AsyncSender(Protocol):
    """Runs operations in an event loop, as `Sender` does."""

    async def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Runs an operation with the arguments of its `build`, and gives the decoded body."""
        ...

    async def send_raw(
        self, operation: Operation[T], arguments: dict[str, Any]
    ) -> APIResponse[T]:
        """Runs an operation with the arguments of its `build`, and gives the whole response."""
        ...

    def paginate(
        self, operation: Operation[list[T]], arguments: dict[str, Any]
    ) -> AsyncPager[T]:
        """The items of an operation's pages."""
        ...
