"""The page over plain HTTP: what is sent with it, and what it copes with."""

from __future__ import annotations

import asyncio
import hashlib
import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from heymarket.emulator import Emulator, create_app

PAGE = "/_emulator/page"
SCREENS = [
    "/",
    f"{PAGE}/conversations",
    f"{PAGE}/conversations/601",
    f"{PAGE}/contacts",
    f"{PAGE}/contacts/501",
    f"{PAGE}/journal",
    f"{PAGE}/control",
    "/_emulator/reference",
]


@pytest.fixture
def http(heymarket_emulator: Emulator) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=heymarket_emulator.base_url) as client:
        yield client


@pytest.mark.parametrize("path", SCREENS)
def test_no_script_or_style_is_in_a_screen_and_none_may_be(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=", response.text)


@pytest.mark.parametrize("path", SCREENS)
def test_every_link_and_every_file_is_there(http: httpx.Client, path: str) -> None:
    screen = http.get(path)
    links = set(re.findall(r'(?:href|src)="(/[^"#]*)', screen.text))
    assert len(links) > 8
    for link in links:
        assert http.get(link.replace("&amp;", "&")).status_code == 200, link


def test_what_is_to_be_copied_on_the_start_screen_works(http: httpx.Client, heymarket_emulator: Emulator) -> None:
    copied = [html.unescape(text) for text in re.findall('data-copy="([^"]*)"', http.get("/").text)]
    environment, first_call, curl = copied[:3]
    assert environment == "\n".join(f"export {name}={value}" for name, value in heymarket_emulator.environment.items())
    for program in (f"{sys.executable} -c '{first_call}'", curl):
        command = ["sh", "-ec", f"{environment}\n{program}"]
        if program == curl and shutil.which("curl") is None:
            continue
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert {call.status for call in heymarket_emulator.journal} == {200}


def test_calls_of_the_page_are_in_no_journal_and_count_for_nothing(
    http: httpx.Client, heymarket_emulator: Emulator
) -> None:
    http.get(f"{PAGE}/control")
    assert len(heymarket_emulator.journal) == 0
    assert heymarket_emulator.limit.usage("default").used == 0


@pytest.mark.parametrize(
    "path",
    [
        f"{PAGE}/conversations/999",
        f"{PAGE}/conversations/99999999999999999999999",
        f"{PAGE}/contacts/999",
        f"{PAGE}/contacts/99999999999999999999999",
        f"{PAGE}/static/nothing.css",
        f"{PAGE}/static/..%2f_page.py",
        f"{PAGE}/vendor/origin.json",
        f"{PAGE}/nothing",
    ],
)
def test_what_is_not_there_is_a_404(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 404


def test_a_mistyped_screen_shows_a_screen(http: httpx.Client) -> None:
    response = http.get(f"{PAGE}/contract")
    assert response.headers["Content-Type"].startswith("text/html")
    assert "There is no such screen." in response.text


@pytest.mark.parametrize("path", [*SCREENS[:-1], f"{PAGE}/conversations?new=1"])
def test_every_form_knows_the_way_back(http: httpx.Client, path: str) -> None:
    forms = re.findall(r'<form[^>]* method="post".*?</form>', http.get(path).text, re.DOTALL)
    for form in forms:
        (back,) = re.findall(r'name="back" value="([^"]*)"', form)
        assert back.startswith(path.partition("?")[0]), form


@pytest.mark.parametrize(
    "path",
    [
        f"{PAGE}/conversations?before=yesterday",
        f"{PAGE}/conversations/601?before=%00",
        f"{PAGE}/contacts?after=-1",
        f"{PAGE}/contacts?after=99999999999999999999",
        f"{PAGE}/contacts?after=²",
        f"{PAGE}/contacts?q=%F0%9F%99%82%00%27",
        f"{PAGE}/contacts?q=99999999999999999999999999",
        f"{PAGE}/journal/none?status=x&operation=%22",
        f"{PAGE}/journal?notice=none",
    ],
)
def test_odd_queries_get_a_response(http: httpx.Client, path: str) -> None:
    assert http.get(path).status_code == 200


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("reply", {}),
        ("reply", {"phone": "15555550100", "text": "x", "late": "soon"}),
        ("reply", {"phone": "15555550100", "text": "x", "late": "nan"}),
        ("reply", {"phone": "15555550100", "text": "x", "inbox_id": "999"}),
        ("reply", {"phone": "15555550100", "text": "x", "inbox_id": "9" * 40}),
        ("contacts/999/standing", {"to": "blocked"}),
        ("contacts/501/standing", {"to": "nowhere"}),
        ("faults", {"action": "none"}),
        ("faults", {"action": "status", "status": "200"}),
        ("faults", {"action": "status", "count": "-1"}),
        ("faults", {"action": "delay", "seconds": "nan"}),
        ("faults/preset", {}),
        ("webhooks", {"url": "ftp://example.com"}),
        ("webhooks/999/remove", {}),
        ("deliveries/999/repeat", {}),
        ("clock", {"advance": "-1"}),
        ("clock", {"advance": "inf"}),
        ("limit", {"limit": "0"}),
        ("snapshots/999/restore", {}),
    ],
)
def test_a_form_that_makes_no_sense_leads_back_with_a_reason(
    http: httpx.Client, path: str, form: dict[str, str]
) -> None:
    response = http.post(f"{PAGE}/{path}", data={"back": f"{PAGE}/control", **form}, follow_redirects=True)
    assert response.status_code == 200
    assert response.url.path == f"{PAGE}/control"
    assert 'class="notice wrong"' in response.text
    # Once it was read it is gone.
    assert "notice wrong" not in http.get(str(response.url)).text


@pytest.mark.parametrize("back", ["https://example.com/", "//example.com/", "/\\example.com", "javascript:alert(1)"])
def test_a_form_leads_nowhere_else(http: httpx.Client, back: str) -> None:
    response = http.post(f"{PAGE}/reply", data={"back": back})
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/?notice=")


def test_another_origin_moves_nothing(http: httpx.Client, heymarket_emulator: Emulator) -> None:
    response = http.post(f"{PAGE}/clock", data={"do": "freeze"}, headers={"Origin": "https://example.com"})
    assert response.status_code == 403
    assert not heymarket_emulator.clock.frozen


ODD = [
    {},
    {"first": None, "last": None, "display_name": None, "phone": None, "tags": None, "custom": None},
    {"display_name": "x" * 5000, "phone": "15555550" + "9" * 300},
    {"display_name": "🙂\u202e\u0000 <b>", "custom": {"101": ["a", {"b": 1}], "999": None}, "tags": [{"a": 2}]},
    {"updated": "never", "created": 17, "assigned_user_id": "nobody", "rev": "x"},
]


@pytest.mark.parametrize("odd", ODD)
def test_odd_records_are_shown(http: httpx.Client, heymarket_emulator: Emulator, odd: dict[str, object]) -> None:
    state = heymarket_emulator.state
    contact = state.contacts.put({"uuid": "00000000-0000-4000-9000-000000000001", **odd})
    state.channels.put({"contact_id": contact["id"], "channel_type": "phone", "channel_id": "15555550191"})
    conversation = state.conversations.put(
        {"inbox": 999, "target": "15555550191", "updated": odd.get("updated", "2025-01-15T09:30:00.000000Z")}
    )
    for members in ({}, {"text": None, "media": "http://[", "date": "never"}, {"user": 999, "text": "x" * 100_000}):
        state.messages.put({"_conversation_id": conversation["id"], "date": "2025-01-15T09:30:00.000000Z", **members})
    state.schedules.put({"execute": "whenever", "meta": None, "_error": "x"})
    for path in (
        "/",
        f"{PAGE}/contacts",
        f"{PAGE}/contacts/{contact['id']}",
        f"{PAGE}/conversations",
        f"{PAGE}/conversations/{conversation['id']}",
        f"{PAGE}/control",
    ):
        assert http.get(path).status_code == 200, path


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}', b'{"phoneNumber": "x"}'])
def test_odd_calls_are_shown(http: httpx.Client, heymarket_emulator: Emulator, body: bytes) -> None:
    http.post("/v1/messages", content=body, headers={"Authorization": "Bearer e30.e30.e30"})
    http.get("/no/such%00path", params={"q": "\u202e"})
    for call in heymarket_emulator.journal:
        assert http.get(f"{PAGE}/journal/{call.request_id}").status_code == 200


def test_a_page_of_contacts_shows_as_many_anywhere(http: httpx.Client, heymarket_emulator: Emulator) -> None:
    state = heymarket_emulator.state
    with state.transaction():
        state.contacts.insert_all(
            {"id": 1000 + number, "uuid": f"00000000-0000-4000-9000-{number:012}", "display_name": f"Contact {number}"}
            for number in range(1_000)
        )

    def shown(query: str) -> list[int]:
        links = re.findall(rf'href="{PAGE}/contacts/(\d+)"', http.get(f"{PAGE}/contacts{query}").text)
        return list(dict.fromkeys(map(int, links)))

    first, later = shown(""), shown("?after=1200")
    assert first == list(range(1999, 1999 - len(first), -1))
    assert later == list(range(1199, 1199 - len(first), -1))
    assert len(first) < 200
    assert shown("?q=nobody%20at%20all") == []


def test_it_works_where_it_is_mounted_in_another_application() -> None:
    emulator = create_app()
    outer = Starlette(routes=[Mount("/heymarket", emulator)])

    async def visit() -> None:
        transport = httpx.ASGITransport(outer)
        async with httpx.AsyncClient(transport=transport, base_url="http://example.com", follow_redirects=True) as http:
            start = await http.get("/heymarket/")
            assert "HEYMARKET_BASE_URL=http://example.com/heymarket\n" in start.text
            for link in set(re.findall(r'(?:href|src)="(/[^"#]*)', start.text)):
                assert (await http.get(link)).status_code == 200, link
            form = {"phone": "15555550100", "text": "Hello"}
            response = await http.post(f"/heymarket{PAGE}/reply", data=form)
            assert response.status_code == 200
            assert response.url.path == f"/heymarket{PAGE}/conversations/601"

    asyncio.run(visit())
    emulator.close()


def test_templates_are_imported_when_the_page_is_first_asked_for() -> None:
    program = """
import sys, httpx
from heymarket.emulator import Emulator
with Emulator() as emulator:
    httpx.get(emulator.base_url + "/v1/team")
    httpx.post(emulator.base_url + "/_emulator/reset")
    assert "jinja2" not in sys.modules
    httpx.get(emulator.base_url + "/")
    assert "jinja2" in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_vendored_files_are_those_of_their_origin() -> None:
    folder = files("heymarket.emulator.ui") / "vendor"
    origin = json.loads((folder / "origin.json").read_text("utf-8"))
    assert origin["license"] == "Apache-2.0"
    ours = {"origin.json", "heymarket.cdx.json"}  # written by scripts/vendor beside them
    found = {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.iterdir() if one.name not in ours}
    assert found == origin["sha256"]
    assert sum(len(one.read_bytes()) for one in folder.iterdir()) < 1_500_000
