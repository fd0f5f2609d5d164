"""Surveys: read, and listed by page numbers from 1."""

from __future__ import annotations

from typing import Any

import pytest

from heymarket import BadRequestError, NotFoundError


def test_a_survey_is_read(hm: Any) -> None:
    survey = hm.surveys.get(81)

    assert (survey.name, survey.type_) == ("After a visit", "nps")
    assert survey.question
    assert survey.additional_properties == {}
    with pytest.raises(NotFoundError):
        hm.surveys.get(999)


def test_pages_begin_at_one(hm: Any) -> None:
    raw = hm.surveys.with_raw_response

    assert [[survey.id for survey in raw.list(page=page, limit=1).parsed] for page in (1, 2, 3)] == [[81], [82], []]
    assert [survey.id for survey in hm.surveys.list(limit=1)] == [81, 82]


@pytest.mark.parametrize("page", [{"page": 0}, {"page": -1}, {"limit": 0}])
def test_a_page_that_can_not_be_is_refused(hm: Any, page: dict[str, int]) -> None:
    with pytest.raises(BadRequestError):
        hm.surveys.with_raw_response.list(**page)


def test_a_page_far_behind_the_end_is_empty(hm: Any) -> None:
    assert hm.surveys.with_raw_response.list(page=2**62, limit=2**62).parsed == []
