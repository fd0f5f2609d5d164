"""The generated package and its reference pages: the generator, our own steps, formatting."""

import contextlib
import copy
import json
import os
import re
import shlex
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser import openapi as generator_parser
from openapi_python_client.parser.errors import GeneratorError

from . import yaml_reader
from .body_fields import BodyFields
from .bundle import GENERATOR_CONFIG, Document, Operation, bundle
from .checks import check, check_vocabulary
from .generator_input import derive_generator_input
from .hints import resolve_hints
from .names import understand_marks, unmark_names
from .normalization import normalize
from .problems import DescriptionError, Problem
from .problems import Path as ProblemPath
from .publish import publish
from .reference import join_models, render_overview, render_resources
from .render import render, render_index
from .resources import list_resources, read_resources
from .signatures import Module
from .strip import keep_objects, strip_package
from .unchanged import Written, find_changed, find_others, restrict
from .unions import index_matches

_STATIC = Path(__file__).parent / "static"


class GenerationError(Exception):
    """A step failed, though the checks found nothing wrong."""


class _ConflictError(Exception):
    """What is generated has a file of the same name as what is kept."""


def build_package(openapi: Path, package: Path, pages: Path, written: Written | None = None) -> Document:
    """Writes the package for a description, and the reference pages.

    Args:
        openapi: The folder with the description and the generator's settings.
        package: The folder to create for the package; it must not exist.
        pages: The folder to create for the pages; it must not exist.
        written: What this code has written before, for what hasn't changed since; None to generate all.

    Returns:
        What the package was generated from.

    Raises:
        DescriptionError: When the description has mistakes, or something that can't be generated.
    """
    described = bundle(openapi)
    check_vocabulary(described)
    document = normalize(described)
    check(document)
    settings = ConfigFile(**yaml_reader.read(openapi / GENERATOR_CONFIG, f"{openapi.name}/{GENERATOR_CONFIG}").data)
    try:
        try:
            _write_package(document, openapi, settings, package, pages, written)
        except _ConflictError:
            for folder in (package, pages):
                shutil.rmtree(folder)
            _write_package(document, openapi, settings, package, pages)
    except DescriptionError:
        raise
    except Exception as error:  # of the generator, of any kind: it gets the operation's place
        problem = _blame_operation(document, error, openapi, settings)
        raise DescriptionError([problem]) from error
    return document


def _write_package(
    document: Document, openapi: Path, settings: ConfigFile, package: Path, pages: Path, written: Written | None = None
) -> None:
    package.parent.mkdir(parents=True, exist_ok=True)
    part = document
    files: dict[str, bytes] = {}
    old_pages: dict[str, bytes] = {}
    if written:
        changed = find_changed(document, written)
        part = restrict(document, changed)
        files, old_pages = find_others(document, written, changed)
    _generate(part, openapi, settings.model_copy(update={"post_hooks": []}), package)
    strip_package(package, index_matches(part))
    keep_objects(part, package)
    for module in _STATIC.glob("[!_]*.py"):
        shutil.copyfile(module, package / module.name)
    (package / "py.typed").touch()
    text = json.dumps(document.data, ensure_ascii=False, separators=(",", ":"))
    (package / "description.json").write_text(text + "\n", encoding="utf-8")
    text = json.dumps(publish(document), indent=2, ensure_ascii=False)
    (package / "openapi.json").write_text(text + "\n", encoding="utf-8")
    load = cache(Module)
    found = read_resources(part, package, load)
    render(found, package)
    models = _find_models({file.name: file.read_bytes() for file in (package / "models").glob("[!_]*.py")})
    old_models = _find_models({Path(name).name: text for name, text in files.items() if name.startswith("models/")})
    render_index(list_resources(document), {**old_models, **models}, BodyFields(document).add_all(), package)
    pages.mkdir(parents=True)
    rendered = render_resources(part, found, package, load) | render_overview(document, openapi.parent / "tests")
    if written:
        old = written.pages.get("models.md", b"").decode()
        rendered["models.md"] = join_models(rendered["models.md"], old, {*old_models} - {*models})
    for name, page in rendered.items():
        (pages / name).write_text(page, encoding="utf-8")
    resolve_hints(package)
    # The generator would run its hooks before our own steps, and with the first ruff on the PATH.
    for hook in settings.post_hooks or []:
        _run(shlex.split(hook), package)
    for folder, contents in ((package, files), (pages, old_pages)):
        for name, content in contents.items():
            file = folder / name
            if file.exists() and file.read_bytes() != content:
                raise _ConflictError(name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)


def _find_models(files: dict[str, bytes]) -> dict[str, str]:
    """The modules of the models, by the names of the classes, in the order of the modules."""
    found = re.compile(rb"^class (\w+)", re.MULTILINE)
    return {match.decode(): Path(name).stem for name, text in sorted(files.items()) for match in found.findall(text)}


def _blame_operation(document: Document, error: Exception, openapi: Path, settings: ConfigFile) -> Problem:
    """Makes a problem of an error that no check foresaw, at the operation without which it doesn't happen."""

    def fails(operations: list[Operation]) -> bool:
        paths: dict[str, Any] = {operation.path: {} for operation in operations}
        for operation in operations:
            paths[operation.path][operation.method] = document.data["paths"][operation.path][operation.method]
        with tempfile.TemporaryDirectory() as folder:
            part = Document({**document.data, "paths": paths}, document.places)
            try:
                _write_package(part, openapi, settings, Path(folder, "package"), Path(folder, "pages"))
            except Exception:  # noqa: BLE001  # any error is what is looked for
                return True
        return False

    suspects = [] if fails([]) else list(document.operations())
    while len(suspects) > 1:
        half = suspects[: len(suspects) // 2]
        suspects = half if fails(half) else suspects[len(half) :]
    reason = str(error).strip().splitlines()[-1:] or [""]
    text = (
        f"this passes all checks, and still can't be generated ({type(error).__name__}: {reason[0]}). That is a "
        "mistake of scripts/regenerate: report it with this part of the description, and leave the part out until then"
    )
    return document.problem(suspects[0].at if suspects else (), text)


def _generate(document: Document, openapi: Path, settings: ConfigFile, package: Path) -> None:
    config = Config.from_sources(settings, MetaType.NONE, openapi, "utf-8", overwrite=False, output_path=package)
    with contextlib.redirect_stdout(None), understand_marks(), _save_copies():
        data = GeneratorData.from_dict(derive_generator_input(document), config=config)
        if isinstance(data, GeneratorError):
            raise DescriptionError([_locate_problem(document, data)])
        project = Project(openapi=data, config=config, custom_template_path=openapi / "templates")
        project.env.auto_reload = False
        project.env.bytecode_cache = FileSystemBytecodeCache()
        errors = project.build()
    if errors:  # each says that something was left out, so warnings count
        raise DescriptionError([_locate_problem(document, error) for error in errors])


@contextlib.contextmanager
def _save_copies() -> Iterator[None]:
    """Lets the generator copy endpoints without all that is in them, which it does to replace the original."""
    vars(generator_parser).update(deepcopy=copy.copy)
    try:
        yield
    finally:
        vars(generator_parser).update(deepcopy=copy.deepcopy)


def _locate_problem(document: Document, error: GeneratorError) -> Problem:
    """Makes a problem of the generator's error, at the operation or the schema that it is about."""
    text = re.sub(r"<\S+ object at 0x\w+>", "...", unmark_names(f"{error.header}: {error.detail}"))
    at: ProblemPath = next(
        (o.at for o in document.operations() if f" {o.method.upper()} {o.path} " in error.header), ()
    )
    if named := re.search(r"/components/schemas/(\w+)", text):
        at = at or ("components", "schemas", named[1])
    return document.problem(at, f"the generator refuses this: {text}")


def _run(command: list[str], package: Path) -> None:
    """Runs a command in the package's folder, with the tools of this environment before all others.

    Raises:
        GenerationError: When it fails.
    """
    path = os.pathsep.join([sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        command, cwd=package, env={**os.environ, "PATH": path}, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise GenerationError(f"{command[0]} failed on the generated package:\n{done.stdout}{done.stderr}")
