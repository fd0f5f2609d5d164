"""Checkouts to try scripts/regenerate on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

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
