"""A page of the vendor's reference gives what the description has for it, but for the wording."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from codegen.bundle import Document, bundle
from describing import page
from describing.command import describe
from describing.endpoint import InputError
from describing.write import strip_decisions

from tests.scripts.checkout import ROOT
from tests.scripts.describing.conftest import HERE

if TYPE_CHECKING:
    from describing.block import Block
    from describing.known import Known

WORDING = {
    "description",
    "summary",
    "x-heymarket-columns",
    "x-heymarket-confidence",
    "x-heymarket-discrepancies",
    "x-heymarket-sources",
}
CHANNEL = "/v2/contact/{contactID}/channel/{channelType}"


def without_wording(part: Any, *, names: bool = False) -> Any:
    """A part without words and evidence; of an example, the type is kept."""
    if isinstance(part, list):
        return [without_wording(item) for item in part]
    if not isinstance(part, dict):
        return part
    return {
        key: type_of(value) if key == "example" and not names else without_wording(value, names=key == "properties")
        for key, value in part.items()
        if names or key not in WORDING
    }


def type_of(example: Any) -> Any:
    return {k: type_of(v) for k, v in example.items()} if isinstance(example, dict) else type(example)


def resolve(block: Block) -> Any:
    """The operation of a block, with the components in it and the shared responses of the root file."""
    root = bundle(ROOT / "openapi").data
    schemas = {**root["components"]["schemas"], **block.data.get("components", {}).get("schemas", {})}
    whole = {"paths": block.data["paths"], "components": {**root["components"], "schemas": schemas}}
    return Document(strip_decisions(whole), {}).resolved["paths"][block.path][block.method]


@pytest.fixture(scope="module")
def described() -> Any:
    return bundle(ROOT / "openapi").resolved["paths"][CHANNEL]["get"]


def test_a_page_gives_what_the_description_has_but_for_wording(nothing_known: Known, described: Any) -> None:
    block = describe((HERE / "endpoint-page.txt").read_text("utf-8"), nothing_known)
    assert block.path == CHANNEL
    assert set(block.data["components"]["schemas"]) == {"ChannelType", "ContactChannel"}
    assert without_wording(resolve(block)) == without_wording(described)


def test_a_page_shares_what_is_described_already(known: Known, described: Any) -> None:
    block = describe((HERE / "endpoint-page.txt").read_text("utf-8"), known, source="/api-reference/channels")
    assert block.data.keys() == {"paths"}
    operation = resolve(block)
    assert without_wording(operation) == without_wording(described)
    assert [p["example"] for p in operation["parameters"]] == [p["example"] for p in described["parameters"]]
    assert operation["x-heymarket-confidence"] == "low"
    assert operation["x-heymarket-sources"] == ["/api-reference/channels"]


def test_sections_give_parameters_and_fields_with_their_parts() -> None:
    endpoint = page.read((HERE / "campaigns-page.txt").read_text("utf-8"), [])
    assert (endpoint.method, endpoint.path, endpoint.title) == ("get", "/v2/campaigns", "List campaigns")
    limit, status = endpoint.parameters
    assert limit.schema["type"] == "integer"
    assert limit.description == "How many to return. Required range: 1 <= x <= 100. By default 30."
    assert (status.schema["enum"], status.schema["example"]) == (["draft", "sent"], "draft")
    assert [limit.required, status.required] == [False, False]
    assert endpoint.response is not None
    assert endpoint.response["properties"]["next"]["type"] == ["string", "null"]
    campaign = endpoint.response["properties"]["data"]["items"]["properties"]
    assert list(campaign) == ["id", "title", "status", "owner", "tags", "sent_at"]
    assert campaign["status"]["enum"] == ["draft", "sent"]
    assert campaign["owner"]["properties"]["email"]["description"] == "Email address of the owner"
    assert campaign["sent_at"]["format"] == "date-time"
    assert endpoint.response_description == "A page of campaigns"


def test_a_body_takes_types_from_the_fields_and_examples_from_the_command() -> None:
    text = (
        "POST\n/v2/notes\nCreate a note\n"
        'curl -X POST --url https://api.heymarket.com/v2/notes \\\n  --data \'{"text": "<string>", "pinned": true}\'\n'
        "Body\napplication/json\ntext\nstring\nrequired\nThe words\npinned\nboolean\nkinds\nenum<string>[]\n"
        "Available options: a, b\nResponse\n201\nid\ninteger\n"
    )
    endpoint = page.read(text, [])
    assert endpoint.body is not None
    assert endpoint.body["required"] == ["text"]
    assert endpoint.body["properties"]["pinned"] == {"type": "boolean", "example": True}
    assert endpoint.body["properties"]["kinds"]["items"]["enum"] == ["a", "b"]
    assert endpoint.status == "201"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GET\nsomething\nResponse\n", "copy it from its top"),
        ("GET\n/v2/notes\nList notes\n", "copy the whole page"),
    ],
)
def test_a_page_that_lacks_something_says_what_to_copy(text: str, expected: str) -> None:
    with pytest.raises(InputError, match=expected):
        page.read(text, [])
