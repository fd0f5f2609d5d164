"""Several teams in one emulator: two see nothing of each other, and a thousand cost what they hold."""

from __future__ import annotations

import asyncio
import json
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from heymarket import (
    AuthenticationError,
    Heymarket,
    InternalServerError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)
from heymarket.emulator import Emulator, EmulatorApp, EmulatorError, EmulatorTeam, create_app
from heymarket.testing import WebhookReceiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEXT: dict[str, Any] = {"inbox_id": 31, "creator_id": 21, "phone_number": "15555550100", "text": "Your table is ready."}


@pytest.fixture(scope="module")
def server() -> Iterator[Emulator]:
    with Emulator(teams=["north", "south"]) as emulator:
        yield emulator


@pytest.fixture
def emulator(server: Emulator) -> Emulator:
    for team in (server, *server.teams.values()):
        team.reset()
    return server


@pytest.fixture
def north(emulator: Emulator) -> EmulatorTeam:
    return emulator.teams["north"]


@pytest.fixture
def south(emulator: Emulator) -> EmulatorTeam:
    return emulator.teams["south"]


def client(team: Emulator | EmulatorTeam, max_retries: int = 0) -> Heymarket:
    return Heymarket(**team.settings, max_retries=max_retries, quota=None)


def texts(hm: Heymarket) -> list[object]:
    return [one.text for one in hm.messages.history(phone_number="15555550100", inbox_id=31)]


def admin(team: str, path: str) -> str:
    return f"/_emulator/teams/{team}/_emulator/{path}"


def test_credentials_are_made_from_the_name(north: EmulatorTeam, emulator: Emulator) -> None:
    assert north.settings == {
        "base_url": emulator.base_url,
        "secret_id": "EmulatorSecretIdOfNorth",
        "secret_key": "EmulatorSecretKeyOfNorth",
    }
    assert north.environment["HEYMARKET_TEAM_KEY"] == north.api_key == "EmulatorTeamKeyOfNorth"
    assert north.denied.secret_id == "EmulatorSecretIdOfNorthDenied"
    assert north.credentials == emulator.credentials
    assert north.name == "north"


def test_a_team_sees_nothing_of_what_another_holds(
    north: EmulatorTeam, south: EmulatorTeam, emulator: Emulator
) -> None:
    with client(north) as hm, client(south) as other, client(emulator) as default:
        hm.messages.send(**TEXT)
        hm.contact_channels.delete(north.examples["phone"].contact_id, "phone")

        assert "Your table is ready." in texts(hm)
        assert "Your table is ready." not in texts(other) + texts(default)
        assert other.contact_channels.get(south.examples["phone"].contact_id, "phone").channel_id == "15555550100"
        with pytest.raises(NotFoundError):
            hm.contact_channels.get(north.examples["phone"].contact_id, "phone")


def test_a_team_has_a_journal_of_its_own(north: EmulatorTeam, south: EmulatorTeam, emulator: Emulator) -> None:
    with client(north) as hm:
        hm.messages.send(**TEXT)

    assert [(call.operation, call.credential) for call in north.journal] == [("messages.send", "default")]
    assert len(south.journal) == len(emulator.journal) == 0
    north.verify("messages.send", phone_number="15555550100")
    south.verify("messages.send", times=0)


def test_a_team_has_a_limit_of_its_own(north: EmulatorTeam, south: EmulatorTeam, emulator: Emulator) -> None:
    north.limit.set(2, 60)
    with client(north) as hm, client(south) as other, client(emulator) as default:
        for _ in range(2):
            hm.team.get()
        with pytest.raises(RateLimitError):
            hm.team.get()
        for _ in range(3):
            other.team.get()
            default.team.get()

    assert (north.limit.usage("default").used, south.limit.usage("default").used) == (2, 3)
    assert south.limit.limit == 500


def test_faults_and_clock_are_those_of_a_team(north: EmulatorTeam, south: EmulatorTeam, emulator: Emulator) -> None:
    north.fail_next(503)
    north.clock.freeze()
    with client(north) as hm, client(south) as other, client(emulator) as default:
        other.team.get()
        default.team.get()
        with pytest.raises(InternalServerError):
            hm.team.get()

    assert (north.clock.frozen, south.clock.frozen, emulator.clock.frozen) == (True, False, False)


def test_settings_of_a_team_are_its_own(north: EmulatorTeam, south: EmulatorTeam) -> None:
    north.change_team_settings(opt_out_closes_chats=True)

    assert north.team_settings.opt_out_closes_chats
    assert not south.team_settings.opt_out_closes_chats


def test_events_go_to_the_webhook_of_their_team(north: EmulatorTeam, south: EmulatorTeam) -> None:
    with WebhookReceiver() as of_north, WebhookReceiver() as of_south:
        north.set_webhook(of_north.url, of_north.token)
        south.set_webhook(of_south.url, of_south.token)
        south.reply("15555550100", "From the south.")
        north.reply("15555550100", "From the north.")
        for team in (north, south):
            team.settle()
        told = [
            [json.loads(one.body)["event_data"]["text"] for one in each.deliveries] for each in (of_north, of_south)
        ]

    assert told == [["From the north."], ["From the south."]]


def test_a_reset_leaves_the_other_teams(north: EmulatorTeam, south: EmulatorTeam, emulator: Emulator) -> None:
    for team in (north, south, emulator):
        with client(team) as hm:
            hm.messages.send(**TEXT)
    taken = south.snapshot()
    north.reset()

    assert (len(north.journal), len(south.journal), len(emulator.journal)) == (0, 1, 1)
    with client(north) as hm, client(south) as other:
        assert "Your table is ready." not in texts(hm)
        assert "Your table is ready." in texts(other)
        south.reset()
        assert "Your table is ready." not in texts(other)
        south.restore(taken)
        assert "Your table is ready." in texts(other)
    assert taken not in north.snapshots.ids()


def test_a_light_client_for_each_team(north: EmulatorTeam, south: EmulatorTeam, emulator: Emulator) -> None:
    with client(emulator) as hm:
        of_north = hm.with_credentials(north.secret_id, north.secret_key)
        of_south = hm.with_credentials(api_key=south.api_key)
        of_north.messages.send(**TEXT)
        of_south.team.get()

    assert [[call.credential for call in team.journal] for team in (north, south)] == [["default"], ["legacy"]]
    assert len(emulator.journal) == 0


@pytest.mark.parametrize(
    "authorization", [None, "", "Bearer", "Bearer planted", "Bearer EmulatorTeamKeyOfNowhere", "Bearer e30.W10.x"]
)
def test_who_is_unknown_is_refused_by_the_default_team(
    authorization: str | None, north: EmulatorTeam, emulator: Emulator
) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}

    assert httpx.get(f"{emulator.base_url}/v1/team", headers=headers).status_code == 401
    assert (len(emulator.journal), len(north.journal)) == (1, 0)


def test_a_token_with_the_wrong_key_is_refused_by_the_team_that_it_names(
    north: EmulatorTeam, emulator: Emulator
) -> None:
    with Heymarket(north.secret_id, emulator.secret_key, base_url=emulator.base_url) as hm:
        with pytest.raises(AuthenticationError):
            hm.team.get()

    assert len(emulator.journal) == 0
    assert "signature" in str(north.journal[0].refused)


def test_the_denied_secret_of_a_team(north: EmulatorTeam, emulator: Emulator) -> None:
    with Heymarket(north.denied.secret_id, north.denied.secret_key, base_url=emulator.base_url) as hm:
        with pytest.raises(PermissionDeniedError):
            hm.team.get()

    assert north.journal[0].status == 403


def test_all_of_a_team_is_below_its_address(north: EmulatorTeam, south: EmulatorTeam, emulator: Emulator) -> None:
    with httpx.Client(base_url=emulator.base_url) as http:
        index = http.get("/_emulator").json()
        assert index["teams"]["north"] == {
            "url": f"{emulator.base_url}/_emulator/teams/north/",
            "secret_id": north.secret_id,
            "secret_key": north.secret_key,
            "team_key": north.api_key,
        }
        assert http.get("/_emulator/teams").json() == {"teams": index["teams"]}
        of_north = http.get("/_emulator/teams/north/_emulator").json()
        assert of_north["teams"] == {}
        assert of_north["links"]["GET /_emulator/faults"] == emulator.base_url + admin("north", "faults")

        http.post(admin("north", "faults"), json={"action": "status"}).raise_for_status()
        http.put(admin("south", "webhook"), json={"url": "http://127.0.0.1:9/events"}).raise_for_status()
        assert (len(north.faults), len(south.faults), len(emulator.faults)) == (1, 0, 0)
        assert (north.webhook, emulator.webhook) == (None, None)
        assert south.webhook is not None
        assert http.post(admin("north", "reset")).status_code == 204
        assert (len(north.faults), south.webhook is not None) == (0, True)
        called = http.get("/_emulator/teams/north/v1/team", headers={"Authorization": f"Bearer {north.api_key}"})
        assert called.json()["id"] == 7
        assert http.get(admin("nobody", "faults")).status_code == 404


def test_the_page_of_each_team_has_its_own_records_and_links(north: EmulatorTeam, emulator: Emulator) -> None:
    with httpx.Client(base_url=emulator.base_url, follow_redirects=True) as http:
        assert 'href="/_emulator/teams/north/"' in http.get("/").text
        page = http.get("/_emulator/teams/north").text
        assert "<title>Start · north · Heymarket emulator</title>" in page
        assert north.secret_key in page
        assert emulator.secret_key not in page
        assert 'href="/_emulator/teams/north/_emulator/page/contacts"' in page

        done = http.post("/_emulator/teams/north/_emulator/page/faults/preset", data={"preset": "503"})
        assert done.url.path.startswith("/_emulator/teams/north/")
        http.post("/_emulator/teams/north/_emulator/page/limit", data={"limit": "7", "per": "60", "back": "/"})
        assert (north.limit.limit, emulator.limit.limit) == (7, 500)
        foreign = {"Origin": "https://planted.example"}
        assert http.post(admin("north", "reset"), headers=foreign).status_code == 403
    assert north.secret_key not in httpx.get(emulator.base_url).text


def test_teams_are_added_over_the_admin_api() -> None:
    with Emulator() as emulator, httpx.Client(base_url=emulator.base_url) as http:
        added = http.post("/_emulator/teams", json={"name": "east", "seed": {"team": {"id": 8, "name": "East"}}})
        assert added.status_code == 201
        with Heymarket(added.json()["secret_id"], added.json()["secret_key"], base_url=emulator.base_url) as hm:
            assert hm.team.get().name == "East"
        for refused in (
            {"name": "east"},
            {"name": "default"},
            {"name": "East"},
            {"name": "../east"},
            {"name": ""},
            {"name": 7},
            {"name": "west", "seed": "seed.yaml"},
            {"name": "west", "seed": {"inboxes": [{"members": [99]}]}},
            {},
        ):
            assert http.post("/_emulator/teams", json=refused).status_code == 400, refused
        assert http.post(admin("east", "teams"), json={"name": "west"}).status_code == 400
        assert list(emulator.teams) == ["east"]


def test_a_team_may_have_a_seed_of_its_own(tmp_path: Path) -> None:
    seed = tmp_path / "south.json"
    seed.write_text(json.dumps({"team": {"id": 9, "name": "South"}}))
    with Emulator(seed={"team": {"id": 8, "name": "All"}}, teams={"north": None, "south": seed}) as emulator:
        names = []
        for team in (emulator, emulator.teams["north"], emulator.teams["south"]):
            with client(team) as hm:
                names.append(hm.team.get().name)
            team.reset()
    assert names == ["All", "All", "South"]


@pytest.mark.parametrize(
    "teams", ["north", ["North"], ["a", "a"], ["default"], [""], ["-a"], ["a" * 41], {"a": {"x": 1}}]
)
def test_teams_that_cannot_be_are_refused_at_the_start(teams: Any) -> None:
    before = threading.active_count()
    with pytest.raises(EmulatorError), Emulator(teams=teams):
        pytest.fail("it started")
    assert threading.active_count() <= before


def test_a_state_file_for_each_team(tmp_path: Path) -> None:
    for count in (1, 2):
        with Emulator(state=tmp_path / "state.db", teams=["north", "south"]) as emulator:
            with client(emulator.teams["north"]) as hm:
                hm.messages.send(**TEXT)
                assert texts(hm).count("Your table is ready.") == count

    assert sorted(path.name for path in tmp_path.iterdir()) == ["state.db", "state.north.db"]


def test_what_is_due_at_a_restart_is_done_without_a_call(tmp_path: Path) -> None:
    with Emulator(state=tmp_path / "state.db", teams=["north"]) as emulator:
        emulator.teams["north"].set_webhook("http://127.0.0.1:9/")
        emulator.teams["north"].reply("15555550100", "Hello?")
    with WebhookReceiver() as receiver, Emulator(state=tmp_path / "state.db", teams=["north"]) as emulator:
        emulator.teams["north"].set_webhook(receiver.url, receiver.token)
        emulator.teams["north"].advance(60)
        receiver.wait(1, of_type="message_recieved")


def test_a_team_is_gone_with_the_emulator() -> None:
    with Emulator(teams=["north", "south"]) as emulator:
        north, south = emulator.teams["north"], emulator.teams["south"]
        with client(north) as hm:
            hm.team.get()

    assert len(north.journal) == 1
    with pytest.raises(EmulatorError, match="not running"):
        _ = north.settings
    with pytest.raises(EmulatorError, match="not running"):
        south.reset()


async def call_each(app: EmulatorApp, keys: list[str]) -> set[int]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://emulator") as http:
        return {(await http.get("/v1/team", headers={"Authorization": f"Bearer {key}"})).status_code for key in keys}


def test_a_thousand_teams_cost_what_they_hold() -> None:
    app = create_app(teams=[f"team-{number}" for number in range(1000)])
    threads = threading.active_count()
    try:
        assert not any(team.is_made for team in app.teams.values())

        called = [app.teams[f"team-{number}"] for number in range(0, 1000, 50)]
        assert asyncio.run(call_each(app, [team.api_key for team in called])) == {200}
        assert [team for team in app.teams.values() if team.is_made] == called
        assert {len(team.journal) for team in called} == {1}
        assert {team.state.pristine for team in called} == {app.state.pristine}
        assert app.state.pristine is not None
        assert app.state.pristine.size < 100_000
        assert threading.active_count() == threads
    finally:
        app.close()


def test_of_many_threads_one_adds_a_team() -> None:
    app = create_app()
    refused: list[EmulatorError] = []

    def add() -> None:
        try:
            app.add_team("north", {"team": {"id": 8}})
        except EmulatorError as error:
            refused.append(error)

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    app.close()

    assert len(refused) == 7


def test_many_threads_make_a_team_once() -> None:
    app = create_app(teams=["north"])
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(app.teams["north"].state)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    app.close()

    assert len(found) == 8
    assert len(set(map(id, found))) == 1
