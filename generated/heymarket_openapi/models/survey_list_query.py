from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="SurveyListQuery")


@_attrs_define(kw_only=True)
class SurveyListQuery(Model):
    """Which page of the surveys.

    Example:
        {'limit': 20, 'page': 1}

    Attributes:
        limit (int | Unset): Surveys per page; neither the default nor the maximum is documented. Example: 20.
        page (int | Unset): Number of the page, from 1 (D15). Example: 1.
    """

    limit: int | Unset = UNSET
    page: int | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        limit = self.limit

        page = self.page

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if limit is not UNSET:
            field_dict["limit"] = limit
        if page is not UNSET:
            field_dict["page"] = page

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        limit = d.pop("limit", UNSET)

        page = d.pop("page", UNSET)

        survey_list_query = cls(
            limit=limit,
            page=page,
        )

        survey_list_query.additional_properties = d
        return survey_list_query
