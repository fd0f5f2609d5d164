"""Fields of a request that aren't described, such as misspelt ones, which the service ignores without a word."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from attrs import evolve

from .operation import Operation

T = TypeVar("T")

# What a caller has written in place of a field's name may be personal, such as a phone number.
_SHOWN = re.compile(r"[A-Za-z_-]{1,40}\d{0,3}", re.ASCII)


def unchecked(operation: Operation[T], allow_undescribed: bool) -> Operation[T]:
    """Returns the operation, without the check of its body if fields that aren't described may be sent."""
    return evolve(operation, body=("", "")) if allow_undescribed else operation


def find_undescribed(operation: Operation[Any], body: Any) -> str:
    """Finds a field of the body that isn't described, and returns what to say of it; empty if there is none."""
    argument, schema = operation.body
    try:
        found = next(_walk(body, schema, argument), None) if schema else None
    except RecursionError:  # it holds itself, and can't be sent in any case
        found = None
    if found is None:
        return ""
    place, name, fields = found
    shown = name if isinstance(name, str) and _SHOWN.fullmatch(name) else "(...)"
    hint = _suggest(str(name), [field for field in fields if field])
    where = f"{place}.{shown}" if place else shown
    return f"{where} is not described. {hint} To send it all the same, pass allow_undescribed=True."


def _walk(
    value: Any, schema: str, place: str
) -> Iterator[tuple[str, Any, Mapping[str, str]]]:
    """The undescribed fields in a value: where each is, its name, and the fields that are described there."""
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _walk(item, schema, f"{place}[{index}]")
    elif isinstance(value, Mapping):
        fields = FIELDS[schema]
        for name, item in value.items():
            inner = fields.get(name, fields.get(""))
            if inner is None:
                yield place, name, fields
            elif inner:
                shown = name if name in fields else "(...)"
                yield from _walk(item, inner, f"{place}.{shown}" if place else shown)


def _suggest(name: str, fields: list[str]) -> str:
    from difflib import get_close_matches

    given = name.lower()
    close = get_close_matches(given, fields, n=1)
    close += [field for field in fields if given in field or field in given]
    if close and given:
        return f"Did you mean {close[0]}?"
    return f"Its fields are {', '.join(fields)}."


# fmt: off
FIELDS: Mapping[str, Mapping[str, str]] = {
    'ContactV1Write': {'phone': '', 'first': '', 'last': '', 'display_name': '', 'email': '', 'custom': '', 'avatar': '', 'assignee_id': '', 'tags': 'ContactTagWrite', 'is_opted_out': '', 'email_suppressions': ''},
    'ContactTagWrite': {'tag_id': ''},
    'CustomFieldWrite': {'title': ''},
    'ContactWrite': {'contact_channels': 'ContactChannelEntryWrite', 'phone': '', 'first': '', 'last': '', 'display_name': '', 'email': '', 'custom': '', 'avatar': '', 'assignee_id': '', 'tags': 'ContactTagWrite', 'is_opted_out': '', 'email_suppressions': ''},
    'ContactChannelEntryWrite': {'channel_type': '', 'channel_id': '', 'channel_handle': '', 'info_channel': ''},
    'ContactChangesWrite': {'contact_channels': 'ContactChannelEntryWrite', 'phone': '', 'first': '', 'last': '', 'display_name': '', 'email': '', 'custom': '', 'avatar': '', 'assignee_id': '', 'tags': 'ContactTagWrite', 'is_opted_out': '', 'email_suppressions': ''},
    'ContactBulkUpsertWrite': {'contacts': 'ContactUpsertWrite'},
    'ContactUpsertWrite': {'contact_id': '', 'contact_channels': 'ContactChannelEntryWrite', 'phone': '', 'first': '', 'last': '', 'display_name': '', 'email': '', 'custom': '', 'avatar': '', 'assignee_id': '', 'tags': 'ContactTagWrite', 'is_opted_out': '', 'email_suppressions': ''},
    'ContactBulkDeleteWrite': {'contact_channels': 'ContactIdsWrite'},
    'ContactIdsWrite': {'channel_type': '', 'channel_ids': ''},
    'ContactSearchQuery': {'contact_channels': 'ContactChannelQuery'},
    'ContactChannelQuery': {'channel_type': '', 'channel_ids': ''},
    'ConversationListQuery': {'id': '', 'filters': 'ConversationFiltersQuery', 'date': '', 'limit': '', 'assigned': '', 'ascending': ''},
    'ConversationFiltersQuery': {'inboxes': '', 'closed': '', 'unread': ''},
    'ListV1Write': {'title': '', 'members': 'ListMembersWrite', 'local_id': ''},
    'ListMembersWrite': {'': 'ListMemberWrite'},
    'ListMemberWrite': {'f': '', 'l': ''},
    'ListChangesV1Write': {'title': '', 'add_phone': '', 'remove_phone': '', 'members': 'ListMembersWrite'},
    'ScheduleWrite': {'inbox_id': '', 'execute_at': '', 'content': 'ScheduledContentWrite', 'phone_number': '', 'targets': '', 'conversation_id': '', 'list_id': '', 'local_id': '', 'user_id': ''},
    'ScheduledContentWrite': {'text': '', 'to': '', 'template': '', 'attachments': 'AttachmentWrite', 'gallery': 'GalleryEntryWrite', 'local_day': '', 'local_time': '', 'offset': ''},
    'AttachmentWrite': {'name': '', 'type': '', 'url': ''},
    'GalleryEntryWrite': {'url': '', 'original_url': '', 'annotation_text': '', 'annotation_position': ''},
    'TemplateWrite': {'title': '', 'content': 'GalleryContentWrite', 'local_id': '', 'archived': ''},
    'GalleryContentWrite': {'text': '', 'gallery': 'GalleryEntryWrite'},
    'UsersWrite': {'users': 'UserWrite'},
    'UserWrite': {'id': '', 'first_name': '', 'last_name': '', 'role_id': ''},
}
"""The fields of each schema, with the schema of what is in them, which is empty if anything may be.

A list has the schema of its items. The field `""` is any other: the names are the caller's to choose.
"""
