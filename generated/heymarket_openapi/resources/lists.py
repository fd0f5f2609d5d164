"""Lists of recipients, for broadcasts. v1 (the methods that end in `_v1`) is deprecated, but the only way to read a list."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from typing import Any

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
def _describe_create() -> Operation[models.CreatedRef]:
    from ..api.lists import lists_create

    return Operation(
        name="lists.create",
        method="POST",
        path="/v2/lists",
        build=lists_create._get_kwargs,
        parse=lists_create._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        idempotent_by="local_id",
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=("contacts", "phones", "emails"),
            formats={"phones[]": "phone"},
            at_most={},
        ),
    )


@cache
def _describe_update() -> Operation[models.ChangedRef]:
    from ..api.lists import lists_update

    return Operation(
        name="lists.update",
        method="PUT",
        path="/v2/lists/{id}",
        build=lists_update._get_kwargs,
        parse=lists_update._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="ChangedRef",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={
                "phones[]": "phone",
                "add_phones[]": "phone",
                "remove_phones[]": "phone",
            },
            at_most={},
        ),
    )


@cache
def _describe_delete() -> Operation[models.ListDeleted]:
    from ..api.lists import lists_delete

    return Operation(
        name="lists.delete",
        method="DELETE",
        path="/v2/lists/{id}",
        build=lists_delete._get_kwargs,
        parse=lists_delete._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="ListDeleted",
        safe=False,
    )


@cache
def _describe_create_v1() -> Operation[models.CreatedRef]:
    from ..api.lists import lists_create_v1

    return Operation(
        name="lists.create_v1",
        method="POST",
        path="/v1/list",
        build=lists_create_v1._get_kwargs,
        parse=lists_create_v1._parse_response,
        path_params={},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        body=("", "ListV1Write"),
    )


@cache
def _describe_get_v1() -> Operation[models.List]:
    from ..api.lists import lists_get_v1

    return Operation(
        name="lists.get_v1",
        method="GET",
        path="/v1/list/{id}",
        build=lists_get_v1._get_kwargs,
        parse=lists_get_v1._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="List",
        safe=True,
    )


@cache
def _describe_update_v1() -> Operation[models.CreatedRef]:
    from ..api.lists import lists_update_v1

    return Operation(
        name="lists.update_v1",
        method="PUT",
        path="/v1/list/{id}",
        build=lists_update_v1._get_kwargs,
        parse=lists_update_v1._parse_response,
        path_params={"id": ""},
        status=200,
        expects="object",
        model="CreatedRef",
        safe=False,
        rules=ValidationRules(
            exactly_one=(),
            at_least_one=(),
            formats={"add_phone": "phone", "remove_phone": "phone"},
            at_most={},
        ),
        body=("", "ListChangesV1Write"),
    )


@cache
def _describe_delete_v1() -> Operation[None]:
    from ..api.lists import lists_delete_v1

    return Operation(
        name="lists.delete_v1",
        method="DELETE",
        path="/v1/list/{id}",
        build=lists_delete_v1._get_kwargs,
        parse=lists_delete_v1._parse_response,
        path_params={"id": ""},
        status=200,
        expects="",
        model="None",
        safe=False,
    )


@cache
def _describe_list_v1() -> Operation[list[models.List]]:
    from ..api.lists import lists_list_v1

    return Operation(
        name="lists.list_v1",
        method="POST",
        path="/v1/lists",
        build=lists_list_v1._get_kwargs,
        parse=lists_list_v1._parse_response,
        path_params={},
        status=200,
        expects="array",
        model="list[List]",
        safe=True,
        paging=Paging(
            place="json",
            name="date",
            kind="after",
            source="updated",
            unit="",
            first=0,
            limit="",
            size=0,
            items=(),
            next=(),
        ),
        rules=ValidationRules(
            exactly_one=(), at_least_one=(), formats={"date": "date-time"}, at_most={}
        ),
    )


class Lists(Resource):
    """Lists of recipients, for broadcasts. v1 (the methods that end in `_v1`) is deprecated, but the only way to read a list."""

    def __init__(self, sender: SupportsSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> ListsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return ListsWithRawResponse(Lists(RawSender(self._sender)))

    def create(
        self,
        *,
        title: str,
        local_id: str | Unset = UNSET,
        type_: models.ListType | str | Unset = UNSET,
        contacts: list[int] | Unset = UNSET,
        phones: list[str] | Unset = UNSET,
        emails: list[str] | Unset = UNSET,
    ) -> models.CreatedRef:
        """Create a list.

        At least one of `contacts`, `phones` and `emails` is required.

        Args:
            title: Name of the list; read back as `name`. Example: "Newsletter".
            local_id: Id of your own that is unique for this list, such as a UUID. Sent again, it doesn't
                create a second list. Example: "00000000-0000-4000-8000-00000000a001". Generated for each call
                that has none; retries use the same one.
            type_: Type of a list. `contacts` makes a list of contacts with all their channels (D27); without
                it, the list is one of phone numbers. Known values: "contacts"; any string is accepted.
                Example: "contacts".
            contacts: Integer ids of contacts. Example: [501, 502].
            phones: Phone numbers, whether or not there are contacts for them (D26) (E.164 digits without
                plus). Example: ["15555550100"].
            emails: Email addresses, whether or not there are contacts for them (D26). Example:
                ["ada@example.com"].

        Returns:
            Ids of the list.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/lists/create (older, hand-written page)
            /guides/broadcast-messages (guide; earlier guide)

        Contradictions:
            D26: The reference says that unknown `phones` and `emails` become contacts; the newer guide says
                that they become recipients without a contact.
            D27: `type` with "contacts" is in the older reference and an earlier guide, not in the newer
                guide.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.list_type import ListType
        from ..models.list_write import ListWrite

        return self._sender.send(
            _describe_create(),
            {
                "body": ListWrite(
                    title=title,
                    local_id=_as_argument(local_id),
                    type_=_as_argument(type_, ListType),
                    contacts=contacts,
                    phones=phones,
                    emails=emails,
                ),
            },
        )

    def update(
        self,
        id: int,
        *,
        title: str | Unset = UNSET,
        contacts: list[int] | Unset = UNSET,
        phones: list[str] | Unset = UNSET,
        emails: list[str] | Unset = UNSET,
        add_contacts: list[int] | Unset = UNSET,
        remove_contacts: list[int] | Unset = UNSET,
        add_phones: list[str] | Unset = UNSET,
        remove_phones: list[str] | Unset = UNSET,
        add_emails: list[str] | Unset = UNSET,
        remove_emails: list[str] | Unset = UNSET,
    ) -> models.ChangedRef:
        """Rename a list, or change who is on it.

        Args:
            id: Id of the list. Example: 41.
            title: Name of the list; read back as `name`. Example: "Newsletter".
            contacts: Integer ids of contacts, who replace all members. Example: [501, 502].
            phones: Phone numbers to add as new contacts, by the generated page (D28) (E.164 digits without
                plus). Example: ["15555550100"].
            emails: Email addresses to add as new contacts, by the generated page (D28). Example:
                ["ada@example.com"].
            add_contacts: Integer ids of contacts to add. Example: [501, 502].
            remove_contacts: Integer ids of contacts to remove. Example: [501, 502].
            add_phones: Phone numbers to add (E.164 digits without plus). Example: ["15555550100"].
            remove_phones: Phone numbers to remove (E.164 digits without plus). Example: ["15555550100"].
            add_emails: Email addresses to add. Example: ["ada@example.com"].
            remove_emails: Email addresses to remove. Example: ["ada@example.com"].

        Returns:
            Id and revision of the list.

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
            /api-reference/lists/update (text of the generated page; older, hand-written page)
            /guides/broadcast-messages (guide; earlier guide)

        Contradictions:
            D26: The reference says that unknown `phones` and `emails` become contacts; the newer guide says
                that they become recipients without a contact.
            D28: The generated page has `phones` and `emails`, to be added as new contacts; the older page has
                not. The newer guide seems to have them replace the members.
        """
        from ..models.list_changes_write import ListChangesWrite

        return self._sender.send(
            _describe_update(),
            {
                "id": id,
                "body": ListChangesWrite(
                    title=title,
                    contacts=contacts,
                    phones=phones,
                    emails=emails,
                    add_contacts=add_contacts,
                    remove_contacts=remove_contacts,
                    add_phones=add_phones,
                    remove_phones=remove_phones,
                    add_emails=add_emails,
                    remove_emails=remove_emails,
                ),
            },
        )

    def delete(
        self,
        id: int,
        *,
        contact_ids: list[int] | Unset = UNSET,
    ) -> models.ListDeleted:
        """Delete a list, for good; the contacts stay.

        A DELETE with a JSON body.

        Args:
            id: Id of the list. Example: 41.
            contact_ids: Integer ids of contacts to remove from the list first (D29). Example: [501, 502].

        Returns:
            Whether it is deleted.

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
            /api-reference/lists/update (older, hand-written page)
            /api-reference/lists/overview (older, hand-written page)

        Contradictions:
            D29: The contacts named in the body are said to be removed from the list before it is deleted;
                whether the list then stays is unclear.
        """
        from ..models.list_delete_write import ListDeleteWrite

        return self._sender.send(
            _describe_delete(),
            {
                "id": id,
                "body": ListDeleteWrite(contact_ids=contact_ids),
            },
        )

    def create_v1(
        self,
        *,
        title: str | Unset = UNSET,
        members: models.ListMembersWrite | Mapping[str, Any] | Unset = UNSET,
        local_id: str | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a list (v1).

        Body and response are assumed.

        Heymarket has deprecated it, without a date.

        Args:
            title: Name of the list; read back as `name`. Example: "Newsletter".
            members: All recipients of the list, by phone number (E.164 digits without plus); read back as
                `targets`. Example: {"15555550100": {"f": "Ada", "l": "Example"}}.
            local_id: Id of your own that is unique for this list. Assumed to work as in v2. Example:
                "00000000-0000-4000-8000-00000000a001".
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the list.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/lists/create (older; hand-written page; which calls it deprecated)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.list_v1_write import ListV1Write

        return self._sender.send(
            _unchecked(_describe_create_v1(), allow_undescribed),
            {
                "body": ListV1Write(
                    title=title, members=_as_argument(members), local_id=local_id
                ),
            },
        )

    def get_v1(
        self,
        id: int,
    ) -> models.List:
        """Retrieve a list (v1).

        Deprecated, yet there is no documented way to read a list in v2 (D30).

        Heymarket has deprecated it, without a date.

        Args:
            id: Id of the list. Example: 41.

        Returns:
            The list.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            CarpoolLogistics HeymarketClient (third party)
            /api-reference/lists/overview (older; hand-written page; which calls v1 deprecated)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
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
        title: str,
        add_phone: str | Unset = UNSET,
        remove_phone: str | Unset = UNSET,
        members: models.ListMembersWrite | Mapping[str, Any] | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Rename a list, or change who is on it (v1).

        The response is assumed.

        Heymarket has deprecated it, without a date.

        Args:
            id: Id of the list. Example: 41.
            title: Name of the list; required by a third party. Example: "Newsletter".
            add_phone: A phone number to add (E.164 digits without plus). A number with a plus may be in any
                common notation. Example: "15555550100".
            remove_phone: A phone number to remove (E.164 digits without plus). A number with a plus may be in
                any common notation. Example: "15555550101".
            members: All recipients of the list, by phone number (E.164 digits without plus); read back as
                `targets`. Example: {"15555550100": {"f": "Ada", "l": "Example"}}.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the list.

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
            activepieces/activepieces (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.list_changes_v1_write import ListChangesV1Write

        return self._sender.send(
            _unchecked(_describe_update_v1(), allow_undescribed),
            {
                "id": id,
                "body": ListChangesV1Write(
                    title=title,
                    add_phone=add_phone,
                    remove_phone=remove_phone,
                    members=_as_argument(members),
                ),
            },
        )

    def delete_v1(
        self,
        id: int,
    ) -> None:
        """Delete a list, for good (v1).

        Heymarket has deprecated it, without a date.

        Args:
            id: Id of the list. Example: 41.

        Returns:
            None. Not documented.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            CarpoolLogistics HeymarketClient (third party)
        """
        return self._sender.send(
            _describe_delete_v1(),
            {
                "id": id,
            },
        )

    def list_v1(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
    ) -> Pager[models.List]:
        """List the lists (v1).

        Deprecated, yet there is no documented way to read lists in v2 (D30). The body is not documented; the
        cursor is assumed to be as for templates and tags.

        Heymarket has deprecated it, without a date.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only lists last changed before this time. Not documented; assumed to be as for templates and
                tags. Format: date-time. Example: "2030-01-01T00:00:00Z".

        Returns:
            A page of lists.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
        """
        from ..models.list_v1_query import ListV1Query

        return self._sender.paginate(
            _describe_list_v1(),
            {
                "body": ListV1Query(date=date),
            },
        )


class ListsWithRawResponse(Listed):
    """The methods of `Lists`, returning whole responses."""

    def __init__(self, resource: Lists) -> None:
        self.create = to_raw(resource.create)
        self.update = to_raw(resource.update)
        self.delete = to_raw(resource.delete)
        self.create_v1 = to_raw(resource.create_v1)
        self.get_v1 = to_raw(resource.get_v1)
        self.update_v1 = to_raw(resource.update_v1)
        self.delete_v1 = to_raw(resource.delete_v1)
        self.list_v1 = to_raw(resource.list_v1)


class AsyncLists(Resource):
    """Lists of recipients, for broadcasts. v1 (the methods that end in `_v1`) is deprecated, but the only way to read a list."""

    def __init__(self, sender: SupportsAsyncSend) -> None:
        self._sender = sender

    @LazyProperty
    def with_raw_response(self) -> AsyncListsWithRawResponse:
        """The same methods, returning the whole response and not only its decoded body; of a list, one page."""
        return AsyncListsWithRawResponse(AsyncLists(RawSender(self._sender)))

    async def create(
        self,
        *,
        title: str,
        local_id: str | Unset = UNSET,
        type_: models.ListType | str | Unset = UNSET,
        contacts: list[int] | Unset = UNSET,
        phones: list[str] | Unset = UNSET,
        emails: list[str] | Unset = UNSET,
    ) -> models.CreatedRef:
        """Create a list.

        At least one of `contacts`, `phones` and `emails` is required.

        Args:
            title: Name of the list; read back as `name`. Example: "Newsletter".
            local_id: Id of your own that is unique for this list, such as a UUID. Sent again, it doesn't
                create a second list. Example: "00000000-0000-4000-8000-00000000a001". Generated for each call
                that has none; retries use the same one.
            type_: Type of a list. `contacts` makes a list of contacts with all their channels (D27); without
                it, the list is one of phone numbers. Known values: "contacts"; any string is accepted.
                Example: "contacts".
            contacts: Integer ids of contacts. Example: [501, 502].
            phones: Phone numbers, whether or not there are contacts for them (D26) (E.164 digits without
                plus). Example: ["15555550100"].
            emails: Email addresses, whether or not there are contacts for them (D26). Example:
                ["ada@example.com"].

        Returns:
            Ids of the list.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/lists/create (older, hand-written page)
            /guides/broadcast-messages (guide; earlier guide)

        Contradictions:
            D26: The reference says that unknown `phones` and `emails` become contacts; the newer guide says
                that they become recipients without a contact.
            D27: `type` with "contacts" is in the older reference and an earlier guide, not in the newer
                guide.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.list_type import ListType
        from ..models.list_write import ListWrite

        return await self._sender.send(
            _describe_create(),
            {
                "body": ListWrite(
                    title=title,
                    local_id=_as_argument(local_id),
                    type_=_as_argument(type_, ListType),
                    contacts=contacts,
                    phones=phones,
                    emails=emails,
                ),
            },
        )

    async def update(
        self,
        id: int,
        *,
        title: str | Unset = UNSET,
        contacts: list[int] | Unset = UNSET,
        phones: list[str] | Unset = UNSET,
        emails: list[str] | Unset = UNSET,
        add_contacts: list[int] | Unset = UNSET,
        remove_contacts: list[int] | Unset = UNSET,
        add_phones: list[str] | Unset = UNSET,
        remove_phones: list[str] | Unset = UNSET,
        add_emails: list[str] | Unset = UNSET,
        remove_emails: list[str] | Unset = UNSET,
    ) -> models.ChangedRef:
        """Rename a list, or change who is on it.

        Args:
            id: Id of the list. Example: 41.
            title: Name of the list; read back as `name`. Example: "Newsletter".
            contacts: Integer ids of contacts, who replace all members. Example: [501, 502].
            phones: Phone numbers to add as new contacts, by the generated page (D28) (E.164 digits without
                plus). Example: ["15555550100"].
            emails: Email addresses to add as new contacts, by the generated page (D28). Example:
                ["ada@example.com"].
            add_contacts: Integer ids of contacts to add. Example: [501, 502].
            remove_contacts: Integer ids of contacts to remove. Example: [501, 502].
            add_phones: Phone numbers to add (E.164 digits without plus). Example: ["15555550100"].
            remove_phones: Phone numbers to remove (E.164 digits without plus). Example: ["15555550100"].
            add_emails: Email addresses to add. Example: ["ada@example.com"].
            remove_emails: Email addresses to remove. Example: ["ada@example.com"].

        Returns:
            Id and revision of the list.

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
            /api-reference/lists/update (text of the generated page; older, hand-written page)
            /guides/broadcast-messages (guide; earlier guide)

        Contradictions:
            D26: The reference says that unknown `phones` and `emails` become contacts; the newer guide says
                that they become recipients without a contact.
            D28: The generated page has `phones` and `emails`, to be added as new contacts; the older page has
                not. The newer guide seems to have them replace the members.
        """
        from ..models.list_changes_write import ListChangesWrite

        return await self._sender.send(
            _describe_update(),
            {
                "id": id,
                "body": ListChangesWrite(
                    title=title,
                    contacts=contacts,
                    phones=phones,
                    emails=emails,
                    add_contacts=add_contacts,
                    remove_contacts=remove_contacts,
                    add_phones=add_phones,
                    remove_phones=remove_phones,
                    add_emails=add_emails,
                    remove_emails=remove_emails,
                ),
            },
        )

    async def delete(
        self,
        id: int,
        *,
        contact_ids: list[int] | Unset = UNSET,
    ) -> models.ListDeleted:
        """Delete a list, for good; the contacts stay.

        A DELETE with a JSON body.

        Args:
            id: Id of the list. Example: 41.
            contact_ids: Integer ids of contacts to remove from the list first (D29). Example: [501, 502].

        Returns:
            Whether it is deleted.

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
            /api-reference/lists/update (older, hand-written page)
            /api-reference/lists/overview (older, hand-written page)

        Contradictions:
            D29: The contacts named in the body are said to be removed from the list before it is deleted;
                whether the list then stays is unclear.
        """
        from ..models.list_delete_write import ListDeleteWrite

        return await self._sender.send(
            _describe_delete(),
            {
                "id": id,
                "body": ListDeleteWrite(contact_ids=contact_ids),
            },
        )

    async def create_v1(
        self,
        *,
        title: str | Unset = UNSET,
        members: models.ListMembersWrite | Mapping[str, Any] | Unset = UNSET,
        local_id: str | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Create a list (v1).

        Body and response are assumed.

        Heymarket has deprecated it, without a date.

        Args:
            title: Name of the list; read back as `name`. Example: "Newsletter".
            members: All recipients of the list, by phone number (E.164 digits without plus); read back as
                `targets`. Example: {"15555550100": {"f": "Ada", "l": "Example"}}.
            local_id: Id of your own that is unique for this list. Assumed to work as in v2. Example:
                "00000000-0000-4000-8000-00000000a001".
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the list.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            /api-reference/lists/create (older; hand-written page; which calls it deprecated)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.list_v1_write import ListV1Write

        return await self._sender.send(
            _unchecked(_describe_create_v1(), allow_undescribed),
            {
                "body": ListV1Write(
                    title=title, members=_as_argument(members), local_id=local_id
                ),
            },
        )

    async def get_v1(
        self,
        id: int,
    ) -> models.List:
        """Retrieve a list (v1).

        Deprecated, yet there is no documented way to read a list in v2 (D30).

        Heymarket has deprecated it, without a date.

        Args:
            id: Id of the list. Example: 41.

        Returns:
            The list.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            CarpoolLogistics HeymarketClient (third party)
            /api-reference/lists/overview (older; hand-written page; which calls v1 deprecated)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
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
        title: str,
        add_phone: str | Unset = UNSET,
        remove_phone: str | Unset = UNSET,
        members: models.ListMembersWrite | Mapping[str, Any] | Unset = UNSET,
        allow_undescribed: bool = False,
    ) -> models.CreatedRef:
        """Rename a list, or change who is on it (v1).

        The response is assumed.

        Heymarket has deprecated it, without a date.

        Args:
            id: Id of the list. Example: 41.
            title: Name of the list; required by a third party. Example: "Newsletter".
            add_phone: A phone number to add (E.164 digits without plus). A number with a plus may be in any
                common notation. Example: "15555550100".
            remove_phone: A phone number to remove (E.164 digits without plus). A number with a plus may be in
                any common notation. Example: "15555550101".
            members: All recipients of the list, by phone number (E.164 digits without plus); read back as
                `targets`. Example: {"15555550100": {"f": "Ada", "l": "Example"}}.
            allow_undescribed: Whether fields that aren't described may be sent.

        Returns:
            Ids of the list.

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
            activepieces/activepieces (third party)
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
            D51: The pages return `id`, `rev` and `uuid`; responses to writes of contacts and templates seen
                by a third party have no `uuid`.
        """
        from ..models.list_changes_v1_write import ListChangesV1Write

        return await self._sender.send(
            _unchecked(_describe_update_v1(), allow_undescribed),
            {
                "id": id,
                "body": ListChangesV1Write(
                    title=title,
                    add_phone=add_phone,
                    remove_phone=remove_phone,
                    members=_as_argument(members),
                ),
            },
        )

    async def delete_v1(
        self,
        id: int,
    ) -> None:
        """Delete a list, for good (v1).

        Heymarket has deprecated it, without a date.

        Args:
            id: Id of the list. Example: 41.

        Returns:
            None. Not documented.

        Raises:
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            NotFoundError: What the path or the body names does not exist.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            CarpoolLogistics HeymarketClient (third party)
        """
        return await self._sender.send(
            _describe_delete_v1(),
            {
                "id": id,
            },
        )

    def list_v1(
        self,
        *,
        date: datetime.datetime | Unset = UNSET,
    ) -> AsyncPager[models.List]:
        """List the lists (v1).

        Deprecated, yet there is no documented way to read lists in v2 (D30). The body is not documented; the
        cursor is assumed to be as for templates and tags.

        Heymarket has deprecated it, without a date.

        Returns the items one by one and fetches each page when it is needed; `.limit(n)` ends early,
        `.pages()` returns whole pages, `.resume(cursor)` begins at one.

        Args:
            date: Only lists last changed before this time. Not documented; assumed to be as for templates and
                tags. Format: date-time. Example: "2030-01-01T00:00:00Z".

        Returns:
            A page of lists.

        Raises:
            BadRequestError: The request is malformed, or one of its fields is invalid.
            AuthenticationError: The credentials are missing, wrong or expired.
            PermissionDeniedError: The credentials are right, but may not do this.
            RateLimitError: More than 500 requests in a minute. Wait, then try again.
            InternalServerError: Heymarket failed. Try again after a short wait.

        Confidence:
            medium

        Sources:
            CarpoolLogistics HeymarketClient (third party)

        Contradictions:
            D30: There are pages for creating, updating and deleting lists in v2, none for reading them. The
                v1 calls that read are deprecated, and known from third parties' code. Members are written as
                `members` and read as `targets`.
        """
        from ..models.list_v1_query import ListV1Query

        return self._sender.paginate(
            _describe_list_v1(),
            {
                "body": ListV1Query(date=date),
            },
        )


class AsyncListsWithRawResponse(Listed):
    """The methods of `AsyncLists`, returning whole responses."""

    def __init__(self, resource: AsyncLists) -> None:
        self.create = to_raw_async(resource.create)
        self.update = to_raw_async(resource.update)
        self.delete = to_raw_async(resource.delete)
        self.create_v1 = to_raw_async(resource.create_v1)
        self.get_v1 = to_raw_async(resource.get_v1)
        self.update_v1 = to_raw_async(resource.update_v1)
        self.delete_v1 = to_raw_async(resource.delete_v1)
        self.list_v1 = to_raw_async(resource.list_v1)
