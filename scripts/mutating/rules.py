"""Rules that make mutants: of Python source, of the description, of tables and names in the docs."""

import ast
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple


class Mutant(NamedTuple):
    """A small mistake in a file.

    Attributes:
        path: The file, from the checkout's root.
        start: Where in its text, in characters.
        old: What is there.
        new: What replaces it.
        place: In the description, in place of these: the keys that lead to what is changed.
    """

    path: str
    start: int = 0
    old: str = ""
    new: str = ""
    place: tuple[Any, ...] = ()

    def apply(self, text: str) -> str:
        """The text with the mistake."""
        if self.place:
            document = json.loads(text)
            _change(document, self.place)
            return json.dumps(document, separators=(",", ":"), ensure_ascii=False)
        return text[: self.start] + self.new + text[self.start + len(self.old) :]

    def describe(self, text: str) -> str:
        """Where and what it is, in a line."""
        if self.place:
            return self.key
        line = text.count("\n", 0, self.start) + 1
        return f"{self.path}:{line}: {' '.join(self.old.split())[:90]} -> {' '.join(self.new.split())[:90]}"

    @property
    def key(self) -> str:
        """What tells it from others, though lines above it change."""
        if self.place:
            return f"{self.path}: {' > '.join(map(str, self.place))}"
        return f"{self.path}: {' '.join(self.old.split())} -> {' '.join(self.new.split())}"


_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


def mutate(path: Path, root: Path) -> Iterator[Mutant]:
    """All mutants of a file."""
    text, name = path.read_text("utf-8"), path.relative_to(root).as_posix()
    if path.suffix == ".json":
        yield from (Mutant(name, place=place) for place in _choose_places(text))
        return
    rule = {".py": _mutate_python, ".md": _mutate_page}[path.suffix]
    for start, old, new in rule(text):
        if old != new:
            yield Mutant(name, start, old, new)


def _mutate_python(text: str) -> Iterator[tuple[int, str, str]]:
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line.encode()))
    raw = text.encode()

    def edit(node: Any, new: str) -> tuple[int, str, str]:
        begin, end = starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset
        return len(raw[:begin].decode()), raw[begin:end].decode(), new

    for node in _walk(ast.parse(text)):
        match node:
            case ast.Compare(ops=[operator]) if type(operator) in _SWAPPED:
                changed = ast.Compare(node.left, [_SWAPPED[type(operator)]()], node.comparators)  # type: ignore[list-item] # as above
                yield edit(node, f"({ast.unparse(changed)})")
            case ast.BoolOp(operator, values):
                yield edit(node, f"({ast.unparse(ast.BoolOp(_SWAPPED[type(operator)](), values))})")  # type: ignore[arg-type] # as above
            case ast.UnaryOp(ast.Not(), operand):
                yield edit(node, f"({ast.unparse(operand)})")
            case ast.BinOp(left, operator, right) if type(operator) in _SWAPPED and not _has_string(node):
                yield edit(node, f"({ast.unparse(ast.BinOp(left, _SWAPPED[type(operator)](), right))})")  # type: ignore[arg-type] # as above
            case ast.Constant(value=bool(value)):
                yield edit(node, repr(not value))
            case ast.Constant(value=int(value)):
                yield edit(node, repr(value + 1))
            case ast.If(test=test) | ast.IfExp(test=test):
                yield edit(test, f"(not ({ast.unparse(test)}))")
            case ast.Return(value=value) if value is not None and not _is_none(value):
                yield edit(node, "return None")
            case ast.Expr(value=ast.Call()):
                yield edit(node, "pass")
            case ast.Dict(keys=keys) if any(
                isinstance(key, ast.Constant) and isinstance(key.value, str) for key in keys
            ):
                key = next(key for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str))
                yield edit(key, repr(f"{key.value!s}x"))
            case _:
                pass


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of code that runs: no annotations, docstrings, imports for types."""
    if isinstance(tree, ast.If) and "TYPE_CHECKING" in ast.unparse(tree.test):
        return
    if isinstance(tree, ast.Assign) and ast.unparse(tree.targets[0]) == "__all__":
        return
    yield tree
    for name, value in ast.iter_fields(tree):
        if name in {"annotation", "returns", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _walk(child)


def _has_string(node: ast.AST) -> bool:
    return any(isinstance(one, ast.Constant) and isinstance(one.value, str) for one in ast.walk(node))


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


_PROSE = {"description", "summary", "title", "example", "examples", "info", "tags"}
_WORDS = {"integer": "string", "string": "integer", "boolean": "string", "array": "object", "object": "array",
          "date-time": "date", "uuid": "uri", "header": "query", "query": "header", "path": "query"}  # fmt: skip


def _choose_places(text: str) -> list[tuple[Any, ...]]:
    """Places of types, formats, enums, names, required fields, statuses, paths and markers."""
    places = list(_list_places(json.loads(text), ()))
    chance = random.Random(0)  # noqa: S311 - for the same mutants every time
    chance.shuffle(places)
    return places


def _list_places(node: Any, place: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, dict):
        for name, value in node.items():
            here = (*place, name)
            evidence = {"x-heymarket-sources", "x-heymarket-discrepancies", "x-heymarket-confidence", "$ref"}
            if name in _PROSE | evidence and (not place or place[-1] != "properties"):
                continue
            matters = name in {"type", "format", "enum", "required"} or name.startswith("x-heymarket-")
            if matters or (place and place[-1] in {"properties", "responses", "paths"}):
                yield here
            yield from _list_places(value, here)
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from _list_places(item, (*place, number))


def _change(document: Any, place: tuple[Any, ...]) -> None:
    parent = document
    for step in place[:-1]:
        parent = parent[step]
    name, value = place[-1], parent[place[-1]]
    if isinstance(value, str) and value in _WORDS:
        parent[name] = _WORDS[value]
    elif isinstance(value, list) and value:
        value.pop()
    elif isinstance(value, bool):
        parent[name] = not value
    elif name in {"type", "format", "enum", "required"} or name.startswith("x-heymarket-"):
        del parent[name]
    else:  # a field, a status, a path
        parent[f"{name}x" if not name.isdigit() else str(int(name) + 1)] = parent.pop(name)


def _mutate_page(text: str) -> Iterator[tuple[int, str, str]]:
    """Names in the first column of tables, written wrong."""
    for match in re.finditer(r"^\| `(?:--)?([a-z][a-z_.-]{3,})", text, re.MULTILINE):
        yield match.start(1), match[1], f"{match[1][:-1]}q"
