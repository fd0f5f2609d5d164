"""Annotations that can be evaluated: they name a model by the lazy module that has all of them.

Frameworks evaluate annotations: `typing.get_type_hints`, cattrs, pydantic. The generator imports the models that a
model refers to for type checkers alone, because modules can't import each other. `models.Contact` is imported when the
annotation is evaluated, and no sooner.
"""

import ast
import re
from pathlib import Path

_PACKAGE = "from .. import models"


def qualify(annotation: str, names: set[str]) -> str:
    """Returns the annotation with `models.` before the names of models."""
    return re.sub(r"(?<![\w.])\w+\b", lambda name: f"models.{name[0]}" if name[0] in names else name[0], annotation)


def resolve_hints(package: Path) -> None:
    """Rewrites the annotations of a package's models, in place."""
    for file in (package / "models").glob("[!_]*.py"):
        file.write_text(_rewrite(file.read_text(encoding="utf-8")), encoding="utf-8")


def _rewrite(text: str) -> str:
    tree = ast.parse(text)
    guard = next((node for node in tree.body if isinstance(node, ast.If)), None)
    if guard is None:
        return text
    imports = [node for node in guard.body if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in imports for alias in node.names}
    lines = text.splitlines(keepends=True)
    for node in _find_annotations(tree):  # none is longer than a line
        line = lines[node.lineno - 1]
        before, annotation, after = line[: node.col_offset], ast.unparse(node), line[node.end_col_offset :]
        lines[node.lineno - 1] = f"{before}{qualify(annotation, names)}{after}"
    lines[guard.lineno - 1 : guard.end_lineno] = [f"{_PACKAGE}\n"]
    return "".join(lines)


def _find_annotations(tree: ast.Module) -> list[ast.expr]:
    """The annotations of fields, and of the methods that get and set fields with names of any kind."""
    inside = [node for owner in tree.body if isinstance(owner, ast.ClassDef) for node in owner.body]
    fields = [node.annotation for node in inside if isinstance(node, ast.AnnAssign)]
    methods = [node for node in inside if isinstance(node, ast.FunctionDef)]
    arguments = [argument.annotation for node in methods for argument in node.args.args]
    found = [node for node in (*fields, *arguments, *(node.returns for node in methods)) if node is not None]
    return sorted(found, key=lambda node: (node.lineno, -node.col_offset))  # from a line's end to its beginning
