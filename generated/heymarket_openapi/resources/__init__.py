"""The resources of the API. A resource is imported when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..operation import AsyncSender, Sender

__all__ = [
    "AsyncContactChannels",
    "AsyncContactChannelsWithRawResponse",
    "AsyncContacts",
    "AsyncContactsWithRawResponse",
    "AsyncConversations",
    "AsyncConversationsWithRawResponse",
    "AsyncEmail",
    "AsyncEmailWithRawResponse",
    "AsyncInboxes",
    "AsyncInboxesWithRawResponse",
    "AsyncLists",
    "AsyncListsWithRawResponse",
    "AsyncMessages",
    "AsyncMessagesWithRawResponse",
    "AsyncResources",
    "AsyncSchedules",
    "AsyncSchedulesWithRawResponse",
    "AsyncSurveys",
    "AsyncSurveysWithRawResponse",
    "AsyncTags",
    "AsyncTagsWithRawResponse",
    "AsyncTeam",
    "AsyncTeamWithRawResponse",
    "AsyncTemplates",
    "AsyncTemplatesWithRawResponse",
    "AsyncUsers",
    "AsyncUsersWithRawResponse",
    "ContactChannels",
    "ContactChannelsWithRawResponse",
    "Contacts",
    "ContactsWithRawResponse",
    "Conversations",
    "ConversationsWithRawResponse",
    "Email",
    "EmailWithRawResponse",
    "Inboxes",
    "InboxesWithRawResponse",
    "Lists",
    "ListsWithRawResponse",
    "Messages",
    "MessagesWithRawResponse",
    "Resources",
    "Schedules",
    "SchedulesWithRawResponse",
    "Surveys",
    "SurveysWithRawResponse",
    "Tags",
    "TagsWithRawResponse",
    "Team",
    "TeamWithRawResponse",
    "Templates",
    "TemplatesWithRawResponse",
    "Users",
    "UsersWithRawResponse",
]

if TYPE_CHECKING:
    from .contact_channels import (
        AsyncContactChannels,
        AsyncContactChannelsWithRawResponse,
        ContactChannels,
        ContactChannelsWithRawResponse,
    )
    from .contacts import (
        AsyncContacts,
        AsyncContactsWithRawResponse,
        Contacts,
        ContactsWithRawResponse,
    )
    from .conversations import (
        AsyncConversations,
        AsyncConversationsWithRawResponse,
        Conversations,
        ConversationsWithRawResponse,
    )
    from .email import (
        AsyncEmail,
        AsyncEmailWithRawResponse,
        Email,
        EmailWithRawResponse,
    )
    from .inboxes import (
        AsyncInboxes,
        AsyncInboxesWithRawResponse,
        Inboxes,
        InboxesWithRawResponse,
    )
    from .lists import (
        AsyncLists,
        AsyncListsWithRawResponse,
        Lists,
        ListsWithRawResponse,
    )
    from .messages import (
        AsyncMessages,
        AsyncMessagesWithRawResponse,
        Messages,
        MessagesWithRawResponse,
    )
    from .schedules import (
        AsyncSchedules,
        AsyncSchedulesWithRawResponse,
        Schedules,
        SchedulesWithRawResponse,
    )
    from .surveys import (
        AsyncSurveys,
        AsyncSurveysWithRawResponse,
        Surveys,
        SurveysWithRawResponse,
    )
    from .tags import AsyncTags, AsyncTagsWithRawResponse, Tags, TagsWithRawResponse
    from .team import AsyncTeam, AsyncTeamWithRawResponse, Team, TeamWithRawResponse
    from .templates import (
        AsyncTemplates,
        AsyncTemplatesWithRawResponse,
        Templates,
        TemplatesWithRawResponse,
    )
    from .users import (
        AsyncUsers,
        AsyncUsersWithRawResponse,
        Users,
        UsersWithRawResponse,
    )
else:
    _MODULES = {
        "AsyncContactChannels": "contact_channels",
        "AsyncContactChannelsWithRawResponse": "contact_channels",
        "AsyncContacts": "contacts",
        "AsyncContactsWithRawResponse": "contacts",
        "AsyncConversations": "conversations",
        "AsyncConversationsWithRawResponse": "conversations",
        "AsyncEmail": "email",
        "AsyncEmailWithRawResponse": "email",
        "AsyncInboxes": "inboxes",
        "AsyncInboxesWithRawResponse": "inboxes",
        "AsyncLists": "lists",
        "AsyncListsWithRawResponse": "lists",
        "AsyncMessages": "messages",
        "AsyncMessagesWithRawResponse": "messages",
        "AsyncSchedules": "schedules",
        "AsyncSchedulesWithRawResponse": "schedules",
        "AsyncSurveys": "surveys",
        "AsyncSurveysWithRawResponse": "surveys",
        "AsyncTags": "tags",
        "AsyncTagsWithRawResponse": "tags",
        "AsyncTeam": "team",
        "AsyncTeamWithRawResponse": "team",
        "AsyncTemplates": "templates",
        "AsyncTemplatesWithRawResponse": "templates",
        "AsyncUsers": "users",
        "AsyncUsersWithRawResponse": "users",
        "ContactChannels": "contact_channels",
        "ContactChannelsWithRawResponse": "contact_channels",
        "Contacts": "contacts",
        "ContactsWithRawResponse": "contacts",
        "Conversations": "conversations",
        "ConversationsWithRawResponse": "conversations",
        "Email": "email",
        "EmailWithRawResponse": "email",
        "Inboxes": "inboxes",
        "InboxesWithRawResponse": "inboxes",
        "Lists": "lists",
        "ListsWithRawResponse": "lists",
        "Messages": "messages",
        "MessagesWithRawResponse": "messages",
        "Schedules": "schedules",
        "SchedulesWithRawResponse": "schedules",
        "Surveys": "surveys",
        "SurveysWithRawResponse": "surveys",
        "Tags": "tags",
        "TagsWithRawResponse": "tags",
        "Team": "team",
        "TeamWithRawResponse": "team",
        "Templates": "templates",
        "TemplatesWithRawResponse": "templates",
        "Users": "users",
        "UsersWithRawResponse": "users",
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


class Resources:
    """The resources of a synchronous client, each made on first use."""

    _sender: Sender

    @cached_property
    def contact_channels(self) -> ContactChannels:
        """The ways in which a contact can be reached, such as a phone number or an email address."""
        from .contact_channels import ContactChannels

        return ContactChannels(self._sender)

    @cached_property
    def contacts(self) -> Contacts:
        """The people that the team texts with. v2 names a contact by its UUID, v1 (the methods that end in `_v1`, and those that only v1 has) by its integer id."""
        from .contacts import Contacts

        return Contacts(self._sender)

    @cached_property
    def conversations(self) -> Conversations:
        """The threads between the team and a contact or a group, and who works on them."""
        from .conversations import Conversations

        return Conversations(self._sender)

    @cached_property
    def email(self) -> Email:
        """Emails from the team's email inboxes."""
        from .email import Email

        return Email(self._sender)

    @cached_property
    def inboxes(self) -> Inboxes:
        """The inboxes that messages are sent from and arrive in."""
        from .inboxes import Inboxes

        return Inboxes(self._sender)

    @cached_property
    def lists(self) -> Lists:
        """Lists of recipients, for broadcasts. v1 (the methods that end in `_v1`) is deprecated, but the only way to read a list."""
        from .lists import Lists

        return Lists(self._sender)

    @cached_property
    def messages(self) -> Messages:
        """Text messages: sending them, and reading what was sent and received."""
        from .messages import Messages

        return Messages(self._sender)

    @cached_property
    def schedules(self) -> Schedules:
        """Messages that are to be sent later. No operation lists them."""
        from .schedules import Schedules

        return Schedules(self._sender)

    @cached_property
    def surveys(self) -> Surveys:
        """Surveys, whose opening question can be sent as a message."""
        from .surveys import Surveys

        return Surveys(self._sender)

    @cached_property
    def tags(self) -> Tags:
        """Labels for contacts."""
        from .tags import Tags

        return Tags(self._sender)

    @cached_property
    def team(self) -> Team:
        """The team that the credentials belong to."""
        from .team import Team

        return Team(self._sender)

    @cached_property
    def templates(self) -> Templates:
        """Saved texts to send again."""
        from .templates import Templates

        return Templates(self._sender)

    @cached_property
    def users(self) -> Users:
        """The members of the team as users, with their roles."""
        from .users import Users

        return Users(self._sender)


class AsyncResources:
    """The resources of an asynchronous client, each made on first use."""

    _sender: AsyncSender

    @cached_property
    def contact_channels(self) -> AsyncContactChannels:
        """The ways in which a contact can be reached, such as a phone number or an email address."""
        from .contact_channels import AsyncContactChannels

        return AsyncContactChannels(self._sender)

    @cached_property
    def contacts(self) -> AsyncContacts:
        """The people that the team texts with. v2 names a contact by its UUID, v1 (the methods that end in `_v1`, and those that only v1 has) by its integer id."""
        from .contacts import AsyncContacts

        return AsyncContacts(self._sender)

    @cached_property
    def conversations(self) -> AsyncConversations:
        """The threads between the team and a contact or a group, and who works on them."""
        from .conversations import AsyncConversations

        return AsyncConversations(self._sender)

    @cached_property
    def email(self) -> AsyncEmail:
        """Emails from the team's email inboxes."""
        from .email import AsyncEmail

        return AsyncEmail(self._sender)

    @cached_property
    def inboxes(self) -> AsyncInboxes:
        """The inboxes that messages are sent from and arrive in."""
        from .inboxes import AsyncInboxes

        return AsyncInboxes(self._sender)

    @cached_property
    def lists(self) -> AsyncLists:
        """Lists of recipients, for broadcasts. v1 (the methods that end in `_v1`) is deprecated, but the only way to read a list."""
        from .lists import AsyncLists

        return AsyncLists(self._sender)

    @cached_property
    def messages(self) -> AsyncMessages:
        """Text messages: sending them, and reading what was sent and received."""
        from .messages import AsyncMessages

        return AsyncMessages(self._sender)

    @cached_property
    def schedules(self) -> AsyncSchedules:
        """Messages that are to be sent later. No operation lists them."""
        from .schedules import AsyncSchedules

        return AsyncSchedules(self._sender)

    @cached_property
    def surveys(self) -> AsyncSurveys:
        """Surveys, whose opening question can be sent as a message."""
        from .surveys import AsyncSurveys

        return AsyncSurveys(self._sender)

    @cached_property
    def tags(self) -> AsyncTags:
        """Labels for contacts."""
        from .tags import AsyncTags

        return AsyncTags(self._sender)

    @cached_property
    def team(self) -> AsyncTeam:
        """The team that the credentials belong to."""
        from .team import AsyncTeam

        return AsyncTeam(self._sender)

    @cached_property
    def templates(self) -> AsyncTemplates:
        """Saved texts to send again."""
        from .templates import AsyncTemplates

        return AsyncTemplates(self._sender)

    @cached_property
    def users(self) -> AsyncUsers:
        """The members of the team as users, with their roles."""
        from .users import AsyncUsers

        return AsyncUsers(self._sender)
