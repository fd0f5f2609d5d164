"""A calibration from start to end: the plan at the service, the same at a fresh emulator, and the report."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from attrs import evolve

from heymarket.calibration.plan import make_plan
from heymarket.calibration.report import Report, make_report
from heymarket.calibration.runner import Account, execute
from heymarket.emulator import Emulator

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["calibrate"]

_NUMBER = "15555550199"


def calibrate(account: Account, *, writes: bool = False, sleep: Callable[[float], None] = time.sleep) -> Report:
    """Find out what a service does.

    Args:
        account: Where to, and with which credentials; with a number, if it may be texted.
        writes: Whether some records may be made, and deleted again.
        sleep: Waits, after a 429.

    Raises:
        CalibrationError: It can't be done, or may not be published.
    """
    steps = make_plan(writes=writes, texts=bool(account.number))
    run = execute(steps, account, sleep)
    with Emulator() as emulator:

        def read_code() -> str:
            sent: str = emulator.state.messages.all()[-1]["text"]
            return sent.rpartition(" ")[2]

        own = Account(emulator.base_url, emulator.secret_id, emulator.secret_key)
        if account.number:
            own = evolve(own, number=_NUMBER, ask_code=read_code)
        reference = execute(steps, own, sleep)
        return make_report(run, account.base_url, reference, emulator.base_url, account.number)
