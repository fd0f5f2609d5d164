"""The resources of the API. A resource is imported when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..operation import AsyncSender, Sender

__all__ = [
    "AsyncContactChannels",
    "AsyncContactChannelsWithRawResponse",
    "AsyncResources",
    "ContactChannels",
    "ContactChannelsWithRawResponse",
    "Resources",
]

if TYPE_CHECKING:
    from .contact_channels import (
        AsyncContactChannels,
        AsyncContactChannelsWithRawResponse,
        ContactChannels,
        ContactChannelsWithRawResponse,
    )
else:
    _MODULES = {
        "AsyncContactChannels": "contact_channels",
        "AsyncContactChannelsWithRawResponse": "contact_channels",
        "ContactChannels": "contact_channels",
        "ContactChannelsWithRawResponse": "contact_channels",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(
            import_module(f".{_MODULES[name]}", __name__), name
        )
        return value

    def __dir__():
        return sorted({*globals(), *__all__})


class Resources:
    """The resources of a synchronous client, each made on first use."""

    _sender: Sender

    @cached_property
    def contact_channels(self) -> ContactChannels:
        """The ways in which a contact can be reached, such as a phone number or an email address."""
        from .contact_channels import ContactChannels

        return ContactChannels(self._sender)


class AsyncResources:
    """The resources of an asynchronous client, each made on first use."""

    _sender: AsyncSender

    @cached_property
    def contact_channels(self) -> AsyncContactChannels:
        """The ways in which a contact can be reached, such as a phone number or an email address."""
        from .contact_channels import AsyncContactChannels

        return AsyncContactChannels(self._sender)
