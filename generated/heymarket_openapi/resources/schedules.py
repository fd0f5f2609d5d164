"""Messages to be sent later. No operation lists them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

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
from ..operation import as_argument as _as_argument
from ..types import UNSET, Unset
from ..undescribed import unchecked as _unchecked


@cache
def _describe_create() -> Operation[models.ScheduleRef]:
    from ..api.schedules import schedules_create

    return Operation(
        name="schedules.create",
        method="POST",
        path="/v1/schedule",
        build=schedules_create._get_kwargs,
        parse=schedules_create._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="ScheduleRef",
        safe=False,
        idempotent_by="local_id",
        rules=ValidationRules(
            exactly_one=(
                ("phone_number",),
                ("targets",),
                ("conversation_id",),
                ("list_id",),
            ),
            at_least_one=(),
            formats={
                "execute_at": "quarter-hour",
                "content.to": "phone",
                "phone_number": "phone",
            },
            at_most={},
        ),
        body=("", "ScheduleWrite"),
    )


@cache
def _describe_get() -> Operation[models.Schedule]:
    from ..api.schedules import schedules_get

    return Operation(
        name="schedules.get",
        method="GET",
        path="/v1/schedule/{id}",
        build=schedules_get._get_kwargs,
        parse=schedules_get._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="Schedule",
        safe=True,
    )


@cache
def _describe_update() -> Operation[models.ScheduleRef]:
    from ..api.schedules import schedules_update

    return Operation(
        name="schedules.update",
        method="PUT",
        path="/v1/schedule/{id}",
        build=schedules_update._get_kwargs,
        parse=schedules_update._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="ScheduleRef",
        safe=False,
        idempotent_by="local_id",
        rules=ValidationRules(
            exactly_one=(
                ("phone_number",),
                ("targets",),
                ("conversation_id",),
                ("list_id",),
            ),
            at_least_one=(),
            formats={
                "execute_at": "quarter-hour",
                "content.to": "phone",
                "phone_number": "phone",
            },
            at_most={},
        ),
        body=("", "ScheduleWrite"),
    )


@cache
def _describe_delete() -> Operation[None]:
    from ..api.schedules import schedules_delete

    return Operation(
        name="schedules.delete",
        method="DELETE",
        path="/v1/schedule/{id}",
        build=schedules_delete._get_kwargs,
        parse=schedules_delete._parse_response,
        path_params={"id": ""},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


class Schedules(Resource):
    """Messages to be sent later. No operation lists them."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> SchedulesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return SchedulesWithRawResponse(Schedules(RawSender(self._sender)))

    def create(
        self,
        *,
        inbox_id: int,
        execute_at: datetime.datetime,
        content: models.ScheduledContentWrite | Mapping[str, Any],
        phone_number: str | Unset = UNSET,
        targets: Sequence[models.ScheduleTargetWrite | Mapping[str, Any]]
        | Unset = UNSET,
        conversation_id: int | Unset = UNSET,
        list_id: int | Unset = UNSET,
        local_id: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.ScheduleRef:
        """Schedule a message.

        The stored page is cut off before the end of its response; `id` was seen by a third party. In the
        emulator, the message that is sent has the schedule's `local_id`; whether it has it in the service
        isn't known. If the recipient opts out before the time, nothing is sent there, and no event says so:
        cancel the schedule on `target_opt_out`. A time off the quarter hour is refused before anything is
        sent: the client raises `InvalidRequestError`.

        Exactly one of `phone_number`, `targets`, `conversation_id` and `list_id` is required.

        Args:
            inbox_id: Id of the inbox to send from. Example: 31.
            execute_at: When to send (RFC 3339): at least 15 minutes ahead and on a quarter of an hour (:00,
                :15, :30, :45), or it is refused. Read back as `execute`. Format: quarter-hour. Example:
                "2030-01-02T09:30:00Z".
            content: What to send. Example: {"text": "See you tomorrow."}.
            phone_number: The recipient's phone number (E.164 digits without plus). A number with a plus may
                be in any common notation. Example: "15555550100".
            targets: Recipients of a group MMS; an array of objects by the older page, which doesn't describe
                them (D31).
            conversation_id: Id of the conversation to write in. Example: 601.
            list_id: Id of the list to send to: a broadcast. Example: 41.
            local_id: Id of your own that is unique for this message, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            user_id: Id of the member to send as; the team's owner by default. Example: 21.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Id of the scheduled message.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/schedule (older, hand-written page)
            /concepts/lists-templates-scheduling (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D31: `content.template` is an integer on the generated page, an object on the older page. On the
                older page `targets` is an array of objects. `team_id` and `user_id` are in responses seen by
                a third party, `rev` is on the generated page only. The time is written as `execute_at` and
                read as `execute`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.schedule_write import ScheduleWrite

        return self._sender.send(
            _unchecked(_describe_create(), allow_undescribed),
            {
                "body": ScheduleWrite(
                    inbox_id=inbox_id,
                    execute_at=execute_at,
                    content=_as_argument(content),
                    phone_number=phone_number,
                    targets=_as_argument(targets),
                    conversation_id=conversation_id,
                    list_id=list_id,
                    local_id=local_id,
                    user_id=user_id,
                ),
            },
        )

    def get(
        self,
        id: int,
    ) -> models.Schedule:
        """Retrieve a scheduled message.

        Args:
            id: Id of the scheduled message. Example: 61.

        Returns:
            The scheduled message.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/schedule-get (generated page)
            /api-reference/schedule (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D31: `content.template` is an integer on the generated page, an object on the older page. On the
                older page `targets` is an array of objects. `team_id` and `user_id` are in responses seen by
                a third party, `rev` is on the generated page only. The time is written as `execute_at` and
                read as `execute`.
        """
        return self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    def update(
        self,
        id: int,
        *,
        inbox_id: int,
        execute_at: datetime.datetime,
        content: models.ScheduledContentWrite | Mapping[str, Any],
        phone_number: str | Unset = UNSET,
        targets: Sequence[models.ScheduleTargetWrite | Mapping[str, Any]]
        | Unset = UNSET,
        conversation_id: int | Unset = UNSET,
        list_id: int | Unset = UNSET,
        local_id: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.ScheduleRef:
        """Change a scheduled message before it is sent.

        The body is that of creating one; `id` in the response was seen by a third party.

        Exactly one of `phone_number`, `targets`, `conversation_id` and `list_id` is required.

        Args:
            id: Id of the scheduled message. Example: 61.
            inbox_id: Id of the inbox to send from. Example: 31.
            execute_at: When to send (RFC 3339): at least 15 minutes ahead and on a quarter of an hour (:00,
                :15, :30, :45), or it is refused. Read back as `execute`. Format: quarter-hour. Example:
                "2030-01-02T09:30:00Z".
            content: What to send. Example: {"text": "See you tomorrow."}.
            phone_number: The recipient's phone number (E.164 digits without plus). A number with a plus may
                be in any common notation. Example: "15555550100".
            targets: Recipients of a group MMS; an array of objects by the older page, which doesn't describe
                them (D31).
            conversation_id: Id of the conversation to write in. Example: 601.
            list_id: Id of the list to send to: a broadcast. Example: 41.
            local_id: Id of your own that is unique for this message, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            user_id: Id of the member to send as; the team's owner by default. Example: 21.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Id of the scheduled message.

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
            /api-reference/schedule (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D31: `content.template` is an integer on the generated page, an object on the older page. On the
                older page `targets` is an array of objects. `team_id` and `user_id` are in responses seen by
                a third party, `rev` is on the generated page only. The time is written as `execute_at` and
                read as `execute`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.schedule_write import ScheduleWrite

        return self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "id": id,
                "body": ScheduleWrite(
                    inbox_id=inbox_id,
                    execute_at=execute_at,
                    content=_as_argument(content),
                    phone_number=phone_number,
                    targets=_as_argument(targets),
                    conversation_id=conversation_id,
                    list_id=list_id,
                    local_id=local_id,
                    user_id=user_id,
                ),
            },
        )

    def delete(
        self,
        id: int,
    ) -> None:
        """Cancel a scheduled message.

        Args:
            id: Id of the scheduled message. Example: 61.

        Returns:
            None. Not documented.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/schedule (older, hand-written page)
        """
        return self._sender.send(
            _describe_delete(),
            {
                "id": id,
            },
        )


class SchedulesWithRawResponse(Listed):
    """The methods of `Schedules`, returning whole responses."""

    def __init__(self, resource: Schedules) -> None:
        self.create = to_raw(resource.create)
        self.get = to_raw(resource.get)
        self.update = to_raw(resource.update)
        self.delete = to_raw(resource.delete)


class AsyncSchedules(Resource):
    """Messages to be sent later. No operation lists them."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncSchedulesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncSchedulesWithRawResponse(AsyncSchedules(RawSender(self._sender)))

    async def create(
        self,
        *,
        inbox_id: int,
        execute_at: datetime.datetime,
        content: models.ScheduledContentWrite | Mapping[str, Any],
        phone_number: str | Unset = UNSET,
        targets: Sequence[models.ScheduleTargetWrite | Mapping[str, Any]]
        | Unset = UNSET,
        conversation_id: int | Unset = UNSET,
        list_id: int | Unset = UNSET,
        local_id: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.ScheduleRef:
        """Schedule a message.

        The stored page is cut off before the end of its response; `id` was seen by a third party. In the
        emulator, the message that is sent has the schedule's `local_id`; whether it has it in the service
        isn't known. If the recipient opts out before the time, nothing is sent there, and no event says so:
        cancel the schedule on `target_opt_out`. A time off the quarter hour is refused before anything is
        sent: the client raises `InvalidRequestError`.

        Exactly one of `phone_number`, `targets`, `conversation_id` and `list_id` is required.

        Args:
            inbox_id: Id of the inbox to send from. Example: 31.
            execute_at: When to send (RFC 3339): at least 15 minutes ahead and on a quarter of an hour (:00,
                :15, :30, :45), or it is refused. Read back as `execute`. Format: quarter-hour. Example:
                "2030-01-02T09:30:00Z".
            content: What to send. Example: {"text": "See you tomorrow."}.
            phone_number: The recipient's phone number (E.164 digits without plus). A number with a plus may
                be in any common notation. Example: "15555550100".
            targets: Recipients of a group MMS; an array of objects by the older page, which doesn't describe
                them (D31).
            conversation_id: Id of the conversation to write in. Example: 601.
            list_id: Id of the list to send to: a broadcast. Example: 41.
            local_id: Id of your own that is unique for this message, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            user_id: Id of the member to send as; the team's owner by default. Example: 21.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Id of the scheduled message.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/schedule (older, hand-written page)
            /concepts/lists-templates-scheduling (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D31: `content.template` is an integer on the generated page, an object on the older page. On the
                older page `targets` is an array of objects. `team_id` and `user_id` are in responses seen by
                a third party, `rev` is on the generated page only. The time is written as `execute_at` and
                read as `execute`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.schedule_write import ScheduleWrite

        return await self._sender.send(
            _unchecked(_describe_create(), allow_undescribed),
            {
                "body": ScheduleWrite(
                    inbox_id=inbox_id,
                    execute_at=execute_at,
                    content=_as_argument(content),
                    phone_number=phone_number,
                    targets=_as_argument(targets),
                    conversation_id=conversation_id,
                    list_id=list_id,
                    local_id=local_id,
                    user_id=user_id,
                ),
            },
        )

    async def get(
        self,
        id: int,
    ) -> models.Schedule:
        """Retrieve a scheduled message.

        Args:
            id: Id of the scheduled message. Example: 61.

        Returns:
            The scheduled message.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/schedule-get (generated page)
            /api-reference/schedule (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D31: `content.template` is an integer on the generated page, an object on the older page. On the
                older page `targets` is an array of objects. `team_id` and `user_id` are in responses seen by
                a third party, `rev` is on the generated page only. The time is written as `execute_at` and
                read as `execute`.
        """
        return await self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    async def update(
        self,
        id: int,
        *,
        inbox_id: int,
        execute_at: datetime.datetime,
        content: models.ScheduledContentWrite | Mapping[str, Any],
        phone_number: str | Unset = UNSET,
        targets: Sequence[models.ScheduleTargetWrite | Mapping[str, Any]]
        | Unset = UNSET,
        conversation_id: int | Unset = UNSET,
        list_id: int | Unset = UNSET,
        local_id: str | Unset = UNSET,
        user_id: int | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.ScheduleRef:
        """Change a scheduled message before it is sent.

        The body is that of creating one; `id` in the response was seen by a third party.

        Exactly one of `phone_number`, `targets`, `conversation_id` and `list_id` is required.

        Args:
            id: Id of the scheduled message. Example: 61.
            inbox_id: Id of the inbox to send from. Example: 31.
            execute_at: When to send (RFC 3339): at least 15 minutes ahead and on a quarter of an hour (:00,
                :15, :30, :45), or it is refused. Read back as `execute`. Format: quarter-hour. Example:
                "2030-01-02T09:30:00Z".
            content: What to send. Example: {"text": "See you tomorrow."}.
            phone_number: The recipient's phone number (E.164 digits without plus). A number with a plus may
                be in any common notation. Example: "15555550100".
            targets: Recipients of a group MMS; an array of objects by the older page, which doesn't describe
                them (D31).
            conversation_id: Id of the conversation to write in. Example: 601.
            list_id: Id of the list to send to: a broadcast. Example: 41.
            local_id: Id of your own that is unique for this message, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            user_id: Id of the member to send as; the team's owner by default. Example: 21.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Id of the scheduled message.

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
            /api-reference/schedule (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D31: `content.template` is an integer on the generated page, an object on the older page. On the
                older page `targets` is an array of objects. `team_id` and `user_id` are in responses seen by
                a third party, `rev` is on the generated page only. The time is written as `execute_at` and
                read as `execute`.
            D39: The id of a conversation has four names: `chat_id` where one is opened, closed or written to,
                `convo_id` in emails, `conversation_id` in schedules and transfers, `id` in paths.
        """
        from ..models.schedule_write import ScheduleWrite

        return await self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "id": id,
                "body": ScheduleWrite(
                    inbox_id=inbox_id,
                    execute_at=execute_at,
                    content=_as_argument(content),
                    phone_number=phone_number,
                    targets=_as_argument(targets),
                    conversation_id=conversation_id,
                    list_id=list_id,
                    local_id=local_id,
                    user_id=user_id,
                ),
            },
        )

    async def delete(
        self,
        id: int,
    ) -> None:
        """Cancel a scheduled message.

        Args:
            id: Id of the scheduled message. Example: 61.

        Returns:
            None. Not documented.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/schedule (older, hand-written page)
        """
        return await self._sender.send(
            _describe_delete(),
            {
                "id": id,
            },
        )


class AsyncSchedulesWithRawResponse(Listed):
    """The methods of `AsyncSchedules`, returning whole responses."""

    def __init__(self, resource: AsyncSchedules) -> None:
        self.create = to_raw_async(resource.create)
        self.get = to_raw_async(resource.get)
        self.update = to_raw_async(resource.update)
        self.delete = to_raw_async(resource.delete)
