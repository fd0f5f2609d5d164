from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from ... import errors
from ...models.created_ref import CreatedRef
from ...models.list_write import ListWrite
from ...types import Response


def _get_kwargs(
    *,
    body: ListWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v2/lists",
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
    body: ListWrite,
) -> Response[CreatedRef]:
    """Create a list.

    Args:
        body (ListWrite): A list to create. Example: {'title': 'Newsletter', 'local_id':
            '00000000-0000-4000-8000-00000000a001', 'contacts': [501, 502]}.

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
    body: ListWrite,
) -> CreatedRef | None:
    """Create a list.

    Args:
        body (ListWrite): A list to create. Example: {'title': 'Newsletter', 'local_id':
            '00000000-0000-4000-8000-00000000a001', 'contacts': [501, 502]}.

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
    body: ListWrite,
) -> Response[CreatedRef]:
    """Create a list.

    Args:
        body (ListWrite): A list to create. Example: {'title': 'Newsletter', 'local_id':
            '00000000-0000-4000-8000-00000000a001', 'contacts': [501, 502]}.

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
    body: ListWrite,
) -> CreatedRef | None:
    """Create a list.

    Args:
        body (ListWrite): A list to create. Example: {'title': 'Newsletter', 'local_id':
            '00000000-0000-4000-8000-00000000a001', 'contacts': [501, 502]}.

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
