"""What needn't be generated again: the resources whose description hasn't changed.

A resource is generated again where anything has changed that its operations refer to, or where it shares a schema with
such a resource; the rest is taken from the package that is there. That is done only if this very code has written that
package, which its stamp says. `--check` generates all, so it finds what is out of date in any case.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from . import lock
from .bundle import GENERATOR_CONFIG, METHODS, Document

_OWN_FILES = ("*.py", "**/*.jinja", "static/*.py")
_IMPORT = re.compile(rb"^\s*from \.+models\.(\w+) import", re.MULTILINE)
_CLASS = re.compile(rb"^class (\w+)", re.MULTILINE)
_REFERENCE = re.compile(r'"\$ref": "#/components/(\w+)/([^"/]+)"')
_DATA = re.compile(r'"x-heymarket-event-data": ({[^}]*})')
_Reached = set[tuple[str, str]]


@dataclass(frozen=True)
class Written:
    """The package and the pages that an earlier run has written.

    Attributes:
        package: The contents of the package's files, by their paths.
        pages: Those of its reference pages.
    """

    package: dict[str, bytes]
    pages: dict[str, bytes]

    def make_stamp(self, openapi: Path) -> str:
        """Makes the stamp of these files, and of what generates them, except the description itself."""
        own = Path(__file__).parent
        code = {path.relative_to(own).as_posix(): path for pattern in _OWN_FILES for path in own.glob(pattern)}
        settings = [*openapi.glob("templates/**/*.jinja"), openapi / GENERATOR_CONFIG]
        inputs = {**code, **{path.relative_to(openapi.parent).as_posix(): path for path in settings}}
        digest = hashlib.sha256(json.dumps(lock.read(openapi)["tools"]).encode())
        for files in ({name: path.read_bytes() for name, path in inputs.items()}, self.package, self.pages):
            for name, content in sorted(files.items()):
                digest.update(f"{name}\0{len(content)}\0".encode() + content)
        return digest.hexdigest()

    @cached_property
    def description(self) -> dict[str, Any]:
        """The description that the package has."""
        found: dict[str, Any] = json.loads(self.package.get("description.json", b"{}"))
        return found

    def find_models(self, tags: set[str], names: set[str]) -> set[str]:
        """Finds the files of the models that the endpoints of some resources import, and those with some names."""
        files = {Path(name).stem: name for name in self.package if name.startswith("models/")}
        starts = [name for name in self.package if name.startswith(tuple(f"api/{tag}/" for tag in tags))]
        starts += [n for n in files.values() if names & {found.decode() for found in _CLASS.findall(self.package[n])}]
        found, waiting = {name for name in starts if name.startswith("models/")}, starts
        while waiting:
            imported = {files[name.decode()] for name in _IMPORT.findall(self.package[waiting.pop()])} - found
            found |= imported
            waiting += imported
        return found


def find_changed(document: Document, written: Written) -> set[str]:
    """Finds the tags of a description that have to be generated again; those of all if something common has changed."""
    new, old = _Parts(document.data), _Parts(written.description)
    if new.common != old.common:
        return {*new.tags}
    changed = {tag for tag in new.tags.keys() | old.tags.keys() if new.describe(tag) != old.describe(tag)}
    while more := {
        tag
        for parts in (new, old)
        for tag in parts.tags.keys() - changed
        if any(parts.find_schemas(tag) & parts.find_schemas(one) for one in changed)
    }:
        changed |= more
    return changed & new.tags.keys()


def restrict(document: Document, tags: set[str]) -> Document:
    """Returns the description without the operations and deliveries of other tags, and the schemas that these have."""
    parts = _Parts(document.data)
    others = {name for tag in parts.tags.keys() - tags for name in parts.find_schemas(tag)}
    schemas = document.data["components"].get("schemas", {})
    kept = {name: schema for name, schema in schemas.items() if ("schemas", name) not in others}
    data = {**document.data, "components": {**document.data["components"], "schemas": kept}}
    for section in {"paths", "webhooks"} & data.keys():
        data[section] = {
            path: {method: item for method, item in methods.items() if _name_tag(section, item) in tags}
            for path, methods in data[section].items()
            if any(_name_tag(section, item) in tags for item in methods.values())
        }
    return Document(data, document.places)


def find_others(document: Document, written: Written, tags: set[str]) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Finds the files and pages of the other resources, as they were written."""
    parts = _Parts(document.data)
    others = parts.tags.keys() - tags
    models = written.find_models(others, {name for tag in others for _, name in parts.find_schemas(tag)})
    files = {
        name: content
        for name, content in written.package.items()
        if name in models or (name.split("/")[0] in {"api", "resources"} and Path(name.split("/")[1]).stem in others)
    }
    pages = {f"{tag.replace('_', '-')}.md" for tag in others}
    return files, {name: content for name, content in written.pages.items() if name in pages}


class _Parts:
    """The parts of a description by their tags."""

    def __init__(self, data: dict[str, Any]) -> None:
        self._components = {
            (section, name): json.dumps(part)
            for section, parts in data.get("components", {}).items()
            for name, part in parts.items()
        }
        about = {tag["name"]: json.dumps(tag) for tag in data.get("tags", [])}
        self.common = json.dumps({
            **{key: part for key, part in data.items() if key not in {"paths", "webhooks", "components", "tags"}},
            "securitySchemes": data.get("components", {}).get("securitySchemes"),
        })  # fmt: skip
        self.tags: dict[str, list[str]] = {}
        self._generated: dict[str, list[str]] = {}
        self._found: dict[str, _Reached] = {}
        for section in ("paths", "webhooks"):
            for path, methods in data.get(section, {}).items():
                for method, item in methods.items():
                    if method in METHODS:
                        tag = _name_tag(section, item)
                        described = self.tags.setdefault(tag, [about.get(tag, "")])
                        described.append(json.dumps([section, path, method, item]))
                        responses = {s: part for s, part in item.get("responses", {}).items() if s[0] == "2"}
                        self._generated.setdefault(tag, []).append(json.dumps({**item, "responses": responses}))

    def describe(self, tag: str) -> list[str]:
        """All that is said of a tag, with what it refers to."""
        return [
            *self.tags.get(tag, []),
            *(self._components[ref] for ref in sorted(self._reach(self.tags.get(tag, [])))),
        ]

    def find_schemas(self, tag: str) -> _Reached:
        """The schemas that the generated code of a tag is made of."""
        if tag not in self._found:
            reached = self._reach(self._generated.get(tag, []))
            self._found[tag] = {ref for ref in reached if ref[0] == "schemas"}
        return self._found[tag]

    def _reach(self, texts: list[str]) -> _Reached:
        found: _Reached = set()
        waiting = [*texts]
        while waiting:
            text = waiting.pop()
            named = {("schemas", name) for data in _DATA.findall(text) for name in json.loads(data).values()}
            for ref in ({*_REFERENCE.findall(text)} | named) - found:
                found.add(ref)
                waiting.append(self._components.get(ref, ""))
        return found


def _name_tag(section: str, item: Any) -> str:
    tags = item.get("tags") if isinstance(item, dict) else None
    return str((tags or ["webhooks" if section == "webhooks" else ""])[0])
