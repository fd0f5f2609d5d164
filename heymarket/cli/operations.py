"""One command per operation of the description, made from the method that the operation has in Python.

No endpoint is named here: what a command takes is read from the method's signature, what its help says from the
method's docstring. Only the resource that is called is imported.
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
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

from cyclopts import App, Group, Parameter

from heymarket import HeymarketDriftWarning, description, models
from heymarket.cli.arguments import from_words, to_value
from heymarket.cli.connection import Connection, Json
from heymarket.cli.output import show
from heymarket.client import Heymarket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from heymarket.description import OperationInfo

__all__ = ["resources"]

_GROUP = Group("Resources", sort_key=1)
_COMMON = {"base_url", "help", "json", "profile", "timeout"}
_COMMON_PARAMETERS = [
    inspect.Parameter("_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json),
    inspect.Parameter("_connection", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Connection),
]


def resources(chosen: str) -> Iterator[App]:
    """A command per resource, which holds the commands of its operations if it is the chosen one.

    Args:
        chosen: The resource that is called, as it stands on the command line.
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
                app.command(_command(operation), name=operation.method_name.replace("_", "-"))
        yield app


class _Names(dict[str, Any]):
    """What annotations name. The generated resources import it for type checkers only."""

    def __init__(self) -> None:
        super().__init__(Any=Any, Mapping=Mapping, Sequence=Sequence, UUID=UUID, builtins=builtins, datetime=dt)

    def __missing__(self, name: str) -> Any:
        try:
            return getattr(models, name)
        except AttributeError:
            raise KeyError(name) from None  # for a look in the module and among the builtins


class _Signatures(Heymarket):
    """A client to read signatures from: it has no settings and can't send."""

    def __init__(self) -> None:
        self._sender: Any = None


def _command(operation: OperationInfo) -> Callable[..., None]:
    resource = getattr(_Signatures(), operation.resource)
    documented = getattr(resource, operation.method_name)
    # The signature comes from the other variant of the method: that one is generated in any case, so that its
    # annotations can be evaluated.
    raw = getattr(resource.with_raw_response, operation.method_name)
    arguments = inspect.signature(raw, eval_str=True, locals=_Names()).parameters

    def command(*args: Any, _json: bool = False, _connection: Connection | None = None, **kwargs: Any) -> None:
        given = dict(zip(arguments, args, strict=False)) | kwargs
        values = {name: to_value(name, arguments[name].annotation, value) for name, value in given.items()}
        with (_connection or Connection()).client() as client, warnings.catch_warnings():
            # They say that a value stays a text in Python; here everything is printed as it came.
            warnings.simplefilter("ignore", HeymarketDriftWarning)
            raw = getattr(client, operation.resource).with_raw_response
            response = getattr(raw, operation.method_name)(**values)
        show(_body(response.content), as_json=_json)

    parameters = [*map(_parameter, arguments.values()), *_COMMON_PARAMETERS]
    _present(command, parameters, _help(operation, inspect.getdoc(documented) or ""))
    return command


def _parameter(argument: inspect.Parameter) -> inspect.Parameter:
    annotation = from_words(argument.annotation)
    if argument.name in _COMMON:
        annotation = Annotated[annotation, Parameter(name=f"--field-{argument.name.replace('_', '-')}")]
    is_positional = argument.kind is not argument.KEYWORD_ONLY
    return argument.replace(annotation=annotation, kind=argument.POSITIONAL_ONLY if is_positional else argument.kind)


def _present(command: Any, parameters: list[inspect.Parameter], docstring: str) -> None:
    """Let cyclopts see other parameters than the function is written with."""
    command.__signature__ = inspect.Signature(parameters)
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__doc__ = docstring


def _help(operation: OperationInfo, docstring: str) -> str:
    """The docstring up to its arguments, its lines unfolded, with the endpoint and how sure we are of it."""
    told, _, _ = docstring.partition("\n\nReturns:")
    about, headline, arguments = told.partition("\n\nArgs:\n")
    confidence = operation.spec.get("x-heymarket-confidence", "unknown")
    endpoint = f"{operation.http_method} {operation.path}, described with {confidence} confidence."
    if paging := operation.spec.get("x-heymarket-pagination"):
        # A command gives one page; what the docstring says of several is about Python.
        about = re.sub(r"\n\nReturns the items one by one.*?begins at one\.", "", about, flags=re.DOTALL)
        option = (paging.get("cursor") or paging["page"]).replace("_", "-")
        endpoint = f"Gives one page; the next is had with --{option}. {endpoint}"
    paragraphs = [" ".join(paragraph.split()) for paragraph in (*about.split("\n\n"), endpoint)]
    return "\n\n".join(paragraphs) + headline + re.sub(r"\n {8,}", " ", arguments)


def _body(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None  # the description promises nothing, or the client had refused it
