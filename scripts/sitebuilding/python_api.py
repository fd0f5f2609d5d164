"""The reference of the package in Python, from its docstrings, which griffe reads without importing anything."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import griffe

MODULES = {
    "heymarket": "The client, and all that `from heymarket import ...` gives.",
    "heymarket.errors": "",
    "heymarket.webhooks": "",
    "heymarket.webhooks.starlette": "",
    "heymarket.webhooks.flask": "",
    "heymarket.webhooks.django": "",
    "heymarket.bulk": "",
    "heymarket.description": "",
    "heymarket.otel": "",
    "heymarket.pytest_plugin": "",
    "heymarket.testing": "",
    "heymarket.testing.cassettes": "",
    "heymarket.emulator": "",
}
"""The public modules, each a page, and what to say of one in place of its docstring."""

_ELSEWHERE = {"heymarket": {"errors", "models", "webhooks"}}
"""Names of a module that have pages of their own, besides the errors."""

_INTRODUCTION = """\
# Python API

What is public, from the docstrings. The methods of the resources, such as `hm.messages.send`, and the models that they
return are in the [reference of the API](../reference/index.md).
"""


def write(root: Path, folder: Path) -> set[str]:
    """Write a page for each public module."""
    folder.mkdir(parents=True)
    loader = griffe.GriffeLoader(search_paths=[root, root / "generated"], docstring_parser=griffe.Parser.google)
    loader.load("heymarket_openapi")
    package = loader.load("heymarket")
    loader.resolve_aliases()
    toc = ["```{toctree}", ":maxdepth: 1", "", *MODULES, "```"]
    (folder / "index.md").write_text("\n".join([_INTRODUCTION, *toc, ""]), "utf-8")
    for name, about in MODULES.items():
        module = package[name.partition(".")[2]] if "." in name else package
        (folder / f"{name}.md").write_text(write_page(module, about), "utf-8")
    return {f"python/{name}.md" for name in ["index", *MODULES]}


def write_page(module: Any, about: str) -> str:
    """The page of a module: its docstring, then each public name."""
    elsewhere = _ELSEWHERE.get(module.path, set())
    if module.path == "heymarket":
        elsewhere = elsewhere | {*module["errors"].exports}
    names = [str(name) for name in module.exports or []]
    parts = [f"# {module.path}", about or "\n\n".join(write_docstring(module)), f":::{{py:module}} {module.path}\n:::"]
    for name in sorted(names, key=str.lower):
        if name not in elsewhere and not name.startswith("__"):
            parts.append(f"## {name}")
            parts.append("\n\n".join(describe(module[name], name, module.path)))
    return "\n\n".join(parts) + "\n"


def describe(member: Any, name: str, module: str, *, inside: bool = False) -> Iterator[str]:
    """The directive of a class, function or value, with what it holds."""
    target = member.final_target if member.is_alias else member
    kind = choose_kind(target, inside=inside)
    fence = ":" * (3 if inside else 4)
    yield f"{fence}{{{kind}}} {name}{write_signature(target)}" + write_options(target, module, inside=inside)
    yield from write_docstring(target)
    if target.is_class:
        for inner, one in sorted(target.all_members.items()):
            found = one.final_target if one.is_alias else one
            if not inner.startswith("_") and found.docstring and not found.is_class:
                yield from describe(one, inner, module, inside=True)
    yield fence


def write_options(target: Any, module: str, *, inside: bool) -> str:
    """The options of a directive."""
    lines = [] if inside else [f":module: {module}"]
    if "async" in target.labels and choose_kind(target, inside=inside) in {"py:method", "py:function"}:
        lines.append(":async:")
    return "".join(f"\n{line}" for line in lines)


def choose_kind(target: Any, *, inside: bool) -> str:
    """The directive for something."""
    if target.is_class:
        return "py:exception" if target.name.endswith(("Error", "Warning")) else "py:class"
    if is_value(target):
        return "py:attribute" if inside else "py:data"
    return "py:method" if inside else "py:function"


def is_value(target: Any) -> bool:
    """Whether it is an attribute or a property of any kind."""
    return bool(target.is_attribute) or "property" in join_decorators(target).lower()


def join_decorators(target: Any) -> str:
    """The decorators of a class or function, as they are written."""
    return " ".join(str(one.value) for one in getattr(target, "decorators", None) or ())


def write_signature(target: Any) -> str:
    """The parameters and the result, without self."""
    if target.is_class:
        if "__init__" in target.all_members:
            init = target.all_members["__init__"]
            return f"({', '.join(list_parameters(init.final_target if init.is_alias else init))})"
        if re.search(r"frozen|define|attrs", join_decorators(target)):
            return f"({', '.join(list_fields(target))})"
        return ""
    if not target.is_function or is_value(target):
        return ""
    returns = f" -> {target.returns}" if target.returns else ""
    return f"({', '.join(list_parameters(target))}){returns}".replace("\n", " ")


def list_parameters(function: Any) -> Iterator[str]:
    """The parameters of a function, as they are written; those for its own use are left out."""
    kinds = griffe.ParameterKind
    stars = {kinds.var_positional: "*", kinds.var_keyword: "**"}
    by_name = False
    for one in function.parameters:
        if one.name in {"self", "cls"} or one.name.startswith("_"):
            continue
        if one.kind is kinds.keyword_only and not by_name:
            yield "*"
        by_name = by_name or one.kind in {kinds.keyword_only, kinds.var_positional}
        text = stars.get(one.kind, "") + one.name + (f": {one.annotation}" if one.annotation is not None else "")
        yield text if one.default is None or one.kind in stars else f"{text} = {one.default}"


def list_fields(target: Any) -> Iterator[str]:
    """The parameters of a class of attrs: its fields, with what each is by default."""
    for one in target.attributes.values():
        if (
            "property" in one.labels
            or one.annotation is None
            or one.name.startswith("_")
            or "ClassVar" in str(one.annotation)
        ):
            continue
        default = "" if one.value is None else str(one.value)
        found = re.match(r"\w+\(", default) and re.search(r"(default|factory)=([^,()]+(\([^()]*\))?)", default)
        if "init=False" in default:
            continue
        if re.match(r"(attrs\.)?\w+\(", default):
            default = (found[2] if found[1] == "default" else "...") if found else ""
        yield f"{one.name}: {one.annotation}" + (f" = {default}" if default else "")


def write_docstring(target: Any) -> Iterator[str]:
    """The docstring, as Markdown: its text, then arguments, attributes, results and errors as lists."""
    if target.docstring is None:
        return
    titles = {
        "parameters": "Arguments", "attributes": "Attributes", "raises": "Raises", "returns": "Returns",
        "yields": "Yields", "warns": "Warns", "other parameters": "Arguments",
    }  # fmt: skip
    for section in target.docstring.parse(griffe.Parser.google):
        kind = section.kind.value
        if kind == "text":
            yield section.value
        elif kind in titles:
            rows = [f"- {write_label(one)}{indent(one.description)}" for one in section.value]
            yield f"**{titles[kind]}**\n\n" + "\n".join(rows)
        elif kind == "admonition":
            yield f"**{section.title or 'Note'}**\n\n{section.value.description}"
        elif kind == "examples":
            yield "\n\n".join(
                value if one.value == "text" else f"```pycon\n{value}\n```" for one, value in section.value
            )


def write_label(one: Any) -> str:
    """What a row of a list is about."""
    name = getattr(one, "name", "")
    if name:
        return f"**{name}**: "
    return f"`{one.annotation}`: " if one.annotation else ""


def indent(text: str) -> str:
    """A description as one item of a list."""
    return text.replace("\n", "\n  ")
