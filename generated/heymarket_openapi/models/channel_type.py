from ..open_enum import OpenStrEnum


class ChannelType(OpenStrEnum):
    """Type of a channel. `phone`, `email` and `facebook` are the documented ones; other
    integrations bring types of their own, so any string is accepted and may be
    returned."""

    PHONE = "phone"
    EMAIL = "email"
    FACEBOOK = "facebook"
