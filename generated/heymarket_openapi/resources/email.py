"""Emails from the team's email inboxes."""

from __future__ import annotations

from functools import cache

from .. import models
from ..arguments import Resource
from ..lazy import LazyProperty, Listed
from ..operation import (
    Operation,
    RawSender,
    SupportsAsyncSend,
    SupportsSend,
    ValidationRules,
    to_raw,
    to_raw_async,
)
from ..types import UNSET, Unset


@cache
def _describe_send() -> Operation[models.SendResult]:
    from ..api.email import email_send

    return Operation(
        name="email.send",
        method="POST",
        path="/v1/email/send",
        build=email_send._get_kwargs,
        parse=email_send._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="SendResult",
        safe=False,
        idempotent_by="local_id",
        rules=ValidationRules(
            exactly_one=(("targets",), ("convo_id",)),
            at_least_one=(),
            formats={},
            at_most={},
        ),
    )


class Email(Resource):
    """Emails from the team's email inboxes."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> EmailWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return EmailWithRawResponse(Email(RawSender(self._sender)))

    def send(
        self,
        *,
        creator_id: int,
        inbox: int,
        text: str,
        raw_text: str | Unset = UNSET,
        local_id: str | Unset = UNSET,
        conv_title: str | Unset = UNSET,
        targets: list[str] | Unset = UNSET,
        convo_id: int | Unset = UNSET,
    ) -> models.SendResult:
        """Send an email from an email inbox, in a new conversation or as a reply.

        Exactly one of `targets` and `convo_id` is required.

        Args:
            creator_id: Id of the member who sends. Example: 21.
            inbox: Id of the email inbox to send from. Example: 31.
            text: The text of the email; HTML is allowed. Example: "<p>Hello from Example Inc.</p>".
            raw_text: The text of the email without HTML (D40). Example: "Hello from Example Inc.".
            local_id: Id of your own that is unique for this email, such as a UUID. Sent again, it doesn't
                create a second email. Example: "00000000-0000-4000-8000-00000000a001". Generated for each
                call that has none; retries use the same one.
            conv_title: Title of the new conversation. Example: "Your order".
            targets: Recipients of a new conversation: each is `to:` or `cc:`, followed by one or more
                addresses with commas between them. Example: ["to:ada@example.com",
                "cc:grace@example.com,alan@example.com"].
            convo_id: Id of the conversation to reply in. Example: 604.

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
            /api-reference/messages/send-email (generated page; text of the generated page; older, hand-
                written page)
            /concepts/messages (guide)

        Contradictions:
            D16: The pages return `id`, `date` and `gallery_url`; a response seen by a third party has `id`,
                `convo_id`, `date`, `queued` and `compliance_results`, as the pages on email have.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
            D40: `raw_text` is in the older page's example and the generated page's text, but not in the
                generated page's example.
        """
        from ..models.email_write import EmailWrite

        return self._sender.send(
            _describe_send(),
            {
                "body": EmailWrite(
                    creator_id=creator_id,
                    inbox=inbox,
                    text=text,
                    raw_text=raw_text,
                    local_id=local_id,
                    conv_title=conv_title,
                    targets=targets,
                    convo_id=convo_id,
                ),
            },
        )


class EmailWithRawResponse(Listed):
    """The methods of `Email`, returning whole responses."""

    def __init__(self, resource: Email) -> None:
        self.send = to_raw(resource.send)


class AsyncEmail(Resource):
    """Emails from the team's email inboxes."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncEmailWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncEmailWithRawResponse(AsyncEmail(RawSender(self._sender)))

    async def send(
        self,
        *,
        creator_id: int,
        inbox: int,
        text: str,
        raw_text: str | Unset = UNSET,
        local_id: str | Unset = UNSET,
        conv_title: str | Unset = UNSET,
        targets: list[str] | Unset = UNSET,
        convo_id: int | Unset = UNSET,
    ) -> models.SendResult:
        """Send an email from an email inbox, in a new conversation or as a reply.

        Exactly one of `targets` and `convo_id` is required.

        Args:
            creator_id: Id of the member who sends. Example: 21.
            inbox: Id of the email inbox to send from. Example: 31.
            text: The text of the email; HTML is allowed. Example: "<p>Hello from Example Inc.</p>".
            raw_text: The text of the email without HTML (D40). Example: "Hello from Example Inc.".
            local_id: Id of your own that is unique for this email, such as a UUID. Sent again, it doesn't
                create a second email. Example: "00000000-0000-4000-8000-00000000a001". Generated for each
                call that has none; retries use the same one.
            conv_title: Title of the new conversation. Example: "Your order".
            targets: Recipients of a new conversation: each is `to:` or `cc:`, followed by one or more
                addresses with commas between them. Example: ["to:ada@example.com",
                "cc:grace@example.com,alan@example.com"].
            convo_id: Id of the conversation to reply in. Example: 604.

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
            /api-reference/messages/send-email (generated page; text of the generated page; older, hand-
                written page)
            /concepts/messages (guide)

        Contradictions:
            D16: The pages return `id`, `date` and `gallery_url`; a response seen by a third party has `id`,
                `convo_id`, `date`, `queued` and `compliance_results`, as the pages on email have.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
            D40: `raw_text` is in the older page's example and the generated page's text, but not in the
                generated page's example.
        """
        from ..models.email_write import EmailWrite

        return await self._sender.send(
            _describe_send(),
            {
                "body": EmailWrite(
                    creator_id=creator_id,
                    inbox=inbox,
                    text=text,
                    raw_text=raw_text,
                    local_id=local_id,
                    conv_title=conv_title,
                    targets=targets,
                    convo_id=convo_id,
                ),
            },
        )


class AsyncEmailWithRawResponse(Listed):
    """The methods of `AsyncEmail`, returning whole responses."""

    def __init__(self, resource: AsyncEmail) -> None:
        self.send = to_raw_async(resource.send)
