from ..open_enum import OpenStrEnum


class ContactStatusValue(OpenStrEnum):
    """The new status of a contact. The known values are the older page's; the generated
    page accepts any string (D08). `unblocked` makes a contact active again,
    `unsubscribed` is the same as opting it out."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    SUBSCRIBED = "subscribed"
    UNSUBSCRIBED = "unsubscribed"
