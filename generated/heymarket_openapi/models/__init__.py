"""The data of requests and answers. A model is imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = ["ChannelType", "ContactChannel"]

if TYPE_CHECKING:
    from .channel_type import ChannelType
    from .contact_channel import ContactChannel
else:
    _MODULES = {"ChannelType": "channel_type", "ContactChannel": "contact_channel"}

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(
            import_module(f".{_MODULES[name]}", __name__), name
        )
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
