from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from uuid import UUID

from ... import errors
from ...models.contact_changes_write import ContactChangesWrite
from ...models.created_ref import CreatedRef
from ...types import UNSET, Response, Unset


def _get_kwargs(
    contact_id: UUID,
    *,
    body: ContactChangesWrite,
    overwrite: bool | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["overwrite"] = overwrite

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/v2/contact/{contact_id}".format(
            contact_id=quote(str(contact_id), safe=""),
        ),
        "params": params,
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
    contact_id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ContactChangesWrite,
    overwrite: bool | Unset = UNSET,
) -> Response[CreatedRef]:
    """Update a contact by its UUID.

     That this exists is documented, its path, body and answer are inferred from their neighbours.
    Members that are left out may be cleared, as in v1 (D44).

    Args:
        contact_id (UUID):
        overwrite (bool | Unset):
        body (ContactChangesWrite): What to change of a contact (v2). No page shows it; the
            members are taken from the bulk call. Example: {'contact_channels': [{'channel_type':
            'phone', 'channel_id': '15555550100'}], 'first': 'Ada', 'last': 'Example', 'email':
            'ada@example.com'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreatedRef]
    """

    kwargs = _get_kwargs(
        contact_id=contact_id,
        body=body,
        overwrite=overwrite,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    contact_id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ContactChangesWrite,
    overwrite: bool | Unset = UNSET,
) -> CreatedRef | None:
    """Update a contact by its UUID.

     That this exists is documented, its path, body and answer are inferred from their neighbours.
    Members that are left out may be cleared, as in v1 (D44).

    Args:
        contact_id (UUID):
        overwrite (bool | Unset):
        body (ContactChangesWrite): What to change of a contact (v2). No page shows it; the
            members are taken from the bulk call. Example: {'contact_channels': [{'channel_type':
            'phone', 'channel_id': '15555550100'}], 'first': 'Ada', 'last': 'Example', 'email':
            'ada@example.com'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreatedRef
    """

    return sync_detailed(
        contact_id=contact_id,
        client=client,
        body=body,
        overwrite=overwrite,
    ).parsed


async def asyncio_detailed(
    contact_id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ContactChangesWrite,
    overwrite: bool | Unset = UNSET,
) -> Response[CreatedRef]:
    """Update a contact by its UUID.

     That this exists is documented, its path, body and answer are inferred from their neighbours.
    Members that are left out may be cleared, as in v1 (D44).

    Args:
        contact_id (UUID):
        overwrite (bool | Unset):
        body (ContactChangesWrite): What to change of a contact (v2). No page shows it; the
            members are taken from the bulk call. Example: {'contact_channels': [{'channel_type':
            'phone', 'channel_id': '15555550100'}], 'first': 'Ada', 'last': 'Example', 'email':
            'ada@example.com'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[CreatedRef]
    """

    kwargs = _get_kwargs(
        contact_id=contact_id,
        body=body,
        overwrite=overwrite,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    contact_id: UUID,
    *,
    client: AuthenticatedClient | Client,
    body: ContactChangesWrite,
    overwrite: bool | Unset = UNSET,
) -> CreatedRef | None:
    """Update a contact by its UUID.

     That this exists is documented, its path, body and answer are inferred from their neighbours.
    Members that are left out may be cleared, as in v1 (D44).

    Args:
        contact_id (UUID):
        overwrite (bool | Unset):
        body (ContactChangesWrite): What to change of a contact (v2). No page shows it; the
            members are taken from the bulk call. Example: {'contact_channels': [{'channel_type':
            'phone', 'channel_id': '15555550100'}], 'first': 'Ada', 'last': 'Example', 'email':
            'ada@example.com'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        CreatedRef
    """

    return (
        await asyncio_detailed(
            contact_id=contact_id,
            client=client,
            body=body,
            overwrite=overwrite,
        )
    ).parsed
