"""Runs a package that was generated: it imports modules, makes commands, and runs examples against the emulator.

It is a program of its own, because it imports the package and the client. It reads what to run from stdin, as JSON, and
writes what fails: the kind and the name of the thing, and the error.
"""

import ast
import asyncio
import contextlib
import gc
import importlib
import io
import json
import re
import sys
import warnings
from collections.abc import Iterator
from inspect import CO_COROUTINE
from itertools import groupby
from typing import Any

Failure = tuple[str, str, str]


def main() -> None:
    """Run what stdin says."""
    gc.disable()  # nothing here lives long
    given = json.load(sys.stdin)
    sys.path[:0] = given["paths"]
    warnings.simplefilter("ignore")
    failures: list[Failure] = []
    with contextlib.redirect_stdout(io.StringIO()):
        failures += _import_modules(given["modules"])
        if not failures and given["examples"]:
            failures += _make_commands(sorted(given["examples"]))
            failures += _run_examples(given["examples"], given["async_examples"])
    print(json.dumps(failures))


def _import_modules(modules: list[str]) -> Iterator[Failure]:
    for module in modules:
        try:
            importlib.import_module(module)
        except Exception as error:  # noqa: BLE001  # any error is what is looked for
            yield "module", module, _describe(error)


def _make_commands(operations: list[str]) -> Iterator[Failure]:
    from heymarket.cli.commands.operations import make_resource_apps

    for resource, names in groupby(operations, key=lambda name: name.partition(".")[0]):
        chosen = resource.replace("_", "-")
        app: Any = None
        for name in names:
            try:
                app = app or next(one for one in make_resource_apps(chosen) if one.name[0] == chosen)
                command = name.partition(".")[2].replace("_", "-")
                app[command].assemble_argument_collection()
            except Exception as error:  # noqa: BLE001  # as above
                yield "command", name, _describe(error)


def _run_examples(examples: dict[str, str], async_examples: dict[str, str]) -> Iterator[Failure]:
    from heymarket import AsyncHeymarket, Heymarket
    from heymarket.emulator import Emulator

    async def run_async(emulator: Emulator) -> list[Failure]:
        async with AsyncHeymarket(**emulator.settings, quota=None) as hm:
            return [failure async for failure in _fail_async(hm, emulator, async_examples)]

    with Emulator(limit=10**6) as emulator:
        with Heymarket(**emulator.settings, quota=None) as hm:
            for name, source in examples.items():
                emulator.reset()
                found: dict[str, Any] = {"hm": hm}
                try:
                    exec(compile(source, "example", "exec"), found)  # noqa: S102  # what the page shows
                    _check_result(source, found)
                except Exception as error:  # noqa: BLE001  # as above
                    yield "example", name, _describe(error)
        yield from asyncio.run(run_async(emulator))


async def _fail_async(hm: Any, emulator: Any, examples: dict[str, str]) -> Any:
    for name, source in examples.items():
        emulator.reset()
        found: dict[str, Any] = {"hm": hm}
        try:
            code = compile(source, "example", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
            running = eval(code, found)  # noqa: S307  # as above
            if code.co_flags & CO_COROUTINE:
                await running
            _check_result(source, found)
        except Exception as error:  # noqa: BLE001  # as above
            yield "async example", name, _describe(error)


def _check_result(source: str, found: dict[str, Any]) -> None:
    """Compares the type of the result with that in the example's comment, where that is of models."""
    promised = re.search(r"\)  # (.+)$", source, re.MULTILINE)
    if promised is None or "result" not in found:
        return
    from heymarket_openapi import models

    items = re.fullmatch(r"list\[(.+)\]", promised[1])
    kinds = (items[1] if items else promised[1]).split(" | ")
    results = found["result"] if items else [found["result"]]
    if {*kinds} <= {*models.__all__}:
        for result in results:
            if type(result).__name__ not in kinds:
                raise TypeError(f"it returns {type(result).__name__}, and not {' or '.join(kinds)}")


def _describe(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    main()
