from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageWrite")


@_attrs_define(kw_only=True)
class MessageWrite(Model):
    """A message to send: from whom, to exactly one kind of recipient, and what.

    Example:
        {'inbox_id': 31, 'creator_id': 21, 'phone_number': '15555550100', 'text': 'Hello from Example Inc.', 'local_id':
            '00000000-0000-4000-8000-00000000a001'}

    Attributes:
        inbox_id (int): Id of the inbox to send from. Example: 31.
        creator_id (int): Id of the member who sends, from the inboxes or the team; needs access to the inbox (D17,
            D18). Example: 21.
        phone_number (str | Unset): The recipient's phone number (E.164 digits without plus). Example: 15555550100.
        chat_id (int | Unset): Id of the conversation to write in. Example: 601.
        list_id (int | Unset): Id of the list to send to: a broadcast, a separate message for each. `local_id` is needed
            then. Example: 41.
        targets (list[str] | Unset): Phone numbers (E.164 digits without plus) of a group MMS; not from a toll-free
            number. The maximum number is not documented. Example: ['15555550100', '15555550101'].
        text (str | Unset): The text. For lists, merge tokens such as {{first_name}} are filled in. The maximum length
            is not documented. Example: Hello from Example Inc..
        template_id (int | Unset): Id of the template to send, filled in by the service. Example: 51.
        media_url (str | Unset): Public URL of a file to send along; makes the message an MMS. Example:
            https://example.com/map.png.
        survey_id (int | Unset): Id of the survey whose opening question is sent as the text. Example: 81.
        private (bool | Unset): Whether this is a comment that only the team sees (D20). Example: False.
        author (str | Unset): Name shown on the message or comment. An integration uses it like this; the vendor's page
            was stored incompletely. Example: Mary Example.
        local_id (str | Unset): Id of your own that is unique for this message, such as a UUID. A broadcast with a
            repeated id is said to be sent once; for other messages the id is said to be useful for retries. Example:
            00000000-0000-4000-8000-00000000a001.
        activity_id (str | Unset): Not described by the vendor. Example: activity-1.
    """

    inbox_id: int
    creator_id: int
    phone_number: str | Unset = UNSET
    chat_id: int | Unset = UNSET
    list_id: int | Unset = UNSET
    targets: list[str] | Unset = UNSET
    text: str | Unset = UNSET
    template_id: int | Unset = UNSET
    media_url: str | Unset = UNSET
    survey_id: int | Unset = UNSET
    private: bool | Unset = UNSET
    author: str | Unset = UNSET
    local_id: str | Unset = UNSET
    activity_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        inbox_id = self.inbox_id

        creator_id = self.creator_id

        phone_number = self.phone_number

        chat_id = self.chat_id

        list_id = self.list_id

        targets: list[str] | Unset = UNSET
        if not isinstance(self.targets, Unset):
            targets = self.targets

        text = self.text

        template_id = self.template_id

        media_url = self.media_url

        survey_id = self.survey_id

        private = self.private

        author = self.author

        local_id = self.local_id

        activity_id = self.activity_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "inbox_id": inbox_id,
                "creator_id": creator_id,
            }
        )
        if phone_number is not UNSET:
            field_dict["phone_number"] = phone_number
        if chat_id is not UNSET:
            field_dict["chat_id"] = chat_id
        if list_id is not UNSET:
            field_dict["list_id"] = list_id
        if targets is not UNSET:
            field_dict["targets"] = targets
        if text is not UNSET:
            field_dict["text"] = text
        if template_id is not UNSET:
            field_dict["template_id"] = template_id
        if media_url is not UNSET:
            field_dict["media_url"] = media_url
        if survey_id is not UNSET:
            field_dict["survey_id"] = survey_id
        if private is not UNSET:
            field_dict["private"] = private
        if author is not UNSET:
            field_dict["author"] = author
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if activity_id is not UNSET:
            field_dict["activity_id"] = activity_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        inbox_id = d.pop("inbox_id")

        creator_id = d.pop("creator_id")

        phone_number = d.pop("phone_number", UNSET)

        chat_id = d.pop("chat_id", UNSET)

        list_id = d.pop("list_id", UNSET)

        targets = cast(list[str], d.pop("targets", UNSET))

        text = d.pop("text", UNSET)

        template_id = d.pop("template_id", UNSET)

        media_url = d.pop("media_url", UNSET)

        survey_id = d.pop("survey_id", UNSET)

        private = d.pop("private", UNSET)

        author = d.pop("author", UNSET)

        local_id = d.pop("local_id", UNSET)

        activity_id = d.pop("activity_id", UNSET)

        message_write = cls(
            inbox_id=inbox_id,
            creator_id=creator_id,
            phone_number=phone_number,
            chat_id=chat_id,
            list_id=list_id,
            targets=targets,
            text=text,
            template_id=template_id,
            media_url=media_url,
            survey_id=survey_id,
            private=private,
            author=author,
            local_id=local_id,
            activity_id=activity_id,
        )

        message_write.additional_properties = d
        return message_write
