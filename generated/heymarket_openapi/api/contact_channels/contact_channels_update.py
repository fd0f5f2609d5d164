from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from uuid import UUID

from ... import errors
from ...models.contact_channel_write import ContactChannelWrite
from ...types import Response


def _get_kwargs(
    contact_id: UUID,
    *,
    body: ContactChannelWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v2/contact/{contact_id}/channel".format(
            contact_id=quote(str(contact_id), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
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
    *,
    client: AuthenticatedClient | Client,
    body: ContactChannelWrite,
) -> Response[Any]:
    """Replace the value of a contact's channel, named by its type.

     With several channels of one type on a contact, it is not documented which of them changes. Nor is
    the answer; it may be the contact's channels, as when one is added.

    Args:
        contact_id (UUID):
        body (ContactChannelWrite): A channel to add, or the new value of one. Example:
            {'channel_type': 'phone', 'channel_id': '15555550100'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        contact_id=contact_id,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


async def asyncio_detailed(
    contact_id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ContactChannelWrite,
) -> Response[Any]:
    """Replace the value of a contact's channel, named by its type.

     With several channels of one type on a contact, it is not documented which of them changes. Nor is
    the answer; it may be the contact's channels, as when one is added.

    Args:
        contact_id (UUID):
        body (ContactChannelWrite): A channel to add, or the new value of one. Example:
            {'channel_type': 'phone', 'channel_id': '15555550100'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any]
    """

    kwargs = _get_kwargs(
        contact_id=contact_id,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)
