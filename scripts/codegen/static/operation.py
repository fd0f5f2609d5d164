"""What a resource hands to the sender that runs it, and what a raw call gives back."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, Protocol, TypeVar

from attrs import field, frozen

T = TypeVar("T")


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
            empty when no answer is documented, and the result is None.
        model: Name of the result's type, for messages.
        safe: True when a repeated request does no harm: a GET, or marked as a read in the description.
    """

    name: str
    method: str
    path: str
    build: Callable[..., dict[str, Any]]
    parse: Callable[..., T | None]
    path_params: Mapping[str, str]
    status: int
    expects: str
    model: str
    safe: bool


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


class Sender(Protocol):
    """Runs operations. Path values arrive as the caller gave them; the sender checks them and makes them text."""

    def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Runs an operation with the arguments of its `build`, and gives the decoded body."""
        ...

    def send_raw(self, operation: Operation[T], arguments: dict[str, Any]) -> APIResponse[T]:
        """Runs an operation with the arguments of its `build`, and gives the whole response."""
        ...


class AsyncSender(Protocol):
    """Runs operations in an event loop, as `Sender` does."""

    async def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Runs an operation with the arguments of its `build`, and gives the decoded body."""
        ...

    async def send_raw(self, operation: Operation[T], arguments: dict[str, Any]) -> APIResponse[T]:
        """Runs an operation with the arguments of its `build`, and gives the whole response."""
        ...
