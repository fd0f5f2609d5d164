"""Checkouts to try scripts/regenerate on."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.scripts.checkout import PACKAGE, ROOT, Checkout

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Checkout:
    """The description, and in place of the package something that has to stay."""
    shutil.copytree(ROOT / "openapi", tmp_path / "openapi")
    checkout = Checkout(tmp_path)
    checkout.package.mkdir(parents=True)
    (checkout.package / "old.py").touch()
    return checkout


@pytest.fixture
def checkout(bare_checkout: Checkout) -> Checkout:
    """The description and its package."""
    shutil.rmtree(bare_checkout.package)
    shutil.copytree(ROOT / PACKAGE, bare_checkout.package, ignore=shutil.ignore_patterns("__pycache__"))
    return bare_checkout


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """A checkout with invented endpoints, generated; not to be changed."""
    root = tmp_path_factory.mktemp("invented")
    shutil.copytree(ROOT / "openapi", root / "openapi")
    shutil.copy(ROOT / "tests/scripts/invented.yaml", root / "openapi")
    checkout = Checkout(root)
    assert checkout.regenerate() == 0
    return checkout
