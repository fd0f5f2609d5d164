from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


from ... import errors
from ...models.message import Message
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    phone_number: str,
    inbox_id: int,
    timestamp: int | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["phoneNumber"] = phone_number

    params["inboxID"] = inbox_id

    params["timestamp"] = timestamp

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v1/messages",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> list[Message] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = Message.from_dict(response_200_item_data)

            response_200.append(response_200_item)

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[list[Message]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    phone_number: str,
    inbox_id: int,
    timestamp: int | Unset = UNSET,
) -> Response[list[Message]]:
    """Retrieve the latest 50 messages of one conversation.

     How messages with the very `timestamp` are taken is not documented.

    Args:
        phone_number (str):
        inbox_id (int):
        timestamp (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[list[Message]]
    """

    kwargs = _get_kwargs(
        phone_number=phone_number,
        inbox_id=inbox_id,
        timestamp=timestamp,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    phone_number: str,
    inbox_id: int,
    timestamp: int | Unset = UNSET,
) -> list[Message] | None:
    """Retrieve the latest 50 messages of one conversation.

     How messages with the very `timestamp` are taken is not documented.

    Args:
        phone_number (str):
        inbox_id (int):
        timestamp (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        list[Message]
    """

    return sync_detailed(
        client=client,
        phone_number=phone_number,
        inbox_id=inbox_id,
        timestamp=timestamp,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    phone_number: str,
    inbox_id: int,
    timestamp: int | Unset = UNSET,
) -> Response[list[Message]]:
    """Retrieve the latest 50 messages of one conversation.

     How messages with the very `timestamp` are taken is not documented.

    Args:
        phone_number (str):
        inbox_id (int):
        timestamp (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[list[Message]]
    """

    kwargs = _get_kwargs(
        phone_number=phone_number,
        inbox_id=inbox_id,
        timestamp=timestamp,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    phone_number: str,
    inbox_id: int,
    timestamp: int | Unset = UNSET,
) -> list[Message] | None:
    """Retrieve the latest 50 messages of one conversation.

     How messages with the very `timestamp` are taken is not documented.

    Args:
        phone_number (str):
        inbox_id (int):
        timestamp (int | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        list[Message]
    """

    return (
        await asyncio_detailed(
            client=client,
            phone_number=phone_number,
            inbox_id=inbox_id,
            timestamp=timestamp,
        )
    ).parsed
