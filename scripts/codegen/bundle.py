"""One OpenAPI document made from the root file and the family files, that knows the file and line of each part.

References are resolved here, once: the steps after this one see operations with everything in the place of its `$ref`.
Only the packaged description and the generator's input keep them, because they give the models their names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path as File
from typing import Any

from . import yaml_reader
from .media_types import JSON, find_media_kind
from .problems import DescriptionError, Path, Place, Problem, join_path
from .schemas import DATA
from .vocabulary import FILE_ENDINGS, FILES

ROOT = "heymarket.yaml"
LOCK = "lock.json"
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
        """Its path in the document."""
        return ("paths", self.path, self.method)

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """The parameters of path and query, each with its schema, also one that is sent as JSON."""
        return [
            part if "schema" in part else {**next(iter(part["content"].values())), **part}
            for part in self.item.get("parameters", [])
        ]

    @property
    def body(self) -> dict[str, Any]:
        """The schema of its body; empty if it has none."""
        return body_schema(self.item)

    @property
    def body_media(self) -> str:
        """The media type of its body; empty if it has none."""
        return next(iter(self.item["requestBody"]["content"]), "") if "requestBody" in self.item else ""

    @property
    def body_name(self) -> str:
        """The argument's name for a body that has no properties."""
        default = {"array": "items", "string": "content"}.get(self.body.get("type", ""), "fields")
        return str(self.item.get("x-heymarket-body-name", default))

    @property
    def successes(self) -> dict[int, dict[str, Any]]:
        """The responses of the documented successes by their status, the lowest first."""
        found = {int(status): part for status, part in self.item["responses"].items() if status[0] == "2"}
        return dict(sorted(found.items()))

    @property
    def success(self) -> tuple[int, dict[str, Any]]:
        """The status and the response of the first documented success."""
        return next(iter(self.successes.items()))

    @property
    def saved(self) -> tuple[int, ...]:
        """The statuses of the successes whose bodies aren't JSON."""
        media = {status: next(iter(part.get("content", ())), JSON) for status, part in self.successes.items()}
        return tuple(status for status, name in media.items() if find_media_kind(name) != "json")


def body_schema(item: dict[str, Any]) -> dict[str, Any]:
    """The schema of an operation's or delivery's body, references resolved; empty if it has none."""
    contents = list(item["requestBody"]["content"].values()) if "requestBody" in item else []
    return contents[0]["schema"] if contents else {}


@dataclass(frozen=True)
class Document:
    """The bundled description.

    Attributes:
        data: The description with its references.
        places: The file and line of each part.
    """

    data: dict[str, Any]
    places: dict[Path, Place]

    @cached_property
    def resolved(self) -> dict[str, Any]:
        """The description with everything in the place of its references, which have to be known to lead somewhere.

        A schema that refers to itself contains itself. A schema under `components` is the same object everywhere.
        """
        copies: dict[int, dict[str, Any]] = {}

        def resolve(part: Any, key: str, parent: str) -> Any:
            if isinstance(part, list):
                return [resolve(item, key, parent) for item in part]
            if not isinstance(part, dict) or (key in DATA and parent != "properties"):
                return part
            if part.keys() == {"$ref"}:
                return resolve(self.target(part["$ref"]), key, parent)
            if id(part) not in copies:
                copy = copies[id(part)] = {}
                copy.update({name: resolve(value, name, key) for name, value in self.resolve(part).items()})
            return copies[id(part)]

        resolved: dict[str, Any] = resolve(self.data, "", "")
        return resolved

    def operations(self) -> Iterator[Operation]:
        """All operations, in the order of the description, references resolved."""
        for path, item in self.resolved["paths"].items():
            for method in METHODS:
                if method in item:
                    yield Operation(path, method, item[method])

    def place(self, path: Path) -> Place:
        """The file and line of a part, or of the nearest part around it that has one."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(ROOT, 1))

    def problem(self, path: Path, text: str) -> Problem:
        """A mistake in the part at `path`."""
        return Problem(self.place(path), join_path(path), text)

    def schema_name(self, schema: dict[str, Any]) -> str:
        """The name of a resolved schema under `components`; empty if it is described where it is used."""
        return self._schema_names.get(id(schema), "")

    @cached_property
    def _schema_names(self) -> dict[int, str]:
        schemas = self.resolved["components"]["schemas"]
        return {id(schema): name for name, schema in reversed(schemas.items())}  # of several, the first counts

    def resolve(self, part: dict[str, Any]) -> dict[str, Any]:
        """The part itself, or what its `$ref` points to; other fields of the part take precedence."""
        while isinstance(part.get("$ref"), str):
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
    if ignored := _find_ignored(folder):
        text = f"only {FILES} in {name} itself is read: rename this file, or move it"
        raise DescriptionError([Problem(Place(f"{name}/{file}", 1), "", text) for file in ignored])
    root = yaml_reader.read(folder / ROOT, f"{name}/{ROOT}")
    parts = {"tags": [], "paths": {}, "components": {}, **root.data}
    data = {key: parts.pop(key) for key in _ORDER if key in parts}
    document = Document({**data, **parts}, root.places)
    problems: list[Problem] = []
    for file in sorted(folder.glob(FILES)):
        if file.name not in {ROOT, GENERATOR_CONFIG}:
            problems += _add(document, yaml_reader.read(file, f"{name}/{file.name}"))
    if problems:
        raise DescriptionError(problems)
    return document


def _find_ignored(folder: File) -> list[str]:
    """Finds the files that look like a part of the description, and aren't read."""
    found = {file for file in folder.rglob("*") if file.suffix in FILE_ENDINGS} - {*folder.glob(FILES), folder / LOCK}
    return sorted(file.relative_to(folder).as_posix() for file in found)


def _add(document: Document, family: yaml_reader.Source) -> Iterator[Problem]:
    """Adds a family to the document, and yields a problem for what is misplaced or already described."""
    tags = document.data.setdefault("tags", [])
    places = {_move_path(path, len(tags)): place for path, place in family.places.items() if path}
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


def _move_path(path: Path, tags_before: int) -> Path:
    """A path of a family file as it is in the bundle, where its tags follow those of earlier files."""
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
            yield Problem(places[path], join_path(path), f"already described at {document.places[path]}: remove one")
        existing[key] = value
