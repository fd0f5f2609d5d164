"""The resources: which methods there are, with which arguments and docstrings.

Names and types come from the signatures that the generator wrote, everything else (docstrings, formats, statuses) from
the description. templates/resource.py.jinja writes them.
"""

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from openapi_python_client.strings import PythonIdentifier

from . import docstrings, extensions
from .bundle import Document, Operation
from .problems import DescriptionError
from .signatures import Class, Field, Module

_FIELD_PREFIX = "field_"  # the generator's default, put before names that aren't valid Python


@dataclass(frozen=True)
class Argument:
    """An argument of a method.

    Attributes:
        name: Its Python name.
        annotation: Its type.
        default: Its default; empty when it is required.
        value: The expression that is passed to the builder.
        text: Its description in the docstring.
    """

    name: str
    annotation: str
    default: str
    value: str
    text: str


@dataclass(frozen=True)
class Method:
    """A method of a resource.

    Attributes:
        name: Its name in the resource.
        operation: The operationId.
        module: The generated module of the operation.
        http_method: HTTP method, in capitals.
        path: Path template.
        path_formats: The formats of the path parameters, by Python name.
        positional: The path parameters.
        keyword_only: The fields of the body and the query parameters.
        passes: The arguments of the generated builder, and the expressions for them.
        result: Type of the decoded response.
        status: Status of the documented success.
        expects: JSON type of the documented response; empty when there is none.
        safe: Whether a repeated request does no harm.
        needs: Import statements of what the method creates: bodies, and members of enums.
        more: Further arguments of `Operation`, as source: for pages, validation and idempotency.
        item: Type of the items, where the response is a page; else empty.
        docstring: Its docstring.
    """

    name: str
    operation: str
    module: str
    http_method: str
    path: str
    path_formats: dict[str, str]
    positional: list[Argument]
    keyword_only: list[Argument]
    passes: dict[str, str]
    result: str
    status: int
    expects: str
    safe: bool
    needs: set[str]
    more: dict[str, str]
    item: str
    docstring: str


@dataclass(frozen=True)
class Resource:
    """All methods of one tag."""

    tag: str
    description: str
    methods: list[Method] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)

    @property
    def class_name(self) -> str:
        """`ContactChannels` for `contact_channels`."""
        return "".join(word.capitalize() for word in self.tag.split("_"))

    def inside(self, annotation: str) -> str:
        """The annotation as it is written inside the class, where `list` may be a method."""
        for name in {method.name for method in self.methods} & set(dir(builtins)):
            annotation = re.sub(rf"\b{name}\b", f"builtins.{name}", annotation)
        return annotation


def read_resources(document: Document, package: Path) -> list[Resource]:
    """The resources of a description, in the order of its operations.

    Args:
        document: The description.
        package: The generated package, with its `api` and `models`.

    Raises:
        DescriptionError: When an operation can't become a method.
    """
    about = {tag["name"]: tag.get("description") for tag in document.data["tags"]}
    found: dict[str, Resource] = {}
    for operation in document.operations():
        tag = operation.item["tags"][0]
        resource = found.setdefault(tag, Resource(tag, about.get(tag) or f"The resource {tag}."))
        reader = _Reader(document, operation, package)
        resource.methods.append(reader.read_method())
        resource.imports.update(reader.imports)
    return list(found.values())


class _Reader:
    """Reads one operation, described and generated."""

    def __init__(self, document: Document, operation: Operation, package: Path) -> None:
        self.document = document
        self.operation = operation
        self.models = package / "models"
        tag, _, self.name = operation.item["operationId"].partition(".")
        self.module_name = f"{tag}_{self.name}"
        self.module = Module(package / "api" / tag / f"{self.module_name}.py")
        self.imports = {*_find_imports(self.module)}
        self.needs: set[str] = set()
        self.parameters = {_to_python_name(parameter["name"]): parameter for parameter in operation.parameters}

    def read_method(self) -> Method:
        item = self.operation.item
        build = self.module.function("_get_kwargs")
        positional = [self.read_path_argument(generated) for generated in build.positional]
        query = [self.read_query_argument(generated) for generated in build.keyword_only if generated.name != "body"]
        body = ""
        fields: list[Argument] = []
        for generated in build.keyword_only:
            if generated.name == "body":
                body, fields = self.read_body(generated.annotation.removesuffix(" | Unset"))
        everything = [*positional, *fields, *query]
        names = [argument.name for argument in everything]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice:
            raise self.make_error(f"two arguments have the same name: {twice}")
        status, success = self.operation.success
        result, expects = self.read_result(success)
        paging = extensions.read_paging(self.document, self.operation)
        if paging and not result.startswith("list["):
            raise self.make_error("a response that comes in pages has to be an array")
        rules = extensions.read_validation_rules(self.document, self.operation)
        more = {"idempotent_by": item.get("x-heymarket-idempotent-by", ""), "paging": paging, "rules": rules}
        more["also"] = tuple(item.get("x-heymarket-also-answers", ()))
        return Method(
            name=self.name,
            operation=item["operationId"],
            module=self.module_name,
            http_method=self.operation.method.upper(),
            path=self.operation.path,
            path_formats={argument.name: self.find_format(argument.name) for argument in positional},
            positional=positional,
            keyword_only=[*fields, *query],
            passes={a.name: a.value for a in (*positional, *query)} | ({"body": body} if body else {}),
            result=result,
            status=status,
            expects=expects,
            safe=self.operation.method == "get" or item.get("x-heymarket-safe-to-repeat") is True,
            needs=self.needs,
            more={name: repr(value) for name, value in more.items() if value},
            item=result.removeprefix("list[").removesuffix("]") if paging else "",
            docstring=docstrings.write_docstring(self.operation, {a.name: a.text for a in everything}),
        )

    def read_path_argument(self, generated: Field) -> Argument:
        # The sender checks path values and converts them to strings, so they are passed on as they are.
        return replace(self.read_query_argument(generated), value=generated.name)

    def read_query_argument(self, generated: Field) -> Argument:
        if generated.name not in self.parameters:
            raise self.make_error(f"the generator renamed a parameter to {generated.name}: give it another name")
        parameter = self.parameters[generated.name]
        return self.make_argument(self.module, generated, docstrings.describe_argument(parameter))

    def read_body(self, annotation: str) -> tuple[str, list[Argument]]:
        """Reads the body: the expression that creates it, and the arguments that are its fields."""
        item = self.operation.item
        schema = self.operation.body
        if annotation.startswith("list["):
            generated = Field(item.get("x-heymarket-body-name", "items"), annotation)
            argument = self.make_argument(self.module, generated, docstrings.describe_argument(schema))
            return argument.value, [argument]
        model, module = self.find_model(self.module, annotation) or (None, None)
        if model is None or module is None:
            raise self.make_error("the body has to be an object with properties, or an array of such objects")
        self.imports.update(_find_imports(module))
        self.needs.add(f"from ..models.{module.name} import {model.name}")
        properties = {_to_python_name(name): part for name, part in schema["properties"].items()}
        arguments = [
            self.make_argument(module, generated, docstrings.describe_argument(properties[generated.name]))
            for generated in model.fields
            if generated.name in properties
        ]
        key = item.get("x-heymarket-idempotent-by")
        arguments = [_make_optional(argument) if argument.name == key else argument for argument in arguments]
        arguments.sort(key=lambda argument: bool(argument.default))
        return f"{annotation}({', '.join(f'{a.name}={a.value}' for a in arguments)})", arguments

    def make_argument(self, module: Module, generated: Field, text: str) -> Argument:
        """Makes the argument for a generated one.

        Where that accepts a UUID or an enum member, this accepts a string as well; where it accepts a model, a mapping.
        """
        name, kinds, value = generated.name, generated.alternatives, generated.name
        for place, kind in enumerate(generated.alternatives):
            bare = kind.removeprefix("list[").removesuffix("]")
            model, home = self.find_model(module, bare) or (None, None)
            if kind == "UUID":
                value = f'cast("{generated.annotation}", {name})'  # it is only ever converted with str()
                kinds[place] = "UUID | str"
            elif model is None or home is None:
                continue
            elif "OpenStrEnum" not in model.bases:
                value = f"as_bodies({name})" if bare != kind else f"as_body({name})"
                kinds[place] = (
                    f"Sequence[{bare} | Mapping[str, Any]]" if bare != kind else f"{kind} | Mapping[str, Any]"
                )
            elif bare == kind:
                self.needs.add(f"from ..models.{home.name} import {kind}")
                value = f"{kind}({name})"
                if len(kinds) > 1:  # None and UNSET aren't members
                    value += f" if isinstance({name}, str) else {name}"
                kinds[place] = f"{kind} | str"
        return Argument(name, " | ".join(kinds), generated.default, value, text)

    def find_model(self, module: Module, name: str) -> tuple[Class, Module] | None:
        """Finds the generated model that a module imports under that name, and the model's own module."""
        for node in module.imports():
            if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
                package, _, file = (node.module or "").partition(".")
                if package == "models":
                    found = Module(self.models / f"{file}.py")
                    return next(model for model in found.classes() if model.name == name), found
        return None

    def find_format(self, name: str) -> str:
        text: str = self.parameters[name]["schema"].get("format", "")
        return text

    def read_result(self, success: dict[str, Any]) -> tuple[str, str]:
        """Reads the type of the result, and the expected JSON."""
        kind = self.operation.item.get("x-heymarket-answer")
        if kind == "count":
            return "int", "count"
        result = self.module.function("_parse_response").result
        if kind == "nothing" or result == "Any":
            return "None", ""
        return result, self.find_json_type(success)

    def find_json_type(self, success: dict[str, Any]) -> str:
        """Finds the JSON type of the documented response."""
        schema = success.get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return ""
        kind = schema.get("type")
        if not isinstance(kind, str):
            raise self.make_error("the response's schema needs one type, such as object or array")
        return kind

    def make_error(self, text: str) -> DescriptionError:
        return DescriptionError([self.document.problem(self.operation.at, text)])


def _make_optional(argument: Argument) -> Argument:
    """Makes the argument of a value optional, because the client generates one for each call."""
    text = f"{argument.text} Generated for each call that has none; retries use the same one."
    if argument.default:
        return replace(argument, text=text)
    value = f'cast("{argument.annotation}", {argument.name})'
    return replace(argument, annotation=f"{argument.annotation} | Unset", default="UNSET", value=value, text=text)


def _find_imports(module: Module) -> Iterator[str]:
    """Finds the import statements for the annotations of a generated module, as needed in a resource's module."""
    for node in module.imports():
        if isinstance(node, ast.Import) or (node.level == 0 and node.module not in {"__future__", "typing"}):
            yield ast.unparse(node)
        elif node.module and node.module.partition(".")[0] == "models":
            yield f"from ..{node.module} import {', '.join(alias.name for alias in node.names)}"


def _to_python_name(name: str) -> str:
    return PythonIdentifier(name, _FIELD_PREFIX)
