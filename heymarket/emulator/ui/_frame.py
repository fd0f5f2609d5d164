"""What all screens share: the frame around them, the way back after a form, and the files that they load."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit
from uuid import uuid4

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from heymarket import __version__
from heymarket.emulator.api.errors import APIErrorResponse
from heymarket.emulator.errors import EmulatorError
from heymarket.emulator.ui import _format

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from heymarket.emulator.api.rate_limit import RateLimitUsage
    from heymarket.emulator.control import Control

    View: TypeAlias = "Callable[[UI, Request], Response]"
    Action: TypeAlias = "Callable[[UI, Request, Form], tuple[str, str]]"

__all__ = ["UI", "Form", "base_url_of"]

HOME = "/_emulator/page"
"""Where the screens are, except the first one."""

_PACKAGE = "heymarket.emulator.ui"
_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_NOTICES_KEPT = 20

Form = dict[str, str]
"""The fields of a form that was sent; the last one of those that share a name."""


class UI:
    """The frame that screens are shown in.

    Args:
        control: The emulator that is shown.
    """

    def __init__(self, control: Control) -> None:
        self.control = control
        self._notices: dict[str, tuple[str, str, Form]] = {}
        self._templates = _load_templates()

    def routes(self) -> list[Route]:
        """What no screen has for itself: its files, and whether anything has changed."""
        return [
            Route(f"{HOME}/version", self._version),
            Route(f"{HOME}/static/{{name}}", partial(_file, "static")),
            Route(f"{HOME}/vendor/{{name}}", partial(_file, "vendor")),
        ]

    def nowhere(self) -> Route:
        """What responds on paths that no other route has."""
        return self.screen(f"{HOME}/{{rest:path}}", lambda ui, request: ui.missing(request, "There is no such screen."))

    def screen(self, path: str, view: View) -> Route:
        """A route that shows something.

        Args:
            path: Its path.
            view: What makes it.
        """

        async def show(request: Request) -> Response:
            # Before anything is looked up, so that what changes meanwhile is seen as a change.
            request.state.seen = self.version()
            return view(self, request)

        return Route(path, show)

    def action(self, path: str, act: Action) -> Route:
        """A route that takes a form, does something and goes on to a screen, which says how it went.

        Args:
            path: Its path.
            act: Does it, and gives the path to go on to and what to say there.
        """

        async def do(request: Request) -> Response:
            form = dict(parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True))
            try:
                # In a thread, because moving the clock waits for deliveries.
                path, notice = await run_in_threadpool(act, self, request, form)
                kind = "done"
            except (EmulatorError, APIErrorResponse) as error:
                path = form.get("back", "/")
                notice, kind = getattr(error, "reason", str(error)), "wrong"
            except OverflowError:
                path, notice, kind = form.get("back", "/"), "A number is too large.", "wrong"
            # What was refused is filled in again, to be fixed.
            return self._on_to(request, path, notice, kind, form if kind == "wrong" else {})

        return Route(path, do, methods=["POST"])

    def show(self, request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """A screen.

        Args:
            request: The request for it.
            template: Its template.
            status: The HTTP status.
            values: What the template needs.
        """
        root = root_of(request)
        notice = self._notices.pop(request.query_params.get("notice", ""), None)
        html = self._templates.get_template(template).render(
            root=root,
            home=root + HOME,
            here=request.url.path.removeprefix(root),
            back=request.url.path.removeprefix(root) + (f"?{request.url.query}" if request.url.query else ""),
            notice=notice,
            sent=notice[2] if notice else {},
            version=__version__,
            team_name="" if self.control.name == "default" else self.control.name,
            clock=self.control.clock,
            clock_ahead=round(self.control.clock.ahead),
            now=_format.moment(self.control.clock.time()),
            limit=self.limit(),
            faults_set=sum(not one.is_used_up for one in self.control.faults),
            seen=request.state.seen,
            **values,
        )
        return HTMLResponse(html, status, {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"})

    def missing(self, request: Request, what: str) -> HTMLResponse:
        """A screen that says that something isn't there (any more).

        Args:
            request: The request for it.
            what: What isn't there.
        """
        return self.show(request, "missing.html", status=404, what=what)

    def limit(self) -> dict[str, Any]:
        """The limit, and what each credential that called has used of it; the one that used most first."""
        limit = self.control.limit
        usage = [
            {"name": name, "used": one.used, "wait": one.free_again}
            for name, one in sorted(self._usage(), key=lambda pair: -pair[1].used)
        ]
        busiest = usage[0] if usage else {"name": "any", "used": 0}
        return {"limit": limit.limit, "per": limit.per, "usage": usage, "busiest": busiest}

    def version(self) -> str:
        """A string that changes as soon as a screen would look different."""
        control = self.control
        seen = (
            control.state.version,
            control.state.epoch,
            control.journal.changes,
            [(one.id, one.played) for one in control.faults],
            [(name, one.used, one.used >= one.limit and int(one.free_again)) for name, one in self._usage()],
            (control.limit.limit, control.limit.per),
            (control.clock.frozen, int(control.clock.time() // 60)),
            control.webhooks,
            control.snapshots.ids(),
        )
        return hashlib.blake2s(repr(seen).encode(), digest_size=8).hexdigest()

    def _usage(self) -> list[tuple[str, RateLimitUsage]]:
        found = [(name, self.control.limit.usage(name)) for name in self.control.credentials]
        return [(name, usage) for name, usage in found if usage.used]

    async def _version(self, _: Request) -> Response:
        return JSONResponse({"version": self.version()}, headers={"Cache-Control": "no-store"})

    def _on_to(self, request: Request, path: str, notice: str, kind: str, sent: Form) -> Response:
        if not path.startswith("/") or path.startswith(("//", "/\\")):
            path = "/"
        parts = urlsplit(path)
        words = [(name, value) for name, value in parse_qsl(parts.query) if name != "notice"]
        if notice:
            key = uuid4().hex
            self._notices[key] = (kind, notice, sent)
            while len(self._notices) > _NOTICES_KEPT:
                del self._notices[next(iter(self._notices))]
            words.append(("notice", key))
        return RedirectResponse(
            root_of(request) + urlunsplit(("", "", parts.path, urlencode(words), parts.fragment)), 303
        )


@cache
def _load_templates() -> Environment:
    """The templates, once for all teams."""
    # Whatever the records hold is text: autoescape makes it so, in every template.
    templates = Environment(
        loader=PackageLoader(_PACKAGE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters.update(_format.FILTERS)
    return templates


def root_of(request: Request) -> str:
    """The prefix of all paths, where the emulator is mounted in another application."""
    root: str = request.scope.get("root_path", "")
    return root


def base_url_of(request: Request) -> str:
    """Where the emulator is, as the browser sees it."""
    return f"{request.url.scheme}://{request.url.netloc}{root_of(request)}"


async def _file(folder: str, request: Request) -> Response:
    name = request.path_params["name"]
    found = files(_PACKAGE).joinpath(folder, name)
    kind = name.removesuffix(".gz").rpartition(".")[2]
    if kind not in _TYPES or not found.is_file():
        return Response(status_code=404)
    headers = {"Cache-Control": "no-cache", "Content-Type": f"{_TYPES[kind]}; charset=utf-8"}
    if name.endswith(".gz"):
        headers["Content-Encoding"] = "gzip"
    return Response(found.read_bytes(), headers=headers)
