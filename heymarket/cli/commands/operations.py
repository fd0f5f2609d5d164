"""Commands for the operations of the description, one each, made from the methods of the client.

No endpoint is named here: a command's options come from the method's signature, its help from the method's docstring,
the columns of its table from the description. Only the resource that is called is imported.
"""

from __future__ import annotations

import json
import re
import warnings
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from cyclopts import App, Group

from heymarket import HeymarketDriftWarning, description
from heymarket.cli.commands.handwritten import make_command
from heymarket.cli.methods import Method, add_parameters, list_methods
from heymarket.cli.naming import rewrite_errors, rewrite_help
from heymarket.cli.options import All, ClientOptions, OutputOptions, Yes, confirm
from heymarket.cli.output import join_lines, print_content
from heymarket.cli.schemas import describe_json, find_columns, list_fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.description import OperationInfo

__all__ = ["list_pages", "make_resource_apps"]

_GROUP = Group("Resources", sort_key=1)


def make_resource_apps(chosen: str | None) -> Iterator[App]:
    """Make an app for each resource; only the chosen one gets commands.

    Args:
        chosen: The resource that is called, as it is written on the command line; `None` for all.
    """
    about = {tag["name"]: tag.get("description", "") for tag in description.load().get("tags", [])}
    by_resource = attrgetter("resource")
    for resource, operations in groupby(sorted(description.operations(), key=by_resource), key=by_resource):
        app = _make_group(resource.replace("_", "-"), about.get(resource, ""))
        if chosen in {None, app.name[0]}:
            methods = list_methods(resource)
            for operation in operations:
                command = _make_command(operation, methods.pop(operation.method_name))
                app.command(command, name=operation.method_name.replace("_", "-"))
            for name, method in methods.items():
                if not method.returns_many:
                    app.command(make_command(resource, method), name=name.replace("_", "-"))
        yield app


def _make_group(name: str, about: str) -> App:
    return App(name=name, help=about, group=_GROUP, help_epilogue="", version_flags=())


def _make_command(operation: OperationInfo, method: Method) -> Callable[..., None]:
    def command(
        *args: Any,
        _options: ClientOptions | None = None,
        _output: OutputOptions | None = None,
        _all: bool = False,
        _yes: bool = False,
        **kwargs: Any,
    ) -> None:
        output = (_output or OutputOptions()).make_output(find_columns(operation), list_fields(operation))
        with rewrite_errors(method.typed):
            values = method.convert(args, kwargs)
            if operation.http_method == "DELETE":
                confirm(operation.spec.get("summary", operation.name), yes=_yes)
            options = _options or ClientOptions()
            with options.make_client() as client, warnings.catch_warnings():
                # They warn that Python keeps a value as a string; here, all are printed as they came.
                warnings.simplefilter("ignore", HeymarketDriftWarning)
                resource = getattr(client, operation.resource)
                if _all:
                    output.show_pages(rows for rows, _ in list_pages(operation, resource, values, options))
                    return
                response = getattr(resource.with_raw_response, operation.method_name)(**values)
        options.explain(response)
        if isinstance(response.parsed, str | bytes) and "json" not in response.headers.get("content-type", "json"):
            print_content(response.parsed)
        else:
            output.show(_read_result(operation, response))

    extra = {"_output": OutputOptions, "_options": ClientOptions}
    if "x-heymarket-pagination" in operation.spec:
        extra |= {"_all": All}
    if operation.http_method == "DELETE":
        extra |= {"_yes": Yes}
    return add_parameters(command, method, _make_help(operation, method), extra)


def list_pages(
    operation: OperationInfo, resource: Any, values: dict[str, Any], options: ClientOptions, cursor: str | None = None
) -> Iterator[tuple[list[Any], str | None]]:
    """The pages of a list, and where the next one begins.

    Args:
        operation: The operation.
        resource: The resource of the client.
        values: The arguments of the method.
        options: What `--verbose` is among.
        cursor: Where to begin; by default where the arguments say.

    Yields:
        The items as the service sent them, without those that were on earlier pages, and a cursor.
    """
    paging = operation.spec["x-heymarket-pagination"]
    values = {**values}
    number = values.pop(paging.get("page") or paging.get("offset"), None)
    start = cursor if cursor is not None or number is None else str(number)
    for page in getattr(resource, operation.method_name)(**values).resume(start).pages():
        options.explain(page.response)
        new = {id(item) for item in page.items}
        body = json.loads(page.response.content)
        for name in filter(None, paging.get("items", "").split(".")):
            body = body[name]
        rows = zip(body or [], page.response.parsed, strict=True)
        yield [row for row, item in rows if id(item) in new], page.cursor


def _read_result(operation: OperationInfo, response: Any) -> Any:
    if "x-heymarket-answer" in operation.spec:
        return response.parsed  # a number that may come as a string, or nothing
    try:
        return json.loads(response.content)
    except ValueError:
        return None  # a promised result would have been refused by the client


def _make_help(operation: OperationInfo, method: Method) -> str:
    """The docstring without its results, its lines joined, with the endpoint and how certain its description is."""
    about, arguments = method.split_docstring()
    confidence = operation.spec.get("x-heymarket-confidence", "unknown")
    endpoint = f"{operation.http_method} {operation.path}, described with {confidence} confidence."
    if paging := operation.spec.get("x-heymarket-pagination"):
        # A command returns one page; the docstring describes the iteration in Python.
        about = re.sub(r"\n\nReturns the items one by one.*?begins at one\.", "", about, flags=re.DOTALL)
        option = next((paging[key] for key in ("cursor", "page", "offset") if key in paging), "").replace("_", "-")
        pages = f"use --{option} for the next, or --all" if option else "use --all for the others"
        endpoint = f"Returns one page; {pages}. {endpoint}"
    for name in method.list_json():
        text, _, _ = arguments.get(name, "").partition(" Example: ")  # shown with its quotes by describe_json
        arguments[name] = f"{text} {describe_json(operation, name)}".strip()
    for name in method.list_repeated():
        text, _, _ = arguments.get(name, "").partition(" Example: ")  # a list of Python
        arguments[name] = f"{text} For several, repeat it, or pass @FILE with one on each line.".strip()
    lines = "".join(f"\n    {name}: {text}" for name, text in arguments.items())
    return rewrite_help(join_lines(f"{about}\n\n{endpoint}") + "\n\nArgs:" * bool(lines) + lines, method.typed)
