"""Only what has changed is generated again, and the result is what generating all of it gives."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pytest
from codegen import build, generator_input, trial

from tests.scripts.checkout import Checkout
from tests.scripts.many_operations import describe

if TYPE_CHECKING:
    from pathlib import Path

    from codegen.bundle import Document

FAMILY = "openapi/area-01.yaml"
OTHER_PLACE = """\
  /v9/other:
    get:
      operationId: area_00.other
      tags: [area_00]
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      responses:
        "200": {description: One., content: {application/json: {schema: {$ref: "#/components/schemas/Area01ARecord"}}}}
"""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> tuple[Checkout, str]:
    """Three resources, generated, and the stamp of that."""
    checkout = Checkout(tmp_path_factory.mktemp("described"))
    describe(checkout.root, resources=3, kinds=1)
    assert checkout.regenerate() == 0
    return checkout, (trial.CACHE / "written").read_text(encoding="utf-8")


@pytest.fixture
def checkout(described: tuple[Checkout, str], tmp_path: Path) -> Checkout:
    """A copy, which was the last to be regenerated."""
    original, stamp = described
    shutil.copytree(original.root, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    (trial.CACHE / "written").write_text(stamp, encoding="utf-8")
    return Checkout(tmp_path)


@pytest.fixture
def tags(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The resources that are generated, of each run."""
    found: list[set[str]] = []
    original = generator_input.derive_generator_input

    def derive(document: Document) -> Any:
        found.append({operation.item["tags"][0] for operation in document.operations()})
        return original(document)

    monkeypatch.setattr(build, "derive_generator_input", derive)
    return found


MORE = "        more: {type: object, properties: {a: {type: string}}}\n"
ALL = {"contact_channels", "area_00", "area_01", "area_02"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Its label.", "What is on it.", {"area_01"}),
        ("      summary: Delete a record.\n", "      summary: Remove a record.\n", {"area_01"}),
        ("paths:\n", f"paths:\n{OTHER_PLACE}", {"area_00", "area_01"}),
        ("Records of area_01", "Things of area_01", {"area_01"}),
        (
            "        label: {",
            "        more: {type: object, properties: {a: {type: string}}}\n        label: {",
            {"area_01"},
        ),
        ("tags: [area_01]", "tags: [area_01]", set()),
    ],
    ids=["schema", "operation", "shared", "tag", "inline", "nothing"],
)
def test_what_has_changed_is_generated(
    checkout: Checkout, tags: list[set[str]], old: str, new: str, expected: set[str]
) -> None:
    checkout.edit(FAMILY, old, new)

    assert checkout.regenerate() == 0
    assert checkout.regenerate("--check") == 0
    assert tags == [expected, ALL]


def test_a_resource_that_is_gone_leaves_nothing(checkout: Checkout, tags: list[set[str]]) -> None:
    (checkout.root / FAMILY).unlink()

    assert checkout.regenerate() == 0
    assert checkout.regenerate("--check") == 0
    assert tags[0] == set()
    assert not [name for name in checkout.contents() if "area_01" in name]


def test_what_all_have_in_common_changes_all(checkout: Checkout, tags: list[set[str]]) -> None:
    checkout.edit("openapi/heymarket.yaml", "https://api.heymarket.com", "https://api2.heymarket.com")
    assert checkout.regenerate() == 0
    assert tags == [ALL]


@pytest.mark.parametrize("file", ["generated/heymarket_openapi/models/area_00a_record.py", "docs/reference/models.md"])
def test_what_was_edited_by_hand_is_generated(checkout: Checkout, tags: list[set[str]], file: str) -> None:
    before = (checkout.root / file).read_bytes()
    (checkout.root / file).write_bytes(before + b"\n# mine\n")

    assert checkout.regenerate() == 0
    assert tags == [ALL]
    assert (checkout.root / file).read_bytes() == before


def test_what_an_older_code_wrote_is_generated(checkout: Checkout, tags: list[set[str]]) -> None:
    template = checkout.root / "openapi/templates/str_enum.py.jinja"
    template.write_text(f"{template.read_text(encoding='utf-8')}\n", encoding="utf-8")

    assert checkout.regenerate() == 0
    assert tags == [ALL]


def test_two_models_of_one_name_are_a_mistake_however_they_came(
    checkout: Checkout, tags: list[set[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.edit(
        FAMILY, "schemas:\n", "schemas:\n    Area00ARecordMore: {type: object, properties: {b: {type: string}}}\n"
    )
    checkout.edit("openapi/area-00.yaml", "        tags: {", f"{MORE}        tags: {{")

    assert checkout.regenerate() == 1
    assert "its model would be called Area00ARecordMore" in capsys.readouterr().err
