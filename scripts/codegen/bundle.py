"""Bundles the root file and the family files into one OpenAPI document that still knows where each part stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from . import yaml_reader
from .problems import DescriptionError, Path, Place, Problem, dotted

ROOT = "heymarket.yaml"
GENERATOR_CONFIG = "generator.yaml"
_ORDER = ("openapi", "info", "servers", "security", "tags", "paths", "webhooks", "components")
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True)
class Operation:
    """One method of one path."""

    path: str
    method: str
    item: dict[str, Any]

    @property
    def at(self) -> Path:
        """Where it stands in the document."""
        return ("paths", self.path, self.method)


@dataclass(frozen=True)
class Document:
    """The bundled description."""

    data: dict[str, Any]
    places: dict[Path, Place]

    def operations(self) -> Iterator[Operation]:
        """All operations, in the order of the description."""
        for path, item in self.data["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(path, method, item[method])

    def place(self, path: Path) -> Place:
        """The file and line of a part, or of the nearest part around it that has one."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def problem(self, path: Path, text: str) -> Problem:
        """A mistake in the part at `path`."""
        return Problem(self.place(path), dotted(path), text)

    def resolve(self, part: dict[str, Any]) -> dict[str, Any]:
        """The part itself, or what its `$ref` points to; other members of the part take precedence."""
        while "$ref" in part:
            around = {key: value for key, value in part.items() if key != "$ref"}
            part = {**self.target(part["$ref"]), **around}
        return part

    def target(self, ref: str) -> Any:
        """What a `#/...` reference points to.

        Raises:
            LookupError: When it points nowhere.
        """
        found: Any = self.data
        if not ref.startswith("#/"):
            raise LookupError(ref)
        for step in ref.removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        return found


def bundle(folder: File) -> Document:
    """Reads the root file and, in the order of their names, the family files beside it.

    Raises:
        DescriptionError: When a file can't be read, or two of them describe the same thing.
    """
    name = folder.name
    root = yaml_reader.read(folder / ROOT, f"{name}/{ROOT}")
    parts = {"tags": [], "paths": {}, "components": {}, **root.data}
    data = {key: parts.pop(key) for key in _ORDER if key in parts}
    document = Document({**data, **parts}, root.places)
    problems: list[Problem] = []
    for file in sorted(folder.glob("*.yaml")):
        if file.name not in {ROOT, GENERATOR_CONFIG}:
            problems += _add(document, yaml_reader.read(file, f"{name}/{file.name}"))
    if problems:
        raise DescriptionError(problems)
    return document


def _add(document: Document, family: yaml_reader.Source) -> Iterator[Problem]:
    """Adds a family to the document, and yields what is misplaced, or described there already."""
    tags = document.data.setdefault("tags", [])
    places = {_moved(path, len(tags)): place for path, place in family.places.items() if path}
    for key, value in family.data.items():
        if key == "tags" and isinstance(value, list):
            tags += value
        elif key in {"paths", "webhooks"} and isinstance(value, dict):
            yield from _join(document, (key,), value, places)
        elif key == "components" and isinstance(value, dict) and all(isinstance(v, dict) for v in value.values()):
            for section, parts in value.items():
                yield from _join(document, ("components", section), parts, places)
        else:
            expected = "a family file has a list of `tags`, and keys and values under `paths`, `webhooks`, `components`"
            yield Problem(family.places[(key,)], key, f"{expected}; everything else goes to {ROOT}")
    document.places.update(places)


def _moved(path: Path, tags_before: int) -> Path:
    """A path of a family file as it is in the bundle, where its tags stand behind those of earlier files."""
    match path:
        case ("tags", int(index), *rest):
            return ("tags", tags_before + index, *rest)
    return path


def _join(
    document: Document, parent: tuple[str, ...], added: dict[str, Any], places: dict[Path, Place]
) -> Iterator[Problem]:
    existing = document.data
    for step in parent:
        existing = existing.setdefault(step, {})
    for key, value in added.items():
        if key in existing:
            path = (*parent, key)
            yield Problem(places[path], dotted(path), f"already described at {document.places[path]}: remove one")
        existing[key] = value
