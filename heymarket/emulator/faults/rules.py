"""Faults by rule: which calls go wrong, how, and how often.

    emulator.faults.add(Fault("status", status=503, operation="messages.send", count=2))

A rule is picked before anything else is done with a call, its token included; `injection` then acts on it.
"""

from __future__ import annotations

import random
import threading
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import attrs
from attrs import define, field, frozen

from heymarket.emulator.errors import EmulatorError, check_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Action", "Fault", "FaultRule", "FaultRules"]

_MOST = 1000

Action = Literal[
    "status",
    "delay",
    "hang",
    "cut_body",
    "reset",
    "html",
    "bad_json",
    "unknown_field",
    "wrong_type",
    "lost_response",
    "clock_off",
]
ACTIONS: tuple[str, ...] = get_args(Action)

_TIMED = {"delay": 1.0, "clock_off": 600.0}
_LONGEST = 86_400.0 * 366


def _upper(text: str | None) -> str | None:
    return text.upper() if isinstance(text, str) else text


@frozen
class Fault:
    """A rule: which calls go wrong, and how.

    Attributes:
        action: What happens to a call.

            - `status`: it gets the error `status`, and nothing is done.
            - `delay`: it gets its response `seconds` later.
            - `hang`: it never gets a response, and nothing is done.
            - `reset`: the connection is reset, and nothing is done.
            - `lost_response`: what it asks for is done, then the connection is reset.
            - `cut_body`: what it asks for is done; half of the response's body arrives, then the connection ends.
            - `html`: it gets an HTML page and status 502, as from a proxy, and nothing is done.
            - `bad_json`: what it asks for is done; the response is no JSON, although it says so.
            - `unknown_field`: the response, or the first item of a list, has a field that is not described.
            - `wrong_type`: the response, or the first item of a list, has a field of another type.
            - `clock_off`: the emulator's clock is ahead by `seconds` (behind, if negative), for the check of the token
              and the `Date` header.
        status: The status that `status` responds with; 400 to 599.
        seconds: How long `delay` takes (1 by default), how much `clock_off` is off (600 by default).
        operation: Only calls of this operation, such as `messages.send`.
        method: Only calls with this HTTP method.
        path: Only calls of this path, or of those that begin so if it ends with `*`.
        credential: Only calls that say they come from this credential: `default`, `denied` or `legacy`.
        nth: Only the nth call of those that the rule is about, from 1.
        count: How often it happens; always by default.
        probability: How likely it happens to a call, from 0 to 1.
        seed: What chance begins with: the same seed gives the same sequence.

    Raises:
        EmulatorError: The rule makes no sense.
    """

    action: Action
    status: int = 503
    seconds: float | None = None
    operation: str | None = None
    method: str | None = field(default=None, converter=_upper)
    path: str | None = None
    credential: str | None = None
    nth: int | None = None
    count: int | None = None
    probability: float = 1.0
    seed: int = 0

    def __attrs_post_init__(self) -> None:
        if self.action not in ACTIONS:
            raise EmulatorError(f"A fault's action is one of {', '.join(ACTIONS)}.")
        if not _is_int(self.status) or not 400 <= self.status <= 599:
            raise EmulatorError("A fault's status is a number from 400 to 599.")
        if self.seconds is not None and self.action not in _TIMED:
            raise EmulatorError("Of the faults, only delay and clock_off take seconds.")
        if not self._has_good_seconds():
            raise EmulatorError("A fault's seconds are a number, for delay 0 or more.")
        for name in ("operation", "method", "path", "credential"):
            if not isinstance(getattr(self, name), str | None):
                raise EmulatorError(f"A fault's {name} is a string.")
        for name in ("nth", "count"):
            value = getattr(self, name)
            if value is not None and (not _is_int(value) or value < 1):
                raise EmulatorError(f"A fault's {name} is a whole number, 1 or more.")
        if not _is_number(self.probability) or not 0 <= self.probability <= 1:
            raise EmulatorError("A fault's probability is a number from 0 to 1.")
        if not _is_int(self.seed):
            raise EmulatorError("A fault's seed is a whole number.")

    @classmethod
    def from_json(cls, fields: object) -> Fault:
        """A rule from its fields, as `document` returns them.

        Raises:
            EmulatorError: The rule makes no sense.
        """
        if not isinstance(fields, dict) or "action" not in fields:
            raise EmulatorError(f"A fault is an object with an action, one of {', '.join(ACTIONS)}.")
        given = cast("dict[str, Any]", fields)
        known = [one.name for one in attrs.fields(cls)]
        if not given.keys() <= set(known):
            raise EmulatorError(f"A fault has no such field. It has {', '.join(known)}.")
        return cls(**given)

    def document(self) -> dict[str, Any]:
        """Its fields as JSON, without those that say nothing."""
        values = {one.name: getattr(self, one.name) for one in attrs.fields(type(self))}
        given = {name: value for name, value in values.items() if value != _DEFAULTS.get(name)}
        given.pop("status", None)
        return {**given, "status": self.status} if self.action == "status" else given

    @property
    def duration(self) -> float:
        """The seconds of `delay` and `clock_off`."""
        return _TIMED.get(self.action, 0.0) if self.seconds is None else self.seconds

    def _has_good_seconds(self) -> bool:
        if self.seconds is None:
            return True
        if not _is_number(self.seconds) or not abs(self.seconds) <= _LONGEST:
            return False
        return self.action != "delay" or self.seconds >= 0


_DEFAULTS = {one.name: one.default for one in attrs.fields(Fault)}


@define
class FaultRule:
    """A rule that was added.

    Attributes:
        id: What it is removed by.
        fault: The rule.
        seen: How many calls it was about.
        played: How often it happened.
    """

    id: int
    fault: Fault
    seen: int = 0
    played: int = 0
    _random: random.Random = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self._random = random.Random(self.fault.seed)  # noqa: S311 - chance in tests, which has to be repeatable

    @property
    def is_used_up(self) -> bool:
        """Whether it can't happen any more."""
        fault = self.fault
        return (fault.count is not None and self.played >= fault.count) or (
            fault.nth is not None and self.seen >= fault.nth
        )

    def happens_to(self, call: Mapping[str, str | None]) -> bool:
        """Whether it is to happen to this call, which is counted."""
        if self.is_used_up or not self._is_about(call):
            return False
        self.seen += 1
        if self._random.random() >= self.fault.probability:
            return False
        return self.fault.nth in {None, self.seen}

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return {"id": self.id, **self.fault.document(), "played": self.played, "used_up": self.is_used_up}

    def _is_about(self, call: Mapping[str, str | None]) -> bool:
        for name in ("operation", "method", "credential"):
            wanted = getattr(self.fault, name)
            if wanted is not None and call[name] != wanted:
                return False
        path = self.fault.path
        if path is None:
            return True
        found = call["path"] or ""
        return found.startswith(path[:-1]) if path.endswith("*") else found == path


class FaultRules:
    """The rules there are, in the order in which they were added. Any thread may use it.

    Args:
        operations: The names of the operations that rules can be about.
    """

    def __init__(self, operations: frozenset[str] = frozenset()) -> None:
        self._operations = operations
        self._lock = threading.Lock()
        self._planned: dict[int, FaultRule] = {}
        self._latest = 0

    def __iter__(self) -> Iterator[FaultRule]:
        return iter(self.all())

    def __len__(self) -> int:
        return len(self._planned)

    def add(self, fault: Fault) -> int:
        """Add a rule. Of several rules about a call the one that was added first is played.

        Args:
            fault: Which calls, and how.

        Returns:
            What it can be removed by.

        Raises:
            EmulatorError: There is no such operation, or there are 1,000 rules.
        """
        if len(self._planned) >= _MOST:
            raise EmulatorError("There are 1,000 faults already. Delete some.")
        if fault.operation is not None and fault.operation not in self._operations:
            raise EmulatorError(unknown_operation(fault.operation, self._operations))
        with self._lock:
            self._latest += 1
            self._planned[self._latest] = FaultRule(self._latest, fault)
            return self._latest

    def all(self) -> tuple[FaultRule, ...]:
        """All rules, those that are used up too, each with how often it happened."""
        with self._lock:
            return tuple(self._planned.values())

    def remove(self, id_: int) -> bool:
        """Take a rule back; gives whether there was one.

        Args:
            id_: What `add` returned.

        Raises:
            EmulatorError: This is no id.
        """
        check_id(id_, "a fault")
        with self._lock:
            return self._planned.pop(id_, None) is not None

    def clear(self) -> None:
        """Take all rules back, and number from 1 again."""
        with self._lock:
            self._planned.clear()
            self._latest = 0

    def pick(self, call: Mapping[str, str | None]) -> Fault | None:
        """What is to happen to a call.

        Args:
            call: Its `operation`, `method`, `path` and `credential`.
        """
        with self._lock:
            # Each rule counts each call that it is about, whichever is played.
            coming = [one for one in self._planned.values() if one.happens_to(call)]
            if not coming:
                return None
            coming[0].played += 1
            return coming[0].fault


def unknown_operation(name: str, operations: frozenset[str]) -> str:
    """What to tell who named an operation that isn't there."""
    near = get_close_matches(name, operations, 3, 0.5)
    return f"There is no such operation.{' Did you mean ' + ' or '.join(near) + '?' if near else ''}"


def _is_int(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
