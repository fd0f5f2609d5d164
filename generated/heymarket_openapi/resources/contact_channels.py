"""The ways in which a contact can be reached, such as a phone number or an email address."""

from __future__ import annotations

import builtins
from functools import cache
from uuid import UUID

from .. import models
from ..arguments import Resource
from ..lazy import LazyProperty, Listed
from ..operation import (
    Operation,
    RawSender,
    SupportsAsyncSend,
    SupportsSend,
    ValidationRules,
    to_raw,
    to_raw_async,
)
from ..operation import as_argument as _as_argument
from ..operation import as_segment as _as_segment


@cache
def _describe_get() -> Operation[models.ContactChannel]:
    from ..api.contact_channels import contact_channels_get

    return Operation(
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


@cache
def _describe_delete() -> Operation[None]:
    from ..api.contact_channels import contact_channels_delete

    return Operation(
        name="contact_channels.delete",
        method="DELETE",
        path="/v2/contact/{contactID}/channel/{channelType}",
        build=contact_channels_delete._get_kwargs,
        parse=contact_channels_delete._parse_response,
        path_params={"contact_id": "uuid", "channel_type": ""},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


@cache
def _describe_update() -> Operation[None]:
    from ..api.contact_channels import contact_channels_update

    return Operation(
        name="contact_channels.update",
        method="PUT",
        path="/v2/contact/{contactID}/channel",
        build=contact_channels_update._get_kwargs,
        parse=contact_channels_update._parse_response,
        path_params={"contact_id": "uuid"},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"channel_id": "channel-value"},
            at_most={},
        ),
    )


@cache
def _describe_create() -> Operation[list[models.ContactChannel]]:
    from ..api.contact_channels import contact_channels_create

    return Operation(
        name="contact_channels.create",
        method="POST",
        path="/v2/contact/{contactID}/channel",
        build=contact_channels_create._get_kwargs,
        parse=contact_channels_create._parse_response,
        path_params={"contact_id": "uuid"},
        status=200,
        expects="array",
        model="list[ContactChannel]",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"channel_id": "channel-value"},
            at_most={},
        ),
    )


@cache
def _describe_list() -> Operation[list[models.ContactChannel]]:
    from ..api.contact_channels import contact_channels_list

    return Operation(
        name="contact_channels.list",
        method="GET",
        path="/v2/contact/{contactID}/channels",
        build=contact_channels_list._get_kwargs,
        parse=contact_channels_list._parse_response,
        path_params={"contact_id": "uuid"},
        status=200,
        expects="array",
        model="list[ContactChannel]",
        safe=True,
    )


class ContactChannels(Resource):
    """The ways in which a contact can be reached, such as a phone number or an email address."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> ContactChannelsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return ContactChannelsWithRawResponse(ContactChannels(RawSender(self._sender)))

    def get(
        self,
        contact_id: UUID | str,
        channel_type: models.ChannelType | str,
    ) -> models.ContactChannel:
        """Retrieve one channel of a contact, by its type.

        With several channels of one type on a contact, it is not documented which of them is returned.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel to retrieve. Known values: "phone", "email", "facebook"; any
                string is accepted. Example: "phone".

        Returns:
            The contact's channel of that type.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
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
            _describe_get(),
            {
                "contact_id": contact_id,
                "channel_type": _as_segment(channel_type),
            },
        )

    def delete(
        self,
        contact_id: UUID | str,
        channel_type: models.ChannelType | str,
    ) -> None:
        """Remove a channel from a contact, by its type.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel to remove. Known values: "phone", "email", "facebook"; any
                string is accepted. Example: "phone".

        Returns:
            None. Not documented.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/channels (older, hand-written page)
        """
        return self._sender.send(
            _describe_delete(),
            {
                "contact_id": contact_id,
                "channel_type": _as_segment(channel_type),
            },
        )

    def update(
        self,
        contact_id: UUID | str,
        *,
        channel_type: models.ChannelType | str,
        channel_id: str,
    ) -> None:
        """Replace the value of a contact's channel, named by its type.

        With several channels of one type on a contact, it is not documented which of them changes. Nor is the
        response; it may be the contact's channels, as when one is added.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel. Known values: "phone", "email", "facebook"; any string is
                accepted. Example: "phone".
            channel_id: The channel's value: a phone number (E.164 digits without plus), an email address, or
                what the type calls for. Example: "15555550100".

        Returns:
            None. Not documented.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/channels (older, hand-written page)
        """
        from ..models.channel_type import ChannelType
        from ..models.contact_channel_write import ContactChannelWrite

        return self._sender.send(
            _describe_update(),
            {
                "contact_id": contact_id,
                "body": ContactChannelWrite(
                    channel_type=_as_argument(channel_type, ChannelType),
                    channel_id=channel_id,
                ),
            },
        )

    def create(
        self,
        contact_id: UUID | str,
        *,
        channel_type: models.ChannelType | str,
        channel_id: str,
    ) -> builtins.list[models.ContactChannel]:
        """Add a channel to a contact.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel. Known values: "phone", "email", "facebook"; any string is
                accepted. Example: "phone".
            channel_id: The channel's value: a phone number (E.164 digits without plus), an email address, or
                what the type calls for. Example: "15555550100".

        Returns:
            The contact's channels, with the one added.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/channels (generated page; text of the generated page; older, hand-written
                page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
        """
        from ..models.channel_type import ChannelType
        from ..models.contact_channel_write import ContactChannelWrite

        return self._sender.send(
            _describe_create(),
            {
                "contact_id": contact_id,
                "body": ContactChannelWrite(
                    channel_type=_as_argument(channel_type, ChannelType),
                    channel_id=channel_id,
                ),
            },
        )

    def list(
        self,
        contact_id: UUID | str,
    ) -> builtins.list[models.ContactChannel]:
        """Retrieve all channels of a contact.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".

        Returns:
            The contact's channels.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/channels (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
        """
        return self._sender.send(
            _describe_list(),
            {
                "contact_id": contact_id,
            },
        )


class ContactChannelsWithRawResponse(Listed):
    """The methods of `ContactChannels`, returning whole responses."""

    def __init__(self, resource: ContactChannels) -> None:
        self.get = to_raw(resource.get)
        self.delete = to_raw(resource.delete)
        self.update = to_raw(resource.update)
        self.create = to_raw(resource.create)
        self.list = to_raw(resource.list)


class AsyncContactChannels(Resource):
    """The ways in which a contact can be reached, such as a phone number or an email address."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncContactChannelsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncContactChannelsWithRawResponse(
            AsyncContactChannels(RawSender(self._sender))
        )

    async def get(
        self,
        contact_id: UUID | str,
        channel_type: models.ChannelType | str,
    ) -> models.ContactChannel:
        """Retrieve one channel of a contact, by its type.

        With several channels of one type on a contact, it is not documented which of them is returned.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel to retrieve. Known values: "phone", "email", "facebook"; any
                string is accepted. Example: "phone".

        Returns:
            The contact's channel of that type.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
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
            _describe_get(),
            {
                "contact_id": contact_id,
                "channel_type": _as_segment(channel_type),
            },
        )

    async def delete(
        self,
        contact_id: UUID | str,
        channel_type: models.ChannelType | str,
    ) -> None:
        """Remove a channel from a contact, by its type.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel to remove. Known values: "phone", "email", "facebook"; any
                string is accepted. Example: "phone".

        Returns:
            None. Not documented.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/channels (older, hand-written page)
        """
        return await self._sender.send(
            _describe_delete(),
            {
                "contact_id": contact_id,
                "channel_type": _as_segment(channel_type),
            },
        )

    async def update(
        self,
        contact_id: UUID | str,
        *,
        channel_type: models.ChannelType | str,
        channel_id: str,
    ) -> None:
        """Replace the value of a contact's channel, named by its type.

        With several channels of one type on a contact, it is not documented which of them changes. Nor is the
        response; it may be the contact's channels, as when one is added.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel. Known values: "phone", "email", "facebook"; any string is
                accepted. Example: "phone".
            channel_id: The channel's value: a phone number (E.164 digits without plus), an email address, or
                what the type calls for. Example: "15555550100".

        Returns:
            None. Not documented.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/channels (older, hand-written page)
        """
        from ..models.channel_type import ChannelType
        from ..models.contact_channel_write import ContactChannelWrite

        return await self._sender.send(
            _describe_update(),
            {
                "contact_id": contact_id,
                "body": ContactChannelWrite(
                    channel_type=_as_argument(channel_type, ChannelType),
                    channel_id=channel_id,
                ),
            },
        )

    async def create(
        self,
        contact_id: UUID | str,
        *,
        channel_type: models.ChannelType | str,
        channel_id: str,
    ) -> builtins.list[models.ContactChannel]:
        """Add a channel to a contact.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            channel_type: Type of the channel. Known values: "phone", "email", "facebook"; any string is
                accepted. Example: "phone".
            channel_id: The channel's value: a phone number (E.164 digits without plus), an email address, or
                what the type calls for. Example: "15555550100".

        Returns:
            The contact's channels, with the one added.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/channels (generated page; text of the generated page; older, hand-written
                page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
        """
        from ..models.channel_type import ChannelType
        from ..models.contact_channel_write import ContactChannelWrite

        return await self._sender.send(
            _describe_create(),
            {
                "contact_id": contact_id,
                "body": ContactChannelWrite(
                    channel_type=_as_argument(channel_type, ChannelType),
                    channel_id=channel_id,
                ),
            },
        )

    async def list(
        self,
        contact_id: UUID | str,
    ) -> builtins.list[models.ContactChannel]:
        """Retrieve all channels of a contact.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".

        Returns:
            The contact's channels.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/channels (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
        """
        return await self._sender.send(
            _describe_list(),
            {
                "contact_id": contact_id,
            },
        )


class AsyncContactChannelsWithRawResponse(Listed):
    """The methods of `AsyncContactChannels`, returning whole responses."""

    def __init__(self, resource: AsyncContactChannels) -> None:
        self.get = to_raw_async(resource.get)
        self.delete = to_raw_async(resource.delete)
        self.update = to_raw_async(resource.update)
        self.create = to_raw_async(resource.create)
        self.list = to_raw_async(resource.list)
