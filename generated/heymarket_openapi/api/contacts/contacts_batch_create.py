from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


from ... import errors
from ...models.contact import Contact
from ...models.contact_v1_write import ContactV1Write
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: list[ContactV1Write],
    overwrite: bool | Unset = UNSET,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["overwrite"] = overwrite

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/batch/contacts",
        "params": params,
    }

    _kwargs["json"] = []
    for body_item_data in body:
        body_item = body_item_data.to_dict()
        _kwargs["json"].append(body_item)

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> list[Contact] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = Contact.from_dict(response_200_item_data)

            response_200.append(response_200_item)

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[list[Contact]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: list[ContactV1Write],
    overwrite: bool | Unset = UNSET,
) -> Response[list[Contact]]:
    """Create many contacts (v1).

     The sources contradict each other about the answer (D09): the contacts may be those created or those
    that failed, and "ok" may come in their place. How many contacts at most is not documented.

    Args:
        overwrite (bool | Unset):
        body (list[ContactV1Write]): The contacts to create. Example: [{'phone': '15555550100',
            'first': 'Ada'}].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[list[Contact]]
    """

    kwargs = _get_kwargs(
        body=body,
        overwrite=overwrite,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: list[ContactV1Write],
    overwrite: bool | Unset = UNSET,
) -> list[Contact] | None:
    """Create many contacts (v1).

     The sources contradict each other about the answer (D09): the contacts may be those created or those
    that failed, and "ok" may come in their place. How many contacts at most is not documented.

    Args:
        overwrite (bool | Unset):
        body (list[ContactV1Write]): The contacts to create. Example: [{'phone': '15555550100',
            'first': 'Ada'}].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        list[Contact]
    """

    return sync_detailed(
        client=client,
        body=body,
        overwrite=overwrite,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: list[ContactV1Write],
    overwrite: bool | Unset = UNSET,
) -> Response[list[Contact]]:
    """Create many contacts (v1).

     The sources contradict each other about the answer (D09): the contacts may be those created or those
    that failed, and "ok" may come in their place. How many contacts at most is not documented.

    Args:
        overwrite (bool | Unset):
        body (list[ContactV1Write]): The contacts to create. Example: [{'phone': '15555550100',
            'first': 'Ada'}].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[list[Contact]]
    """

    kwargs = _get_kwargs(
        body=body,
        overwrite=overwrite,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: list[ContactV1Write],
    overwrite: bool | Unset = UNSET,
) -> list[Contact] | None:
    """Create many contacts (v1).

     The sources contradict each other about the answer (D09): the contacts may be those created or those
    that failed, and "ok" may come in their place. How many contacts at most is not documented.

    Args:
        overwrite (bool | Unset):
        body (list[ContactV1Write]): The contacts to create. Example: [{'phone': '15555550100',
            'first': 'Ada'}].

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        list[Contact]
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            overwrite=overwrite,
        )
    ).parsed
