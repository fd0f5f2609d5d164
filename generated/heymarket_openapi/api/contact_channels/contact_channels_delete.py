from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from uuid import UUID

from ... import errors
from ...models.channel_type import ChannelType
from ...types import Response


def _get_kwargs(
    contact_id: UUID,
    channel_type: ChannelType,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "delete",
        "url": "/v2/contact/{contact_id}/channel/{channel_type}".format(
            contact_id=quote(str(contact_id), safe=""),
            channel_type=quote(str(channel_type), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | None:
    if response.status_code == 200:
        return None

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    contact_id: UUID,
    channel_type: ChannelType,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Any]:
    """Remove a channel from a contact, by its type.

    Args:
        contact_id (UUID):
        channel_type (ChannelType): Type of a channel. `phone`, `email` and `facebook` are the
            documented ones; other integrations bring types of their own, so any text is accepted and
            may be answered. Example: phone.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        contact_id=contact_id,
        channel_type=channel_type,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    contact_id: UUID,
    channel_type: ChannelType,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Any]:
    """Remove a channel from a contact, by its type.

    Args:
        contact_id (UUID):
        channel_type (ChannelType): Type of a channel. `phone`, `email` and `facebook` are the
            documented ones; other integrations bring types of their own, so any text is accepted and
            may be answered. Example: phone.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        contact_id=contact_id,
        channel_type=channel_type,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
