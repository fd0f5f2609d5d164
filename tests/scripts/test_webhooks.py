"""A family may describe what the service sends: it is kept in the description, and its schemas become models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from codegen.signatures import Module

if TYPE_CHECKING:
    import pytest

    from tests.scripts.checkout import Checkout

FAMILY = """\
tags:
  - name: deliveries
    description: What is sent, invented.
webhooks:
  arrival:
    post:
      operationId: deliveries.arrival
      tags: [deliveries]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              $ref: "#/components/schemas/Arrival"
      responses:
        "200":
          description: Taken.
components:
  schemas:
    Arrival:
      description: Something arrived.
      type: object
      required: [id]
      properties:
        id:
          type: integer
"""


def test_a_delivery_becomes_a_model_that_promises_nothing_and_no_method(bare_checkout: Checkout) -> None:
    (bare_checkout.root / "openapi/deliveries.yaml").write_text(FAMILY, encoding="utf-8")

    assert bare_checkout.regenerate() == 0

    document = json.loads((bare_checkout.package / "description.json").read_text("utf-8"))
    (model,) = Module(bare_checkout.package / "models/arrival.py").classes
    assert list(document["webhooks"]) == ["arrival"]
    assert document["components"]["schemas"]["Arrival"]["required"] == ["id"]
    assert {field.name: field.default for field in model.fields}["id"] == "UNSET"
    assert not (bare_checkout.package / "resources/deliveries.py").exists()


def test_the_same_webhook_in_two_families(bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("deliveries", "other"):
        (bare_checkout.root / f"openapi/{name}.yaml").write_text(FAMILY, encoding="utf-8")

    assert bare_checkout.regenerate() == 1

    message, *_ = capsys.readouterr().err.splitlines()
    assert message.startswith("openapi/other.yaml:5: webhooks.arrival: already described at openapi/deliveries.yaml:5")
