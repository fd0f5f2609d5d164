"""Handwritten additions to the generated `contact_channels` resource."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heymarket_openapi import resources

from heymarket.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from heymarket_openapi.models import ChannelType, ContactChannel


class ContactChannels(resources.ContactChannels):
    """The channels of contacts: `client.contact_channels`."""

    def find(self, contact_id: UUID | str, channel_type: ChannelType | str) -> ContactChannel | None:
        """Look a channel up that may not be there.

        Args:
            contact_id: The contact's UUID.
            channel_type: `phone`, `email`, `facebook`, or any other type.

        Returns:
            The channel, or `None` where `get` raises `NotFoundError`: the contact does not exist or has no channel
            of that type. Heymarket does not say which.

        Raises:
            APIError: As `get` does, except for a 404.
        """
        try:
            return self.get(contact_id, channel_type)
        except NotFoundError:
            return None


class AsyncContactChannels(resources.AsyncContactChannels):
    """The channels of contacts: `client.contact_channels`."""

    async def find(self, contact_id: UUID | str, channel_type: ChannelType | str) -> ContactChannel | None:
        """Look a channel up that may not be there.

        Args:
            contact_id: The contact's UUID.
            channel_type: `phone`, `email`, `facebook`, or any other type.

        Returns:
            The channel, or `None` where `get` raises `NotFoundError`: the contact does not exist or has no channel
            of that type. Heymarket does not say which.

        Raises:
            APIError: As `get` does, except for a 404.
        """
        try:
            return await self.get(contact_id, channel_type)
        except NotFoundError:
            return None
