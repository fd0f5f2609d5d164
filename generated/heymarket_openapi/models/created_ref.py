from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast
from uuid import UUID

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="CreatedRef")


@_attrs_define(kw_only=True)
class CreatedRef(Model):
    """What a write created or changed.

    Example:
        {'id': 501, 'rev': 3, 'uuid': '00000000-0000-4000-8000-000000000001'}

    Attributes:
        id (int | None | Unset): Integer id of the record. Example: 501.
        rev (int | None | Unset): Number of the record's revision; each write raises it. Example: 3.
        uuid (None | Unset | UUID): UUID of the record; for contacts the id in v2 paths. It may be missing (D51).
            Example: 00000000-0000-4000-8000-000000000001.
    """

    id: int | None | Unset = UNSET
    rev: int | None | Unset = UNSET
    uuid: None | Unset | UUID = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        rev = self.rev

        uuid: None | str | Unset
        if isinstance(self.uuid, Unset):
            uuid = UNSET
        elif isinstance(self.uuid, UUID):
            uuid = str(self.uuid)
        else:
            uuid = self.uuid

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if rev is not UNSET:
            field_dict["rev"] = rev
        if uuid is not UNSET:
            field_dict["uuid"] = uuid

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        rev = d.pop("rev", UNSET)

        def _parse_uuid(data: object) -> None | Unset | UUID:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                uuid_type_0 = UUID(data)

                return uuid_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Unset | UUID, data)

        uuid = _parse_uuid(d.pop("uuid", UNSET))

        created_ref = cls(
            id=id,
            rev=rev,
            uuid=uuid,
        )

        created_ref.additional_properties = d
        return created_ref
