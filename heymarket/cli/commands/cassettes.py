"""`heymarket cassettes`: what recordings of tests hold, whether they may be kept, and whether they are out of date."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import App, Parameter

from heymarket.cli.options import OutputOptions, Yes, confirm
from heymarket.config import DEFAULT_BASE_URL
from heymarket.errors import InvalidRequestError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from heymarket.testing.cassettes.checks import Finding
    from heymarket.testing.cassettes.recordings import CassetteFile

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
    app.command(import_har, name="import")
    for command in (lint, check, unused, expire, diff):
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
    emulator: Annotated[
        bool, Parameter(negative="", help="Make the requests again at an emulator, and compare its responses too.")
    ] = False,
    seed: Annotated[
        Path | None, Parameter(help="With --emulator: the data that it has, as of heymarket emulator.")
    ] = None,
    output: OutputOptions | None = None,
) -> int:
    """Compare cassettes with this version's description of the API: requests and responses, status and fields.

    The exit code is 1 if anything is not as described. No value is shown.
    """
    from heymarket.testing.cassettes import CassetteError, checks, recordings

    found: list[dict[str, str]] = []
    with ExitStack() as running:
        ask = running.enter_context(_start_emulator(seed)) if emulator else None
        for path in _find(places):
            try:
                cassette = recordings.read(path)
                findings = list(checks.compare_with_description(cassette, strict=strict))
                findings += ask(cassette) if ask else ()
            except CassetteError as error:
                findings = [checks.Finding("", "", str(error))]
            found += [{"cassette": str(path), **one._asdict()} for one in findings]
    return _report(found, output, "All cassettes are as described.")


@contextmanager
def _start_emulator(seed: Path | None) -> Generator[Callable[[CassetteFile], Iterable[Finding]]]:
    """An emulator in a fresh state for each cassette, at which it is always the time of cassettes."""
    from heymarket.emulator import Emulator
    from heymarket.testing.cassettes.checks import Finding
    from heymarket.testing.cassettes.comparison import compare_with_emulator
    from heymarket.testing.cassettes.scrubber import NOW

    with Emulator(clock=lambda: NOW, seed=seed, limit=100_000) as emulator:

        def ask(cassette: CassetteFile) -> Iterable[Finding]:
            emulator.reset()
            found = compare_with_emulator(cassette, emulator.base_url, emulator.secret_id, emulator.secret_key)
            for operation, number, (what, described, now, recorded) in found:
                yield Finding(
                    operation, f"{number}.response: {what}", f"{described}; emulator: {now}; recorded: {recorded}"
                )

        yield ask


def unused(
    *places: Place,
    used: Annotated[Path, Parameter(help="The file that pytest --heymarket-used=FILE wrote.")],
    output: OutputOptions | None = None,
) -> int:
    """List cassettes that no test of a run opened.

    The exit code is 1 if there is any.
    """
    if not used.is_file():
        raise InvalidRequestError(f"There is no {used}. Run all tests with: pytest --heymarket-used={used}")
    opened = {Path(line).resolve() for line in used.read_text("utf-8").splitlines()}
    found = [{"cassette": str(path)} for path in _find(places) if path.resolve() not in opened]
    return _report(found, output, "All cassettes are used.")


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


def import_har(
    archive: Annotated[
        Path, Parameter(help="A recording as HAR: of a browser, a proxy, or mitmdump --set hardump=FILE.")
    ],
    /,
    *,
    folder: Annotated[Path, Parameter(help="Where the cassettes are written. Default: cassettes.")] = Path("cassettes"),
    base_url: Annotated[
        str, Parameter(help="The service's base URL in the recording. Default: https://api.heymarket.com.")
    ] = DEFAULT_BASE_URL,
    overwrite: Annotated[bool, Parameter(negative="", help="Replace cassettes that are there.")] = False,
    output: OutputOptions | None = None,
) -> int:
    """Make scrubbed cassettes of a recording, one for each operation, and compare them with the description.

    The exit code is 1 if anything is not as described, or a cassette can't be kept.
    """
    from heymarket.testing.cassettes import checks, importing, recordings

    found: list[dict[str, str]] = []
    recorded, exchanges = importing.read_har(archive, base_url.rstrip("/"))
    made = list(importing.make_cassettes(exchanges, recorded))
    there = [path for name, *_ in made if (path := folder / f"{name}.yaml").exists()]
    if there and not overwrite:
        raise InvalidRequestError(f"{there[0]} exists. Choose another --folder, or add --overwrite.")
    for name, text, problems in made:
        path = folder / f"{name}.yaml"
        findings = [checks.Finding(name, "", f"not kept: {problem}") for problem in problems]
        if not problems:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
            cassette = recordings.CassetteFile.of(text)
            findings = list(checks.compare_with_description(cassette, strict=True))
        found += [{"cassette": str(path), **one._asdict()} for one in findings]
    return _report(found, output, f"{len(exchanges)} requests are in {folder}, all as described.")


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
