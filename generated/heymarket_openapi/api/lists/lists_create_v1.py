from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from ... import errors
from ...models.created_ref import CreatedRef
from ...models.list_v1_write import ListV1Write
from ...types import Response


def _get_kwargs(
    *,
    body: ListV1Write,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/list",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> CreatedRef | None:
    if response.status_code == 200:
        response_200 = CreatedRef.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[CreatedRef]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListV1Write,
) -> Response[CreatedRef]:
    """Create a list (v1).

     Body and answer are assumed.

    Args:
        body (ListV1Write): A list to create (v1). Known from the older call that updates one;
            assumed to be the same here. Example: {'title': 'Newsletter', 'members': {'15555550100':
            {'f': 'Ada', 'l': 'Example'}}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreatedRef]
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
    body: ListV1Write,
) -> CreatedRef | None:
    """Create a list (v1).

     Body and answer are assumed.

    Args:
        body (ListV1Write): A list to create (v1). Known from the older call that updates one;
            assumed to be the same here. Example: {'title': 'Newsletter', 'members': {'15555550100':
            {'f': 'Ada', 'l': 'Example'}}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreatedRef
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ListV1Write,
) -> Response[CreatedRef]:
    """Create a list (v1).

     Body and answer are assumed.

    Args:
        body (ListV1Write): A list to create (v1). Known from the older call that updates one;
            assumed to be the same here. Example: {'title': 'Newsletter', 'members': {'15555550100':
            {'f': 'Ada', 'l': 'Example'}}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreatedRef]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: ListV1Write,
) -> CreatedRef | None:
    """Create a list (v1).

     Body and answer are assumed.

    Args:
        body (ListV1Write): A list to create (v1). Known from the older call that updates one;
            assumed to be the same here. Example: {'title': 'Newsletter', 'members': {'15555550100':
            {'f': 'Ada', 'l': 'Example'}}}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreatedRef
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
