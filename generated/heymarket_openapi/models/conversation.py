from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset
from ..variants import as_item

T = TypeVar("T", bound="Conversation")


@_attrs_define(kw_only=True)
class Conversation(Model):
    """A conversation.

    Example:
        {'id': 601, 'inbox': 31, 'channel': 'sms', 'target': '15555550100', 'name': 'Ada Example', 'status': 'open',
            'type': 'direct', 'assigned': 21, 'creator': 21, 'members': [{'id': 21, 'name': 'Mary Example'}], 'read': 1,
            'unread': False, 'unread_users': [21], 'replied': True, 'last_inbound': 1704164645, 'last_msg': 'See you then.',
            'blocked': False, 'muted': False, 'email_noti': True, 'noreply': '', 'snooze_till': '', 'support': False,
            'super': 0, 'local_id': '00000000-0000-4000-8000-00000000a001', 'targets': ['15555550100', '15555550101'], 'op':
            'update', 'created': '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z'}

    Attributes:
        id (int | None | Unset): Id of the conversation; `chat_id`, `convo_id` or `conversation_id` in requests (D39).
            Example: 601.
        inbox (int | None | Unset): Id of the inbox. Example: 31.
        channel (None | str | Unset): Channel of the conversation; the values are not documented. Example: sms.
        target (None | str | Unset): Phone number of the contact. Example: 15555550100.
        name (None | str | Unset): Name of the conversation. Example: Ada Example.
        status (None | str | Unset): Status; open, closed and pending are named, the values themselves are not
            documented. Example: open.
        type_ (None | str | Unset): Type; the values are not documented. Example: direct.
        assigned (int | None | Unset): Id of the user whom it is assigned to. Example: 21.
        creator (int | None | Unset): Presumably the id of the user who began it. Example: 21.
        members (list[ConversationMember] | None | Unset): Members of the conversation.
        read (int | None | Unset): Not described by the vendor; not a boolean (D37). Example: 1.
        unread (bool | None | Unset): Whether it is unread. Seen by a third party only. Example: False.
        unread_users (list[int] | None | Unset): Ids of users who haven't read it. Seen by a third party only. Example:
            [21].
        replied (bool | None | Unset): Whether it was replied to. Example: True.
        last_inbound (int | None | Unset): Not described by the vendor. Example: 1704164645.
        last_msg (None | str | Unset): Text of the last message; in lists. Seen by a third party only. Example: See you
            then..
        blocked (bool | None | Unset): Whether the contact is blocked. Example: False.
        muted (bool | None | Unset): Whether it is muted. Example: False.
        email_noti (bool | None | Unset): Presumably whether emails notify of it. Example: True.
        noreply (None | str | Unset): Not described by the vendor.
        snooze_till (None | str | Unset): Presumably until when it is snoozed.
        support (bool | None | Unset): Not described by the vendor. Example: False.
        super_ (int | None | Unset): Not described by the vendor. Example: 0.
        local_id (None | str | Unset): The creator's own id of the conversation. Example:
            00000000-0000-4000-8000-00000000a001.
        targets (Any | None | Unset): Recipients of a group; seen in messages by a third party only. Example:
            ['15555550100', '15555550101'].
        op (None | str | Unset): Name of the last operation on the record; the values are not documented. Example:
            update.
        created (datetime.datetime | None | str | Unset): When the conversation was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the conversation was last changed (RFC 3339). It is what
            the next page of a list begins at. Example: 2024-01-02T03:04:05Z.
    """

    id: int | None | Unset = UNSET
    inbox: int | None | Unset = UNSET
    channel: None | str | Unset = UNSET
    target: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    status: None | str | Unset = UNSET
    type_: None | str | Unset = UNSET
    assigned: int | None | Unset = UNSET
    creator: int | None | Unset = UNSET
    members: list[models.ConversationMember] | None | Unset = UNSET
    read: int | None | Unset = UNSET
    unread: bool | None | Unset = UNSET
    unread_users: list[int] | None | Unset = UNSET
    replied: bool | None | Unset = UNSET
    last_inbound: int | None | Unset = UNSET
    last_msg: None | str | Unset = UNSET
    blocked: bool | None | Unset = UNSET
    muted: bool | None | Unset = UNSET
    email_noti: bool | None | Unset = UNSET
    noreply: None | str | Unset = UNSET
    snooze_till: None | str | Unset = UNSET
    support: bool | None | Unset = UNSET
    super_: int | None | Unset = UNSET
    local_id: None | str | Unset = UNSET
    targets: Any | None | Unset = UNSET
    op: None | str | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        inbox = self.inbox

        channel = self.channel

        target = self.target

        name = self.name

        status = self.status

        type_ = self.type_

        assigned = self.assigned

        creator = self.creator

        members: list[dict[str, Any]] | None | Unset
        if isinstance(self.members, Unset):
            members = UNSET
        elif isinstance(self.members, list):
            members = []
            for members_type_0_item_data in self.members:
                members_type_0_item = members_type_0_item_data.to_dict()
                members.append(members_type_0_item)

        else:
            members = self.members

        read = self.read

        unread = self.unread

        unread_users: list[int] | None | Unset
        if isinstance(self.unread_users, Unset):
            unread_users = UNSET
        elif isinstance(self.unread_users, list):
            unread_users = self.unread_users

        else:
            unread_users = self.unread_users

        replied = self.replied

        last_inbound = self.last_inbound

        last_msg = self.last_msg

        blocked = self.blocked

        muted = self.muted

        email_noti = self.email_noti

        noreply = self.noreply

        snooze_till = self.snooze_till

        support = self.support

        super_ = self.super_

        local_id = self.local_id

        targets = self.targets

        op = self.op

        created: None | str | Unset
        if isinstance(self.created, Unset):
            created = UNSET
        elif isinstance(self.created, datetime.datetime):
            created = self.created.isoformat()
        else:
            created = self.created

        updated: None | str | Unset
        if isinstance(self.updated, Unset):
            updated = UNSET
        elif isinstance(self.updated, datetime.datetime):
            updated = self.updated.isoformat()
        else:
            updated = self.updated

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if inbox is not UNSET:
            field_dict["inbox"] = inbox
        if channel is not UNSET:
            field_dict["channel"] = channel
        if target is not UNSET:
            field_dict["target"] = target
        if name is not UNSET:
            field_dict["name"] = name
        if status is not UNSET:
            field_dict["status"] = status
        if type_ is not UNSET:
            field_dict["type"] = type_
        if assigned is not UNSET:
            field_dict["assigned"] = assigned
        if creator is not UNSET:
            field_dict["creator"] = creator
        if members is not UNSET:
            field_dict["members"] = members
        if read is not UNSET:
            field_dict["read"] = read
        if unread is not UNSET:
            field_dict["unread"] = unread
        if unread_users is not UNSET:
            field_dict["unread_users"] = unread_users
        if replied is not UNSET:
            field_dict["replied"] = replied
        if last_inbound is not UNSET:
            field_dict["last_inbound"] = last_inbound
        if last_msg is not UNSET:
            field_dict["last_msg"] = last_msg
        if blocked is not UNSET:
            field_dict["blocked"] = blocked
        if muted is not UNSET:
            field_dict["muted"] = muted
        if email_noti is not UNSET:
            field_dict["email_noti"] = email_noti
        if noreply is not UNSET:
            field_dict["noreply"] = noreply
        if snooze_till is not UNSET:
            field_dict["snooze_till"] = snooze_till
        if support is not UNSET:
            field_dict["support"] = support
        if super_ is not UNSET:
            field_dict["super"] = super_
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if targets is not UNSET:
            field_dict["targets"] = targets
        if op is not UNSET:
            field_dict["op"] = op
        if created is not UNSET:
            field_dict["created"] = created
        if updated is not UNSET:
            field_dict["updated"] = updated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.conversation_member import ConversationMember  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        inbox = d.pop("inbox", UNSET)

        channel = d.pop("channel", UNSET)

        target = d.pop("target", UNSET)

        name = d.pop("name", UNSET)

        status = d.pop("status", UNSET)

        type_ = d.pop("type", UNSET)

        assigned = d.pop("assigned", UNSET)

        creator = d.pop("creator", UNSET)

        def _parse_members(data: object) -> list[ConversationMember] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                members_type_0 = []
                _members_type_0 = data
                for members_type_0_item_data in _members_type_0:
                    members_type_0_item = as_item(
                        ConversationMember, members_type_0_item_data
                    )

                    members_type_0.append(members_type_0_item)

                return members_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[ConversationMember] | None | Unset, data)

        members = _parse_members(d.pop("members", UNSET))

        read = d.pop("read", UNSET)

        unread = d.pop("unread", UNSET)

        def _parse_unread_users(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                unread_users_type_0 = cast(list[int], data)

                return unread_users_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        unread_users = _parse_unread_users(d.pop("unread_users", UNSET))

        replied = d.pop("replied", UNSET)

        last_inbound = d.pop("last_inbound", UNSET)

        last_msg = d.pop("last_msg", UNSET)

        blocked = d.pop("blocked", UNSET)

        muted = d.pop("muted", UNSET)

        email_noti = d.pop("email_noti", UNSET)

        noreply = d.pop("noreply", UNSET)

        snooze_till = d.pop("snooze_till", UNSET)

        support = d.pop("support", UNSET)

        super_ = d.pop("super", UNSET)

        local_id = d.pop("local_id", UNSET)

        targets = d.pop("targets", UNSET)

        op = d.pop("op", UNSET)

        def _parse_created(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    created_parsed = datetime.datetime.fromisoformat(data)

                    if created_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "created")
                    raise

                return created_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        created = _parse_created(d.pop("created", UNSET))

        def _parse_updated(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    updated_parsed = datetime.datetime.fromisoformat(data)

                    if updated_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "updated")
                    raise

                return updated_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        updated = _parse_updated(d.pop("updated", UNSET))

        conversation = cls(
            id=id,
            inbox=inbox,
            channel=channel,
            target=target,
            name=name,
            status=status,
            type_=type_,
            assigned=assigned,
            creator=creator,
            members=members,
            read=read,
            unread=unread,
            unread_users=unread_users,
            replied=replied,
            last_inbound=last_inbound,
            last_msg=last_msg,
            blocked=blocked,
            muted=muted,
            email_noti=email_noti,
            noreply=noreply,
            snooze_till=snooze_till,
            support=support,
            super_=super_,
            local_id=local_id,
            targets=targets,
            op=op,
            created=created,
            updated=updated,
        )

        conversation.additional_properties = d
        return conversation
