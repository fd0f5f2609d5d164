"""What is loaded when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import heymarket

HERE = Path(__file__).parents[2]
SLOW = ["httpx", "httpcore", "jwt", "attr", "rich", "starlette", "uvicorn", "asyncio", "cyclopts", "platformdirs"]


def loaded_after(*steps: str) -> list[set[str]]:
    """The modules that one process has loaded after each step."""
    probe = "import sys\n" + "".join(f"{step}\nprint(*sys.modules)\n" for step in steps)
    done = subprocess.run([sys.executable, "-c", probe], cwd=HERE, capture_output=True, text=True, check=True)
    return [set(line.split()) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("code", ["import heymarket", "from heymarket import Heymarket, NotFoundError, Quota"])
def test_nothing_slow_is_loaded_before_a_client_is_made(code: str) -> None:
    (loaded,) = loaded_after(code)
    assert loaded.isdisjoint(SLOW)


def test_a_synchronous_client_needs_no_asyncio_and_no_extra() -> None:
    code = "from heymarket import Heymarket\nHeymarket('an-id-1', 'a-key-2').contact_channels"
    (loaded,) = loaded_after(code)
    assert {"httpx", "heymarket_openapi.resources.contact_channels"} <= loaded
    assert loaded.isdisjoint({"starlette", "uvicorn", "cyclopts", "platformdirs", "tomllib"})


def test_a_generated_resource_needs_no_http_library() -> None:
    (loaded,) = loaded_after(
        "from heymarket_openapi.resources import contact_channels\ncontact_channels._describe_get()"
    )
    assert "heymarket_openapi.api.contact_channels.contact_channels_get" in loaded
    assert loaded.isdisjoint({"httpx", "http"})


def generated_after(*steps: str) -> list[set[str]]:
    """The modules of the generated package that describe something, without its name before theirs."""
    return [
        {
            part
            for part in (name.removeprefix("heymarket_openapi.") for name in loaded)
            if part.startswith(("api.", "models.", "resources."))
        }
        for loaded in loaded_after(*steps)
    ]


@pytest.mark.parametrize("client", ["Heymarket", "AsyncHeymarket"])
def test_a_client_loads_no_resource_and_one_that_is_touched_no_other_no_model_and_no_operation(client: str) -> None:
    made = f"from heymarket import {client}\nhm = {client}('an-id-1', 'a-key-2')"
    resources = ("contact_channels", "contacts", "tags")
    touched = [f"hm.{resource}{raw}" for resource in resources for raw in ("", ".with_raw_response")]
    loaded = generated_after(made, *touched)
    assert loaded == [{f"resources.{one}" for one in resources[: (number + 1) // 2]} for number in range(7)]


CALL = """
import asyncio
from heymarket import AsyncHeymarket, Heymarket
from tests.fakes import AsyncScriptTransport, Script, ScriptTransport, answer

script = Script(answer(body={answer}))
if {is_async}:
    async def main():
        hm = AsyncHeymarket("an-id-1", "a-key-2", _transport=AsyncScriptTransport(script))
        await hm.{call}
    asyncio.run(main())
else:
    hm = Heymarket("an-id-1", "a-key-2", _transport=ScriptTransport(script))
    hm.{call}
"""


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
@pytest.mark.parametrize(
    ("call", "body", "models"),
    [
        ("contact_channels.get('3f8e0c6e-5b1a-4d1e-9c64-0a6b5a1d0001', 'phone')", {}, "channel_type contact_channel"),
        ("tags.get(71)", {}, "contact_tag"),
        ("tags.create(tag='vip')", {}, "created_ref tag_write"),
        ("tags.delete(71)", {}, ""),
        ("inboxes.list()", [], "inbox"),
        ("contacts.count()", 5, "contact_count_query"),
    ],
)
def test_a_call_loads_its_own_operation_and_models(call: str, body: object, models: str, is_async: bool) -> None:
    name = call.partition("(")[0]
    resource = name.partition(".")[0]
    (loaded,) = generated_after(CALL.format(call=call, answer=body, is_async=is_async))
    operation = f"api.{resource}.{name.replace('.', '_')}"
    assert loaded == {f"resources.{resource}", f"api.{resource}", operation, *(f"models.{m}" for m in models.split())}


def test_everything_public_can_be_imported_and_is_listed() -> None:
    assert all(getattr(heymarket, name) is not None for name in heymarket.__all__)
    assert set(dir(heymarket)) == set(heymarket.__all__)
    assert set(heymarket.models.__all__) >= {"ContactChannel", "ChannelType"}
    with pytest.raises(AttributeError, match="no attribute 'nope'"):
        _ = heymarket.nope
