from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from ... import errors
from ...models.team_users import TeamUsers
from ...models.users_query import UsersQuery
from ...types import Response


def _get_kwargs(
    *,
    body: UsersQuery,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/users/get",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> TeamUsers | None:
    if response.status_code == 200:
        response_200 = TeamUsers.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[TeamUsers]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: UsersQuery,
) -> Response[TeamUsers]:
    """Find members of the team by phone number or email address.

     A GET with a JSON body (D24).

    Args:
        body (UsersQuery): Which members to look for: by phone number, by email address, or both.
            Example: {'email': ['ada@example.com']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[TeamUsers]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: UsersQuery,
) -> TeamUsers | None:
    """Find members of the team by phone number or email address.

     A GET with a JSON body (D24).

    Args:
        body (UsersQuery): Which members to look for: by phone number, by email address, or both.
            Example: {'email': ['ada@example.com']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TeamUsers
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: UsersQuery,
) -> Response[TeamUsers]:
    """Find members of the team by phone number or email address.

     A GET with a JSON body (D24).

    Args:
        body (UsersQuery): Which members to look for: by phone number, by email address, or both.
            Example: {'email': ['ada@example.com']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[TeamUsers]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: UsersQuery,
) -> TeamUsers | None:
    """Find members of the team by phone number or email address.

     A GET with a JSON body (D24).

    Args:
        body (UsersQuery): Which members to look for: by phone number, by email address, or both.
            Example: {'email': ['ada@example.com']}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        TeamUsers
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
