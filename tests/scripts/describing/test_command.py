"""scripts/describe: what it prints, what it adds to a file, and what it refuses."""

from __future__ import annotations

import io
import json
import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from codegen.bundle import bundle
from codegen.checks import check
from describing import bootstrap, command
from describing.naming import plural, propose_operation, singular

from tests.scripts.checkout import ROOT
from tests.scripts.describing.conftest import HERE

if TYPE_CHECKING:
    from pathlib import Path

CALL = """curl -X POST 'https://api.heymarket.com/v2/campaign/88419922/recipients?note=planted' \\
  -H 'Authorization: Bearer planted' -d '{"phone": "+14155552671", "name": "Planted Roe", "vip": null}'
HTTP/1.1 201 Created
{"id": 88419922, "title": "Sale for Planted Roe", "owner": {"email": "planted@acme.example"}, "status": "queued",
 "by_number": {"14155552671": 1}, "key": "AC88419922planted", "sent_at": "2019-05-06T07:08:09Z"}
"""

CHANNELS = "/v2/contact/3c90c3cc-0d44-4b50-8888-8dd25736052a/channels"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout whose description has one family, so that its checks are quick."""
    (tmp_path / "openapi").mkdir()
    for name in ("heymarket.yaml", "generator.yaml", "contact-channels.yaml"):
        shutil.copy(ROOT / "openapi" / name, tmp_path / "openapi")
    return tmp_path


def run(root: Path, text: str, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    return command.run(bootstrap.parse_arguments(list(arguments)), root)


def test_nothing_of_a_sample_is_written(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(root, CALL, monkeypatch=monkeypatch) == 0
    printed = capsys.readouterr()
    for value in ("planted", "Planted", "4155552671", "8841", "2019", "acme"):
        assert value not in printed.out + printed.err
    assert "15555550100" in printed.out
    assert (
        "status:\n          # decide: which values are there?\n          type: string\n          example: queued"
        in printed.out
    )


def test_every_decision_is_a_comment_and_a_line(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, CALL, monkeypatch=monkeypatch)
    printed = capsys.readouterr()
    comments = re.findall(r"# decide: (.*)", printed.out)
    lines = re.findall(r"^decide: \S+: (.*)", printed.err, re.MULTILINE)
    assert sorted(comments) == sorted(lines)
    assert len(lines) > 5
    assert "campaign_recipients.create: for openapi/campaign-recipients.yaml" in printed.err


def test_a_block_is_added_with_every_other_line_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    family = root / "openapi/contact-channels.yaml"
    before = family.read_text("utf-8")
    without = re.sub(r"    get:\n      operationId: contact_channels.get\n(.|\n)*?(?=    delete:)", "", before, count=1)
    family.write_text(without, encoding="utf-8")
    page = (HERE / "endpoint-page.txt").read_text("utf-8")
    assert run(root, page, "--into", str(family), monkeypatch=monkeypatch) == 0
    after = family.read_text("utf-8").splitlines()
    rest = iter(after)
    assert all(line in rest for line in without.splitlines())
    document = bundle(root / "openapi")
    check(document)
    assert "contact_channels.get" in {operation.item["operationId"] for operation in document.operations()}


def test_components_are_added_in_order_and_a_new_file_has_all(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = CALL.replace("/campaign/88419922/recipients", "/contact/88419922/uses")
    family = root / "openapi/contact-channels.yaml"
    assert run(root, text, "--into", str(family), "--tag", "contact_channels", monkeypatch=monkeypatch) == 0
    names = re.findall(r"^    ([A-Z]\w+):", family.read_text("utf-8"), re.MULTILINE)
    assert names == sorted(names)
    assert run(root, CALL, "--into", str(root / "openapi/campaigns.yaml"), monkeypatch=monkeypatch) == 0
    assert (root / "openapi/campaigns.yaml").read_text("utf-8").startswith("# Campaigns.\ntags:\n")
    check(bundle(root / "openapi"))


@pytest.mark.parametrize(
    ("text", "arguments", "expected"),
    [
        ("hello", [], "neither a page"),
        (CALL, ["--operation", "GET /x"], "--operation is for an OpenAPI file"),
        (CALL, ["--into", "elsewhere.yaml"], "--into names a .yaml file in openapi/"),
        (
            f"curl https://h.example{CHANNELS}",
            ["--into", "openapi/contact-channels.yaml"],
            "describes this operation already",
        ),
        (
            f"curl -X PUT https://h.example{CHANNELS}",
            ["--into", "openapi/new.yaml"],
            "use --into openapi/contact-channels",
        ),
        ("", ["missing.txt"], "can't be read"),
    ],
)
def test_a_refusal_says_what_to_do_and_changes_nothing(
    root: Path,
    text: str,
    arguments: list[str],
    expected: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(root)
    before = {file: file.read_bytes() for file in (root / "openapi").glob("*.yaml")}
    assert run(root, text, *arguments, monkeypatch=monkeypatch) == 1
    assert expected in capsys.readouterr().err
    assert {file: file.read_bytes() for file in (root / "openapi").glob("*.yaml")} == before


def test_says_what_regenerate_will_refuse(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = {"type": "object", "properties": {"pair": {"type": "array", "prefixItems": [{"type": "string"}]}}}
    response = {"description": "", "content": {"application/json": {"schema": schema}}}
    get = {"responses": {"200": response}}
    document = {"openapi": "3.1.0", "paths": {"/v3/people": {"get": get}}}
    assert run(root, json.dumps(document), monkeypatch=monkeypatch) == 0
    assert "regenerate will refuse this: openapi/peoples.yaml:" in capsys.readouterr().err


@pytest.mark.parametrize("wanted", ["listParcels", "createParcel", "listEvents"])
def test_operations_of_an_openapi_file_pass_the_checks(
    root: Path, wanted: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (HERE / "vendor.yaml").read_text("utf-8")
    assert run(root, text, "--operation", wanted, monkeypatch=monkeypatch) == 0
    printed = capsys.readouterr()
    assert "refuse" not in printed.err
    assert "Elm Street" not in printed.out
    assert "Jane" not in printed.out


def test_descriptions_of_several_lines_are_added_to_a_file_that_is_there(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = ("--into", str(root / "openapi/tickets.yaml"))
    for path in ("/v2/tickets/{one}", "/v2/tickets/{other}/{one}"):
        parameters = [
            {"name": name, "in": "path", "required": True, "description": "A line. \n\n* And more", "schema": {}}
            for name in ("one", "other") if f"{{{name}}}" in path
        ]  # fmt: skip
        operation = {"parameters": parameters, "responses": {"200": {"description": "It"}}}
        document = {"openapi": "3.1.0", "paths": {path: {"get": operation}}}
        assert run(root, json.dumps(document), *into, monkeypatch=monkeypatch) == 0
    described = bundle(root / "openapi").data["paths"]
    assert {described[path]["get"]["operationId"] for path in described if "ticket" in path} == {
        "tickets.get",
        "tickets.get_v2",
    }


def test_a_name_that_is_taken_by_another_schema_gets_another(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schema = {"$ref": "#/components/schemas/ContactChannel"}
    document: dict[str, Any] = {
        "openapi": "3.1.0",
        "paths": {
            "/v3/people": {
                "get": {"responses": {"200": {"description": "", "content": {"application/json": {"schema": schema}}}}}
            }
        },
        "components": {"schemas": {"ContactChannel": {"type": "object", "properties": {"ref": schema}}}},
    }
    assert run(root, json.dumps(document), "--into", str(root / "openapi/people.yaml"), monkeypatch=monkeypatch) == 0
    described = bundle(root / "openapi").data["components"]["schemas"]
    assert described["ContactChannel2"]["properties"]["ref"] == {"$ref": "#/components/schemas/ContactChannel2"}
    assert "ref" not in described["ContactChannel"]["properties"]


@pytest.mark.parametrize(
    ("method", "path", "title", "expected"),
    [
        ("get", "/v2/contact/{contactID}/channel/{channelType}", "Retrieve Channel", ("contact_channels", "get")),
        ("post", "/v1/message/send", "Send Message", ("messages", "send")),
        ("post", "/v1/contacts/search", "", ("contacts", "search")),
        ("post", "/v1/tags", "List tags", ("tags", "list")),
        ("put", "/v1/list/{id}", "", ("lists", "update")),
        ("delete", "/v1/companies/{id}", "Delete a company", ("companies", "delete")),
        ("get", "/parcelBoxes", "", ("parcel_boxes", "get")),
        ("get", "/media/:id/info", "", ("media_infos", "get")),
        ("get", "/v3/:id", "", ("things", "get")),
    ],
)
def test_proposes_tag_and_name(method: str, path: str, title: str, expected: tuple[str, str]) -> None:
    assert propose_operation(method, path, title, many=False) == expected


@pytest.mark.parametrize("noun", ["contact", "company", "box", "status", "address", "survey"])
def test_plurals_lead_back(noun: str) -> None:
    assert singular(plural(noun)) == noun
