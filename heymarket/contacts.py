"""Handwritten additions to the generated `contacts` resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack
from uuid import UUID

from heymarket_openapi import models, resources

from heymarket.errors import InvalidRequestError

_KEPT_FIELDS = ("first", "last", "display_name", "email", "avatar", "is_opted_out")
"""Fields that `patch` writes back as they were read, if they have a value."""


class ContactChanges(TypedDict, total=False):
    """What `patch` can change.

    Attributes:
        phone: E.164 digits without plus, or a number with a plus in any common notation.
        first: First name.
        last: Last name.
        display_name: Name shown in the inbox.
        email: Email address.
        custom: Values of custom fields by field id; the service keeps the other fields.
        avatar: URL of a picture.
        assignee_id: Id of the user who owns the contact; -1 removes the owner.
        tags: All tags of the contact, 5 at most.
        is_opted_out: Whether the contact is opted out of messages.
    """

    phone: str
    first: str
    last: str
    display_name: str
    email: str
    custom: models.CustomValuesWrite | Mapping[str, Any]
    avatar: str
    assignee_id: int
    tags: Sequence[models.ContactTagWrite | Mapping[str, Any]]
    is_opted_out: bool


class Contacts(resources.Contacts):
    """Contacts: `client.contacts`."""

    def patch(self, contact: int | UUID | str, **changes: Unpack[ContactChanges]) -> models.CreatedRef:
        """Change some fields of a contact and keep the others: read the contact, merge, and write it.

        An update may clear fields that it doesn't name (D44), and always overwrites the contact's names. This method
        makes two calls, a read and a write; changes that somebody else makes in between are lost. Fields that the
        service doesn't return can't be kept: email suppression groups and, on some accounts, the opt-out (D03).

        Args:
            contact: The contact's integer id (v1) or UUID (v2).
            **changes: See `ContactChanges`.

        Raises:
            InvalidRequestError: There are no changes; or the contact's phone number or tags can't be written back: pass
                them.
            APIError: As `get` and `update` do; `outcome_unknown` says whether the write may have happened.
        """
        check(changes)
        if isinstance(contact, int):
            return self.update_v1(contact, **merged(self.get_v1(contact), changes, needs_phone=True))
        return self.update(contact, **merged(self.get(contact), changes))


class AsyncContacts(resources.AsyncContacts):
    """Contacts: `client.contacts`."""

    async def patch(self, contact: int | UUID | str, **changes: Unpack[ContactChanges]) -> models.CreatedRef:
        """Change some fields of a contact and keep the others, as `Contacts.patch` does.

        Args:
            contact: The contact's integer id (v1) or UUID (v2).
            **changes: See `ContactChanges`.

        Raises:
            InvalidRequestError: There are no changes; or the contact's phone number or tags can't be written back: pass
                them.
            APIError: As `get` and `update` do; `outcome_unknown` says whether the write may have happened.
        """
        check(changes)
        if isinstance(contact, int):
            return await self.update_v1(contact, **merged(await self.get_v1(contact), changes, needs_phone=True))
        return await self.update(contact, **merged(await self.get(contact), changes))


def check(changes: Mapping[str, Any]) -> None:
    """Check the names of changes.

    Raises:
        InvalidRequestError: There are no changes, or one has an unknown name.
    """
    unknown = changes.keys() - ContactChanges.__annotations__.keys()
    if unknown or not changes:
        problem = f"can't change {', '.join(sorted(unknown))}" if unknown else "needs at least one change"
        raise InvalidRequestError(f"patch {problem}. It takes {', '.join(ContactChanges.__annotations__)}.")


def merged(contact: models.Contact, changes: ContactChanges, *, needs_phone: bool = False) -> dict[str, Any]:
    """The fields to write: the changes, and the contact's other fields.

    Args:
        contact: The contact as it was read.
        changes: The fields to change.
        needs_phone: Whether a phone number is required, as it is by v1.

    Raises:
        InvalidRequestError: A field that is kept can't be written back.
    """
    values = {"assignee_id": contact.assigned_user_id, **{name: getattr(contact, name) for name in _KEPT_FIELDS}}
    kept = {name: value for name, value in values.items() if value or value is False}
    if contact.phone:
        kept["phone"] = f"+{str(contact.phone).removeprefix('+')}"  # a number that was read is complete, however short
    if "tags" not in changes and contact.tags:
        read: Any = contact.tags
        tags = [_tag_id(tag) for tag in read] if isinstance(read, list) else [None]  # pyright: ignore[reportUnknownVariableType] - soft decoding
        if not all(isinstance(tag, int) for tag in tags):
            raise InvalidRequestError(
                "The contact's tags were returned in a form that can't be written back (D04). Pass tags=."
            )
        kept["tags"] = [{"tag_id": tag} for tag in tags]
    fields = {**kept, **changes}
    if needs_phone and not fields.get("phone"):
        raise InvalidRequestError("The contact was returned without a phone number, which v1 requires. Pass phone=.")
    return fields


def _tag_id(tag: Any) -> Any:
    """The id of a tag that is an object, as an older page documents it (D04); `None` for other forms."""
    return tag.to_dict().get("tag_id") if hasattr(tag, "to_dict") else None
