"""The bundled description, for those who read it at run time."""

from __future__ import annotations

import pytest
from attrs.exceptions import FrozenInstanceError

from heymarket import description


def test_the_bundled_description_is_loaded_once() -> None:
    assert description.load()["openapi"].startswith("3.1")
    assert description.load() is description.load()


def test_an_operation_knows_its_place() -> None:
    operation = next(one for one in description.operations() if one.name == "contact_channels.get")

    assert (operation.resource, operation.method_name) == ("contact_channels", "get")
    assert (operation.http_method, operation.path) == ("GET", "/v2/contact/{contactID}/channel/{channelType}")
    assert operation.spec["operationId"] == "contact_channels.get"
    assert operation in set(description.operations())
    with pytest.raises(FrozenInstanceError):
        operation.name = "other"  # type: ignore[misc]


def test_operations_come_in_the_order_of_the_description() -> None:
    document = {
        "paths": {
            "/b": {"parameters": [], "post": {"operationId": "b.create"}, "get": {"operationId": "b.get"}},
            "/a": {"summary": "a", "get": {"operationId": "a.get"}},
        }
    }

    assert [operation.name for operation in description.operations(document)] == ["b.get", "b.create", "a.get"]
