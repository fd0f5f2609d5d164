"""Removal of what the package doesn't need from the generator's output.

An endpoint keeps two functions: one that builds the request's arguments, one that parses the decoded body. The
generator's own clients go: they show the token in their repr, and have no timeout. Imports that nothing uses then are
removed with the formatting.
"""

import ast
import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent, indent

from .bundle import Document
from .names import name_parameter, unmark_names
from .unions import UNKNOWN, Match

_ADVICE = ": compare the generator's output with codegen/strip.py"
_UNUSED = ("client.py", "errors.py")

# Fields are given by name only: their positions follow the description, and a new one in the middle would change what
# positions mean.
_DEFINE = re.compile(r"@_attrs_define\nclass (\w+):")
_DEFINE_BY_NAME = r"@_attrs_define(kw_only=True)\nclass \1(Model):"
_TYPES = "from ..types import UNSET, Unset\n"

# Unions of plain JSON types are checked value by value, to be passed on as they are.
_CHECKED = re.compile(
    r"""
    \n[ ]+def\ (?P<parse>_parse_\w+)\(data:\ object\)\ ->\ [^\n]+:
    (?:\s+if\ data\ is\ None:\s+return\ data)?
    (?:\s+if\ isinstance\(data,\ Unset\):\s+return\ data)?
    \s+return\ cast\([^\n]+,\ data\)
    \s*(?P<assigned>\n[ ]+\w+\ =\ )(?P=parse)\((?P<popped>d\.pop\([^()]+\))\)
    """,
    re.VERBOSE,
)
_COPIED = re.compile(
    r"""
    (?P<indent>\n[ ]+)(?P<name>\w+):\ [^\n]+
    \s+if\ isinstance\(self\.(?P=name),\ Unset\):\s+(?P=name)\ =\ UNSET
    \s+else:\s+(?P=name)\ =\ self\.(?P=name)(?=\n)
    """,
    re.VERBOSE,
)
_ITEM = re.compile(r"\b(\w+)\.from_dict\((\w+_item_data|prop_dict)\)")
_OTHER = re.compile(
    rf"(\n +)if not isinstance\(data, dict\):\s+raise TypeError\(\)\s+(\w+ = ){UNKNOWN}\.from_dict\(data\)"
)
# What `Model` has; a model of typed fields with names of any kind keeps the methods that say the type.
_OF_ALL_MODELS = re.compile(
    r"""
    \n[ ]+@property\n[ ]+def\ additional_keys.*\n.*\n
    |\n[ ]+def\ __[gs]etitem__\(self,\ key:\ str(?:\)\ ->\ Any|,\ value:\ Any\)\ ->\ None):\n.*\n
    |\n[ ]+def\ __(?:delitem|contains)__.*\n.*\n?
    """,
    re.VERBOSE,
)
_NOTHING = re.compile(r"\n +field_dict\.update\(\{\s*\}\)")


class UnexpectedOutputError(Exception):
    """The generator's output isn't what this step was written for."""


def strip_package(package: Path, unions: Mapping[tuple[str, ...], list[Match]]) -> None:
    """Removes what the package doesn't need, in place.

    Args:
        package: What the generator has written.
        unions: What the objects of each union are known by, by the names of their schemas in small letters.

    Raises:
        UnexpectedOutputError: When the generator writes endpoints in another form than before.
    """
    for name in _UNUSED:
        (package / name).unlink()
    for endpoint in package.glob("api/*/[!_]*.py"):
        endpoint.write_text(_choose(unmark_names(_strip_endpoint(endpoint)), unions, "..."), encoding="utf-8")
    for model in package.glob("models/[!_]*.py"):
        text = _strip_model(unmark_names(model.read_text(encoding="utf-8")))
        model.write_text(_choose(text, unions, ".."), encoding="utf-8")


def keep_objects(document: Document, package: Path) -> None:
    """Makes each object of the query one parameter, whose fields the generator would send under their own names."""
    for operation in document.operations():
        by_name = {name_parameter(part): part["name"] for part in operation.parameters}
        tag, _, name = operation.item["operationId"].partition(".")
        file = package / "api" / tag / f"{tag}_{name}.py"
        text = file.read_text(encoding="utf-8")
        for argument in re.findall(r"params\.update\(json_(\w+)\)", text):
            one = f"params[{by_name[argument]!r}] = json_{argument}"
            text = text.replace(f"params.update(json_{argument})", one)
        file.write_text(text, encoding="utf-8")


def _strip_endpoint(file: Path) -> str:
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    tree = ast.parse(text)
    imports = [_find_source(lines, node) for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    known = {"_get_kwargs", "_parse_response"} <= functions.keys()
    successes = [_find_success(node) for node in functions["_parse_response"].body] if known else []
    if not successes or successes[0] is None:
        raise UnexpectedOutputError(f"{file.name} has another form than expected{_ADVICE}")
    build, returns = functions["_get_kwargs"], functions["_parse_response"].returns
    found = dict(sorted(filter(None, successes)))
    parse = "\n\n".join(_write_parser(lines, returns, *success, suffix=len(found) > 1) for success in found.items())
    if "response." in parse:
        raise UnexpectedOutputError(f"{file.name} reads more of the response than its JSON{_ADVICE}")
    return "\n".join(["from __future__ import annotations", *imports, "", _find_source(lines, build), "", parse, ""])


def _find_success(node: ast.stmt) -> tuple[int, ast.If] | None:
    """The status that a statement is for, and the statement."""
    match node:
        case ast.If(test=ast.Compare(comparators=[ast.Constant(value=int(status))])):
            return status, node
    return None


def _write_parser(lines: list[str], returns: ast.expr | None, status: int, success: ast.If, *, suffix: bool) -> str:
    """The function that parses the decoded body of a success, without looking at status and response."""
    statements = "\n".join(lines[success.body[0].lineno - 1 : success.body[-1].end_lineno])
    result = ast.unparse(returns).removesuffix(" | None") if returns else "Any"
    body = dedent(statements).replace("response.json()", "body")
    return f"def _parse_response{f'_{status}' * suffix}(body: Any) -> {result}:\n{indent(body, '    ')}"


def _strip_model(text: str) -> str:
    text = re.sub(r"(?<=\d)and not ", " and not ", text)  # after a constant
    text = _DEFINE.sub(_DEFINE_BY_NAME, text).replace(_TYPES, f"from ..model import Model\n{_TYPES}")
    text = _OF_ALL_MODELS.sub("", text)
    text = _CHECKED.sub(r"\g<assigned>\g<popped>", text)
    text = _COPIED.sub(r"\g<indent>\g<name> = self.\g<name>", text)
    text = text.replace("cast(list[Any], data)", "data")  # where it is known to be a list
    return _NOTHING.sub("", text)


def _choose(text: str, unions: Mapping[tuple[str, ...], list[Match]], package: str) -> str:
    """Lets each function that parses a union choose the model by what the object is known by.

    Items of lists and maps that aren't objects stay as they are.
    """
    text, items = _ITEM.subn(r"as_item(\1, \2)", text)
    lines = text.splitlines(keepends=True)
    chosen = 0
    tree = ast.walk(ast.parse(text)) if unions and "def _parse_" in text else ()
    functions = [n for n in tree if isinstance(n, ast.FunctionDef) and n.name.startswith("_parse_")]
    for function in functions:
        found = [
            (number, call[1])
            for number in range(function.lineno - 1, function.end_lineno or 0)
            if (call := re.search(r"(\w+)\.from_dict\(data\)", lines[number]))
        ]
        known = [(number, name) for number, name in found if name != UNKNOWN]
        for (number, name), match in zip(known, unions.get(tuple(name.lower() for _, name in known), ()), strict=False):
            lines[number] = lines[number].replace(
                f"{name}.from_dict(data)", f"{name}.from_dict(as_variant(data, {match}))"
            )
            chosen += 1
    text, others = _OTHER.subn(rf"\1\2as_item({UNKNOWN}, data)", "".join(lines))
    used = [name for name, times in {"as_item": items + others, "as_variant": chosen}.items() if times]
    return text.replace("\nfrom ", f"\nfrom {package}variants import {', '.join(used)}\nfrom ", 1) if used else text


def _find_source(lines: list[str], node: ast.stmt) -> str:
    """The lines of a statement at the top level."""
    return "\n".join(lines[node.lineno - 1 : node.end_lineno])
