"""YAML in the style of `openapi/`: two spaces, double quotes, folded long strings, short lists on one line.

What a person has to decide is a comment above its place.
"""

import io
import textwrap
from collections.abc import Iterator
from typing import Any

from codegen.problems import Path, join_path
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from .endpoint import DECIDE

_WIDTH = 110
_ON_ONE_LINE = {"tags", "type", "required", "enum"}
_CUT = {"paths": 3, "components": 2}
"""How much of a part's path is left out where a person reads it: what the operation or the component is in."""
_READ_AS_BOOLEAN = {"y", "n", "yes", "no", "on", "off"}


class _Emitter(Emitter):
    def choose_scalar_style(self) -> Any:
        style = super().choose_scalar_style()
        return '"' if style == "'" else style


def render(data: dict[str, Any]) -> str:
    """The YAML of a block or a part of one."""
    yaml = YAML()
    yaml.Emitter = _Emitter
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.allow_unicode = True
    out = io.StringIO()
    yaml.dump(_prepare(data, "", 0), out)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def list_decisions(part: Any, path: Path = ()) -> Iterator[str]:
    """What has to be decided, one line each, with the place: from the operation or the component on."""
    if isinstance(part, dict):
        for key, notes in part.get(DECIDE, {}).items():
            for note in notes.splitlines():
                yield f"{join_path((*path, key)[_CUT.get(str(path[0]), 0) :])}: {note}"
        for key, value in part.items():
            if key != DECIDE:
                yield from list_decisions(value, (*path, key))
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from list_decisions(value, (*path, index))


def strip_decisions(part: Any) -> Any:
    """The same without what has to be decided: what a reader of the YAML gets."""
    if isinstance(part, dict):
        return {key: strip_decisions(value) for key, value in part.items() if key != DECIDE}
    return [strip_decisions(value) for value in part] if isinstance(part, list) else part


def _prepare(part: Any, key: str, column: int) -> Any:
    """A part as ruamel.yaml writes it in our style; `column` is where its keys are."""
    if isinstance(part, dict):
        mapping = CommentedMap()
        for name, value in part.items():
            if name != DECIDE:
                mapping[name] = _prepare(value, name, column + 2)
        for name, notes in part.get(DECIDE, {}).items():
            lines = [
                line
                for note in notes.splitlines()
                for line in textwrap.wrap(f"decide: {note}", _WIDTH - column, subsequent_indent="  ")
            ]
            if name in mapping:
                mapping.yaml_set_comment_before_after_key(name, before="\n".join(lines), indent=column)
        return mapping
    if isinstance(part, list):
        sequence = CommentedSeq(_prepare(item, "", column + 2) for item in part)
        plain = all(not isinstance(item, dict | list) for item in part)
        if plain and key in _ON_ONE_LINE and len(", ".join(map(str, part))) + column + len(key) < _WIDTH:
            sequence.fa.set_flow_style()
        return sequence
    return _prepare_string(part, key, column) if isinstance(part, str) else part


def _prepare_string(text: str, key: str, column: int) -> Any:
    stripped = text.strip()
    if "\n" in stripped and key == "description":
        return LiteralScalarString("\n".join(line.rstrip() for line in stripped.splitlines()) + "\n")
    if text.lower() in _READ_AS_BOOLEAN:
        return DoubleQuotedScalarString(text)
    if " " in stripped and column + len(key) + len(text) > _WIDTH and "\n" not in text:
        return FoldedScalarString(" ".join(text.split()))
    return text
