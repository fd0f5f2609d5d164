"""The ways in which a contact can be reached, such as a phone number or an email address."""

from __future__ import annotations

from uuid import UUID

from ..api.contact_channels import contact_channels_get
from ..models.channel_type import ChannelType
from ..models.contact_channel import ContactChannel
from ..operation import APIResponse, AsyncSender, Operation, Sender

_GET: Operation[ContactChannel] = Operation(
    name="contact_channels.get",
    method="GET",
    path="/v2/contact/{contactID}/channel/{channelType}",
    build=contact_channels_get._get_kwargs,
    parse=contact_channels_get._parse_response,
    path_params={"contact_id": "uuid", "channel_type": ""},
    status=200,
    expects="object",
    model="ContactChannel",
    safe=True,
)


class ContactChannels:
    """The ways in which a contact can be reached, such as a phone number or an email address."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    @property
    def with_raw_response(self) -> ContactChannelsWithRawResponse:
        """The same methods, giving the whole response and not only its decoded body."""
        return ContactChannelsWithRawResponse(self._sender)

    def get(
        self,
        contact_id: UUID | str,
        channel_type: ChannelType | str,
    ) -> ContactChannel:
        """Retrieve one channel of a contact, by its type.

        With several channels of one type on a contact, it is not documented which of them is given.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel to retrieve. Known values: "phone", "email", "facebook"; any
                text is accepted. Example: "phone".

        Returns:
            The contact's channel of that type.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/channels-get (generated page)
            /api-reference/contacts/channels (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` as an integer, the older page as a string.
            D02: The generated page has `contact_id` as an integer, the older page as a string with a UUID.
                The `contactID` of the path is the UUID on both.
        """
        return self._sender.send(
            _GET,
            {
                "contact_id": contact_id,
                "channel_type": channel_type,
            },
        )


class ContactChannelsWithRawResponse:
    """`ContactChannels`, giving whole responses."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def get(
        self,
        contact_id: UUID | str,
        channel_type: ChannelType | str,
    ) -> APIResponse[ContactChannel]:
        """`ContactChannels.get`, giving the whole response."""
        return self._sender.send_raw(
            _GET,
            {
                "contact_id": contact_id,
                "channel_type": channel_type,
            },
        )


class AsyncContactChannels:
    """The ways in which a contact can be reached, such as a phone number or an email address."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    @property
    def with_raw_response(self) -> AsyncContactChannelsWithRawResponse:
        """The same methods, giving the whole response and not only its decoded body."""
        return AsyncContactChannelsWithRawResponse(self._sender)

    async def get(
        self,
        contact_id: UUID | str,
        channel_type: ChannelType | str,
    ) -> ContactChannel:
        """Retrieve one channel of a contact, by its type.

        With several channels of one type on a contact, it is not documented which of them is given.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel to retrieve. Known values: "phone", "email", "facebook"; any
                text is accepted. Example: "phone".

        Returns:
            The contact's channel of that type.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/channels-get (generated page)
            /api-reference/contacts/channels (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` as an integer, the older page as a string.
            D02: The generated page has `contact_id` as an integer, the older page as a string with a UUID.
                The `contactID` of the path is the UUID on both.
        """
        return await self._sender.send(
            _GET,
            {
                "contact_id": contact_id,
                "channel_type": channel_type,
            },
        )


class AsyncContactChannelsWithRawResponse:
    """`AsyncContactChannels`, giving whole responses."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def get(
        self,
        contact_id: UUID | str,
        channel_type: ChannelType | str,
    ) -> APIResponse[ContactChannel]:
        """`AsyncContactChannels.get`, giving the whole response."""
        return await self._sender.send_raw(
            _GET,
            {
                "contact_id": contact_id,
                "channel_type": channel_type,
            },
        )
