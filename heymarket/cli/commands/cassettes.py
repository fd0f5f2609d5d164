"""`heymarket cassettes`: what recordings of tests hold, whether they may be kept, and whether they are out of date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from heymarket.cli.options import OutputOptions, Yes, confirm
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["make_cassettes_app"]

Place = Annotated[Path, Parameter(help="Cassettes, or folders with some. Default: this folder.")]
_HERE = (Path(),)


def make_cassettes_app() -> App:
    """Make the app of `heymarket cassettes`."""
    app = App(
        name="cassettes",
        help="Look after recordings of tests: list, check and compare them.",
        help_epilogue="",
        version_flags=(),
    )
    app.command(list_all, name="list")
    for command in (lint, check, expire, diff):
        app.command(command)
    return app


def list_all(*places: Place, output: OutputOptions | None = None) -> int:
    """List cassettes: where they come from, when they were recorded, what they call, which are stale.

    The age goes by the date in the cassette, not by that of the file. A cassette is stale if an operation isn't
    described as it was at the recording; `check` says in what. The exit code is 1 if any is.
    """
    rows = [_summarize(path) for path in _find(places)]
    columns = ["cassette", "origin", "recorded", "days", "stale", "operations"]
    (output or OutputOptions()).make_output(columns, columns).show(rows)
    return 1 if any(one["stale"] for one in rows) else 0


def lint(*places: Place, output: OutputOptions | None = None) -> int:
    """Look for what no cassette may hold: credentials, phone numbers, email addresses, ids.

    The exit code is 1 if there is any. No value is shown.
    """
    from heymarket.testing.cassettes import problems

    found = [
        {"cassette": str(path), "problem": problem}
        for path in _find(places)
        for problem in problems(path.read_text("utf-8", errors="backslashreplace"))
    ]
    return _report(found, output, "No cassette holds what it may not.")


def check(
    *places: Place,
    strict: Annotated[
        bool, Parameter(negative="", help="Report fields of responses that aren't described too.")
    ] = False,
    output: OutputOptions | None = None,
) -> int:
    """Compare cassettes with this version's description of the API: requests and responses, status and fields.

    The exit code is 1 if anything is not as described. No value is shown.
    """
    from heymarket.testing.cassettes import CassetteError, checks, recordings

    found: list[dict[str, str]] = []
    for path in _find(places):
        try:
            findings = list(checks.compare_with_description(recordings.read(path), strict=strict))
        except CassetteError as error:
            findings = [checks.Finding("", "", str(error))]
        found += [{"cassette": str(path), **one._asdict()} for one in findings]
    return _report(found, output, "All cassettes are as described.")


def expire(
    *places: Place,
    older_than: Annotated[str, Parameter(metavar="AGE", help="The age: 90d for days, 12w for weeks.")],
    delete: Annotated[
        bool, Parameter(negative="", help="Delete them; --heymarket-record=new records them again.")
    ] = False,
    yes: Yes = False,
    output: OutputOptions | None = None,
) -> int:
    """List cassettes that were recorded too long ago, by the date in them.

    The exit code is 1 if there is any.
    """
    if not (age := re.fullmatch(r"(\d{1,5})([dw])", older_than)):
        raise InvalidRequestError("--older-than must be a number of days or weeks, such as 90d or 12w.")
    days = int(age[1]) * {"d": 1, "w": 7}[age[2]]
    found = [one for one in map(_summarize, _find(places)) if one["days"] > days]
    if found and delete:
        confirm(f"This deletes {len(found)} cassettes.", yes=yes)
        for one in found:
            Path(one["cassette"]).unlink()
    return _report(found, output, "No cassette is older.")


def diff(
    first: Annotated[Path, Parameter(help="A cassette.")],
    second: Annotated[Path, Parameter(help="Another one.")],
    /,
    *,
    output: OutputOptions | None = None,
) -> int:
    """Show in what two cassettes differ, the date of recording apart.

    The exit code is 1 if they differ.
    """
    from heymarket.testing.cassettes import recordings

    for path in (first, second):
        if not path.is_file():
            raise InvalidRequestError(f"There is no {path}.")
    lines = recordings.read(first).differences(recordings.read(second), (str(first), str(second))).splitlines()
    made = (output or OutputOptions()).make_output()
    if made.format == "table":
        print(*lines or ["No difference."], sep="\n")
    else:
        made.show(lines)
    return 1 if lines else 0


def _find(places: Iterable[Path]) -> list[Path]:
    from heymarket.testing.cassettes import recordings

    return recordings.find_paths(places or _HERE)


def _summarize(path: Path) -> dict[str, Any]:
    from heymarket.testing.cassettes import checks, recordings

    cassette = recordings.read(path)
    return {
        "cassette": str(path),
        "origin": cassette.metadata["origin"],
        "recorded": cassette.metadata["recorded"],
        "days": cassette.age(datetime.now(UTC).date()),
        "stale": any(checks.list_stale(cassette)),
        "operations": ", ".join(cassette.operations),
    }


def _report(found: list[dict[str, Any]], output: OutputOptions | None, nothing: str) -> int:
    made = (output or OutputOptions()).make_output(list(found[0]) if found else ())
    if found or made.format != "table":
        made.show(found)
    else:
        print(nothing)
    return 1 if found else 0
