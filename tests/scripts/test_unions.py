"""Unions of objects: the right model in responses, lists and deliveries, and what is sent, by both clients."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.scripts.checkout import ROOT, Checkout
from tests.scripts.conftest import describe
from tests.scripts.test_vocabulary import described, problems

if TYPE_CHECKING:
    from pathlib import Path

START = """
import asyncio, contextlib, io, json, os
from heymarket import AsyncHeymarket, Heymarket, InvalidRequestError, models
from heymarket.cli import main
from heymarket.emulator import Emulator
from heymarket_openapi.api.gadgets import gadgets_add_part, gadgets_draw, gadgets_fill, gadgets_get_part

def names(values):
    return [type(value).__name__ for value in values]

"""
USE = """
async def asynchronous(settings):
    async with AsyncHeymarket(**settings) as hm:
        return await hm.gadgets.get_part(), await hm.gadgets.add_part(part=sms)

sms = models.SmsWrite(channel="SmsWrite", phone="+1 555 555-0100")
with Emulator() as emulator:
    with Heymarket(**emulator.settings) as hm:
        both = hm.gadgets.get_part(), hm.gadgets.add_part(part=sms)
        assert asyncio.run(asynchronous(emulator.settings)) == both
        assert isinstance(both[0], models.Bolt) and both[0].kind == "bolt", both
        assert isinstance(both[1][0], models.GadgetsAddPartWidth), both
        mail = {"channel": "MailWrite", "address": "ada@example.com"}
        hm.gadgets.add_part(part=mail)
        hm.gadgets.fill(to=sms, counts={"a": 1})
        hm.gadgets.count(counts={"a": 2})
        filled = hm.gadgets.fill(to=mail)
        assert names([filled.part, *filled.parts]) == ["Bolt", "GadgetsFillPartsA"], filled
        sent = [call.request_body for call in emulator.journal if call.request_bytes]
    for wrong in ({"channel": "SmsWrite", "phone": "12"}, {"channel": "SmsWrite", "phone": 5}):
        with Heymarket(**emulator.settings) as hm, contextlib.suppress(InvalidRequestError):
            hm.gadgets.fill(to=wrong)
            raise AssertionError(wrong)
    for wrong in ({"channel": "SmsWrite", "fone": "5"}, models.MailWrite.from_dict({**mail, "adress": "x"})):
        with Heymarket(**emulator.settings) as hm:
            for call in (lambda: hm.gadgets.add_part(part=wrong), lambda: hm.gadgets.fill(to=wrong)):
                try:
                    call()
                except InvalidRequestError as error:
                    assert "is not described. Did you mean" in str(error), error
                else:
                    raise AssertionError(wrong)
    with Heymarket(**emulator.settings) as hm:
        for pen in (models.PenWrite(tool="pen", color="red"), {"tool": "pen", "color": "red"}):
            assert isinstance(hm.gadgets.draw(sketch=b"...", to=mail, x_scale=2, pen=pen), bytes)
        hm.gadgets.draw(sketch=b"...", to={**mail, "more": 1}, x_scale=2, save_to=io.BytesIO(), allow_undescribed=True)
    assert [call.request_bytes.count(b"ada@example.com") for call in emulator.journal][-3:] == [1, 1, 1]
    number = {"channel": "SmsWrite", "phone": "15555550100"}
    assert sent == [number, number, mail, {"counts": {"a": 1}, "to": number}, {"a": 2}, {"to": mail}], sent
    os.environ.update(emulator.environment)
    for words in (["get-part"], ["add-part", "--part", json.dumps(mail)], ["fill", "--to", json.dumps(number)]):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            assert main(["gadgets", *words]) == 0
        assert json.loads(out.getvalue())
"""
READ = """
parse = gadgets_get_part._parse_response
assert names(map(parse, [{"kind": "bolt"}, {"kind": "nut"}, {"kind": "hex_nut", "more": 1}])) == ["Bolt", "Nut", "Nut"]
others = [{"kind": "screw", "length": 3}, {"length": 3}, {}, {"kind": None}, {"kind": ["bolt"]}, {"kind": 1}]
assert names(map(parse, others)) == ["UnknownVariant"] * 6
assert parse(others[0]).additional_properties == others[0]
assert parse(others[0]).to_dict() == others[0]
both, neither = {"width": 1, "height": 2}, {"size": 1}
parts = gadgets_add_part._parse_response([{"width": 1}, {"height": 2}, both, neither, None, "x"])
assert names(parts[:4]) == ["GadgetsAddPartWidth", "GadgetsAddPartHeight", "UnknownVariant", "UnknownVariant"], parts
assert parts[4:] == [None, "x"]
assert names(map(gadgets_draw._parse_response_202, [{"tool": "brush"}, {"tool": "x"}])) == ["Brush", "UnknownVariant"]
nut = {"kind": "nut", "width": "odd"}
box = gadgets_fill._parse_response({"part": nut, "parts": [{"type": "b"}, {"type": "c"}, None]})
assert names([box.part, *box.parts]) == ["Nut", "GadgetsFillPartsB", "UnknownVariant", "NoneType"], box
for odd in ("x", None, [1]):
    assert gadgets_fill._parse_response({"part": odd, "parts": odd}).part == odd
delivery = models.GadgetDelivery.from_dict({"type": "gadget", "event_data": {"kind": "nut", "width": 2}})
assert isinstance(delivery.event_data, models.Nut), delivery
assert names([models.GadgetDelivery.from_dict({"event_data": {"kind": "new"}}).event_data]) == ["UnknownVariant"]
assert names([models.GadgetDelivery.from_dict({"event_data": None}).event_data]) == ["NoneType"]
"""


def run_with(root: Path, program: str, given: str = "") -> None:
    """Runs a program with the package of a checkout; it may read what is given from stdin."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=given,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "generated"), str(ROOT)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    root = tmp_path_factory.mktemp("unions")
    describe(root)
    shutil.copy(ROOT / "tests/scripts/unions.yaml", root / "openapi")
    checkout = Checkout(root)
    assert checkout.regenerate(tried=True) == 0
    return checkout


@pytest.mark.parametrize("program", [USE, READ], ids=["use", "read"])
def test_a_union_is_the_right_model(grown: Checkout, program: str) -> None:
    run_with(grown.root, START + program)


def test_pages_show_the_models(grown: Checkout) -> None:
    page = (grown.root / "docs/reference/gadgets.md").read_text(encoding="utf-8")
    models = (grown.root / "docs/reference/models.md").read_text(encoding="utf-8")

    assert "[Bolt](models.md#bolt) or [Nut](models.md#nut) or [UnknownVariant](models.md#unknownvariant)" in page
    assert 'hm.gadgets.add_part(\n    part={"channel": "SmsWrite", "phone": "15555550100"},\n)' in page
    assert "## UnknownVariant" in models


RESPONSE = """\
paths:
  /v9/things:
    get:
      operationId: things.do
      tags: [things]
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      responses: {"200": {description: Done., content: {application/json: {schema: UNION}}}}
"""


@pytest.mark.parametrize(
    "union",
    [
        "{oneOf: [{required: [a], properties: {a: {}, b: {}}}, {required: [b], properties: {b: {}}}]}",
        "{oneOf: [{properties: {a: {}}}, {required: [b], properties: {b: {}}}]}",
        "{discriminator: {propertyName: a}, oneOf: [{properties: {a: {}}}, {properties: {a: {}}}]}",
        "{oneOf: [{properties: {a: {const: 1}}}, {properties: {a: {const: 1}}}]}",
    ],
)  # fmt: skip
def test_what_cannot_be_told_apart_is_refused(tmp_path: Path, union: str) -> None:
    (problem,) = problems(described(tmp_path, RESPONSE.replace("UNION", union)))

    assert problem.startswith(
        "openapi/things.yaml:8: paths./v9/things.get.responses.200.content.application/json.schema"
    )
    assert (
        "its variants can't be told apart: let the objects differ by a discriminator's property, by a const" in problem
    )


def test_one_union_is_told_apart_in_one_way(tmp_path: Path) -> None:
    objects = '[{$ref: "#/components/schemas/A"}, {$ref: "#/components/schemas/B"}]'
    other = f"{{anyOf: {objects}, discriminator: {{propertyName: t}}}}"
    union = f"{{type: object, properties: {{x: {{oneOf: {objects}}}, z: {other}}}}}"
    known = "components:\n  schemas:\n" + "".join(
        f"    {name}: {{type: object, required: [{name}], properties: {{{name}: {{}}, t: {{type: string}}}}}}\n"
        for name in "AB"
    )
    (problem,) = problems(described(tmp_path, RESPONSE.replace("UNION", union) + known))

    assert "these objects are told apart in another way at openapi/things.yaml:8: do it in the same way" in problem
