"""Replaying: each response once, to the recorded request. Requests that no recording answers are remembered.

So a test fails for such a request whatever its program does with the error: in a thread, in a task, in `except`.
"""

from __future__ import annotations

import json
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

from heymarket.testing.cassettes.callers import find_caller
from heymarket.testing.cassettes.contract import find_operation
from heymarket.testing.cassettes.errors import CassetteError
from heymarket.testing.cassettes.linter import string_problems
from heymarket.testing.cassettes.matching import ABSENT, RequestMatcher, name_argument
from heymarket.testing.cassettes.recorder import NotRecordedError
from heymarket.testing.cassettes.scrubber import PLACEHOLDER, read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

AGAIN = "run the test with --heymarket-record=all."
_LONGEST = 120
"""Characters of a value that a message shows."""
_HARMLESS_NUMBER = 1000


class _Refusal(NamedTuple):
    request: Any
    caller: str


class Replayer:
    """What a cassette has been asked for.

    Args:
        cassette: vcrpy's cassette. It asks this what to respond from now on.
        name: How messages call it.
        emulated: Whether it comes from an emulator, whose data are made up: messages show values, then.
    """

    def __init__(self, cassette: Any, name: str, *, emulated: bool) -> None:
        self._cassette = cassette
        self._name = name
        self._emulated = emulated
        self._refusals: list[_Refusal] = []
        self._lock = Lock()
        self._matcher = RequestMatcher([one["body"]["string"] for one in cassette.responses], emulated=emulated)
        self._play, self._filter = cassette.play_response, cassette.filter_request
        cassette.play_response, cassette.filter_request = self._respond, self._refuse_own

    def matches(self, request: Any, recorded: Any) -> bool:
        """Whether a request is the recorded one."""
        return not self._matcher.mismatches(request, recorded)

    def _respond(self, request: Any) -> Any:
        try:
            with self._lock:  # of two threads, one gets it
                return self._play(request)
        except NotRecordedError:
            return self._refuse_own(request)

    def _refuse_own(self, request: Any) -> None:
        """Refuse a request; do nothing if it goes to another service. vcrpy asks only about those not recorded."""
        if own := self._filter(request):
            refusal = _Refusal(own, find_caller())
            self._refusals.append(refusal)
            raise CassetteError(self._explain(refusal))

    @property
    def refused(self) -> list[str]:
        """The requests that no recording answers, a message each."""
        counts = Counter(map(self._explain, self._refusals))
        return [f"{said}\n  This happened {count} times." if count > 1 else said for said, count in counts.items()]

    def list_unused(self) -> list[str]:
        """The operations whose recordings weren't used."""
        return [name_operation(one) for one in self._list_requests(used=False)]

    def _list_requests(self, *, used: bool) -> list[Any]:
        played = self._cassette.play_counts
        return [one for number, one in enumerate(self._cassette.requests) if bool(played[number]) is used]

    def _explain(self, refusal: _Refusal) -> str:
        name = name_operation(refusal.request)
        lines = [
            f"The cassette {self._name} has no response to this {name}.",
            f"Called by {refusal.caller}",
            *self._compare(refusal.request, name),
        ]
        return "\n  ".join(lines)

    def _compare(self, request: Any, name: str) -> Iterable[str]:
        left = self._list_requests(used=False)
        if same := [one for one in left if name_operation(one) == name]:
            yield from self._show_mismatches(request, same)
            yield f"If the program should still send what was recorded, fix the program. Otherwise, {AGAIN}"
            return
        if same := [one for one in self._list_requests(used=True) if name_operation(one) == name]:
            yield f"The cassette has {len(same)} of them, which the program used before."
            yield from self._show_mismatches(request, same)
            yield f"If the program calls too often, fix the program. If it should make this call too, {AGAIN}"
            return
        yield f"Not requested yet: {', '.join(map(name_operation, left)) or 'nothing'}."
        if find_operation(request.method, request.uri) is None:
            yield f"If the path is wrong, fix the program. If the API has it, {AGAIN}"
        else:
            yield f"If the program should not make this call, fix the program. Otherwise, {AGAIN}"

    def _show_mismatches(self, request: Any, recorded: list[Any]) -> Iterable[str]:
        operation = find_operation(request.method, request.uri)
        nearest = min(recorded, key=lambda one: len(self._matcher.mismatches(request, one)))
        number = next(number for number, one in enumerate(self._cassette.requests, 1) if one is nearest)
        mismatches = self._matcher.mismatches(request, nearest)
        differs = "It differs in:" if mismatches else "It is the same."
        yield f"The nearest recording is request {number} of {len(self._cassette.requests)}. {differs}"
        for place, sent, was in mismatches:
            yield f"  {name_argument(operation, place)}: {self._show(sent)} was sent, {self._show(was)} was recorded"

    def _show(self, value: Any) -> str:
        """A value as a message may show it: masked, unless it is made up."""
        if value is ABSENT:
            return "nothing"
        written = json.dumps(value, ensure_ascii=False)
        if not self._emulated or any(string_problems(str(value))):
            return _mask(value, written)
        return written if len(written) <= _LONGEST else f"{written[:_LONGEST]}..."


def name_operation(request: Any) -> str:
    """The name of the operation that a request calls."""
    operation = find_operation(request.method, request.uri)
    return operation.name if operation else f"{request.method} of an undescribed path"


def _mask(value: Any, written: str) -> str:
    if not isinstance(value, str):
        small = not isinstance(value, int | float) or abs(value) < _HARMLESS_NUMBER
        return written if small else "another number"
    known = value in read_vocabulary() or PLACEHOLDER.fullmatch(value)
    return written if known else f"a string of {len(value)} characters"
