"""What was generated is run before it replaces the old package: a failure names the operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from codegen import build, code_samples, render, trial

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripts.checkout import Checkout

API = "api/contact_channels/contact_channels_get.py"
RESOURCE = "resources/contact_channels.py"
PLACE = "openapi/contact-channels.yaml:7: paths./v2/contact/{contactID}/channel/{channelType}.get: "

PARTS = """
tags: [{name: parts, description: Parts.}]
paths:
  /v9/parts:
    post:
      operationId: parts.add
      tags: [parts]
      x-heymarket-confidence: low
      x-heymarket-sources: [invented]
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/PartWrite"}}}}
      responses: {"204": {description: Done.}}
components:
  schemas:
    PartWrite: {type: object, properties: {inner: {type: object, properties: {number: {type: integer}}}}}
"""


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The names of the operations that are run, in place of running them."""
    found: list[list[str]] = []

    def run(_: Any, names: list[str], modules: list[str]) -> list[Any]:
        found.append([*names, *(module for module in modules if ".api." in module)])
        return []

    monkeypatch.setattr(trial, "_exercise", run)
    return found


def break_file(monkeypatch: pytest.MonkeyPatch, file: str, old: str, new: str) -> None:
    """Makes the generator write something else in a file."""
    original = render.render

    def spoil(resources: Any, package: Path) -> None:
        original(resources, package)
        path = package / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    monkeypatch.setattr(build, "render", spoil)


def refused(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a package that isn't taken."""
    checkout.edit("openapi/contact-channels.yaml", "[phone, email, facebook]", "[phone, email]")
    before = checkout.contents()
    assert checkout.regenerate(tried=True) == 1
    assert checkout.contents() == before
    assert [path.name for path in checkout.package.parent.iterdir()] == ["heymarket_openapi"]
    said = capsys.readouterr().err
    assert str(checkout.root) not in said
    return said


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (API, "return response_200", "return no_such", "its module has wrong types (Name "),
        (API, "from typing import", "from no_such_module import x as x\nfrom typing import",
         "its module can't be imported (ModuleNotFoundError: No module named 'no_such_module')"),
        ("models/channel_type.py", "class ChannelType(", "1 / 0\nclass ChannelType(", "ZeroDivisionError"),
        (RESOURCE, "channel_type: ", "channel_type: Missing | ", "its command can't be made (NameError"),
        (API, "/v2/contact/", "/v2/contract/", "the page's example fails (NotFoundError"),
        (API, "return response_200", "return str(response_200)", "the page's example fails (TypeError: it returns str"),
        (RESOURCE, "contact_id: UUID | str,", "contact_id: UUID,", "the page's example has wrong types (Argument 1"),
    ],
)  # fmt: skip
def test_what_fails_names_the_operation_and_replaces_nothing(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    file: str, old: str, new: str, message: str,
) -> None:  # fmt: skip
    break_file(monkeypatch, file, old, new)

    said = refused(checkout, capsys)

    assert message in said
    assert PLACE in said


def test_an_example_on_a_page_is_run(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_samples, "make_value", lambda *_: "with space")

    assert f"{PLACE}the page's example fails (" in refused(checkout, capsys)


def test_only_what_changed_is_run(checkout: Checkout, ran: list[list[str]]) -> None:
    assert checkout.regenerate(tried=True) == 0
    checkout.edit("openapi/contact-channels.yaml", "[phone, email, facebook]", "[phone, email]")
    assert checkout.regenerate(tried=True) == 0

    assert ran == [[], ["contact_channels.get"]]


def test_all_is_run_by_check_and_where_nothing_is(checkout: Checkout, ran: list[list[str]]) -> None:
    everything = ["contact_channels.get", "heymarket_openapi.api.contact_channels",
                  "heymarket_openapi.api.contact_channels.contact_channels_get"]  # fmt: skip
    assert checkout.regenerate("--check", tried=True) == 0
    (checkout.package / "operation.py").write_text("", encoding="utf-8")
    assert checkout.regenerate(tried=True) == 0

    assert everything[0] in ran[0]
    assert {*everything[:1], *everything[2:]} <= {*ran[0]}
    assert ran[1] == everything[:1]


def test_one_of_many_is_run_alone(invented: Checkout, tmp_path: Path, ran: list[list[str]]) -> None:
    old = trial.Generated(invented.package, invented.root / "docs/reference")
    changed = trial.Generated(invented.package, invented.root / "docs/reference")
    name = next(name for name in old.operations if name != "contact_channels.get")
    changed.files = {
        file: text + "#" * file.endswith(f"/{name.replace('.', '_')}.py") for file, text in old.files.items()
    }

    assert changed.find_changed(old) == {name}


def test_one_body_of_many_is_run_alone(checkout: Checkout, ran: list[list[str]]) -> None:
    (checkout.root / "openapi/parts.yaml").write_text(PARTS, encoding="utf-8")
    assert checkout.regenerate(tried=True) == 0
    checkout.edit("openapi/parts.yaml", "number:", "size:")
    assert checkout.regenerate(tried=True) == 0

    assert "'size': ''" in (checkout.package / "undescribed.py").read_text(encoding="utf-8").replace('"', "'")
    assert [name for name in ran[1] if "heymarket" not in name] == ["parts.add"]
