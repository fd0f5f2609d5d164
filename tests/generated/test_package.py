"""What the package is made of, and what importing it costs."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
import typing
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import heymarket_openapi
import pytest
from heymarket_openapi import models, resources
from heymarket_openapi.operation import APIResponse, Operation

if TYPE_CHECKING:
    from types import ModuleType

OUR_OWN = "sorted(name for name in sys.modules if name.partition('.')[0] in {'heymarket_openapi', 'httpx', 'attrs'})"


def loaded_after(code: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport json, sys\nprint(json.dumps({OUR_OWN}))"],
        env={"PYTHONPATH": str(Path(heymarket_openapi.__path__[0]).parent)},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(done.stdout)


def test_importing_the_resources_imports_neither_models_nor_api_nor_httpx() -> None:
    assert loaded_after("import heymarket_openapi.resources, heymarket_openapi.models") == [
        "heymarket_openapi",
        "heymarket_openapi.lazy",
        "heymarket_openapi.models",
        "heymarket_openapi.resources",
    ]


def test_touching_a_model_imports_that_model() -> None:
    loaded = loaded_after("from heymarket_openapi.models import ChannelType")
    assert "heymarket_openapi.models.channel_type" in loaded
    assert "heymarket_openapi.models.contact_channel" not in loaded
    assert "httpx" not in loaded


def test_touching_a_resource_imports_none_of_its_endpoints_and_models() -> None:
    loaded = loaded_after(
        "from heymarket_openapi.resources import Resources\n"
        "class Client(Resources):\n    _sender = None\n"
        "Client().contact_channels"
    )
    assert "heymarket_openapi.resources.contact_channels" in loaded
    assert not [name for name in loaded if name.startswith(("heymarket_openapi.api.", "heymarket_openapi.models."))]


@pytest.mark.parametrize("module", [models, resources])
def test_lazy_modules_list_what_they_have(module: ModuleType) -> None:
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name).__name__ == name
    with pytest.raises(AttributeError, match="has no attribute 'NoSuchThing'"):
        module.NoSuchThing  # noqa: B018


@pytest.mark.parametrize("base", [resources.Resources, resources.AsyncResources])
def test_a_resource_is_made_on_first_use_from_the_sender_and_kept(base: type[Any]) -> None:
    class Client(base):  # type: ignore[misc]  # either of the two
        def __init__(self) -> None:
            self._sender = object()

    client = Client()
    assert client.contact_channels is client.contact_channels
    assert client.contact_channels._sender is client._sender
    assert client.contact_channels.with_raw_response is client.contact_channels.with_raw_response
    assert Client().contact_channels is not client.contact_channels


def test_the_signature_of_get() -> None:
    at_hand = {"UUID": UUID, "ChannelType": models.ChannelType, "ContactChannel": models.ContactChannel}
    hints = typing.get_type_hints(resources.ContactChannels.get, localns=at_hand)
    assert hints == {
        "contact_id": UUID | str,
        "channel_type": models.ChannelType | str,
        "return": models.ContactChannel,
    }
    kinds = {parameter.kind for parameter in inspect.signature(resources.ContactChannels.get).parameters.values()}
    assert kinds == {inspect.Parameter.POSITIONAL_OR_KEYWORD}


@pytest.mark.parametrize("resource", [resources.ContactChannels, resources.AsyncContactChannels])
def test_the_docstring_tells_what_is_known_and_what_is_not(resource: type[Any]) -> None:
    text = inspect.getdoc(resource.get) or ""
    for part in ("Args:", "Returns:", "NotFoundError: ", "RateLimitError: ", "Confidence:\n    high", "D01: ", "D02: "):
        assert part in text


def test_what_the_sender_is_handed() -> None:
    calls: list[Any] = []

    class Sender:
        def send(self, operation: Operation[Any], arguments: dict[str, Any]) -> Any:
            calls.append((operation, arguments))

        def send_raw(self, operation: Operation[Any], arguments: dict[str, Any]) -> Any:
            raise AssertionError

        def paginate(self, operation: Operation[Any], arguments: dict[str, Any]) -> Any:
            raise AssertionError

    resources.ContactChannels(Sender()).get("an id", "phone")

    ((operation, arguments),) = calls
    assert arguments == {"contact_id": "an id", "channel_type": "phone"}
    assert operation.build(**arguments) == {"method": "get", "url": "/v2/contact/an%20id/channel/phone"}
    assert (operation.name, operation.method, operation.status) == ("contact_channels.get", "GET", 200)
    assert operation.path == "/v2/contact/{contactID}/channel/{channelType}"
    assert operation.path_params == {"contact_id": "uuid", "channel_type": ""}
    assert (operation.expects, operation.model, operation.safe) == ("object", "ContactChannel", True)


def test_an_operation_cannot_be_changed() -> None:
    operation: Operation[None] = Operation("a.b", "GET", "/", dict, lambda **_: None, {}, 200, "", "None", True)
    with pytest.raises(AttributeError):
        operation.status = 201  # type: ignore[misc]  # it's what the type forbids


def test_a_response_shows_nothing_personal() -> None:
    response = APIResponse({"phone": "15555550100"}, 200, {"X-Secret": "hush"}, b"15555550100", "an-id", 1, 0.5)
    assert repr(response) == "APIResponse(status_code=200, request_id='an-id', attempts=1, elapsed=0.5)"


def test_the_description_is_in_the_package_as_it_was_written() -> None:
    description = json.loads(files(heymarket_openapi).joinpath("description.json").read_text(encoding="utf-8"))
    assert description["openapi"] == "3.1.0"
    path = "/v2/contact/{contactID}/channel/{channelType}"
    assert list(description["paths"][path]["get"]["responses"]) == ["200", "400", "401", "403", "404", "429", "500"]
    assert description["components"]["schemas"]["ChannelType"]["anyOf"] == [
        {"type": "string", "enum": ["phone", "email", "facebook"]},
        {"type": "string"},
    ]
    assert "required" not in description["components"]["schemas"]["ContactChannel"]


def test_the_package_is_typed() -> None:
    assert files(heymarket_openapi).joinpath("py.typed").is_file()
