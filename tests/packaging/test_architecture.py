"""Guard rails: how large a part may be, who may import whom, and that a name has one meaning.

The data comes first. A ceiling above its target may be lowered, never raised. An exception carries its reason, and
fails once it isn't needed.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

HERE = Path(__file__).parents[2]
ROOT = HERE / "heymarket"
GENERATED = HERE / "generated" / "heymarket_openapi"
OWN_CLIENT = ROOT / "_transports" / "custom_client.py"

ONE_CALL = {
    "client", "_request", "_flow", "_sender", "_messages", "_decoding", "errors", "_error_mapping", "_redaction",
    "auth", "retries", "_transports",
}  # fmt: skip
"""What every call passes, from the client to the default transport. The checks of arguments are counted as core."""
REST_OF_CORE = {
    "__init__", "_clock", "_concurrency", "_diagnosis", "_path_params", "_validation", "_version", "config",
    "contact_channels", "contacts", "description", "models", "pagination", "quota",
}  # fmt: skip
AROUND_THE_CORE = {
    "__main__", "bulk", "calibration", "cli", "emulator", "otel", "pytest_plugin", "testing", "texts", "webhooks",
}  # fmt: skip


class Limit(NamedTuple):
    """How much there may be of something: in the end, and today."""

    target: int
    ceiling: int


LINES_OF_CODE_OF_ONE_CALL = Limit(1500, 1500)
LINES_OF_CODE_OF_THE_CORE = Limit(2800, 2800)
LINES_OF_TRANSPORTS = Limit(700, 700)
LINES_OF_GENERATED = Limit(37_000, 37_000)
MODULES_ON_THE_EMULATORS_FIRST_FLOOR = Limit(9, 9)
ROWS_OF_CONTRIBUTINGS_MAP = Limit(12, 12)

PRIVATE_NAMES_OF_DEPENDENCIES = {
    "_pool": {"network.Connection.__init__"},
    "_network_backend": {"network.Connection.__init__"},
}
"""Of httpx and httpcore: the one function of the transports that names each."""
PRIVATE_NAMES_OF_OURS = {"_pid"}
"""What the transports' own objects have, seen from outside of them."""

IMPORTERS = {  # by what is imported: the only modules that may, and those under the folders named
    "httpx": {"_transports.httpx", "_transports.async_httpx", "cli.commands.listen", "emulator.webhooks.http"},
    "httpcore": set[str](),
    "heymarket_openapi": {
        "__init__", "_decoding", "_messages", "_path_params", "_redaction", "_request", "_sender", "_validation",
        "client", "contact_channels", "contacts", "models", "pagination",
    },
    "heymarket.emulator": {
        "emulator", "calibration", "cli.commands.cassettes", "cli.commands.emulator", "pytest_plugin", "testing",
    },
    "heymarket._transports": {"_transports", "calibration", "_request", "_sender", "client", "testing"},
}  # fmt: skip
PRIVATE_BUT_OPEN_TO_EMULATOR_AND_CLI = {"heymarket._clock", "heymarket._redaction", "heymarket._version"}
"""The emulator masks numbers as errors do, and has its time from where the client has it."""

MODULES_WITH_THE_SAME_NAME = {
    "app": "the application of its package",
    "auth": "what signs a token, and what the emulator checks it with",
    "cassettes": "recordings of tests, and the commands for them",
    "control": "the emulator's control API, and its page",
    "emulator": "the emulator, and the command that starts it",
    "errors": "the errors of its package",
    "journal": "the journal, over HTTP and on its page",
    "operations": "the API's operations, as commands and as handlers",
    "pagination": "how pages are walked, and how the emulator cuts them",
    "state": "the emulator's state, and the same over HTTP",
    "webhooks": "deliveries received, and the emulator's, sent and configured",
}
CLASSES_WITH_THE_SAME_NAME = {
    "AsyncPager": "a protocol of the generated package, and what keeps it",
    "Pager": "a protocol of the generated package, and what keeps it",
}


@cache
def modules() -> dict[str, Path]:
    """All handwritten modules by their name in the package."""
    return {name_of(path, ROOT): path for path in ROOT.rglob("*.py")}


def name_of(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def of(first: Iterable[str]) -> list[Path]:
    return [path for name, path in modules().items() if name.partition(".")[0] in first]


@cache
def lines_of_code(path: Path) -> int:
    """Lines that hold code: no blank lines, comments, docstrings."""
    source = path.read_text("utf-8")
    without = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = [token for token in tokenize.generate_tokens(io.StringIO(source).readline) if token.type not in without]
    lines = {line for token in tokens for line in range(token.start[0], token.end[0] + 1)}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines -= {*range(node.lineno, (node.end_lineno or 0) + 1)}
    return len(lines)


def lines(paths: Iterable[Path]) -> int:
    return sum(path.read_bytes().count(b"\n") for path in paths if path.is_file() and path.suffix != ".pyc")


def rows_of_the_map() -> int:
    section = (HERE / "CONTRIBUTING.md").read_text("utf-8").partition("## Where things are")[2].partition("\n## ")[0]
    return sum(line.startswith("| ") and line != "| | |" for line in section.splitlines())


@pytest.mark.parametrize(
    ("measured", "limit"),
    [
        (
            lambda: sum(lines_of_code(path) for path in of(ONE_CALL) if path.stem != "custom_client"),
            LINES_OF_CODE_OF_ONE_CALL,
        ),
        (lambda: sum(map(lines_of_code, of(ONE_CALL | REST_OF_CORE))), LINES_OF_CODE_OF_THE_CORE),
        (lambda: lines(of({"_transports"})), LINES_OF_TRANSPORTS),
        (lambda: lines(GENERATED.parent.rglob("*")), LINES_OF_GENERATED),
        (lambda: len({*(ROOT / "emulator").glob("*.py")}), MODULES_ON_THE_EMULATORS_FIRST_FLOOR),
        (rows_of_the_map, ROWS_OF_CONTRIBUTINGS_MAP),
    ],
    ids=["one call", "core", "transports", "generated", "emulator", "map"],
)
def test_a_part_is_no_larger_than_it_may_be(measured: Callable[[], int], limit: Limit) -> None:
    assert measured() <= limit.ceiling


def test_every_module_is_counted_or_lies_around_the_core() -> None:
    assert {name.partition(".")[0] for name in modules()} == ONE_CALL | REST_OF_CORE | AROUND_THE_CORE


class Import(NamedTuple):
    """An import of a module, and whether only a type checker follows it."""

    module: str
    for_types: bool


@cache
def imports(path: Path, root: Path = ROOT) -> frozenset[Import]:
    """All that a module imports, wherever in it: modules of ours by their full name, others as written."""
    tree = ast.parse(path.read_text("utf-8"))
    guards = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    for_types = {inner for guard in guards for statement in guard.body for inner in ast.walk(statement)}
    package = path.relative_to(root.parent).parent.parts
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {Import(alias.name, node in for_types) for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            base = ".".join([*above, node.module] if node.module else above)
            for alias in node.names:
                full = f"{base}.{alias.name}"
                is_module = full.removeprefix(f"{ROOT.name}.") in modules() and within(full, ROOT.name)
                found.add(Import(full if is_module else base, node in for_types))
    return frozenset(found)


@pytest.mark.parametrize("package", IMPORTERS)
def test_only_these_import(package: str) -> None:
    allowed = IMPORTERS[package]
    found = {
        name
        for name, path in modules().items()
        for target in imports(path)
        # The protocols of the transports are types that others may name.
        if within(target.module, package) and not (target.for_types and target.module == "heymarket._transports")
    }
    assert {name for name in found if not any(within(name, one) for one in allowed)} == set()
    assert {one for one in allowed if not any(within(name, one) for name in found)} == set(), "not needed any more"


def test_the_core_knows_nothing_of_what_is_around_it() -> None:
    around = {f"heymarket.{name}" for name in AROUND_THE_CORE}
    for path in of(ONE_CALL | REST_OF_CORE):
        # The package lists the public names of `webhooks` for type checkers; it loads them when asked.
        known = {target.module for target in imports(path) if not (target.for_types and path == ROOT / "__init__.py")}
        assert not {module for module in known if any(within(module, name) for name in around)}, path


def test_the_generated_package_does_not_import_heymarket() -> None:
    for path in GENERATED.rglob("*.py"):
        assert not any(within(target.module, "heymarket") for target in imports(path, GENERATED)), path


def test_emulator_and_command_line_use_the_public_package_only() -> None:
    for path in of({"emulator", "cli"}):
        known = {target.module for target in imports(path)}
        private = {module for module in known if module.startswith(("heymarket._", "heymarket_openapi"))}
        assert private <= PRIVATE_BUT_OPEN_TO_EMULATOR_AND_CLI, path


def circles() -> set[frozenset[str]]:
    """Sets of modules that each lead to all others of theirs."""
    graph = {
        name: {
            target.module.removeprefix("heymarket.")
            for target in imports(path)
            # Public names taken from the package itself are loaded when asked for; they make no circle.
            if target.module.startswith("heymarket.")
        }
        for name, path in modules().items()
    }
    reached = {name: reachable(graph, name) for name in graph}
    return {
        frozenset(other for other in there if name in reached.get(other, ()))
        for name, there in reached.items()
        if name in there
    }


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        following = graph.get(ahead.pop(), set()) - found
        found |= following
        ahead += following
    return found


def test_no_modules_import_each_other() -> None:
    assert circles() == set(), "also for their types alone"


def named_alike(*, classes: bool) -> set[str]:
    """Public names that more than one public class, or more than one module, has."""
    generated = {
        f"heymarket_openapi.{name_of(path, GENERATED)}": path
        for path in GENERATED.rglob("*.py")
        if path.relative_to(GENERATED).parts[0] not in {"api", "models", "resources"}
    }
    where: dict[str, list[str]] = defaultdict(list)
    for module, path in {**modules(), **generated}.items():
        names = [module.rpartition(".")[2]]
        if classes:
            names = [node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)]
        for name in names:
            where[name].append(module)
    return {name for name, modules in where.items() if len(modules) > 1 and not name.startswith("_")}


def test_a_class_has_a_name_of_its_own() -> None:
    assert named_alike(classes=True) == CLASSES_WITH_THE_SAME_NAME.keys()


def test_a_module_has_a_name_of_its_own_or_that_of_its_resource() -> None:
    resources = {path.stem for path in (GENERATED / "resources").glob("*.py")}
    assert named_alike(classes=False) - resources == {*MODULES_WITH_THE_SAME_NAME}


def private_names(path: Path) -> Iterator[tuple[str, str]]:
    """Private names of other objects that a module names, each with the function that does."""
    tree = ast.parse(path.read_text("utf-8"))
    for owner in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for function in (node for node in owner.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)):
            for node in ast.walk(function):
                name = ""
                if isinstance(node, ast.Attribute) and ast.unparse(node.value) not in {"self", "cls"}:
                    name = node.attr
                elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"getattr", "setattr", "delattr"}:
                    name = ast.unparse(node.args[1]).strip("'")
                if name.startswith("_") and not name.startswith("__"):
                    yield name, f"{path.stem}.{owner.name}.{function.name}"


def test_transports_name_few_private_things_of_others_each_in_one_place() -> None:
    named: dict[str, set[str]] = defaultdict(set)
    for path in of({"_transports"}):
        for name, function in private_names(path):
            named[name].add(function)
        others = {target.module for target in imports(path) if not within(target.module, "heymarket")}
        assert not {module for module in others if "._" in module}, path
    assert {name: places for name, places in named.items() if name not in PRIVATE_NAMES_OF_OURS} == (
        PRIVATE_NAMES_OF_DEPENDENCIES
    )


def test_httpx_has_the_private_names_that_the_transports_need() -> None:
    pool = httpx.HTTPTransport()._pool
    assert pool._network_backend is not None
    assert callable(pool.create_connection)
