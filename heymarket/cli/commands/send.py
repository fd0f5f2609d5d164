"""`heymarket send`: a template or a text to each of many numbers. All are checked before anything is sent."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from attrs import evolve, frozen
from cyclopts import Parameter

from heymarket.cli.commands.import_contacts import CountryCode, Rejected, Results
from heymarket.cli.csv_files import CSVFile, Line, check_outputs, complete_phone, is_number
from heymarket.cli.jobs import run_job, show_problems
from heymarket.cli.options import ClientOptions, OutputOptions, Yes, confirm
from heymarket.errors import InvalidRequestError
from heymarket.texts import count_segments, fill_in

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence, Set

    from heymarket import Heymarket
    from heymarket.models import Inbox, TeamWithMembers

__all__ = ["send"]

_OPERATION = "messages.send"
_SEARCHED_AT_ONCE = 100
_COLUMNS = ("phone", "phone_number", "mobile", "number", "to")


def send(
    *,
    to: Annotated[
        list[str],
        Parameter(
            metavar="FILE|NUMBER",
            help="A CSV file, a file with a number on each line, or a number; repeat it for several.",
        ),
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
    Texts that were refused are tried again, by the same command or one with another inbox or creator.

    For example: heymarket send --template 51 --to numbers.csv --inbox-id 31 --creator-id 21 --preview
    """
    if (template is None) == (text is None):
        raise InvalidRequestError("Give --template or --text.")
    options = options or ClientOptions()
    file, recipients = _read_recipients(to, column, country_code)
    with options.make_client() as client:
        team, quota = client.team.get(), client.quota
        _check_sender(client.inboxes.list(), team, inbox_id, creator_id)
        contacts = _find_contacts(client, [one.phone for one in recipients if not one.problem])
        recipients = [_without_opted_out(one, contacts) for one in recipients]
        texts = _write_texts(client, template, text, [one.phone for one in recipients if not one.problem], contacts)
    problems = [(one.line.number, one.problem) for one in recipients if one.problem]
    show_problems(problems, len(problems), sys.stderr if preview else None, what="line" if file else "number")
    if preview:
        (output or OutputOptions()).make_output(("phone", "segments", "text")).show(texts)
    minutes = -(-len(texts) // (quota.limit if quota else len(texts) or 1))
    duration = "less than a minute" if minutes <= 1 else f"about {minutes:,} minutes"
    segments = sum(one["segments"] for one in texts)
    summary = f"Texts: {len(texts):,}, of {segments:,} segments; {duration}. Left out: {len(problems):,}."
    if not texts:
        print(summary, file=sys.stderr)
        return 1
    content = {"text": text} if template is None else {"template_id": template}
    common = {"inbox_id": inbox_id, "creator_id": creator_id, **content}
    # A text is recognized by whom it is for and what it says: where its line is, and who sends it, may change.
    keys = {one.phone: _make_key(team.id, one.phone, content) for one in recipients if not one.problem}
    rows = {key: {**common, "phone_number": phone} for phone, key in keys.items()}
    what = (
        f"text-{hashlib.sha256((text or '').encode()).hexdigest()[:8]}" if template is None else f"template-{template}"
    )
    place = results or _name_results(file, f"{what}.team-{team.id}", options, keys)
    path = rejected or (file.path.with_name(f"{file.path.stem}.rejected.csv") if file else None)
    check_outputs(file.path if file else None, {"--results": place, **({"--rejected": path} if path else {})})
    before = _Outcome.read(place, rows)
    if before.accepted == rows.keys():
        all_sent = f"All of them were sent before, says {place}. To send again, name another file: --results FILE"
        print(*[summary] * preview, all_sent, sep="\n", file=sys.stderr if preview else None)
        return 0
    summary += before.describe(len(rows))
    if preview:
        print(summary, file=sys.stderr)
        return 0
    left = {key: row for key, row in rows.items() if key not in before.accepted}
    first = next(one["text"] for one in texts if keys[one["phone"]] in left)
    confirm(f"{summary}\nThe first: {first}", yes=yes)
    run_job(_OPERATION, left, place, options, total=len(rows), retry_refused=True)
    after = _Outcome.read(place, rows)
    if after.accepted == rows.keys() and not (results or file):
        place.unlink()  # it was for going on; the same command is a new text now
    recipients = [
        one if one.problem else evolve(one, problem=after.refused.get(keys[one.phone], "")) for one in recipients
    ]
    report = _report(file, path, [one for one in recipients if one.problem])
    return _conclude(before, after, len(problems), report)


def _conclude(before: _Outcome, after: _Outcome, left_out: int, report: str) -> int:
    """Say what became of the texts; return the exit code."""
    earlier = f", {len(before.accepted):,} of them before" if before.accepted else ""
    count = left_out + len(after.refused)
    print(f"Texts accepted: {len(after.accepted):,}{earlier}. Left out or refused: {count:,}.{report}")
    if after.refused:
        again = "The same command tries those again, also with another --inbox-id or --creator-id."
        print(f"Refused: {len(after.refused):,}{_give_reason(after.refused)} {again}")
    if after.waiting:
        print(f"Failed for a passing reason: {after.waiting:,}; give the same command again.")
    return 1 if after.refused or after.waiting else 0


@frozen
class _Outcome:
    """What became of texts, by their keys, in this run and those before."""

    accepted: Set[int]
    refused: Mapping[int, str]
    waiting: int

    @classmethod
    def read(cls, place: Path, keys: Container[int]) -> _Outcome:
        """Read it from the file of the results."""
        from heymarket import bulk  # SQLite

        found = [one for one in bulk.results(place) if one.row in keys] if place.exists() else []
        failed = {one.row: str((one.error or {})["message"]) for one in found if one.error and not one.again}
        return cls({one.row for one in found if not one.error}, failed, sum(one.again for one in found))

    def describe(self, total: int) -> str:
        """Say how many were accepted and refused in runs before, and how many are left."""
        if not self.accepted and not self.refused and not self.waiting:
            return ""
        refused = f", refused: {len(self.refused):,}{_give_reason(self.refused)}" if self.refused else "."
        left = total - len(self.accepted)
        return f"\nAccepted before: {len(self.accepted):,}{refused} To be sent now, the refused ones again: {left:,}."


def _make_key(team: object, phone: str, content: Mapping[str, Any]) -> int:
    digest = hashlib.sha256(json.dumps([str(team), phone, content]).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1  # as SQLite has whole numbers


def _give_reason(refused: Mapping[int, str]) -> str:
    """The reason that most have, without what is each one's own, or advice for Python."""
    own = re.compile(r" \(request id [^)]*\)| Read error\.text\.")
    (reason, count), *others = Counter(own.sub("", one) for one in refused.values()).most_common()
    which = f", {count:,} of them" if others else ""
    return f"{which}: {reason.rstrip('.')}."


def _check_sender(inboxes: Sequence[Inbox], team: TeamWithMembers, inbox_id: int, creator_id: int) -> None:
    """Check that the inbox exists, and that the creator is one of its members.

    Raises:
        InvalidRequestError: They don't fit, and nothing has been sent.
    """
    inbox = next((one for one in inboxes if one.id == inbox_id), None)
    if inbox is None:
        known = ", ".join(f"{one.id} ({one.name})" for one in inboxes) or "none"
        raise InvalidRequestError(f"--inbox-id: there is no inbox {inbox_id}. There are: {known}.")
    names: dict[object, object] = {one.id: one.name for one in team.members or ()}
    members: Sequence[object] = inbox.members or [*names]  # an inbox that names none may have any of the team
    if creator_id not in members:
        known = ", ".join(f"{one} ({names[one]})" if one in names else str(one) for one in members) or "none"
        problem = f"isn't a member of the inbox {inbox_id}" if creator_id in names else "is no member of the team"
        raise InvalidRequestError(f"--creator-id: {creator_id} {problem}. Members of the inbox: {known}.")


@frozen
class _Recipient:
    """A number, and why it is left out; whether that is because it is an earlier line's."""

    line: Line
    phone: str = ""
    problem: str = ""
    is_double: bool = False


def _read_recipients(
    to: Sequence[str], column: str | None, country_code: str | None
) -> tuple[CSVFile | None, list[_Recipient]]:
    file = None
    lines: list[Line] | CSVFile = [Line(number, {"phone": one}, is_whole=True) for number, one in enumerate(to, 1)]
    if not all(is_number(one) and not Path(one).exists() for one in to):
        if len(to) > 1 or ("," in to[0] and not Path(to[0]).exists()):
            raise InvalidRequestError("--to takes one number or file; for several numbers repeat it: --to A --to B")
        lines = file = CSVFile(Path(to[0]))
    name = column or _find_column(file)
    if file and name not in file.columns:
        raise InvalidRequestError(f"{file.path} has no column {name!r}. It has {', '.join(file.columns)}.")
    seen: dict[str, int] = {}
    what = "line" if file else "number"
    return file, [_read_recipient(line, what, name, country_code, seen) for line in lines]


def _find_column(file: CSVFile | None) -> str:
    if file is None:
        return "phone"
    found = [name for name in file.columns if name.lower().replace(" ", "_") in _COLUMNS]
    if not found and len(file.columns) > 1:
        known = ", ".join(file.columns)
        raise InvalidRequestError(f"Which column of {file.path} has the numbers? Give --column; there are {known}.")
    return (found or file.columns)[0]


def _read_recipient(line: Line, what: str, column: str, country_code: str | None, seen: dict[str, int]) -> _Recipient:
    try:
        phone = complete_phone(line.cells.get(column, ""), country_code)
    except InvalidRequestError as error:
        return _Recipient(line, "", str(error) if column in line.cells else "there is no number.")
    first = seen.setdefault(phone, line.number)
    if first != line.number:
        return _Recipient(line, phone, f"the number is that of {what} {first}.", is_double=True)
    return _Recipient(line, phone)


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


def _name_results(file: CSVFile | None, name: str, options: ClientOptions, keys: Mapping[str, int]) -> Path:
    """The file of the results: beside the file of the numbers; for numbers of the command line, in the user's state."""
    from platformdirs import user_state_path

    if file:
        return Path(f"{file.path}.{name}.db")
    folder = user_state_path("heymarket") / "sent"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256(json.dumps([options.base_url, options.profile, sorted(keys)]).encode()).hexdigest()
    return folder / f"{name}.{digest[:16]}.db"


def _report(file: CSVFile | None, path: Path | None, rejected: Sequence[_Recipient]) -> str:
    if file is None or path is None:
        return "".join(f"\n{one.line.cells['phone']}: {one.problem}" for one in rejected)
    # Without doubled ones: in a file of their own they would be the first of their number.
    lines = [(one.line, one.problem) for one in rejected if not one.is_double]
    return f" See {file.write_rejected(path, lines)}." if lines else ""
