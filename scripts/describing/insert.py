"""A block in a family's file: added where it belongs, with every line that was there kept as it was."""

import tempfile
from pathlib import Path as File
from typing import Any

from codegen import yaml_reader
from codegen.problems import DescriptionError, Path

from .endpoint import InputError
from .write import render

_HAND = "Run it without --into, and add what it prints by hand."


def insert(file: File, data: dict[str, Any], name: str) -> str:
    """The content of a file with a block added.

    Args:
        file: The file; it need not exist.
        data: The block.
        name: What messages call the file.

    Raises:
        InputError: When the file has part of it already, or has another form than the description's files.
    """
    if not file.exists():
        title = file.stem.replace("-", " ").capitalize()
        return f"# {title}.\n{render(data)}"
    try:
        source = yaml_reader.read(file, name)
    except DescriptionError as error:
        raise InputError(str(error)) from None
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    pieces: list[tuple[int, str]] = []
    _collect(source, data, (), pieces, len(lines))
    for at, text in sorted(pieces, reverse=True):
        lines.insert(at, text)
    result = "".join(lines)
    if _read(result, name) != _merge(source.data, _read(render(data), name)):
        raise InputError(f"{name} isn't laid out as the other files of the description are. {_HAND}")
    return result


def _collect(
    source: yaml_reader.Source, data: dict[str, Any], at: Path, pieces: list[tuple[int, str]], end: int
) -> None:
    """Collects what to add, and before which line; what the file has already is gone into."""
    existing: Any = source.data
    for step in at:
        existing = existing[step]
    for key, value in data.items():
        path = (*at, key)
        if key not in existing:
            following = sorted(other for other in existing if other > key) if at == ("components", "schemas") else []
            line = source.places[*at, following[0]].line - 1 if following else _find_end(source, at, end)
            if key == "paths" and "components" in existing:
                line = source.places["components",].line - 1
            pieces.append((line, _render_at(path, value)))
        elif key == "tags" and isinstance(value, list):
            text = render({key: value})
            pieces.append((_find_end(source, path, end), text[text.index("\n") + 1 :]))
        elif isinstance(existing[key], dict) and isinstance(value, dict) and len(path) < 3:
            _collect(source, value, path, pieces, end)
        else:
            raise InputError(f"{source.places[path]} has {key} already: edit it there.")


def _find_end(source: yaml_reader.Source, path: Path, end: int) -> int:
    """The number of lines up to the end of a part: up to the next key that isn't in it."""
    start = source.places[path].line if path else 0
    after = [p.line - 1 for other, p in source.places.items() if p.line > start and other[: len(path)] != path]
    return min(after, default=end)


def _render_at(path: Path, value: Any) -> str:
    """The YAML of a part, indented as it is at a path."""
    nested: Any = value
    for step in reversed(path):
        nested = {step: nested}
    return "".join(line for line in render(nested).splitlines(keepends=True)[len(path) - 1 :])


def _read(text: str, name: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        file = File(folder, "file.yaml")
        file.write_text(text, encoding="utf-8")
        try:
            return yaml_reader.read(file, name).data
        except DescriptionError:
            return None


def _merge(old: Any, new: Any) -> Any:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: _merge(old[key], value) if key in old else value for key, value in new.items()}}
    return [*old, *new] if isinstance(old, list) else new
