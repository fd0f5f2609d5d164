"""The resources of the API. A resource is imported on first use."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ..lazy import LazyProperty, Listed

if TYPE_CHECKING:
    from ..operation import SupportsAsyncSend, SupportsSend

__all__ = [
    "AsyncContactChannels",
    "AsyncContacts",
    "AsyncConversations",
    "AsyncEmail",
    "AsyncInboxes",
    "AsyncLists",
    "AsyncMessages",
    "AsyncResources",
    "AsyncSchedules",
    "AsyncSurveys",
    "AsyncTags",
    "AsyncTeam",
    "AsyncTemplates",
    "AsyncUsers",
    "ContactChannels",
    "Contacts",
    "Conversations",
    "Email",
    "Inboxes",
    "Lists",
    "Messages",
    "Resources",
    "Schedules",
    "Surveys",
    "Tags",
    "Team",
    "Templates",
    "Users",
]

if TYPE_CHECKING:
    from .contact_channels import AsyncContactChannels, ContactChannels
    from .contacts import AsyncContacts, Contacts
    from .conversations import AsyncConversations, Conversations
    from .email import AsyncEmail, Email
    from .inboxes import AsyncInboxes, Inboxes
    from .lists import AsyncLists, Lists
    from .messages import AsyncMessages, Messages
    from .schedules import AsyncSchedules, Schedules
    from .surveys import AsyncSurveys, Surveys
    from .tags import AsyncTags, Tags
    from .team import AsyncTeam, Team
    from .templates import AsyncTemplates, Templates
    from .users import AsyncUsers, Users
else:
    _MODULES = {
        "AsyncContactChannels": "contact_channels",
        "AsyncContacts": "contacts",
        "AsyncConversations": "conversations",
        "AsyncEmail": "email",
        "AsyncInboxes": "inboxes",
        "AsyncLists": "lists",
        "AsyncMessages": "messages",
        "AsyncSchedules": "schedules",
        "AsyncSurveys": "surveys",
        "AsyncTags": "tags",
        "AsyncTeam": "team",
        "AsyncTemplates": "templates",
        "AsyncUsers": "users",
        "ContactChannels": "contact_channels",
        "Contacts": "contacts",
        "Conversations": "conversations",
        "Email": "email",
        "Inboxes": "inboxes",
        "Lists": "lists",
        "Messages": "messages",
        "Schedules": "schedules",
        "Surveys": "surveys",
        "Tags": "tags",
        "Team": "team",
        "Templates": "templates",
        "Users": "users",
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


class Resources(Listed):
    """The resources of a synchronous client, each made on first use."""

    if TYPE_CHECKING:
        _sender: SupportsSend

    @LazyProperty
    def contact_channels(self) -> ContactChannels:
        """The ways in which a contact can be reached, such as a phone number or an email address."""
        from .contact_channels import ContactChannels

        return ContactChannels(self._sender)

    @LazyProperty
    def contacts(self) -> Contacts:
        """The people that the team texts with. v2 names a contact by its UUID, v1 (the methods that end in `_v1`, and those that only v1 has) by its integer id."""
        from .contacts import Contacts

        return Contacts(self._sender)

    @LazyProperty
    def conversations(self) -> Conversations:
        """The threads between the team and a contact or a group, and who works on them."""
        from .conversations import Conversations

        return Conversations(self._sender)

    @LazyProperty
    def email(self) -> Email:
        """Emails from the team's email inboxes."""
        from .email import Email

        return Email(self._sender)

    @LazyProperty
    def inboxes(self) -> Inboxes:
        """The inboxes that messages are sent from and arrive in."""
        from .inboxes import Inboxes

        return Inboxes(self._sender)

    @LazyProperty
    def lists(self) -> Lists:
        """Lists of recipients, for broadcasts. v1 (the methods that end in `_v1`) is deprecated, but the only way to read a list."""
        from .lists import Lists

        return Lists(self._sender)

    @LazyProperty
    def messages(self) -> Messages:
        """Text messages: sending them, and reading what was sent and received."""
        from .messages import Messages

        return Messages(self._sender)

    @LazyProperty
    def schedules(self) -> Schedules:
        """Messages to be sent later. No operation lists them."""
        from .schedules import Schedules

        return Schedules(self._sender)

    @LazyProperty
    def surveys(self) -> Surveys:
        """Surveys, whose opening question can be sent as a message."""
        from .surveys import Surveys

        return Surveys(self._sender)

    @LazyProperty
    def tags(self) -> Tags:
        """Labels for contacts."""
        from .tags import Tags

        return Tags(self._sender)

    @LazyProperty
    def team(self) -> Team:
        """The team that the credentials belong to."""
        from .team import Team

        return Team(self._sender)

    @LazyProperty
    def templates(self) -> Templates:
        """Saved texts to send again."""
        from .templates import Templates

        return Templates(self._sender)

    @LazyProperty
    def users(self) -> Users:
        """The members of the team as users, with their roles."""
        from .users import Users

        return Users(self._sender)


class AsyncResources(Listed):
    """The resources of an asynchronous client, each made on first use."""

    if TYPE_CHECKING:
        _sender: SupportsAsyncSend

    @LazyProperty
    def contact_channels(self) -> AsyncContactChannels:
        """The ways in which a contact can be reached, such as a phone number or an email address."""
        from .contact_channels import AsyncContactChannels

        return AsyncContactChannels(self._sender)

    @LazyProperty
    def contacts(self) -> AsyncContacts:
        """The people that the team texts with. v2 names a contact by its UUID, v1 (the methods that end in `_v1`, and those that only v1 has) by its integer id."""
        from .contacts import AsyncContacts

        return AsyncContacts(self._sender)

    @LazyProperty
    def conversations(self) -> AsyncConversations:
        """The threads between the team and a contact or a group, and who works on them."""
        from .conversations import AsyncConversations

        return AsyncConversations(self._sender)

    @LazyProperty
    def email(self) -> AsyncEmail:
        """Emails from the team's email inboxes."""
        from .email import AsyncEmail

        return AsyncEmail(self._sender)

    @LazyProperty
    def inboxes(self) -> AsyncInboxes:
        """The inboxes that messages are sent from and arrive in."""
        from .inboxes import AsyncInboxes

        return AsyncInboxes(self._sender)

    @LazyProperty
    def lists(self) -> AsyncLists:
        """Lists of recipients, for broadcasts. v1 (the methods that end in `_v1`) is deprecated, but the only way to read a list."""
        from .lists import AsyncLists

        return AsyncLists(self._sender)

    @LazyProperty
    def messages(self) -> AsyncMessages:
        """Text messages: sending them, and reading what was sent and received."""
        from .messages import AsyncMessages

        return AsyncMessages(self._sender)

    @LazyProperty
    def schedules(self) -> AsyncSchedules:
        """Messages to be sent later. No operation lists them."""
        from .schedules import AsyncSchedules

        return AsyncSchedules(self._sender)

    @LazyProperty
    def surveys(self) -> AsyncSurveys:
        """Surveys, whose opening question can be sent as a message."""
        from .surveys import AsyncSurveys

        return AsyncSurveys(self._sender)

    @LazyProperty
    def tags(self) -> AsyncTags:
        """Labels for contacts."""
        from .tags import AsyncTags

        return AsyncTags(self._sender)

    @LazyProperty
    def team(self) -> AsyncTeam:
        """The team that the credentials belong to."""
        from .team import AsyncTeam

        return AsyncTeam(self._sender)

    @LazyProperty
    def templates(self) -> AsyncTemplates:
        """Saved texts to send again."""
        from .templates import AsyncTemplates

        return AsyncTemplates(self._sender)

    @LazyProperty
    def users(self) -> AsyncUsers:
        """The members of the team as users, with their roles."""
        from .users import AsyncUsers

        return AsyncUsers(self._sender)
