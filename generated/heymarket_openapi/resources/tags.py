"""Labels for contacts."""

from __future__ import annotations

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
from ..types import UNSET, Unset


@cache
def _describe_create() -> Operation[models.CreatedRef]:
    from ..api.tags import tags_create

    return Operation(
        name="tags.create",
        method="POST",
        path="/v1/tag",
        build=tags_create._get_kwargs,
        parse=tags_create._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
    )


@cache
def _describe_get() -> Operation[models.ContactTag]:
    from ..api.tags import tags_get

    return Operation(
        name="tags.get",
        method="GET",
        path="/v1/tag/{id}",
        build=tags_get._get_kwargs,
        parse=tags_get._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="ContactTag",
        safe=True,
    )


@cache
def _describe_delete() -> Operation[None]:
    from ..api.tags import tags_delete

    return Operation(
        name="tags.delete",
        method="DELETE",
        path="/v1/tag/{id}",
        build=tags_delete._get_kwargs,
        parse=tags_delete._parse_response,
        path_params={"id": ""},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


@cache
def _describe_list() -> Operation[list[models.ContactTag]]:
    from ..api.tags import tags_list

    return Operation(
        name="tags.list",
        method="POST",
        path="/v1/tags",
        build=tags_list._get_kwargs,
        parse=tags_list._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[ContactTag]",
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


class Tags(Resource):
    """Labels for contacts."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> TagsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return TagsWithRawResponse(Tags(RawSender(self._sender)))

    def create(
        self,
        *,
        tag: str,
        color: str | Unset = UNSET,
    ) -> models.CreatedRef:
        """Create a tag.

        A tag can't be changed later: there is no documented way to update one (D33).

        Args:
            tag: Text of the tag. Example: "vip".
            color: Color, in hexadecimal with a leading #. Example: "#FFD700".

        Returns:
            Ids of the tag.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/tags (older, hand-written page)

        Contradictions:
            D33: Creating, reading, listing and deleting tags is documented; updating one is not.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.tag_write import TagWrite

        return self._sender.send(
            _describe_create(),
            {
                "body": TagWrite(tag=tag, color=color),
            },
        )

    def get(
        self,
        id: int,
    ) -> models.ContactTag:
        """Retrieve a tag.

        Args:
            id: Id of the tag. Example: 71.

        Returns:
            The tag.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/tags (older, hand-written page)
        """
        return self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    def delete(
        self,
        id: int,
    ) -> None:
        """Delete a tag.

        Args:
            id: Id of the tag. Example: 71.

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
            /api-reference/tags (older, hand-written page)
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
    ) -> Pager[models.ContactTag]:
        """List the tags, the newest first.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only tags last changed before this time; the `updated` of the last item leads to the next
                page. Format: date-time. Example: "2030-01-01T00:00:00Z".

        Returns:
            A page of tags.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/tags (older, hand-written page)
            /concepts/lists-templates-scheduling (guide)
        """
        from ..models.tag_list_query import TagListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": TagListQuery(date=date),
            },
        )


class TagsWithRawResponse(Listed):
    """The methods of `Tags`, returning whole responses."""

    def __init__(self, resource: Tags) -> None:
        self.create = to_raw(resource.create)
        self.get = to_raw(resource.get)
        self.delete = to_raw(resource.delete)
        self.list = to_raw(resource.list)


class AsyncTags(Resource):
    """Labels for contacts."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncTagsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncTagsWithRawResponse(AsyncTags(RawSender(self._sender)))

    async def create(
        self,
        *,
        tag: str,
        color: str | Unset = UNSET,
    ) -> models.CreatedRef:
        """Create a tag.

        A tag can't be changed later: there is no documented way to update one (D33).

        Args:
            tag: Text of the tag. Example: "vip".
            color: Color, in hexadecimal with a leading #. Example: "#FFD700".

        Returns:
            Ids of the tag.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/tags (older, hand-written page)

        Contradictions:
            D33: Creating, reading, listing and deleting tags is documented; updating one is not.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.tag_write import TagWrite

        return await self._sender.send(
            _describe_create(),
            {
                "body": TagWrite(tag=tag, color=color),
            },
        )

    async def get(
        self,
        id: int,
    ) -> models.ContactTag:
        """Retrieve a tag.

        Args:
            id: Id of the tag. Example: 71.

        Returns:
            The tag.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/tags (older, hand-written page)
        """
        return await self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    async def delete(
        self,
        id: int,
    ) -> None:
        """Delete a tag.

        Args:
            id: Id of the tag. Example: 71.

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
            /api-reference/tags (older, hand-written page)
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
    ) -> AsyncPager[models.ContactTag]:
        """List the tags, the newest first.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only tags last changed before this time; the `updated` of the last item leads to the next
                page. Format: date-time. Example: "2030-01-01T00:00:00Z".

        Returns:
            A page of tags.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/tags (older, hand-written page)
            /concepts/lists-templates-scheduling (guide)
        """
        from ..models.tag_list_query import TagListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": TagListQuery(date=date),
            },
        )


class AsyncTagsWithRawResponse(Listed):
    """The methods of `AsyncTags`, returning whole responses."""

    def __init__(self, resource: AsyncTags) -> None:
        self.create = to_raw_async(resource.create)
        self.get = to_raw_async(resource.get)
        self.delete = to_raw_async(resource.delete)
        self.list = to_raw_async(resource.list)
