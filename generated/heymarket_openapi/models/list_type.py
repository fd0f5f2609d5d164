from ..open_enum import OpenStrEnum


class ListType(OpenStrEnum):
    """Type of a list. `contacts` makes a list of contacts with all their channels (D27);
    without it, the list is one of phone numbers."""

    CONTACTS = "contacts"
