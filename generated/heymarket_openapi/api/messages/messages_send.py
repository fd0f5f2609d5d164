from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from ... import errors
from ...models.message_write import MessageWrite
from ...models.send_result import SendResult
from ...types import Response


def _get_kwargs(
    *,
    body: MessageWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/message/send",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> SendResult | None:
    if response.status_code == 200:
        response_200 = SendResult.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[SendResult]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: MessageWrite,
) -> Response[SendResult]:
    """Send a text message, a group MMS, a broadcast or a survey, or write a private comment.

     What is answered is accepted, not delivered. By its `local_id` a repeated request is known again.

    Args:
        body (MessageWrite): A message to send: from whom, to exactly one kind of recipient, and
            what. Example: {'inbox_id': 31, 'creator_id': 21, 'phone_number': '15555550100', 'text':
            'Hello from Example Inc.', 'local_id': '00000000-0000-4000-8000-00000000a001'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SendResult]
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
    body: MessageWrite,
) -> SendResult | None:
    """Send a text message, a group MMS, a broadcast or a survey, or write a private comment.

     What is answered is accepted, not delivered. By its `local_id` a repeated request is known again.

    Args:
        body (MessageWrite): A message to send: from whom, to exactly one kind of recipient, and
            what. Example: {'inbox_id': 31, 'creator_id': 21, 'phone_number': '15555550100', 'text':
            'Hello from Example Inc.', 'local_id': '00000000-0000-4000-8000-00000000a001'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SendResult
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: MessageWrite,
) -> Response[SendResult]:
    """Send a text message, a group MMS, a broadcast or a survey, or write a private comment.

     What is answered is accepted, not delivered. By its `local_id` a repeated request is known again.

    Args:
        body (MessageWrite): A message to send: from whom, to exactly one kind of recipient, and
            what. Example: {'inbox_id': 31, 'creator_id': 21, 'phone_number': '15555550100', 'text':
            'Hello from Example Inc.', 'local_id': '00000000-0000-4000-8000-00000000a001'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SendResult]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: MessageWrite,
) -> SendResult | None:
    """Send a text message, a group MMS, a broadcast or a survey, or write a private comment.

     What is answered is accepted, not delivered. By its `local_id` a repeated request is known again.

    Args:
        body (MessageWrite): A message to send: from whom, to exactly one kind of recipient, and
            what. Example: {'inbox_id': 31, 'creator_id': 21, 'phone_number': '15555550100', 'text':
            'Hello from Example Inc.', 'local_id': '00000000-0000-4000-8000-00000000a001'}.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SendResult
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
