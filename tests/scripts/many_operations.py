"""An invented description of as many operations as are wanted, in families like the real ones.

Each resource has kinds of records, and each kind five operations: a list that comes in pages, one that creates, and
three on one record. Their bodies and answers have enums, times, nested parts and arrays of them.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from string import Template

OPERATIONS_OF_A_KIND = 5
_ROOT = Path(__file__).resolve().parents[2]

_FAMILY = Template("""\
tags:
  - name: $tag
    description: Records of $tag, invented.
""")

_KIND_PATHS = Template("""\
  /v9/$tag/$kind:
    post:
      operationId: $tag.create_$kind
      tags: [$tag]
      summary: Create a record.
      description: The record is kept until it is deleted.
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      x-heymarket-idempotent-by: local_id
      requestBody:
        required: true
        content:
          application/json:
            schema: {$$ref: "#/components/schemas/${name}Write"}
      responses:
        "200":
          description: The record.
          content:
            application/json:
              schema: {$$ref: "#/components/schemas/$name"}
        "400": {$$ref: "#/components/responses/BadRequest"}
        "401": {$$ref: "#/components/responses/Unauthorized"}
        "403": {$$ref: "#/components/responses/Forbidden"}
        "429": {$$ref: "#/components/responses/TooManyRequests"}
        "500": {$$ref: "#/components/responses/ServerError"}
  /v9/$tag/$kind/list:
    post:
      operationId: $tag.list_$kind
      tags: [$tag]
      summary: List the records, the newest first.
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      x-heymarket-safe-to-repeat: true
      x-heymarket-pagination: {cursor: date, from: updated, size: 30}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$$ref: "#/components/schemas/${name}Query"}
      responses:
        "200":
          description: A page of records.
          content:
            application/json:
              schema:
                type: array
                items: {$$ref: "#/components/schemas/$name"}
        "401": {$$ref: "#/components/responses/Unauthorized"}
        "403": {$$ref: "#/components/responses/Forbidden"}
        "429": {$$ref: "#/components/responses/TooManyRequests"}
        "500": {$$ref: "#/components/responses/ServerError"}
  /v9/$tag/$kind/{recordID}:
    get:
      operationId: $tag.get_$kind
      tags: [$tag]
      summary: Retrieve a record.
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      parameters:
        - {name: recordID, in: path, required: true, description: Its UUID., schema: {type: string, format: uuid}}
        - {name: fields, in: query, description: Names of members., schema: {type: array, items: {type: string}}}
      responses:
        "200":
          description: The record.
          content:
            application/json:
              schema: {$$ref: "#/components/schemas/$name"}
        "401": {$$ref: "#/components/responses/Unauthorized"}
        "403": {$$ref: "#/components/responses/Forbidden"}
        "404": {$$ref: "#/components/responses/NotFound"}
        "429": {$$ref: "#/components/responses/TooManyRequests"}
        "500": {$$ref: "#/components/responses/ServerError"}
    put:
      operationId: $tag.update_$kind
      tags: [$tag]
      summary: Change a record.
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      parameters:
        - {name: recordID, in: path, required: true, description: Its UUID., schema: {type: string, format: uuid}}
      requestBody:
        required: true
        content:
          application/json:
            schema: {$$ref: "#/components/schemas/${name}ChangesWrite"}
      responses:
        "200":
          description: The record.
          content:
            application/json:
              schema: {$$ref: "#/components/schemas/$name"}
        "400": {$$ref: "#/components/responses/BadRequest"}
        "401": {$$ref: "#/components/responses/Unauthorized"}
        "403": {$$ref: "#/components/responses/Forbidden"}
        "404": {$$ref: "#/components/responses/NotFound"}
        "429": {$$ref: "#/components/responses/TooManyRequests"}
        "500": {$$ref: "#/components/responses/ServerError"}
    delete:
      operationId: $tag.delete_$kind
      tags: [$tag]
      summary: Delete a record.
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      parameters:
        - {name: recordID, in: path, required: true, description: Its UUID., schema: {type: string, format: uuid}}
      responses:
        "200": {description: Nothing.}
        "401": {$$ref: "#/components/responses/Unauthorized"}
        "403": {$$ref: "#/components/responses/Forbidden"}
        "404": {$$ref: "#/components/responses/NotFound"}
        "429": {$$ref: "#/components/responses/TooManyRequests"}
        "500": {$$ref: "#/components/responses/ServerError"}
""")

_MEMBERS = """\
        title: {type: string, description: Its title., example: A title}
        state: {$$ref: "#/components/schemas/${name}State"}
        phone: {type: string, description: Where it is sent., example: "15555550100"}
        assignee_id: {type: integer, description: Who works on it., example: 1}
        archived: {type: boolean, description: Whether it is put away.}
        due: {type: string, format: date-time, description: When it is due (RFC 3339).}
"""
_KIND_SCHEMAS = Template(f"""\
    ${{name}}State:
      description: The place of a record.
      anyOf:
        - type: string
          enum: [draft, active, paused, done]
        - type: string
    $name:
      description: A record.
      type: object
      properties:
        id: {{type: integer, description: Its number., example: 1}}
        uuid: {{type: string, format: uuid, description: Its UUID.}}
{_MEMBERS}\
        parts:
          type: array
          description: What it is made of.
          items: {{$$ref: "#/components/schemas/${{name}}Part"}}
        tags: {{type: array, description: Its tags., items: {{type: string}}}}
        created: {{type: string, format: date-time, description: When it was made (RFC 3339).}}
        updated: {{type: string, format: date-time, description: When it was last changed (RFC 3339).}}
    ${{name}}Part:
      description: A part of a record.
      type: object
      properties:
        label: {{type: string, description: Its label., example: first}}
        amount: {{type: number, description: How much of it., example: 1.5}}
    ${{name}}Write:
      description: A record to create.
      type: object
      required: [title, state]
      properties:
{_MEMBERS}\
        parts:
          type: array
          description: What it is made of.
          items: {{$$ref: "#/components/schemas/${{name}}PartWrite"}}
        tags: {{type: array, maxItems: 5, description: Its tags., items: {{type: string}}}}
        local_id: {{type: string, description: An id of yours.}}
    ${{name}}PartWrite:
      description: A part of a record to create.
      type: object
      required: [label]
      properties:
        label: {{type: string, description: Its label., example: first}}
        amount: {{type: number, description: How much of it., example: 1.5}}
    ${{name}}ChangesWrite:
      description: What to change of a record.
      type: object
      properties:
{_MEMBERS}\
    ${{name}}Query:
      description: Which page of the records.
      type: object
      properties:
        date: {{type: string, format: date-time, description: Only records changed before this time (RFC 3339).}}
        state: {{$$ref: "#/components/schemas/${{name}}State"}}
""")


def describe(root: Path, resources: int, kinds: int) -> None:
    """Writes `openapi/` of a checkout: the real root file and settings, and invented families.

    Args:
        root: The checkout.
        resources: How many resources: `area_00`, `area_01` and so on.
        kinds: How many kinds of records each has: `a`, `b` and so on. A kind has five operations.
    """
    shutil.copytree(_ROOT / "openapi", root / "openapi")
    for family in set(root.glob("openapi/*.yaml")) - {root / "openapi/heymarket.yaml", root / "openapi/generator.yaml"}:
        family.unlink()
    # The client touches this one by name, for its handwritten methods.
    shutil.copy(_ROOT / "tests/scripts/one_endpoint.yaml", root / "openapi/contact-channels.yaml")
    for number in range(resources):
        tag = f"area_{number:02}"
        names = [
            {"tag": tag, "kind": kind, "name": f"Area{number:02}{kind.capitalize()}Record"}
            for kind in map("abcdefghijklmnopqrstuvwxyz".__getitem__, range(kinds))
        ]
        text = "".join([
            _FAMILY.substitute(tag=tag),
            "paths:\n",
            *map(_KIND_PATHS.substitute, names),
            "components:\n  schemas:\n",
            *map(_KIND_SCHEMAS.substitute, names),
        ])  # fmt: skip
        (root / f"openapi/{tag.replace('_', '-')}.yaml").write_text(text, encoding="utf-8")
