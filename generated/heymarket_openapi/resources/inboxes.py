"""The inboxes that messages are sent from and arrive in."""

from __future__ import annotations

import builtins
from functools import cache

from .. import models
from ..arguments import Resource
from ..lazy import LazyProperty, Listed
from ..operation import (
    Operation,
    RawSender,
    SupportsAsyncSend,
    SupportsSend,
    to_raw,
    to_raw_async,
)


@cache
def _describe_list() -> Operation[list[models.Inbox]]:
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


class Inboxes(Resource):
    """The inboxes that messages are sent from and arrive in."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> InboxesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return InboxesWithRawResponse(Inboxes(RawSender(self._sender)))

    def list(
        self,
    ) -> builtins.list[models.Inbox]:
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
                about 30 more fields, under names of its own, and other `widget_settings`; those are not
                described here.
        """
        return self._sender.send(
            _describe_list(),
            {},
        )


class InboxesWithRawResponse(Listed):
    """The methods of `Inboxes`, returning whole responses."""

    def __init__(self, resource: Inboxes) -> None:
        self.list = to_raw(resource.list)


class AsyncInboxes(Resource):
    """The inboxes that messages are sent from and arrive in."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncInboxesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncInboxesWithRawResponse(AsyncInboxes(RawSender(self._sender)))

    async def list(
        self,
    ) -> builtins.list[models.Inbox]:
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
                about 30 more fields, under names of its own, and other `widget_settings`; those are not
                described here.
        """
        return await self._sender.send(
            _describe_list(),
            {},
        )


class AsyncInboxesWithRawResponse(Listed):
    """The methods of `AsyncInboxes`, returning whole responses."""

    def __init__(self, resource: AsyncInboxes) -> None:
        self.list = to_raw_async(resource.list)
