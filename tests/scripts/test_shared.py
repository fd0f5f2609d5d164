"""Schemas that bodies and responses share: what is required of a body isn't of a response."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from tests.scripts.checkout import ROOT, Checkout
from tests.scripts.conftest import describe
from tests.scripts.test_unions import run_with

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import inspect, json
from heymarket import Heymarket, models
from heymarket.emulator import Emulator
from heymarket_openapi.api.parcels import parcels_send

def required(model):
    parameters = inspect.signature(model).parameters.values()
    return {one.name for one in parameters if one.default is inspect.Parameter.empty}

assert required(models.AddressWrite) == {"street"} and required(models.Address) == set()
assert required(models.LabelWrite2) == {"line"} and required(models.Label) == set()
assert required(models.ParcelWrite) == {"address", "inside"} and required(models.Parcel) == set()
assert not hasattr(models.ParcelWrite, "id") and not hasattr(models.Parcel, "code")
assert not hasattr(models, "SizeWrite")
inner = {"address": {"street": "Low"}, "inside": []}
with Emulator() as emulator, Heymarket(**emulator.settings) as hm:
    assert "id" not in inspect.signature(hm.parcels.send).parameters
    hm.parcels.send(
        address=models.AddressWrite(street="High"), inside=[inner], code="1", size=models.Size(width=1),
        notice=models.SmsWrite(channel="Sms", number="5"), place={"kind": "van", "plate": "x"},
    )
    hm.parcels.label(labels=[models.LabelWrite2(line="a"), {"line": "b"}])
    sent = [call.request_body for call in emulator.journal]
assert sent == [
    {"address": {"street": "High"}, "inside": [inner], "code": "1", "size": {"width": 1},
     "notice": {"channel": "Sms", "number": "5"}, "place": {"kind": "van", "plate": "x"}},
    [{"line": "a"}, {"line": "b"}],
], sent
parcel = parcels_send._parse_response(
    {"notice": {"channel": "Mail"}, "place": {"kind": "shelf"}, "inside": [{"address": {}, "place": {"kind": "ship"}}]}
)
assert type(parcel) is models.Parcel and type(parcel.notice) is models.Mail and type(parcel.place) is models.Shelf
assert type(parcel.inside[0].place) is models.UnknownVariant and type(parcel.inside[0].address) is models.Address
"""


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    root = tmp_path_factory.mktemp("shared")
    describe(root)
    shutil.copy(ROOT / "tests/scripts/shared.yaml", root / "openapi")
    checkout = Checkout(root)
    assert checkout.regenerate(tried=True) == 0
    return checkout


def test_a_body_has_what_is_required_and_a_response_may_lack_it(grown: Checkout) -> None:
    run_with(grown.root, PROGRAM)


def test_discriminators_keep_their_values(grown: Checkout) -> None:
    schemas = json.loads((grown.package / "openapi.json").read_text(encoding="utf-8"))["components"]["schemas"]

    def mapping(name: str, field: str) -> Any:
        return schemas[name]["properties"][field]["discriminator"].get("mapping")

    to = "#/components/schemas"
    assert mapping("ParcelWrite", "notice") == {"Sms": f"{to}/SmsWrite", "Mail": f"{to}/MailWrite"}
    assert mapping("ParcelWrite", "place") == {"shelf": f"{to}/ShelfWrite", "van": f"{to}/VanWrite"}
    assert mapping("Parcel", "notice") is None
    assert mapping("Parcel", "place") == {"shelf": "Shelf", "van": f"{to}/Van"}


def test_pages_show_both(grown: Checkout) -> None:
    page = (grown.root / "docs/reference/models.md").read_text(encoding="utf-8")

    assert "## Address\n" in page
    assert "## AddressWrite\n" in page


def test_a_mistake_in_a_copy_has_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    describe(tmp_path)
    shutil.copy(ROOT / "tests/scripts/shared.yaml", tmp_path / "openapi")
    checkout = Checkout(tmp_path)
    checkout.edit("openapi/shared.yaml", "street: {type: string}", "street: {type: string, example: 5}")

    assert checkout.regenerate() == 1

    line = checkout.line("openapi/shared.yaml", "    Address:")
    assert f"openapi/shared.yaml:{line}: components.schemas.Address.properties.street" in capsys.readouterr().err
