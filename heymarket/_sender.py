"""The two drivers of the flow. What the generated resources hold is one of these."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import closing, nullcontext
from typing import Any, Generic, NoReturn, Self, TypeVar

from heymarket_openapi.operation import APIResponse, Operation

from heymarket._decoding import decode
from heymarket._flow import CallContext, Success
from heymarket._messages import Call, Request
from heymarket._request import build_call
from heymarket._transports import AsyncTransport, Transport
from heymarket.errors import HeymarketError
from heymarket.pagination import AsyncPager, Pager

T = TypeVar("T")
TransportT = TypeVar("TransportT")


class SharedTransport(Generic[TransportT]):
    """The transports, one for each host, that a client and the light clients made from it have in common."""

    def __init__(self, base_url: str, make: Callable[[str], TransportT]) -> None:
        self.transports = {"": make(base_url)}
        self.closed = False
        self._make = make
        self._loop_of: tuple[int, object] | None = None

    def get(self, server: str = "") -> TransportT:
        """The transport to a server; empty for that of the base URL.

        Raises:
            HeymarketError: It is closed.
        """
        if self.closed:
            raise HeymarketError("This client is closed. Make the calls inside its with block, or make a new client.")
        if server not in self.transports:
            self.transports.setdefault(server, self._make(server))
        return self.transports[server]

    def get_on_loop(self, server: str = "") -> TransportT:
        """The transport, whose connections belong to the event loop that it was used on first.

        Raises:
            HeymarketError: It is closed, or another event loop of this process is running.
        """
        from asyncio import get_running_loop

        transport = self.get(server)
        try:
            here = os.getpid(), get_running_loop()
        except RuntimeError:
            raise HeymarketError(
                "AsyncHeymarket needs a running event loop of asyncio. With trio, call Heymarket in a thread: "
                "trio.to_thread.run_sync(...)."
            ) from None
        self._loop_of = self._loop_of if self._loop_of and self._loop_of[0] == here[0] else here
        if self._loop_of[1] is not here[1]:
            raise HeymarketError(
                "This AsyncHeymarket belongs to another event loop. Make and close one client per loop: inside the "
                "coroutine that asyncio.run is given."
            )
        return transport


class _Sender(Generic[TransportT]):
    def __init__(self, context: CallContext, shared: SharedTransport[TransportT], *, owns: bool = True) -> None:
        self.context = context
        self._shared = shared
        self._owns = owns

    def sharing(self, context: CallContext) -> Self:
        """Another sender on the same transport; closing it closes nothing."""
        return type(self)(context, self._shared, owns=False)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client can't be pickled: it has credentials. Make one in each process that sends.")


class Sender(_Sender[Transport]):
    """Sends for `Heymarket`."""

    def close(self) -> None:
        """Close the transport, if it is this sender's."""
        if self._owns and not self._shared.closed:
            self._shared.closed = True
            for transport in self._shared.transports.values():
                transport.close()

    def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Call an operation and return its result."""
        return self.send_raw(operation, arguments).parsed

    def send_raw(
        self, operation: Operation[T], arguments: dict[str, Any], page: Mapping[str, Any] | None = None
    ) -> APIResponse[T]:
        """Call an operation, or for one of its pages, and return the whole response."""
        return decode(operation, self._run(build_call(self.context, operation, arguments, page)))

    def paginate(self, operation: Operation[list[T]], arguments: dict[str, Any]) -> Pager[T]:
        """The items of an operation's pages."""
        return Pager(self, operation, arguments)

    def _run(self, call: Call) -> Success:
        self._shared.get()
        sleep = self.context.clock.sleep
        outcome: Any = None
        # An interrupt returns the quota's slot.
        with closing(self.context.run(call, self.context)) as flow, call.save_to or nullcontext():
            while True:
                step = flow.send(outcome)
                if isinstance(step, Request):
                    outcome = self._shared.get(call.server).send(step)
                elif isinstance(step, Success):
                    return step
                elif isinstance(step, int | float):
                    sleep(step)
                else:
                    outcome = step.result()


class AsyncSender(_Sender[AsyncTransport]):
    """Sends for `AsyncHeymarket`."""

    async def close(self) -> None:
        """Close the transport, if it is this sender's."""
        if self._owns and not self._shared.closed:
            self._shared.get_on_loop()
            self._shared.closed = True
            for transport in self._shared.transports.values():
                await transport.close()

    async def send(self, operation: Operation[T], arguments: dict[str, Any]) -> T:
        """Call an operation and return its result."""
        return (await self.send_raw(operation, arguments)).parsed

    async def send_raw(
        self, operation: Operation[T], arguments: dict[str, Any], page: Mapping[str, Any] | None = None
    ) -> APIResponse[T]:
        """Call an operation, or for one of its pages, and return the whole response."""
        return decode(operation, await self._run(build_call(self.context, operation, arguments, page)))

    def paginate(self, operation: Operation[list[T]], arguments: dict[str, Any]) -> AsyncPager[T]:
        """The items of an operation's pages."""
        return AsyncPager(self, operation, arguments)

    async def _run(self, call: Call) -> Success:
        self._shared.get_on_loop()
        sleep = self.context.clock.sleep_async
        outcome: Any = None
        # A cancelled task returns the quota's slot.
        with closing(self.context.run(call, self.context)) as flow, call.save_to or nullcontext():
            while True:
                step = flow.send(outcome)
                if isinstance(step, Request):
                    outcome = await self._shared.get_on_loop(call.server).send(step)
                elif isinstance(step, Success):
                    return step
                elif isinstance(step, int | float):
                    await sleep(step)
                else:
                    from asyncio import wrap_future

                    outcome = await wrap_future(step)
