"""Whatever goes wrong on the way, a text that is sent until it succeeds is sent once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from heymarket import Heymarket, HeymarketError
from heymarket.emulator import Emulator, Fault
from heymarket.emulator.faults.rules import Action

ACTIONS: tuple[Action, ...] = ("lost_response", "cut_body", "reset", "status", "bad_json", "html")
TEXTS = 120
SENDERS = 4


def test_texts_are_sent_once_each_by_many_senders_through_faults_of_all_kinds(
    heymarket: Heymarket, heymarket_emulator: Emulator
) -> None:
    before = heymarket.messages.count()
    for seed, action in enumerate(ACTIONS):
        heymarket_emulator.faults.add(Fault(action, operation="messages.send", probability=0.15, seed=seed))

    with ThreadPoolExecutor(SENDERS) as pool:
        ids = list(pool.map(lambda number: send_until_it_succeeds(heymarket, number), range(TEXTS)))

    assert len(set(ids)) == TEXTS
    assert heymarket.messages.count() == before + TEXTS
    texts = {message.id: message.text for message in heymarket.messages.list(limit=100)}
    assert [texts[id_] for id_ in ids] == [f"Text {number}" for number in range(TEXTS)]
    played = {planned.fault.action for planned in heymarket_emulator.faults.all() if planned.played}
    assert played == set(ACTIONS)


def send_until_it_succeeds(hm: Heymarket, number: int) -> int:
    for _ in range(20):
        try:
            sent = hm.messages.send(
                inbox_id=31,
                creator_id=21,
                phone_number=f"1555555{number % 7:04}",
                text=f"Text {number}",
                local_id=f"text-{number}",
            )
        except HeymarketError:
            continue
        assert isinstance(sent.id, int)
        return sent.id
    raise AssertionError("it never succeeded")
