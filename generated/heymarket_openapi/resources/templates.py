"""Saved texts to send again."""

from __future__ import annotations

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
def _describe_create() -> Operation[models.CreatedRef]:
    from ..api.templates import templates_create

    return Operation(
        name="templates.create",
        method="POST",
        path="/v1/template",
        build=templates_create._get_kwargs,
        parse=templates_create._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        idempotent_by="local_id",
        body=("", "TemplateWrite"),
    )


@cache
def _describe_get() -> Operation[models.Template]:
    from ..api.templates import templates_get

    return Operation(
        name="templates.get",
        method="GET",
        path="/v1/template/{id}",
        build=templates_get._get_kwargs,
        parse=templates_get._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="Template",
        safe=True,
    )


@cache
def _describe_update() -> Operation[models.CreatedRef]:
    from ..api.templates import templates_update

    return Operation(
        name="templates.update",
        method="PUT",
        path="/v1/template/{id}",
        build=templates_update._get_kwargs,
        parse=templates_update._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        idempotent_by="local_id",
        body=("", "TemplateWrite"),
    )


@cache
def _describe_delete() -> Operation[None]:
    from ..api.templates import templates_delete

    return Operation(
        name="templates.delete",
        method="DELETE",
        path="/v1/template/{id}",
        build=templates_delete._get_kwargs,
        parse=templates_delete._parse_response,
        path_params={"id": ""},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


@cache
def _describe_list() -> Operation[list[models.Template]]:
    from ..api.templates import templates_list

    return Operation(
        name="templates.list",
        method="POST",
        path="/v1/templates",
        build=templates_list._get_kwargs,
        parse=templates_list._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Template]",
        safe=True,
        paging=Paging(
            place="json",
            name="date",
            kind="after",
            source="updated",
            unit="",
            first=0,
            limit="",
            size=30,
            items=(),
            next=(),
        ),
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={"date": "date-time"}, at_most={}
        ),
    )


class Templates(Resource):
    """Saved texts to send again."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> TemplatesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return TemplatesWithRawResponse(Templates(RawSender(self._sender)))

    def create(
        self,
        *,
        title: str,
        content: models.GalleryContentWrite | Mapping[str, Any],
        local_id: str | Unset = UNSET,
        archived: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a template.

        Args:
            title: Name of the template; read back as `name`. Example: "Welcome".
            content: Text and pictures of a template. Example: {"text": "Hello {{first_name}}!"}.
            local_id: Id of your own that is unique for this template, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            archived: Whether the template is archived; false by default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the template.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/templates/manage (older, hand-written page)
            /api-reference/templates/overview (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.template_write import TemplateWrite

        return self._sender.send(
            _unchecked(_describe_create(), allow_undescribed),
            {
                "body": TemplateWrite(
                    title=title,
                    content=_as_argument(content),
                    local_id=local_id,
                    archived=archived,
                ),
            },
        )

    def get(
        self,
        id: int,
    ) -> models.Template:
        """Retrieve a template.

        Args:
            id: Id of the template. Example: 51.

        Returns:
            The template.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/templates/manage (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
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
        title: str,
        content: models.GalleryContentWrite | Mapping[str, Any],
        local_id: str | Unset = UNSET,
        archived: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Update a template.

        The body is that of creating one.

        Args:
            id: Id of the template. Example: 51.
            title: Name of the template; read back as `name`. Example: "Welcome".
            content: Text and pictures of a template. Example: {"text": "Hello {{first_name}}!"}.
            local_id: Id of your own that is unique for this template, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            archived: Whether the template is archived; false by default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the template.

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
            /api-reference/templates/manage (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.template_write import TemplateWrite

        return self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "id": id,
                "body": TemplateWrite(
                    title=title,
                    content=_as_argument(content),
                    local_id=local_id,
                    archived=archived,
                ),
            },
        )

    def delete(
        self,
        id: int,
    ) -> None:
        """Delete a template.

        Args:
            id: Id of the template. Example: 51.

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
            /api-reference/templates/overview (older, hand-written page)
            CarpoolLogistics HeymarketClient (third party)
        """
        return self._sender.send(
            _describe_delete(),
            {
                "id": id,
            },
        )

    def list(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
    ) -> Pager[models.Template]:
        """List the templates, the newest first.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only templates last changed before this time; the `updated` of the last item leads to the
                next page. Format: date-time. Example: "2030-01-01T00:00:00Z".

        Returns:
            A page of templates.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/templates/manage (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
        """
        from ..models.template_list_query import TemplateListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": TemplateListQuery(date=date),
            },
        )


class TemplatesWithRawResponse(Listed):
    """The methods of `Templates`, returning whole responses."""

    def __init__(self, resource: Templates) -> None:
        self.create = to_raw(resource.create)
        self.get = to_raw(resource.get)
        self.update = to_raw(resource.update)
        self.delete = to_raw(resource.delete)
        self.list = to_raw(resource.list)


class AsyncTemplates(Resource):
    """Saved texts to send again."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncTemplatesWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncTemplatesWithRawResponse(AsyncTemplates(RawSender(self._sender)))

    async def create(
        self,
        *,
        title: str,
        content: models.GalleryContentWrite | Mapping[str, Any],
        local_id: str | Unset = UNSET,
        archived: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a template.

        Args:
            title: Name of the template; read back as `name`. Example: "Welcome".
            content: Text and pictures of a template. Example: {"text": "Hello {{first_name}}!"}.
            local_id: Id of your own that is unique for this template, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            archived: Whether the template is archived; false by default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the template.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/templates/manage (older, hand-written page)
            /api-reference/templates/overview (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.template_write import TemplateWrite

        return await self._sender.send(
            _unchecked(_describe_create(), allow_undescribed),
            {
                "body": TemplateWrite(
                    title=title,
                    content=_as_argument(content),
                    local_id=local_id,
                    archived=archived,
                ),
            },
        )

    async def get(
        self,
        id: int,
    ) -> models.Template:
        """Retrieve a template.

        Args:
            id: Id of the template. Example: 51.

        Returns:
            The template.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/templates/manage (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
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
        title: str,
        content: models.GalleryContentWrite | Mapping[str, Any],
        local_id: str | Unset = UNSET,
        archived: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Update a template.

        The body is that of creating one.

        Args:
            id: Id of the template. Example: 51.
            title: Name of the template; read back as `name`. Example: "Welcome".
            content: Text and pictures of a template. Example: {"text": "Hello {{first_name}}!"}.
            local_id: Id of your own that is unique for this template, such as a UUID. Example:
                "00000000-0000-4000-8000-00000000a001". Generated for each call that has none; retries use the
                same one.
            archived: Whether the template is archived; false by default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the template.

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
            /api-reference/templates/manage (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.template_write import TemplateWrite

        return await self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "id": id,
                "body": TemplateWrite(
                    title=title,
                    content=_as_argument(content),
                    local_id=local_id,
                    archived=archived,
                ),
            },
        )

    async def delete(
        self,
        id: int,
    ) -> None:
        """Delete a template.

        Args:
            id: Id of the template. Example: 51.

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
            /api-reference/templates/overview (older, hand-written page)
            CarpoolLogistics HeymarketClient (third party)
        """
        return await self._sender.send(
            _describe_delete(),
            {
                "id": id,
            },
        )

    def list(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
    ) -> AsyncPager[models.Template]:
        """List the templates, the newest first.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only templates last changed before this time; the `updated` of the last item leads to the
                next page. Format: date-time. Example: "2030-01-01T00:00:00Z".

        Returns:
            A page of templates.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/templates/manage (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
        """
        from ..models.template_list_query import TemplateListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": TemplateListQuery(date=date),
            },
        )


class AsyncTemplatesWithRawResponse(Listed):
    """The methods of `AsyncTemplates`, returning whole responses."""

    def __init__(self, resource: AsyncTemplates) -> None:
        self.create = to_raw_async(resource.create)
        self.get = to_raw_async(resource.get)
        self.update = to_raw_async(resource.update)
        self.delete = to_raw_async(resource.delete)
        self.list = to_raw_async(resource.list)
