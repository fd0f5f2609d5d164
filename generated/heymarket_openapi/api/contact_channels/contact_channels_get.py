from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from ...models.channel_type import ChannelType
from ...models.contact_channel import ContactChannel


def _get_kwargs(
    contact_id: UUID,
    channel_type: ChannelType,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/v2/contact/{contact_id}/channel/{channel_type}".format(
            contact_id=quote(str(contact_id), safe=""),
            channel_type=quote(str(channel_type), safe=""),
        ),
    }

    return _kwargs


def _parse_response(body: Any) -> ContactChannel:
    response_200 = ContactChannel.from_dict(body)

    return response_200
