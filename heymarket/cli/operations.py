"""One command per operation of the description, made from the method that the operation has in Python.

No endpoint is named here: what a command takes is read from the method's signature, what its help says from the
method's docstring. Only the resource that is called is imported.
"""

from __future__ import annotations

import inspect
import json
import re
import warnings
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Group, Parameter

from heymarket import HeymarketDriftWarning, description
from heymarket.cli.arguments import from_words, to_value
from heymarket.cli.connection import Connection, Json
from heymarket.cli.output import show
from heymarket.client import Heymarket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from heymarket.description import OperationInfo

__all__ = ["resources"]

_GROUP = Group("Resources", sort_key=1)
_COMMON = {"base_url", "help", "json", "profile", "timeout"}


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


class _Signatures(Heymarket):
    """A client that is only looked at: it has no settings and can't send."""

    def __init__(self) -> None:
        self._sender: Any = None


def _command(operation: OperationInfo) -> Callable[..., None]:
    resource = getattr(_Signatures(), operation.resource)
    # Of the two methods that an operation has, this one is always a generated one, whose annotations can be evaluated.
    signature = inspect.signature(getattr(resource.with_raw_response, operation.method_name), eval_str=True)
    parameters = [_parameter(parameter) for parameter in signature.parameters.values()]

    def command(*args: Any, _json: Json = False, _connection: Connection | None = None, **kwargs: Any) -> None:
        call = signature.bind(*args, **kwargs)
        for name, given in call.arguments.items():
            call.arguments[name] = to_value(name, signature.parameters[name].annotation, given)
        with (_connection or Connection()).client() as client:
            resource = getattr(client, operation.resource)
            method = getattr(resource.with_raw_response, operation.method_name)
            with warnings.catch_warnings():
                # It is about values that stay texts; what is printed here is what the service sent.
                warnings.simplefilter("ignore", HeymarketDriftWarning)
                response = method(*call.args, **call.kwargs)
        show(_body(response.content), as_json=_json)

    own = inspect.signature(command, eval_str=True).parameters
    parameters += [own["_json"], own["_connection"].replace(annotation=Connection)]
    _disguise(command, parameters, _help(operation, getattr(resource, operation.method_name)))
    return command
