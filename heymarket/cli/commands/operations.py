"""Commands for the operations of the description, one each, made from the methods of the client.

No endpoint is named here: a command's options come from the method's signature, its help from the method's docstring.
Only the resource that is called is imported.
"""

from __future__ import annotations

import builtins
import datetime as dt
import inspect
import json
import re
import warnings
from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from cyclopts import App, Group, Parameter

from heymarket import FileContent, HeymarketDriftWarning, description, models
from heymarket.cli.conversion import convert, make_annotation
from heymarket.cli.options import ClientOptions, Json
from heymarket.cli.output import join_lines, print_content, show
from heymarket.client import Heymarket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.description import OperationInfo

__all__ = ["make_resource_apps"]

_GROUP = Group("Resources", sort_key=1)
_COMMON = {"base_url", "help", "json", "profile", "timeout"}
_COMMON_PARAMETERS = [
    inspect.Parameter("_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json),
    inspect.Parameter("_options", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=ClientOptions),
]


def make_resource_apps(chosen: str) -> Iterator[App]:
    """Make an app for each resource; only the chosen one gets the commands of its operations.

    Args:
        chosen: The resource that is called, as it is written on the command line.
    """
    about = {tag["name"]: tag.get("description", "") for tag in description.load().get("tags", [])}
    by_resource = attrgetter("resource")
    for resource, operations in groupby(sorted(description.operations(), key=by_resource), key=by_resource):
        app = App(
            name=resource.replace("_", "-"),
            help=about.get(resource, ""),
            group=_GROUP,
            help_epilogue="",
            version_flags=(),
        )
        if app.name[0] == chosen:
            for operation in operations:
                app.command(_make_command(operation), name=operation.method_name.replace("_", "-"))
        yield app


class _Names(dict[str, Any]):
    """The names in annotations, which the generated resources import for type checkers only."""

    def __init__(self) -> None:
        super().__init__(
            Any=Any,
            FileContent=FileContent,
            Literal=Literal,
            Mapping=Mapping,
            Sequence=Sequence,
            UUID=UUID,
            builtins=builtins,
            datetime=dt,
        )

    def __missing__(self, name: str) -> Any:
        try:
            return getattr(models, name)
        except AttributeError:
            raise KeyError(name) from None  # then the module and the builtins are looked up


class _Signatures(Heymarket):
    """A client to read signatures from; it has no settings and can't send."""

    def __init__(self) -> None:
        self._sender: Any = None


def _make_command(operation: OperationInfo) -> Callable[..., None]:
    resource = getattr(_Signatures(), operation.resource)
    documented = getattr(resource, operation.method_name)
    # The signature is that of the raw variant: it is always generated, so that its annotations can be evaluated.
    raw = getattr(resource.with_raw_response, operation.method_name)
    arguments = inspect.signature(raw, eval_str=True, locals=_Names()).parameters

    def command(*args: Any, _json: bool = False, _options: ClientOptions | None = None, **kwargs: Any) -> None:
        given = dict(zip(arguments, args, strict=False)) | kwargs
        values = {name: convert(name, arguments[name].annotation, value) for name, value in given.items()}
        with (_options or ClientOptions()).make_client() as client, warnings.catch_warnings():
            # They warn that Python keeps a value as a string; here, all are printed as they came.
            warnings.simplefilter("ignore", HeymarketDriftWarning)
            raw = getattr(client, operation.resource).with_raw_response
            response = getattr(raw, operation.method_name)(**values)
        if isinstance(response.parsed, str | bytes) and "json" not in response.headers.get("content-type", "json"):
            print_content(response.parsed)
        else:
            show(_parse_body(response.content), as_json=_json)

    parameters = [*map(_adapt_parameter, arguments.values()), *_COMMON_PARAMETERS]
    _set_signature(command, parameters, _make_help(operation, inspect.getdoc(documented) or ""))
    return command


def _adapt_parameter(argument: inspect.Parameter) -> inspect.Parameter:
    annotation = make_annotation(argument.annotation)
    if argument.name in _COMMON:
        annotation = Annotated[annotation, Parameter(name=f"--field-{argument.name.replace('_', '-')}")]
    is_positional = argument.kind is not argument.KEYWORD_ONLY
    return argument.replace(annotation=annotation, kind=argument.POSITIONAL_ONLY if is_positional else argument.kind)


def _set_signature(command: Any, parameters: list[inspect.Parameter], docstring: str) -> None:
    """Give a function other parameters for cyclopts than those of its definition."""
    command.__signature__ = inspect.Signature(parameters)
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__doc__ = docstring


def _make_help(operation: OperationInfo, docstring: str) -> str:
    """The docstring without its results, its lines joined, with the endpoint and how certain its description is."""
    text, _, _ = docstring.partition("\n\nReturns:")
    about, headline, arguments = text.partition("\n\nArgs:\n")
    confidence = operation.spec.get("x-heymarket-confidence", "unknown")
    endpoint = f"{operation.http_method} {operation.path}, described with {confidence} confidence."
    if paging := operation.spec.get("x-heymarket-pagination"):
        # A command returns one page; the docstring describes the iteration in Python.
        about = re.sub(r"\n\nReturns the items one by one.*?begins at one\.", "", about, flags=re.DOTALL)
        option = (paging.get("cursor") or paging["page"]).replace("_", "-")
        endpoint = f"Returns one page; use --{option} for the next. {endpoint}"
    return join_lines(f"{about}\n\n{endpoint}") + headline + re.sub(r"\n {8,}", " ", arguments)


def _parse_body(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None  # a promised result would have been refused by the client
