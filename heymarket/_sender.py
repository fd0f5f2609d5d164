"""The two drivers of the exchange. What the generated resources hold is one of these."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from heymarket._decoding import decode, decode_anything
from heymarket._flow import Reply, exchange
from heymarket._messages import Call, Request, Response, TransportFailure
from heymarket.errors import HeymarketError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from heymarket_openapi.operation import APIResponse, Operation

    from heymarket._flow import Flow
    from heymarket._request import Dispatch
    from heymarket._transports import AsyncTransport, Transport
    from heymarket.pagination import AsyncPager, Pager

T = TypeVar("T")
TransportT = TypeVar("TransportT")


class Line(Generic[TransportT]):
    """The connections that a client and the light clients made from it have in common."""

    def __init__(self, transport: TransportT) -> None:
        self.transport = transport
        self.closed = False

    def open_transport(self) -> TransportT:
        """The transport.

        Raises:
            HeymarketError: The connections are closed.
        """
        if self.closed:
            raise HeymarketError("This client is closed. Make the calls inside its with block, or make a new client.")
        return self.transport


class Sender:
    """Sends for `Heymarket`."""

    def __init__(self, dispatch: Dispatch, line: Line[Transport], *, owns: bool = True) -> None:
        self.dispatch = dispatch
        self._line = line
        self._owns = owns

    def sharing(self, dispatch: Dispatch) -> Sender:
        """Another sender on the same connections; closing it closes nothing."""
        return Sender(dispatch, self._line, owns=False)

    def close(self) -> None:
        """Close the connections, if they are this sender's."""
        if self._owns and not self._line.closed:
            self._line.closed = True
            self._line.transport.close()

    def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Call an operation and give its result."""
        return self.send_raw(operation, arguments).parsed

    def send_raw(self, operation: Operation[T], arguments: dict[str, Any]) -> APIResponse[T]:
        """Call an operation and give its result with what came around it."""
        return decode(operation, self._drive(self.dispatch.call(operation, arguments)))

    def paginate(self, operation: Operation[list[T]], arguments: dict[str, Any]) -> Pager[T]:
        """The items of an operation's pages."""
        from heymarket.pagination import Pager  # noqa: PLC0415 - loaded when first needed

        return Pager(self, operation, arguments)

    def send_page(self, operation: Operation[T], arguments: dict[str, Any], page: Mapping[str, Any]) -> APIResponse[T]:
        """Call an operation for one of its pages."""
        return decode(operation, self._drive(self.dispatch.call(operation, {**arguments}, page)))

    def request(self, method: str, path: str, json_body: Any, params: Mapping[str, Any] | None) -> APIResponse[Any]:
        """Call an endpoint that the description lacks."""
        call = self.dispatch.raw_call(method, path, json_body, params)
        return decode_anything(call.operation, self._drive(call))

    def _drive(self, call: Call) -> Reply:
        self._line.open_transport()
        flow: Flow = exchange(call, self.dispatch.limits, self.dispatch.means)
        sleep = self.dispatch.means.clock.sleep
        outcome: Response | TransportFailure | float | None = None
        with closing(flow):  # an interrupt gives the quota's slot back
            while True:
                try:
                    step = flow.send(outcome)
                except StopIteration as stop:
                    return _reply(stop)
                if isinstance(step, Request):
                    outcome = self._line.open_transport().send(step)
                elif isinstance(step, int | float):
                    outcome = None
                    sleep(step)
                else:
                    outcome = step.result()


class AsyncSender:
    """Sends for `AsyncHeymarket`."""

    def __init__(self, dispatch: Dispatch, line: Line[AsyncTransport], *, owns: bool = True) -> None:
        self.dispatch = dispatch
        self._line = line
        self._owns = owns

    def sharing(self, dispatch: Dispatch) -> AsyncSender:
        """Another sender on the same connections; closing it closes nothing."""
        return AsyncSender(dispatch, self._line, owns=False)

    async def close(self) -> None:
        """Close the connections, if they are this sender's."""
        if self._owns and not self._line.closed:
            self._line.closed = True
            await self._line.transport.close()

    async def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Call an operation and give its result."""
        return (await self.send_raw(operation, arguments)).parsed

    async def send_raw(self, operation: Operation[T], arguments: dict[str, Any]) -> APIResponse[T]:
        """Call an operation and give its result with what came around it."""
        return decode(operation, await self._drive(self.dispatch.call(operation, arguments)))

    def paginate(self, operation: Operation[list[T]], arguments: dict[str, Any]) -> AsyncPager[T]:
        """The items of an operation's pages."""
        from heymarket.pagination import AsyncPager  # noqa: PLC0415 - loaded when first needed

        return AsyncPager(self, operation, arguments)

    async def send_page(
        self, operation: Operation[T], arguments: dict[str, Any], page: Mapping[str, Any]
    ) -> APIResponse[T]:
        """Call an operation for one of its pages."""
        return decode(operation, await self._drive(self.dispatch.call(operation, {**arguments}, page)))

    async def request(
        self, method: str, path: str, json_body: Any, params: Mapping[str, Any] | None
    ) -> APIResponse[Any]:
        """Call an endpoint that the description lacks."""
        call = self.dispatch.raw_call(method, path, json_body, params)
        return decode_anything(call.operation, await self._drive(call))

    async def _drive(self, call: Call) -> Reply:
        self._line.open_transport()
        flow: Flow = exchange(call, self.dispatch.limits, self.dispatch.means)
        sleep = self.dispatch.means.clock.sleep_async
        outcome: Response | TransportFailure | float | None = None
        with closing(flow):  # a cancelled task gives the quota's slot back
            while True:
                try:
                    step = flow.send(outcome)
                except StopIteration as stop:
                    return _reply(stop)
                if isinstance(step, Request):
                    outcome = await self._line.open_transport().send(step)
                elif isinstance(step, int | float):
                    outcome = None
                    await sleep(step)
                else:
                    outcome = await _settled(step)


async def _settled(future: Future[float]) -> float:
    from asyncio import wrap_future  # noqa: PLC0415 - a synchronous program never needs asyncio

    return await wrap_future(future)


def _reply(stop: StopIteration) -> Reply:
    reply: Reply = stop.value
    return reply
