from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="WidgetSettings")


@_attrs_define(kw_only=True)
class WidgetSettings(Model):
    """Settings of the web widget (D22).

    Example:
        {'background_color': '#FFD700', 'button_color': '#FFD700', 'fab_background_color': '#FFD700', 'fab_text_color':
            '#FFD700', 'message': 'How can we help?', 'name': 'Example Inc.', 'phone': '15555550100',
            'title_background_color': '#FFD700', 'title_text_color': '#FFD700', 'tos': 'https://example.com/terms',
            'position': 0, 'preview_enabled': False}

    Attributes:
        background_color (None | str | Unset): Presumably the background color of the widget. Example: #FFD700.
        button_color (None | str | Unset): Presumably the color of the widget's buttons. Example: #FFD700.
        fab_background_color (None | str | Unset): Presumably the background color of the widget's floating button.
            Example: #FFD700.
        fab_text_color (None | str | Unset): Presumably the text color of the widget's floating button. Example:
            #FFD700.
        message (None | str | Unset): Presumably the message that the widget shows. Example: How can we help?.
        name (None | str | Unset): Presumably the name that the widget shows. Example: Example Inc..
        phone (None | str | Unset): Presumably the phone number that the widget shows. Example: 15555550100.
        title_background_color (None | str | Unset): Presumably the background color of the widget's title. Example:
            #FFD700.
        title_text_color (None | str | Unset): Presumably the text color of the widget's title. Example: #FFD700.
        tos (None | str | Unset): Presumably the terms of service. Example: https://example.com/terms.
        position (int | None | Unset): Not described by the vendor. Example: 0.
        preview_enabled (bool | None | Unset): Not described by the vendor. Example: False.
    """

    background_color: None | str | Unset = UNSET
    button_color: None | str | Unset = UNSET
    fab_background_color: None | str | Unset = UNSET
    fab_text_color: None | str | Unset = UNSET
    message: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    phone: None | str | Unset = UNSET
    title_background_color: None | str | Unset = UNSET
    title_text_color: None | str | Unset = UNSET
    tos: None | str | Unset = UNSET
    position: int | None | Unset = UNSET
    preview_enabled: bool | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        background_color = self.background_color

        button_color = self.button_color

        fab_background_color = self.fab_background_color

        fab_text_color = self.fab_text_color

        message = self.message

        name = self.name

        phone = self.phone

        title_background_color = self.title_background_color

        title_text_color = self.title_text_color

        tos = self.tos

        position = self.position

        preview_enabled = self.preview_enabled

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if background_color is not UNSET:
            field_dict["background_color"] = background_color
        if button_color is not UNSET:
            field_dict["button_color"] = button_color
        if fab_background_color is not UNSET:
            field_dict["fab_background_color"] = fab_background_color
        if fab_text_color is not UNSET:
            field_dict["fab_text_color"] = fab_text_color
        if message is not UNSET:
            field_dict["message"] = message
        if name is not UNSET:
            field_dict["name"] = name
        if phone is not UNSET:
            field_dict["phone"] = phone
        if title_background_color is not UNSET:
            field_dict["title_background_color"] = title_background_color
        if title_text_color is not UNSET:
            field_dict["title_text_color"] = title_text_color
        if tos is not UNSET:
            field_dict["tos"] = tos
        if position is not UNSET:
            field_dict["position"] = position
        if preview_enabled is not UNSET:
            field_dict["preview_enabled"] = preview_enabled

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        background_color = d.pop("background_color", UNSET)

        button_color = d.pop("button_color", UNSET)

        fab_background_color = d.pop("fab_background_color", UNSET)

        fab_text_color = d.pop("fab_text_color", UNSET)

        message = d.pop("message", UNSET)

        name = d.pop("name", UNSET)

        phone = d.pop("phone", UNSET)

        title_background_color = d.pop("title_background_color", UNSET)

        title_text_color = d.pop("title_text_color", UNSET)

        tos = d.pop("tos", UNSET)

        position = d.pop("position", UNSET)

        preview_enabled = d.pop("preview_enabled", UNSET)

        widget_settings = cls(
            background_color=background_color,
            button_color=button_color,
            fab_background_color=fab_background_color,
            fab_text_color=fab_text_color,
            message=message,
            name=name,
            phone=phone,
            title_background_color=title_background_color,
            title_text_color=title_text_color,
            tos=tos,
            position=position,
            preview_enabled=preview_enabled,
        )

        widget_settings.additional_properties = d
        return widget_settings
