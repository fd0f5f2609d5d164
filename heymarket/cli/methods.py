"""Methods of the client's resources, as commands need them: their arguments, with types, and their docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any, Unpack, get_args, get_origin, get_type_hints

from attrs import frozen
from cyclopts import Parameter

from heymarket.cli.conversion import JSON, WORD_OR_JSON, convert, make_annotation
from heymarket.cli.naming import spell_names
from heymarket.client import Heymarket

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Method", "add_parameters", "list_methods"]


@frozen
class Method:
    """A method of a resource.

    Attributes:
        name: Its name.
        arguments: Its arguments, with annotations that are types. Those of a `TypedDict` are spread out.
        docstring: Its docstring.
        returns_many: Whether it is a handwritten iterator, which only Python has.
    """

    name: str
    arguments: Mapping[str, inspect.Parameter]
    docstring: str
    returns_many: bool

    @property
    def typed(self) -> dict[str, str]:
        """How each argument is typed."""
        return spell_names(self.arguments)

    def convert(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments to call the method with, from what cyclopts read."""
        given = {**dict(zip(self.arguments, args, strict=False)), **kwargs}
        return {
            name: convert(self.typed[name], self.arguments[name].annotation, value) for name, value in given.items()
        }

    def list_json(self) -> list[str]:
        """The arguments that are given as JSON."""
        return [name for name, argument in self.arguments.items() if make_annotation(argument.annotation) == JSON]

    def split_docstring(self) -> tuple[str, dict[str, str]]:
        """What the method does, and what each of its arguments is."""
        about, _, rest = self.docstring.partition("\n\nArgs:\n")
        arguments = re.split(r"^ {4}(\w+): ", rest.partition("\n\n")[0], flags=re.MULTILINE)[1:]
        pairs = zip(arguments[::2], arguments[1::2], strict=True)
        return about.partition("\n\nReturns:")[0], {name: " ".join(text.split()) for name, text in pairs}


class _Signatures(Heymarket):
    """A client to read signatures from; it has no settings and can't send."""

    def __init__(self) -> None:
        self._sender: Any = None


def list_methods(resource: str) -> dict[str, Method]:
    """The public methods of a resource by their names, the handwritten ones too.

    Args:
        resource: The attribute of the client.
    """
    holder = getattr(_Signatures(), resource)
    names = [name for name in dir(holder) if not name.startswith("_") and name != "with_raw_response"]
    return {name: _read_method(holder, name) for name in names}


def _read_method(holder: Any, name: str) -> Method:
    method = getattr(holder, name)
    docstring = inspect.getdoc(method) or ""
    signature = inspect.signature(method, eval_str=True)
    arguments = dict(signature.parameters)
    for argument in [*arguments.values()]:
        if argument.kind is argument.VAR_KEYWORD and get_origin(argument.annotation) is Unpack:
            del arguments[argument.name]
            fields = get_args(argument.annotation)[0]
            for field, annotation in get_type_hints(fields).items():
                arguments[field] = inspect.Parameter(field, argument.KEYWORD_ONLY, default=None, annotation=annotation)
            attributes = (inspect.getdoc(fields) or "").partition("Attributes:\n")[2]
            before, _, after = docstring.partition(f"    **{argument.name}: ")
            docstring = "\n".join([f"{before}{attributes}", *after.splitlines()[1:]])
    return Method(name, arguments, docstring, get_origin(signature.return_annotation) is Generator)


def add_parameters(command: Any, method: Method, docstring: str, common: Mapping[str, Any]) -> Callable[..., None]:
    """Give a command, for cyclopts, the arguments of a method and common options; return it.

    Args:
        command: The function.
        method: The method that it calls.
        docstring: Its docstring.
        common: The annotations of common options, by parameter.
    """
    parameters = [_adapt(argument, method.typed[argument.name]) for argument in method.arguments.values()]
    for name, annotation in common.items():
        default = False if get_args(annotation)[:1] == (bool,) else None
        parameters.append(
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        )
    command.__signature__ = inspect.Signature(parameters)
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    command.__doc__ = docstring
    return command  # type: ignore[no-any-return] # the function that came in


def _adapt(argument: inspect.Parameter, typed: str) -> inspect.Parameter:
    annotation = make_annotation(argument.annotation)
    if argument.default is not argument.empty:  # cyclopts has pydantic check the default, where that is loaded
        argument = argument.replace(default=None)
        annotation = annotation if annotation in (JSON, WORD_OR_JSON) else annotation | None
    if argument.kind is not argument.KEYWORD_ONLY:
        return argument.replace(annotation=annotation, kind=argument.POSITIONAL_ONLY)
    if typed.startswith("--field-"):
        annotation = Annotated[annotation, Parameter(name=typed)]
    return argument.replace(annotation=annotation)
