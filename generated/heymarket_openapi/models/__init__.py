"""The data of requests and responses. A model is imported on first use."""

from importlib import import_module
from typing import TYPE_CHECKING

__all__ = [
    "AssignedTag",
    "Attachment",
    "AttachmentWrite",
    "ChangedRef",
    "ChannelType",
    "ComplianceResults",
    "Contact",
    "ContactAsSent",
    "ContactBulkDeleteWrite",
    "ContactBulkResult",
    "ContactBulkUpsertWrite",
    "ContactChangesWrite",
    "ContactChannel",
    "ContactChannelAsSent",
    "ContactChannelEntryWrite",
    "ContactChannelQuery",
    "ContactChannelWrite",
    "ContactCountQuery",
    "ContactFieldsQuery",
    "ContactIdsWrite",
    "ContactListQuery",
    "ContactListV1Query",
    "ContactLookupQuery",
    "ContactNote",
    "ContactSearchQuery",
    "ContactStatus",
    "ContactStatusQuery",
    "ContactStatusValue",
    "ContactStatusWrite",
    "ContactTag",
    "ContactTagWrite",
    "ContactUpsertWrite",
    "ContactV1Write",
    "ContactWrite",
    "Conversation",
    "ConversationCloseWrite",
    "ConversationCountQuery",
    "ConversationFiltersQuery",
    "ConversationListQuery",
    "ConversationMember",
    "ConversationOpenWrite",
    "ConversationReadWrite",
    "ConversationReassignWrite",
    "ConversationTransferWrite",
    "ConversationUnreadWrite",
    "CreatedRef",
    "CustomField",
    "CustomFieldWrite",
    "CustomValues",
    "CustomValuesWrite",
    "EmailWrite",
    "FailedContact",
    "GalleryContent",
    "GalleryContentWrite",
    "GalleryEntry",
    "GalleryEntryWrite",
    "Inbox",
    "List",
    "ListChangesV1Write",
    "ListChangesWrite",
    "ListDeleted",
    "ListDeleteWrite",
    "ListMembersWrite",
    "ListMemberWrite",
    "ListTarget",
    "ListTargets",
    "ListType",
    "ListV1Query",
    "ListV1Write",
    "ListWrite",
    "Message",
    "MessageCountQuery",
    "MessageCustom",
    "MessageListQuery",
    "MessageOrder",
    "MessageWrite",
    "Schedule",
    "ScheduledContent",
    "ScheduledContentWrite",
    "ScheduleMeta",
    "ScheduleRef",
    "ScheduleTargetWrite",
    "ScheduleWrite",
    "SendResult",
    "Survey",
    "SurveyListQuery",
    "SurveyType",
    "TagListQuery",
    "TagWrite",
    "TargetErrors",
    "TeamMember",
    "TeamUser",
    "TeamUsers",
    "TeamWithMembers",
    "Template",
    "TemplateListQuery",
    "TemplateWrite",
    "UnSubscribed",
    "UsersQuery",
    "UsersWrite",
    "UserWrite",
    "WebhookEvent",
    "WebhookEventData",
    "WebhookEventType",
    "WidgetSettings",
]

if TYPE_CHECKING:
    from .assigned_tag import AssignedTag
    from .attachment import Attachment
    from .attachment_write import AttachmentWrite
    from .changed_ref import ChangedRef
    from .channel_type import ChannelType
    from .compliance_results import ComplianceResults
    from .contact import Contact
    from .contact_as_sent import ContactAsSent
    from .contact_bulk_delete_write import ContactBulkDeleteWrite
    from .contact_bulk_result import ContactBulkResult
    from .contact_bulk_upsert_write import ContactBulkUpsertWrite
    from .contact_changes_write import ContactChangesWrite
    from .contact_channel import ContactChannel
    from .contact_channel_as_sent import ContactChannelAsSent
    from .contact_channel_entry_write import ContactChannelEntryWrite
    from .contact_channel_query import ContactChannelQuery
    from .contact_channel_write import ContactChannelWrite
    from .contact_count_query import ContactCountQuery
    from .contact_fields_query import ContactFieldsQuery
    from .contact_ids_write import ContactIdsWrite
    from .contact_list_query import ContactListQuery
    from .contact_list_v1_query import ContactListV1Query
    from .contact_lookup_query import ContactLookupQuery
    from .contact_note import ContactNote
    from .contact_search_query import ContactSearchQuery
    from .contact_status import ContactStatus
    from .contact_status_query import ContactStatusQuery
    from .contact_status_value import ContactStatusValue
    from .contact_status_write import ContactStatusWrite
    from .contact_tag import ContactTag
    from .contact_tag_write import ContactTagWrite
    from .contact_upsert_write import ContactUpsertWrite
    from .contact_v1_write import ContactV1Write
    from .contact_write import ContactWrite
    from .conversation import Conversation
    from .conversation_close_write import ConversationCloseWrite
    from .conversation_count_query import ConversationCountQuery
    from .conversation_filters_query import ConversationFiltersQuery
    from .conversation_list_query import ConversationListQuery
    from .conversation_member import ConversationMember
    from .conversation_open_write import ConversationOpenWrite
    from .conversation_read_write import ConversationReadWrite
    from .conversation_reassign_write import ConversationReassignWrite
    from .conversation_transfer_write import ConversationTransferWrite
    from .conversation_unread_write import ConversationUnreadWrite
    from .created_ref import CreatedRef
    from .custom_field import CustomField
    from .custom_field_write import CustomFieldWrite
    from .custom_values import CustomValues
    from .custom_values_write import CustomValuesWrite
    from .email_write import EmailWrite
    from .failed_contact import FailedContact
    from .gallery_content import GalleryContent
    from .gallery_content_write import GalleryContentWrite
    from .gallery_entry import GalleryEntry
    from .gallery_entry_write import GalleryEntryWrite
    from .inbox import Inbox
    from .list_ import List
    from .list_changes_v1_write import ListChangesV1Write
    from .list_changes_write import ListChangesWrite
    from .list_delete_write import ListDeleteWrite
    from .list_deleted import ListDeleted
    from .list_member_write import ListMemberWrite
    from .list_members_write import ListMembersWrite
    from .list_target import ListTarget
    from .list_targets import ListTargets
    from .list_type import ListType
    from .list_v1_query import ListV1Query
    from .list_v1_write import ListV1Write
    from .list_write import ListWrite
    from .message import Message
    from .message_count_query import MessageCountQuery
    from .message_custom import MessageCustom
    from .message_list_query import MessageListQuery
    from .message_order import MessageOrder
    from .message_write import MessageWrite
    from .schedule import Schedule
    from .schedule_meta import ScheduleMeta
    from .schedule_ref import ScheduleRef
    from .schedule_target_write import ScheduleTargetWrite
    from .schedule_write import ScheduleWrite
    from .scheduled_content import ScheduledContent
    from .scheduled_content_write import ScheduledContentWrite
    from .send_result import SendResult
    from .survey import Survey
    from .survey_list_query import SurveyListQuery
    from .survey_type import SurveyType
    from .tag_list_query import TagListQuery
    from .tag_write import TagWrite
    from .target_errors import TargetErrors
    from .team_member import TeamMember
    from .team_user import TeamUser
    from .team_users import TeamUsers
    from .team_with_members import TeamWithMembers
    from .template import Template
    from .template_list_query import TemplateListQuery
    from .template_write import TemplateWrite
    from .un_subscribed import UnSubscribed
    from .user_write import UserWrite
    from .users_query import UsersQuery
    from .users_write import UsersWrite
    from .webhook_event import WebhookEvent
    from .webhook_event_data import WebhookEventData
    from .webhook_event_type import WebhookEventType
    from .widget_settings import WidgetSettings
else:
    _MODULES = {
        "AssignedTag": "assigned_tag",
        "Attachment": "attachment",
        "AttachmentWrite": "attachment_write",
        "ChangedRef": "changed_ref",
        "ChannelType": "channel_type",
        "ComplianceResults": "compliance_results",
        "Contact": "contact",
        "ContactAsSent": "contact_as_sent",
        "ContactBulkDeleteWrite": "contact_bulk_delete_write",
        "ContactBulkResult": "contact_bulk_result",
        "ContactBulkUpsertWrite": "contact_bulk_upsert_write",
        "ContactChangesWrite": "contact_changes_write",
        "ContactChannel": "contact_channel",
        "ContactChannelAsSent": "contact_channel_as_sent",
        "ContactChannelEntryWrite": "contact_channel_entry_write",
        "ContactChannelQuery": "contact_channel_query",
        "ContactChannelWrite": "contact_channel_write",
        "ContactCountQuery": "contact_count_query",
        "ContactFieldsQuery": "contact_fields_query",
        "ContactIdsWrite": "contact_ids_write",
        "ContactListQuery": "contact_list_query",
        "ContactListV1Query": "contact_list_v1_query",
        "ContactLookupQuery": "contact_lookup_query",
        "ContactNote": "contact_note",
        "ContactSearchQuery": "contact_search_query",
        "ContactStatus": "contact_status",
        "ContactStatusQuery": "contact_status_query",
        "ContactStatusValue": "contact_status_value",
        "ContactStatusWrite": "contact_status_write",
        "ContactTag": "contact_tag",
        "ContactTagWrite": "contact_tag_write",
        "ContactUpsertWrite": "contact_upsert_write",
        "ContactV1Write": "contact_v1_write",
        "ContactWrite": "contact_write",
        "Conversation": "conversation",
        "ConversationCloseWrite": "conversation_close_write",
        "ConversationCountQuery": "conversation_count_query",
        "ConversationFiltersQuery": "conversation_filters_query",
        "ConversationListQuery": "conversation_list_query",
        "ConversationMember": "conversation_member",
        "ConversationOpenWrite": "conversation_open_write",
        "ConversationReadWrite": "conversation_read_write",
        "ConversationReassignWrite": "conversation_reassign_write",
        "ConversationTransferWrite": "conversation_transfer_write",
        "ConversationUnreadWrite": "conversation_unread_write",
        "CreatedRef": "created_ref",
        "CustomField": "custom_field",
        "CustomFieldWrite": "custom_field_write",
        "CustomValues": "custom_values",
        "CustomValuesWrite": "custom_values_write",
        "EmailWrite": "email_write",
        "FailedContact": "failed_contact",
        "GalleryContent": "gallery_content",
        "GalleryContentWrite": "gallery_content_write",
        "GalleryEntry": "gallery_entry",
        "GalleryEntryWrite": "gallery_entry_write",
        "Inbox": "inbox",
        "List": "list_",
        "ListChangesV1Write": "list_changes_v1_write",
        "ListChangesWrite": "list_changes_write",
        "ListDeleted": "list_deleted",
        "ListDeleteWrite": "list_delete_write",
        "ListMembersWrite": "list_members_write",
        "ListMemberWrite": "list_member_write",
        "ListTarget": "list_target",
        "ListTargets": "list_targets",
        "ListType": "list_type",
        "ListV1Query": "list_v1_query",
        "ListV1Write": "list_v1_write",
        "ListWrite": "list_write",
        "Message": "message",
        "MessageCountQuery": "message_count_query",
        "MessageCustom": "message_custom",
        "MessageListQuery": "message_list_query",
        "MessageOrder": "message_order",
        "MessageWrite": "message_write",
        "Schedule": "schedule",
        "ScheduledContent": "scheduled_content",
        "ScheduledContentWrite": "scheduled_content_write",
        "ScheduleMeta": "schedule_meta",
        "ScheduleRef": "schedule_ref",
        "ScheduleTargetWrite": "schedule_target_write",
        "ScheduleWrite": "schedule_write",
        "SendResult": "send_result",
        "Survey": "survey",
        "SurveyListQuery": "survey_list_query",
        "SurveyType": "survey_type",
        "TagListQuery": "tag_list_query",
        "TagWrite": "tag_write",
        "TargetErrors": "target_errors",
        "TeamMember": "team_member",
        "TeamUser": "team_user",
        "TeamUsers": "team_users",
        "TeamWithMembers": "team_with_members",
        "Template": "template",
        "TemplateListQuery": "template_list_query",
        "TemplateWrite": "template_write",
        "UnSubscribed": "un_subscribed",
        "UsersQuery": "users_query",
        "UsersWrite": "users_write",
        "UserWrite": "user_write",
        "WebhookEvent": "webhook_event",
        "WebhookEventData": "webhook_event_data",
        "WebhookEventType": "webhook_event_type",
        "WidgetSettings": "widget_settings",
    }

    def __getattr__(name):
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(
            import_module(f".{_MODULES[name]}", __name__), name
        )
        return value

    def __dir__():
        return sorted({*globals(), *__all__})
