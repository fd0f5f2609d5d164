"""What a resource passes to the client that runs it, and what that returns."""

import re
from collections.abc import (
    AsyncIterator,
    Callable,
    Coroutine,
    Iterator,
    Mapping,
    Sequence,
)
from copy import deepcopy
from datetime import date, datetime
from importlib import import_module
from typing import Any, Generic, ParamSpec, Protocol, TypeVar, overload

from attrs import field, frozen

from .types import Unset

T = TypeVar("T")
P = ParamSpec("P")


@frozen(eq=False)
class Paging:
    """How the pages of an operation follow each other.

    Attributes:
        place: The part of the request that says which page is wanted: `json` or `params`.
        name: The field of it that does: a cursor, the number of the page or of the items before it; empty for a link.
        kind: What says where the next page begins: `after` (the last item), `next` (a field beside the items), `link`
            (the `Link` header), `page` (its number), `offset` (the number of items before it).
        source: The field of a page's last item that is the next cursor, or the relation of the link; else empty.
        unit: `unix-seconds` for a timestamp that is sent as such, `integer` for a number; else empty.
        first: The number of the first page, or the first offset.
        limit: The name of the page size; empty where it can't be chosen.
        size: The documented page size; 0 where none is.
        items: The names that lead to the list, in a response that is an object.
        next: The names that lead to the next cursor in the response.
    """

    place: str
    name: str
    kind: str = "after"
    source: str = ""
    unit: str = ""
    first: int = 0
    limit: str = ""
    size: int = 0
    items: tuple[str, ...] = ()
    next: tuple[str, ...] = ()


@frozen(eq=False)
class ValidationRules:
    """What the client checks before it sends a request.

    Fields are named by their path: `phone`, `targets[]` (the items), `contacts[].tags`, `[].phone` in a body that is an
    array, `?phoneNumber` in the query.

    Attributes:
        exactly_one: Groups of fields, exactly one of which has to be given.
        at_least_one: Fields, at least one of which has to be given.
        formats: Fields with the format `phone`, `channel-value` (a phone number where the `channel_type` beside it says
            so), `date-time` or `quarter-hour`.
        at_most: Lists, and how many items each may have.
    """

    exactly_one: tuple[tuple[str, ...], ...] = ()
    at_least_one: tuple[str, ...] = ()
    formats: Mapping[str, str] = field(factory=dict)
    at_most: Mapping[str, int] = field(factory=dict)


@frozen(eq=False)
class SecurityScheme:
    """What signs the requests of an operation, where that isn't the client's credentials.

    Attributes:
        scheme: Its name in the description; empty where nothing is sent.
        place: The part of the request that has the key: `header` or `query`.
        name: The name of the header or the parameter.
        prefix: What is before the key, such as `Bearer `.
    """

    scheme: str
    place: str = "header"
    name: str = ""
    prefix: str = ""


@frozen(eq=False)
class Operation(Generic[T]):
    """One operation of the description, as a sender needs it.

    Attributes:
        name: Resource and method, such as `contact_channels.get`.
        method: HTTP method, in capitals.
        path: Path template, such as `/v2/contact/{contactID}`.
        build: Builds the request from its arguments: the generated `_get_kwargs`.
        parse: Parses the decoded body of a response: the generated `_parse_response`.
        path_params: Names of the arguments in the path, with their formats (`uuid`, or empty).
        status: Status of the documented success.
        expects: JSON type of the documented body: `object`, `array`, `string`, `integer`, `number` or `boolean`;
            `text` or `bytes` for one that isn't JSON; `count` for a number that may come as a string; empty when no
            body is documented, or it says nothing, and the result is None.
        model: Name of the result's type, for messages.
        safe: True when a repeated request does no harm: a GET, or marked as a read in the description.
        idempotent_by: The field of the body, or the header, by which the service recognizes a repeated request; empty
            without one.
        paging: How its pages follow each other, if it has any.
        rules: What the client checks before it sends the request, if anything.
        also: Strings that the service may send in place of the documented body, and that mean an empty one.
        styles: How lists and objects in the query are sent, by name, where that is not one by one (see `encode_query`).
        server: Scheme and host that it is sent to, where these aren't the service's.
        security: What signs its requests; `None` for the client's credentials.
        accept: The documented media types, where they aren't only `application/json`.
        headers: Names of headers among the parameters of the query that `build` returns.
        media: The media type of the body, where it isn't `application/json`.
        files: The fields of the body that are files.
        others: Further documented successes by their status: what is expected of the body, and what parses it.
        saved: The statuses whose bodies aren't JSON. If there are any, `save_to` is an argument, which `build` lacks.
        body: The argument that is the whole body (empty where arguments are its fields), and the name of the body's
            schema among `FIELDS`; both empty if all that it may hold is described.
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
    rules: ValidationRules | None = None
    also: tuple[str, ...] = ()
    styles: Mapping[str, str] = field(factory=dict)
    server: str = ""
    security: SecurityScheme | None = None
    accept: str = ""
    headers: tuple[str, ...] = ()
    media: str = ""
    files: tuple[str, ...] = ()
    others: Mapping[int, tuple[str, Callable[..., Any]]] = field(factory=dict)
    saved: tuple[int, ...] = ()
    body: tuple[str, str] = ("", "")


class _JSONBody(dict[str, Any]):
    """JSON in place of a model."""

    def to_dict(self) -> dict[str, Any]:
        return self


def as_argument(value: Any, enum: Callable[[str], Any] = str) -> Any:
    """Converts an argument to what its builder takes: a mapping to JSON, a string to a member of its enum.

    In a sequence, each item is converted. Anything else stays as it is: models, UUIDs, `UNSET`.
    """
    if isinstance(value, str):
        return enum(value)
    if isinstance(value, Mapping):
        return _JSONBody(deepcopy(dict(value)))
    return (
        [as_argument(item, enum) for item in value]
        if isinstance(value, Sequence)
        else value
    )


def as_segment(value: Any) -> Any:
    """Converts an argument of the path to the string that is sent. What has no time zone stays, and is refused."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(value)
    if isinstance(value, datetime) and value.tzinfo is None:
        return value
    return value.isoformat() if isinstance(value, date) else value


def find_wrong_type(
    operation: Operation[Any], arguments: Mapping[str, Any], wrong: Any
) -> str:
    """Which argument, or item of one, has a type that can't be sent, and what is expected instead."""
    annotations: Mapping[str, Any] = getattr(operation.build, "__annotations__", {})
    given: list[tuple[str, Any, Any]] = [
        (name, value, annotations.get(name, "")) for name, value in arguments.items()
    ]
    fields = [
        (body, field)
        for body in arguments.values()
        for field in getattr(body, "__attrs_attrs__", ())
    ]
    # The class's own annotations: `attrs.resolve_types` replaces the strings in its fields.
    given += [
        (field.name, getattr(body, field.name), type(body).__annotations__[field.name])
        for body, field in fields
    ]
    for name, value, annotation in given:
        items: list[Any] = [value, *value] if isinstance(value, list) else [value]
        if str(annotation).startswith("list") and not isinstance(value, list | Unset):
            wrong = value  # nothing to iterate over
        if any(item is wrong for item in items):
            expected = (
                re.sub(r"\w+\.|( \| )?Unset", "", str(annotation)) or "of another type"
            )
            mapping = _describe_mapping(str(annotation))
            return f"{name} holds a value of type {type(wrong).__name__}; it must be {expected}{mapping}"
    return "an argument has a type that can't be sent"


def _describe_mapping(annotation: str) -> str:
    """What a mapping in place of an annotation's model may hold; empty for anything but a model with fields."""
    models = import_module(".models", __package__)
    for name in re.findall(r"\w+", annotation):
        fields = getattr(getattr(models, name, None), "__attrs_attrs__", ())
        if items := ", ".join(f'"{field.name}": ...' for field in fields if field.init):
            return f"; as a mapping, {name} is {{{items}}}"
    return ""


@frozen(eq=False)
class APIResponse(Generic[T]):
    """A whole response: the decoded body and what came with it. Its repr shows nothing personal.

    Attributes:
        parsed: The decoded body, as the method without `with_raw_response` returns it.
        status_code: HTTP status.
        headers: Response headers; names are case-insensitive.
        content: The body as received, decompressed.
        request_id: Heymarket's `X-Request-Id`, to quote to its support.
        attempts: Number of requests that were sent for this call.
        elapsed: Seconds from the call to the decoded response.
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
        items: Its items, without those that were on earlier pages, and without those that `limit` cuts off.
        cursor: Where the next page begins; store it and pass it to `resume`. Where `limit` cuts this page short, the
            cursor is that of the page itself, so that nothing is lost; and so it is where the service says that no page
            follows. `None` is the beginning of the list.
        response: The whole response.
    """

    items: list[T] = field(repr=lambda items: f"<{len(items)}>")
    cursor: str | None
    response: APIResponse[list[T]] = field(repr=False)


class Pager(Protocol[T]):
    """The items of a list. Each page is fetched when its first item is needed."""

    def __iter__(self) -> Iterator[T]:
        """Iterates over the items. Every iteration begins again."""
        ...

    def pages(self) -> Iterator[Page[T]]:
        """Iterates over the pages, with their cursors and responses."""
        ...

    def limit(self, items: int) -> "Pager[T]":
        """Returns the same list, ended after so many items."""
        ...

    def resume(self, cursor: str | None) -> "Pager[T]":
        """Returns the same list, from the `cursor` of a `Page` on."""
        ...


class AsyncPager(Protocol[T]):
    """The items of a list. Each page is fetched when its first item is needed."""

    def __aiter__(self) -> AsyncIterator[T]:
        """Iterates over the items. Every iteration begins again."""
        ...

    def pages(self) -> AsyncIterator[Page[T]]:
        """Iterates over the pages, with their cursors and responses."""
        ...

    def limit(self, items: int) -> "AsyncPager[T]":
        """Returns the same list, ended after so many items."""
        ...

    def resume(self, cursor: str | None) -> "AsyncPager[T]":
        """Returns the same list, from the `cursor` of a `Page` on."""
        ...


class SupportsSend(Protocol):
    """What a resource needs of the client: something that runs operations.

    Path values arrive as the caller gave them; the sender checks them and converts them to strings.
    """

    def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Runs an operation with the arguments of its `build`, and returns the decoded body."""
        ...

    def send_raw(
        self, operation: Operation[T], arguments: dict[str, Any]
    ) -> APIResponse[T]:
        """Runs an operation with the arguments of its `build`, and returns the whole response."""
        ...

    def paginate(
        self, operation: Operation[list[T]], arguments: dict[str, Any]
    ) -> Pager[T]:
        """Returns the items of an operation's pages."""
        ...


class SupportsAsyncSend(Protocol):
    """What a resource needs of the asynchronous client, as `SupportsSend`."""

    async def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Runs an operation with the arguments of its `build`, and returns the decoded body."""
        ...

    async def send_raw(
        self, operation: Operation[T], arguments: dict[str, Any]
    ) -> APIResponse[T]:
        """Runs an operation with the arguments of its `build`, and returns the whole response."""
        ...

    def paginate(
        self, operation: Operation[list[T]], arguments: dict[str, Any]
    ) -> AsyncPager[T]:
        """Returns the items of an operation's pages."""
        ...


class RawSender:
    """A sender that returns the whole response of every call. Of a list it fetches one page."""

    def __init__(self, sender: SupportsSend | SupportsAsyncSend) -> None:
        self._sender = sender

    def send_raw(self, operation: Operation[Any], arguments: dict[str, Any]) -> Any:
        """Runs an operation, and returns the whole response, or an awaitable of it."""
        return self._sender.send_raw(operation, arguments)

    send = paginate = send_raw


@overload
def to_raw(method: Callable[P, Pager[T]]) -> Callable[P, APIResponse[list[T]]]: ...
@overload
def to_raw(method: Callable[P, T]) -> Callable[P, APIResponse[T]]: ...
def to_raw(method: Any) -> Any:
    """The method of a resource that was made with a `RawSender`, typed by what it returns with that."""
    return method


@overload
def to_raw_async(
    method: Callable[P, AsyncPager[T]],
) -> Callable[P, Coroutine[Any, Any, APIResponse[list[T]]]]: ...
@overload
def to_raw_async(
    method: Callable[P, Coroutine[Any, Any, T]],
) -> Callable[P, Coroutine[Any, Any, APIResponse[T]]]: ...
def to_raw_async(method: Any) -> Any:
    """As `to_raw`, for coroutines."""
    return method
