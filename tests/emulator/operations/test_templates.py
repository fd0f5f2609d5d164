"""Templates: written, read, listed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from heymarket import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable


def test_what_is_written_is_read(hm: Any) -> None:
    content = {"text": "Hello!", "gallery": [{"url": "https://example.com/map.png"}]}

    ref = hm.templates.create(title="Way", content=content, local_id="t-1")

    template = hm.templates.get(ref.id)
    assert (template.name, template.local_id, template.rev) == ("Way", "t-1", ref.rev)
    assert template.content.to_dict() == content
    assert (template.team_id, template.creator_id, template.shared, template.archived) == (7, 21, True, False)


def test_a_repeated_local_id_makes_one(hm: Any) -> None:
    refs = [hm.templates.create(title="Way", content={"text": "Hello!"}, local_id="t-1") for _ in range(2)]

    assert refs[0] == refs[1]
    assert [template.name for template in hm.templates.list()].count("Way") == 1


def test_an_update_replaces_and_brings_it_to_the_front(hm: Any) -> None:
    before = hm.templates.get(51)

    ref = hm.templates.update(51, title="Hi", content={"text": "Hi!"}, archived=True, local_id="t-1")

    after = hm.templates.get(51)
    assert (after.name, after.content.text, after.archived, after.rev) == ("Hi", "Hi!", True, before.rev + 1)
    assert (ref.rev, after.op) == (after.rev, "update")
    assert after.updated > before.updated
    assert [template.id for template in hm.templates.list()] == [51, 52]


def test_what_is_deleted_is_gone(hm: Any) -> None:
    hm.templates.delete(51)

    assert [template.id for template in hm.templates.list()] == [52]
    with pytest.raises(NotFoundError):
        hm.templates.get(51)


@pytest.mark.parametrize(
    "call",
    [
        lambda hm: hm.templates.get(999),
        lambda hm: hm.templates.update(999, title="Hi", content={}),
        lambda hm: hm.templates.delete(999),
    ],
)
def test_what_is_not_there_is_not_found(hm: Any, call: Callable[[Any], Any]) -> None:
    with pytest.raises(NotFoundError):
        call(hm)
