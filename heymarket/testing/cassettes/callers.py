"""The line of a program that made a request, seen from where the request is sent."""

from __future__ import annotations

import asyncio
import inspect
import linecache
import os
import re
import sys
import sysconfig
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heymarket._redaction import mask_numbers

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

_LIBRARIES = tuple(
    f"{folder}{os.sep}"
    for folder in (
        sysconfig.get_path("stdlib"),
        *(sys.modules[name].__path__[0] for name in ("heymarket", "heymarket_openapi")),  # a checkout's
    )
)
_INSTALLED = {"site-packages", "dist-packages"}
_DEEPEST = 20
"""Frames that a coroutine remembers of where it was made; the client's own are among them."""


@contextmanager
def remember_callers() -> Generator[None]:
    """Have coroutines remember where they were made: in a task, no frame of the program is left."""
    usual = sys.get_coroutine_origin_tracking_depth()
    sys.set_coroutine_origin_tracking_depth(max(usual, _DEEPEST))
    try:
        yield
    finally:
        sys.set_coroutine_origin_tracking_depth(usual)


def find_caller() -> str:
    """File, line and code of the program that is calling the client; of a thread that has none, its name."""
    for file, line, function in (*_list_frames(), *_list_origin()):
        path = Path(file)
        if not file.startswith(("<", *_LIBRARIES)) and _INSTALLED.isdisjoint(path.parts):
            shown = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
            return f"{shown}:{line}, in {function}: {mask_numbers(linecache.getline(file, line).strip())}"
    return f"a thread, {re.sub(r'[-_0-9]+$', '', threading.current_thread().name)}"


def _list_frames() -> Iterator[tuple[str, int, str]]:
    """The frames up to the event loop; what started the loop made no request."""
    frame = inspect.currentframe()
    while frame and frame.f_globals.get("__name__") != "asyncio.events":
        yield frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name
        frame = frame.f_back


def _list_origin() -> Iterator[tuple[str, int, str]]:
    try:
        coroutine: Any = getattr(asyncio.current_task(), "get_coro", lambda: None)()
    except RuntimeError:  # no event loop
        return
    yield from getattr(coroutine, "cr_origin", None) or ()
