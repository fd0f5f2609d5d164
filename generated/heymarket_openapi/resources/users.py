"""The members of the team as users, with their roles."""

from __future__ import annotations

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
def _describe_get() -> Operation[models.TeamUsers]:
    from ..api.users import users_get

    return Operation(
        name="users.get",
        method="GET",
        path="/v1/users/get",
        build=users_get._get_kwargs,
        parse=users_get._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="TeamUsers",
        safe=True,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=("phone", "email"),
            formats={"phone[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_update() -> Operation[models.TeamUsers]:
    from ..api.users import users_update

    return Operation(
        name="users.update",
        method="POST",
        path="/v1/users/update",
        build=users_update._get_kwargs,
        parse=users_update._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="TeamUsers",
        safe=False,
        body=("", "UsersWrite"),
    )


class Users(Resource):
    """The members of the team as users, with their roles."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> UsersWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return UsersWithRawResponse(Users(RawSender(self._sender)))

    def get(
        self,
        *,
        phone: list[str] | Unset = UNSET,
        email: list[str] | Unset = UNSET,
    ) -> models.TeamUsers:
        """Find members of the team by phone number or email address.

        A GET with a JSON body (D24).

        At least one of `phone` and `email` is required.

        Args:
            phone: Phone numbers (E.164 digits without plus). Example: ["15555550100"].
            email: Email addresses. Example: ["mary@example.com"].

        Returns:
            The members that were found.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/users (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            a Node SMS service that sends the body on GET (third party)

        Contradictions:
            D24: The filters are in the JSON body of a GET, which many clients and proxies drop. An earlier
                guide names `GET /v1/users` instead, which is found nowhere else.
            D25: `role_id` of a user is an integer, `role` of a team's member a string.
        """
        from ..models.users_query import UsersQuery

        return self._sender.send(
            _describe_get(),
            {
                "body": UsersQuery(phone=phone, email=email),
            },
        )

    def update(
        self,
        *,
        users: Sequence[models.UserWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> models.TeamUsers:
        """Update members of the team.

        `role_id` changes what a member may do.

        Args:
            users: The members.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The members as they are now.

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
            /api-reference/users-update (generated page)
            /api-reference/users (older, hand-written page)

        Contradictions:
            D25: `role_id` of a user is an integer, `role` of a team's member a string.
        """
        from ..models.users_write import UsersWrite

        return self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "body": UsersWrite(users=_as_argument(users)),
            },
        )


class UsersWithRawResponse(Listed):
    """The methods of `Users`, returning whole responses."""

    def __init__(self, resource: Users) -> None:
        self.get = to_raw(resource.get)
        self.update = to_raw(resource.update)


class AsyncUsers(Resource):
    """The members of the team as users, with their roles."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncUsersWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncUsersWithRawResponse(AsyncUsers(RawSender(self._sender)))

    async def get(
        self,
        *,
        phone: list[str] | Unset = UNSET,
        email: list[str] | Unset = UNSET,
    ) -> models.TeamUsers:
        """Find members of the team by phone number or email address.

        A GET with a JSON body (D24).

        At least one of `phone` and `email` is required.

        Args:
            phone: Phone numbers (E.164 digits without plus). Example: ["15555550100"].
            email: Email addresses. Example: ["mary@example.com"].

        Returns:
            The members that were found.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/users (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            a Node SMS service that sends the body on GET (third party)

        Contradictions:
            D24: The filters are in the JSON body of a GET, which many clients and proxies drop. An earlier
                guide names `GET /v1/users` instead, which is found nowhere else.
            D25: `role_id` of a user is an integer, `role` of a team's member a string.
        """
        from ..models.users_query import UsersQuery

        return await self._sender.send(
            _describe_get(),
            {
                "body": UsersQuery(phone=phone, email=email),
            },
        )

    async def update(
        self,
        *,
        users: Sequence[models.UserWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> models.TeamUsers:
        """Update members of the team.

        `role_id` changes what a member may do.

        Args:
            users: The members.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The members as they are now.

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
            /api-reference/users-update (generated page)
            /api-reference/users (older, hand-written page)

        Contradictions:
            D25: `role_id` of a user is an integer, `role` of a team's member a string.
        """
        from ..models.users_write import UsersWrite

        return await self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "body": UsersWrite(users=_as_argument(users)),
            },
        )


class AsyncUsersWithRawResponse(Listed):
    """The methods of `AsyncUsers`, returning whole responses."""

    def __init__(self, resource: AsyncUsers) -> None:
        self.get = to_raw_async(resource.get)
        self.update = to_raw_async(resource.update)
