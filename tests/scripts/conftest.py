"""Checkouts to try scripts/regenerate on."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import describing.bootstrap
import describing.command
import pytest
from codegen import trial

from tests.scripts.checkout import ROOT, Checkout

if TYPE_CHECKING:
    from pathlib import Path


def describe(root: Path) -> None:
    """A description of one endpoint, however many the real one has by now."""
    shutil.copytree(ROOT / "openapi", root / "openapi")
    for family in set(root.glob("openapi/*.yaml")) - {root / "openapi/heymarket.yaml", root / "openapi/generator.yaml"}:
        family.unlink()
    shutil.copy(ROOT / "tests/scripts/one_endpoint.yaml", root / "openapi/contact-channels.yaml")


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What mypy keeps is of one process at a time."""
    trial.CACHE = tmp_path_factory.getbasetemp() / "mypy"


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Checkout:
    """The description, and in place of the package something that has to stay."""
    describe(tmp_path)
    checkout = Checkout(tmp_path)
    checkout.package.mkdir(parents=True)
    (checkout.package / "old.py").touch()
    return checkout


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout as it is after scripts/regenerate; not to be changed."""
    root = tmp_path_factory.mktemp("generated")
    describe(root)
    checkout = Checkout(root)
    assert checkout.regenerate() == 0
    return checkout


@pytest.fixture
def checkout(generated: Checkout, tmp_path: Path) -> Checkout:
    """The description and its package."""
    shutil.copytree(generated.root, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    return Checkout(tmp_path)


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout with invented endpoints, generated; not to be changed."""
    root = tmp_path_factory.mktemp("invented")
    describe(root)
    shutil.copy(ROOT / "tests/scripts/invented.yaml", root / "openapi")
    checkout = Checkout(root)
    assert checkout.regenerate() == 0
    return checkout


GUIDE = ROOT / "docs/growing-the-api.md"
TRANSCRIPT = re.compile(r"\$ scripts/(describe [^\n]*) <<'END'\n(.*?)END\n(.*?)```", re.DOTALL)
"""The guide's command, its input and its output."""


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout, regenerated after endpoints were added in every way: by hand, and by scripts/describe."""
    root = tmp_path_factory.mktemp("copy")
    for folder in ("openapi", "generated", "heymarket", "scripts", "docs/reference"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    guide = GUIDE.read_text(encoding="utf-8")
    contacts = root / "openapi/contacts.yaml"
    added = re.search(r"```yaml\n(.*?)```", guide, re.DOTALL)
    assert added is not None
    text = contacts.read_text(encoding="utf-8")
    if "contacts.list_tags" not in text:  # a reader who follows the guide to the letter has it already
        contacts.write_text(text.replace("paths:\n", f"paths:\n{added[1]}", 1), encoding="utf-8")
    for name in ("gadgets.yaml", "media.yaml"):
        shutil.copy(ROOT / "tests/scripts" / name, root / "openapi")
    transcript = TRANSCRIPT.search(guide)
    assert transcript is not None
    (root / "curl.txt").write_text(transcript[2], encoding="utf-8")
    inputs = ROOT / "tests/scripts/describing"
    for family, *arguments in (
        ("campaigns", str(root / "curl.txt")),
        ("campaigns", str(inputs / "campaigns-page.txt")),
        ("parcels", str(inputs / "vendor.yaml"), "--operation", "createParcel"),
        ("parcels", str(inputs / "vendor.yaml"), "--operation", "addNotice"),
    ):
        into = str(root / f"openapi/{family}.yaml")
        assert describing.command.run(describing.bootstrap.parse_arguments([*arguments, "--into", into]), root) == 0
    assert Checkout(root).regenerate(tried=True) == 0
    return root
