"""Many operations cost no more than one where only one is used. How long generating takes: benchmarks/regenerate.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from codegen import surface

from tests.scripts.checkout import ROOT, Checkout
from tests.scripts.many_operations import OPERATIONS_OF_A_KIND, describe

CLIENT = """
from heymarket import AsyncHeymarket, Heymarket
from tests.fakes import Script, ScriptTransport, answer
record = "3f8e0c6e-5b1a-4d1e-9c64-0a6b5a1d0001"
hm = Heymarket("an-id-1", "a-key-2", _transport=ScriptTransport(Script(answer(body={}))))
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """One resource with five operations."""
    return described(tmp_path_factory.mktemp("few"), resources=1, kinds=1)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """Three resources with twenty operations each."""
    return described(tmp_path_factory.mktemp("many"), resources=3, kinds=4)


def described(root: Path, *, resources: int, kinds: int) -> Checkout:
    describe(root, resources, kinds)
    checkout = Checkout(root)
    assert checkout.regenerate() == 0
    return checkout


def loaded_after(code: str, checkout: Checkout) -> set[str]:
    """The modules that are loaded in the end, in a process of its own that has the checkout's generated package."""
    probe = f"{code}\nimport sys, heymarket_openapi\nprint(heymarket_openapi.__file__, *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (checkout.package.parent, ROOT)))},
        cwd=checkout.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    place, *modules = done.stdout.split()
    assert Path(place).is_relative_to(checkout.package)
    return set(modules)


def test_every_operation_becomes_a_method(many: Checkout) -> None:
    methods = [name for name in surface.read(many.package).methods if name.startswith("area_")]
    assert len(methods) == 3 * 4 * OPERATIONS_OF_A_KIND == 60


@pytest.mark.parametrize(
    "code",
    [
        "import heymarket",
        "import heymarket.models",
        "from heymarket import Heymarket",
        CLIENT,
        f"{CLIENT}\nhm.area_00",
        f"{CLIENT}\nhm.area_00.with_raw_response",
        f"{CLIENT}\nAsyncHeymarket('an-id-1', 'a-key-2').area_00",
        f"{CLIENT}\nhm.area_00.get_a(record)",
        f"{CLIENT}\nhm.area_00.create_a(title='A title', state='draft', parts=[{{'label': 'first'}}])",
        f"{CLIENT}\nhm.area_00.list_a()",
    ],
    ids=["package", "models", "class", "client", "resource", "raw", "async", "read", "write", "pager"],
)
def test_one_of_many_loads_what_one_of_one_does(code: str, few: Checkout, many: Checkout) -> None:
    assert loaded_after(code, many) == loaded_after(code, few)


def test_the_other_resources_stay_unloaded(many: Checkout) -> None:
    loaded = loaded_after(f"{CLIENT}\nhm.area_01.get_b(record)", many)
    areas = {name.removeprefix("heymarket_openapi.") for name in loaded if "area_" in name}
    assert areas == {
        "resources.area_01",
        "api.area_01",
        "api.area_01.area_01_get_b",
        "models.area_01b_record",
        "models.area_01b_record_part",
        "models.area_01b_record_state",
    }


def test_all_of_it_can_be_had(many: Checkout) -> None:
    everything = "import heymarket_openapi.models as m, heymarket_openapi.resources as r\n"
    everything += "[getattr(module, name) for module in (m, r) for name in module.__all__]"
    loaded = loaded_after(everything, many)
    assert {f"heymarket_openapi.models.area_0{number}d_record" for number in range(3)} <= loaded
