"""The calls of a plan, made one after the other: within the budget, and only such as may be made.

What a plan says is checked before each call: a read reads, a write makes a record or is about one that was made here,
and a text goes to the one number that was given, and after the first only if its code was typed.
"""

from __future__ import annotations

import json
import random
import re
import time
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote, urlencode

from attrs import define, field, frozen

from heymarket import auth
from heymarket._messages import Request, Response
from heymarket._transports.httpx import HttpxTransport
from heymarket.calibration.errors import CalibrationError
from heymarket.calibration.plan import BUDGET
from heymarket.testing.cassettes.contract import find_operation
from heymarket.testing.cassettes.recordings import RecordedRequest, RecordedResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from heymarket.calibration.plan import Credential, Step

__all__ = ["Account", "Exchange", "Run", "execute"]

_TIMEOUT = 30.0
_LONGEST_WAIT = 120.0
_AGES = {"right": 0, "wrong": 0, "expired": -360, "ahead": 120}
"""By how many seconds the clock of a token is off."""

_TEXT_FIELDS = {
    "messages.send": {"inbox_id", "creator_id", "phone_number", "text", "local_id"},
    "schedules.create": {"inbox_id", "phone_number", "execute_at", "content", "local_id", "user_id"},
}
"""What a call that sends a text may say, so that it goes to one number."""


@frozen
class Account:
    """Where the calls go, and with which credentials.

    Attributes:
        base_url: The service's base URL.
        secret_id: The Secret ID.
        secret_key: The Secret Key.
        number: The user's own phone number, if it may be texted.
        ask_code: Asks the user for the code that was texted.
    """

    base_url: str
    secret_id: str = field(repr=False)
    secret_key: str = field(repr=False)
    number: str = field(default="", repr=False)
    ask_code: Callable[[], str] = str


@frozen
class Exchange:
    """One call that was made."""

    step: Step
    request: RecordedRequest
    response: RecordedResponse


@define
class Run:
    """What came of a plan.

    Attributes:
        exchanges: The calls, in order.
        skipped: Why steps weren't made, by their name.
        left: The steps that failed to delete what was made, or may have made something that no step can delete.
    """

    exchanges: list[Exchange] = field(factory=list["Exchange"])
    skipped: dict[str, str] = field(factory=dict[str, str])
    left: list[str] = field(factory=list[str])


def execute(steps: Sequence[Step], account: Account, sleep: Callable[[float], None] = time.sleep) -> Run:
    """Make the calls of a plan. What they have made is deleted again, also if one of them fails or ends the plan.

    A deletion that fails is tried once more at the end. `left` names the steps whose records may still be there, and so
    does a `CalibrationError`.

    Args:
        steps: The plan.
        account: Where to.
        sleep: Waits, after a 429.

    Raises:
        CalibrationError: The service can't be reached or refuses the credentials, or a step isn't allowed.
    """
    transport = HttpxTransport(account.base_url)
    try:
        return _Execution(account, transport, sleep).make(steps)
    finally:
        transport.close()


class _Execution:
    def __init__(self, account: Account, transport: HttpxTransport, sleep: Callable[[float], None]) -> None:
        self._account = account
        self._transport = transport
        self._sleep = sleep
        self._run = Run()
        self._sent = 0
        self._made: set[str] = set()
        self._code = f"{random.SystemRandom().randrange(10**6):06}"
        self._confirmed: bool | None = None
        self._values = _make_values(account.number, self._code)

    def make(self, steps: Sequence[Step]) -> Run:
        """Make the calls."""
        try:
            for step in steps:
                if why := self._find_obstacle(step):
                    self._run.skipped[step.name] = why
                else:
                    self._make(step)
        except BaseException as error:  # also Ctrl-C: nothing stays at the service; raised again
            self._delete_rest(steps)
            if self._run.left and isinstance(error, CalibrationError):
                left = ", ".join(self._run.left)
                raise CalibrationError(f"{error} A record of these steps may still be there: {left}.") from None
            raise
        self._delete_rest(steps)
        return self._run

    def _delete_rest(self, steps: Sequence[Step]) -> None:
        """Delete what is still there: something ended the plan, or its deletion failed."""
        for step in steps:
            if step.deletes in self._made:
                with suppress(Exception):  # the others are deleted in any case
                    self._make(step)
                if step.deletes in self._made:
                    self._run.left.append(step.name)

    def _find_obstacle(self, step: Step) -> str:
        """Why a step can't be made."""
        if missing := sorted(step.variables - self._values.keys()):
            return f"the account has no {', '.join(missing)}"
        if step.kind == "text" and self._confirmed is False:
            return "the number was not confirmed"
        if step.unless and (self._status_of(step.unless) or 200) not in {400, 404}:
            return "the made-up phone number may be taken"
        if not step.deletes and self._sent + len(self._made) + bool(step.makes) >= BUDGET:
            return f"{BUDGET} calls were made"
        return ""

    def _status_of(self, name: str) -> int | None:
        return next((one.response.status for one in self._run.exchanges if one.step.name == name), None)

    def _make(self, step: Step) -> None:
        request = self._build(step)
        self._check(step, request)
        response = self._send(step, request)
        if response is None:
            if step.makes:  # the service may have done it
                self._run.left.append(step.name)
            return
        self._run.skipped.pop(step.name, None)
        self._run.exchanges.append(Exchange(step, request, response))
        done = response.status < 300
        if len(self._run.exchanges) == 1 and response.status == 401:
            raise CalibrationError("The service refused the credentials. `heymarket doctor` finds out why.")
        if done:
            self._save(step, response.json)
        if step.makes in self._values:
            self._made.add(step.makes)
        elif step.makes and (done or response.status >= 500):  # it has no id, or may be there
            self._run.left.append(step.name)
        if done or response.status == 404:
            self._made.discard(step.deletes)
        if step.kind == "text" and self._confirmed is None:
            self._confirmed = done and self._account.ask_code().strip() == self._code

    def _build(self, step: Step) -> RecordedRequest:
        path = re.sub(r"\{(\w+)\}", lambda match: quote(str(self._values[match[1]]), safe=""), step.path)
        query = urlencode(self._fill(step.query))
        body = b"" if step.body is None else json.dumps(self._fill(step.body)).encode()
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        if body:
            headers["Content-Type"] = "application/json"
        url = f"{self._account.base_url}{path}{'?' if query else ''}{query}"
        return RecordedRequest(step.method, url, headers, body)

    def _fill(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {name: self._fill(one) for name, one in cast("dict[str, Any]", value).items()}
        if isinstance(value, list):
            return [self._fill(one) for one in cast("list[object]", value)]
        known = re.fullmatch(r"\{(\w+)\}", value) if isinstance(value, str) else None
        return self._values[known[1]] if known else value

    def _check(self, step: Step, request: RecordedRequest) -> None:
        """Refuse what may not be done to an account."""
        operation = find_operation(request.method, request.url)
        safe = request.method in {"GET", "HEAD"} or (operation and operation.spec.get("x-heymarket-safe-to-repeat"))
        sends = operation is not None and operation.name in {*_TEXT_FIELDS, "email.send"}
        own = step.makes or {step.changes, step.deletes} & self._made
        if operation is not None and operation.name in _TEXT_FIELDS:
            said: dict[str, Any] = request.json
            number = self._account.number
            allowed = bool(number) and said["phone_number"] == number and said.keys() <= _TEXT_FIELDS[operation.name]
        else:
            allowed = not sends and (safe if step.kind == "read" else bool(own))
        if not allowed:
            raise CalibrationError(f"The step {step.name} may not be made: it would change what is not its own.")

    def _send(self, step: Step, request: RecordedRequest) -> RecordedResponse | None:
        headers = [*request.headers.items(), ("Content-Length", str(len(request.body)))]
        if step.credential != "none":
            headers.append(("Authorization", f"Bearer {self._sign(step.credential)}"))
        self._sent += 1
        sent = Request(request.method, request.url, headers, request.body or None, _TIMEOUT)
        outcome = self._transport.send(sent)
        if not isinstance(outcome, Response):
            if not self._run.exchanges:
                raise CalibrationError(f"The service can't be reached: {outcome.reason}.")
            self._run.skipped[step.name] = f"no response: {outcome.reason}"
            return None
        if outcome.status == 429:
            after = outcome.headers.get("retry-after", "")
            self._sleep(min(float(after) if after.isdecimal() else 60.0, _LONGEST_WAIT))
        return RecordedResponse(outcome.status, dict(outcome.headers), outcome.content)

    def _sign(self, credential: Credential) -> str:
        key = self._account.secret_key if credential != "wrong" else f"wrong{self._account.secret_key}"
        return auth.sign(self._account.secret_id, key, time.time() + _AGES[credential])

    def _save(self, step: Step, body: Any) -> None:
        """Learn variables from a response: from the first item of a list that has them all, if it is one."""
        items = cast("list[object]", body) if isinstance(body, list) else [cast("object", body)]
        if isinstance(body, dict):  # a list may be in an object
            values = cast("dict[str, object]", body).values()
            lists = [cast("list[object]", one) for one in values if isinstance(one, list)]
            items += lists[0] if len(lists) == 1 else []
        for item in items:
            found = {variable: _find(item, place) for variable, place in step.saves.items()}
            if all(found.values()) and all(str(found[one]).isdecimal() for one in found if one.endswith("phone")):
                self._values |= found
                return


def _find(value: Any, place: str) -> Any:
    for name in place.split("."):
        if isinstance(value, list) and name.isdecimal():
            items = cast("list[object]", value)
            value = items[int(name)] if int(name) < len(items) else None
        else:
            value = cast("dict[str, Any]", value).get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str | int) else None


def _make_values(number: str, code: str) -> dict[str, Any]:
    """The variables that are known before any call."""
    in_a_year = (datetime.now(UTC) + timedelta(days=365)).replace(minute=0, second=0, microsecond=0)
    chance = random.SystemRandom()
    values: Mapping[str, Any] = {
        "own_name": f"heymarket calibration {chance.randrange(10**5)}",
        "made_up_phone": f"1555555{chance.randrange(5000, 10_000)}",
        "in_a_year": in_a_year.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "template_local_id": str(uuid.uuid4()),
        "message_local_id": str(uuid.uuid4()),
        "schedule_local_id": str(uuid.uuid4()),
    }
    return {**values, **({"own_number": number, "code_text": f"Heymarket calibration: {code}"} if number else {})}
