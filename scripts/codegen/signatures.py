"""The signatures of generated functions and the fields of generated models, read from their source.

The source, not the imported module: annotations are needed as they are written, without running what was just
generated.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Field:
    """An argument of a function or a field of a class; `default` is empty when there is none."""

    name: str
    annotation: str
    default: str = ""

    @property
    def alternatives(self) -> list[str]:
        """The annotation, split at the bars of its union."""
        return [ast.unparse(part) for part in split_union(ast.parse(self.annotation, mode="eval").body)]


@dataclass(frozen=True)
class Function:
    """A function's arguments and result."""

    name: str
    positional: list[Field]
    keyword_only: list[Field]
    result: str


@dataclass(frozen=True)
class Class:
    """A class: its bases, annotated fields, enum members, methods."""

    name: str
    bases: list[str]
    fields: list[Field]
    members: dict[str, str]
    methods: dict[str, Function]


class Module:
    """A Python module, as far as it can be read without running it."""

    def __init__(self, file: Path) -> None:
        self.name = file.stem
        self.text = file.read_text(encoding="utf-8")
        self._tree = ast.parse(self.text)

    def function(self, name: str) -> Function:
        """The top-level function of that name."""
        return next(self._read_function(node) for node in _find_functions(self._tree.body) if node.name == name)

    def function_names(self) -> list[str]:
        """The names of the top-level functions."""
        return [node.name for node in _find_functions(self._tree.body)]

    @cached_property
    def classes(self) -> list[Class]:
        """The top-level classes."""
        return [self._read_class(node) for node in self._tree.body if isinstance(node, ast.ClassDef)]

    @cached_property
    def imports(self) -> list[ast.ImportFrom | ast.Import]:
        """All imports, those inside functions and conditions too."""
        return [node for node in _walk_statements(self._tree.body) if isinstance(node, ast.ImportFrom | ast.Import)]

    def _read_class(self, node: ast.ClassDef) -> Class:
        fields = [
            Field(item.target.id, _spell(item.annotation), ast.unparse(item.value) if item.value else "")
            for item in node.body
            if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name)
        ]
        members = {
            item.targets[0].id: ast.unparse(item.value)
            for item in node.body
            if isinstance(item, ast.Assign) and isinstance(item.targets[0], ast.Name)
        }
        methods = {item.name: self._read_function(item) for item in _find_functions(node.body)}
        return Class(node.name, [ast.unparse(base) for base in node.bases], fields, members, methods)

    def _read_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Function:
        arguments = node.args
        positional_defaults = [None] * (len(arguments.args) - len(arguments.defaults)) + arguments.defaults
        return Function(
            node.name,
            [_read_field(*pair) for pair in zip(arguments.args, positional_defaults, strict=True)],
            [_read_field(*pair) for pair in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)],
            _spell(node.returns) if node.returns else "",
        )


def _read_field(argument: ast.arg, default: ast.expr | None) -> Field:
    annotation = _spell(argument.annotation) if argument.annotation else ""
    return Field(argument.arg, annotation, ast.unparse(default) if default else "")


def _spell(annotation: ast.expr) -> str:
    """An annotation as callers think of it: models by their names, not by the module that has all of them."""
    return re.sub(r"\bmodels\.", "", ast.unparse(annotation))


def _walk_statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    for node in body:
        yield node
        yield from _walk_statements([*getattr(node, "body", ()), *getattr(node, "orelse", ())])


def _find_functions(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def split_union(node: ast.expr) -> Iterator[ast.expr]:
    """The parts of an annotation, split at the bars of its union."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from split_union(node.left)
        yield from split_union(node.right)
    else:
        yield node
