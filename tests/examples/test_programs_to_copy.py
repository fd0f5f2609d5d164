"""The programs in examples/, each run as a user would."""

from __future__ import annotations

import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType

import pytest

from heymarket.emulator import Emulator
from heymarket.testing import delivery

FOLDER = Path(__file__).parents[2] / "examples"
TOKEN = "a-webhook-token-for-tests"


@pytest.fixture(autouse=True)
def _environment(heymarket_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    own = {"HEYMARKET_WEBHOOK_TOKEN": TOKEN, "DJANGO_SECRET_KEY": "for-tests", "ALLOWED_HOSTS": "testserver"}
    for name, value in {**heymarket_emulator.environment, **own}.items():
        monkeypatch.setenv(name, value)


def load(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def chat(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was posted into a chat; a line with "down" in it is refused."""
    posted: list[str] = []

    class Chat(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            text = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["text"]
            posted.append(text)
            self.send_response(503 if "down" in text and len(posted) == 1 else 200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Chat) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("CHAT_WEBHOOK", f"http://127.0.0.1:{server.server_port}/hook")
        yield posted
        server.shutdown()


def test_flask_posts_a_text_into_the_chat_once(chat: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    client = load("flask_to_chat", monkeypatch).app.test_client()
    text = delivery("message_recieved", text="<!channel> hello", token=TOKEN)
    for _ in range(2):
        assert client.post("/heymarket", data=text.body, headers=text.headers).status_code == 200
    assert len(chat) == 1
    assert "> &lt;!channel> hello" in chat[0]
    assert client.post("/heymarket", data=b"{}").status_code in {400, 401}


def test_a_text_that_the_chat_refused_is_posted_when_it_comes_again(
    chat: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = load("flask_to_chat", monkeypatch).app.test_client()
    text = delivery("message_recieved", text="down", token=TOKEN)
    statuses = [client.post("/heymarket", data=text.body, headers=text.headers).status_code for _ in range(3)]
    assert statuses == [500, 200, 200]
    assert len(chat) == 2


def test_django_takes_texts_and_sends_them(heymarket_emulator: Emulator) -> None:
    visit = """
import sys
sys.path[:0] = [sys.argv[1]]
import django_inbox as inbox
from django.test import Client
from heymarket.testing import delivery

client = Client()
text = delivery("message_recieved", text="<b>Hello</b>", target="15555550100")
for _ in range(2):
    assert client.post("/heymarket", text.body, content_type="application/json").status_code == 200
page = client.get("/").content.decode()
assert page.count("15555550100 &gt; &lt;b&gt;Hello&lt;/b&gt;") == 1, page

assert client.post("/", {"phone": "+1 555 555 0100", "text": "Hi"}).status_code == 302
assert client.post("/", {"phone": "555", "text": "Hi"}).status_code == 400
inbox.client().close()
"""
    # Django's settings are those of a process.
    run = [sys.executable, "-W", "error", "-c", visit, str(FOLDER)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    heymarket_emulator.verify("messages.send", times=1, phone_number="15555550100", text="Hi")


def test_a_campaign_is_previewed_then_sent_once(
    heymarket_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    campaign = load("csv_campaign", monkeypatch)
    heymarket_emulator.reply("15555550104", "STOP")
    people = tmp_path / "people.csv"
    people.write_text("phone,name\n+1 555 555 0100,Ada\n15555550100,Ada\nnobody,N\n15555550104,Stopped\n", "utf-8")
    words = [str(people), "Hi {name}!"]

    assert campaign.main(words) == 0
    said = capsys.readouterr().out
    assert "line 3: the number was in an earlier line\nline 4: not a phone number\nline 5: opted out\n" in said
    assert "15555550100: Hi Ada!\n1 texts, about 1 segments" in said
    heymarket_emulator.verify("messages.send", times=0)

    for _ in range(2):
        assert campaign.main([*words, "--send"]) == 0
        assert "1 sent, 0 refused" in capsys.readouterr().out
    heymarket_emulator.verify("messages.send", times=1, phone_number="15555550100", text="Hi Ada!")


def test_a_preview_keeps_the_plan_of_a_campaign_that_has_begun(
    heymarket_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    campaign = load("csv_campaign", monkeypatch)
    people = tmp_path / "people.csv"
    people.write_text("phone,name\n15555550100,Ada\n15555550102,Bob\n", "utf-8")
    words = [str(people), "Hi {name}!"]
    campaign.main(words)
    campaign.main([*words, "--send"])
    (planned,) = tmp_path.glob("*.planned.csv")
    before = planned.read_bytes()
    heymarket_emulator.reply("15555550100", "STOP")
    capsys.readouterr()

    assert campaign.main(words) == 0

    assert "This campaign has begun" in capsys.readouterr().out
    assert planned.read_bytes() == before


def test_nothing_is_sent_without_a_preview(
    heymarket_emulator: Emulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("phone,name\n15555550100,Ada\n", "utf-8")
    load("csv_campaign", monkeypatch).main([str(people), "Hi {name}!", "--send"])
    heymarket_emulator.verify("messages.send", times=0)


def test_a_night_brings_what_is_new(heymarket_emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    nightly = load("nightly_export", monkeypatch)
    contacts, messages = nightly.export("out.db")
    assert contacts >= 10
    assert messages >= 10

    heymarket_emulator.reply("15555550100", "A new one")
    nightly.export("out.db")
    with sqlite3.connect("out.db") as db:
        assert db.execute("SELECT count(*) FROM messages").fetchone() == (messages + 1,)
        assert db.execute("SELECT phone FROM messages WHERE text = 'A new one'").fetchone() == ("15555550100",)
        assert db.execute("SELECT count(*) FROM contacts").fetchone() == (contacts,)
    db.close()


def test_every_program_is_in_the_list() -> None:
    listed = (FOLDER / "README.md").read_text("utf-8")
    assert all(f"]({file.name})" in listed for file in FOLDER.glob("*.py"))
