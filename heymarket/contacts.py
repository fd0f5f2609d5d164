"""Handwritten additions to the generated `contacts` resource."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from heymarket_openapi import resources

from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Unpack
    from uuid import UUID

    from heymarket_openapi.models import Contact, ContactTagWrite, CreatedRef, CustomValuesWrite

_KEPT = {
    "phone": "phone",
    "first": "first",
    "last": "last",
    "display_name": "display_name",
    "email": "email",
    "avatar": "avatar",
    "assignee_id": "assigned_user_id",
    "is_opted_out": "is_opted_out",
}
"""What is written again when it isn't named, and the name by which it is read."""


class ContactChanges(TypedDict, total=False):
    """What `patch` can change.

    Attributes:
        phone: E.164 digits without plus, or a number with a plus in any usual writing.
        first: First name.
        last: Last name.
        display_name: Name shown in the inbox.
        email: Email address.
        custom: Values of custom fields by field id; those not named stay, as the service merges them.
        avatar: URL of a picture.
        assignee_id: Id of the user who owns the contact; -1 takes the owner off.
        tags: All tags that the contact is to have, 5 at most.
        is_opted_out: Whether the contact is opted out of messages.
    """

    phone: str
    first: str
    last: str
    display_name: str
    email: str
    custom: CustomValuesWrite | Mapping[str, Any]
    avatar: str
    assignee_id: int
    tags: Sequence[ContactTagWrite | Mapping[str, Any]]
    is_opted_out: bool


class Contacts(resources.Contacts):
    """Contacts: `client.contacts`."""

    def patch(self, contact: int | UUID | str, **changes: Unpack[ContactChanges]) -> CreatedRef:
        """Change some of a contact and keep the rest: read it, merge, write it whole.

        An update may clear what it doesn't name (D44), and overwrites the names in any case. This makes two calls, a
        read and a write, and what somebody else changes in between is lost. What the service doesn't show can't be
        kept: email suppression groups, and on some accounts whether the contact is opted out (D03).

        Args:
            contact: An `int`, to go by the integer id (v1), or a `UUID` or `str`, to go by the UUID (v2).
            **changes: See `ContactChanges`.

        Raises:
            InvalidRequestError: Nothing is to be changed; or the contact has no phone number or tags in a form that can
                be written again: name them.
            APIError: As `get` and `update` do; `outcome_unknown` says whether the write may have happened.
        """
        check(changes)
        if isinstance(contact, int):
            return self.update_v1(contact, **merged_v1(self.get_v1(contact), changes))
        return self.update(contact, **merged(self.get(contact), changes))


class AsyncContacts(resources.AsyncContacts):
    """Contacts: `client.contacts`."""

    async def patch(self, contact: int | UUID | str, **changes: Unpack[ContactChanges]) -> CreatedRef:
        """Change some of a contact and keep the rest, as `Contacts.patch` does: read it, merge, write it whole.

        Args:
            contact: An `int`, to go by the integer id (v1), or a `UUID` or `str`, to go by the UUID (v2).
            **changes: See `ContactChanges`.

        Raises:
            InvalidRequestError: Nothing is to be changed; or the contact has no phone number or tags in a form that can
                be written again: name them.
            APIError: As `get` and `update` do; `outcome_unknown` says whether the write may have happened.
        """
        check(changes)
        if isinstance(contact, int):
            return await self.update_v1(contact, **merged_v1(await self.get_v1(contact), changes))
        return await self.update(contact, **merged(await self.get(contact), changes))


def check(changes: Mapping[str, Any]) -> None:
    """Refuse changes that are none.

    Raises:
        InvalidRequestError: There are none, or one has a name that no change has.
    """
    unknown = changes.keys() - ContactChanges.__annotations__.keys()
    if unknown or not changes:
        what = f"has no change {', '.join(sorted(unknown))}" if unknown else "needs something to change"
        raise InvalidRequestError(f"patch {what}. It takes {', '.join(ContactChanges.__annotations__)}.")


def merged(contact: Contact, changes: ContactChanges) -> dict[str, Any]:
    """The whole contact to write: what changes, and what stays.

    Args:
        contact: As it was read.
        changes: What to change.

    Raises:
        InvalidRequestError: What stays can't be written again.
    """
    values: dict[str, Any] = {name: getattr(contact, read) for name, read in _KEPT.items()}
    kept = {name: value for name, value in values.items() if value or value is False}
    if contact.phone:
        kept["phone"] = f"+{str(contact.phone).removeprefix('+')}"  # whole as it was read, however short
    if "tags" not in changes and contact.tags:
        read: Any = contact.tags
        tags = [_tag_id(tag) for tag in read] if isinstance(read, list) else [None]  # pyright: ignore[reportUnknownVariableType] - soft decoding
        if not all(isinstance(tag, int) for tag in tags):
            raise InvalidRequestError(
                "The contact's tags came in a form that can't be written again (D04). Name tags=."
            )
        kept["tags"] = [{"tag_id": tag} for tag in tags]
    return {**kept, **changes}


def _tag_id(tag: Any) -> Any:
    """The id of a tag, if it is the object that an older page has (D04)."""
    return tag.to_dict().get("tag_id") if hasattr(tag, "to_dict") else None


def merged_v1(contact: Contact, changes: ContactChanges) -> dict[str, Any]:
    """As `merged`, for v1, whose writes have to have a phone number."""
    whole = merged(contact, changes)
    if not whole.get("phone"):
        raise InvalidRequestError("The contact was read without a phone number, which v1 has to be told. Name phone=.")
    return whole
