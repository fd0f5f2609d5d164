from ..open_enum import OpenStrEnum


class ChannelType(OpenStrEnum):
    """Type of a channel. `phone`, `email` and `facebook` are the documented ones; other
    integrations bring types of their own, so any text is accepted and may be answered."""

    PHONE = "phone"
    EMAIL = "email"
    FACEBOOK = "facebook"
