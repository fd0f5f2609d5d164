"""A reader of YAML files that remembers the line of everything in them.

YAML offers more than a description needs, and parsers disagree about some of it. What could be read in two ways is
refused here: unquoted `no` and `on`, dates, keys that aren't strings, repeated keys, merge keys.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

import yaml
from ruamel.yaml.resolver import implicit_resolvers
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from .problems import DescriptionError, Path, Place, Problem, join_path

_YAML_1_1_BOOLEANS = {"y", "n", "yes", "no", "on", "off"}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")


class _Loader(yaml.CBaseLoader):
    """PyYAML's fast parser, which knows YAML 1.1 alone, with the types of YAML 1.2."""


for _versions, _tag, _form, _starts in implicit_resolvers:
    if (1, 2) in _versions:
        _Loader.add_implicit_resolver(str(_tag), _form, _starts)


@dataclass
class Source:
    """A file's data, and the place of every key and item in it."""

    data: dict[str, Any]
    places: dict[Path, Place] = field(default_factory=dict)


def read(file: File, name: str) -> Source:
    """Reads a file.

    Args:
        file: The file.
        name: What messages call it, such as `openapi/contacts.yaml`.

    Raises:
        DescriptionError: When it isn't YAML, or is YAML that could be read in two ways.
    """
    try:
        node = yaml.compose(file.read_text(encoding="utf-8"), _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise DescriptionError([Problem(Place(name, line), "", f"this isn't YAML: {reason}")]) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DescriptionError([Problem(Place(name, 1), "", f"this isn't YAML: {error}")]) from None
    reader = _Reader(name)
    if not isinstance(node, MappingNode):
        raise DescriptionError([Problem(Place(name, 1), "", "expected keys and values, such as `paths:`")])
    data = reader.read_value(node, ())
    if reader.problems:
        raise DescriptionError(reader.problems)
    return Source(data, reader.places)


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Path, Place] = {}
        self.problems: list[Problem] = []

    def read_value(self, node: Node, path: Path) -> Any:
        # The place of a value is that of its key, set by `_mapping`; only the root and items have one of their own.
        self.places.setdefault(path, self._find_place(node))
        if isinstance(node, ScalarNode):
            return self._read_scalar(node, path)
        if isinstance(node, SequenceNode):
            return [self.read_value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._read_mapping(node, path)

    def _read_mapping(self, node: Node, path: Path) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            here = self._find_place(key_node)
            if key_node.tag == "tag:yaml.org,2002:merge":
                self._report(here, path, "`<<` isn't supported: write the keys out")
                continue
            key = self.read_value(key_node, (*path, str(key_node.value)))
            if not isinstance(key, str):
                self._report(
                    here, path, f'the key {key_node.value} isn\'t a string: put it in quotes, "{key_node.value}"'
                )
                continue
            if key in data:
                first = self.places[*path, key]
                self._report(here, (*path, key), f"this key is already in line {first.line}: remove one of the two")
                continue
            self.places[*path, key] = here
            data[key] = self.read_value(value_node, (*path, key))
        return data

    def _read_scalar(self, node: ScalarNode, path: Path) -> Any:
        text: str = node.value
        kind = str(node.tag).rpartition(":")[2]
        if kind == "str":
            if not node.style and text.lower() in _YAML_1_1_BOOLEANS:
                advice = f'write "{text}" for the string, or true or false'
                self._report(
                    self._find_place(node), path, f"some parsers read an unquoted {text} as a boolean: {advice}"
                )
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind == "int" and _INTEGER.fullmatch(text):
            return int(text)
        if kind == "float" and text[-3:].lower() not in {"inf", "nan"}:  # which JSON doesn't have
            return float(text)
        self._report(self._find_place(node), path, f'{text} is read as a {kind}: put it in quotes, "{text}"')
        return text

    def _find_place(self, node: Node) -> Place:
        return Place(self.name, node.start_mark.line + 1)

    def _report(self, place: Place, path: Path, text: str) -> None:
        self.problems.append(Problem(place, join_path(path), text))
