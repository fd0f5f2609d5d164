"""The resources: which methods there are, with which arguments and docstrings.

Names and types come from the signatures that the generator wrote, everything else (docstrings, formats, statuses) from
the description. templates/resource.py.jinja writes them.
"""

import ast
import builtins
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from . import destinations, docstrings, extensions, names
from .body_fields import BodyFields
from .bundle import Document, Operation
from .hints import qualify
from .media_types import JSON, find_media_kind
from .schemas import UNIONS, find_types
from .signatures import Class, Field, Module, split_union


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


_OF_MODELS = "from ..models."
ALLOW_UNDESCRIBED = Argument(
    "allow_undescribed", "bool", "False", "", "Whether fields that aren't described may be sent."
)


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
        parse: The function of the module that parses the decoded response.
        envelope: The names that lead to the items, where the response is an object that has them.
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
    parse: str
    envelope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resource:
    """All methods of one tag."""

    tag: str
    description: str
    methods: list[Method] = field(default_factory=list)
    imports: set[str] = field(default_factory=set)
    models: set[str] = field(default_factory=set)

    @property
    def class_name(self) -> str:
        """`ContactChannels` for `contact_channels`."""
        return "".join(word.capitalize() for word in self.tag.split("_"))

    def inside(self, annotation: str) -> str:
        """The annotation as it is written inside the class, where `list` may be a method."""
        annotation = self.outside(annotation)
        for name in {method.name for method in self.methods} & set(dir(builtins)):
            annotation = re.sub(rf"\b{name}\b", f"builtins.{name}", annotation)
        return annotation

    def outside(self, annotation: str) -> str:
        """The annotation as it is written outside of the class. Models are imported when it is evaluated."""
        return qualify(annotation, self.models)


def list_resources(document: Document) -> list[Resource]:
    """The resources of a description, in the order of its operations, without their methods."""
    about = {tag["name"]: tag.get("description") for tag in document.data["tags"]}
    tags = dict.fromkeys(operation.item["tags"][0] for operation in document.operations())
    return [Resource(tag, about.get(tag) or f"The resource {tag}.") for tag in tags]


def read_resources(document: Document, package: Path, load: Callable[[Path], Module] = Module) -> list[Resource]:
    """The resources of a description, in the order of its operations.

    Args:
        document: The description.
        package: The generated package, with its `api` and `models`.
        load: How a module of it is read.

    Raises:
        DescriptionError: When an operation can't become a method.
    """
    found = {resource.tag: resource for resource in list_resources(document)}
    bodies = BodyFields(document)
    for operation in document.operations():
        resource = found[operation.item["tags"][0]]
        reader = _Reader(document, operation, package, bodies, load)
        resource.methods.append(reader.read_method())
        of_models = {line for line in reader.imports if line.startswith(_OF_MODELS)}
        resource.imports.update(reader.imports - of_models)
        resource.models.update(line.rpartition(" ")[2] for line in of_models)
    return list(found.values())


_IMPORT_FILES = "from ..files import FileContent"
_NOT_PARSED = {"": "None", "text": "str", "bytes": "bytes"}
"""The types of what is returned as it is."""


SAVE_TO = Argument(
    "save_to",
    "Path | BinaryIO | None",
    "None",
    "save_to",
    "Where the body is saved instead of being returned: a path, which gets the file when all of it is there, or a file "
    "that is open for writing bytes.",
)


class _Reader:
    """Reads one operation, described and generated."""

    def __init__(
        self,
        document: Document,
        operation: Operation,
        package: Path,
        bodies: BodyFields,
        load: Callable[[Path], Module],
    ) -> None:
        self.document = document
        self.operation = operation
        self.bodies = bodies
        self.models = package / "models"
        self.load = load
        tag, _, self.name = operation.item["operationId"].partition(".")
        self.module_name = f"{tag}_{self.name}"
        self.module = load(package / "api" / tag / f"{self.module_name}.py")
        self.imports = {*_find_imports(self.module)}
        self.needs: set[str] = set()
        self.parameters = {names.name_parameter(parameter): parameter for parameter in operation.parameters}

    def read_method(self) -> Method:
        item = self.operation.item
        build = self.module.function("_get_kwargs")
        positional = [self.read_path_argument(generated) for generated in build.positional]
        query = [self.read_query_argument(generated) for generated in build.keyword_only if generated.name != "body"]
        body = ""
        fields: list[Argument] = []
        for generated in build.keyword_only:
            if generated.name == "body":
                body, fields = self.read_body(generated)
        status, _ = self.operation.success
        result, expects = self.read_result()
        paging = extensions.read_paging(self.document, self.operation)
        rules = extensions.read_validation_rules(self.document, self.operation)
        server, prefix = destinations.split_server(self.document, self.operation)
        more = {"idempotent_by": item.get("x-heymarket-idempotent-by", ""), "paging": paging, "rules": rules}
        styles = {parameter["name"]: extensions.read_style(parameter) for parameter in self.operation.parameters}
        if paging and paging.kind == "link":
            styles[""] = "encoded"
        more["styles"] = {name: style for name, style in styles.items() if style}
        more |= {"server": server, "security": destinations.read_security(self.document, self.operation)}
        more["also"] = tuple(item.get("x-heymarket-also-answers", ()))
        returned = dict.fromkeys(
            media for part in self.operation.successes.values() for media in part.get("content", ())
        )
        more["accept"] = ", ".join(returned) if {*returned} - {JSON} else ""
        described = self.operation.body.get("properties", {}).items()
        more["files"] = tuple(name for name, part in described if part.get("items", part).get("format") == "binary")
        more["headers"] = tuple(part["name"] for part in self.operation.parameters if part["in"] == "header")
        media = self.operation.body_media
        more["media"] = media if media != JSON else ""
        more["saved"] = self.operation.saved
        saving = [SAVE_TO] if self.operation.saved else []
        self.imports |= {"from pathlib import Path", "from typing import BinaryIO"} if saving else set()
        more["body"] = self.bodies.add(self.operation)
        options = [ALLOW_UNDESCRIBED] if more["body"] else []
        everything = [*positional, *fields, *query, *saving, *options]
        return Method(
            name=self.name,
            operation=item["operationId"],
            module=self.module_name,
            http_method=self.operation.method.upper(),
            path=prefix + self.operation.path,
            path_formats={argument.name: self.find_format(argument.name) for argument in positional},
            positional=positional,
            keyword_only=[*fields, *query, *saving, *options],
            passes={a.name: a.value for a in (*positional, *query, *saving)} | ({"body": body} if body else {}),
            result=result,
            status=status,
            expects=expects,
            safe=self.operation.method == "get" or item.get("x-heymarket-safe-to-repeat") is True,
            needs=self.needs,
            more={name: repr(value) for name, value in more.items() if value} | self.read_other_successes(),
            item=result.removeprefix("list[").removesuffix("]") if paging else "",
            docstring=docstrings.write_docstring(self.operation, {a.name: a.text for a in everything}),
            parse=self.module.function_names()[1],
            envelope=paging.items if paging else (),
        )

    def read_path_argument(self, generated: Field) -> Argument:
        # The sender checks path values and converts them to strings; what it doesn't know, is converted here.
        argument = self.read_query_argument(generated)
        known = set(generated.alternatives) <= {"str", "int", "UUID", "Any"} or "Enum" in argument.annotation
        return replace(argument, value=generated.name if known else f"_as_segment({generated.name})")

    def read_query_argument(self, generated: Field) -> Argument:
        parameter = self.parameters[generated.name]
        argument = self.make_argument(self.module, generated, docstrings.describe_argument(parameter))
        is_key = parameter["in"] == "header" and parameter["name"] == self.operation.item.get(
            "x-heymarket-idempotent-by"
        )
        return _make_optional(argument) if is_key else argument

    def read_body(self, generated: Field) -> tuple[str, list[Argument]]:
        """Reads the body: the expression that creates it, and the arguments that are its fields."""
        item = self.operation.item
        whole = replace(generated, name=self.operation.body_name)
        annotation = generated.annotation.removesuffix(" | Unset")
        schema = self.operation.body
        if schema.get("type") == "string":
            self.imports.add(_IMPORT_FILES)
            argument = self.make_argument(
                self.module, self.use_files(whole, schema), docstrings.describe_argument(schema)
            )
            return argument.value, [argument]
        model, module = self.find_model(self.module, annotation) or (None, None)
        if model is None or module is None or "properties" not in schema:
            argument = self.make_argument(self.module, whole, docstrings.describe_argument(schema))
            if model is not None:
                rest = " | Unset" if whole.default else ""
                argument = replace(argument, annotation=f"Mapping[str, Any]{rest}")
            return argument.value, [argument]
        self.imports.update(_find_imports(module))
        self.needs.add(f"from ..models.{module.name} import {model.name}")
        properties = {names.name_field(name, part): (name, part) for name, part in schema["properties"].items()}
        key = item.get("x-heymarket-idempotent-by")
        arguments: list[Argument] = []
        for one in model.fields:
            if one.name in properties:
                name, part = properties[one.name]
                typed = self.use_files(one, part)
                argument = self.make_argument(module, typed, docstrings.describe_argument(part))
                arguments.append(_make_optional(argument) if name == key else argument)
        arguments.sort(key=lambda argument: bool(argument.default))
        return f"{annotation}({', '.join(f'{a.name}={a.value}' for a in arguments)})", arguments

    def make_argument(self, module: Module, generated: Field, text: str) -> Argument:
        """Makes the argument for a generated one.

        Where that accepts a UUID or an enum member, this accepts a string as well; where it accepts a model, a mapping.
        """
        accepted = _Accepted(self, module)
        annotation = accepted.widen(ast.parse(generated.annotation, mode="eval").body)
        enum = next(iter(accepted.enums), "")
        value = generated.name
        if enum or annotation != generated.annotation:
            value = f"_as_argument({generated.name}{f', {enum}' if enum else ''})"
        return Argument(generated.name, annotation, generated.default, value, text)

    def use_files(self, generated: Field, part: dict[str, Any]) -> Field:
        """Types a field that is a file, or a list of files, as what is accepted for it."""
        inner = part.get("items", part)
        if inner.get("format") != "binary":
            return generated
        self.imports.add(_IMPORT_FILES)
        kind = "FileContent" if inner is part else "list[FileContent]"
        return replace(generated, annotation=f"{kind} | Unset" if generated.default else kind)

    def find_model(self, module: Module, name: str) -> tuple[Class, Module] | None:
        """Finds the generated model that a module imports under that name, and the model's own module."""
        if own := next((model for model in module.classes if model.name == name), None):
            return own, module
        for node in module.imports:
            if isinstance(node, ast.ImportFrom) and name in {alias.name for alias in node.names}:
                package, _, file = (node.module or "").partition(".")
                if package == "models":
                    found = self.load(self.models / f"{file}.py")
                    return next(model for model in found.classes if model.name == name), found
        return None

    def find_format(self, name: str) -> str:
        text: str = self.parameters[name]["schema"].get("format", "")
        return text

    def read_result(self) -> tuple[str, str]:
        """Reads the type of the result, and what is expected of the first success."""
        kind = self.operation.item.get("x-heymarket-answer")
        if kind == "count":
            return "int", "count"
        if kind == "nothing":
            return "None", ""
        expected = [self.find_expected(success) for success in self.operation.successes.values()]
        parsed = self.module.function(self.module.function_names()[1]).result
        kinds = [name for name in Field("", parsed).alternatives if name not in {"Any", "None"}]
        kinds += [_NOT_PARSED[name] for name in expected if name in _NOT_PARSED]
        return " | ".join(dict.fromkeys(kinds)), expected[0]

    def find_expected(self, success: dict[str, Any]) -> str:
        """Finds the JSON type of a documented response, or what else it is."""
        for media, part in success.get("content", {}).items():
            schema, kind = part["schema"], find_media_kind(media)
            if kind != "json":
                return kind
            return "object" if schema.keys() & {*UNIONS} else find_types(schema)[0]
        return ""

    def read_other_successes(self) -> dict[str, str]:
        """Reads how the responses of further successes are read, as source."""
        others = [
            f"{status}: ({self.find_expected(success)!r}, {self.module_name}._parse_response_{status})"
            for status, success in self.operation.successes.items()
            if status != self.operation.success[0]
        ]
        return {"others": f"{{{', '.join(others)}}}"} if others else {}


class _Accepted:
    """What an argument accepts in place of a generated type, however deep that is inside of lists.

    Attributes:
        enums: The enums that strings are converted to.
    """

    def __init__(self, reader: _Reader, module: Module) -> None:
        self._reader = reader
        self._module = module
        self.enums: list[str] = []

    def widen(self, node: ast.expr) -> str:
        """Writes an annotation with what is accepted in addition."""
        return " | ".join(dict.fromkeys(kind for part in split_union(node) for kind in self._list_accepted(part)))

    def _list_accepted(self, node: ast.expr) -> list[str]:
        match node:
            case ast.Name("UUID"):
                return ["UUID", "str"]
            case ast.Name(name):
                model, home = self._reader.find_model(self._module, name) or (None, None)
                if model is None or home is None:
                    return [name]
                if "OpenStrEnum" not in model.bases:
                    return [name, "Mapping[str, Any]"]
                self._reader.needs.add(f"from ..models.{home.name} import {name}")
                self.enums.append(name)
                return [name, "str"]
            case ast.Subscript(ast.Name("list"), inner):
                plain = ast.unparse(inner)
                widened = self.widen(inner)
                return [f"list[{plain}]" if widened == plain else f"Sequence[{widened}]"]
        return [ast.unparse(node)]


def _make_optional(argument: Argument) -> Argument:
    """Makes the argument of a value optional, because the client generates one for each call."""
    text = f"{argument.text} Generated for each call that has none; retries use the same one."
    if argument.default:
        return replace(argument, text=text)
    annotation = f"{argument.annotation} | Unset"
    return replace(argument, annotation=annotation, default="UNSET", value=f"_as_argument({argument.name})", text=text)


def _find_imports(module: Module) -> Iterator[str]:
    """Finds the import statements for the annotations of a generated module, as needed in a resource's module."""
    for node in module.imports:
        if isinstance(node, ast.Import) or (node.level == 0 and node.module not in {"__future__", "typing"}):
            yield ast.unparse(node)
        elif node.module and node.module.partition(".")[0] == "models":
            yield from (f"from ..{node.module} import {alias.name}" for alias in node.names)
    if "Literal[" in module.text:
        yield "from typing import Literal"
