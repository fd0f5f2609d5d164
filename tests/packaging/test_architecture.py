"""Guard rails: how large a part may be, who may import whom, and that a name has one meaning.

The data comes first. A ceiling above its target may be lowered, never raised. An exception carries its reason, and
fails once it isn't needed.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

HERE = Path(__file__).parents[2]
ROOT = HERE / "heymarket"
GENERATED = HERE / "generated" / "heymarket_openapi"

ONE_CALL = {
    "client", "_assembly", "_request", "_path_params", "_validation", "_flow", "_sender", "_messages", "_decoding",
    "errors", "_error_mapping", "auth", "retries", "_transports", "_clock",
}  # fmt: skip
REST_OF_CORE = {
    "__init__", "_concurrency", "_version", "config", "contact_channels", "contacts", "description", "models",
    "pagination", "quota",
}  # fmt: skip
AROUND_THE_CORE = {"__main__", "cli", "emulator", "pytest_plugin", "testing", "webhooks"}


class Limit(NamedTuple):
    """How much there may be of something: in the end, and today."""

    target: int
    ceiling: int


LINES_OF_CODE_OF_ONE_CALL = Limit(1500, 2336)
LINES_OF_CODE_OF_THE_CORE = Limit(2800, 3606)
LINES_OF_TRANSPORTS = Limit(700, 1334)
LINES_OF_GENERATED = Limit(37_000, 48_986)
MODULES_ON_THE_EMULATORS_FIRST_FLOOR = Limit(9, 32)
ROWS_OF_CONTRIBUTINGS_MAP = Limit(12, 21)

PRIVATE_NAMES_OF_DEPENDENCIES = Limit(2, 4)
PLACES_OF_PRIVATE_NAMES = {
    "_pool": Limit(1, 4),
    "_network_backend": Limit(1, 2),
    "_connection": Limit(1, 2),
    "_h11_state": Limit(1, 1),
}
"""Of httpx and httpcore: in how many places of the transports each is named."""
PRIVATE_NAMES_OF_OURS = {"_lanes", "_pid", "_replace"}
"""What the transports' own objects have, seen from outside of them."""

IMPORTERS = {  # by what is imported: the only modules that may, and those under the folders named
    "httpx": {"_transports.httpx", "emulator.posting"},
    "httpcore": set[str](),
    "heymarket_openapi": {
        "__init__", "_decoding", "_request", "_sender", "_validation", "client", "contact_channels", "contacts",
        "models", "pagination",
    },
    "heymarket.emulator": {"emulator", "cli.commands.emulator", "pytest_plugin"},
    "heymarket._transports": {"_transports", "_assembly", "_request", "testing"},
}  # fmt: skip
PRIVATE_BUT_OPEN_TO_EMULATOR_AND_CLI = {"heymarket._version"}

CIRCLES_FOR_TYPES = {  # a module of each, by what must change before it goes
    "emulator.app": "the app makes the console, whose parts read the app",
    "emulator.operations": "the module that lists the operations also defines what they are called with",
    "emulator.state._state": "a seed is written through the state that loads it",
}

MODULES_WITH_THE_SAME_NAME = {
    "app": "the application of its package",
    "client": "the generated client, which nothing uses",
    "connection": "the command line's, and the emulator's",
    "control": "one service, over HTTP and on the page",
    "emulator": "the emulator, and the command that starts it",
    "errors": "the errors of its package",
    "faults": "the emulator's, and those of the server that misbehaves",
    "journal": "the journal, and its page",
    "operations": "the API's, as commands and as handlers",
    "server": "the emulator's, and the one that misbehaves",
    "webhooks": "deliveries, and how the emulator is told where to send them",
}
CLASSES_WITH_THE_SAME_NAME = {
    "APISecret": "what signs, and what the emulator checks",
    "AsyncPager": "a protocol of the generated package, and what keeps it",
    "AsyncSender": "a protocol of the generated package, and what keeps it",
    "Pager": "a protocol of the generated package, and what keeps it",
    "Sender": "a protocol of the generated package, and what keeps it",
    "TeamKey": "what signs, and what the emulator checks",
}
CLASSES_TO_RENAME = {"Call", "Clock", "Connection", "Example", "Fault", "Headers", "Page", "Request", "Response"}
"""Names that still have several meanings."""


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
        (lambda: sum(map(lines_of_code, of(ONE_CALL))), LINES_OF_CODE_OF_ONE_CALL),
        (lambda: sum(map(lines_of_code, of(ONE_CALL | REST_OF_CORE))), LINES_OF_CODE_OF_THE_CORE),
        (lambda: lines(of({"_transports"})), LINES_OF_TRANSPORTS),
        (lambda: lines(GENERATED.parent.rglob("*")), LINES_OF_GENERATED),
        (lambda: len({*(ROOT / "emulator").glob("*.py")}) - 1, MODULES_ON_THE_EMULATORS_FIRST_FLOOR),
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


def circles(*, types: bool) -> set[frozenset[str]]:
    """Sets of modules that each lead to all others of theirs."""
    graph = {
        name: {
            target.module.removeprefix("heymarket.")
            for target in imports(path)
            # Public names taken from the package itself are loaded when asked for; they make no circle.
            if target.module.startswith("heymarket.") and (types or not target.for_types)
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
    assert circles(types=False) == set()


def test_no_modules_import_each_other_for_their_types_without_a_reason() -> None:
    found = circles(types=True)
    assert {circle for circle in found if circle.isdisjoint(CIRCLES_FOR_TYPES)} == set()
    assert {name for name in CIRCLES_FOR_TYPES if not any(name in circle for circle in found)} == set(), "not needed"


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
    assert named_alike(classes=True) == CLASSES_WITH_THE_SAME_NAME.keys() | CLASSES_TO_RENAME


def test_a_module_has_a_name_of_its_own_or_that_of_its_resource() -> None:
    resources = {path.stem for path in (GENERATED / "resources").glob("*.py")}
    assert named_alike(classes=False) - resources == {*MODULES_WITH_THE_SAME_NAME}


def test_transports_name_few_private_things_of_others_each_in_one_place() -> None:
    named: dict[str, int] = defaultdict(int)
    for path in of({"_transports"}):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            name = ""
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) not in {"self", "cls"}:
                name = node.attr
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"getattr", "setattr", "hasattr", "delattr"}:
                name = ast.unparse(node.args[1]).strip("'")
            if name.startswith("_") and not name.startswith("__"):
                named[name] += 1
        others = {target.module for target in imports(path) if not within(target.module, "heymarket")}
        assert not {module for module in others if "._" in module}, path
    for name in PRIVATE_NAMES_OF_OURS:
        del named[name]
    assert len(named) <= PRIVATE_NAMES_OF_DEPENDENCIES.ceiling
    assert named.keys() == PLACES_OF_PRIVATE_NAMES.keys()
    assert {name for name, count in named.items() if count > PLACES_OF_PRIVATE_NAMES[name].ceiling} == set()
