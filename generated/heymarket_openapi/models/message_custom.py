from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="MessageCustom")


@_attrs_define(kw_only=True)
class MessageCustom(Model):
    """Not described by the vendor; apparently the bytes of a JSON document.

    Example:
        {'data': [123, 125], 'type': 'json'}

    Attributes:
        data (list[int] | None | Unset): Not described by the vendor. Example: [123, 125].
        type_ (None | str | Unset): Not described by the vendor. Example: json.
    """

    data: list[int] | None | Unset = UNSET
    type_: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        data: list[int] | None | Unset
        if isinstance(self.data, Unset):
            data = UNSET
        elif isinstance(self.data, list):
            data = self.data

        else:
            data = self.data

        type_ = self.type_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if data is not UNSET:
            field_dict["data"] = data
        if type_ is not UNSET:
            field_dict["type"] = type_

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_data(data: object) -> list[int] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                data_type_0 = cast(list[int], data)

                return data_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[int] | None | Unset, data)

        data = _parse_data(d.pop("data", UNSET))

        type_ = d.pop("type", UNSET)

        message_custom = cls(
            data=data,
            type_=type_,
        )

        message_custom.additional_properties = d
        return message_custom
