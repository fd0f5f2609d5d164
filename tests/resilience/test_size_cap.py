"""What a body over the size cap costs: no more memory than the cap and 20 MB, whatever it would have become."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING, Any

import pytest

from heymarket import APIResponseValidationError
from heymarket._messages import MAX_BODY
from tests.fakes import CONTACT
from tests.fault_server import BadGzip, Fault, FaultServer, HugeBody
from tests.fault_server.steps import bomb

if TYPE_CHECKING:
    from tests.fakes import Door
    from tests.fault_server import Action


@pytest.mark.parametrize(
    "action", [BadGzip("bomb"), HugeBody(), HugeBody(framing="chunked"), HugeBody(framing="close")], ids=repr
)
def test_a_body_over_the_cap_costs_little_more_than_the_cap(action: Action, door: Door) -> None:
    options: dict[str, Any] = {}
    bomb(BadGzip().size)  # made once per process, and not the client's
    with FaultServer(Fault(action)) as server:
        tracemalloc.start()
        try:
            with pytest.raises(APIResponseValidationError, match="over the size cap"):
                door(lambda hm: hm.contact_channels.get(CONTACT, "phone"), base_url=server.base_url, **options)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < MAX_BODY + 20_000_000
