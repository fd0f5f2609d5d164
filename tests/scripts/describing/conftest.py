"""The description that endpoints are described for: the real one, and one without endpoints."""

from __future__ import annotations

from pathlib import Path

import pytest
from codegen.bundle import bundle
from describing.known import Known

from tests.scripts.checkout import ROOT

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def known() -> Known:
    """The real description."""
    return Known(bundle(ROOT / "openapi"))


@pytest.fixture(scope="session")
def nothing_known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    """The root file of the description, without a family."""
    folder = tmp_path_factory.mktemp("root") / "openapi"
    folder.mkdir()
    (folder / "heymarket.yaml").write_bytes((ROOT / "openapi/heymarket.yaml").read_bytes())
    return Known(bundle(folder))
