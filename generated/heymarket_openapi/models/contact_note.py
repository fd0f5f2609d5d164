from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="ContactNote")


@_attrs_define(kw_only=True)
class ContactNote(Model):
    """A note on a contact.

    Example:
        {'id': 'note-1', 'date': '2024-01-02T03:04:05Z', 'name': 'Mary Example', 'text': 'Prefers mornings.', 'user_id':
            21}

    Attributes:
        id (None | str | Unset): Id of the note. Example: note-1.
        date (None | str | Unset): When the note was written. Example: 2024-01-02T03:04:05Z.
        name (None | str | Unset): Presumably the name of its author. Example: Mary Example.
        text (None | str | Unset): The note. Example: Prefers mornings..
        user_id (int | None | Unset): Presumably the id of the user who wrote it. Example: 21.
    """

    id: None | str | Unset = UNSET
    date: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    text: None | str | Unset = UNSET
    user_id: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        date = self.date

        name = self.name

        text = self.text

        user_id = self.user_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if date is not UNSET:
            field_dict["date"] = date
        if name is not UNSET:
            field_dict["name"] = name
        if text is not UNSET:
            field_dict["text"] = text
        if user_id is not UNSET:
            field_dict["user_id"] = user_id

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        date = d.pop("date", UNSET)

        name = d.pop("name", UNSET)

        text = d.pop("text", UNSET)

        user_id = d.pop("user_id", UNSET)

        contact_note = cls(
            id=id,
            date=date,
            name=name,
            text=text,
            user_id=user_id,
        )

        contact_note.additional_properties = d
        return contact_note
