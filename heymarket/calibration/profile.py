"""The profile of a service: what an emulator has to do otherwise to behave as that service does.

`heymarket.emulator.api.service_profile` reads it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from heymarket.testing.cassettes.body_fields import KINDS, LEFT_OUT, fields_of
from heymarket.testing.cassettes.scrubber import LIMIT_HEADER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from heymarket.testing.cassettes.comparison import Difference
    from heymarket.testing.cassettes.recordings import RecordedResponse

__all__ = ["make_profile"]

_NULL = "null in place of a value"


def make_profile(
    service: Mapping[str, RecordedResponse],
    emulator: Mapping[str, RecordedResponse],
    differences: Iterable[tuple[str, str, Difference]],
) -> dict[str, Any]:
    """What differs, in a form that an emulator can follow.

    Args:
        service: The service's responses by the name of their step.
        emulator: The emulator's.
        differences: What differs, each with the operation and the step.
    """
    headers = {name for one in service.values() for name in one.headers if LIMIT_HEADER.fullmatch(name)}
    profile = {
        "strict": _NULL in service and service[_NULL].status >= 400 > emulator[_NULL].status,
        "headers": {name: _mean(name) for name in sorted(headers)},
        "errors": _list_errors(service, emulator),
        "responses": _list_changes(service, emulator, differences),
    }
    return {name: one for name, one in profile.items() if one}


def _mean(header: str) -> str:
    """What a header about the limit says."""
    return next((word for word in ("remaining", "reset", "limit") if word in header.rpartition("limit-")[2]), "limit")


def _list_errors(
    service: Mapping[str, RecordedResponse], emulator: Mapping[str, RecordedResponse]
) -> dict[str, dict[str, Any]]:
    """Status and body of errors: by the emulator's reason, and by the check that failed, for other reasons."""
    errors: dict[str, dict[str, Any]] = {}
    for name, theirs in service.items():
        ours = emulator.get(name)
        reason = re.sub(r"\d+", "N", ours.headers.get("x-emulator-refused", "")) if ours else ""
        if ours is None or not reason or theirs.status < 400:
            continue
        if ours.status != theirs.status or ours.json is None or _list_kinds(ours) != _list_kinds(theirs):
            error: dict[str, Any] = {"status": theirs.status, "body": theirs.json}
            if theirs.json is None:
                error |= {"body": theirs.body.decode(), "media": theirs.headers.get("content-type", "text/plain")}
            for key in (reason, re.split(r"\W", reason, maxsplit=1)[0]):
                errors.setdefault(key, error)
        else:
            errors.setdefault(reason, {})
    return {key: error for key, error in sorted(errors.items()) if error}


def _list_kinds(response: RecordedResponse) -> dict[str, set[str]]:
    return fields_of(response.json)


def _list_changes(
    service: Mapping[str, RecordedResponse],
    emulator: Mapping[str, RecordedResponse],
    differences: Iterable[tuple[str, str, Difference]],
) -> dict[str, Any]:
    """Changes of successes, by operation."""
    changes: dict[str, dict[str, Any]] = defaultdict(dict)
    for operation, step, one in differences:
        if not operation or max(service[step].status, emulator[step].status) >= 300 or step != operation:
            continue
        change = changes[operation]
        kinds = set(one.service.split(" or "))
        if one.what == "status":
            change["status"] = service[step].status
        elif one.what.startswith("header "):
            change.setdefault("headers", {})[one.what.removeprefix("header ")] = service[step].headers.get(
                one.what.removeprefix("header ")
            )
        elif one.what == "body":
            if one.service.startswith("object of "):
                change["wrap"] = one.service.removeprefix("object of ").split(", ")
            elif kinds <= KINDS:
                change["body"] = one.service
        elif one.what.endswith(" (value)"):
            change.setdefault("words", {})[one.what.removesuffix(" (value)")] = sorted(kinds)[0]
        else:
            new = sorted(kinds - {LEFT_OUT} - set(one.emulator.split(" or ")))
            kind = new[0] if new else LEFT_OUT if kinds == {LEFT_OUT} else "sometimes"
            change.setdefault("fields", {})[one.what] = kind
    return {name: change for name, change in sorted(changes.items()) if change}
