from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import models
from ..model import Model
from ..types import UNSET, Unset

T = TypeVar("T", bound="SendResult")


@_attrs_define(kw_only=True)
class SendResult(Model):
    """What was accepted for sending. It isn't delivered yet.

    Example:
        {'id': 701, 'date': '2024-01-02T03:04:05Z', 'gallery_url': 'https://example.com/gallery/701', 'convo_id': 601,
            'queued': True, 'compliance_results': {}}

    Attributes:
        id (int | None | Unset): Id of the message. Example: 701.
        date (datetime.datetime | None | str | Unset): When the message was accepted (RFC 3339). Example:
            2024-01-02T03:04:05Z.
        gallery_url (None | str | Unset): Where the media can be seen, if there are any. Example:
            https://example.com/gallery/701.
        convo_id (int | None | Unset): Id of the conversation; for text messages in responses seen by a third party only
            (D16). Example: 601.
        queued (bool | None | Unset): Whether the message waits to be sent; for text messages in responses seen by a
            third party only (D16). Example: True.
        compliance_results (ComplianceResults | None | Unset):
    """

    id: int | None | Unset = UNSET
    date: datetime.datetime | None | str | Unset = UNSET
    gallery_url: None | str | Unset = UNSET
    convo_id: int | None | Unset = UNSET
    queued: bool | None | Unset = UNSET
    compliance_results: models.ComplianceResults | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.compliance_results import ComplianceResults  # noqa: PLC0415

        id = self.id

        date: None | str | Unset
        if isinstance(self.date, Unset):
            date = UNSET
        elif isinstance(self.date, datetime.datetime):
            date = self.date.isoformat()
        else:
            date = self.date

        gallery_url = self.gallery_url

        convo_id = self.convo_id

        queued = self.queued

        compliance_results: dict[str, Any] | None | Unset
        if isinstance(self.compliance_results, Unset):
            compliance_results = UNSET
        elif isinstance(self.compliance_results, ComplianceResults):
            compliance_results = self.compliance_results.to_dict()
        else:
            compliance_results = self.compliance_results

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        if id is not UNSET:
            field_dict["id"] = id
        if date is not UNSET:
            field_dict["date"] = date
        if gallery_url is not UNSET:
            field_dict["gallery_url"] = gallery_url
        if convo_id is not UNSET:
            field_dict["convo_id"] = convo_id
        if queued is not UNSET:
            field_dict["queued"] = queued
        if compliance_results is not UNSET:
            field_dict["compliance_results"] = compliance_results

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.compliance_results import ComplianceResults  # noqa: PLC0415

        d = dict(src_dict)
        id = d.pop("id", UNSET)

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

        gallery_url = d.pop("gallery_url", UNSET)

        convo_id = d.pop("convo_id", UNSET)

        queued = d.pop("queued", UNSET)

        def _parse_compliance_results(data: object) -> ComplianceResults | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                compliance_results_type_0 = ComplianceResults.from_dict(data)

                return compliance_results_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(ComplianceResults | None | Unset, data)

        compliance_results = _parse_compliance_results(
            d.pop("compliance_results", UNSET)
        )

        send_result = cls(
            id=id,
            date=date,
            gallery_url=gallery_url,
            convo_id=convo_id,
            queued=queued,
            compliance_results=compliance_results,
        )

        send_result.additional_properties = d
        return send_result
