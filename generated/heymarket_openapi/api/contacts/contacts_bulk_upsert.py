from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from ... import errors
from ...models.contact_bulk_result import ContactBulkResult
from ...models.contact_bulk_upsert_write import ContactBulkUpsertWrite
from ...types import Response


def _get_kwargs(
    *,
    body: ContactBulkUpsertWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v2/contacts",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ContactBulkResult | None:
    if response.status_code == 200:
        response_200 = ContactBulkResult.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ContactBulkResult]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ContactBulkUpsertWrite,
) -> Response[ContactBulkResult]:
    """Create or update many contacts.

     Some may fail while others go through: look at `failed_contacts`. How many contacts at most is not
    documented.

    Args:
        body (ContactBulkUpsertWrite): Contacts to create or update. Example: {'contacts':
            [{'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first':
            'Ada', 'last': 'Example', 'email': 'ada@example.com'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ContactBulkResult]
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
    body: ContactBulkUpsertWrite,
) -> ContactBulkResult | None:
    """Create or update many contacts.

     Some may fail while others go through: look at `failed_contacts`. How many contacts at most is not
    documented.

    Args:
        body (ContactBulkUpsertWrite): Contacts to create or update. Example: {'contacts':
            [{'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first':
            'Ada', 'last': 'Example', 'email': 'ada@example.com'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ContactBulkResult
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: ContactBulkUpsertWrite,
) -> Response[ContactBulkResult]:
    """Create or update many contacts.

     Some may fail while others go through: look at `failed_contacts`. How many contacts at most is not
    documented.

    Args:
        body (ContactBulkUpsertWrite): Contacts to create or update. Example: {'contacts':
            [{'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first':
            'Ada', 'last': 'Example', 'email': 'ada@example.com'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ContactBulkResult]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: ContactBulkUpsertWrite,
) -> ContactBulkResult | None:
    """Create or update many contacts.

     Some may fail while others go through: look at `failed_contacts`. How many contacts at most is not
    documented.

    Args:
        body (ContactBulkUpsertWrite): Contacts to create or update. Example: {'contacts':
            [{'contact_channels': [{'channel_type': 'phone', 'channel_id': '15555550100'}], 'first':
            'Ada', 'last': 'Example', 'email': 'ada@example.com'}]}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ContactBulkResult
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
