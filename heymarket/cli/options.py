"""Common options of the commands that call the service."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any, Literal

from attrs import frozen
from cyclopts import Group, Parameter

from heymarket.cli import profiles
from heymarket.cli.output import Output, is_for_people, list_details
from heymarket.client import Heymarket
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from heymarket import APIResponse

__all__ = [
    "All", "ClientOptions", "Json", "OutputOptions", "Profile", "Verbose", "Yes", "complete_profile", "confirm",
]  # fmt: skip

_GROUP = Group("Common options", sort_key=9)


def complete_profile(_context: object) -> list[str]:
    """Complete the name of a profile."""
    return [stored.name for stored in profiles.list_all()]


Profile = Annotated[
    str | None,
    Parameter(
        group=_GROUP,
        completer=complete_profile,
        help="A profile of the configuration file. Environment: HEYMARKET_PROFILE.",
    ),
]
Json = Annotated[bool, Parameter("--json", group=_GROUP, negative=(), help="Print JSON on a terminal too.")]
All = Annotated[bool, Parameter("--all", negative=(), help="All pages, each written as soon as it is there.")]
Yes = Annotated[
    bool, Parameter("--yes", group=_GROUP, negative=(), help="Don't ask whether to do what can't be undone.")
]

Verbose = Annotated[
    bool,
    Parameter(
        "--verbose",
        group=_GROUP,
        negative=(),
        help="Print request id, attempts, headers and an error's body to stderr.",
    ),
]


@Parameter(name="*")
@frozen(kw_only=True)
class ClientOptions:
    """Profile, base URL and timeout. Credentials are no options, because shells keep a history."""

    profile: Profile = None
    base_url: Annotated[
        str | None, Parameter(group=_GROUP, help="Base URL of the service. Environment: HEYMARKET_BASE_URL.")
    ] = None
    timeout: Annotated[
        float, Parameter(group=_GROUP, help="Seconds for the whole call, retries included. Default: 30.")
    ] = 30.0
    verbose: Verbose = False

    def make_client(self, **options: Any) -> Heymarket:
        """Make a client with these options.

        Args:
            options: Further arguments of `Heymarket`.
        """
        profile = profiles.choose(self.profile)
        return Heymarket(profile=profile, base_url=self.base_url, timeout=self.timeout, **options)

    def explain(self, response: APIResponse[Any]) -> None:
        """Print what came with a response to stderr, if `--verbose` is given.

        Args:
            response: The response.
        """
        if self.verbose:
            print(list_details(response), file=sys.stderr)


@Parameter(name="*")
@frozen(kw_only=True)
class OutputOptions:
    """How results are written."""

    output: Annotated[
        Literal["table", "json", "jsonl", "csv"] | None,
        Parameter(group=_GROUP, help="Format of the output. Default: table on a terminal, json elsewhere."),
    ] = None
    json: Json = False
    fields: Annotated[
        str | None,
        Parameter(group=_GROUP, metavar="NAMES", help="Fields to write, in this order, such as id,first,phone."),
    ] = None

    def make_output(self, columns: Sequence[str] = (), described: Sequence[str] = ()) -> Output:
        """Make the output.

        Args:
            columns: The columns of a table, if the user chose no fields.
            described: The described fields of the result.
        """
        default = "table" if is_for_people(as_json=self.json) else "json"
        fields = tuple(name.strip() for name in (self.fields or "").split(",") if name.strip())
        return Output(format=self.output or default, fields=fields, columns=tuple(columns), described=tuple(described))


def confirm(what: str, *, yes: bool) -> None:
    """Ask on the terminal whether to do something.

    Args:
        what: What is about to be done.
        yes: Whether `--yes` is given.

    Raises:
        InvalidRequestError: There is no terminal to ask on, or the answer is not yes.
    """
    if yes:
        return
    if not sys.stdin or not sys.stdin.isatty():
        raise InvalidRequestError("This can't be undone, and there is no terminal to ask on: add --yes to do it.")
    print(f"{what}\nThis can't be undone. Continue? [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        raise InvalidRequestError("Not confirmed, so nothing was sent.")
