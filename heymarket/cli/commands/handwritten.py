"""Commands for the handwritten methods of resources, such as `contacts patch`: those that are no operations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from heymarket.cli.methods import Method, add_parameters
from heymarket.cli.naming import rewrite_errors, rewrite_help
from heymarket.cli.options import ClientOptions, OutputOptions
from heymarket.cli.output import join_lines

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["make_command"]


def make_command(resource: str, method: Method) -> Callable[..., None]:
    """Make the command of a handwritten method.

    Args:
        resource: The attribute of the client.
        method: The method.
    """

    def command(
        *args: Any, _options: ClientOptions | None = None, _output: OutputOptions | None = None, **kwargs: Any
    ) -> None:
        output = (_output or OutputOptions()).make_output()
        with rewrite_errors(method.typed):
            values = method.convert(args, kwargs)
            with (_options or ClientOptions()).make_client() as client:
                arguments = method.arguments.values()
                positional = [
                    values.pop(one.name) for one in arguments if one.kind is not one.KEYWORD_ONLY and one.name in values
                ]
                result = getattr(getattr(client, resource), method.name)(*positional, **values)
        output.show(result.to_dict() if result is not None else None)

    about, arguments = method.split_docstring()
    lines = "".join(f"\n    {name}: {text}" for name, text in arguments.items())
    help_text = rewrite_help(f"{join_lines(about)}\n\nArgs:{lines}", method.typed)
    return add_parameters(command, method, help_text, {"_output": OutputOptions, "_options": ClientOptions})
