from ..open_enum import OpenStrEnum


class MessageOrder(OpenStrEnum):
    """Field to sort messages by."""

    CREATED_AT = "created_at"
    UPDATED_AT = "updated_at"
