"""The reference pages, docs/reference/*.md: a page for each resource, one for the models, the evidence, and an index.

They contain what the docstrings do, from the same functions, and show each call in Python, as a command and for curl.
Descriptions are Markdown, as in OpenAPI.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from . import code_samples, destinations, docstrings, evidence, extensions, names
from .bundle import Document, Operation, body_schema
from .problems import DescriptionError
from .resources import ALLOW_UNDESCRIBED, SAVE_TO, Argument, Method, Resource
from .signatures import Class, Field, Module

_TEMPLATES = Path(__file__).parent / "templates"
_TAKEN = {"evidence", "index", "models"}
_SECTION = re.compile(r"^## (?=[A-Z]\w*$)", re.MULTILINE)


@dataclass(frozen=True)
class Row:
    """A line of a table: an argument of a method, or a field of a model."""

    name: str
    type: str
    place: str
    required: bool
    text: str


@dataclass(frozen=True)
class Line:
    """A line about an operation, or about a delivery.

    Attributes:
        name: The operationId.
        method: HTTP method, in capitals.
        path: Path template.
        item: The operation as it is described.
    """

    name: str
    method: str
    path: str
    item: dict[str, Any]


@dataclass(frozen=True)
class Entry(Line):
    """A section about an operation.

    Attributes:
        python: The call in Python.
        command: The same for the `heymarket` command.
        curl: The same for a shell.
        arguments: The arguments of the method.
        returns: Its result, with links.
        response: The description of the success.
        pages: How to get later pages without the client; empty if there are none.
        retries: What the client does after a failure.
        behavior: What else the client does.
        errors: The documented errors, by status.
    """

    python: str
    command: str
    curl: str
    arguments: list[Row]
    returns: str
    response: str
    pages: str
    retries: str
    behavior: list[str]
    errors: dict[str, str]


@dataclass(frozen=True)
class Delivery:
    """A section about what the service sends without a request."""

    name: str
    item: dict[str, Any]
    body: str
    example: str
    data: dict[str, str]


@dataclass(frozen=True)
class Page:
    """A page about the operations and deliveries of one tag."""

    tag: str
    description: str
    entries: list[Any] = field(default_factory=list)
    deliveries: list[Any] = field(default_factory=list)

    @property
    def file(self) -> str:
        """Its name."""
        return f"{self.tag.replace('_', '-')}.md"


@dataclass(frozen=True)
class Model:
    """A section about a model."""

    name: str
    description: str
    fields: list[Row]
    values: list[str]
    others: str  # the type of fields with names of any kind


def render_resources(
    document: Document, resources: list[Resource], package: Path, load: Callable[[Path], Module]
) -> dict[str, str]:
    """Renders the pages of resources and that of the models, by the names of their files.

    Args:
        document: The description.
        resources: The resources.
        package: The generated package.
        load: How a module of it is read.
    """
    writer = _Writer(document, package, load)
    pages = {page.file: _render("resource", page=page) for page in writer.make_pages(resources)}
    return {**pages, "models.md": _render("models", models=writer.make_models())}


def render_overview(document: Document, tests: Path) -> dict[str, str]:
    """Renders the pages about all operations, by the names of their files.

    Args:
        document: The description.
        tests: The folder of the tests, whose data is evidence.

    Raises:
        DescriptionError: When a resource has the name of another page.
    """
    pages = _outline(document)
    if taken := _TAKEN & {page.tag for page in pages}:
        tag = min(taken)
        text = f"{tag} is the name of another reference page: give the tag another name"
        at = next((o.at for o in document.operations() if o.item["tags"][0] == tag), ())
        raise DescriptionError([document.problem(at, text)])
    errors: dict[str, str] = {}
    for line in (line for page in pages for line in page.entries):
        errors |= {status: text for status, text in _list_errors(line.item).items() if status not in errors}
    programs = evidence.read_programs(tests)
    return {
        "evidence.md": _render("evidence", rows=evidence.collect(document, programs, tests), programs=programs),
        "index.md": _render(
            "index",
            pages=pages,
            about=document.data["info"].get("description", "").strip(),
            server=destinations.find_server(document),
            errors={status: (docstrings.find_error_name(status), text) for status, text in sorted(errors.items())},
            contradictions=sorted({(e["id"], e["says"]) for page in pages for e in _find_contradictions(page)}),
        ),
    }


def join_models(new: str, old: str, names: set[str]) -> str:
    """Returns the page of the models with some sections of another one in addition."""
    head, *sections = _SECTION.split(new)
    sections += [section for section in _SECTION.split(old)[1:] if section.partition("\n")[0] in names]
    return "\n\n## ".join([head.strip(), *sorted(section.strip() for section in sections)]) + "\n"


def _render(template: str, **context: object) -> str:
    text = _ENVIRONMENT.get_template(f"reference_{template}.md.jinja").render(**context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _outline(document: Document) -> list[Page]:
    """The pages, with a line about each operation and delivery."""
    about = {tag["name"]: tag.get("description", "") for tag in document.data["tags"]}
    pages: dict[str, Page] = {}
    for operation in document.operations():
        tag = operation.item["tags"][0]
        path = destinations.split_server(document, operation)[1] + operation.path
        line = Line(operation.item["operationId"], operation.method.upper(), path, operation.item)
        pages.setdefault(tag, Page(tag, about.get(tag) or f"The resource {tag}.")).entries.append(line)
    for name, item in document.resolved.get("webhooks", {}).items():
        for method, delivery in item.items():
            tag = (delivery.get("tags") or ["webhooks"])[0]
            line = Line(name, method.upper(), "", delivery)
            pages.setdefault(tag, Page(tag, about.get(tag, ""))).deliveries.append(line)
    return list(pages.values())


def _list_errors(item: dict[str, Any]) -> dict[str, str]:
    """The documented errors of an operation, by status."""
    return {
        status: response["description"].partition("\n\n")[0]
        for status, response in item["responses"].items()
        if status[0] != "2"
    }


class _Writer:
    def __init__(self, document: Document, package: Path, load: Callable[[Path], Module]) -> None:
        self._document = document
        files = sorted((package / "models").glob("[!_]*.py"))
        self._classes: dict[str, Class] = {model.name: model for file in files for model in load(file).classes}
        self._shown: set[str] = set()

    def make_pages(self, resources: list[Resource]) -> list[Page]:
        operations = {operation.item["operationId"]: operation for operation in self._document.operations()}
        methods = {method.operation: method for resource in resources for method in resource.methods}
        return [
            Page(
                page.tag,
                page.description,
                [self._make_entry(operations[line.name], methods[line.name]) for line in page.entries],
                [self._make_delivery(line.name, line.item) for line in page.deliveries],
            )
            for page in _outline(self._document)
        ]

    def make_models(self) -> list[Model]:
        """Makes the sections of the models that the pages so far refer to, and of those that these refer to."""
        found: dict[str, Model] = {}
        while missing := self._shown - found.keys():
            for name in missing:
                found[name] = self._make_model(self._classes[name])
        return [found[name] for name in sorted(found)]

    def _make_entry(self, operation: Operation, method: Method) -> Entry:
        item = operation.item
        example = code_samples.make_example(self._document, operation)
        parts = self._find_parts(operation)
        shown = self._classes.get(method.item)
        show = "id" if shown and "id" in {field.name for field in shown.fields} else ""
        return Entry(
            name=method.operation,
            method=method.http_method,
            path=method.path,
            item=item,
            python=code_samples.write_python(example, method, show),
            command=code_samples.write_command(example, method),
            curl=code_samples.write_curl(self._document, operation, example),
            arguments=[
                self._make_argument_row(argument, *parts[argument.name])
                for argument in (*method.positional, *method.keyword_only)
            ],
            returns=self._spell_type(f"Pager[{method.item}]" if method.item else method.result),
            response=docstrings.describe_successes(operation),
            pages=self._describe_paging(operation),
            retries=_describe_retries(method, item),
            behavior=list(docstrings.describe_behavior(item)),
            errors=_list_errors(item),
        )

    def _make_argument_row(self, argument: Argument, place: str, part: dict[str, Any]) -> Row:
        plain = docstrings.describe_argument(part)
        text = docstrings.describe_argument(part, _format_code)
        return Row(
            name=argument.name,
            type=self._spell_type(argument.annotation),
            place=place,
            required=not argument.default,
            text=text + argument.text.removeprefix(plain),  # what was added to it, such as that the client generates it
        )

    def _find_parts(self, operation: Operation) -> dict[str, tuple[str, dict[str, Any]]]:
        """Finds the place of each argument in the request, and its description."""
        option = ALLOW_UNDESCRIBED
        found: dict[str, tuple[str, dict[str, Any]]] = {option.name: ("", {"description": option.text})}
        if body := operation.body:
            if "properties" not in body:
                found[operation.body_name] = ("body", body)
            for name, part in body.get("properties", {}).items():
                argument = names.name_field(name, part)
                found[argument] = (_describe_place("body", name, argument), part)
        for part in operation.parameters:
            argument = names.name_parameter(part)
            found[argument] = (_describe_place(part["in"], part["name"], argument), part)
        if operation.saved:
            found[SAVE_TO.name] = ("not sent", {"description": SAVE_TO.text})
        return found

    def _describe_paging(self, operation: Operation) -> str:
        paging = extensions.read_paging(self._document, operation)
        if paging is None:
            return ""
        more = " by default" if paging.limit else ""
        size = f"A page has {paging.size} items{more}. " if paging.size else ""
        where = f" The items are in `{'.'.join(paging.items)}`." if paging.items else ""
        if paging.kind == "page":
            return f"{size}Pages are numbered by `{paging.name}`, beginning with {paging.first}.{where}"
        if paging.kind == "offset":
            return f"{size}For the next page, send the number of items before it as `{paging.name}`.{where}"
        if paging.kind == "next":
            return f"{size}For the next page, send `{'.'.join(paging.next)}` of the response as `{paging.name}`.{where}"
        if paging.kind == "link":
            return f"{size}The `Link` header with rel={paging.source} leads to the next page.{where}"
        unit = ", in Unix seconds," if paging.unit == "unix-seconds" else ""
        return f"{size}For the next page, send the last item's `{paging.source}`{unit} as `{paging.name}`.{where}"

    def _make_delivery(self, name: str, item: dict[str, Any]) -> Delivery:
        schema = body_schema(item)
        model = self._document.schema_name(schema)
        return Delivery(
            name=name,
            item=item,
            body=self._spell_type(model) if model else "",
            example=code_samples.format_json(code_samples.make_value(schema), width=0),
            data={kind: self._spell_type(data) for kind, data in schema.get("x-heymarket-event-data", {}).items()},
        )

    def _make_model(self, model: Class) -> Model:
        schema = self._document.resolved["components"]["schemas"].get(model.name, {})
        parts = {names.name_field(name, part): (name, part) for name, part in schema.get("properties", {}).items()}
        match schema:
            case {"anyOf": [{"enum": values}, *_]} | {"enum": values}:
                return Model(model.name, schema.get("description", ""), [], list(values), "")
        fields = [
            self._make_field_row(item, *parts.get(item.name, (item.name, {})))
            for item in model.fields
            if item.name != "additional_properties"
        ]
        others = next((item.annotation for item in model.fields if item.name == "additional_properties"), "")
        kind = others.removeprefix("dict[str, ").removesuffix("]") if others and not fields else ""
        return Model(model.name, schema.get("description", ""), fields, [], self._spell_type(kind) if kind else "")

    def _make_field_row(self, item: Field, name: str, part: dict[str, Any]) -> Row:
        kinds = [kind for kind in item.alternatives if kind not in {"None", "Unset"}]
        if "datetime.datetime" in kinds and "str" in kinds:
            kinds.remove("str")
        if part.get("properties"):  # its fields are in its own section
            part = {"description": part.get("description", "")}
        return Row(
            name=item.name,
            type=self._spell_type(" | ".join(kinds) or "None"),
            place="" if name == item.name else name,
            required=not item.default,
            text=docstrings.describe_argument(part, _format_code),
        )

    def _spell_type(self, annotation: str) -> str:
        """Writes a type in words and links, without bars, which end the cell of a table."""
        kinds = [kind for kind in Field("", annotation).alternatives if kind != "Unset"]
        return " or ".join(map(self._spell_alternative, kinds))

    def _spell_alternative(self, kind: str) -> str:
        outer, _, inner = kind.removesuffix("]").partition("[")
        if outer in self._classes:
            self._shown.add(outer)
            return f"[{outer}](models.md#{_make_anchor(outer)})"
        if outer in {"list", "Sequence", "Pager"}:
            kinds = self._spell_type(inner)
            return f"`{outer}` of {f'({kinds})' if ' or ' in kinds else kinds}"
        return f"`{kind.removeprefix('datetime.')}`" if kind != "Mapping[str, Any]" else "`Mapping`"


def _describe_place(where: str, name: str, argument: str) -> str:
    return where if argument == name else f"{where}, as `{name}`"


def _describe_retries(method: Method, item: dict[str, Any]) -> str:
    again = "retried](index.md#when-a-call-fails)"
    if method.safe:
        return f"A read: [{again}."
    if key := item.get("x-heymarket-idempotent-by"):
        return f"A write with {'an' if key[0] in 'AEIOaeio' else 'a'} `{key}`: [{again} with the same one."
    return "A write: [sent once](index.md#when-a-call-fails)."


def _find_contradictions(page: Page) -> Iterator[dict[str, str]]:
    for item in [*(entry.item for entry in page.entries), *(delivery.item for delivery in page.deliveries)]:
        yield from item.get("x-heymarket-discrepancies", [])


def _make_anchor(heading: str) -> str:
    """Returns GitHub's anchor of a heading."""
    return re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-")


def _format_code(text: str) -> str:
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


def _escape(text: str) -> str:
    """Escapes angle brackets in Markdown, which would be read as HTML."""
    parts = re.split(r"(``.+?``|`[^`]*`)", text.strip())
    return "".join(part if index % 2 else part.replace("<", r"\<") for index, part in enumerate(parts))


def _format_cell(text: str) -> str:
    """Escapes Markdown for a cell of a table: one line, and no bar that would end it."""
    return " ".join(_escape(text).split()).replace("|", r"\|")


_ENVIRONMENT = Environment(  # noqa: S701  # it renders Markdown, not HTML
    loader=FileSystemLoader(_TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
_ENVIRONMENT.filters |= {"anchor": _make_anchor, "cell": _format_cell, "text": _escape}
