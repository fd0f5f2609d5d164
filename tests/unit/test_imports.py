"""What is loaded when, and who may import what."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import heymarket

ROOT = Path(heymarket.__file__).parent
SLOW = ["httpx", "httpcore", "jwt", "attr", "rich", "starlette", "uvicorn", "asyncio", "cyclopts", "platformdirs"]


def loaded_after(code: str) -> set[str]:
    probe = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("code", ["import heymarket", "from heymarket import Heymarket, NotFoundError, Quota"])
def test_nothing_slow_is_loaded_before_a_client_is_made(code: str) -> None:
    assert loaded_after(code).isdisjoint(SLOW)


def test_a_synchronous_client_needs_no_asyncio_and_no_extra() -> None:
    code = "from heymarket import Heymarket\nHeymarket('an-id-1', 'a-key-2').contact_channels"
    loaded = loaded_after(code)
    assert {"httpx", "heymarket_openapi.models.contact_channel"} <= loaded
    assert loaded.isdisjoint({"starlette", "uvicorn", "cyclopts", "platformdirs", "tomllib", "pyreqwest"})


def test_a_generated_resource_needs_no_http_library() -> None:
    loaded = loaded_after("from heymarket_openapi.resources import ContactChannels")
    assert "heymarket_openapi.api.contact_channels.contact_channels_get" in loaded
    assert loaded.isdisjoint({"httpx", "heymarket_openapi.client"})


def test_everything_public_can_be_had_and_is_listed() -> None:
    assert all(getattr(heymarket, name) is not None for name in heymarket.__all__)
    assert set(dir(heymarket)) == set(heymarket.__all__)
    assert set(heymarket.models.__all__) >= {"ContactChannel", "ChannelType"}
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = heymarket.nope


def imports_of(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


def modules_that_import(package: str) -> set[str]:
    found = set()
    for path in ROOT.rglob("*.py"):
        if any(name == package or name.startswith(f"{package}.") for name in imports_of(path)):
            found.add(path.relative_to(ROOT).as_posix())
    return found


def test_only_the_httpx_engine_imports_httpx() -> None:
    assert modules_that_import("httpx") == {"_engines/_httpx.py"}
    assert modules_that_import("httpcore") == set()


def test_only_the_fast_engine_imports_pyreqwest() -> None:
    assert modules_that_import("pyreqwest") == {"_engines/_pyreqwest.py"}


def test_only_the_way_in_and_out_imports_the_generated_package() -> None:
    assert modules_that_import("heymarket_openapi") == {
        "__init__.py",
        "_decode.py",
        "_dispatch.py",
        "_sender.py",
        "client.py",
        "contact_channels.py",
        "models.py",
    }


def test_nothing_but_the_emulator_and_its_users_knows_the_emulator() -> None:
    outside = {name for name in modules_that_import("heymarket.emulator") if not name.startswith("emulator/")}
    assert outside <= {"cli/_emulator.py", "cli/emulator.py", "pytest_plugin.py"}


def test_the_generated_package_does_not_import_heymarket() -> None:
    import heymarket_openapi

    generated = Path(heymarket_openapi.__file__).parent
    for path in generated.rglob("*.py"):
        assert not any(name.split(".")[0] == "heymarket" for name in imports_of(path)), path


def test_emulator_and_command_line_use_the_public_package_only() -> None:
    for folder in ("emulator", "cli"):
        for path in (ROOT / folder).rglob("*.py"):
            private = {n for n in imports_of(path) if n.startswith(("heymarket._", "heymarket_openapi"))}
            assert private <= {"heymarket._version"}, path
