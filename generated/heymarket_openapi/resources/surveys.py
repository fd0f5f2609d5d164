"""Surveys, whose opening question can be sent as a message."""

from __future__ import annotations

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
    to_raw,
    to_raw_async,
)
from ..types import UNSET, Unset


@cache
def _describe_get() -> Operation[models.Survey]:
    from ..api.surveys import surveys_get

    return Operation(
        name="surveys.get",
        method="GET",
        path="/v1/survey/{id}",
        build=surveys_get._get_kwargs,
        parse=surveys_get._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="Survey",
        safe=True,
    )


@cache
def _describe_list() -> Operation[list[models.Survey]]:
    from ..api.surveys import surveys_list

    return Operation(
        name="surveys.list",
        method="POST",
        path="/v1/surveys",
        build=surveys_list._get_kwargs,
        parse=surveys_list._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Survey]",
        safe=True,
        paging=Paging(
            place="json",
            name="page",
            kind="page",
            source="",
            unit="",
            first=1,
            limit="limit",
            size=0,
            items=(),
            next=(),
        ),
    )


class Surveys(Resource):
    """Surveys, whose opening question can be sent as a message."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> SurveysWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return SurveysWithRawResponse(Surveys(RawSender(self._sender)))

    def get(
        self,
        id: int,
    ) -> models.Survey:
        """Retrieve a survey.

        Args:
            id: Id of the survey. Example: 81.

        Returns:
            The survey.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/surveys (older, hand-written page)
        """
        return self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    def list(
        self,
        *,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
    ) -> Pager[models.Survey]:
        """List the surveys, page by page.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            limit: Surveys per page; neither the default nor the maximum is documented. Example: 20.
            page: Number of the page, from 1 (D15). Example: 1.

        Returns:
            A page of surveys.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/surveys (generated page; older, hand-written page)

        Contradictions:
            D15: The example of the v2 list of contacts begins at page 0, surveys begin at page 1, and a third
                party begins v1 lists at page 1.
        """
        from ..models.survey_list_query import SurveyListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": SurveyListQuery(limit=limit, page=page),
            },
        )


class SurveysWithRawResponse(Listed):
    """The methods of `Surveys`, returning whole responses."""

    def __init__(self, resource: Surveys) -> None:
        self.get = to_raw(resource.get)
        self.list = to_raw(resource.list)


class AsyncSurveys(Resource):
    """Surveys, whose opening question can be sent as a message."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncSurveysWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncSurveysWithRawResponse(AsyncSurveys(RawSender(self._sender)))

    async def get(
        self,
        id: int,
    ) -> models.Survey:
        """Retrieve a survey.

        Args:
            id: Id of the survey. Example: 81.

        Returns:
            The survey.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/surveys (older, hand-written page)
        """
        return await self._sender.send(
            _describe_get(),
            {
                "id": id,
            },
        )

    def list(
        self,
        *,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
    ) -> AsyncPager[models.Survey]:
        """List the surveys, page by page.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            limit: Surveys per page; neither the default nor the maximum is documented. Example: 20.
            page: Number of the page, from 1 (D15). Example: 1.

        Returns:
            A page of surveys.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/surveys (generated page; older, hand-written page)

        Contradictions:
            D15: The example of the v2 list of contacts begins at page 0, surveys begin at page 1, and a third
                party begins v1 lists at page 1.
        """
        from ..models.survey_list_query import SurveyListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": SurveyListQuery(limit=limit, page=page),
            },
        )


class AsyncSurveysWithRawResponse(Listed):
    """The methods of `AsyncSurveys`, returning whole responses."""

    def __init__(self, resource: AsyncSurveys) -> None:
        self.get = to_raw_async(resource.get)
        self.list = to_raw_async(resource.list)
