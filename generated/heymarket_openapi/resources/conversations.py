"""The threads between the team and a contact or a group, and who works on them."""

from __future__ import annotations

import builtins
import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

from .. import models
from ..arguments import Resource
from ..lazy import LazyProperty, Listed
from ..operation import (
    AsyncPager,
    Operation,
    Pager,
    Paging,
    RawSender,
    SupportsAsyncSend,
    SupportsSend,
    ValidationRules,
    to_raw,
    to_raw_async,
)
from ..operation import as_argument as _as_argument
from ..types import UNSET, Unset
from ..undescribed import unchecked as _unchecked


@cache
def _describe_list() -> Operation[list[models.Conversation]]:
    from ..api.conversations import conversations_list

    return Operation(
        name="conversations.list",
        method="POST",
        path="/v1/conversations",
        build=conversations_list._get_kwargs,
        parse=conversations_list._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Conversation]",
        safe=True,
        paging=Paging(
            place="json",
            name="date",
            kind="after",
            source="updated",
            unit="",
            first=0,
            limit="",
            size=0,
            items=(),
            next=(),
        ),
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={"date": "date-time"}, at_most={}
        ),
        body=("", "ConversationListQuery"),
    )


@cache
def _describe_count() -> Operation[int]:
    from ..api.conversations import conversations_count

    return Operation(
        name="conversations.count",
        method="POST",
        path="/v1/conversations/count",
        build=conversations_count._get_kwargs,
        parse=conversations_count._parse_response,
        path_params={},
        status=200,
        expects="count",
        model="int",
        safe=True,
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={"date": "date-time"}, at_most={}
        ),
    )


@cache
def _describe_get() -> Operation[models.Conversation]:
    from ..api.conversations import conversations_get

    return Operation(
        name="conversations.get",
        method="GET",
        path="/v1/conversations/{id}",
        build=conversations_get._get_kwargs,
        parse=conversations_get._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="Conversation",
        safe=True,
    )


@cache
def _describe_open() -> Operation[None]:
    from ..api.conversations import conversations_open

    return Operation(
        name="conversations.open",
        method="POST",
        path="/v1/conversations/open",
        build=conversations_open._get_kwargs,
        parse=conversations_open._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(("chat_id",), ("target",), ("targets",)),
            at_least_one=(),
            formats={"target": "phone", "targets[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_close() -> Operation[None]:
    from ..api.conversations import conversations_close

    return Operation(
        name="conversations.close",
        method="POST",
        path="/v1/conversations/close",
        build=conversations_close._get_kwargs,
        parse=conversations_close._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(("chat_id",), ("target",), ("targets",)),
            at_least_one=(),
            formats={"target": "phone", "targets[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_mark_read() -> Operation[None]:
    from ..api.conversations import conversations_mark_read

    return Operation(
        name="conversations.mark_read",
        method="POST",
        path="/v1/conversations/read",
        build=conversations_mark_read._get_kwargs,
        parse=conversations_mark_read._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(("target",), ("targets",)),
            at_least_one=(),
            formats={"target": "phone", "targets[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_mark_unread() -> Operation[None]:
    from ..api.conversations import conversations_mark_unread

    return Operation(
        name="conversations.mark_unread",
        method="POST",
        path="/v1/conversations/unread",
        build=conversations_mark_unread._get_kwargs,
        parse=conversations_mark_unread._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(("target",), ("targets",)),
            at_least_one=(),
            formats={"target": "phone", "targets[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_reassign() -> Operation[None]:
    from ..api.conversations import conversations_reassign

    return Operation(
        name="conversations.reassign",
        method="POST",
        path="/v1/conversations/reassign",
        build=conversations_reassign._get_kwargs,
        parse=conversations_reassign._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(("target",), ("targets",)),
            at_least_one=(),
            formats={"target": "phone", "targets[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_transfer() -> Operation[None]:
    from ..api.conversations import conversations_transfer

    return Operation(
        name="conversations.transfer",
        method="POST",
        path="/v1/conversations/transfer",
        build=conversations_transfer._get_kwargs,
        parse=conversations_transfer._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


class Conversations(Resource):
    """The threads between the team and a contact or a group, and who works on them."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> ConversationsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return ConversationsWithRawResponse(Conversations(RawSender(self._sender)))

    def list(
        self,
        *,
        id: int,
        filters: models.ConversationFiltersQuery | Mapping[str, Any],
        date: datetime.datetime | Unset = UNSET,
        limit: int | Unset = UNSET,
        assigned: int | Unset = UNSET,
        ascending: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> Pager[models.Conversation]:
        """List the conversations, the last changed first.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            id: Id of the user whose inboxes are searched. The newer guide sends 0. Example: 21.
            filters: Which conversations. Example: {"inboxes": [31], "closed": false, "unread": true}.
            date: Only conversations last changed before this time; the `updated` of the last item leads to
                the next page. Format: date-time. Example: "2030-01-01T00:00:00Z".
            limit: Conversations per page. On the generated page only (D12), and not explained; may be
                ignored. Example: 30.
            assigned: Presumably only conversations of this user. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            ascending: Presumably oldest first. On the generated page only (D12), and not explained; may be
                ignored. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            A page of conversations; empty after the last one.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/list (generated page; older, hand-written page)
            /concepts/conversations (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_list_query import ConversationListQuery

        return self._sender.paginate(
            _unchecked(_describe_list(), allow_undescribed),
            {
                "body": ConversationListQuery(
                    id=id,
                    filters=_as_argument(filters),
                    date=date,
                    limit=limit,
                    assigned=assigned,
                    ascending=ascending,
                ),
            },
        )

    def count(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
    ) -> int:
        """Count the conversations.

        Its response is not shown, and described like that of the count of messages.

        Args:
            date: Only conversations last changed before this time. Format: date-time. Example:
                "2030-01-01T00:00:00Z".

        Returns:
            How many there are.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/list (older, hand-written page)

        Contradictions:
            D14: The count of messages is a string on its page; those of contacts and conversations are not
                shown. It may come as a number or as a string.
        """
        from ..models.conversation_count_query import ConversationCountQuery

        return self._sender.send(
            _describe_count(),
            {
                "body": ConversationCountQuery(date=date),
            },
        )

    def get(
        self,
        id: int,
    ) -> models.Conversation:
        """Retrieve a conversation.

        Args:
            id: Id of the conversation. Example: 601.

        Returns:
            The conversation.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/get (generated page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        return self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    def open(
        self,
        *,
        inbox_id: int,
        user_id: int,
        chat_id: int | Unset = UNSET,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
    ) -> None:
        """Open a conversation again.

        Exactly one of `chat_id`, `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who is recorded as having opened it. Example: 21.
            chat_id: Id of the conversation. Example: 601.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_open_write import ConversationOpenWrite

        return self._sender.send(
            _describe_open(),
            {
                "body": ConversationOpenWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    chat_id=chat_id,
                    target=target,
                    targets=targets,
                ),
            },
        )

    def close(
        self,
        *,
        inbox_id: int,
        user_id: int,
        chat_id: int | Unset = UNSET,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
    ) -> None:
        """Close a conversation.

        Exactly one of `chat_id`, `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who acts. Example: 21.
            chat_id: Id of the conversation. Example: 601.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/close (generated page)
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_close_write import ConversationCloseWrite

        return self._sender.send(
            _describe_close(),
            {
                "body": ConversationCloseWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    chat_id=chat_id,
                    target=target,
                    targets=targets,
                ),
            },
        )

    def mark_read(
        self,
        *,
        inbox_id: int,
        user_id: int,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
        reassign_id: int | Unset = UNSET,
    ) -> None:
        """Mark a conversation as read by a user.

        Exactly one of `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who has read it. Example: 21.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].
            reassign_id: Shown on the page, without an effect; for reassigning there is another operation.
                Example: 22.

        Returns:
            A string that confirms it.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/mark-read (generated page)
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_read_write import ConversationReadWrite

        return self._sender.send(
            _describe_mark_read(),
            {
                "body": ConversationReadWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    target=target,
                    targets=targets,
                    reassign_id=reassign_id,
                ),
            },
        )

    def mark_unread(
        self,
        *,
        inbox_id: int,
        user_id: int,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
        reassign_id: int | Unset = UNSET,
    ) -> None:
        """Mark a conversation as unread by a user.

        Exactly one of `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user for whom it becomes unread. Example: 21.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].
            reassign_id: Shown on the page, without an effect; for reassigning there is another operation.
                Example: 22.

        Returns:
            A string that confirms it.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_unread_write import ConversationUnreadWrite

        return self._sender.send(
            _describe_mark_unread(),
            {
                "body": ConversationUnreadWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    target=target,
                    targets=targets,
                    reassign_id=reassign_id,
                ),
            },
        )

    def reassign(
        self,
        *,
        inbox_id: int,
        user_id: int,
        reassign_id: int,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
    ) -> None:
        """Give a conversation to another member of the same inbox.

        Exactly one of `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who has it now, according to the older page; of the user who acts,
                according to a third party (D38). Example: 21.
            reassign_id: Id of the member who gets it. Example: 22.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/reassign (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D38: On the older page `user_id` is the user who has the conversation now; for a third party it is
                the user who acts.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_reassign_write import ConversationReassignWrite

        return self._sender.send(
            _describe_reassign(),
            {
                "body": ConversationReassignWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    reassign_id=reassign_id,
                    target=target,
                    targets=targets,
                ),
            },
        )

    def transfer(
        self,
        *,
        conversation_id: int | Unset = UNSET,
        transfer_inbox_id: int | Unset = UNSET,
    ) -> None:
        """Move a conversation to another inbox.

        The page speaks of constraints that the stored copy doesn't show.

        Args:
            conversation_id: Id of the conversation. Example: 601.
            transfer_inbox_id: Id of the inbox to move it to. Example: 32.

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/transfer (generated page)
            /concepts/conversations (guide)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_transfer_write import ConversationTransferWrite

        return self._sender.send(
            _describe_transfer(),
            {
                "body": ConversationTransferWrite(
                    conversation_id=conversation_id, transfer_inbox_id=transfer_inbox_id
                ),
            },
        )


class ConversationsWithRawResponse(Listed):
    """The methods of `Conversations`, returning whole responses."""

    def __init__(self, resource: Conversations) -> None:
        self.list = to_raw(resource.list)
        self.count = to_raw(resource.count)
        self.get = to_raw(resource.get)
        self.open = to_raw(resource.open)
        self.close = to_raw(resource.close)
        self.mark_read = to_raw(resource.mark_read)
        self.mark_unread = to_raw(resource.mark_unread)
        self.reassign = to_raw(resource.reassign)
        self.transfer = to_raw(resource.transfer)


class AsyncConversations(Resource):
    """The threads between the team and a contact or a group, and who works on them."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncConversationsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncConversationsWithRawResponse(
            AsyncConversations(RawSender(self._sender))
        )

    def list(
        self,
        *,
        id: int,
        filters: models.ConversationFiltersQuery | Mapping[str, Any],
        date: datetime.datetime | Unset = UNSET,
        limit: int | Unset = UNSET,
        assigned: int | Unset = UNSET,
        ascending: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> AsyncPager[models.Conversation]:
        """List the conversations, the last changed first.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            id: Id of the user whose inboxes are searched. The newer guide sends 0. Example: 21.
            filters: Which conversations. Example: {"inboxes": [31], "closed": false, "unread": true}.
            date: Only conversations last changed before this time; the `updated` of the last item leads to
                the next page. Format: date-time. Example: "2030-01-01T00:00:00Z".
            limit: Conversations per page. On the generated page only (D12), and not explained; may be
                ignored. Example: 30.
            assigned: Presumably only conversations of this user. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            ascending: Presumably oldest first. On the generated page only (D12), and not explained; may be
                ignored. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            A page of conversations; empty after the last one.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/list (generated page; older, hand-written page)
            /concepts/conversations (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_list_query import ConversationListQuery

        return self._sender.paginate(
            _unchecked(_describe_list(), allow_undescribed),
            {
                "body": ConversationListQuery(
                    id=id,
                    filters=_as_argument(filters),
                    date=date,
                    limit=limit,
                    assigned=assigned,
                    ascending=ascending,
                ),
            },
        )

    async def count(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
    ) -> int:
        """Count the conversations.

        Its response is not shown, and described like that of the count of messages.

        Args:
            date: Only conversations last changed before this time. Format: date-time. Example:
                "2030-01-01T00:00:00Z".

        Returns:
            How many there are.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/list (older, hand-written page)

        Contradictions:
            D14: The count of messages is a string on its page; those of contacts and conversations are not
                shown. It may come as a number or as a string.
        """
        from ..models.conversation_count_query import ConversationCountQuery

        return await self._sender.send(
            _describe_count(),
            {
                "body": ConversationCountQuery(date=date),
            },
        )

    async def get(
        self,
        id: int,
    ) -> models.Conversation:
        """Retrieve a conversation.

        Args:
            id: Id of the conversation. Example: 601.

        Returns:
            The conversation.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/get (generated page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        return await self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    async def open(
        self,
        *,
        inbox_id: int,
        user_id: int,
        chat_id: int | Unset = UNSET,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
    ) -> None:
        """Open a conversation again.

        Exactly one of `chat_id`, `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who is recorded as having opened it. Example: 21.
            chat_id: Id of the conversation. Example: 601.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_open_write import ConversationOpenWrite

        return await self._sender.send(
            _describe_open(),
            {
                "body": ConversationOpenWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    chat_id=chat_id,
                    target=target,
                    targets=targets,
                ),
            },
        )

    async def close(
        self,
        *,
        inbox_id: int,
        user_id: int,
        chat_id: int | Unset = UNSET,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
    ) -> None:
        """Close a conversation.

        Exactly one of `chat_id`, `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who acts. Example: 21.
            chat_id: Id of the conversation. Example: 601.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/close (generated page)
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_close_write import ConversationCloseWrite

        return await self._sender.send(
            _describe_close(),
            {
                "body": ConversationCloseWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    chat_id=chat_id,
                    target=target,
                    targets=targets,
                ),
            },
        )

    async def mark_read(
        self,
        *,
        inbox_id: int,
        user_id: int,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
        reassign_id: int | Unset = UNSET,
    ) -> None:
        """Mark a conversation as read by a user.

        Exactly one of `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who has read it. Example: 21.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].
            reassign_id: Shown on the page, without an effect; for reassigning there is another operation.
                Example: 22.

        Returns:
            A string that confirms it.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/mark-read (generated page)
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_read_write import ConversationReadWrite

        return await self._sender.send(
            _describe_mark_read(),
            {
                "body": ConversationReadWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    target=target,
                    targets=targets,
                    reassign_id=reassign_id,
                ),
            },
        )

    async def mark_unread(
        self,
        *,
        inbox_id: int,
        user_id: int,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
        reassign_id: int | Unset = UNSET,
    ) -> None:
        """Mark a conversation as unread by a user.

        Exactly one of `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user for whom it becomes unread. Example: 21.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].
            reassign_id: Shown on the page, without an effect; for reassigning there is another operation.
                Example: 22.

        Returns:
            A string that confirms it.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/open-close (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_unread_write import ConversationUnreadWrite

        return await self._sender.send(
            _describe_mark_unread(),
            {
                "body": ConversationUnreadWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    target=target,
                    targets=targets,
                    reassign_id=reassign_id,
                ),
            },
        )

    async def reassign(
        self,
        *,
        inbox_id: int,
        user_id: int,
        reassign_id: int,
        target: str | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
    ) -> None:
        """Give a conversation to another member of the same inbox.

        Exactly one of `target` and `targets` is required.

        Args:
            inbox_id: Id of the inbox. Example: 31.
            user_id: Id of the user who has it now, according to the older page; of the user who acts,
                according to a third party (D38). Example: 21.
            reassign_id: Id of the member who gets it. Example: 22.
            target: Phone number of the contact (E.164 digits without plus), for a conversation with one. A
                number with a plus may be in any common notation. Example: "15555550100".
            targets: Phone numbers (E.164 digits without plus) of a group MMS. Example: ["15555550100",
                "15555550101"].

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/conversations/reassign (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D38: On the older page `user_id` is the user who has the conversation now; for a third party it is
                the user who acts.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_reassign_write import ConversationReassignWrite

        return await self._sender.send(
            _describe_reassign(),
            {
                "body": ConversationReassignWrite(
                    inbox_id=inbox_id,
                    user_id=user_id,
                    reassign_id=reassign_id,
                    target=target,
                    targets=targets,
                ),
            },
        )

    async def transfer(
        self,
        *,
        conversation_id: int | Unset = UNSET,
        transfer_inbox_id: int | Unset = UNSET,
    ) -> None:
        """Move a conversation to another inbox.

        The page speaks of constraints that the stored copy doesn't show.

        Args:
            conversation_id: Id of the conversation. Example: 601.
            transfer_inbox_id: Id of the inbox to move it to. Example: 32.

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/conversations/transfer (generated page)
            /concepts/conversations (guide)

        Contradictions:
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.conversation_transfer_write import ConversationTransferWrite

        return await self._sender.send(
            _describe_transfer(),
            {
                "body": ConversationTransferWrite(
                    conversation_id=conversation_id, transfer_inbox_id=transfer_inbox_id
                ),
            },
        )


class AsyncConversationsWithRawResponse(Listed):
    """The methods of `AsyncConversations`, returning whole responses."""

    def __init__(self, resource: AsyncConversations) -> None:
        self.list = to_raw_async(resource.list)
        self.count = to_raw_async(resource.count)
        self.get = to_raw_async(resource.get)
        self.open = to_raw_async(resource.open)
        self.close = to_raw_async(resource.close)
        self.mark_read = to_raw_async(resource.mark_read)
        self.mark_unread = to_raw_async(resource.mark_unread)
        self.reassign = to_raw_async(resource.reassign)
        self.transfer = to_raw_async(resource.transfer)
