"""Assertions about the journal's calls; a failure lists the calls that came instead."""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, cast

from heymarket._redaction import mask_numbers
from heymarket.emulator.api.validation import to_phone
from heymarket.emulator.errors import EmulatorError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from heymarket.emulator.journal.journal import JournalEntry

__all__ = ["verify"]

_LISTED = 5
_PHONES = {"phone", "phonenumber", "phones", "targets", "channelid"}


def verify(
    calls: Iterable[JournalEntry],
    operation: str,
    *,
    times: int = 1,
    at_least: int | None = None,
    fields: Mapping[str, Any],
) -> None:
    """Assert that an operation was called so often with these fields.

    A call counts if it was accepted (2xx), whether its response arrived or not. One that repeats an earlier `local_id`,
    as a retry does, doesn't count: nothing was done a second time.

    Args:
        calls: Those that came.
        operation: Such as `messages.send`.
        times: How many there have to be.
        at_least: How many there have to be at least, in place of `times`.
        fields: What they have in their body, query or path, in the API's spelling or the client's; of an object only
            what is named is compared.

    Raises:
        AssertionError: It wasn't. Says what came instead; of numbers only the last four digits.
    """
    __tracebackhide__ = True  # pytest then shows the line of the test
    ours = [call for call in calls if call.operation == operation]
    accepted = [call for call in ours if 200 <= call.status < 300 and not call.repeated]
    different = [(call, _differences(call, fields)) for call in accepted]
    found = sum(not differences for _, differences in different)
    if found == times if at_least is None else found >= at_least:
        return
    expected = f"{times}" if at_least is None else f"at least {at_least}"
    wanted = f" with {', '.join(f'{name}={_shown(value)}' for name, value in fields.items())}" if fields else ""
    lines = [f"Expected {expected} of {operation}{wanted}; found {found}."]
    near = sorted((one for one in different if one[1]), key=lambda one: len(one[1]))
    lines += [f"  Another one: {'; '.join(differences)}." for _, differences in near[:_LISTED]]
    if len(near) > _LISTED:
        lines.append(f"  ... and {len(near) - _LISTED} others.")
    refused = Counter(call.refused or f"status {call.status}" for call in ours if not 200 <= call.status < 300)
    lines += [f"  Not accepted, {_often(n)}: {mask_numbers(why)}." for why, n in refused.most_common(_LISTED)]
    if repeated := sum(call.repeated for call in ours):
        lines.append(f"  Repeats of an earlier local_id, which don't count: {repeated}.")
    if not ours:
        others = Counter(call.operation for call in calls if call.operation)
        called = ", ".join(f"{name} ({_often(count)})" for name, count in others.most_common(_LISTED)) or "nothing"
        lines.append(f"  It was not called at all. What was called: {called}.")
    raise AssertionError("\n".join(lines))


def _differences(call: JournalEntry, fields: Mapping[str, Any]) -> list[str]:
    """What a call says otherwise."""
    body: Any = call.request_body
    given = {_folded(name): value for name, value in body.items()} if _is_object(body) else {}
    texts = {_folded(name): value for name, value in (*call.query.items(), *call.parameters.items())}
    differences: list[str] = []
    for name, wanted in fields.items():
        folded = _folded(name)
        if folded in given:
            differences += _compared(name, wanted, given[folded])
        elif folded in texts:
            differences += _compared(name, _text(wanted), texts[folded])
        else:
            differences.append(f"{name} is missing{_suggest(folded, (*body, *call.query) if given else call.query)}")
    return differences


def _suggest(folded: str, names: Iterable[str]) -> str:
    known = {_folded(name): name for name in names}
    near = get_close_matches(folded, known, 1)
    return f" (did you mean {re.sub(r'(?<=[a-z])(?=[A-Z])', '_', known[near[0]]).lower()}?)" if near else ""


def _normalized(value: Any) -> Any:
    """Phone numbers as they are sent, from any notation that the client takes."""
    if isinstance(value, list | tuple):
        return [_normalized(item) for item in cast("list[Any]", value)]
    try:
        return to_phone(value) if isinstance(value, str) else value
    except EmulatorError:
        return value


def _folded(name: str) -> str:
    """`contactID` and `contact_id` are the same: the API has both spellings, the client one."""
    return name.replace("_", "").lower()


def _is_object(value: Any) -> bool:
    return isinstance(value, dict)


def _compared(name: str, wanted: Any, found: Any) -> list[str]:
    if _is_object(wanted) and _is_object(found):
        differences: list[str] = []
        for key, value in wanted.items():
            if key in found:
                differences += _compared(f"{name}.{key}", value, found[key])
            else:
                differences.append(f"{name}.{mask_numbers(key)} is missing")
        return differences
    if _folded(name.rpartition(".")[2]) in _PHONES:
        wanted = _normalized(wanted)
    if type(wanted) is type(found) and wanted == found:
        return []
    # A number that is a string in one of the two looks the same otherwise.
    return [f"{mask_numbers(name)} is {_shown(found)}, not {_shown(wanted)}"]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _shown(value: Any) -> str:
    text = mask_numbers(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= 80 else f"{text[:77]}..."


def _often(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
