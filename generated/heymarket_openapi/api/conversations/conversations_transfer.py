from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from typing import cast

from ... import errors
from ...models.conversation_transfer_write import ConversationTransferWrite
from ...types import Response


def _get_kwargs(
    *,
    body: ConversationTransferWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/conversations/transfer",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> str | None:
    if response.status_code == 200:
        response_200 = cast(str, response.json())
        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[str]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ConversationTransferWrite,
) -> Response[str]:
    """Move a conversation to another inbox.

     The page speaks of constraints that the stored copy doesn't show.

    Args:
        body (ConversationTransferWrite): Which conversation, and where to. Example:
            {'conversation_id': 601, 'transfer_inbox_id': 32}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[str]
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
    body: ConversationTransferWrite,
) -> str | None:
    """Move a conversation to another inbox.

     The page speaks of constraints that the stored copy doesn't show.

    Args:
        body (ConversationTransferWrite): Which conversation, and where to. Example:
            {'conversation_id': 601, 'transfer_inbox_id': 32}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        str
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ConversationTransferWrite,
) -> Response[str]:
    """Move a conversation to another inbox.

     The page speaks of constraints that the stored copy doesn't show.

    Args:
        body (ConversationTransferWrite): Which conversation, and where to. Example:
            {'conversation_id': 601, 'transfer_inbox_id': 32}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[str]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: ConversationTransferWrite,
) -> str | None:
    """Move a conversation to another inbox.

     The page speaks of constraints that the stored copy doesn't show.

    Args:
        body (ConversationTransferWrite): Which conversation, and where to. Example:
            {'conversation_id': 601, 'transfer_inbox_id': 32}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        str
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
