"""A mistake in the description: one clear message with file, line and path, exit 1, and the old package untouched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.scripts.checkout import Checkout

FAMILY = "openapi/contact-channels.yaml"
GET = "paths./v2/contact/{contactID}/channel/{channelType}.get"
PARAMETER = """\
        - name: contactID
          in: path
          required: true
          description: UUID of the contact.
          schema:
            type: string
            format: uuid
          example: 00000000-0000-4000-8000-000000000001
"""
SECOND_OPERATION = """
  /v2/other/{contactID}:
    get:
      operationId: contact_channels.get
      tags: [contact_channels]
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      parameters:
        - {name: contactID, in: path, required: true, schema: {type: string}}
      responses:
        "200": {description: Nothing.}
components:"""


@dataclass
class Mistake:
    """An edit of the family file, and what has to be said of it."""

    old: str
    new: str
    line_with: str
    message: str
    occurrence: int = 1


MISTAKES = {
    "not YAML": Mistake("  /v2", "  /v2: [", "  /v2", ""),
    "tab": Mistake("      tags:", "\ttags:", "\ttags:", ": this isn't YAML: while scanning"),
    "unquoted no": Mistake(
        "[phone, email, facebook]",
        "[phone, email, no]",
        "[phone, email, no]",
        'components.schemas.ChannelType.anyOf.0.enum.2: some parsers read an unquoted no as a boolean: write "no"',
    ),
    "unquoted on as a key": Mistake("        team_id:", "        on:", "        on:", "unquoted on"),
    "boolean among texts": Mistake(
        "[phone, email, facebook]",
        "[phone, email, true]",
        "[phone, email, true]",
        'components.schemas.ChannelType.anyOf.0.enum.2: true isn\'t of type string: put it in quotes, "true"',
    ),
    "number as a text's example": Mistake(
        'example: "15555550100"',
        "example: 15555550100",
        "example: 15555550100",
        "components.schemas.ContactChannel.properties.channel_id.example: 15555550100 isn't of type string: put it in "
        'quotes, "15555550100"',
    ),
    "text as a number's example": Mistake(
        "example: 1001", 'example: "1001"', 'example: "1001"', 'id.example: "1001" isn\'t of type integer'
    ),
    "number as an example beside the schema": Mistake(
        "example: 00000000-0000-4000-8000-000000000001",
        "example: 5",
        "example: 5",
        f"{GET}.parameters.0.example: 5 isn't of type string",
    ),
    "unquoted date": Mistake(
        'example: "2024-01-02T03:04:05Z"',
        "example: 2024-01-02T03:04:05Z",
        "example: 2024-01-02T03:04:05Z",
        "created.example: 2024-01-02T03:04:05Z is read as a timestamp: put it in quotes",
    ),
    "unquoted status": Mistake(
        '"200":', "200:", "200:", f'{GET}.responses: the key 200 isn\'t a string: put it in quotes, "200"'
    ),
    "duplicate key": Mistake(
        "      summary:",
        "      summary: Twice.\n      summary:",
        "      summary:",
        f"{GET}.summary: this key is already in line 10: remove one of the two",
        occurrence=2,
    ),
    "merge key": Mistake("          type: integer", "          <<: {type: integer}", "<<", "`<<` isn't supported"),
    "misplaced key": Mistake("tags:\n", "servers: []\ntags:\n", "servers", "everything else goes to heymarket.yaml"),
    "missing operationId": Mistake(
        "      operationId: contact_channels.get\n",
        "",
        "    get:",
        f"{GET}: operationId is missing: write operationId: contact_channels.<method>",
    ),
    "operationId of another form": Mistake(
        "operationId: contact_channels.get",
        "operationId: getContactChannel",
        "operationId: getContactChannel",
        f"{GET}.operationId: getContactChannel isn't of the form contact_channels.<method>",
    ),
    "method that is a keyword": Mistake(
        "contact_channels.get", "contact_channels.import", "operationId", "isn't of the form contact_channels.<method>"
    ),
    "tag that can't be an attribute": Mistake(
        "tags: [contact_channels]", "tags: [Contact Channels]", "tags: [C", f"{GET}.tags: one tag is needed"
    ),
    "duplicate operationId": Mistake(
        "components:",
        SECOND_OPERATION,
        "operationId: contact_channels.get",
        f"get.operationId: contact_channels.get is already the name of the operation at {FAMILY}:8",
        occurrence=2,
    ),
    "duplicate path": Mistake(
        "components:",
        SECOND_OPERATION.replace("/v2/other/{contactID}", "/v2/contact/{contactID}/channel/{other}")
        .replace("contact_channels.get", "contact_channels.other")
        .replace(
            "      parameters:", "      parameters:\n        - {name: other, in: path, required: true, schema: {}}"
        ),
        "    get:",
        f"this method of the same path is already described at {FAMILY}:7",
        occurrence=2,
    ),
    "dangling reference": Mistake(
        "schemas/ContactChannel",
        "schemas/ContactChanel",
        "schemas/ContactChanel",
        "schema.$ref: #/components/schemas/ContactChanel isn't described",
    ),
    "reference to itself": Mistake(
        "  schemas:",
        '  schemas:\n    Round:\n      $ref: "#/components/schemas/Round"',
        '$ref: "#/components/schemas/Round"',
        "components.schemas.Round.$ref: #/components/schemas/Round leads back to itself",
    ),
    "boolean as a schema": Mistake(
        "          schema:\n            type: string\n            format: uuid\n",
        "          schema: true\n",
        "schema: true",
        "parameters.0.schema: a schema that is a boolean says nothing",
    ),
    "path parameter not declared": Mistake(
        PARAMETER, "", "parameters:", f"{GET}.parameters: the path has {{contactID}}: add a parameter with this name"
    ),
    "declared parameter not in the path": Mistake(
        "channel/{channelType}:", "channel:", "name: channelType", "parameters.1: channelType isn't in the path: write"
    ),
    "cookie parameter": Mistake("in: path", "in: cookie", "in: cookie", "in path, query or header, not in cookie"),
    "parameter name that can't be a Python name": Mistake(
        "name: contactID", "name: contact-id", "name: contact-id", "'contact-id' can't become a Python name"
    ),
    "property name that can't be a Python name": Mistake(
        "        info_channel:\n", '        "$$":\n', '"$$":', "'$$' can't become a Python name: add x-heymarket-name"
    ),
    "component name that can't be a class name": Mistake(
        "components:\n  schemas:\n",
        "components:\n  schemas:\n    odd-name: {type: string}\n",
        "odd-name",
        "components.schemas.odd-name: odd-name can't become a class name",
    ),
    "schema named like a resource": Mistake(
        "components:\n  schemas:\n",
        "components:\n  schemas:\n    ContactChannels: {type: object}\n",
        "    ContactChannels:",
        "components.schemas.ContactChannels: ContactChannels is the name of a resource's class",
    ),
    "member named like its schema": Mistake(
        "        info_channel:\n",
        "        contact_channel:\n",
        "        contact_channel:",
        "components.schemas.ContactChannel.properties.contact_channel: ContactChannel has a property of its own name",
    ),
    "missing confidence": Mistake(
        "      x-heymarket-confidence: high\n", "", "    get:", "say how certain it is: x-heymarket-confidence"
    ),
    "unknown confidence": Mistake("confidence: high", "confidence: sure", "confidence: sure", "high, medium or low"),
    "missing sources": Mistake("x-heymarket-sources:", "x-sources:", "    get:", "say where this comes from"),
    "discrepancy without text": Mistake("          says: The", "          sayz: The", "sayz", "did you mean says?"),
    "no success": Mistake('        "200":', '        "300":', "responses:", "a success has to be described"),
    "a range of successes": Mistake('        "200":', '        "2XX":', "2XX", "by its status, such as 200"),
    "body that is a stream": Mistake(
        "      responses:",
        "      requestBody: {content: {text/event-stream: {schema: {type: string}}}}\n      responses:",
        "requestBody",
        "streams aren't supported yet",
    ),
    "parameter without required": Mistake(
        "          required: true\n", "", "name: contactID", "this isn't OpenAPI 3.1: 'required' is a required property"
    ),
    "unknown JSON type": Mistake("type: integer", "type: int", "type: int", "this isn't JSON Schema: 'int' is not"),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES.keys())
def test_one_clear_message(bare_checkout: Checkout, capsys: pytest.CaptureFixture[str], mistake: Mistake) -> None:
    bare_checkout.edit(FAMILY, mistake.old, mistake.new)

    assert bare_checkout.regenerate() == 1

    message, ending = capsys.readouterr().err.splitlines()
    line = bare_checkout.line(FAMILY, mistake.line_with, mistake.occurrence)
    assert message.startswith(f"{FAMILY}:{line}: ")
    assert mistake.message in message
    assert ending == "generated/heymarket_openapi is unchanged."
    assert bare_checkout.contents() == {"old.py": b""}


def test_the_same_component_in_two_families(bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    other = bare_checkout.root / "openapi/notes.yaml"
    other.write_text("components:\n  schemas:\n    ContactChannel:\n      type: object\n", encoding="utf-8")
    first = bare_checkout.line(FAMILY, "    ContactChannel:")

    assert bare_checkout.regenerate() == 1

    assert capsys.readouterr().err.splitlines()[0] == (
        f"openapi/notes.yaml:3: components.schemas.ContactChannel: already described at {FAMILY}:{first}: remove one"
    )


def test_the_same_path_in_two_families(bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    other = bare_checkout.root / "openapi/notes.yaml"
    other.write_text("paths:\n  /v2/contact/{contactID}/channel/{channelType}: {}\n", encoding="utf-8")

    assert bare_checkout.regenerate() == 1

    message = capsys.readouterr().err.splitlines()[0]
    assert message.startswith("openapi/notes.yaml:2: paths./v2/contact/{contactID}/channel/{channelType}: already")


def test_several_mistakes_are_told_at_once_in_the_order_of_the_file(
    bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    bare_checkout.edit(FAMILY, "      x-heymarket-confidence: high\n", "")
    bare_checkout.edit(FAMILY, "name: contactID", "name: contact")

    assert bare_checkout.regenerate() == 1

    messages = capsys.readouterr().err.splitlines()[:-1]
    assert len(messages) == 2
    assert messages == sorted(messages, key=lambda message: int(message.split(":")[1]))


def test_two_models_of_one_name_name_the_operation(bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    inline = "type: object\n                properties: {part: {type: object, properties: {a: {type: string}}}}\n"
    bare_checkout.edit(FAMILY, '                $ref: "#/components/schemas/ContactChannel"\n', f"{' ' * 16}{inline}")
    bare_checkout.edit(
        FAMILY,
        "  schemas:\n",
        "  schemas:\n    ContactChannelsGetResponse200Part: {type: object, properties: {b: {type: string}}}\n",
    )

    assert bare_checkout.regenerate() == 1

    message = capsys.readouterr().err.splitlines()[0]
    said = "its model would be called ContactChannelsGetResponse200Part, as a schema is: "
    assert message.startswith(f"{FAMILY}:{bare_checkout.line(FAMILY, '    get:')}: {GET}: {said}")
    assert bare_checkout.contents() == {"old.py": b""}
