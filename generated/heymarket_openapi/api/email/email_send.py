from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client

from ... import errors
from ...models.email_write import EmailWrite
from ...models.send_result import SendResult
from ...types import Response


def _get_kwargs(
    *,
    body: EmailWrite,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/email/send",
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
    body: EmailWrite,
) -> Response[SendResult]:
    """Send an email from an email inbox, in a new conversation or as a reply.

    Args:
        body (EmailWrite): An email to send: to new recipients (`targets`), or as a reply in a
            conversation (`convo_id`). Example: {'creator_id': 21, 'inbox': 31, 'text': '<p>Hello from
            Example Inc.</p>', 'local_id': '00000000-0000-4000-8000-00000000a001', 'conv_title': 'Your
            order', 'targets': ['to:ada@example.com', 'cc:grace@example.com,alan@example.com']}.

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
    body: EmailWrite,
) -> SendResult | None:
    """Send an email from an email inbox, in a new conversation or as a reply.

    Args:
        body (EmailWrite): An email to send: to new recipients (`targets`), or as a reply in a
            conversation (`convo_id`). Example: {'creator_id': 21, 'inbox': 31, 'text': '<p>Hello from
            Example Inc.</p>', 'local_id': '00000000-0000-4000-8000-00000000a001', 'conv_title': 'Your
            order', 'targets': ['to:ada@example.com', 'cc:grace@example.com,alan@example.com']}.

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
    body: EmailWrite,
) -> Response[SendResult]:
    """Send an email from an email inbox, in a new conversation or as a reply.

    Args:
        body (EmailWrite): An email to send: to new recipients (`targets`), or as a reply in a
            conversation (`convo_id`). Example: {'creator_id': 21, 'inbox': 31, 'text': '<p>Hello from
            Example Inc.</p>', 'local_id': '00000000-0000-4000-8000-00000000a001', 'conv_title': 'Your
            order', 'targets': ['to:ada@example.com', 'cc:grace@example.com,alan@example.com']}.

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
    body: EmailWrite,
) -> SendResult | None:
    """Send an email from an email inbox, in a new conversation or as a reply.

    Args:
        body (EmailWrite): An email to send: to new recipients (`targets`), or as a reply in a
            conversation (`convo_id`). Example: {'creator_id': 21, 'inbox': 31, 'text': '<p>Hello from
            Example Inc.</p>', 'local_id': '00000000-0000-4000-8000-00000000a001', 'conv_title': 'Your
            order', 'targets': ['to:ada@example.com', 'cc:grace@example.com,alan@example.com']}.

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
