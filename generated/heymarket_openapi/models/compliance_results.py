from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model

T = TypeVar("T", bound="ComplianceResults")


@_attrs_define(kw_only=True)
class ComplianceResults(Model):
    """The result of the service's compliance checks; the content is not documented.

    Example:
        {}

    """

    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        compliance_results = cls()

        compliance_results.additional_properties = d
        return compliance_results
