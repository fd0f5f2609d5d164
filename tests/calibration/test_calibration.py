"""A calibration against an emulator behind a proxy that plants deviations: all are found, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, ClassVar, NamedTuple
from urllib.parse import urlsplit

import pytest
from attrs import evolve

from heymarket import description
from heymarket.calibration.errors import CalibrationError
from heymarket.calibration.plan import BUDGET, Step, make_plan
from heymarket.calibration.report import Report, scrub
from heymarket.calibration.runner import Account, execute
from heymarket.calibration.session import calibrate
from heymarket.emulator import Emulator, Fault, JournalEntry
from heymarket.testing.cassettes import problems
from tests.fakes import serving

NUMBER = "15555550123"


class Deviation(NamedTuple):
    """What a service does otherwise at one call, and the lines of the report that say so."""

    step: str
    change: Callable[[Answer], Any]
    lines: dict[str, str]


class Answer:
    """A response on its way through the proxy."""

    def __init__(self, status: int, headers: dict[str, str], body: Any) -> None:
        self.status, self.headers, self.body = status, headers, body

    def text(self, status: int, content: str, media: str) -> None:
        self.status, self.body = status, content.encode()
        self.headers["content-type"] = media


def status(step: str, code: int) -> Deviation:
    return Deviation(step, lambda answer: setattr(answer, "status", code), {"status": str(code)})


def error(step: str, code: int) -> Deviation:
    """The service refuses what the emulator accepts, with an error of the same form."""
    said = {"error_code": "no", "message": "no"}
    return Deviation(step, lambda answer: answer.__dict__.update(status=code, body=said), {"status": str(code)})


def header(step: str, name: str, value: str, said: str) -> Deviation:
    return Deviation(step, lambda answer: answer.headers.update({name: value}), {f"header {name}": said})


def item(step: str, change: Callable[[dict[str, Any]], Any], what: str, said: str) -> Deviation:
    def act(answer: Answer) -> None:
        for one in answer.body if isinstance(answer.body, list) else [answer.body]:
            change(one)

    return Deviation(step, act, {what: said})


def put(**fields: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda one: one.update(fields)


def take(*names: str) -> Callable[[dict[str, Any]], Any]:
    return lambda one: [one.pop(name) for name in names]


DEVIATIONS = (
    status("team.get", 201),
    status("tags.create", 202),
    status("401: wrong key", 403),
    status("401: expired token", 440),
    status("unknown path", 400),
    status("unknown path with a wrong key", 401),
    status("id that is no UUID", 400),
    status("id that is no integer", 422),
    status("field of a wrong type", 422),
    status("HEAD", 405),
    error("field that is not described", 400),
    error("null in place of a value", 422),
    error("list in place of an object", 400),
    error("history without inboxID", 400),
    error("page 0", 422),
    Deviation(
        "unknown UUID",
        lambda answer: answer.__dict__.update(body={"error": "Nobody here", "code": 404}),
        {"code": "integer", "error": "string", "error_code": "left out", "message": "left out"},
    ),
    Deviation(
        "401: no token",
        lambda answer: answer.text(401, "no", "text/plain"),
        {"header content-type": "text/plain", "body": "no JSON"},
    ),
    Deviation("401: token two minutes ahead", lambda answer: answer.__dict__.update(body=b""), {"body": "empty"}),
    header("inboxes.list", "x-ratelimit-remaining", "499", "string"),
    header("surveys.list", "retry-after", "1", "string"),
    header("tags.get", "x-request-id", "abc", "string"),
    Deviation(
        "tags.list", lambda answer: answer.headers.pop("x-request-id"), {"header x-request-id": "left out"}
    ),
    header("templates.get", "content-type", "text/json", "text/json"),
    Deviation(
        "messages.count",
        lambda answer: answer.text(200, "<p>", "text/html"),
        {"header content-type": "text/html", "body": "no JSON"},
    ),
    Deviation("contacts.count", lambda answer: answer.__dict__.update(body=int(answer.body)), {"body": "integer"}),
    Deviation(
        "lists.list_v1",
        lambda answer: answer.__dict__.update(body={"data": answer.body, "total": 1}),
        {"body": "object of data, total"},
    ),
    Deviation("templates.list", lambda answer: answer.body[1].pop("name"), {"[].name": "left out or string"}),
    item("contacts.get_v1", take("rev"), "rev", "left out"),
    item("contact_channels.get", lambda one: one.update(id=str(one["id"])), "id", "string"),
    item("contact_channels.list", put(channel_handle=None), "[].channel_handle", "null"),
    item("contacts.get", put(created=1_700_000_000), "created", "integer"),
    item("lists.get_v1", put(updated="2025-01-15 09:30:00"), "updated", "string"),
    item("surveys.get", put(verified=True), "verified", "boolean"),
    item("conversations.get", lambda one: one["members"][0].update(of=1), "members[].of", "integer"),
    item("contacts.list", lambda one: [each.update(channel_type="e_mail") for each in one["contact_channels"][:1]],
         "[].contact_channels[].channel_type (value)", "e_mail"),
    item("messages.history", put(flagged=0), "[].flagged", "integer"),
    item("conversations.list", take("members"), "[].members", "left out"),
    item("contacts.get_status", put(blocked="no"), "blocked", "string"),
    item("contacts.update", take("uuid"), "uuid", "left out"),
    item("messages.send", put(queued="yes"), "queued", "string"),
    item("schedules.get", put(execute="soon"), "execute", "string"),
    item("contacts.list_fields", put(title=["a"]), "[].title", "array"),
)  # fmt: skip


class Proxy(BaseHTTPRequestHandler):
    """Passes requests on, and changes the responses to those that a deviation is about. It knows the plan's order."""

    protocol_version = "HTTP/1.1"
    emulator: ClassVar[str]
    steps: ClassVar[list[Step]]
    deviations: ClassVar[dict[str, Deviation]]

    def pass_on(self) -> None:
        step = self.steps.pop(0)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        connection = HTTPConnection(urlsplit(self.emulator).netloc)
        headers = {name: value for name, value in self.headers.items() if name != "Host"}
        connection.request(self.command, self.path, body, headers)
        with connection.getresponse() as response:
            content = response.read()
            kept = {name: value for name, value in response.headers.items() if not name.startswith("x-emulator")}
        connection.close()
        answer = Answer(response.status, kept, json.loads(content) if content else b"")
        if step.name in self.deviations:
            self.deviations[step.name].change(answer)
        sent = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
        self.send_response_only(answer.status)
        for name, value in {**answer.headers, "content-length": str(len(sent))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class has it so
        """Nothing."""


for _method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
    setattr(Proxy, f"do_{_method}", Proxy.pass_on)


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="module")
def proxy(emulator: Emulator) -> Iterator[str]:
    Proxy.emulator = emulator.base_url
    with serving(Proxy) as base_url:
        yield base_url


def account(emulator: Emulator, base_url: str = "") -> Account:
    return Account(
        base_url or emulator.base_url,
        emulator.secret_id,
        emulator.secret_key,
        NUMBER,
        lambda: str(emulator.state.messages.all()[-1]["text"]).rpartition(" ")[2],
    )


def through_proxy(emulator: Emulator, proxy: str, *deviations: Deviation) -> Report:
    emulator.reset()
    Proxy.steps = [*make_plan(writes=True, texts=True)]
    Proxy.deviations = {one.step: one for one in deviations}
    return calibrate(account(emulator, proxy), writes=True)


def lines_of(report: Report) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for one in report.document["differences"]:
        for step in one["steps"]:
            found[step, one["what"].partition(": ")[2]] = one["service"]
    return found


@pytest.fixture(scope="module")
def deviating(emulator: Emulator, proxy: str) -> Report:
    return through_proxy(emulator, proxy, *DEVIATIONS)


class Calm(NamedTuple):
    """A calibration of an emulator that is unchanged, what it was asked for, and how many records it had."""

    report: Report
    calls: tuple[JournalEntry, ...]
    before: dict[str, int]
    after: dict[str, int]


@pytest.fixture(scope="module")
def unchanged(emulator: Emulator, proxy: str) -> Calm:
    emulator.reset()
    before = count(emulator)
    report = through_proxy(emulator, proxy)
    return Calm(report, tuple(emulator.journal), before, count(emulator))


def count(emulator: Emulator) -> dict[str, int]:
    names = ("contacts", "lists", "messages", "schedules", "tags", "templates")
    return {name: getattr(emulator.state, name).count() for name in names}


def test_all_deviations_are_found_and_nothing_else(deviating: Report) -> None:
    expected = {(one.step, what): said for one in DEVIATIONS for what, said in one.lines.items()}

    assert len({one.step for one in DEVIATIONS}) == len(DEVIATIONS) >= 40
    assert lines_of(deviating) == expected
    assert deviating.document["skipped"] == {}


def test_of_the_same_emulator_there_is_no_line(unchanged: Calm) -> None:
    found = unchanged.report.document

    assert found["origin"] == "live"
    assert found["differences"] == []
    assert found["profile"] == {}
    assert all(one["emulator"] == one["service"] for one in found["unknowns"])


def test_all_is_within_the_budget_and_nothing_is_left(unchanged: Calm) -> None:
    assert unchanged.report.document["calls"] == len(unchanged.calls) == len(make_plan(writes=True, texts=True))
    assert len(unchanged.calls) <= BUDGET
    assert unchanged.report.document["left"] == []
    texted = {"contacts": unchanged.before["contacts"] + 1, "messages": unchanged.before["messages"] + 1}
    assert unchanged.after == {**unchanged.before, **texted}


def test_no_text_goes_to_anybody_but_the_one_number(unchanged: Calm) -> None:
    sent = [call for call in unchanged.calls if call.operation in {"messages.send", "schedules.create"}]
    bodies: list[dict[str, Any]] = [json.loads(call.request_bytes) for call in sent]

    assert [body["phone_number"] for body in bodies] == [NUMBER] * 3
    assert not {"list_id", "targets", "chat_id", "conversation_id"} & {name for body in bodies for name in body}
    assert "email.send" not in {call.operation for call in unchanged.calls}


@pytest.mark.parametrize("typed", ["", "000000 "])
def test_without_the_code_there_is_no_second_text(emulator: Emulator, typed: str) -> None:
    emulator.reset()
    steps = make_plan(writes=True, texts=True)

    run = execute(steps, evolve(account(emulator), ask_code=lambda: typed))

    emulator.verify("messages.send", times=1)
    emulator.verify("schedules.create", times=0)
    assert run.skipped["messages.send: the same local_id"] == "the number was not confirmed"


def test_without_permission_nothing_is_written(emulator: Emulator) -> None:
    emulator.reset()
    before = count(emulator)

    execute(make_plan(), evolve(account(emulator), number=""))

    assert count(emulator) == before
    known = {operation.name: operation for operation in description.operations()}
    for call in emulator.journal:
        reads = call.method in {"GET", "HEAD"} or known[call.operation or ""].spec.get("x-heymarket-safe-to-repeat")
        assert reads, call.path


@pytest.mark.parametrize(
    "step",
    [
        Step("a write", "DELETE", "/v1/tag/71"),
        Step("a write", "DELETE", "/v1/tag/71", kind="write"),
        Step("a write", "DELETE", "/v1/tag/71", kind="write", deletes="own_tag"),
        Step("a text", "POST", "/v1/message/send", kind="text", makes="own", body={"phone_number": "15555550100"}),
        Step("a text", "POST", "/v1/message/send", kind="text",
             body={"phone_number": "{own_number}", "list_id": 41}),
        Step("an email", "POST", "/v1/email/send", kind="write", makes="own", body={}),
    ],
)  # fmt: skip
def test_a_plan_can_change_nothing_that_is_not_its_own(emulator: Emulator, step: Step) -> None:
    emulator.reset()

    with pytest.raises(CalibrationError, match="may not be made"):
        execute([step], account(emulator))

    assert list(emulator.journal) == []


def test_what_was_made_is_deleted_although_the_plan_breaks_off(emulator: Emulator) -> None:
    emulator.reset()
    make, delete = (one for one in make_plan(writes=True) if one.name in {"tags.create", "tags.delete"})

    with pytest.raises(CalibrationError):
        execute([make, Step("a write", "DELETE", "/v1/tag/71"), delete], account(emulator))

    assert [call.operation for call in emulator.journal] == ["tags.create", "tags.delete"]


def test_wrong_credentials_and_no_service_end_it(emulator: Emulator) -> None:
    with pytest.raises(CalibrationError, match="refused the credentials"):
        calibrate(evolve(account(emulator), secret_key="wrong"))
    with pytest.raises(CalibrationError, match="can't be reached"):
        calibrate(evolve(account(emulator), base_url="http://127.0.0.1:1"))


def test_the_report_can_be_published(deviating: Report) -> None:
    assert problems(deviating.cassette) == []
    text = json.dumps(deviating.document) + deviating.to_markdown() + deviating.cassette
    for own in (NUMBER, "Ada", "Mary Example", "Front desk"):
        assert own not in text


def test_the_report_answers_what_was_unknown(deviating: Report) -> None:
    answers = {one["about"]: one["service"] for one in deviating.document["unknowns"]}

    assert answers["rate-limit headers"] == "x-ratelimit-remaining"
    assert answers["an id in the path that is no UUID"] == "400"
    assert answers["kind of a count"] == "integer"
    assert answers["words for a message's status"] == "received, sent"
    assert "| H20 | body of a 404 | error_code: string; message: string | code: integer; error: string |" in (
        deviating.to_markdown()
    )


def test_an_emulator_with_the_profile_deviates_in_the_same_way(deviating: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(deviating.document), "utf-8")

    with Emulator(profile=path) as emulator:
        again = lines_of(calibrate(account(emulator), writes=True))

    missing = {step for (step, what), said in lines_of(deviating).items() if again.get((step, what)) != said}
    assert missing == {  # what an emulator can't tell from the response alone
        "HEAD",
        "field that is not described",
        "history without inboxID",
        "messages.count",
        "unknown path with a wrong key",
    }


def test_a_response_that_the_linter_refuses_is_withheld(emulator: Emulator) -> None:
    steps = [one for one in make_plan() if one.name in {"team.get", "tags.list"}]
    run = execute(steps, evolve(account(emulator), number=""))
    content = "Bearer abcdefghij0123456789 of nobody".encode("utf-16")
    run.exchanges[0] = evolve(run.exchanges[0], response=run.exchanges[0].response._replace(body=content))

    found = scrub(run, emulator.base_url)

    assert found.withheld == [run.exchanges[0].step.name]
    assert found.responses.keys() == {run.exchanges[1].step.name}


def test_after_a_429_it_waits(emulator: Emulator) -> None:
    emulator.reset()
    emulator.fail_next(429)
    waits: list[float] = []

    run = execute([one for one in make_plan() if one.name == "team.get"], account(emulator), waits.append)

    assert waits == [60.0]
    assert [one.response.status for one in run.exchanges] == [429]


def choose_steps(*names: str) -> list[Step]:
    return [one for one in make_plan(writes=True, texts=True) if one.name in names]


@pytest.mark.parametrize(
    "fault",
    [Fault("status", status=429, count=1), Fault("reset", count=1), Fault("status", status=500, count=1)],
    ids=["429", "no response", "500"],
)
def test_a_deletion_that_fails_is_tried_again(emulator: Emulator, fault: Fault) -> None:
    emulator.reset()
    before = count(emulator)
    emulator.faults.add(evolve(fault, operation="tags.delete"))

    run = execute(choose_steps("team.get", "tags.create", "tags.delete"), account(emulator), lambda _: None)

    assert count(emulator) == before
    assert run.left == []
    assert run.skipped == {}


@pytest.mark.parametrize("fault", [Fault("status", status=429), Fault("reset")], ids=["429", "no response"])
def test_what_cannot_be_deleted_is_listed_and_the_rest_is_deleted(emulator: Emulator, fault: Fault) -> None:
    emulator.reset()
    before = count(emulator)
    emulator.faults.add(evolve(fault, operation="tags.delete"))
    steps = choose_steps("team.get", "tags.create", "tags.delete", "templates.create", "templates.delete")

    run = execute(steps, account(emulator), lambda _: None)

    assert run.left == ["tags.delete"]
    assert count(emulator) == {**before, "tags": before["tags"] + 1}


def test_an_error_in_a_deletion_keeps_no_other_from_being_made(emulator: Emulator) -> None:
    emulator.reset()
    before = count(emulator)
    make, delete, *others = choose_steps("tags.create", "tags.delete", "templates.create", "templates.delete")
    broken = evolve(delete, path="/v1/tag/{own_tag}/{unknown}")
    steps = [make, others[0], Step("a write", "DELETE", "/v1/tag/71"), broken, others[1]]

    with pytest.raises(CalibrationError, match=r"may not be made.*still be there: tags\.delete"):
        execute(steps, account(emulator))

    assert count(emulator) == {**before, "tags": before["tags"] + 1}


@pytest.mark.parametrize(
    "change",
    [Fault("lost_response", count=1), Fault("status", status=500, count=1), Fault("bad_json", count=1)],
    ids=["no response", "500", "no id"],
)
def test_what_may_have_been_made_is_listed(emulator: Emulator, change: Fault) -> None:
    emulator.reset()
    emulator.faults.add(evolve(change, operation="tags.create"))

    run = execute(choose_steps("team.get", "tags.create", "tags.delete"), account(emulator))

    assert run.left == ["tags.create"]
