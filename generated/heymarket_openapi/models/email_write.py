from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="EmailWrite")


@_attrs_define(kw_only=True)
class EmailWrite(Model):
    """An email to send: to new recipients (`targets`), or as a reply in a conversation (`convo_id`).

    Example:
        {'creator_id': 21, 'inbox': 31, 'text': '<p>Hello from Example Inc.</p>', 'local_id':
            '00000000-0000-4000-8000-00000000a001', 'conv_title': 'Your order', 'targets': ['to:ada@example.com',
            'cc:grace@example.com,alan@example.com']}

    Attributes:
        creator_id (int): Id of the member who sends. Example: 21.
        inbox (int): Id of the email inbox to send from. Example: 31.
        text (str): The text of the email; HTML is allowed. Example: <p>Hello from Example Inc.</p>.
        raw_text (str | Unset): The text of the email without HTML (D40). Example: Hello from Example Inc..
        local_id (str | Unset): Id of your own that is unique for this email, such as a UUID. Sent again, it doesn't
            create a second email. Example: 00000000-0000-4000-8000-00000000a001.
        conv_title (str | Unset): Title of the new conversation. Example: Your order.
        targets (list[str] | Unset): Recipients of a new conversation: each is `to:` or `cc:`, followed by one or more
            addresses with commas between them. Example: ['to:ada@example.com', 'cc:grace@example.com,alan@example.com'].
        convo_id (int | Unset): Id of the conversation to reply in. Example: 604.
    """

    creator_id: int
    inbox: int
    text: str
    raw_text: str | Unset = UNSET
    local_id: str | Unset = UNSET
    conv_title: str | Unset = UNSET
    targets: list[str] | Unset = UNSET
    convo_id: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        creator_id = self.creator_id

        inbox = self.inbox

        text = self.text

        raw_text = self.raw_text

        local_id = self.local_id

        conv_title = self.conv_title

        targets: list[str] | Unset = UNSET
        if not isinstance(self.targets, Unset):
            targets = self.targets

        convo_id = self.convo_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "creator_id": creator_id,
                "inbox": inbox,
                "text": text,
            }
        )
        if raw_text is not UNSET:
            field_dict["raw_text"] = raw_text
        if local_id is not UNSET:
            field_dict["local_id"] = local_id
        if conv_title is not UNSET:
            field_dict["conv_title"] = conv_title
        if targets is not UNSET:
            field_dict["targets"] = targets
        if convo_id is not UNSET:
            field_dict["convo_id"] = convo_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        creator_id = d.pop("creator_id")

        inbox = d.pop("inbox")

        text = d.pop("text")

        raw_text = d.pop("raw_text", UNSET)

        local_id = d.pop("local_id", UNSET)

        conv_title = d.pop("conv_title", UNSET)

        targets = cast(list[str], d.pop("targets", UNSET))

        convo_id = d.pop("convo_id", UNSET)

        email_write = cls(
            creator_id=creator_id,
            inbox=inbox,
            text=text,
            raw_text=raw_text,
            local_id=local_id,
            conv_title=conv_title,
            targets=targets,
            convo_id=convo_id,
        )

        email_write.additional_properties = d
        return email_write
