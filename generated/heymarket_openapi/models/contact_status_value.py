from ..open_enum import OpenStrEnum


class ContactStatusValue(OpenStrEnum):
    """What a contact's status becomes. The known values are the older page's; the
    generated page takes any text (D08). `unblocked` makes a contact active again,
    `unsubscribed` is the same as opting it out."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
