"""Every row of the vocabulary: what is refused with file, line, path and advice, and what works."""

from __future__ import annotations

import copy
import datetime as dt
import importlib
import inspect
import json
import random
import re
import sys
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

import pytest
from codegen import build, resources, vocabulary_page, yaml_reader
from codegen.bundle import Document, bundle
from codegen.checks import check, check_vocabulary
from codegen.forms import Choice, Named, Pattern, Read, Refused
from codegen.generator_input import derive_generator_input
from codegen.normalization import normalize
from codegen.problems import DescriptionError
from codegen.static.query import encode_query
from codegen.vocabulary import OBJECTS

from heymarket._validation import validate
from tests.scripts.checkout import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEAD = """\
openapi: 3.1.0
info: {title: Invented, version: "1"}
servers: [{url: https://api.example.com}]
components: {}
"""
OPERATION = """\
paths:
  /v9/things:
    post:
      operationId: things.do
      tags: [things]
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      responses: {"200": {description: Done.}}
"""


def described(folder: Path, family: str, root: str = HEAD) -> Path:
    openapi = folder / "openapi"
    openapi.mkdir()
    (openapi / "heymarket.yaml").write_text(root, encoding="utf-8")
    (openapi / "things.yaml").write_text(family, encoding="utf-8")
    return openapi


def problems(openapi: Path) -> list[str]:
    """What the checks say, without generating anything."""
    try:
        written = bundle(openapi)
        check_vocabulary(written)
        check(normalize(written))
    except DescriptionError as error:
        return [str(problem) for problem in error.problems]
    return []


REFUSED = yaml_reader.read(ROOT / "tests/scripts/refused.yaml", "refused.yaml").data


@pytest.mark.parametrize("given", REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_file_line_path_and_advice(tmp_path: Path, given: dict[str, str]) -> None:
    message = next(message for message in problems(described(tmp_path, given["family"])) if given["message"] in message)

    line = next(number for number, line in enumerate(given["family"].splitlines(), 1) if given["word"] in line)
    assert message.startswith(f"openapi/things.yaml:{line}: ")


@pytest.mark.parametrize(
    ("root", "message"),
    [
        (HEAD.replace("3.1.0", "3.0.3"), "heymarket.yaml:1: openapi: 3.0.3 isn't supported: write it as OpenAPI 3.1"),
        (HEAD.replace("3.1.0", "3.2.0"), "heymarket.yaml:1: openapi: 3.2.0 isn't supported: write it as OpenAPI 3.1"),
        (
            HEAD.replace("servers: [", "servers: [{url: https://b.example.com}, "),
            "servers: one of servers is supported",
        ),
        (HEAD.replace("url:", "variables: {}, url:"), "variables isn't supported in a server: write the URL out"),
        (f"{HEAD}jsonSchemaDialect: x\n", "jsonSchemaDialect isn't supported in a document"),
        (
            HEAD.replace("{}", "{securitySchemes: {K: {type: oauth2, flows: {}}}}"),
            "type: oauth2 isn't supported: requests are signed with a bearer token, or with a key in a header",
        ),
    ],
)
def test_what_the_root_may_not_say(tmp_path: Path, root: str, message: str) -> None:
    assert message in "\n".join(problems(described(tmp_path, OPERATION, root)))


@pytest.mark.parametrize("name", ["more.yml", "more.json", "folder/more.yaml"])
def test_a_file_that_would_be_ignored_is_refused(tmp_path: Path, name: str) -> None:
    openapi = described(tmp_path, OPERATION)
    (openapi / name).parent.mkdir(exist_ok=True)
    (openapi / name).write_text("paths: {}\n", encoding="utf-8")

    assert problems(openapi) == [
        f"openapi/{name}:1: only *.yaml in openapi itself is read: rename this file, or move it"
    ]


HOLDERS = {
    "document": (),
    "info": ("info",),
    "server": ("servers", 0),
    "tag": ("tags", 0),
    "path": ("paths", "/x"),
    "operation": ("paths", "/x", "post"),
    "webhook": ("webhooks", "event"),
    "delivery": ("webhooks", "event", "post"),
    "parameter": ("paths", "/x", "post", "parameters", 0),
    "body": ("paths", "/x", "post", "requestBody"),
    "response": ("paths", "/x", "post", "responses", "200"),
    "media": ("paths", "/x", "post", "responses", "200", "content", "application/json"),
    "components": ("components",),
    "securityScheme": ("components", "securitySchemes", "A"),
    "schema": ("components", "schemas", "A"),
    "discriminator": ("components", "schemas", "A", "discriminator"),
    "discrepancy": ("paths", "/x", "post", "x-heymarket-discrepancies", 0),
    "pagination": ("paths", "/x", "post", "x-heymarket-pagination"),
}
"""Where each object is in an otherwise empty description."""


def made(name: str, key: str, value: Any) -> dict[str, Any]:
    """A description that has nothing but one key of one object."""
    document: dict[str, Any] = {}
    part: Any = document
    steps = HOLDERS[name]
    for step, after in zip(steps, [*steps[1:], ""], strict=False):
        inner: Any = [{}] if after == 0 else {}
        if isinstance(part, list):
            part = part[0]
        else:
            part[step] = inner
            part = inner
    (part[0] if isinstance(part, list) else part)[key] = value
    return document


def refusals() -> Iterator[tuple[str, str, Any, str]]:
    """Every refusal of the vocabulary: the object, the key, its value and the reason."""
    for name, keys in OBJECTS.items():
        for key, rule in keys.items():
            if isinstance(rule, Refused):
                yield name, key, {}, rule.reason
            elif isinstance(rule, Read):
                form = rule.form.names if isinstance(rule.form, Named) else rule.form
                for value, reason in form.refused.items() if isinstance(form, Choice | Pattern) else ():
                    given: Any = False if value == "false" else value or "other"
                    yield name, key, {given: {}} if isinstance(rule.form, Named) else given, reason


@pytest.mark.parametrize(("name", "key", "value", "reason"), [*refusals()])
def test_every_row_that_is_refused_says_why(tmp_path: Path, name: str, key: str, value: Any, reason: str) -> None:
    openapi = tmp_path / "openapi"
    openapi.mkdir()
    text = json.dumps(made(name, key, value), indent=1)
    (openapi / "heymarket.yaml").write_text(text, encoding="utf-8")

    found = [message for message in problems(openapi) if reason in message]

    line = next(number for number, line in enumerate(text.splitlines(), 1) if f'"{key}"' in line)
    assert found
    assert re.match(rf"openapi/heymarket\.yaml:({line}|{line + 1}): \S*{re.escape(key)}", found[0])


@pytest.mark.parametrize("name", OBJECTS)
def test_an_unknown_key_of_every_object_is_refused(tmp_path: Path, name: str) -> None:
    openapi = tmp_path / "openapi"
    openapi.mkdir()
    (openapi / "heymarket.yaml").write_text(json.dumps(made(name, "zzz", 1)), encoding="utf-8")

    assert any("zzz isn't known in a" in message for message in problems(openapi))


def test_the_guide_shows_the_vocabulary() -> None:
    guide = (ROOT / "docs/growing-the-api.md").read_text(encoding="utf-8")

    assert vocabulary_page.render_page() in guide


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory: pytest.TempPathFactory) -> Document:
    family = (ROOT / "tests/scripts/every_kind.yaml").read_text(encoding="utf-8")
    return bundle(described(tmp_path_factory.mktemp("kinds"), family))


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The resource of a package with one of every kind that is supported."""
    folder = tmp_path_factory.mktemp("kinds")
    openapi = described(folder, (ROOT / "tests/scripts/every_kind.yaml").read_text(encoding="utf-8"))
    (openapi / "templates").symlink_to(ROOT / "openapi/templates")
    (openapi / "generator.yaml").symlink_to(ROOT / "openapi/generator.yaml")
    build.build_package(openapi, folder / "kinds_openapi", folder / "pages")
    sys.path.insert(0, str(folder))
    yield importlib.import_module("kinds_openapi.resources.things")
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == "kinds_openapi"]:
        del sys.modules[name]


class Sender:
    """Returns the request in place of the response."""

    def send(self, operation: Any, arguments: dict[str, Any]) -> Any:
        request = operation.build(**arguments)
        return operation, {name: request[name] for name in ("url", "params", "json") if name in request}


@pytest.fixture
def things(kinds: Any) -> Any:
    return kinds.Things(Sender())


DAY = dt.date(2024, 1, 2)
MOMENT = dt.datetime(2024, 1, 2, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("method", "values", "keywords", "request_"),
    [
        (
            "on_day", (DAY, MOMENT, 1.5, True), {},
            {"url": "/v9/days/2024-01-02/2024-01-02T00%3A00%3A00%2B00%3A00/1.5/true"},
        ),
        ("query", (), {"since": DAY}, {"params": {"since": "2024-01-02", "priority": 1}}),
        (
            "query",
            (),
            {"since": DAY, "kinds": ["txt", "new"], "ids": [1], "page_size": 3, "top": 4, "filter_x": "a", "url_": "u",
             "headers_": "h", "cast": "c", "isinstance_": "txt", "another": "b", "priority": 2},
            {"params": {"since": "2024-01-02", "kinds": ["txt", "new"], "priority": 2, "ids[]": [1], "page-size": 3,
             "$top": 4, "filter[x]": "a", "url": "u", "headers": "h", "cast": "c", "isinstance": "txt",
             "as_argument": "b"}},
        ),
        (
            "shared",
            (),
            {"kind": "sms", "type_": "t", "links": {"a.b": "x"}, "kinds": ["TXT"], "prio": 1, "d_": "d",
             "part": {"color": "x"}, "trees": [{"color": "y"}], "nested": [[{"color": "z"}]], "days": [DAY], "to": "1"},
            {"json": {"kind": "sms", "@type": "t", "_links": {"a.b": "x"}, "kinds": ["TXT"], "prio": 1, "d": "d",
             "part": {"color": "x"}, "trees": [{"color": "y"}], "nested": [[{"color": "z"}]], "days": ["2024-01-02"],
             "to": "1"}},
        ),
        ("add_many", (), {"items": [{"name": "a"}]}, {"json": [{"name": "a"}]}),
        ("free", (), {"fields": {"a": 1}}, {"json": {"a": 1}}),
        ("joined", (), {"name": "a", "local_id": "b"}, {"json": {"localId": "b", "name": "a"}}),
        ("patch", (), {"items": [{"op": "add", "count": 1}]}, {"json": [{"op": "add", "count": 1}]}),
        ("note", (), {"content": b"text"}, {"json": b"text"}),
    ],
)  # fmt: skip
def test_arguments_are_sent_under_the_names_of_the_service(
    things: Any, method: str, values: tuple[Any, ...], keywords: dict[str, Any], request_: dict[str, Any]
) -> None:
    _, sent = getattr(things, method)(*values, **keywords)

    assert {name: sent[name] for name in request_} == request_


@pytest.mark.parametrize(
    ("method", "argument", "annotation"),
    [
        ("query", "kinds", "Sequence[Kind | str] | Unset"),
        ("query", "order", "ThingsQueryOrder | str | Unset"),
        ("query", "priority", "int | Unset"),
        ("shared", "kind", "Literal['sms']"),
        ("shared", "links", "ThingsSharedBodyLinks | Mapping[str, Any] | Unset"),
        ("shared", "part", "Leaf | Mapping[str, Any] | Tree | Unset"),
        ("shared", "nested", "Sequence[Sequence[Leaf | Mapping[str, Any]]] | Unset"),
        ("add_many", "items", "Sequence[Tree | Mapping[str, Any]] | Unset"),
        ("free", "fields", "Mapping[str, Any]"),
        ("note", "content", "FileContent | Unset"),
        ("joined", "local_id", "str | Unset"),
    ],
)
def test_annotations(things: Any, method: str, argument: str, annotation: str) -> None:
    found = inspect.signature(getattr(things, method)).parameters[argument].annotation

    assert set(found.replace("models.", "").split(" | ")) == set(annotation.split(" | "))


@pytest.mark.parametrize("method", ["add_many", "patch", "note"])
def test_a_body_that_is_not_required_may_be_left_out(things: Any, method: str) -> None:
    assert "json" not in getattr(things, method)()[1]
    with pytest.raises(TypeError):
        things.free()


def test_a_body_may_fit_several_objects_that_nothing_tells_apart(every_kind: Document) -> None:
    body = next(one.body for one in normalize(every_kind).operations() if one.item["operationId"] == "things.shared")
    assert "anyOf" in body["properties"]["target"]
    assert "oneOf" in body["properties"]["part"]


def test_media_types(things: Any) -> None:
    assert things.patch(items=[])[0].media == "application/json-patch+json"
    assert things.note(content=b"")[0].media == "text/plain"


def test_rules_of_lists(things: Any) -> None:
    assert things.add_many(items=[])[0].rules.at_most == {"": 2}
    assert things.query(since=DAY)[0].rules.formats == {"?phones[]": "phone"}
    assert things.shared(kind="sms")[0].rules.formats == {"to": "phone"}


def test_the_query_has_the_styles_of_the_description(things: Any) -> None:
    operation, sent = things.styled(
        filter_={"color": "x", "phone": "1"}, leaf={"color": "y"}, map_={"a": 1}, two=["a", "b"], days=[DAY, DAY],
        ids=[1, 2], tags=["a", "b"], where={"to": ["+1 415 555 0100"]},
    )  # fmt: skip
    assert operation.rules.formats == {"?filter.phone": "phone", "?where.to[]": "phone"}
    assert encode_query(sent["params"], operation.styles) == (
        "filter%5Bcolor%5D=x&filter%5Bphone%5D=1&color=y&map=a,1&two=a%7Cb&days=2024-01-02,2024-01-02&ids=1%202"
        "&tags=a&tags=b&where=%7B%22to%22%3A%5B%22%2B1+415+555+0100%22%5D%7D"
    )
    validate(operation.rules, None, params := {"where": {"to": ["+1 415 555 0100"]}}, 0)
    assert params == {"where": {"to": ["14155550100"]}}
    assert things.styled(two="a")[1]["params"] == {"two": "a"}, "the default of ids is the service's to apply"


@pytest.mark.parametrize(
    ("method", "fields", "problem"),
    [
        ("add_many", {"items": [{"name": "a", "nam": "b"}]}, "items[0].nam is not described. Did you mean name?"),
        (
            "add_many",
            {"items": [{"name": "a", "children": [{"name": "b", "children": [{"childen": []}]}]}]},
            "items[0].children[0].children[0].childen is not described. Did you mean children?",
        ),
        ("shared", {"nested": [[{"color": "x", "colour": "y"}]]}, "nested[0][0].colour is not described. Did you mean"),
        ("shared", {"part": {"name": "a", "color": "x", "other": "b"}}, "part.other is not described. Its fields are"),
        ("shared", {"part": {"name": "a", "color": "x", "children": []}}, ""),
        ("shared", {"links": {"a.b": "x", "any": "y"}}, "_links.any is not described. Its fields are a.b."),
        ("shared", {"links": {"a.b": "x"}}, ""),
        ("shared", {"target": {"at": {"url": "x"}}}, ""),
        ("shared", {"target": {"at": {"list": "x"}}}, ""),
        ("shared", {"target": {"at": {"lists": "x"}}}, "target.at.lists is not described. Did you mean list?"),
        ("free", {"fields": {"any": 1}}, ""),
    ],
)
def test_fields_that_are_not_described_are_found(things: Any, method: str, fields: Any, problem: str) -> None:
    undescribed = importlib.import_module("kinds_openapi.undescribed")
    required = {"kind": "sms"} if method == "shared" else {}
    operation, sent = getattr(things, method)(**required, **fields)
    assert undescribed.find_undescribed(operation, sent["json"]).startswith(problem)
    assert bool(undescribed.find_undescribed(operation, sent["json"])) is bool(problem)
    if operation.body[1]:
        operation, _ = getattr(things, method)(**required, **fields, allow_undescribed=True)
        assert not undescribed.find_undescribed(operation, sent["json"])


def test_annotations_can_be_evaluated(kinds: Any) -> None:
    models = importlib.import_module("kinds_openapi.models")
    for name in models.__all__:
        get_type_hints(getattr(models, name))
    for resource in (kinds.Things, kinds.AsyncThings):
        for method in vars(resource).values():
            if inspect.isfunction(method):
                inspect.signature(method, eval_str=True)
    children, unset = get_args(get_type_hints(models.Tree)["children"])
    assert (get_args(children), unset) == ((models.Tree,), kinds.Unset)


def test_a_response_is_decoded_however_it_is_described(things: Any) -> None:
    parsed = things.query(since=DAY)[0].parse(
        {"@id": "1", "admin": None, "admins": [None, {"avatar": {"u": "x"}}], "prio": 3, "kinds": ["TXT"],
         "part": {"kind": "b", "other": "1"}, "leaf": {"s": "x"}, "only": "TXT", "numbered": {"size": 2, "two": "x"}}
    )  # fmt: skip
    assert (parsed.only, parsed.numbered.two) == ("TXT", "x")
    assert (parsed.id, parsed.admin, parsed.admins[1].avatar.u, parsed.prio) == ("1", None, "x", 3)
    assert (parsed.kinds, parsed.part.other, type(parsed.leaf).__name__) == (["TXT"], "1", "Shared")
    joined = things.joined(name="a")[0].parse({"b1": "x"})
    assert (bool(joined.a1), joined.b1) == (False, "x")
    assert things.add_many(items=[])[0].parse(["no UUID"]) == ["no UUID"]


def test_docstrings_tell_of_limits(things: Any) -> None:
    assert "filter_x: At most 5 characters. Pattern: a+." in things.query.__doc__
    assert "priority: Deprecated. One of 1, 2. Default: 1." in things.query.__doc__


def test_an_error_that_no_check_foresaw_names_the_operation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    openapi = described(tmp_path, OPERATION + OPERATION.removeprefix("paths:\n").replace("things", "others"))
    (openapi / "generator.yaml").symlink_to(ROOT / "openapi/generator.yaml")

    original = resources.read_resources

    def fail(document: Any, package: Path, load: Any) -> Any:
        if "/v9/others" in document.data["paths"]:
            raise RuntimeError("unforeseen")
        return original(document, package, load)

    monkeypatch.setattr(build, "read_resources", fail)
    with pytest.raises(DescriptionError) as caught:
        build.build_package(openapi, tmp_path / "package", tmp_path / "pages")

    assert str(caught.value).startswith(
        "openapi/things.yaml:10: paths./v9/others.post: this passes all checks, and still can't be generated "
        "(RuntimeError: unforeseen). That is a mistake of scripts/regenerate: report it"
    )


JUNK = [5, [], {}, None, "x", True, 1.5, "", [1], ["x"], [{}], {"a": 1}, {"$ref": 5},
        {"$ref": "#/components/schemas/Tree"}, {"type": "object"}, {"type": "array"}]  # fmt: skip


def paths_of(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield (*path, key)
        yield from paths_of(value, (*path, key))


@pytest.mark.parametrize("seed", range(40))
def test_no_description_ends_in_a_traceback(every_kind: Document, seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311  # not a secret
    data = copy.deepcopy(every_kind.data)
    *around, last = choose.choice(
        [*paths_of(data["paths"], ("paths",)), *paths_of(data["components"], ("components",))]
    )
    part: Any = data
    for step in around:
        part = part[step]
    part[last] = choose.choice(JUNK)
    try:
        written = Document(data, every_kind.places)
        check_vocabulary(written)
        document = normalize(written)
        check(document)
        derive_generator_input(document)
    except DescriptionError:
        return  # which is an answer
