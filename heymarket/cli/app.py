"""The app: all commands together, run to an exit code and an error message."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING, Any

from cyclopts import App, CycloptsError, Parameter

from heymarket import APIError, HeymarketError, __version__
from heymarket.cli.errors import explain
from heymarket.cli.output import join_lines, list_details

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["run"]

_COMMANDS = {
    "api": "raw_call:api",
    "calibrate": "calibrate:calibrate",
    "doctor": "doctor:doctor",
    "emulator": "emulator:emulator",
    "init": "init:init",
    "login": "login:login",
    "logout": "login:logout",
    "send": "send:send",
    "token": "token:token",
}
"""The module in `heymarket.cli.commands` and the function of each command. A run loads only what it needs."""

_COMPLETION = "--install-completion"
_COMPLETE = "__complete"
_HELP = "Heymarket on the command line."
_EPILOGUE = """\
Credentials come from HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY, or from a profile; never from options.

Exit codes: 0 success; 1 refused by the service, no usable response, or a problem found; 2 wrong usage or \
configuration, nothing was sent; 4 not found (404); 130 interrupted.
"""


def run(argv: list[str]) -> tuple[int, str]:
    """Run one command; return its exit code, and an error message if there is an error.

    Args:
        argv: The arguments after the program's name.
    """
    try:
        code: int | None = _make_app(argv)(argv)
    except (CycloptsError, HeymarketError) as error:
        code, problem = explain(error)
        details = f"\n{list_details(error)}" if isinstance(error, APIError) and "--verbose" in argv else ""
        return code, f"{problem}{details}"
    return code or 0, ""


def _make_app(argv: list[str]) -> App:
    words = argv[1:] if argv[:1] == [_COMPLETE] else argv  # as a shell asks for what is being typed
    chosen = words[0] if words else ""
    app = App(
        name="heymarket",
        version=f"heymarket {__version__}",
        help=_HELP,
        help_epilogue=_EPILOGUE,
        help_format="plaintext",
        default_parameter=Parameter(negative_iterable=(), show_default=False),
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
        result_action="return_value",
    )
    for name in [chosen] if chosen in _COMMANDS else _COMMANDS:
        module, _, function = _COMMANDS[name].partition(":")
        _add(app, getattr(import_module(f"heymarket.cli.commands.{module}"), function))
    if chosen not in _COMMANDS:
        _add_groups(app, chosen)
    app.register_install_completion_command(  # pyright: ignore[reportUnknownMemberType] - untyped there
        _COMPLETION, help="Install completion for this shell, and exit."
    )
    return app


def _add_groups(app: App, chosen: str) -> None:
    """Add the commands that have commands of their own: files and profiles, and each resource."""
    from heymarket.cli.commands.cassettes import make_cassettes_app
    from heymarket.cli.commands.export import make_export_app
    from heymarket.cli.commands.import_contacts import make_import_app
    from heymarket.cli.commands.listen import listen
    from heymarket.cli.commands.login import make_profiles_app
    from heymarket.cli.commands.operations import make_resource_apps
    from heymarket.cli.commands.watch import watch

    app.command(make_cassettes_app())
    app.command(make_profiles_app())
    app.command(make_import_app())
    app.command(make_export_app(chosen))
    for resource in make_resource_apps(None if chosen == _COMPLETION else chosen):
        app.command(resource)
    among_resources: dict[str, Callable[..., Any]] = {"conversations": watch, "webhooks": listen}
    for name, command in among_resources.items():
        if name not in app:
            app.command(App(name=name, help="Webhooks, received on this machine.", help_epilogue="", version_flags=()))
        _add(app[name], command)


def _add(app: App, command: Callable[..., Any]) -> None:
    about, _, _ = (inspect.getdoc(command) or "").partition("\n\nArgs:")
    app.command(command, help=join_lines(about), help_epilogue="", version_flags=())
