"""The command scripts/describe: read the input, write the block, and try what scripts/regenerate would say of it."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

import _venv
from codegen.bundle import Document, bundle
from codegen.checks import check, check_vocabulary
from codegen.normalization import normalize
from codegen.problems import DescriptionError

from . import curl, openapi, page
from .block import Block, build_block
from .endpoint import Endpoint, InputError
from .harmless import make_harmless
from .insert import insert
from .known import Known
from .write import list_decisions, render


def run(options: argparse.Namespace, root: Path = _venv.ROOT) -> int:
    """Runs the command.

    Args:
        options: The arguments, from `bootstrap.parse_arguments`.
        root: The checkout.

    Returns:
        The exit status: 0, or 1 when the input can't be described or the block can't be added.
    """
    try:
        text = _read_input(options.file)
        known = Known(_load(root / "openapi"))
        block = describe(text, known, operation=options.operation, tag=options.tag, source=_name_source(options))
        problems = (_add if options.into else _show)(block, known, root, options.into)
    except (InputError, DescriptionError) as error:
        print(error, file=sys.stderr)
        return 1
    for line in list_decisions(block.data):
        print(f"decide: {line}", file=sys.stderr)
    for problem in problems:
        print(f"regenerate will refuse this: {problem}", file=sys.stderr)
    return 0


def _load(folder: Path) -> Document:
    """Loads a description that `scripts/regenerate` would take, or raises a `DescriptionError`."""
    written = bundle(folder)
    check_vocabulary(written)
    document = normalize(written)
    check(document)
    return document


def _name_source(options: argparse.Namespace) -> str:
    """What is told of the source, else the name of the file."""
    return str(options.source or ("" if options.file == "-" else Path(options.file).name))


def _show(block: Block, known: Known, root: Path, _into: None) -> list[str]:
    """Prints the block, and returns what scripts/regenerate would refuse of it."""
    print(render(block.data), end="", flush=True)
    if there := known.find(block.method, block.path):
        print(f"{block.operation_id}: described at {known.place(there.at)} already", file=sys.stderr)
        return []
    file = _choose_file(known, block, root)
    print(f"{block.operation_id}: for openapi/{file.name}", file=sys.stderr)
    return _try_out(root, file.name, insert(file, block.data, f"openapi/{file.name}"))


def _add(block: Block, known: Known, root: Path, into: str) -> list[str]:
    """Adds the block to a file, and returns what scripts/regenerate will refuse of it."""
    file = Path(into).resolve()
    if file.parent != (root / "openapi").resolve() or file.suffix != ".yaml":
        raise InputError("--into names a .yaml file in openapi/, such as openapi/contacts.yaml.")
    if there := known.find(block.method, block.path):
        raise InputError(f"{known.place(there.at)} describes this operation already: edit it there.")
    if block.path in known.paths and (needed := _choose_file(known, block, root)).name != file.name:
        raise InputError(f"openapi/{needed.name} has this path already: use --into openapi/{needed.name}.")
    content = insert(file, block.data, f"openapi/{file.name}")
    problems = _try_out(root, file.name, content)
    file.write_text(content, encoding="utf-8")
    print(f"openapi/{file.name}: {block.operation_id} added", flush=True)
    return problems


def describe(text: str, known: Known, *, operation: str = "", tag: str = "", source: str = "") -> Block:
    """The block for what an input describes.

    Args:
        text: The input: a page, a curl command with its response, or an OpenAPI file.
        known: The description that it is for.
        operation: Which operation of an OpenAPI file.
        tag: The tag; proposed by default.
        source: Where the endpoint is documented.

    Raises:
        InputError: When the input can't be read.
    """
    endpoint = _read(text, known.paths, operation)
    make_harmless(endpoint, known)
    return build_block(endpoint, known, tag=tag, source=source)


def _read(text: str, paths: list[str], operation: str) -> Endpoint:
    if document := openapi.parse(text):
        return openapi.read(document, operation)
    if operation:
        raise InputError("--operation is for an OpenAPI file, which this isn't.")
    if page.is_page(text):
        return page.read(text, paths)
    if curl.find_command(text):
        return curl.read(text, paths)
    raise InputError(
        "This is neither a page with method, path and sections, nor a curl command, nor an OpenAPI file: "
        "copy the whole page, or a line that begins with curl."
    )


def _read_input(name: str) -> str:
    try:
        content = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\u00a0", " ")
    except OSError as error:
        raise InputError(f"{name} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise InputError("The input isn't UTF-8: save it as UTF-8.") from None


def _choose_file(known: Known, block: Block, root: Path) -> Path:
    """The file of the path, else that of the tag, else one of its own."""
    if block.path in known.paths:
        name = known.file(("paths", block.path))
    elif block.tag in known.tags:
        name = known.file(("tags", known.tags[block.tag]))
    else:
        name = f"{block.tag.replace('_', '-')}.yaml"
    return root / "openapi" / name


def _try_out(root: Path, name: str, content: str) -> list[str]:
    """What scripts/regenerate would refuse if a file of the description had this content."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "openapi")
        shutil.copytree(root / "openapi", copy)
        (copy / name).write_text(content, encoding="utf-8")
        try:
            _load(copy)
        except DescriptionError as error:
            return [str(problem) for problem in error.problems]
    return []
