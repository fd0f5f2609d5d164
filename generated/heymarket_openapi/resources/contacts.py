"""The people that the team texts with. v2 names a contact by its UUID, v1 (the methods that end in `_v1`, and those that only v1 has) by its integer id."""

from __future__ import annotations

import builtins
import datetime
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any
from uuid import UUID

from .. import models
from ..arguments import Resource
from ..lazy import LazyProperty, Listed
from ..operation import (
    AsyncPager,
    Operation,
    Pager,
    Paging,
    RawSender,
    SupportsAsyncSend,
    SupportsSend,
    ValidationRules,
    to_raw,
    to_raw_async,
)
from ..operation import as_argument as _as_argument
from ..types import UNSET, Unset
from ..undescribed import unchecked as _unchecked


@cache
def _describe_create_v1() -> Operation[models.CreatedRef]:
    from ..api.contacts import contacts_create_v1

    return Operation(
        name="contacts.create_v1",
        method="POST",
        path="/v1/contact",
        build=contacts_create_v1._get_kwargs,
        parse=contacts_create_v1._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"phone": "phone"},
            at_most={"tags": 5},
        ),
        body=("", "ContactV1Write"),
    )


@cache
def _describe_get_v1() -> Operation[models.Contact]:
    from ..api.contacts import contacts_get_v1

    return Operation(
        name="contacts.get_v1",
        method="GET",
        path="/v1/contact/{id}",
        build=contacts_get_v1._get_kwargs,
        parse=contacts_get_v1._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="Contact",
        safe=True,
    )


@cache
def _describe_update_v1() -> Operation[models.CreatedRef]:
    from ..api.contacts import contacts_update_v1

    return Operation(
        name="contacts.update_v1",
        method="PUT",
        path="/v1/contact/{id}",
        build=contacts_update_v1._get_kwargs,
        parse=contacts_update_v1._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"phone": "phone"},
            at_most={"tags": 5},
        ),
        body=("", "ContactV1Write"),
    )


@cache
def _describe_delete_v1() -> Operation[None]:
    from ..api.contacts import contacts_delete_v1

    return Operation(
        name="contacts.delete_v1",
        method="DELETE",
        path="/v1/contact/{id}",
        build=contacts_delete_v1._get_kwargs,
        parse=contacts_delete_v1._parse_response,
        path_params={"id": ""},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


@cache
def _describe_lookup() -> Operation[models.Contact]:
    from ..api.contacts import contacts_lookup

    return Operation(
        name="contacts.lookup",
        method="POST",
        path="/v1/contact/get",
        build=contacts_lookup._get_kwargs,
        parse=contacts_lookup._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="Contact",
        safe=True,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=("phone", "id"),
            formats={"phone": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_list_v1() -> Operation[list[models.Contact]]:
    from ..api.contacts import contacts_list_v1

    return Operation(
        name="contacts.list_v1",
        method="POST",
        path="/v1/contacts",
        build=contacts_list_v1._get_kwargs,
        parse=contacts_list_v1._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Contact]",
        safe=True,
        paging=Paging(
            place="json",
            name="date",
            kind="after",
            source="updated",
            unit="",
            first=0,
            limit="",
            size=30,
            items=(),
            next=(),
        ),
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={"date": "date-time"}, at_most={}
        ),
    )


@cache
def _describe_count() -> Operation[int]:
    from ..api.contacts import contacts_count

    return Operation(
        name="contacts.count",
        method="POST",
        path="/v1/contacts/count",
        build=contacts_count._get_kwargs,
        parse=contacts_count._parse_response,
        path_params={},
        status=200,
        expects="count",
        model="int",
        safe=True,
    )


@cache
def _describe_get_status() -> Operation[models.ContactStatus]:
    from ..api.contacts import contacts_get_status

    return Operation(
        name="contacts.get_status",
        method="POST",
        path="/v1/contact/status",
        build=contacts_get_status._get_kwargs,
        parse=contacts_get_status._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="ContactStatus",
        safe=True,
        rules=ValidationRules(
            exactly_one=(("id",), ("phone",)),
            at_least_one=(),
            formats={"phone": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_set_status() -> Operation[None]:
    from ..api.contacts import contacts_set_status

    return Operation(
        name="contacts.set_status",
        method="POST",
        path="/v1/contact/set_status",
        build=contacts_set_status._get_kwargs,
        parse=contacts_set_status._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(("id",), ("phone",)),
            at_least_one=(),
            formats={"phone": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_batch_create() -> Operation[list[models.Contact]]:
    from ..api.contacts import contacts_batch_create

    return Operation(
        name="contacts.batch_create",
        method="POST",
        path="/v1/batch/contacts",
        build=contacts_batch_create._get_kwargs,
        parse=contacts_batch_create._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Contact]",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"[].phone": "phone"},
            at_most={"[].tags": 5},
        ),
        also=("ok",),
        body=("contacts", "ContactV1Write"),
    )


@cache
def _describe_list_fields() -> Operation[list[models.CustomField]]:
    from ..api.contacts import contacts_list_fields

    return Operation(
        name="contacts.list_fields",
        method="POST",
        path="/v1/contact-fields",
        build=contacts_list_fields._get_kwargs,
        parse=contacts_list_fields._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[CustomField]",
        safe=True,
    )


@cache
def _describe_create_fields() -> Operation[list[models.CustomField]]:
    from ..api.contacts import contacts_create_fields

    return Operation(
        name="contacts.create_fields",
        method="POST",
        path="/v1/contacts/fields",
        build=contacts_create_fields._get_kwargs,
        parse=contacts_create_fields._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[CustomField]",
        safe=False,
        body=("fields", "CustomFieldWrite"),
    )


@cache
def _describe_create() -> Operation[models.CreatedRef]:
    from ..api.contacts import contacts_create

    return Operation(
        name="contacts.create",
        method="POST",
        path="/v2/contact",
        build=contacts_create._get_kwargs,
        parse=contacts_create._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={
                "contact_channels[].channel_id": "channel-value",
                "phone": "phone",
            },
            at_most={"tags": 5},
        ),
        body=("", "ContactWrite"),
    )


@cache
def _describe_get() -> Operation[models.Contact]:
    from ..api.contacts import contacts_get

    return Operation(
        name="contacts.get",
        method="GET",
        path="/v2/contact/{contactID}",
        build=contacts_get._get_kwargs,
        parse=contacts_get._parse_response,
        path_params={"contact_id": "uuid"},
        status=200,
        expects="object",
        model="Contact",
        safe=True,
    )


@cache
def _describe_update() -> Operation[models.CreatedRef]:
    from ..api.contacts import contacts_update

    return Operation(
        name="contacts.update",
        method="PUT",
        path="/v2/contact/{contactID}",
        build=contacts_update._get_kwargs,
        parse=contacts_update._parse_response,
        path_params={"contact_id": "uuid"},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={
                "contact_channels[].channel_id": "channel-value",
                "phone": "phone",
            },
            at_most={"tags": 5},
        ),
        body=("", "ContactChangesWrite"),
    )


@cache
def _describe_delete() -> Operation[None]:
    from ..api.contacts import contacts_delete

    return Operation(
        name="contacts.delete",
        method="DELETE",
        path="/v2/contact/{contactID}",
        build=contacts_delete._get_kwargs,
        parse=contacts_delete._parse_response,
        path_params={"contact_id": "uuid"},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


@cache
def _describe_list() -> Operation[list[models.Contact]]:
    from ..api.contacts import contacts_list

    return Operation(
        name="contacts.list",
        method="POST",
        path="/v2/contacts/list",
        build=contacts_list._get_kwargs,
        parse=contacts_list._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Contact]",
        safe=True,
        paging=Paging(
            place="json",
            name="page",
            kind="page",
            source="",
            unit="",
            first=0,
            limit="limit",
            size=30,
            items=(),
            next=(),
        ),
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={"date": "date-time"}, at_most={}
        ),
    )


@cache
def _describe_bulk_upsert() -> Operation[models.ContactBulkResult]:
    from ..api.contacts import contacts_bulk_upsert

    return Operation(
        name="contacts.bulk_upsert",
        method="POST",
        path="/v2/contacts",
        build=contacts_bulk_upsert._get_kwargs,
        parse=contacts_bulk_upsert._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="ContactBulkResult",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={
                "contacts[].contact_channels[].channel_id": "channel-value",
                "contacts[].phone": "phone",
            },
            at_most={"contacts[].tags": 5},
        ),
        body=("", "ContactBulkUpsertWrite"),
    )


@cache
def _describe_bulk_delete() -> Operation[None]:
    from ..api.contacts import contacts_bulk_delete

    return Operation(
        name="contacts.bulk_delete",
        method="DELETE",
        path="/v2/contacts",
        build=contacts_bulk_delete._get_kwargs,
        parse=contacts_bulk_delete._parse_response,
        path_params={},
        status=200,
        expects="",
        model="None",
        safe=False,
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={}, at_most={"contact_channels": 1}
        ),
        body=("", "ContactBulkDeleteWrite"),
    )


@cache
def _describe_search() -> Operation[list[models.Contact]]:
    from ..api.contacts import contacts_search

    return Operation(
        name="contacts.search",
        method="POST",
        path="/v2/contacts/search",
        build=contacts_search._get_kwargs,
        parse=contacts_search._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[Contact]",
        safe=True,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"contact_channels[].channel_ids[]": "channel-value"},
            at_most={},
        ),
        body=("", "ContactSearchQuery"),
    )


class Contacts(Resource):
    """The people that the team texts with. v2 names a contact by its UUID, v1 (the methods that end in `_v1`, and those that only v1 has) by its integer id."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> ContactsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return ContactsWithRawResponse(Contacts(RawSender(self._sender)))

    def create_v1(
        self,
        *,
        phone: str,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a contact from a phone number (v1).

        Whether a second contact with the same phone number fails, is merged or is created as well is not
        documented; according to a third party it is merged.

        Args:
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/create (older, hand-written page)
            /guides/manage-contacts (guide; earlier guide)
            mindcloud-inc/universal-api-reference (third party)
            activepieces/activepieces (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_v1_write import ContactV1Write

        return self._sender.send(
            _unchecked(_describe_create_v1(), allow_undescribed),
            {
                "body": ContactV1Write(
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    def get_v1(
        self,
        id: int,
    ) -> models.Contact:
        """Retrieve a contact by its integer id (v1).

        Args:
            id: Id of the contact. Example: 501.

        Returns:
            The contact.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/get (generated page; older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        return self._sender.send(
            _describe_get_v1(),
            {
                "id": id,
            },
        )

    def update_v1(
        self,
        id: int,
        *,
        phone: str,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        overwrite: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Update a contact by its integer id (v1).

        Send the whole contact: `phone` is needed even when it stays, names are overwritten in any case, and
        other fields that are left out may be cleared (D44).

        Args:
            id: Id of the contact. Example: 501.
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            overwrite: Whether `custom` replaces all custom values instead of being merged into them. False by
                default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/update (generated page; older, hand-written page)
            /guides/manage-contacts (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D44: The pages require `phone` alone. A guide says that names are overwritten whatever the value
                of `overwrite`, and a third party reads a contact before it updates it, so what isn't sent may
                be cleared.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_v1_write import ContactV1Write

        return self._sender.send(
            _unchecked(_describe_update_v1(), allow_undescribed),
            {
                "id": id,
                "overwrite": overwrite,
                "body": ContactV1Write(
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    def delete_v1(
        self,
        id: int,
    ) -> None:
        """Delete a contact by its integer id, for good (v1).

        Args:
            id: Id of the contact. Example: 501.

        Returns:
            The string "ok".

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/delete (older, hand-written page)
            /guides/manage-contacts (guide)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D43: The older page says that the history of the conversation goes with the contact, the generated
                page only that deleting is permanent.
        """
        return self._sender.send(
            _describe_delete_v1(),
            {
                "id": id,
            },
        )

    def lookup(
        self,
        *,
        phone: str | Unset = UNSET,
        id: str | Unset = UNSET,
    ) -> models.Contact:
        """Look a contact up by phone number or integer id.

        At least one of `phone` and `id` is required.

        Args:
            phone: Phone number of the contact (E.164 digits without plus); wins when `id` is given as well. A
                number with a plus may be in any common notation. Example: "15555550100".
            id: Integer id of the contact, as a string (D06). Example: "501".

        Returns:
            The contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/get-by-phone-or-id (text of the generated page)
            /api-reference/contacts/get (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D05: The generated page shows everything that can be written of a contact as the body, and no
                `id`. The older page has `phone` or `id`, which is described here.
            D06: `id` is a string where a contact is looked up, an integer where its status is read or set.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_lookup_query import ContactLookupQuery

        return self._sender.send(
            _describe_lookup(),
            {
                "body": ContactLookupQuery(phone=phone, id=id),
            },
        )

    def list_v1(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
        order: str | Unset = UNSET,
        ascending: bool | Unset = UNSET,
    ) -> Pager[models.Contact]:
        """List the contacts, the newest first (v1).

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only contacts last changed before this time; the `updated` of the last item leads to the
                next page. Format: date-time. Example: "2030-01-01T00:00:00Z".
            limit: Contacts per page; 30 by default. From the generated page and a third party. Example: 30.
            page: Number of the page; 1 is the first according to a third party (D15). From the generated
                page. Example: 1.
            order: Field to sort by; the values are not documented. From the generated page and a third party.
                Example: "updated".
            ascending: Oldest first instead of newest first. From the generated page and a third party.
                Example: false.

        Returns:
            A page of contacts; empty after the last one.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/list (generated page)
            /api-reference/contacts/get (older, hand-written page)
            /guides/manage-contacts (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D15: The example of the v2 list of contacts begins at page 0, surveys begin at page 1, and a third
                party begins v1 lists at page 1.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_list_v1_query import ContactListV1Query

        return self._sender.paginate(
            _describe_list_v1(),
            {
                "body": ContactListV1Query(
                    date=date, limit=limit, page=page, order=order, ascending=ascending
                ),
            },
        )

    def count(
        self,
    ) -> int:
        """Count the team's contacts.

        Neither body nor response is documented. An empty object is sent, and the response is described like
        that of the count of messages.

        Returns:
            How many there are.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/overview (older, hand-written page)

        Contradictions:
            D14: The count of messages is a string on its page; those of contacts and conversations are not
                shown. It may come as a number or as a string.
        """
        from ..models.contact_count_query import ContactCountQuery

        return self._sender.send(
            _describe_count(),
            {
                "body": ContactCountQuery(),
            },
        )

    def get_status(
        self,
        *,
        id: int | Unset = UNSET,
        phone: str | Unset = UNSET,
    ) -> models.ContactStatus:
        """Retrieve whether a contact can be messaged.

        Exactly one of `id` and `phone` is required.

        Args:
            id: Integer id of the contact. Example: 501.
            phone: Phone number of the contact (E.164 digits without plus). A number with a plus may be in any
                common notation. Example: "15555550100".

        Returns:
            The contact's status.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/status (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D06: `id` is a string where a contact is looked up, an integer where its status is read or set.
            D07: The older page returns `id`, `phone`, `unsubscribed` and `blocked`; a response seen by a
                third party has `unsubscribed_admin` and `unsubscribed_contact` as well.
        """
        from ..models.contact_status_query import ContactStatusQuery

        return self._sender.send(
            _describe_get_status(),
            {
                "body": ContactStatusQuery(id=id, phone=phone),
            },
        )

    def set_status(
        self,
        *,
        status: models.ContactStatusValue | str,
        id: int | Unset = UNSET,
        phone: str | Unset = UNSET,
    ) -> None:
        """Block, unblock, subscribe or unsubscribe a contact.

        To unsubscribe a contact is the same as opting it out.

        Exactly one of `id` and `phone` is required.

        Args:
            status: The status. Known values: "active", "blocked", "unblocked", "subscribed", "unsubscribed";
                any string is accepted. Example: "active".
            id: Integer id of the contact. Example: 501.
            phone: Phone number of the contact (E.164 digits without plus). A number with a plus may be in any
                common notation. Example: "15555550100".

        Returns:
            The string "success".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/set-status (generated page)
            /api-reference/contacts/status (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D06: `id` is a string where a contact is looked up, an integer where its status is read or set.
            D08: The older page lists five values of `status`, the generated page has a string of any value
                with the example `active`. A third party's page has a list of strings; its own description is
                one of the five.
        """
        from ..models.contact_status_value import ContactStatusValue
        from ..models.contact_status_write import ContactStatusWrite

        return self._sender.send(
            _describe_set_status(),
            {
                "body": ContactStatusWrite(
                    status=_as_argument(status, ContactStatusValue), id=id, phone=phone
                ),
            },
        )

    def batch_create(
        self,
        *,
        contacts: Sequence[models.ContactV1Write | Mapping[str, Any]],
        overwrite: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> builtins.list[models.Contact]:
        """Create many contacts (v1).

        The sources contradict each other about the response (D09): the contacts may be those created or those
        that failed, and "ok" may come in their place. The maximum number of contacts is not documented.

        Args:
            contacts: The contacts to create. Example: [{"phone": "15555550100", "first": "Ada"}].
            overwrite: Whether a contact that has the phone number already is overwritten instead of skipped.
                False by default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Contacts: all of them by the generated page, those that failed by the older one (D09).

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/bulk (generated page; older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D09: The generated page returns the contacts. The older page returns those that failed, or the
                string "ok" when none did; a third party has a string.
            D10: The older page lets an item have `phone`, `first`, `last`, `display_name`, `email` and
                `is_opted_out`; the generated page shows everything that can be written of a contact.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
        """
        return self._sender.send(
            _unchecked(_describe_batch_create(), allow_undescribed),
            {
                "overwrite": overwrite,
                "body": _as_argument(contacts),
            },
        )

    def list_fields(
        self,
    ) -> builtins.list[models.CustomField]:
        """List the custom fields of the team's contacts.

        Its response is shown nowhere, and assumed to be that of creating fields (D49).

        Returns:
            The custom fields.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /guides/manage-contacts (guide)
            /concepts/contacts (guide; earlier guide)
            /api-reference/contacts/create (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D49: Custom fields are listed at one path and created at another, and the response of the list is
                shown nowhere; it is assumed to be that of creating fields.
        """
        from ..models.contact_fields_query import ContactFieldsQuery

        return self._sender.send(
            _describe_list_fields(),
            {
                "body": ContactFieldsQuery(),
            },
        )

    def create_fields(
        self,
        *,
        fields: Sequence[models.CustomFieldWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> builtins.list[models.CustomField]:
        """Create custom fields for the team's contacts.

        Args:
            fields: The fields to create. Example: [{"title": "Membership"}].
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The fields.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/create-contact-fields (generated page)

        Contradictions:
            D49: Custom fields are listed at one path and created at another, and the response of the list is
                shown nowhere; it is assumed to be that of creating fields.
        """
        return self._sender.send(
            _unchecked(_describe_create_fields(), allow_undescribed),
            {
                "body": _as_argument(fields),
            },
        )

    def create(
        self,
        *,
        contact_channels: Sequence[models.ContactChannelEntryWrite | Mapping[str, Any]],
        phone: str | Unset = UNSET,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a contact from one or more channels.

        Args:
            contact_channels: Ways to reach the contact. One at least.
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/create (older, hand-written page)

        Contradictions:
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_write import ContactWrite

        return self._sender.send(
            _unchecked(_describe_create(), allow_undescribed),
            {
                "body": ContactWrite(
                    contact_channels=_as_argument(contact_channels),
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    def get(
        self,
        contact_id: UUID | str,
    ) -> models.Contact:
        """Retrieve a contact by its UUID.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".

        Returns:
            The contact.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/get (older, hand-written page)
            /concepts/contacts (guide)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        return self._sender.send(
            _describe_get(),
            {
                "contact_id": contact_id,
            },
        )

    def update(
        self,
        contact_id: UUID | str,
        *,
        contact_channels: Sequence[models.ContactChannelEntryWrite | Mapping[str, Any]]
        | Unset = UNSET,
        phone: str | Unset = UNSET,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        overwrite: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Update a contact by its UUID.

        That this exists is documented, its path, body and response are inferred from similar operations.
        Fields that are left out may be cleared, as in v1 (D44).

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            contact_channels: Ways to reach the contact.
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            overwrite: Whether `custom` replaces all custom values instead of being merged into them.
                Documented for v1; the page's first lines speak of both. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            low

        Sources:
            /api-reference/contacts/update (older; hand-written page; its first lines only)
            /guides/manage-contacts (guide)

        Contradictions:
            D44: The pages require `phone` alone. A guide says that names are overwritten whatever the value
                of `overwrite`, and a third party reads a contact before it updates it, so what isn't sent may
                be cleared.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_changes_write import ContactChangesWrite

        return self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "contact_id": contact_id,
                "overwrite": overwrite,
                "body": ContactChangesWrite(
                    contact_channels=_as_argument(contact_channels),
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    def delete(
        self,
        contact_id: UUID | str,
    ) -> None:
        """Delete a contact by its UUID, for good.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".

        Returns:
            A string that confirms it.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/delete-v2 (generated page)
            /api-reference/contacts/delete (older, hand-written page)

        Contradictions:
            D43: The older page says that the history of the conversation goes with the contact, the generated
                page only that deleting is permanent.
        """
        return self._sender.send(
            _describe_delete(),
            {
                "contact_id": contact_id,
            },
        )

    def list(
        self,
        *,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
        date: datetime.datetime | Unset = UNSET,
        ascending: bool | Unset = UNSET,
    ) -> Pager[models.Contact]:
        """List the contacts, page by page.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            limit: Contacts per page; 30 by default. The maximum is not documented. Example: 30.
            page: Number of the page; 0 is the first in the page's example (D15). Example: 0.
            date: Presumably a timestamp, as in the v1 list: only contacts last changed before it. Not
                explained. Format: date-time. Example: "2024-01-01T00:00:00Z".
            ascending: Oldest first instead of newest first. Example: false.

        Returns:
            A page of contacts. What comes after the last page is not documented; presumably an empty array.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/list-v2 (generated page)
            /api-reference/contacts/get (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D15: The example of the v2 list of contacts begins at page 0, surveys begin at page 1, and a third
                party begins v1 lists at page 1.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_list_query import ContactListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": ContactListQuery(
                    limit=limit, page=page, date=date, ascending=ascending
                ),
            },
        )

    def bulk_upsert(
        self,
        *,
        contacts: Sequence[models.ContactUpsertWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> models.ContactBulkResult:
        """Create or update many contacts.

        Some may fail while others go through: look at `failed_contacts`. The maximum number of contacts is
        not documented.

        Args:
            contacts: The contacts; the maximum number is not documented.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The outcome for the contacts.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/bulk-v2 (generated page)
            /api-reference/contacts/bulk (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D11: On the older page `contact_id` decides whether an item updates a contact or creates one. What
                can be seen of the generated page has no `contact_id`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
        """
        from ..models.contact_bulk_upsert_write import ContactBulkUpsertWrite

        return self._sender.send(
            _unchecked(_describe_bulk_upsert(), allow_undescribed),
            {
                "body": ContactBulkUpsertWrite(contacts=_as_argument(contacts)),
            },
        )

    def bulk_delete(
        self,
        *,
        contact_channels: Sequence[models.ContactIdsWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> None:
        """Delete many contacts by their UUIDs, for good.

        A DELETE with a JSON body.

        Args:
            contact_channels: Exactly one entry, which names the contacts. At most 1.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/bulk-delete-v2 (generated page)
        """
        from ..models.contact_bulk_delete_write import ContactBulkDeleteWrite

        return self._sender.send(
            _unchecked(_describe_bulk_delete(), allow_undescribed),
            {
                "body": ContactBulkDeleteWrite(
                    contact_channels=_as_argument(contact_channels)
                ),
            },
        )

    def search(
        self,
        *,
        contact_channels: Sequence[models.ContactChannelQuery | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> builtins.list[models.Contact]:
        """Find contacts by the values of their channels, such as phone numbers or email addresses.

        All at once: no pages are documented.

        Args:
            contact_channels: Channels to look for.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The contacts that were found.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/search (generated page; older, hand-written page)
            /guides/manage-contacts (guide)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_search_query import ContactSearchQuery

        return self._sender.send(
            _unchecked(_describe_search(), allow_undescribed),
            {
                "body": ContactSearchQuery(
                    contact_channels=_as_argument(contact_channels)
                ),
            },
        )


class ContactsWithRawResponse(Listed):
    """The methods of `Contacts`, returning whole responses."""

    def __init__(self, resource: Contacts) -> None:
        self.create_v1 = to_raw(resource.create_v1)
        self.get_v1 = to_raw(resource.get_v1)
        self.update_v1 = to_raw(resource.update_v1)
        self.delete_v1 = to_raw(resource.delete_v1)
        self.lookup = to_raw(resource.lookup)
        self.list_v1 = to_raw(resource.list_v1)
        self.count = to_raw(resource.count)
        self.get_status = to_raw(resource.get_status)
        self.set_status = to_raw(resource.set_status)
        self.batch_create = to_raw(resource.batch_create)
        self.list_fields = to_raw(resource.list_fields)
        self.create_fields = to_raw(resource.create_fields)
        self.create = to_raw(resource.create)
        self.get = to_raw(resource.get)
        self.update = to_raw(resource.update)
        self.delete = to_raw(resource.delete)
        self.list = to_raw(resource.list)
        self.bulk_upsert = to_raw(resource.bulk_upsert)
        self.bulk_delete = to_raw(resource.bulk_delete)
        self.search = to_raw(resource.search)


class AsyncContacts(Resource):
    """The people that the team texts with. v2 names a contact by its UUID, v1 (the methods that end in `_v1`, and those that only v1 has) by its integer id."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncContactsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncContactsWithRawResponse(AsyncContacts(RawSender(self._sender)))

    async def create_v1(
        self,
        *,
        phone: str,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a contact from a phone number (v1).

        Whether a second contact with the same phone number fails, is merged or is created as well is not
        documented; according to a third party it is merged.

        Args:
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/create (older, hand-written page)
            /guides/manage-contacts (guide; earlier guide)
            mindcloud-inc/universal-api-reference (third party)
            activepieces/activepieces (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_v1_write import ContactV1Write

        return await self._sender.send(
            _unchecked(_describe_create_v1(), allow_undescribed),
            {
                "body": ContactV1Write(
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    async def get_v1(
        self,
        id: int,
    ) -> models.Contact:
        """Retrieve a contact by its integer id (v1).

        Args:
            id: Id of the contact. Example: 501.

        Returns:
            The contact.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/get (generated page; older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        return await self._sender.send(
            _describe_get_v1(),
            {
                "id": id,
            },
        )

    async def update_v1(
        self,
        id: int,
        *,
        phone: str,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        overwrite: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Update a contact by its integer id (v1).

        Send the whole contact: `phone` is needed even when it stays, names are overwritten in any case, and
        other fields that are left out may be cleared (D44).

        Args:
            id: Id of the contact. Example: 501.
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            overwrite: Whether `custom` replaces all custom values instead of being merged into them. False by
                default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/update (generated page; older, hand-written page)
            /guides/manage-contacts (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D44: The pages require `phone` alone. A guide says that names are overwritten whatever the value
                of `overwrite`, and a third party reads a contact before it updates it, so what isn't sent may
                be cleared.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_v1_write import ContactV1Write

        return await self._sender.send(
            _unchecked(_describe_update_v1(), allow_undescribed),
            {
                "id": id,
                "overwrite": overwrite,
                "body": ContactV1Write(
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    async def delete_v1(
        self,
        id: int,
    ) -> None:
        """Delete a contact by its integer id, for good (v1).

        Args:
            id: Id of the contact. Example: 501.

        Returns:
            The string "ok".

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/delete (older, hand-written page)
            /guides/manage-contacts (guide)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D43: The older page says that the history of the conversation goes with the contact, the generated
                page only that deleting is permanent.
        """
        return await self._sender.send(
            _describe_delete_v1(),
            {
                "id": id,
            },
        )

    async def lookup(
        self,
        *,
        phone: str | Unset = UNSET,
        id: str | Unset = UNSET,
    ) -> models.Contact:
        """Look a contact up by phone number or integer id.

        At least one of `phone` and `id` is required.

        Args:
            phone: Phone number of the contact (E.164 digits without plus); wins when `id` is given as well. A
                number with a plus may be in any common notation. Example: "15555550100".
            id: Integer id of the contact, as a string (D06). Example: "501".

        Returns:
            The contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/get-by-phone-or-id (text of the generated page)
            /api-reference/contacts/get (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D05: The generated page shows everything that can be written of a contact as the body, and no
                `id`. The older page has `phone` or `id`, which is described here.
            D06: `id` is a string where a contact is looked up, an integer where its status is read or set.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_lookup_query import ContactLookupQuery

        return await self._sender.send(
            _describe_lookup(),
            {
                "body": ContactLookupQuery(phone=phone, id=id),
            },
        )

    def list_v1(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
        order: str | Unset = UNSET,
        ascending: bool | Unset = UNSET,
    ) -> AsyncPager[models.Contact]:
        """List the contacts, the newest first (v1).

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only contacts last changed before this time; the `updated` of the last item leads to the
                next page. Format: date-time. Example: "2030-01-01T00:00:00Z".
            limit: Contacts per page; 30 by default. From the generated page and a third party. Example: 30.
            page: Number of the page; 1 is the first according to a third party (D15). From the generated
                page. Example: 1.
            order: Field to sort by; the values are not documented. From the generated page and a third party.
                Example: "updated".
            ascending: Oldest first instead of newest first. From the generated page and a third party.
                Example: false.

        Returns:
            A page of contacts; empty after the last one.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/list (generated page)
            /api-reference/contacts/get (older, hand-written page)
            /guides/manage-contacts (guide)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D12: The generated page shows the same body of ten fields for several lists, most of which
                probably mean nothing here; the older pages have few of them, and fields that are not among
                the ten.
            D15: The example of the v2 list of contacts begins at page 0, surveys begin at page 1, and a third
                party begins v1 lists at page 1.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_list_v1_query import ContactListV1Query

        return self._sender.paginate(
            _describe_list_v1(),
            {
                "body": ContactListV1Query(
                    date=date, limit=limit, page=page, order=order, ascending=ascending
                ),
            },
        )

    async def count(
        self,
    ) -> int:
        """Count the team's contacts.

        Neither body nor response is documented. An empty object is sent, and the response is described like
        that of the count of messages.

        Returns:
            How many there are.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/overview (older, hand-written page)

        Contradictions:
            D14: The count of messages is a string on its page; those of contacts and conversations are not
                shown. It may come as a number or as a string.
        """
        from ..models.contact_count_query import ContactCountQuery

        return await self._sender.send(
            _describe_count(),
            {
                "body": ContactCountQuery(),
            },
        )

    async def get_status(
        self,
        *,
        id: int | Unset = UNSET,
        phone: str | Unset = UNSET,
    ) -> models.ContactStatus:
        """Retrieve whether a contact can be messaged.

        Exactly one of `id` and `phone` is required.

        Args:
            id: Integer id of the contact. Example: 501.
            phone: Phone number of the contact (E.164 digits without plus). A number with a plus may be in any
                common notation. Example: "15555550100".

        Returns:
            The contact's status.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/status (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D06: `id` is a string where a contact is looked up, an integer where its status is read or set.
            D07: The older page returns `id`, `phone`, `unsubscribed` and `blocked`; a response seen by a
                third party has `unsubscribed_admin` and `unsubscribed_contact` as well.
        """
        from ..models.contact_status_query import ContactStatusQuery

        return await self._sender.send(
            _describe_get_status(),
            {
                "body": ContactStatusQuery(id=id, phone=phone),
            },
        )

    async def set_status(
        self,
        *,
        status: models.ContactStatusValue | str,
        id: int | Unset = UNSET,
        phone: str | Unset = UNSET,
    ) -> None:
        """Block, unblock, subscribe or unsubscribe a contact.

        To unsubscribe a contact is the same as opting it out.

        Exactly one of `id` and `phone` is required.

        Args:
            status: The status. Known values: "active", "blocked", "unblocked", "subscribed", "unsubscribed";
                any string is accepted. Example: "active".
            id: Integer id of the contact. Example: 501.
            phone: Phone number of the contact (E.164 digits without plus). A number with a plus may be in any
                common notation. Example: "15555550100".

        Returns:
            The string "success".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/set-status (generated page)
            /api-reference/contacts/status (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)

        Contradictions:
            D06: `id` is a string where a contact is looked up, an integer where its status is read or set.
            D08: The older page lists five values of `status`, the generated page has a string of any value
                with the example `active`. A third party's page has a list of strings; its own description is
                one of the five.
        """
        from ..models.contact_status_value import ContactStatusValue
        from ..models.contact_status_write import ContactStatusWrite

        return await self._sender.send(
            _describe_set_status(),
            {
                "body": ContactStatusWrite(
                    status=_as_argument(status, ContactStatusValue), id=id, phone=phone
                ),
            },
        )

    async def batch_create(
        self,
        *,
        contacts: Sequence[models.ContactV1Write | Mapping[str, Any]],
        overwrite: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> builtins.list[models.Contact]:
        """Create many contacts (v1).

        The sources contradict each other about the response (D09): the contacts may be those created or those
        that failed, and "ok" may come in their place. The maximum number of contacts is not documented.

        Args:
            contacts: The contacts to create. Example: [{"phone": "15555550100", "first": "Ada"}].
            overwrite: Whether a contact that has the phone number already is overwritten instead of skipped.
                False by default. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Contacts: all of them by the generated page, those that failed by the older one (D09).

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/bulk (generated page; older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D09: The generated page returns the contacts. The older page returns those that failed, or the
                string "ok" when none did; a third party has a string.
            D10: The older page lets an item have `phone`, `first`, `last`, `display_name`, `email` and
                `is_opted_out`; the generated page shows everything that can be written of a contact.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
        """
        return await self._sender.send(
            _unchecked(_describe_batch_create(), allow_undescribed),
            {
                "overwrite": overwrite,
                "body": _as_argument(contacts),
            },
        )

    async def list_fields(
        self,
    ) -> builtins.list[models.CustomField]:
        """List the custom fields of the team's contacts.

        Its response is shown nowhere, and assumed to be that of creating fields (D49).

        Returns:
            The custom fields.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /guides/manage-contacts (guide)
            /concepts/contacts (guide; earlier guide)
            /api-reference/contacts/create (older, hand-written page)
            mindcloud-inc/universal-api-reference (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D49: Custom fields are listed at one path and created at another, and the response of the list is
                shown nowhere; it is assumed to be that of creating fields.
        """
        from ..models.contact_fields_query import ContactFieldsQuery

        return await self._sender.send(
            _describe_list_fields(),
            {
                "body": ContactFieldsQuery(),
            },
        )

    async def create_fields(
        self,
        *,
        fields: Sequence[models.CustomFieldWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> builtins.list[models.CustomField]:
        """Create custom fields for the team's contacts.

        Args:
            fields: The fields to create. Example: [{"title": "Membership"}].
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The fields.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/create-contact-fields (generated page)

        Contradictions:
            D49: Custom fields are listed at one path and created at another, and the response of the list is
                shown nowhere; it is assumed to be that of creating fields.
        """
        return await self._sender.send(
            _unchecked(_describe_create_fields(), allow_undescribed),
            {
                "body": _as_argument(fields),
            },
        )

    async def create(
        self,
        *,
        contact_channels: Sequence[models.ContactChannelEntryWrite | Mapping[str, Any]],
        phone: str | Unset = UNSET,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a contact from one or more channels.

        Args:
            contact_channels: Ways to reach the contact. One at least.
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/create (older, hand-written page)

        Contradictions:
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_write import ContactWrite

        return await self._sender.send(
            _unchecked(_describe_create(), allow_undescribed),
            {
                "body": ContactWrite(
                    contact_channels=_as_argument(contact_channels),
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    async def get(
        self,
        contact_id: UUID | str,
    ) -> models.Contact:
        """Retrieve a contact by its UUID.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".

        Returns:
            The contact.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/contacts/get (older, hand-written page)
            /concepts/contacts (guide)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        return await self._sender.send(
            _describe_get(),
            {
                "contact_id": contact_id,
            },
        )

    async def update(
        self,
        contact_id: UUID | str,
        *,
        contact_channels: Sequence[models.ContactChannelEntryWrite | Mapping[str, Any]]
        | Unset = UNSET,
        phone: str | Unset = UNSET,
        first: str | Unset = UNSET,
        last: str | Unset = UNSET,
        display_name: str | Unset = UNSET,
        email: str | Unset = UNSET,
        custom: models.CustomValuesWrite | Mapping[str, Any] | Unset = UNSET,
        avatar: str | Unset = UNSET,
        assignee_id: int | Unset = UNSET,
        tags: Sequence[models.ContactTagWrite | Mapping[str, Any]] | Unset = UNSET,
        is_opted_out: bool | Unset = UNSET,
        email_suppressions: builtins.list[int] | Unset = UNSET,
        overwrite: bool | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Update a contact by its UUID.

        That this exists is documented, its path, body and response are inferred from similar operations.
        Fields that are left out may be cleared, as in v1 (D44).

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".
            contact_channels: Ways to reach the contact.
            phone: Phone number (E.164 digits without plus). A number with a plus may be in any common
                notation. Example: "15555550100".
            first: First name. Example: "Ada".
            last: Last name. Example: "Example".
            display_name: Name shown in the inbox; by default, first and last name. Example: "Ada Example".
            email: Email address. Format: email. Example: "ada@example.com".
            custom: Values for custom fields. A key is the id of a field as a string; any other key is ignored
                silently (D48). Example: {"101": "Gold"}.
            avatar: URL of a picture. Format: uri. Example: "https://example.com/ada.png".
            assignee_id: Id of the user who owns the contact; -1 removes the owner. Read back as
                `assigned_user_id`. Example: 21.
            tags: Tags of the contact, 5 at most (D45). At most 5.
            is_opted_out: Whether the contact is opted out of messages. Example: false.
            email_suppressions: Ids of email suppression groups to put the contact in; on the generated pages
                only, and no operation lists the ids. Example: [111].
            overwrite: Whether `custom` replaces all custom values instead of being merged into them.
                Documented for v1; the page's first lines speak of both. Example: false.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the contact.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            low

        Sources:
            /api-reference/contacts/update (older; hand-written page; its first lines only)
            /guides/manage-contacts (guide)

        Contradictions:
            D44: The pages require `phone` alone. A guide says that names are overwritten whatever the value
                of `overwrite`, and a third party reads a contact before it updates it, so what isn't sent may
                be cleared.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.contact_changes_write import ContactChangesWrite

        return await self._sender.send(
            _unchecked(_describe_update(), allow_undescribed),
            {
                "contact_id": contact_id,
                "overwrite": overwrite,
                "body": ContactChangesWrite(
                    contact_channels=_as_argument(contact_channels),
                    phone=phone,
                    first=first,
                    last=last,
                    display_name=display_name,
                    email=email,
                    custom=_as_argument(custom),
                    avatar=avatar,
                    assignee_id=assignee_id,
                    tags=_as_argument(tags),
                    is_opted_out=is_opted_out,
                    email_suppressions=email_suppressions,
                ),
            },
        )

    async def delete(
        self,
        contact_id: UUID | str,
    ) -> None:
        """Delete a contact by its UUID, for good.

        Args:
            contact_id: UUID of the contact. Format: uuid. Example: "00000000-0000-4000-8000-000000000001".

        Returns:
            A string that confirms it.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/delete-v2 (generated page)
            /api-reference/contacts/delete (older, hand-written page)

        Contradictions:
            D43: The older page says that the history of the conversation goes with the contact, the generated
                page only that deleting is permanent.
        """
        return await self._sender.send(
            _describe_delete(),
            {
                "contact_id": contact_id,
            },
        )

    def list(
        self,
        *,
        limit: int | Unset = UNSET,
        page: int | Unset = UNSET,
        date: datetime.datetime | Unset = UNSET,
        ascending: bool | Unset = UNSET,
    ) -> AsyncPager[models.Contact]:
        """List the contacts, page by page.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            limit: Contacts per page; 30 by default. The maximum is not documented. Example: 30.
            page: Number of the page; 0 is the first in the page's example (D15). Example: 0.
            date: Presumably a timestamp, as in the v1 list: only contacts last changed before it. Not
                explained. Format: date-time. Example: "2024-01-01T00:00:00Z".
            ascending: Oldest first instead of newest first. Example: false.

        Returns:
            A page of contacts. What comes after the last page is not documented; presumably an empty array.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/list-v2 (generated page)
            /api-reference/contacts/get (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D15: The example of the v2 list of contacts begins at page 0, surveys begin at page 1, and a third
                party begins v1 lists at page 1.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_list_query import ContactListQuery

        return self._sender.paginate(
            _describe_list(),
            {
                "body": ContactListQuery(
                    limit=limit, page=page, date=date, ascending=ascending
                ),
            },
        )

    async def bulk_upsert(
        self,
        *,
        contacts: Sequence[models.ContactUpsertWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> models.ContactBulkResult:
        """Create or update many contacts.

        Some may fail while others go through: look at `failed_contacts`. The maximum number of contacts is
        not documented.

        Args:
            contacts: The contacts; the maximum number is not documented.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The outcome for the contacts.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/bulk-v2 (generated page)
            /api-reference/contacts/bulk (older, hand-written page)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D11: On the older page `contact_id` decides whether an item updates a contact or creates one. What
                can be seen of the generated page has no `contact_id`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
            D48: Keys of `custom` have to be ids of fields; the vendor's n8n package notes that others are
                accepted and ignored silently.
        """
        from ..models.contact_bulk_upsert_write import ContactBulkUpsertWrite

        return await self._sender.send(
            _unchecked(_describe_bulk_upsert(), allow_undescribed),
            {
                "body": ContactBulkUpsertWrite(contacts=_as_argument(contacts)),
            },
        )

    async def bulk_delete(
        self,
        *,
        contact_channels: Sequence[models.ContactIdsWrite | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> None:
        """Delete many contacts by their UUIDs, for good.

        A DELETE with a JSON body.

        Args:
            contact_channels: Exactly one entry, which names the contacts. At most 1.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The string "ok".

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/bulk-delete-v2 (generated page)
        """
        from ..models.contact_bulk_delete_write import ContactBulkDeleteWrite

        return await self._sender.send(
            _unchecked(_describe_bulk_delete(), allow_undescribed),
            {
                "body": ContactBulkDeleteWrite(
                    contact_channels=_as_argument(contact_channels)
                ),
            },
        )

    async def search(
        self,
        *,
        contact_channels: Sequence[models.ContactChannelQuery | Mapping[str, Any]],
        allow_undescribed: bool = False,
    ) -> builtins.list[models.Contact]:
        """Find contacts by the values of their channels, such as phone numbers or email addresses.

        All at once: no pages are documented.

        Args:
            contact_channels: Channels to look for.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            The contacts that were found.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            high

        Sources:
            /api-reference/contacts/search (generated page; older, hand-written page)
            /guides/manage-contacts (guide)

        Contradictions:
            D01: The generated page has `id` of a channel as an integer, the older page as a string.
            D02: The generated page has `contact_id` of a channel as an integer, the older page as a string
                with a UUID. The `contactID` of the path is the UUID on both.
            D03: The generated page shows `avatar`, `external_id`, `external_ref`, `inbox_id`, `note`,
                `parent_id` and `type`, but no `is_opted_out`, `uuid` or `contact_channels`. The older page
                shows `is_opted_out`; an earlier guide says that v2 contacts carry `contact_channels`;
                responses seen by a third party have none of these. No page shows the UUID in a contact that
                is read, although the v2 paths need it.
            D04: The generated page doesn't say what an item of `tags` is, the older page calls it a tag
                object; on writing it is `{tag_id}`.
            D45: The limit of 5 tags is on older pages; the generated pages don't repeat it.
        """
        from ..models.contact_search_query import ContactSearchQuery

        return await self._sender.send(
            _unchecked(_describe_search(), allow_undescribed),
            {
                "body": ContactSearchQuery(
                    contact_channels=_as_argument(contact_channels)
                ),
            },
        )


class AsyncContactsWithRawResponse(Listed):
    """The methods of `AsyncContacts`, returning whole responses."""

    def __init__(self, resource: AsyncContacts) -> None:
        self.create_v1 = to_raw_async(resource.create_v1)
        self.get_v1 = to_raw_async(resource.get_v1)
        self.update_v1 = to_raw_async(resource.update_v1)
        self.delete_v1 = to_raw_async(resource.delete_v1)
        self.lookup = to_raw_async(resource.lookup)
        self.list_v1 = to_raw_async(resource.list_v1)
        self.count = to_raw_async(resource.count)
        self.get_status = to_raw_async(resource.get_status)
        self.set_status = to_raw_async(resource.set_status)
        self.batch_create = to_raw_async(resource.batch_create)
        self.list_fields = to_raw_async(resource.list_fields)
        self.create_fields = to_raw_async(resource.create_fields)
        self.create = to_raw_async(resource.create)
        self.get = to_raw_async(resource.get)
        self.update = to_raw_async(resource.update)
        self.delete = to_raw_async(resource.delete)
        self.list = to_raw_async(resource.list)
        self.bulk_upsert = to_raw_async(resource.bulk_upsert)
        self.bulk_delete = to_raw_async(resource.bulk_delete)
        self.search = to_raw_async(resource.search)
