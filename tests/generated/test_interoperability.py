"""Results go into other programs: JSON, FastAPI, pydantic, cattrs, copies, rows of tables, and tools that read hints."""

from __future__ import annotations

import asyncio
import copy
import inspect
import json
import pickle
import subprocess
import sys
import typing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import attrs
import cattrs
import httpx
import pydantic
import pytest
from cattrs.strategies import use_class_methods
from fastapi import Body, FastAPI

import heymarket
from heymarket import UNSET, AsyncHeymarket, Heymarket, Unset, emulator, models, testing, webhooks
from heymarket.testing import cassettes
from tests.fakes import Door, Script, answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECEIVED = {
    "id": 701,
    "text": "Hello",
    "type": "sms",
    "date": "2024-01-02T03:04:05+00:00",
    "conversation": {"id": 601, "members": [{"id": 21, "name": "Ada Example"}]},
    "custom": {"type": "json"},
    "shade": "blue",
}
MODELS = [getattr(models, name) for name in models.__all__]
OF_FIELDS = [model for model in MODELS if attrs.has(model)]
PUBLIC = [getattr(of, name) for of in (heymarket, webhooks, emulator, testing, cassettes) for name in of.__all__]
CLIENTS: list[Any] = [Heymarket("an-id-1", "a-key-2"), AsyncHeymarket("an-id-1", "a-key-2")]


@pytest.fixture
def message() -> models.Message:
    return models.Message.from_dict(RECEIVED)


def test_a_dict_holds_plain_json_and_no_unset(message: models.Message) -> None:
    assert message.to_dict() == RECEIVED
    assert json.loads(json.dumps(message.to_dict())) == RECEIVED
    assert json.loads(message.to_json()) == RECEIVED
    assert dict(message) == RECEIVED
    assert models.Message(text="Grüße").to_json() == '{"text": "Grüße"}'


def test_an_item_is_still_a_field_that_is_not_described(message: models.Message) -> None:
    message["new"] = 1
    assert ("shade" in message, "text" in message, message["shade"]) == (True, False, "blue")
    del message["shade"]
    assert message.additional_keys == ["new"]
    with pytest.raises(KeyError):
        message["text"]


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_copies_and_pickles_are_the_same(again: Callable[[Any], Any], message: models.Message) -> None:
    twin = again(message)
    assert twin == message
    assert twin is not message
    assert twin.status is UNSET
    assert again([message]) == [message]


def test_a_pickle_is_read_by_a_process_that_has_imported_nothing(message: models.Message) -> None:
    code = "import pickle, sys; print(pickle.load(sys.stdin.buffer).to_json())"
    done = subprocess.run([sys.executable, "-c", code], input=pickle.dumps(message), capture_output=True, check=True)
    assert json.loads(done.stdout) == RECEIVED


def test_the_whole_response_can_be_copied_and_pickled(door: Door) -> None:
    response = door(lambda hm: hm.tags.with_raw_response.get(71), script=Script(answer(200, {"id": 71})))
    for twin in (copy.copy(response), copy.deepcopy(response), pickle.loads(pickle.dumps(response))):
        assert (twin.parsed, twin.status_code, dict(twin.headers)) == (response.parsed, 200, dict(response.headers))


def test_a_list_makes_rows_of_plain_values(door: Door) -> None:
    rows = [{"id": 71, "tag": "vip"}, {"id": 72, "color": "red"}]
    tags = door(lambda hm: hm.tags.with_raw_response.list(), script=Script(answer(200, rows))).parsed
    found = [tag.to_dict() for tag in tags]
    assert found == rows
    assert all(isinstance(value, str | int) for row in found for value in row.values())


def app() -> FastAPI:
    app = FastAPI()

    @app.get("/value")
    def value():  # type: ignore[no-untyped-def]  # noqa: ANN202, RUF100 - as programs without annotations have it
        return models.Message.from_dict(RECEIVED)

    @app.get("/any")
    def of_any_type() -> dict[str, Any]:
        return {"messages": [models.Message.from_dict(RECEIVED)]}

    @app.get("/annotated")
    async def annotated() -> models.Message:
        return models.Message.from_dict(RECEIVED)

    @app.get("/list")
    def all_of_them() -> list[models.Message]:
        return [models.Message.from_dict(RECEIVED)]

    @app.get("/maybe", response_model_exclude_none=True)
    def maybe() -> models.Message | None:
        return None

    @app.post("/body")
    def body(contact: Annotated[models.ContactV1Write, Body()]) -> str:
        return f"{type(contact).__name__} {contact.first}"

    return app


def ask(path: str, body: Any = None) -> httpx.Response:
    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app()), base_url="http://app") as client:
            return await (client.get(path) if body is None else client.post(path, json=body))

    return asyncio.run(send())


def test_fastapi_returns_results_as_values_and_by_annotation() -> None:
    assert ask("/value").json() == RECEIVED
    assert ask("/any").json() == {"messages": [RECEIVED]}
    assert ask("/annotated").json() == RECEIVED
    assert ask("/list").json() == [RECEIVED]
    assert ask("/maybe").json() is None
    assert ask("/body", {"phone": "15555550100", "first": "Ada"}).json() == "ContactV1Write Ada"
    assert ask("/body", {"first": "Ada"}).status_code == 422
    assert ask("/body", []).status_code == 422


def test_fastapi_describes_them_as_the_description_does() -> None:
    schema = ask("/openapi.json").json()
    shown = json.dumps(schema)
    answer = schema["paths"]["/annotated"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    assert answer["properties"]["conversation"]["properties"]["members"]["items"]["properties"]["id"]
    assert "x-heymarket" not in shown
    assert "#/components/schemas/Conversation" not in shown


class Delivery(pydantic.BaseModel):
    message: models.Message
    channel: models.ChannelType = models.ChannelType("phone")
    seen: list[models.Contact] = []


def test_pydantic_has_them_as_fields() -> None:
    delivery = Delivery.model_validate({"message": RECEIVED, "channel": "pigeon", "seen": [{"id": 501}]})
    assert delivery.message == models.Message.from_dict(RECEIVED)
    assert Delivery(message=delivery.message).message is delivery.message
    assert delivery.channel == "pigeon"
    assert delivery.model_dump(mode="json") == {"message": RECEIVED, "channel": "pigeon", "seen": [{"id": 501}]}
    assert Delivery.model_validate_json(delivery.model_dump_json()) == delivery
    assert delivery.model_copy(deep=True) == delivery
    assert Delivery.model_json_schema()["properties"]["message"]["title"] == "Message"
    with pytest.raises(pydantic.ValidationError, match="it is no Message"):
        Delivery.model_validate({"message": 5})


def test_pydantic_checks_the_arguments_of_a_method() -> None:
    create = pydantic.validate_call(CLIENTS[0].tags.create)
    with pytest.raises(pydantic.ValidationError):
        create(tag=[])


def test_cattrs_reads_and_writes_them(message: models.Message) -> None:
    converter = cattrs.Converter()
    use_class_methods(converter, "from_dict", "to_dict")
    assert converter.unstructure([message]) == [RECEIVED]
    assert converter.structure([RECEIVED], list[models.Message]) == [message]
    assert cattrs.unstructure(message)["text"] == "Hello"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_the_hints_of_a_model_can_be_evaluated(model: type[Any]) -> None:
    typing.get_type_hints(model)
    inspect.signature(model, eval_str=True)
    for function in functions_of(model):
        typing.get_type_hints(function)


@pytest.mark.parametrize("model", OF_FIELDS, ids=lambda model: model.__name__)
def test_the_fields_of_a_model_can_be_resolved_and_used_afterwards(model: Any) -> None:
    attrs.resolve_types(model)
    assert all(not isinstance(field.type, str) for field in attrs.fields(model))
    assert inspect.signature(model, eval_str=True).parameters.keys() == {
        field.name for field in attrs.fields(model) if field.init
    }


def test_a_hint_is_the_model_itself() -> None:
    hints = typing.get_type_hints(models.Message)
    assert hints["conversation"] == models.Conversation | None | Unset
    assert hints["date"] == datetime | None | str | Unset
    assert typing.get_type_hints(models.ScheduledContentWrite)["attachments"] == list[models.AttachmentWrite] | Unset


def functions_of(owner: Any) -> Iterator[Callable[..., Any]]:
    for name in dir(owner):
        found = inspect.getattr_static(owner, name)
        found = getattr(found, "__func__", None) or getattr(found, "fget", None) or found
        if inspect.isfunction(found) and (not name.startswith("_") or name == "__init__"):
            yield found


@pytest.mark.parametrize("thing", PUBLIC, ids=lambda thing: getattr(thing, "__name__", "value"))
def test_the_hints_of_all_that_is_public_can_be_evaluated(thing: Any) -> None:
    if inspect.isclass(thing) or inspect.isfunction(thing):
        typing.get_type_hints(thing)
    for function in functions_of(thing) if inspect.isclass(thing) else ():
        typing.get_type_hints(function)
        inspect.signature(function, eval_str=True)


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: type(client).__name__)
def test_the_hints_of_all_methods_of_a_client_can_be_evaluated(client: Any) -> None:
    resources = {name: getattr(client, name) for name in dir(client) if not name.startswith("_") and name != "quota"}
    for resource in [client, *(one for one in resources.values() if hasattr(one, "with_raw_response"))]:
        names = [name for name in dir(resource) if not name.startswith("_") and name != "quota"]
        for method in filter(callable, (getattr(resource, name) for name in names)):
            inspect.signature(method, eval_str=True)
            typing.get_type_hints(method)
        for method in vars(resource.with_raw_response).values():
            if callable(method):
                inspect.signature(method, eval_str=True)
    hints = typing.get_type_hints(client.schedules.create)
    assert hints["execute_at"] is datetime
    assert models.ScheduledContentWrite in typing.get_args(hints["content"])


def test_reading_a_hint_loads_the_models_that_it_names_alone() -> None:
    code = (
        "import sys, typing; from heymarket import models; typing.get_type_hints(models.Message)\n"
        "print(*(name for name in sys.modules if name.startswith('heymarket_openapi.models.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.rpartition(".")[2] for name in done.stdout.split()}
    assert loaded == {"message", "conversation", "message_custom", "target_errors"}


def test_an_event_of_a_webhook_can_be_pickled() -> None:
    event = webhooks.parse(
        json.dumps({"token": "t" * 20, "type": "message_sent", "event_data": RECEIVED}), token="t" * 20
    )
    assert pickle.loads(pickle.dumps(event)) == event
    assert datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC) == getattr(event, "message").date  # noqa: B009 - of one of the events
