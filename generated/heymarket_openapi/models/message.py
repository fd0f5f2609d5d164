from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="Message")


@_attrs_define(kw_only=True)
class Message(Model):
    """A message that was sent or received.

    Example:
        {'id': 701, 'local_id': '00000000-0000-4000-8000-00000000a001', 'text': 'Hello from Example Inc.', 'type':
            'sms', 'status': 'sent', 'date': '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z', 'user': 21,
            'author': 'Mary Example', 'phone': '15555550100', 'target': '15555550100', 'targets': ['15555550100',
            '15555550101'], 'media': 'https://example.com/map.png', 'link_url': 'https://example.com/', 'broadcast_id': 0,
            'flagged': False, 'channel': 'sms', 'hidden': False, 'raw_error': '', 'target_errors': {'15555550100':
            'unreachable'}, 'super': 0, 'support': False, 'custom': {'data': [123, 125], 'type': 'json'}, 'conversation':
            {'id': 601, 'inbox': 31, 'channel': 'sms', 'target': '15555550100', 'name': 'Ada Example', 'status': 'open',
            'type': 'direct', 'assigned': 21, 'creator': 21, 'members': [{'id': 21, 'name': 'Mary Example'}], 'read': 1,
            'unread': False, 'unread_users': [21], 'replied': True, 'last_inbound': 1704164645, 'last_msg': 'See you then.',
            'blocked': False, 'muted': False, 'email_noti': True, 'noreply': '', 'snooze_till': '', 'support': False,
            'super': 0, 'local_id': '00000000-0000-4000-8000-00000000a001', 'targets': ['15555550100', '15555550101'], 'op':
            'update', 'created': '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z'}}

    Attributes:
        id (int | None | Unset): Id of the message. Example: 701.
        local_id (None | str | Unset): The sender's own id of the message. Example:
            00000000-0000-4000-8000-00000000a001.
        text (None | str | Unset): The text. Example: Hello from Example Inc..
        type_ (None | str | Unset): Type of the message; the values are not documented. Example: sms.
        status (None | str | Unset): Status of delivery; the values are not documented. Example: sent.
        date (datetime.datetime | None | str | Unset): When the message was sent or received (RFC 3339). It is what the
            next page of a list begins at. Example: 2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the message was last changed (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        user (int | None | Unset): Id of the user who sent it. Example: 21.
        author (None | str | Unset): Displayed name of its author. Example: Mary Example.
        phone (None | str | Unset): Phone number of the message (D41). Example: 15555550100.
        target (None | str | Unset): Phone number of the contact (D41). Example: 15555550100.
        targets (Any | None | Unset): Recipients of a group MMS; an object or an array. Seen by a third party only.
            Example: ['15555550100', '15555550101'].
        media (None | str | Unset): URL of the media of an MMS. Example: https://example.com/map.png.
        link_url (None | str | Unset): Not described by the vendor. Example: https://example.com/.
        broadcast_id (int | None | Unset): Id of the broadcast that the message belongs to. Example: 0.
        flagged (bool | None | Unset): Whether the message is flagged for review. Example: False.
        channel (None | str | Unset): Channel of the message; the values are not documented. Seen by a third party only.
            Example: sms.
        hidden (bool | None | Unset): Seen by a third party only. Example: False.
        raw_error (None | str | Unset): The carrier's error. Seen by a third party only.
        target_errors (None | TargetErrors | Unset):
        super_ (int | None | Unset): Not described by the vendor. Example: 0.
        support (bool | None | Unset): Not described by the vendor. Example: False.
        custom (MessageCustom | None | Unset):
        conversation (Conversation | None | Unset): The conversation of the message.
    """

    id: int | None | Unset = UNSET
    local_id: None | str | Unset = UNSET
    text: None | str | Unset = UNSET
    type_: None | str | Unset = UNSET
    status: None | str | Unset = UNSET
    date: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    user: int | None | Unset = UNSET
    author: None | str | Unset = UNSET
    phone: None | str | Unset = UNSET
    target: None | str | Unset = UNSET
    targets: Any | None | Unset = UNSET
    media: None | str | Unset = UNSET
    link_url: None | str | Unset = UNSET
    broadcast_id: int | None | Unset = UNSET
    flagged: bool | None | Unset = UNSET
    channel: None | str | Unset = UNSET
    hidden: bool | None | Unset = UNSET
    raw_error: None | str | Unset = UNSET
    target_errors: None | models.TargetErrors | Unset = UNSET
    super_: int | None | Unset = UNSET
    support: bool | None | Unset = UNSET
    custom: models.MessageCustom | None | Unset = UNSET
    conversation: models.Conversation | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.conversation import Conversation  # noqa: PLC0415
        from ..models.message_custom import MessageCustom  # noqa: PLC0415
        from ..models.target_errors import TargetErrors  # noqa: PLC0415

        id = self.id

        local_id = self.local_id

        text = self.text

        type_ = self.type_

        status = self.status

        date: None | str | Unset
        if isinstance(self.date, Unset):
            date = UNSET
        elif isinstance(self.date, datetime.datetime):
            date = self.date.isoformat()
        else:
            date = self.date

        updated: None | str | Unset
        if isinstance(self.updated, Unset):
            updated = UNSET
        elif isinstance(self.updated, datetime.datetime):
            updated = self.updated.isoformat()
        else:
            updated = self.updated

        user = self.user

        author = self.author

        phone = self.phone

        target = self.target

        targets = self.targets

        media = self.media

        link_url = self.link_url

        broadcast_id = self.broadcast_id

        flagged = self.flagged

        channel = self.channel

        hidden = self.hidden

        raw_error = self.raw_error

        target_errors: dict[str, Any] | None | Unset
        if isinstance(self.target_errors, Unset):
            target_errors = UNSET
        elif isinstance(self.target_errors, TargetErrors):
            target_errors = self.target_errors.to_dict()
        else:
            target_errors = self.target_errors

        super_ = self.super_

        support = self.support

        custom: dict[str, Any] | None | Unset
        if isinstance(self.custom, Unset):
            custom = UNSET
        elif isinstance(self.custom, MessageCustom):
            custom = self.custom.to_dict()
        else:
            custom = self.custom

        conversation: dict[str, Any] | None | Unset
        if isinstance(self.conversation, Unset):
            conversation = UNSET
        elif isinstance(self.conversation, Conversation):
            conversation = self.conversation.to_dict()
        else:
            conversation = self.conversation

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if text is not UNSET:
            field_dict["text"] = text
        if type_ is not UNSET:
            field_dict["type"] = type_
        if status is not UNSET:
            field_dict["status"] = status
        if date is not UNSET:
            field_dict["date"] = date
        if updated is not UNSET:
            field_dict["updated"] = updated
        if user is not UNSET:
            field_dict["user"] = user
        if author is not UNSET:
            field_dict["author"] = author
        if phone is not UNSET:
            field_dict["phone"] = phone
        if target is not UNSET:
            field_dict["target"] = target
        if targets is not UNSET:
            field_dict["targets"] = targets
        if media is not UNSET:
            field_dict["media"] = media
        if link_url is not UNSET:
            field_dict["link_url"] = link_url
        if broadcast_id is not UNSET:
            field_dict["broadcast_id"] = broadcast_id
        if flagged is not UNSET:
            field_dict["flagged"] = flagged
        if channel is not UNSET:
            field_dict["channel"] = channel
        if hidden is not UNSET:
            field_dict["hidden"] = hidden
        if raw_error is not UNSET:
            field_dict["raw_error"] = raw_error
        if target_errors is not UNSET:
            field_dict["target_errors"] = target_errors
        if super_ is not UNSET:
            field_dict["super"] = super_
        if support is not UNSET:
            field_dict["support"] = support
        if custom is not UNSET:
            field_dict["custom"] = custom
        if conversation is not UNSET:
            field_dict["conversation"] = conversation

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.conversation import Conversation  # noqa: PLC0415
        from ..models.message_custom import MessageCustom  # noqa: PLC0415
        from ..models.target_errors import TargetErrors  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

        local_id = d.pop("local_id", UNSET)

        text = d.pop("text", UNSET)

        type_ = d.pop("type", UNSET)

        status = d.pop("status", UNSET)

        def _parse_date(data: object) -> datetime.datetime | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                try:
                    date_parsed = datetime.datetime.fromisoformat(data)

                    if date_parsed.year == 1:
                        return None
                except ValueError:
                    from ..drift import warn_once

                    warn_once(cls, "date")
                    raise

                return date_parsed
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | str | Unset, data)

        date = _parse_date(d.pop("date", UNSET))

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

        user = d.pop("user", UNSET)

        author = d.pop("author", UNSET)

        phone = d.pop("phone", UNSET)

        target = d.pop("target", UNSET)

        targets = d.pop("targets", UNSET)

        media = d.pop("media", UNSET)

        link_url = d.pop("link_url", UNSET)

        broadcast_id = d.pop("broadcast_id", UNSET)

        flagged = d.pop("flagged", UNSET)

        channel = d.pop("channel", UNSET)

        hidden = d.pop("hidden", UNSET)

        raw_error = d.pop("raw_error", UNSET)

        def _parse_target_errors(data: object) -> None | TargetErrors | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                target_errors_type_0 = TargetErrors.from_dict(data)

                return target_errors_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | TargetErrors | Unset, data)

        target_errors = _parse_target_errors(d.pop("target_errors", UNSET))

        super_ = d.pop("super", UNSET)

        support = d.pop("support", UNSET)

        def _parse_custom(data: object) -> MessageCustom | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                custom_type_0 = MessageCustom.from_dict(data)

                return custom_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(MessageCustom | None | Unset, data)

        custom = _parse_custom(d.pop("custom", UNSET))

        def _parse_conversation(data: object) -> Conversation | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                conversation_type_0 = Conversation.from_dict(data)

                return conversation_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Conversation | None | Unset, data)

        conversation = _parse_conversation(d.pop("conversation", UNSET))

        message = cls(
            id=id,
            local_id=local_id,
            text=text,
            type_=type_,
            status=status,
            date=date,
            updated=updated,
            user=user,
            author=author,
            phone=phone,
            target=target,
            targets=targets,
            media=media,
            link_url=link_url,
            broadcast_id=broadcast_id,
            flagged=flagged,
            channel=channel,
            hidden=hidden,
            raw_error=raw_error,
            target_errors=target_errors,
            super_=super_,
            support=support,
            custom=custom,
            conversation=conversation,
        )

        message.additional_properties = d
        return message
