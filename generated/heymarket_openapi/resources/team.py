"""The team that the credentials belong to."""

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
    to_raw,
    to_raw_async,
)


@cache
def _describe_get() -> Operation[models.TeamWithMembers]:
    from ..api.team import team_get

    return Operation(
        name="team.get",
        method="GET",
        path="/v1/team",
        build=team_get._get_kwargs,
        parse=team_get._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="TeamWithMembers",
        safe=True,
    )


class Team(Resource):
    """The team that the credentials belong to."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> TeamWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return TeamWithRawResponse(Team(RawSender(self._sender)))

    def get(
        self,
    ) -> models.TeamWithMembers:
        """Retrieve the team and its members.

        Returns:
            The team.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/team (generated page)
            /api-reference/inboxes (older, hand-written page)
            NangoHQ/nango (third party)

        Contradictions:
            D23: On the pages a member has `id`, `name` and `role`; a third party reads `email` too.
            D25: `role_id` of a user is an integer, `role` of a team's member a string.
        """
        return self._sender.send(
            _describe_get(),
            {},
        )


class TeamWithRawResponse(Listed):
    """The methods of `Team`, returning whole responses."""

    def __init__(self, resource: Team) -> None:
        self.get = to_raw(resource.get)


class AsyncTeam(Resource):
    """The team that the credentials belong to."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncTeamWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncTeamWithRawResponse(AsyncTeam(RawSender(self._sender)))

    async def get(
        self,
    ) -> models.TeamWithMembers:
        """Retrieve the team and its members.

        Returns:
            The team.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/team (generated page)
            /api-reference/inboxes (older, hand-written page)
            NangoHQ/nango (third party)

        Contradictions:
            D23: On the pages a member has `id`, `name` and `role`; a third party reads `email` too.
            D25: `role_id` of a user is an integer, `role` of a team's member a string.
        """
        return await self._sender.send(
            _describe_get(),
            {},
        )


class AsyncTeamWithRawResponse(Listed):
    """The methods of `AsyncTeam`, returning whole responses."""

    def __init__(self, resource: AsyncTeam) -> None:
        self.get = to_raw_async(resource.get)
