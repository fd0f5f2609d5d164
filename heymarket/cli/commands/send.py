"""`heymarket send`: a template or a text to each of many numbers. All are checked before anything is sent."""

from __future__ import annotations

import hashlib
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

from attrs import evolve, frozen
from cyclopts import Parameter

from heymarket.cli.commands.import_contacts import CountryCode, Rejected, Results
from heymarket.cli.csv_files import CSVFile, Line, complete_phone
from heymarket.cli.jobs import run_job, show_problems
from heymarket.cli.options import ClientOptions, OutputOptions, Yes, confirm
from heymarket.errors import InvalidRequestError
from heymarket.texts import count_segments, fill_in

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from heymarket import Heymarket

__all__ = ["send"]

_OPERATION = "messages.send"
_SEARCHED_AT_ONCE = 100
_COLUMNS = ("phone", "phone_number", "mobile", "number", "to")


def send(
    *,
    to: Annotated[
        list[str],
        Parameter(metavar="FILE|NUMBER", help="A CSV file, a file with a number on each line, or numbers."),
    ],
    inbox_id: Annotated[int, Parameter(name=["--inbox-id", "--inbox"], help="The inbox to send from.")],
    creator_id: Annotated[int, Parameter(name=["--creator-id", "--creator"], help="The member who sends.")],
    template: Annotated[
        int | None, Parameter(name=["--template", "--template-id"], help="The template; the service fills it in.")
    ] = None,
    text: Annotated[str | None, Parameter(help="The text, in place of a template.")] = None,
    column: Annotated[str | None, Parameter(help="The column with the numbers. Default: phone.")] = None,
    country_code: CountryCode = None,
    preview: Annotated[bool, Parameter(negative=(), help="Show what each would get, and send nothing.")] = False,
    rejected: Rejected = None,
    results: Results = None,
    yes: Yes = False,
    output: OutputOptions | None = None,
    options: ClientOptions | None = None,
) -> int:
    """Send a template or a text to each of many numbers, checked before anything is sent.

    Numbers that can't be right, doubled ones and those of contacts that have opted out are left out, and told. It shows
    how many texts there are, in how many segments, and asks. To go on after Ctrl-C or a failure, give the same command:
    nobody is texted twice. So a template goes to a file once; to send it again, name another file with --results.

    For example: heymarket send --template 51 --to numbers.csv --inbox-id 31 --creator-id 21 --preview
    """
    from heymarket import bulk  # SQLite

    if (template is None) == (text is None):
        raise InvalidRequestError("Give --template or --text.")
    options = options or ClientOptions()
    file, recipients = _read_recipients(to, column, country_code)
    with options.make_client() as client:
        contacts = _find_contacts(client, [one.phone for one in recipients if not one.problem])
        recipients = [_without_opted_out(one, contacts) for one in recipients]
        texts = _write_texts(client, template, text, [one.phone for one in recipients if not one.problem], contacts)
        team, quota = client.team.get(), client.quota
    problems = [(one.line.number, one.problem) for one in recipients if one.problem]
    show_problems(problems, len(problems), sys.stderr if preview else None)
    if preview:
        (output or OutputOptions()).make_output(("phone", "segments", "text")).show(texts)
    minutes = -(-len(texts) // (quota.limit if quota else len(texts) or 1))
    duration = "less than a minute" if minutes <= 1 else f"about {minutes:,} minutes"
    segments = sum(one["segments"] for one in texts)
    summary = f"Texts: {len(texts):,}, of {segments:,} segments; {duration}. Left out: {len(problems):,}."
    if preview or not texts:
        print(summary, file=sys.stderr)
        return 0 if texts else 1
    content = {"text": text} if template is None else {"template_id": template}
    common = {"inbox_id": inbox_id, "creator_id": creator_id, **content}
    rows = [None if one.problem else {**common, "phone_number": one.phone} for one in recipients]
    what = (
        f"text-{hashlib.sha256((text or '').encode()).hexdigest()[:8]}" if template is None else f"template-{template}"
    )
    with _choose_results(results, file, f"{what}.team-{team.id}") as place:
        before = {one.row for one in bulk.results(place) if not one.again} if place.exists() else set[int]()
        left = sum(row is not None and number not in before for number, row in enumerate(rows))
        if not left:
            print(f"All of them were sent before, says {place}. To send again, name another file: --results FILE")
            return 0
        ahead = f"Not sent yet: {left:,}. " if before else ""
        confirm(f"{summary}\n{ahead}The first: {texts[0]['text']}", yes=yes)
        job = run_job(_OPERATION, rows, place, options, total=len(texts))
        failed = {
            one.row: str((one.error or {})["message"]) for one in bulk.results(place) if one.error and not one.again
        }
    recipients = [evolve(one, problem=one.problem or failed.get(row, "")) for row, one in enumerate(recipients)]
    report = _report(file, rejected, [one for one in recipients if one.problem])
    print(f"Texts accepted: {job.done:,}. Left out or refused: {len(problems) + len(failed):,}.{report}")
    if job.again:
        print(f"Failed for a passing reason: {job.again:,}; give the same command again.")
    return 1 if failed or job.again else 0


@frozen
class _Recipient:
    """A number, and why it is left out."""

    line: Line
    phone: str = ""
    problem: str = ""


def _read_recipients(
    to: Sequence[str], column: str | None, country_code: str | None
) -> tuple[CSVFile | None, list[_Recipient]]:
    file = None
    lines: list[Line] | CSVFile = [Line(number, {"phone": one}, is_whole=True) for number, one in enumerate(to, 1)]
    if not all(one.lstrip("+(").replace(" ", "")[:1].isdecimal() and not Path(one).exists() for one in to):
        if len(to) > 1:
            raise InvalidRequestError("--to takes one file, or numbers.")
        lines = file = CSVFile(Path(to[0]))
    name = column or _find_column(file)
    if file and name not in file.columns:
        raise InvalidRequestError(f"{file.path} has no column {name!r}. It has {', '.join(file.columns)}.")
    seen: dict[str, int] = {}
    return file, [_read_recipient(line, name, country_code, seen) for line in lines]


def _find_column(file: CSVFile | None) -> str:
    if file is None:
        return "phone"
    found = [name for name in file.columns if name.lower().replace(" ", "_") in _COLUMNS]
    if not found and len(file.columns) > 1:
        known = ", ".join(file.columns)
        raise InvalidRequestError(f"Which column of {file.path} has the numbers? Give --column; there are {known}.")
    return (found or file.columns)[0]


def _read_recipient(line: Line, column: str, country_code: str | None, seen: dict[str, int]) -> _Recipient:
    try:
        phone = complete_phone(line.cells.get(column, ""), country_code)
    except InvalidRequestError as error:
        return _Recipient(line, "", str(error) if column in line.cells else "there is no number.")
    first = seen.setdefault(phone, line.number)
    return _Recipient(line, phone, "" if first == line.number else f"the number is that of line {first}.")


def _without_opted_out(recipient: _Recipient, contacts: Mapping[str, Mapping[str, Any]]) -> _Recipient:
    has_opted_out = contacts.get(recipient.phone, {}).get("is_opted_out") is True
    return evolve(recipient, problem=recipient.problem or "has opted out." * has_opted_out)


def _find_contacts(client: Heymarket, phones: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The contacts that have the numbers, by number."""
    found: dict[str, dict[str, Any]] = {}
    for start in range(0, len(phones), _SEARCHED_AT_ONCE):
        channels = {"channel_type": "phone", "channel_ids": phones[start : start + _SEARCHED_AT_ONCE]}
        for contact in client.contacts.search(contact_channels=[channels]):
            known = contact.to_dict()
            for phone in [known.get("phone"), *(one.get("channel_id") for one in known.get("contact_channels") or ())]:
                found[str(phone)] = known
    return found


def _write_texts(
    client: Heymarket,
    template: int | None,
    text: str | None,
    phones: Sequence[str],
    contacts: Mapping[str, Mapping[str, Any]],
) -> list[dict[str, Any]]:
    """What each gets, as far as can be seen from here: the service fills in templates itself, and texts not at all."""
    if template is None:
        texts = [text or ""] * len(phones)
    else:
        content: dict[str, Any] = client.templates.get(template).to_dict().get("content") or {}
        wording = str(content.get("text") or "")
        titles = {str(one.title): str(one.id) for one in client.contacts.list_fields()} if "{{" in wording else {}
        texts = [fill_in(wording, contacts.get(phone, {}), titles) for phone in phones]
    pairs = zip(phones, texts, strict=True)
    return [{"phone": phone, "segments": count_segments(one), "text": one} for phone, one in pairs]


@contextmanager
def _choose_results(given: Path | None, file: CSVFile | None, name: str) -> Generator[Path]:
    """The file of the results; for numbers of the command line, one that is deleted."""
    if given or file:
        yield given or Path(f"{file.path}.{name}.db" if file else "")
        return
    with TemporaryDirectory() as folder:
        yield Path(folder) / name


def _report(file: CSVFile | None, given: Path | None, rejected: Sequence[_Recipient]) -> str:
    if not rejected:
        return ""
    if file is None:
        return "".join(f"\n{one.line.cells['phone']}: {one.problem}" for one in rejected)
    path = given or file.path.with_name(f"{file.path.stem}.rejected.csv")
    file.write_rejected(path, [(one.line, one.problem) for one in rejected])
    return f" See {path}."
