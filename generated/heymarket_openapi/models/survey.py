from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..model import Model
from ..models.survey_type import SurveyType
from ..types import UNSET, Unset

T = TypeVar("T", bound="Survey")


@_attrs_define(kw_only=True)
class Survey(Model):
    """A survey.

    Example:
        {'id': 81, 'name': 'After a visit', 'type': 'nps', 'question': 'How likely are you to recommend us?', 'created':
            '2024-01-02T03:04:05Z', 'updated': '2024-01-02T03:04:05Z'}

    Attributes:
        id (int | None | Unset): Id of the survey. Example: 81.
        name (None | str | Unset): Name of the survey. Example: After a visit.
        type_ (None | SurveyType | Unset):
        question (None | str | Unset): The opening question, sent as the text of the message. Example: How likely are
            you to recommend us?.
        created (datetime.datetime | None | str | Unset): When the survey was created (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        updated (datetime.datetime | None | str | Unset): When the survey was last changed (RFC 3339). Example:
            2024-01-02T03:04:05Z.
    """

    id: int | None | Unset = UNSET
    name: None | str | Unset = UNSET
    type_: None | SurveyType | Unset = UNSET
    question: None | str | Unset = UNSET
    created: datetime.datetime | None | str | Unset = UNSET
    updated: datetime.datetime | None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        id = self.id

        name = self.name

        type_: None | str | Unset
        if isinstance(self.type_, Unset):
            type_ = UNSET
        elif isinstance(self.type_, SurveyType):
            type_ = self.type_.value
        else:
            type_ = self.type_

        question = self.question

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
        if name is not UNSET:
            field_dict["name"] = name
        if type_ is not UNSET:
            field_dict["type"] = type_
        if question is not UNSET:
            field_dict["question"] = question
        if created is not UNSET:
            field_dict["created"] = created
        if updated is not UNSET:
            field_dict["updated"] = updated

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id", UNSET)

        name = d.pop("name", UNSET)

        def _parse_type_(data: object) -> None | SurveyType | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                type_type_0 = SurveyType(data)

                return type_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | SurveyType | Unset, data)

        type_ = _parse_type_(d.pop("type", UNSET))

        question = d.pop("question", UNSET)

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

        survey = cls(
            id=id,
            name=name,
            type_=type_,
            question=question,
            created=created,
            updated=updated,
        )

        survey.additional_properties = d
        return survey
