"""Bulk work: each row has one result, whatever happens to the program, the service or the row."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from heymarket import AsyncHeymarket, AuthenticationError, ConfigurationError, Heymarket, HeymarketError, bulk
from heymarket.emulator import Emulator, Fault

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

HERE = Path(__file__).resolve().parents[2]


@pytest.fixture
def emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    with Emulator(limit=10**6) as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


def unlimited(team: str | None) -> Heymarket:
    return Heymarket(quota=None, max_retries=0)


def texts(count: int) -> list[dict[str, Any]]:
    return [
        {"inbox_id": 31, "creator_id": 21, "phone_number": f"1555555{number:04}", "text": f"Bulk {number}"}
        for number in range(count)
    ]


def sent(emulator: Emulator) -> Counter[Any]:
    """How often each text is in the emulator's state."""
    with Heymarket(**emulator.settings) as hm:
        return Counter(message.text for message in hm.messages.list() if str(message.text).startswith("Bulk "))


def test_each_row_has_one_result_in_order(emulator: Emulator, tmp_path: Path) -> None:
    rows = texts(30)
    rows[3]["phone_number"] = "no number"
    rows[7]["txet"] = "Hello"
    rows[9]["creator_id"] = 99
    seen: list[bulk.RowResult] = []

    summary = bulk.run(
        "messages.send", iter(rows), checkpoint=tmp_path / "job", client=unlimited, on_result=seen.append
    )

    assert summary == (27, 3, 0)
    results = list(bulk.results(tmp_path / "job"))
    assert [one.row for one in results] == list(range(30))
    assert sorted(seen) == results
    assert [one.row for one in results if one.error] == [3, 7, 9]
    assert {results[row].error["type"] for row in (3, 7)} == {"InvalidRequestError"}  # type: ignore[index] # they have one
    assert (results[9].error or {})["status"] == 400
    assert isinstance(results[0].value["id"], int)
    assert set(sent(emulator).values()) == {1}


def test_lists_are_read_to_their_end_and_results_are_json(emulator: Emulator, tmp_path: Path) -> None:
    assert bulk.run("contacts.list", [{}], checkpoint=tmp_path / "job", client=unlimited) == (1, 0, 0)
    (result,) = bulk.results(tmp_path / "job")
    assert json.loads(json.dumps(result.value)) == result.value
    with Heymarket(**emulator.settings) as hm:
        assert [one["uuid"] for one in result.value] == [str(one.uuid) for one in hm.contacts.list()]


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_any_executor_will_do(kind: type[Executor], emulator: Emulator, tmp_path: Path) -> None:
    with kind(2) as executor:  # type: ignore[call-arg] # both take it
        summary = bulk.run(
            "messages.send", texts(50), checkpoint=tmp_path / "job", client=unlimited, executor=executor, concurrency=2
        )
    assert summary == (50, 0, 0)
    assert sent(emulator) == Counter({f"Bulk {number}": 1 for number in range(50)})


def test_what_passed_is_called_again_and_nothing_else(emulator: Emulator, tmp_path: Path) -> None:
    emulator.fail_next(503, times=4)
    rows = texts(10)
    first = bulk.run("messages.send", rows, checkpoint=tmp_path / "job", client=unlimited, concurrency=1)
    assert first == (6, 0, 4)
    calls = len(emulator.journal)
    assert bulk.run("messages.send", rows, checkpoint=tmp_path / "job", client=unlimited) == (10, 0, 0)
    assert len(emulator.journal) == calls + 4
    assert bulk.run("messages.send", rows, checkpoint=tmp_path / "job", client=unlimited) == (10, 0, 0)
    assert len(emulator.journal) == calls + 4


def test_a_write_whose_outcome_is_unknown_is_repeated_only_where_that_does_no_harm(
    emulator: Emulator, tmp_path: Path
) -> None:
    emulator.faults.add(Fault("lost_response", count=1))
    assert bulk.run("messages.send", texts(1), checkpoint=tmp_path / "texts", client=unlimited) == (0, 0, 1)
    emulator.faults.add(Fault("lost_response", count=1))
    tag = [{"tag": "bulk"}]
    summary = bulk.run("tags.create", tag, checkpoint=tmp_path / "tags", client=unlimited)
    (result,) = bulk.results(tmp_path / "tags")
    assert summary == (0, 1, 0)
    assert (result.error or {})["type"] == "APIConnectionError"


def run_in_threads(rows: Any, checkpoint: Path, **options: Any) -> bulk.Summary:
    return bulk.run("messages.send", rows, checkpoint=checkpoint, client=unlimited, **options)


def run_in_tasks(rows: Any, checkpoint: Path, **options: Any) -> bulk.Summary:
    job = bulk.run_async("messages.send", rows, checkpoint=checkpoint, client=unlimited_async, **options)
    return asyncio.run(job)


@pytest.mark.parametrize("run", [run_in_threads, run_in_tasks])
def test_rows_of_a_mapping_are_recognized_in_any_order_and_refused_ones_can_be_corrected(
    run: Callable[..., bulk.Summary], emulator: Emulator, tmp_path: Path
) -> None:
    one, two, three = texts(3)
    place = tmp_path / "job"

    assert run({10: one, 20: {**two, "inbox_id": 33}}, place) == (1, 1, 0)
    assert run({20: {**two, "inbox_id": 33}, 10: one}, place) == (1, 1, 0)
    with pytest.raises(ConfigurationError, match="row 20 isn't the one that has this result"):
        run({30: three, 20: two}, place)
    assert "Bulk 2" not in sent(emulator)  # all rows are checked before the first call
    assert run({30: three, 20: two}, place, retry_refused=True) == (3, 0, 0)
    assert run({10: one, 20: two}, place, retry_refused=True) == (3, 0, 0)
    assert sent(emulator) == {"Bulk 0": 1, "Bulk 1": 1, "Bulk 2": 1}


def test_what_may_have_taken_effect_keeps_its_arguments(emulator: Emulator, tmp_path: Path) -> None:
    (row,) = texts(1)
    emulator.faults.add(Fault("lost_response", operation="messages.send", count=1))
    assert run_in_threads({10: row}, tmp_path / "job") == (0, 0, 1)

    with pytest.raises(ConfigurationError, match="row 10 may have taken effect with other arguments"):
        run_in_threads({10: {**row, "inbox_id": 32}}, tmp_path / "job", retry_refused=True)
    assert run_in_threads({10: row}, tmp_path / "job", retry_refused=True) == (1, 0, 0)


def test_a_refused_row_of_a_list_is_retried_as_it_was(emulator: Emulator, tmp_path: Path) -> None:
    rows = [{**row, "inbox_id": 33} for row in texts(2)]
    run_in_threads(rows, tmp_path / "job")
    emulator.journal.clear()

    assert run_in_threads(rows, tmp_path / "job", retry_refused=True) == (0, 2, 0)
    assert len(emulator.journal) == 2
    with pytest.raises(ConfigurationError, match="isn't the one"):
        run_in_threads(rows[1:], tmp_path / "job", retry_refused=True)


def test_a_service_that_is_away_ends_the_run_and_keeps_what_was_done(emulator: Emulator, tmp_path: Path) -> None:
    rows = texts(100)

    def then_away() -> Iterator[dict[str, Any]]:
        yield from rows[:20]
        emulator.fail_next(503, times=10**6)
        yield from rows[20:]

    with pytest.raises(HeymarketError, match=r"20 calls failed one after the other\. The last: 503"):
        bulk.run("messages.send", then_away(), checkpoint=tmp_path / "job", client=unlimited, concurrency=1)
    emulator.faults.clear()
    assert bulk.run("messages.send", rows, checkpoint=tmp_path / "job", client=unlimited) == (100, 0, 0)


def test_a_service_that_never_responds_fails_twenty_rows_and_not_all(emulator: Emulator, tmp_path: Path) -> None:
    emulator.faults.add(Fault("lost_response"))
    tags = [{"tag": f"bulk {number}"} for number in range(100)]
    with pytest.raises(HeymarketError, match="20 calls failed one after the other"):
        bulk.run("tags.create", tags, checkpoint=tmp_path / "job", client=unlimited, concurrency=1)
    assert len(list(bulk.results(tmp_path / "job"))) == 20


def test_a_job_has_its_file_and_its_clients_for_itself(emulator: Emulator, tmp_path: Path) -> None:
    def run_another(result: bulk.RowResult) -> None:
        if result.row == 0:
            with pytest.raises(ConfigurationError, match="a run has it open"):
                bulk.run("messages.send", texts(1), checkpoint=tmp_path / "job", client=unlimited)
            bulk.run("team.get", [{}], checkpoint=tmp_path / "other", client=unlimited)

    summary = bulk.run(
        "messages.send",
        texts(40),
        checkpoint=tmp_path / "job",
        client=unlimited,
        on_result=run_another,
        concurrency=1,
    )
    assert summary == (40, 0, 0)


def die(team: str | None) -> Heymarket:
    if team == "last":
        os._exit(1)
    return unlimited(None)


def test_rows_of_a_worker_that_died_are_not_made_twice(emulator: Emulator, tmp_path: Path) -> None:
    tags: list[dict[str, Any]] = [*({"tag": f"bulk {number}"} for number in range(5)), {"tag": "bulk", "team": "last"}]
    with ProcessPoolExecutor(1) as executor, pytest.raises(BrokenProcessPool):
        bulk.run("tags.create", tags, checkpoint=tmp_path / "job", client=die, executor=executor)
    results = list(bulk.results(tmp_path / "job"))
    assert [(one.error or {})["type"] for one in results] == ["InterruptedError"] * 6
    assert bulk.run("tags.create", tags, checkpoint=tmp_path / "job", client=unlimited) == (0, 6, 0)


def test_a_team_that_is_refused_does_not_stop_the_others(emulator: Emulator, tmp_path: Path) -> None:
    rows = [{**row, "team": "bad" if number < 30 else "good"} for number, row in enumerate(texts(40))]
    assert bulk.run("messages.send", rows, checkpoint=tmp_path / "job", client=refused) == (10, 0, 30)


def refused(team: str | None) -> Heymarket:
    if team == "good":
        return unlimited(None)
    return Heymarket("a-wrong-id", "a-wrong-key-" * 5, quota=None)


def test_credentials_that_are_refused_end_the_run_or_fail_the_rows_of_their_team(
    emulator: Emulator, tmp_path: Path
) -> None:
    with pytest.raises(AuthenticationError):
        bulk.run("messages.send", texts(5), checkpoint=tmp_path / "one", client=refused)
    rows = [{**row, "team": team} for row, team in zip(texts(6), ["good", "bad"] * 3, strict=True)]
    assert bulk.run("messages.send", rows, checkpoint=tmp_path / "two", client=refused) == (3, 0, 3)


def test_one_file_is_for_one_job(emulator: Emulator, tmp_path: Path) -> None:
    job = tmp_path / "job"
    bulk.run("messages.send", texts(3), checkpoint=job, client=unlimited)
    assert job.stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigurationError, match="row 0 isn't the one that has this result"):
        bulk.run("messages.send", reversed(texts(3)), checkpoint=job, client=unlimited)
    with pytest.raises(ConfigurationError, match=r"has the results of messages\.send"):
        bulk.run("contacts.list", [{}], checkpoint=job, client=unlimited)
    with pytest.raises(ConfigurationError, match=r"there is no operation 'messages\.sent'"):
        bulk.run("messages.sent", [], checkpoint=job)
    (tmp_path / "other").write_text("not a database, but long enough to be taken for one")
    with pytest.raises(ConfigurationError, match="can't be used for the results"):
        bulk.run("messages.send", [], checkpoint=tmp_path / "other")
    with pytest.raises(ConfigurationError, match="There is no file"):
        list(bulk.results(tmp_path / "none"))


PROGRAM = """
import sys
from heymarket import bulk
from tests.unit.test_bulk import texts, unlimited
print(*bulk.run("messages.send", texts(400), checkpoint=sys.argv[1], client=unlimited, concurrency=8))
"""


def test_a_program_that_is_killed_again_and_again_texts_each_once(emulator: Emulator, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PROGRAM, str(tmp_path / "job")]
    environment = {**os.environ, **emulator.environment, "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path])}
    for target in (40, 130, 260):
        with subprocess.Popen(command, env=environment, cwd=HERE, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None and len(emulator.journal) < target:
                time.sleep(0.005)  # not to take the time of what is killed
            process.kill()
    done = subprocess.run(command, env=environment, cwd=HERE, capture_output=True, text=True, check=True)
    assert done.stdout == "400 0 0\n"
    assert [one.row for one in bulk.results(tmp_path / "job")] == list(range(400))
    assert sent(emulator) == Counter({f"Bulk {number}": 1 for number in range(400)})


def unlimited_async(team: str | None) -> AsyncHeymarket:
    return AsyncHeymarket(quota=None, max_retries=0)


def run_async(operation: str, rows: Any, checkpoint: Path) -> bulk.Summary:
    return asyncio.run(bulk.run_async(operation, rows, checkpoint=checkpoint, client=unlimited_async))


def test_tasks_of_an_event_loop_do_the_same(emulator: Emulator, tmp_path: Path) -> None:
    rows = texts(30)
    rows[3]["phone_number"] = "no number"

    async def read() -> AsyncIterator[dict[str, Any]]:
        for row in rows:
            yield row

    emulator.fail_next(503, times=4)
    assert run_async("messages.send", read(), tmp_path / "job") == (25, 1, 4)
    assert run_async("messages.send", rows, tmp_path / "job") == (29, 1, 0)
    assert bulk.run("messages.send", rows, checkpoint=tmp_path / "job", client=unlimited) == (29, 1, 0)
    assert set(sent(emulator).values()) == {1}
    assert run_async("contacts.list", [{}], tmp_path / "list") == (1, 0, 0)
    (listed,) = bulk.results(tmp_path / "list")
    assert len(listed.value) == emulator.state.contacts.count()


@pytest.mark.parametrize(
    ("operation", "row", "failed"),
    [("messages.send", texts(1)[0], []), ("tags.create", {"tag": "bulk"}, ["InterruptedError"])],
)
def test_a_cancelled_run_has_a_result_for_what_may_not_be_repeated(
    operation: str, row: dict[str, Any], failed: list[str], emulator: Emulator, tmp_path: Path
) -> None:
    emulator.faults.add(Fault("hang"))

    async def cancel_when_sent() -> None:
        task = asyncio.create_task(
            bulk.run_async(operation, [row], checkpoint=tmp_path / "job", client=unlimited_async)
        )
        while not task.done() and not any(rule.played for rule in emulator.faults):
            await asyncio.sleep(0.005)  # nothing says when the request has arrived
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancel_when_sent())
    assert [(one.error or {})["type"] for one in bulk.results(tmp_path / "job")] == failed


def refused_async(team: str | None) -> AsyncHeymarket:
    return AsyncHeymarket("a-wrong-id", "a-wrong-key-" * 5, quota=None)


def test_refused_credentials_end_the_run_in_tasks_too(emulator: Emulator, tmp_path: Path) -> None:
    run = bulk.run_async("messages.send", texts(40), checkpoint=tmp_path / "job", client=refused_async)
    with pytest.raises(AuthenticationError):
        asyncio.run(run)
    assert list(bulk.results(tmp_path / "job")) == []
