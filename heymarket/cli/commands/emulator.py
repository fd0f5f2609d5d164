"""`heymarket emulator`: a local Heymarket, until Ctrl-C."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

if TYPE_CHECKING:
    from heymarket.emulator import Emulator, EmulatorTeam

__all__ = ["emulator"]


def emulator(
    *,
    host: Annotated[str, Parameter(help="Address to listen on. Default: 127.0.0.1, this machine only.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Port to listen on; 0 for a free one. Default: 8010.")] = 8010,
    limit: Annotated[int, Parameter(help="Requests per credential and window. Default: 500.")] = 500,
    per: Annotated[float, Parameter(help="Length of the window in seconds. Default: 60.")] = 60.0,
    state: Annotated[
        str, Parameter(metavar="FILE", help="File for the state, created if missing. Default: in memory.")
    ] = ":memory:",
    seed: Annotated[
        str | None,
        Parameter(metavar="FILE", help="YAML or JSON file with the initial data. Default: examples."),
    ] = None,
    webhook: Annotated[
        tuple[str, ...],
        Parameter(metavar="URL", help="URL to deliver events to; may be repeated. Default: none.", negative=""),
    ] = (),
    webhook_token: Annotated[
        str | None,
        Parameter(metavar="TOKEN", help="Token of the deliveries. Default: a made-up one, which is printed."),
    ] = None,
    strict: Annotated[
        bool, Parameter(negative="", help="Refuse empty values, such as null, that otherwise count as not given.")
    ] = False,
    allow_host: Annotated[
        tuple[str, ...],
        Parameter(metavar="NAME", help="Host name to answer to besides this machine's; may be repeated.", negative=""),
    ] = (),
    tls: Annotated[
        bool,
        Parameter(negative="", help="Speak https too, with a new certificate, and be a proxy for https."),
    ] = False,
    team: Annotated[
        tuple[str, ...],
        Parameter(
            metavar="NAME[=SEED]", help="Another team, with credentials of its own; may be repeated.", negative=""
        ),
    ] = (),
    profile: Annotated[
        Path | None,
        Parameter(metavar="FILE", help="A report of heymarket calibrate: respond as the service that it is about."),
    ] = None,
) -> None:
    """Run a local Heymarket until Ctrl-C.

    On a terminal, it prints how to use it, then each request and why it was refused. Otherwise, it prints only the
    settings, as KEY=value lines, as soon as it listens.
    """
    from heymarket.emulator import EmulatorError, Webhook, serve

    if webhook_token is not None and not webhook:
        raise EmulatorError("--webhook-token needs --webhook, the URL to deliver events to.")
    token = {} if webhook_token is None else {"token": webhook_token}
    receivers = [Webhook(url, **token, id=id_) for id_, url in enumerate(webhook, 91)]
    if seed is not None and Path(state).exists():
        print(f"{state} exists and is used as it is; the seed applies at the next reset.", file=sys.stderr)
    interactive = sys.stdout.isatty()
    on_ready = _introduce if interactive else _print_settings
    if sys.stderr.isatty():
        _show_requests()
    serve(
        host,
        port,
        limit=limit,
        per=per,
        state=state,
        seed=seed,
        webhook=receivers,
        strict=strict,
        allow_hosts=allow_host,
        tls=tls,
        teams=_read_teams(team),
        profile=profile,
        on_ready=on_ready,
    )
    if interactive:
        print("\nStopped.")


def _read_teams(options: tuple[str, ...]) -> dict[str, str | None]:
    """The teams that were named, each with its seed if it has one."""
    from heymarket.emulator import EmulatorError

    teams = {name: seed or None for name, _, seed in (option.partition("=") for option in options)}
    if len(teams) < len(options):
        raise EmulatorError("--team names a team twice.")
    return teams


def _print_settings(emulator: Emulator) -> None:
    lines = [f"{name}={value}" for name, value in _settings(emulator).items()]
    for name, team in emulator.teams.items():
        # Under other names, because a program that reads them all has to find one credential.
        prefix = name.upper().replace("-", "_")
        lines += [f"{prefix}_{variable}={value}" for variable, value in _sign_in(team).items()]
    print(*lines, sep="\n", flush=True)


def _settings(emulator: Emulator) -> dict[str, str]:
    """The environment of a program, with the token of the deliveries if it is a made-up one."""
    from heymarket.emulator.webhooks.records import TOKEN

    is_made_up = any(webhook.token == TOKEN for webhook in emulator.webhooks)
    return {**emulator.environment, **({"HEYMARKET_WEBHOOK_TOKEN": TOKEN} if is_made_up else {})}


def _sign_in(team: EmulatorTeam) -> dict[str, str]:
    """The environment of a team, without what it shares with the others."""
    names = ("HEYMARKET_SECRET_ID", "HEYMARKET_SECRET_KEY", "HEYMARKET_TEAM_KEY")
    return {name: team.environment[name] for name in names}


def _show_requests() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s  %(message)s", "%H:%M:%S"))
    logger = logging.getLogger("heymarket.emulator")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def _introduce(emulator: Emulator) -> None:
    from heymarket.cli.example_calls import find_example_call
    from heymarket.cli.tables import print_grid

    print(f"A local Heymarket listens at {emulator.base_url}. Ctrl-C stops it.")
    print("Open that address in a browser to see its data, and to reply as a contact.\n")
    # Another seed, or a state file, may have none of them.
    there = [one for one in emulator.examples.values() if emulator.state.contacts.first(uuid=one.contact_id)]
    if there:
        print("Contacts to try:\n")
        print_grid([contact.contact_id, contact.about] for contact in there)
        print()
    print("To use it, paste this into another terminal:\n")
    for name, value in _settings(emulator).items():
        print(f"export {name}={value}")
    if (example := find_example_call()) and emulator.examples["phone"] in there:
        print(example.command)
    for name, team in emulator.teams.items():
        print(f"\nFor the team {name}, replace the credentials:\n")
        for variable, value in _sign_in(team).items():
            print(f"export {variable}={value}")
    if emulator.ca_file is not None:
        _introduce_tls(emulator)
    print(flush=True)


def _introduce_tls(emulator: Emulator) -> None:
    print(f"\nIt speaks http and https there. Its CA certificate, until it stops: {emulator.ca_file}")
    print("OpenSSL, curl and Node find it by the last three variables above; docs/emulator.md has Java and .NET.")
    print("A program that knows https://api.heymarket.com only needs them, and this:\n")
    print(f"export HTTPS_PROXY={emulator.proxy}")
    print("export NODE_USE_ENV_PROXY=1   # Node 24 and later")
