"""Text messages: sending them, and reading what was sent and received."""

from __future__ import annotations

import builtins
import datetime
from functools import cache

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


@cache
def _describe_send() -> Operation[models.SendResult]:
    from ..api.messages import messages_send

    return Operation(
        name="messages.send",
        method="POST",
        path="/v1/message/send",
        build=messages_send._get_kwargs,
        parse=messages_send._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="SendResult",
        safe=False,
        idempotent_by="local_id",
        rules=ValidationRules(
            exactly_one=(("phone_number",), ("chat_id",), ("list_id",), ("targets",)),
            at_least_one=("text", "template_id", "media_url", "survey_id"),
            formats={"phone_number": "phone", "targets[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_history() -> Operation[list[models.Message]]:
    from ..api.messages import messages_history

    return Operation(
        name="messages.history",
        method="GET",
        path="/v1/messages",
        build=messages_history._get_kwargs,
        parse=messages_history._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Message]",
        safe=True,
        paging=Paging(
            place="params",
            name="timestamp",
            kind="after",
            source="date",
            unit="unix-seconds",
            first=0,
            limit="",
            size=50,
            items=(),
            next=(),
        ),
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"?phoneNumber": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_list() -> Operation[list[models.Message]]:
    from ..api.messages import messages_list

    return Operation(
        name="messages.list",
        method="POST",
        path="/v1/messages/all",
        build=messages_list._get_kwargs,
        parse=messages_list._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Message]",
        safe=True,
        paging=Paging(
            place="json",
            name="created_at",
            kind="after",
            source="date",
            unit="",
            first=0,
            limit="",
            size=30,
            items=(),
            next=(),
        ),
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"created_at": "date-time"},
            at_most={},
        ),
    )


@cache
def _describe_count() -> Operation[int]:
    from ..api.messages import messages_count

    return Operation(
        name="messages.count",
        method="POST",
        path="/v1/messages/all/count",
        build=messages_count._get_kwargs,
        parse=messages_count._parse_response,
        path_params={},
        status=200,
        expects="count",
        model="int",
        safe=True,
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={"date": "date-time"}, at_most={}
        ),
    )


class Messages(Resource):
    """Text messages: sending them, and reading what was sent and received."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> MessagesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return MessagesWithRawResponse(Messages(RawSender(self._sender)))

    def send(
        self,
        *,
        inbox_id: int,
        creator_id: int,
        phone_number: str | Unset = UNSET,
        chat_id: int | Unset = UNSET,
        list_id: int | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
        text: str | Unset = UNSET,
        template_id: int | Unset = UNSET,
        media_url: str | Unset = UNSET,
        survey_id: int | Unset = UNSET,
        private: bool | Unset = UNSET,
        author: str | Unset = UNSET,
        local_id: str | Unset = UNSET,
        activity_id: str | Unset = UNSET,
    ) -> models.SendResult:
        """Send a text message, a group MMS, a broadcast or a survey, or write a private comment.

        A success means that the message was accepted, not that it was delivered. The service recognizes a
        repeated request by its `local_id`.

        Exactly one of `phone_number`, `chat_id`, `list_id` and `targets` is required.

        At least one of `text`, `template_id`, `media_url` and `survey_id` is required.

        Args:
            inbox_id: Id of the inbox to send from. Example: 31.
            creator_id: Id of the member who sends, from the inboxes or the team; needs access to the inbox
                (D17, D18). Example: 21.
            phone_number: The recipient's phone number (E.164 digits without plus). A number with a plus may
                be in any common notation. Example: "15555550100".
            chat_id: Id of the conversation to write in. Example: 601.
            list_id: Id of the list to send to: a broadcast, a separate message for each. `local_id` is needed
                then. Example: 41.
            targets: Phone numbers (E.164 digits without plus) of a group MMS; not from a toll-free number.
                The maximum number is not documented. Example: ["15555550100", "15555550101"].
            text: The text. For lists, merge tokens such as {{first_name}} are filled in. The maximum length
                is not documented. Example: "Hello from Example Inc.".
            template_id: Id of the template to send, filled in by the service. Example: 51.
            media_url: Public URL of a file to send along; makes the message an MMS. Format: uri. Example:
                "https://example.com/map.png".
            survey_id: Id of the survey whose opening question is sent as the text. Example: 81.
            private: Whether this is a comment that only the team sees (D20). Example: false.
            author: Name shown on the message or comment. An integration uses it like this; the vendor's page
                was stored incompletely. Example: "Mary Example".
            local_id: Id of your own that is unique for this message, such as a UUID. A broadcast with a
                repeated id is said to be sent once; for other messages the id is said to be useful for
                retries. Example: "00000000-0000-4000-8000-00000000a001". Generated for each call that has
                none; retries use the same one.
            activity_id: Not described by the vendor. Example: "activity-1".

        Returns:
            What was accepted for sending.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/send (generated page; older, hand-written page)
            /guides/send-message (guide; earlier guide)
            /guides/broadcast-messages (guide; earlier guide)
            /concepts/messages (guide; earlier guide)
            mindcloud-inc/universal-api-reference (third party)
            several other integrations (third party)

        Contradictions:
            D16: The pages return `id`, `date` and `gallery_url`; a response seen by a third party has `id`,
                `convo_id`, `date`, `queued` and `compliance_results`, as the pages on email have.
            D17: `creator_id` is a user or member id from the inboxes on the older page, an id of the users in
                an earlier guide, and in the newer guide a member id from the inboxes or the team, which need
                not be the user's id.
            D18: The pages require `creator_id`; one integration leaves it out, another sends `creator_email`
                in its place.
            D19: Third parties send `creator_email`, `conv_name` and `channel`, which are on no page and not
                described here.
            D20: A guide allows private comments in an existing conversation only. An integration writes them
                by `phone_number`, with `author` as the name shown, and says that this was not tried.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.message_write import MessageWrite

        return self._sender.send(
            _describe_send(),
            {
                "body": MessageWrite(
                    inbox_id=inbox_id,
                    creator_id=creator_id,
                    phone_number=phone_number,
                    chat_id=chat_id,
                    list_id=list_id,
                    targets=targets,
                    text=text,
                    template_id=template_id,
                    media_url=media_url,
                    survey_id=survey_id,
                    private=private,
                    author=author,
                    local_id=local_id,
                    activity_id=activity_id,
                ),
            },
        )

    def history(
        self,
        *,
        phone_number: str,
        inbox_id: int,
        timestamp: int | Unset = UNSET,
    ) -> Pager[models.Message]:
        """Retrieve the latest 50 messages of one conversation.

        Whether messages with exactly this `timestamp` are included is not documented.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            phone_number: Phone number of the contact (E.164 digits without plus). A number with a plus may be
                in any common notation. Example: "15555550100".
            inbox_id: Id of the inbox. Example: 31.
            timestamp: Only messages before this time, in Unix seconds. Example: 1893456000.

        Returns:
            Up to 50 messages, the latest first.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/get-history (generated page; text of the generated page; older, hand-
                written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
            D41: The generated page has `phone` and `target`; responses seen by a third party have `target`
                and `targets` only.
            D42: The older page requires `phoneNumber` and `inboxID`, the text of the generated page does not.
                An integration leaves `inboxID` out and sends `limit`. The generated page calls `timestamp`
                the latest time to search.
        """
        return self._sender.paginate(
            _describe_history(),
            {
                "phone_number": phone_number,
                "inbox_id": inbox_id,
                "timestamp": timestamp,
            },
        )

    def list(
        self,
        *,
        created_at: datetime.datetime | Unset = UNSET,
        order: models.MessageOrder | str | Unset = UNSET,
        ascending: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> Pager[models.Message]:
        """List the messages of the whole team.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            created_at: Only messages before this time; the `date` of the last message leads to the next page.
                Without it, the newest are returned (D13). Format: date-time. Example: "2030-01-01T00:00:00Z".
            order: Field to sort by; `created_at` by default. Known values: "created_at", "updated_at"; any
                string is accepted. Example: "created_at".
            ascending: Oldest first instead of newest first. Example: false.
            limit: Messages per page; 30 by default. The maximum is not documented. Example: 30.

        Returns:
            A page of messages, the newest first unless asked otherwise.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/list-all (generated page)
            /api-reference/messages/get-history (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            xzmaxtoy/heymarket (third party)

        Contradictions:
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D13: The older page requires `created_at`; the generated page leaves it out of the body, yet says
                in its text that it has to be sent and that an empty object returns the newest. The older page
                has messages before that time, a third party those from it on.
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
            D41: The generated page has `phone` and `target`; responses seen by a third party have `target`
                and `targets` only.
        """
        from ..models.message_list_query import MessageListQuery
        from ..models.message_order import MessageOrder

        return self._sender.paginate(
            _describe_list(),
            {
                "body": MessageListQuery(
                    created_at=created_at,
                    order=_as_argument(order, MessageOrder),
                    ascending=ascending,
                    limit=limit,
                ),
            },
        )

    def count(
        self,
        *,
        archived: bool | Unset = UNSET,
        ascending: bool | Unset = UNSET,
        assigned: int | Unset = UNSET,
        date: datetime.datetime | Unset = UNSET,
        filter_: str | Unset = UNSET,
        id: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        order: models.MessageOrder | str | Unset = UNSET,
        page: int | Unset = UNSET,
        parent_id: int | Unset = UNSET,
    ) -> int:
        """Count the messages of the whole team.

        Args:
            archived: On the generated page only (D12), and not explained; may be ignored. Example: false.
            ascending: Sort order, which can't matter here. Example: false.
            assigned: Presumably the id of an assigned user. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            date: A timestamp, as for lists. On the generated page only (D12), and not explained; may be
                ignored. Format: date-time. Example: "2030-01-01T00:00:00Z".
            filter_: On the generated page only (D12), and not explained; may be ignored. Example: "all".
            id: Id of a user, as for the list of conversations. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            limit: Page size, which can't matter here. Example: 30.
            order: Sort order, which can't matter here. Known values: "created_at", "updated_at"; any string
                is accepted. Example: "created_at".
            page: Page number, which can't matter here. Example: 0.
            parent_id: On the generated page only (D12), and not explained; may be ignored. Example: 0.

        Returns:
            How many there are.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/count (generated page)

        Contradictions:
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D14: The count of messages is a string on its page; those of contacts and conversations are not
                shown. It may come as a number or as a string.
        """
        from ..models.message_count_query import MessageCountQuery
        from ..models.message_order import MessageOrder

        return self._sender.send(
            _describe_count(),
            {
                "body": MessageCountQuery(
                    archived=archived,
                    ascending=ascending,
                    assigned=assigned,
                    date=date,
                    filter_=filter_,
                    id=id,
                    limit=limit,
                    order=_as_argument(order, MessageOrder),
                    page=page,
                    parent_id=parent_id,
                ),
            },
        )


class MessagesWithRawResponse(Listed):
    """The methods of `Messages`, returning whole responses."""

    def __init__(self, resource: Messages) -> None:
        self.send = to_raw(resource.send)
        self.history = to_raw(resource.history)
        self.list = to_raw(resource.list)
        self.count = to_raw(resource.count)


class AsyncMessages(Resource):
    """Text messages: sending them, and reading what was sent and received."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncMessagesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncMessagesWithRawResponse(AsyncMessages(RawSender(self._sender)))

    async def send(
        self,
        *,
        inbox_id: int,
        creator_id: int,
        phone_number: str | Unset = UNSET,
        chat_id: int | Unset = UNSET,
        list_id: int | Unset = UNSET,
        targets: builtins.list[str] | Unset = UNSET,
        text: str | Unset = UNSET,
        template_id: int | Unset = UNSET,
        media_url: str | Unset = UNSET,
        survey_id: int | Unset = UNSET,
        private: bool | Unset = UNSET,
        author: str | Unset = UNSET,
        local_id: str | Unset = UNSET,
        activity_id: str | Unset = UNSET,
    ) -> models.SendResult:
        """Send a text message, a group MMS, a broadcast or a survey, or write a private comment.

        A success means that the message was accepted, not that it was delivered. The service recognizes a
        repeated request by its `local_id`.

        Exactly one of `phone_number`, `chat_id`, `list_id` and `targets` is required.

        At least one of `text`, `template_id`, `media_url` and `survey_id` is required.

        Args:
            inbox_id: Id of the inbox to send from. Example: 31.
            creator_id: Id of the member who sends, from the inboxes or the team; needs access to the inbox
                (D17, D18). Example: 21.
            phone_number: The recipient's phone number (E.164 digits without plus). A number with a plus may
                be in any common notation. Example: "15555550100".
            chat_id: Id of the conversation to write in. Example: 601.
            list_id: Id of the list to send to: a broadcast, a separate message for each. `local_id` is needed
                then. Example: 41.
            targets: Phone numbers (E.164 digits without plus) of a group MMS; not from a toll-free number.
                The maximum number is not documented. Example: ["15555550100", "15555550101"].
            text: The text. For lists, merge tokens such as {{first_name}} are filled in. The maximum length
                is not documented. Example: "Hello from Example Inc.".
            template_id: Id of the template to send, filled in by the service. Example: 51.
            media_url: Public URL of a file to send along; makes the message an MMS. Format: uri. Example:
                "https://example.com/map.png".
            survey_id: Id of the survey whose opening question is sent as the text. Example: 81.
            private: Whether this is a comment that only the team sees (D20). Example: false.
            author: Name shown on the message or comment. An integration uses it like this; the vendor's page
                was stored incompletely. Example: "Mary Example".
            local_id: Id of your own that is unique for this message, such as a UUID. A broadcast with a
                repeated id is said to be sent once; for other messages the id is said to be useful for
                retries. Example: "00000000-0000-4000-8000-00000000a001". Generated for each call that has
                none; retries use the same one.
            activity_id: Not described by the vendor. Example: "activity-1".

        Returns:
            What was accepted for sending.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/send (generated page; older, hand-written page)
            /guides/send-message (guide; earlier guide)
            /guides/broadcast-messages (guide; earlier guide)
            /concepts/messages (guide; earlier guide)
            mindcloud-inc/universal-api-reference (third party)
            several other integrations (third party)

        Contradictions:
            D16: The pages return `id`, `date` and `gallery_url`; a response seen by a third party has `id`,
                `convo_id`, `date`, `queued` and `compliance_results`, as the pages on email have.
            D17: `creator_id` is a user or member id from the inboxes on the older page, an id of the users in
                an earlier guide, and in the newer guide a member id from the inboxes or the team, which need
                not be the user's id.
            D18: The pages require `creator_id`; one integration leaves it out, another sends `creator_email`
                in its place.
            D19: Third parties send `creator_email`, `conv_name` and `channel`, which are on no page and not
                described here.
            D20: A guide allows private comments in an existing conversation only. An integration writes them
                by `phone_number`, with `author` as the name shown, and says that this was not tried.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.message_write import MessageWrite

        return await self._sender.send(
            _describe_send(),
            {
                "body": MessageWrite(
                    inbox_id=inbox_id,
                    creator_id=creator_id,
                    phone_number=phone_number,
                    chat_id=chat_id,
                    list_id=list_id,
                    targets=targets,
                    text=text,
                    template_id=template_id,
                    media_url=media_url,
                    survey_id=survey_id,
                    private=private,
                    author=author,
                    local_id=local_id,
                    activity_id=activity_id,
                ),
            },
        )

    def history(
        self,
        *,
        phone_number: str,
        inbox_id: int,
        timestamp: int | Unset = UNSET,
    ) -> AsyncPager[models.Message]:
        """Retrieve the latest 50 messages of one conversation.

        Whether messages with exactly this `timestamp` are included is not documented.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            phone_number: Phone number of the contact (E.164 digits without plus). A number with a plus may be
                in any common notation. Example: "15555550100".
            inbox_id: Id of the inbox. Example: 31.
            timestamp: Only messages before this time, in Unix seconds. Example: 1893456000.

        Returns:
            Up to 50 messages, the latest first.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/get-history (generated page; text of the generated page; older, hand-
                written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
            D41: The generated page has `phone` and `target`; responses seen by a third party have `target`
                and `targets` only.
            D42: The older page requires `phoneNumber` and `inboxID`, the text of the generated page does not.
                An integration leaves `inboxID` out and sends `limit`. The generated page calls `timestamp`
                the latest time to search.
        """
        return self._sender.paginate(
            _describe_history(),
            {
                "phone_number": phone_number,
                "inbox_id": inbox_id,
                "timestamp": timestamp,
            },
        )

    def list(
        self,
        *,
        created_at: datetime.datetime | Unset = UNSET,
        order: models.MessageOrder | str | Unset = UNSET,
        ascending: bool | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> AsyncPager[models.Message]:
        """List the messages of the whole team.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            created_at: Only messages before this time; the `date` of the last message leads to the next page.
                Without it, the newest are returned (D13). Format: date-time. Example: "2030-01-01T00:00:00Z".
            order: Field to sort by; `created_at` by default. Known values: "created_at", "updated_at"; any
                string is accepted. Example: "created_at".
            ascending: Oldest first instead of newest first. Example: false.
            limit: Messages per page; 30 by default. The maximum is not documented. Example: 30.

        Returns:
            A page of messages, the newest first unless asked otherwise.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/list-all (generated page)
            /api-reference/messages/get-history (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            xzmaxtoy/heymarket (third party)

        Contradictions:
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D13: The older page requires `created_at`; the generated page leaves it out of the body, yet says
                in its text that it has to be sent and that an empty object returns the newest. The older page
                has messages before that time, a third party those from it on.
            D37: `read` is an integer and `replied` a boolean. Responses seen by a third party add `unread`,
                `unread_users` and `last_msg`; the generated page adds `creator`, `last_inbound`, `name`,
                `noreply`, `snooze_till`, `support` and `type`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
            D41: The generated page has `phone` and `target`; responses seen by a third party have `target`
                and `targets` only.
        """
        from ..models.message_list_query import MessageListQuery
        from ..models.message_order import MessageOrder

        return self._sender.paginate(
            _describe_list(),
            {
                "body": MessageListQuery(
                    created_at=created_at,
                    order=_as_argument(order, MessageOrder),
                    ascending=ascending,
                    limit=limit,
                ),
            },
        )

    async def count(
        self,
        *,
        archived: bool | Unset = UNSET,
        ascending: bool | Unset = UNSET,
        assigned: int | Unset = UNSET,
        date: datetime.datetime | Unset = UNSET,
        filter_: str | Unset = UNSET,
        id: int | Unset = UNSET,
        limit: int | Unset = UNSET,
        order: models.MessageOrder | str | Unset = UNSET,
        page: int | Unset = UNSET,
        parent_id: int | Unset = UNSET,
    ) -> int:
        """Count the messages of the whole team.

        Args:
            archived: On the generated page only (D12), and not explained; may be ignored. Example: false.
            ascending: Sort order, which can't matter here. Example: false.
            assigned: Presumably the id of an assigned user. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            date: A timestamp, as for lists. On the generated page only (D12), and not explained; may be
                ignored. Format: date-time. Example: "2030-01-01T00:00:00Z".
            filter_: On the generated page only (D12), and not explained; may be ignored. Example: "all".
            id: Id of a user, as for the list of conversations. On the generated page only (D12), and not
                explained; may be ignored. Example: 21.
            limit: Page size, which can't matter here. Example: 30.
            order: Sort order, which can't matter here. Known values: "created_at", "updated_at"; any string
                is accepted. Example: "created_at".
            page: Page number, which can't matter here. Example: 0.
            parent_id: On the generated page only (D12), and not explained; may be ignored. Example: 0.

        Returns:
            How many there are.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/messages/count (generated page)

        Contradictions:
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D14: The count of messages is a string on its page; those of contacts and conversations are not
                shown. It may come as a number or as a string.
        """
        from ..models.message_count_query import MessageCountQuery
        from ..models.message_order import MessageOrder

        return await self._sender.send(
            _describe_count(),
            {
                "body": MessageCountQuery(
                    archived=archived,
                    ascending=ascending,
                    assigned=assigned,
                    date=date,
                    filter_=filter_,
                    id=id,
                    limit=limit,
                    order=_as_argument(order, MessageOrder),
                    page=page,
                    parent_id=parent_id,
                ),
            },
        )


class AsyncMessagesWithRawResponse(Listed):
    """The methods of `AsyncMessages`, returning whole responses."""

    def __init__(self, resource: AsyncMessages) -> None:
        self.send = to_raw_async(resource.send)
        self.history = to_raw_async(resource.history)
        self.list = to_raw_async(resource.list)
        self.count = to_raw_async(resource.count)
