"""The fields that bodies may have: each schema's, with the schema of what is in them, which is empty if anything may be.

A list has the schema of its items. The field `""` is any other: its schema's names are the caller's to choose.
"""

from collections.abc import Mapping

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
