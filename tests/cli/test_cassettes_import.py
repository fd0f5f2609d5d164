"""`heymarket cassettes import`: recordings of other programs become cassettes, and hold nothing of anybody."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heymarket.testing.cassettes import problems, recordings
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]

URL = "https://api.heymarket.com"
CONTACT = "5c9d3a1e-77b0-4f0e-9d2c-3f1a8b6e4d21"
CHANNEL = {
    "id": 83177,
    "channel_type": "phone",
    "channel_id": "14155552671",
    "channel_handle": "Ada Lovelace",
    "created": "2024-03-04T05:06:07Z",
}
SENT = {"inbox_id": 31, "creator_id": 21, "phone_number": "14155552671", "text": "Dear Ada Lovelace"}


def entry(method: str, url: str, body: Any = None, sent: Any = None, status: int = 200, **content: str) -> Any:
    request: dict[str, Any] = {
        "method": method,
        "url": url,
        "headers": [{"name": ":authority", "value": "a"}, {"name": "Authorization", "value": "Bearer secret-of-ada"}],
    }
    if sent is not None:
        request |= {"postData": {"mimeType": "application/json", "text": json.dumps(sent)}}
    response = {
        "status": status,
        "headers": [{"name": "Content-Type", "value": "application/json"}, {"name": "Set-Cookie", "value": "a=b"},
                    {"name": "Content-Encoding", "value": "br"}],
        "content": {"text": json.dumps(body), **content},
    }  # fmt: skip
    return {"startedDateTime": "2026-01-02T03:04:05.678Z", "request": request, "response": response}


GET = f"{URL}/v2/contact/{CONTACT}/channel/phone"
ENTRIES = [
    entry("GET", GET, CHANNEL),
    entry("GET", GET, None, text=base64.b64encode(json.dumps(CHANNEL).encode()).decode(), encoding="base64"),
    entry("POST", f"{URL}/v1/message/send", {"id": 90210, "queued": True}, SENT),
    entry("GET", "https://example.com/v1/team", {"id": 1}),
    entry("GET", f"{URL}/v1/team", {}, status=0),
    entry("GET", f"{URL}/v1/of-the-app", {}),
]


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "recorded.har"
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": ENTRIES}}), "utf-8")
    return path


def test_an_archive_becomes_a_cassette_for_each_operation(run: Run, archive: Path) -> None:
    assert run("cassettes", "import", str(archive)) == Outcome(0, "[]\n", "")

    folder = archive.parent / "cassettes"
    assert sorted(path.name for path in folder.iterdir()) == ["contact_channels.get.yaml", "messages.send.yaml"]
    cassette = recordings.read(folder / "contact_channels.get.yaml")
    assert [one.status for one in cassette.responses] == [200, 200]
    assert cassette.responses[0].json == cassette.responses[1].json
    assert cassette.metadata["recorded"] == "2026-01-02"
    assert cassette.metadata["origin"] == "live"
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        assert problems(text) == []
        for own in ("Lovelace", "14155552671", CONTACT, "83177", "90210", "secret-of-ada", "a=b", "Dear"):
            assert own not in text
    sent = recordings.read(folder / "messages.send.yaml").requests[0]
    assert sent.json == {"inbox_id": 31, "creator_id": 21, "phone_number": "15555550001", "text": "text-2"}
    assert run("cassettes", "check", str(folder)).code == 0


def test_what_is_not_as_described_is_reported(run: Run, archive: Path) -> None:
    entries = [entry("GET", GET, {**CHANNEL, "id": "x", "verified": True})]
    archive.write_text(json.dumps({"log": {"entries": entries}}), "utf-8")

    outcome = run("cassettes", "import", str(archive))

    assert outcome.code == 1
    assert [one["place"] for one in json.loads(outcome.out)] == ["1.response.body.id", "1.response.body.verified"]


def test_cassettes_that_are_there_stay(run: Run, archive: Path) -> None:
    run("cassettes", "import", str(archive))

    assert run("cassettes", "import", str(archive)).code == 2
    assert run("cassettes", "import", str(archive), "--overwrite").code == 0


def test_none_is_written_if_one_of_them_is_there(run: Run, archive: Path) -> None:
    there = archive.parent / "cassettes/messages.send.yaml"
    there.parent.mkdir()
    there.touch()

    assert run("cassettes", "import", str(archive)).code == 2
    assert list(there.parent.iterdir()) == [there]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("no", "is no HTTP archive"),
        ('{"log": {"entries": [{}]}}', "is no HTTP archive"),
        ('{"log": {"entries": []}}', "has no request that calls a described operation"),
    ],
)
def test_what_is_no_archive_is_named(run: Run, archive: Path, content: str, said: str) -> None:
    archive.write_text(content, "utf-8")

    outcome = run("cassettes", "import", str(archive))

    assert outcome.code == 2
    assert said in outcome.err
