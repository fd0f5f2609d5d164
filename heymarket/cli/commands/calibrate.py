"""`heymarket calibrate`: what the account's service does, where description and emulator only assume it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heymarket import config, normalize_phone
from heymarket.cli import profiles
from heymarket.cli.options import OutputOptions, Profile, Yes, confirm
from heymarket.errors import ConfigurationError, InvalidRequestError

__all__ = ["calibrate"]


def calibrate(
    *,
    folder: Annotated[
        Path, Parameter(help="Where report.md, report.json and cassettes/ are written. Default: calibration.")
    ] = Path("calibration"),
    allow_writes: Annotated[
        bool, Parameter(negative="", help="Make a tag, a template and a contact too, and delete them again.")
    ] = False,
    text_to: Annotated[
        str | None,
        Parameter(
            metavar="NUMBER",
            help="With --allow-writes: text this number, a phone of yours, which shows a code that you have to type.",
        ),
    ] = None,
    dry_run: Annotated[bool, Parameter(negative="", help="Show every call, and make none.")] = False,
    base_url: Annotated[str | None, Parameter(help="Base URL of the service. Environment: HEYMARKET_BASE_URL.")] = None,
    profile: Profile = None,
    yes: Yes = False,
    output: OutputOptions | None = None,
) -> int:
    """Compare the service with description and emulator, in at most 60 calls, and write a report fit to be published.

    It only reads, unless writes are allowed. The exit code is 1 if anything differs.
    """
    from heymarket.calibration.plan import make_plan
    from heymarket.calibration.runner import Account
    from heymarket.calibration.session import calibrate as compare

    if text_to is not None and not allow_writes:
        raise InvalidRequestError("--text-to needs --allow-writes.")
    number = "" if text_to is None else normalize_phone(text_to)
    made = (output or OutputOptions()).make_output(["step", "kind", "method", "path"])
    if dry_run:
        steps = make_plan(writes=allow_writes, texts=bool(number))
        made.show(
            [
                {"step": one.name, "kind": one.kind, "method": one.method, "path": one.path, "query": dict(one.query),
                 "body": one.body}
                for one in steps
            ]
        )  # fmt: skip
        return 0
    settings = config.resolve(profile=profiles.choose(profile), base_url=base_url)
    secrets = {name: one.reveal() for name, one in settings.credentials.items()}
    if "secret_id" not in secrets:
        raise ConfigurationError("A calibration needs an API Secret, because much of it is about signed tokens.")
    if allow_writes:
        texts = f", texts *{number[-4:]} twice and schedules a text" if number else ""
        confirm(f"This makes records at {settings.base_url} and deletes them again{texts}.", yes=yes)
    account = Account(settings.base_url, secrets["secret_id"], secrets["secret_key"], number, _ask_code)
    report = compare(account, writes=allow_writes)
    cassettes = folder / "cassettes"
    cassettes.mkdir(parents=True, exist_ok=True)
    (folder / "report.json").write_text(f"{json.dumps(report.document, indent=2)}\n", "utf-8")
    (folder / "report.md").write_text(report.to_markdown(), "utf-8")
    (cassettes / "calibration.yaml").write_text(report.cassette, "utf-8", newline="\n")
    differences = report.document["differences"]
    rows = [{**one, "steps": ", ".join(one["steps"])} for one in differences]
    if rows or made.format != "table":
        (output or OutputOptions()).make_output(["what", "described", "emulator", "service"]).show(rows)
    print(f"{report.document['calls']} calls, {len(rows)} differences: see {folder / 'report.md'}.", file=sys.stderr)
    return 1 if differences else 0


def _ask_code() -> str:
    """Ask for the code that was texted; nothing without a terminal."""
    if not sys.stdin or not sys.stdin.isatty():
        return ""
    print("Type the code that was texted: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline()
