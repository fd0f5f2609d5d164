"""The inboxes that messages are sent from and arrive in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..operation import (
    APIResponse,
    AsyncSender,
    Operation,
    Sender,
)

if TYPE_CHECKING:
    import builtins

    from ..models.inbox import Inbox


@cache
def _list() -> Operation[list[Inbox]]:
    from ..api.inboxes import inboxes_list

    return Operation(
        name="inboxes.list",
        method="GET",
        path="/v1/inboxes",
        build=inboxes_list._get_kwargs,
        parse=inboxes_list._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Inbox]",
        safe=True,
    )


class Inboxes:
    """The inboxes that messages are sent from and arrive in."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @property
    def with_raw_response(self) -> InboxesWithRawResponse:
        """The same methods, giving the whole response and not only its decoded body."""
        return InboxesWithRawResponse(self._sender)

    def list(
        self,
    ) -> builtins.list[Inbox]:
        """List the inboxes that the credentials can use.

        The vendor suggests this call for checking credentials.

        Returns:
            All inboxes.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/inboxes (generated page; older, hand-written page)
            /concepts/inboxes (guide; earlier guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D21: The generated page has `invited` as an array of strings, the older page as a boolean.
            D22: The generated page adds `bco_chats`, `op` and `rev` to the older one. A third party shows
                about 30 members more, under names of its own, and other `widget_settings`; those are not
                described here.
        """
        return self._sender.send(
            _list(),
            {},
        )


class InboxesWithRawResponse:
    """`Inboxes`, giving whole responses."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def list(
        self,
    ) -> APIResponse[builtins.list[Inbox]]:
        """`Inboxes.list`, giving the whole response."""
        return self._sender.send_raw(
            _list(),
            {},
        )


class AsyncInboxes:
    """The inboxes that messages are sent from and arrive in."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @property
    def with_raw_response(self) -> AsyncInboxesWithRawResponse:
        """The same methods, giving the whole response and not only its decoded body."""
        return AsyncInboxesWithRawResponse(self._sender)

    async def list(
        self,
    ) -> builtins.list[Inbox]:
        """List the inboxes that the credentials can use.

        The vendor suggests this call for checking credentials.

        Returns:
            All inboxes.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/inboxes (generated page; older, hand-written page)
            /concepts/inboxes (guide; earlier guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D21: The generated page has `invited` as an array of strings, the older page as a boolean.
            D22: The generated page adds `bco_chats`, `op` and `rev` to the older one. A third party shows
                about 30 members more, under names of its own, and other `widget_settings`; those are not
                described here.
        """
        return await self._sender.send(
            _list(),
            {},
        )


class AsyncInboxesWithRawResponse:
    """`AsyncInboxes`, giving whole responses."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def list(
        self,
    ) -> APIResponse[builtins.list[Inbox]]:
        """`AsyncInboxes.list`, giving the whole response."""
        return await self._sender.send_raw(
            _list(),
            {},
        )
