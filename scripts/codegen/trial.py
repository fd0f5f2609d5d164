"""The trial of a generated package, before it replaces the old one.

Every module is imported, every command gets its options, the example of every page is run against the emulator, sync
and async, and mypy checks it as a typed call. What hasn't changed since the package that is there isn't run again.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import repeat
from pathlib import Path
from textwrap import indent

import _venv

from .bundle import Document
from .problems import DescriptionError, Problem

_EXERCISE = Path(__file__).with_name("exercise.py")
_SHARE = 30
"""So many operations are worth a process of their own, where there is a processor for it."""
CACHE = _venv.ROOT / ".mypy_cache/regenerate"
"""Where mypy keeps what it knows of the standard library; of one process at a time."""
_SECTION = re.compile(
    r"^## ([a-z0-9_]+\.[a-z0-9_]+)\n(.*?)(?=^## [a-z0-9_]+\.[a-z0-9_]+$|\Z)", re.MULTILINE | re.DOTALL
)
_EXAMPLE = re.compile(r"^`[A-Z]+ /.* confidence: \w+\n\n```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_Failure = tuple[str, str, str]
_CHECKED = re.compile(r"^(.+?):(\d+): error: (.*)$", re.MULTILINE)
_WHATS = {
    "module": "its module can't be imported",
    "source": "its module has wrong types",
    "command": "its command can't be made",
    "example": "the page's example fails",
    "async example": "the page's example fails on the asynchronous client",
    "types": "the page's example has wrong types",
}


class Generated:
    """A generated package and its pages: what each operation is made of.

    Args:
        package: The package's folder.
        pages: The folder of its reference pages.
    """

    def __init__(self, package: Path, pages: Path) -> None:
        self.package = package
        self.pages = pages

    @cached_property
    def files(self) -> dict[str, str]:
        """The Python files, by their path in the package."""
        found = (file for file in sorted(self.package.rglob("*.py")) if "__pycache__" not in file.parts)
        return {file.relative_to(self.package).as_posix(): file.read_text(encoding="utf-8") for file in found}

    @cached_property
    def operations(self) -> dict[str, dict[str, str]]:
        """The parts of each operation by their names: files, and parts of the description."""
        if not (self.package / "description.json").exists():
            return {}
        data = json.loads((self.package / "description.json").read_text(encoding="utf-8"))
        components = {
            f"#/components/{section}/{name}": json.dumps(part)
            for section, parts in data.get("components", {}).items()
            for name, part in parts.items()
        }
        found: dict[str, dict[str, str]] = {}
        for path, item in data["paths"].items():
            for method, operation in item.items():
                if not isinstance(operation, dict) or "operationId" not in operation:
                    continue
                name = operation["operationId"]
                api = f"api/{name.partition('.')[0]}/{name.replace('.', '_')}.py"
                described = {f"{method} {path}": json.dumps(operation)}
                found[name] = {
                    **_collect({api: self.files.get(api, "")}, self.files, r"from \.+(models\.\w+) import"),
                    **_collect(described, components, r'"(#/components/\w+/\w+)"'),
                }
        return found

    @cached_property
    def examples(self) -> dict[str, str]:
        """The Python example of each operation, from its page."""
        found: dict[str, str] = {}
        for page in sorted(self.pages.glob("*.md")):
            for name, text in _SECTION.findall(page.read_text(encoding="utf-8")):
                if example := _EXAMPLE.search(text):
                    found[name] = example[1]
        return found

    def find_changed(self, old: "Generated") -> set[str]:
        """Finds the operations that another package hasn't, or has in another form."""
        changed = {
            name
            for name, parts in self.operations.items()
            if parts != old.operations.get(name) or self.examples.get(name) != old.examples.get(name)
        }
        differing = {
            file for file, text in self.files.items() if _drop_table(old.files.get(file, "")) != _drop_table(text)
        }
        if any("/" not in file and file != "__init__.py" for file in differing):  # what all operations use
            return {*self.operations}
        for file in differing:
            folder, _, tag = file.removesuffix(".py").partition("/")
            its = {name for name in self.operations if name.startswith(f"{tag}.")}
            if folder == "resources" and not changed & its:
                changed |= its
        return changed


def run_trial(document: Document, new: Generated, old: Generated | None) -> None:
    """Runs what is new in a package.

    Args:
        document: What it was generated from.
        new: The package, which isn't in its place yet.
        old: The package that is there; None to run everything.

    Raises:
        DescriptionError: With each operation that fails.
    """
    names = sorted(new.operations if old is None else new.find_changed(old))
    before = {} if old is None else old.files
    modules = [_name_module(file) for file, text in new.files.items() if before.get(file) != text]
    problems: list[Problem] = []
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder, "calls.py")
        calls.write_text(_write_calls(new.examples, names), encoding="utf-8")
        around = new.package.parent if old is None else _copy_part(new, names, Path(folder, "part"))
        checker = _start_checker(calls, around, "all" if old is None else "changed") if names else None
        try:
            problems += _report(document, new, _exercise(new, names, modules))
        finally:
            said = checker.communicate()[0] if checker else ""
        problems += _report(document, new, _read_checker(said, calls, new))
        if checker and checker.returncode and not problems:
            raise DescriptionError([document.problem((), f"mypy failed: {said.strip()}")])
    if problems:
        raise DescriptionError(problems)


def _exercise(new: Generated, names: list[str], modules: list[str]) -> list[_Failure]:
    count = max(1, min(len(names) // _SHARE, os.cpu_count() or 1))
    with ThreadPoolExecutor(count) as pool:
        shares = pool.map(_exercise_share, repeat(new), _divide(names, count), _divide(modules, count))
        failures = [failure for share in shares for failure in share]
    # What uses a module that can't be imported fails too, in a share of another module.
    return [failure for failure in failures if failure[0] == "module"] or failures


def _divide(values: list[str], count: int) -> list[list[str]]:
    size = -(-len(values) // count)
    return [values[number * size : (number + 1) * size] for number in range(count)]


def _exercise_share(new: Generated, names: list[str], modules: list[str]) -> list[_Failure]:
    examples = {name: new.examples[name] for name in names}
    given = {
        "paths": [str(new.package.parent), str(_venv.ROOT)],
        "modules": modules,
        "examples": examples,
        "async_examples": {name: _make_async(example) for name, example in examples.items()},
    }
    done = subprocess.run(
        [sys.executable, "-I", "-B", _EXERCISE],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        return [("", "", (done.stderr.strip().splitlines() or ["it ended"])[-1])]
    return [(kind, name, message) for kind, name, message in json.loads(done.stdout)]


def _copy_part(new: Generated, names: list[str], folder: Path) -> Path:
    """Copies the part of a package that the resources of some operations are made of.

    All models import each other by way of their package, so in the whole one a change of one has mypy check all.
    """
    tags = {name.partition(".")[0] for name in names}
    used = {file for name, parts in new.operations.items() if name.partition(".")[0] in tags for file in parts}
    used |= {f"resources/{tag}.py" for tag in tags}
    for file, text in new.files.items():
        if "/" not in file or file.endswith("__init__.py") or file in used:
            target = folder / new.package.name / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    (folder / new.package.name / "py.typed").touch()
    return folder


def _start_checker(calls: Path, around: Path, what: str) -> "subprocess.Popen[str]":
    options = ["--strict", "--python-version=3.11", "--no-error-summary", "--no-color-output", "--no-pretty"]
    if what == "changed":
        options += ["--ignore-missing-imports"]  # of what isn't part of it; that modules are there is known by now
    return subprocess.Popen(
        [sys.executable, "-m", "mypy", *options, "--config-file=", f"--cache-dir={CACHE / what}", str(calls)],
        cwd=calls.parent,
        env={**os.environ, "MYPYPATH": str(around)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def _read_checker(said: str, calls: Path, new: Generated) -> Iterator[_Failure]:
    lines = calls.read_text(encoding="utf-8").splitlines()
    for file, line, text in _CHECKED.findall(said):
        if Path(file).name == calls.name:
            above = (re.match(r"(?:async )?def (\w+)__(\w+)\(", one) for one in reversed(lines[: int(line)]))
            found = next(match for match in above if match)
            yield "types", f"{found[1]}.{found[2].rstrip('_')}", text
        else:
            inside = Path(file).as_posix().rpartition(f"/{new.package.name}/")[2]
            yield "source", _name_module(inside), text


def _report(document: Document, new: Generated, failures: Iterable[_Failure]) -> Iterator[Problem]:
    """Makes problems of failures, at their operations."""
    places = {operation.item["operationId"]: operation.at for operation in document.operations()}
    for kind, name, message in failures:
        is_module = kind in {"module", "source"}
        file = name.removeprefix(f"{new.package.name}.").replace(".", "/") + ".py"
        owners = [o for o, parts in new.operations.items() if file in parts] if is_module else [name]
        tag = file.removeprefix("resources/").removesuffix(".py")
        owners += [o for o in new.operations if is_module and o.startswith(f"{tag}.")]
        short = message.replace(str(new.package.parent), "").splitlines()[0]
        text = (
            f"{_WHATS.get(kind, 'what was generated fails')} ({short}). If the examples here are right, that "
            "is a mistake of scripts/regenerate: report it with this part, and leave the part out until then"
        )
        yield document.problem(places.get(owners[0], ()) if owners else (), text)


def _write_calls(examples: dict[str, str], names: list[str]) -> str:
    """Writes each example as a function of a client, with the type of its result."""
    parts = [
        "from __future__ import annotations",
        "import datetime as datetime_",
        "from collections.abc import Mapping",
        "from typing import Any",
        "from uuid import UUID",
        "from heymarket_openapi.models import *",
        "from heymarket_openapi.resources import AsyncResources, Resources",
    ]
    for name in names:
        for client, word, source in (
            ("Resources", "def", examples[name]),
            ("AsyncResources", "async def", _make_async(examples[name])),
        ):
            typed = re.sub(r"^result = (.*\)  # (.+))\Z", r"result: \2 = \1", source.rstrip(), flags=re.DOTALL)
            typed = re.sub(r"^result: .+? = ", lambda match: match[0].replace("datetime.", "datetime_."), typed)
            parts += [f"{word} {name.replace('.', '__')}{'_' * (word != 'def')}(hm: {client}) -> None:"]
            parts += [indent(typed, "    ")]
    return "\n".join(parts) + "\n"


def _make_async(example: str) -> str:
    """Writes an example for the asynchronous client."""
    return re.sub(
        r"^(result = |)(?=hm\.)", r"\1await ", re.sub(r"^for ", "async for ", example, flags=re.M), flags=re.M
    )


def _collect(start: dict[str, str], parts: dict[str, str], reference: str) -> dict[str, str]:
    """Collects what parts refer to, directly or by others."""
    found, waiting = dict(start), [*start.values()]
    while waiting:
        for name in re.findall(reference, waiting.pop()):
            key = name.replace(".", "/") + ".py" if not name.startswith("#") else name
            if key not in found and key in parts:
                found[key] = parts[key]
                waiting.append(parts[key])
    return found


def _drop_table(text: str) -> str:
    """Drops the fields of all bodies from a module: those of an operation's body are in its description."""
    return text.partition("\nFIELDS: ")[0]


def _name_module(file: str) -> str:
    steps = ["heymarket_openapi", *file.removesuffix(".py").split("/")]
    return ".".join(step for step in steps if step != "__init__")
