"""All commands in one place, and what becomes of their errors."""

from __future__ import annotations

import re

from cyclopts import App, CycloptsError, Parameter

from heymarket import __version__, errors
from heymarket.cli.commands.doctor import doctor
from heymarket.cli.commands.emulator import emulator
from heymarket.cli.commands.operations import resources
from heymarket.cli.commands.token import token
from heymarket.cli.errors import explain

__all__ = ["run"]

_HELP = "Heymarket on the command line."
_EPILOGUE = """\
Credentials come from HEYMARKET_SECRET_ID and HEYMARKET_SECRET_KEY, or from a profile; never from options.

Exit codes: 0 success; 1 refused by the service, no usable answer, or a problem found; 2 wrong usage or \
configuration, nothing was sent; 4 nothing is there (404); 130 interrupted.
"""
_CODE = re.compile(r"(?!.*\d{5})[A-Za-z][\w.-]{0,63}", re.ASCII)


def run(argv: list[str]) -> tuple[int, str]:
    """Run one command; gives its exit code, and the problem if there is one to tell.

    Args:
        argv: What stands behind the program's name.
    """
    try:
        code: int | None = _app(argv[0] if argv else "")(argv)
    except CycloptsError as error:
        return 2, explain(error)
    except errors.APIError as error:
        return 4 if isinstance(error, errors.NotFoundError) else 1, f"{error}{_service_code(error)}"
    except errors.HeymarketError as error:
        return 2, str(error)
    return code or 0, ""


def _app(chosen: str) -> App:
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
    for command in (emulator, token, doctor):
        app.command(command, help_epilogue="", version_flags=())
    for resource in resources(chosen):
        app.command(resource)
    return app


def _service_code(error: errors.APIError) -> str:
    # The service writes it, so it may be anything; shown if it looks like an identifier, and not like a phone number.
    code = error.code if isinstance(error, errors.APIStatusError) else None
    return f" Code: {code}." if code and _CODE.fullmatch(code) else ""
