"""The resources that are written for invented endpoints: signatures, what they hand on, docstrings."""

from __future__ import annotations

import builtins
import importlib
import inspect
import subprocess
import sys
import typing
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator
    from pathlib import Path
    from types import ModuleType

    from tests.scripts.checkout import Checkout

NOTE_ID = 4
AUTHOR = "00000000-0000-4000-8000-000000000001"


@pytest.fixture(scope="module")
def package(invented: Checkout, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The generated package, imported under a name of its own beside the real one."""
    folder = tmp_path_factory.mktemp("import")
    (folder / "invented_openapi").symlink_to(invented.package)
    sys.path.insert(0, str(folder))
    yield importlib.import_module("invented_openapi")
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "invented_openapi"]:
        del sys.modules[name]


@pytest.fixture
def models(package: ModuleType) -> Any:
    return importlib.import_module("invented_openapi.models")


@pytest.fixture
def resources(package: ModuleType) -> Any:
    return importlib.import_module("invented_openapi.resources")


class Sender:
    """Remembers what it was asked for, and gives the request instead of an answer."""

    operation: Any

    def send(self, operation: Any, arguments: dict[str, Any]) -> Any:
        self.operation = operation
        return operation.build(**arguments)

    def send_raw(self, operation: Any, arguments: dict[str, Any]) -> Any:
        return ["raw", self.send(operation, arguments)]


class AsyncSender:
    async def send(self, operation: Any, arguments: dict[str, Any]) -> Any:
        return Sender().send(operation, arguments)

    async def send_raw(self, operation: Any, arguments: dict[str, Any]) -> Any:
        return Sender().send_raw(operation, arguments)


@pytest.fixture
def sender() -> Sender:
    return Sender()


@pytest.fixture
def notes(resources: Any, sender: Sender) -> Any:
    return resources.Notes(sender)


def signature(method: Callable[..., Any]) -> str:
    return str(inspect.signature(method)).replace("'", "")


def test_query_parameters_are_keyword_only(notes: Any) -> None:
    assert signature(notes.list) == (
        "(*, note_kind: models.NoteKind | str | Unset = UNSET, author_id: UUID | str | Unset = UNSET, limit: int = 30)"
        " -> builtins.list[models.Note]"
    ).replace("= UNSET", f"= {inspect.signature(notes.list).parameters['note_kind'].default!r}")


def test_query_parameters_are_sent_under_their_own_names(notes: Any, models: Any) -> None:
    assert notes.list()["params"] == {"limit": 30}
    assert notes.list(note_kind=models.NoteKind.SHARED, author_id=UUID(AUTHOR), limit=4)["params"] == {
        "noteKind": "shared",
        "author_id": AUTHOR,
        "limit": 4,
    }


def test_texts_are_taken_for_enums_and_uuids(notes: Any) -> None:
    assert notes.list(note_kind="of a new kind", author_id="not a UUID")["params"] == {
        "noteKind": "of a new kind",
        "author_id": "not a UUID",
        "limit": 30,
    }


def test_the_fields_of_a_body_are_keyword_only_arguments(notes: Any) -> None:
    parameters = inspect.signature(notes.create).parameters
    assert list(parameters) == ["text", "kind", "fallback", "author_id", "pinned"]
    assert {parameter.kind for parameter in parameters.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert [name for name, parameter in parameters.items() if parameter.default is parameter.empty] == ["text", "kind"]
    assert parameters["kind"].annotation == "models.NoteKind | str"


def test_a_body_holds_what_was_given_and_nothing_else(notes: Any) -> None:
    assert notes.create(text="a", kind="new")["json"] == {"text": "a", "kind": "new"}
    everything = {"text": "a", "kind": "new", "fallback": "shared", "author_id": "x", "pinned": False}
    assert notes.create(**everything)["json"] == everything


def test_an_array_is_one_argument(notes: Any, models: Any) -> None:
    request = notes.add_many(notes=[models.NoteWrite(text="a", kind=models.NoteKind.PRIVATE)])
    assert request["json"] == [{"text": "a", "kind": "private"}]


def test_path_parameters_are_positional_and_handed_on_as_given(notes: Any) -> None:
    assert signature(notes.delete) == "(note_id: int) -> None"
    assert notes.delete("not a number")["url"] == "/v9/note/not%20a%20number"


@pytest.mark.parametrize(
    ("method", "arguments", "expected"),
    [
        ("list", {}, ("notes.list", "GET", "/v9/notes", 200, "array", "list[Note]", True)),
        ("create", {"text": "", "kind": ""}, ("notes.create", "POST", "/v9/notes", 201, "object", "Note", False)),
        ("add_many", {"notes": []}, ("notes.add_many", "POST", "/v9/notes/import", 200, "string", "str", False)),
        ("search", {}, ("notes.search", "POST", "/v9/notes/search", 200, "array", "list[Note]", True)),
        ("delete", {"note_id": 1}, ("notes.delete", "DELETE", "/v9/note/{noteID}", 204, "", "None", False)),
    ],
)
def test_what_the_sender_is_told(
    notes: Any, sender: Sender, method: str, arguments: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    getattr(notes, method)(**arguments)
    told = sender.operation
    assert (told.name, told.method, told.path, told.status, told.expects, told.model, told.safe) == expected


def test_path_parameters_and_their_formats(notes: Any, resources: Any, sender: Sender) -> None:
    notes.delete(NOTE_ID)
    assert sender.operation.path_params == {"note_id": ""}
    resources.ContactChannels(sender).get(AUTHOR, "phone")
    assert sender.operation.path_params == {"contact_id": "uuid", "channel_type": ""}


METHODS = ("list", "create", "add_many", "search", "delete")


def test_two_classes_of_one_template(resources: Any) -> None:
    variants = [resources.Notes, resources.AsyncNotes]
    for method in METHODS:
        signatures = [inspect.signature(getattr(variant, method)).parameters for variant in variants]
        assert signatures[0] == signatures[1]
        assert [inspect.iscoroutinefunction(getattr(variant, method)) for variant in variants] == [False, True]
        assert all(getattr(variant, method).__doc__ for variant in variants)
    assert resources.Notes.create.__annotations__["return"] == "models.Note"
    assert resources.AsyncNotes.create.__annotations__["return"] == "models.Note"


@pytest.mark.parametrize("name", ["Notes", "AsyncNotes"])
def test_raw_methods_look_like_those_they_are_made_of(resources: Any, name: str) -> None:
    notes = getattr(resources, name)(Sender())
    raw = notes.with_raw_response
    assert raw is notes.with_raw_response
    assert sorted(vars(raw)) == sorted(METHODS)
    for method in METHODS:
        assert getattr(raw, method).__name__ == method
        assert inspect.getdoc(getattr(raw, method)) == inspect.getdoc(getattr(notes, method))
        assert inspect.signature(getattr(raw, method)) == inspect.signature(getattr(notes, method))


def test_raw_and_async_calls_reach_the_sender(notes: Any, resources: Any) -> None:
    request = notes.delete(NOTE_ID)
    assert notes.with_raw_response.delete(NOTE_ID) == ["raw", request]
    awaited = resources.AsyncNotes(AsyncSender())
    assert _result(awaited.delete(NOTE_ID)) == request
    assert _result(awaited.with_raw_response.delete(NOTE_ID)) == ["raw", request]


def _result(coroutine: Coroutine[Any, Any, Any]) -> Any:
    with pytest.raises(StopIteration) as stop:
        coroutine.send(None)
    return stop.value.value


def test_annotations_can_be_resolved_with_the_models_at_hand(resources: Any, models: Any) -> None:
    at_hand = {name: getattr(models, name) for name in models.__all__} | {"UUID": UUID, "Any": Any}
    at_hand |= {"Mapping": Mapping, "Sequence": Sequence, "builtins": builtins}
    for name in ("list", "create", "add_many", "search", "delete"):
        assert typing.get_type_hints(getattr(resources.Notes, name), localns=at_hand)


def test_docstrings(notes: Any) -> None:
    assert inspect.getdoc(notes.list) == (
        """List the notes.

Args:
    note_kind: Only notes of this kind. Known values: "private", "shared"; any string is accepted.
    author_id: Format: uuid.
    limit: Notes per page. At least 1. At most 50. Default: 30.

Returns:
    The notes.

Confidence:
    low

Sources:
    invented"""
    )
    assert str(inspect.getdoc(notes.create)).splitlines()[0] == 'Write a "note" \\ with odd characters."'
    assert "NotFoundError: What the path or the body names does not exist." in str(inspect.getdoc(notes.delete))
    assert "Returns:\n    None. The response has no body." in str(inspect.getdoc(notes.delete))


def test_answers_promise_nothing(models: Any) -> None:
    note = models.Note.from_dict({"kind": "of a new kind", "author": {"name": None}, "tags": None, "new": 1})
    assert not note.id
    assert note.kind == "of a new kind"
    assert note.author.name is None
    assert note.tags is None
    assert note.additional_properties == {"new": 1}
    assert note.to_dict() == {"kind": "of a new kind", "author": {"name": None}, "tags": None, "new": 1}


def test_an_answer_is_decoded_as_described(resources: Any, sender: Sender, models: Any) -> None:
    notes = resources.Notes(sender)
    notes.list()
    assert sender.operation.parse([{"id": 1}]) == [models.Note(id=1)]
    notes.add_many(notes=[])
    assert sender.operation.parse("ok") == "ok"


def test_what_is_written_passes_mypy_strict(invented: Checkout, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--cache-dir", tmp_path, "-p", "heymarket_openapi"],
        cwd=invented.package.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


CLASH = """
paths:
  /v9/note/{noteID}:
    put:
      operationId: notes.update
      tags: [notes]
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      parameters:
        - {name: noteID, in: path, required: true, schema: {type: integer}}
      requestBody:
        content:
          application/json:
            schema: {type: object, properties: {note_id: {type: integer}}}
      responses:
        "200": {description: Nothing.}
"""


def test_two_arguments_of_one_name_are_refused(bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    (bare_checkout.root / "openapi/clash.yaml").write_text(CLASH, encoding="utf-8")

    assert bare_checkout.regenerate() == 1

    message = capsys.readouterr().err.splitlines()[0]
    assert message == (
        "openapi/clash.yaml:4: paths./v9/note/{noteID}.put: two arguments have the same name: note_id: rename the "
        "path's, whose name isn't sent, or add x-heymarket-name to one of them"
    )
