"""Jobs of many calls: run side by side with a progress bar, and resumable. Their results are in a file."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path
    from typing import TextIO

    from heymarket import bulk
    from heymarket.cli.options import ClientOptions

__all__ = ["run_job", "show_problems"]

_MOST_SHOWN = 10


def run_job(
    operation: str,
    rows: Iterable[Mapping[str, Any] | None] | Mapping[int, Mapping[str, Any]],
    checkpoint: Path,
    options: ClientOptions,
    *,
    total: int,
    is_idempotent: bool = False,
    retry_refused: bool = False,
    count: Callable[[int], int] = lambda _: 1,
) -> bulk.Summary:
    """Call an operation for each row that has no result yet.

    Args:
        operation: Its name.
        rows: The arguments of each call, or `None` for a row that is left out; or a mapping of the calls by number.
        checkpoint: The file of the results.
        options: How clients are made.
        total: How many items there are.
        is_idempotent: Whether making a call twice does no harm.
        retry_refused: Whether calls that were refused are made again.
        count: How many of them the row of a number has.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from heymarket import bulk

    stored = bulk.results(checkpoint) if checkpoint.exists() else ()
    before = [one.row for one in stored if not one.again and not (retry_refused and one.error)]
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("left"))
    try:
        with Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as progress:
            bar = progress.add_task("", total=total, completed=sum(map(count, before)))
            return bulk.run(
                operation,
                rows,
                checkpoint=checkpoint,
                client=lambda _: options.make_client(),
                is_idempotent=is_idempotent,
                retry_refused=retry_refused,
                on_result=lambda result: progress.advance(bar, count(result.row)),
            )
    except KeyboardInterrupt:
        print("Stopped. What is done is stored: the same command goes on from here.", file=sys.stderr)
        raise


def show_problems(
    problems: Iterable[tuple[int, str]], total: int, file: TextIO | None = None, *, what: str = "line"
) -> None:
    """Print the first of the problems that rows have.

    Args:
        problems: The line and the problem of each.
        total: How many there are.
        file: Where to print, in place of stdout.
        what: What the number of a line is called.
    """
    for number, (line, problem) in enumerate(problems):
        if number == _MOST_SHOWN:
            break
        print(f"{what} {line}: {problem}", file=file)
    if total > _MOST_SHOWN:
        print(f"... and {total - _MOST_SHOWN:,} more.", file=file)
