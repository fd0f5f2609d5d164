"""A cassette as a `with` block: recording or replaying, and what ends it with an error."""

from __future__ import annotations

import os
import re
import unicodedata
import warnings
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from unittest import mock
from urllib.parse import unquote

from heymarket import HeymarketDriftWarning, __version__, config
from heymarket.errors import ConfigurationError
from heymarket.testing.cassettes.callers import remember_callers
from heymarket.testing.cassettes.checks import compare_with_description, make_contract
from heymarket.testing.cassettes.errors import CassetteError
from heymarket.testing.cassettes.isolation import isolate
from heymarket.testing.cassettes.linter import problems, string_problems
from heymarket.testing.cassettes.recorder import OTHER_LIBRARIES, Recorder, vcr
from heymarket.testing.cassettes.recordings import CassetteFile, read_text, without_circumstances
from heymarket.testing.cassettes.replayer import AGAIN, Replayer
from heymarket.testing.cassettes.scrubber import EMULATOR_URL, LIVE_URL, Scrubber
from heymarket.testing.clients import open_async_client, open_client

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from types import TracebackType

    from heymarket.auth import Secret
    from heymarket.client import AsyncHeymarket, Heymarket

__all__ = ["Cassette", "CassetteError", "Record"]

Record = Literal["new", "all"]
"""Which cassettes to record: those that aren't there yet, or all."""

ValueT = TypeVar("ValueT", str, int)

USED = "HEYMARKET_CASSETTES_USED"
"""The environment variable with a file that gets the path of each cassette that is opened."""

_MOST = 20
"""Lines about one cassette that a message shows."""

_PLACEHOLDERS = {"secret_id": "replayed-secret-id", "secret_key": "replayed-secret-key"}


class Cassette:
    """A block whose calls are recorded, or replayed from the recording.

    `with` returns a `Heymarket` ready for tests, `async with` an `AsyncHeymarket`. Other clients that the block makes
    from the environment are recorded and replayed too.

    While recording, base URL and credentials come from the environment, or its profile, and the recording is kept if
    the block ends without an error. While replaying, the environment has placeholders and nothing reaches Heymarket;
    the block must make each of the recorded requests once, and no others. A request that no recording answers raises a
    `CassetteError`, and so does the end of the block, whatever the program made of the first. If the block ends with
    another error, that one gets a note.

    Args:
        path: The file of the cassette.
        record: Whether to record it: `new` if the file doesn't exist, `all` always, `None` never.
        strict: Whether a cassette that isn't as this version of the package describes the API is refused. Otherwise,
            a `HeymarketDriftWarning` says what has changed.

    Attributes:
        path: The file of the cassette.
        recording: Whether it is recorded rather than replayed.
        outcome: What happened to the file: `new`, `replaced` or `unchanged`; an empty string if nothing.
    """

    def __init__(self, path: Path, *, record: Record | None = None, strict: bool = False) -> None:
        self.path: Path = path
        self.recording: bool = record == "all" or (record == "new" and not path.exists())
        self.outcome: Literal["", "new", "replaced", "unchanged"] = ""
        self._strict = strict
        self._own: dict[str, str] = {}
        self._used = False
        self._open = ExitStack()
        self._url = ""
        self._recorder = Recorder()
        self._secrets: Mapping[str, Secret] = {}
        self._replayer: Replayer | None = None

    @property
    def refused(self) -> list[str]:
        """The requests so far that no recording answers, a message each."""
        return self._replayer.refused if self._replayer else []

    def own(self, variable: str, made_up: ValueT) -> ValueT:
        """A value of your account while recording; the made-up one while replaying, and on the cassette.

        Args:
            variable: The environment variable with your value.
            made_up: The value to replace it by: a phone number `1555555xxxx`, an email address at example.com, a UUID
                that begins with 00000000-0000-4000-8000, or a small number.

        Raises:
            ConfigurationError: While recording, the variable isn't set, or isn't a number although `made_up` is.
        """
        if not self.recording:
            return made_up
        try:
            own = type(made_up)(os.environ[variable])
        except (KeyError, ValueError):
            kind = "a whole number" if isinstance(made_up, int) else "a value"
            raise ConfigurationError(
                f"Recording needs {variable} in the environment: {kind} of your account."
            ) from None
        self._own[str(own)] = str(made_up)
        return own

    def __enter__(self) -> Heymarket:
        with self._opening():
            return self._open.enter_context(open_client(self._settings(), recording=self.recording))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()
        self._end(error)

    async def __aenter__(self) -> AsyncHeymarket:
        with self._opening():
            return self._open.enter_context(open_async_client(self._settings(), recording=self.recording))

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()
        self._end(error)

    def __repr__(self) -> str:
        return f"<Cassette {self.path.name}, {'recording' if self.recording else 'replaying'}>"

    @contextmanager
    def _opening(self) -> Generator[None]:
        if self._used:
            raise CassetteError("A cassette is for one with block. Put the calls that belong together into one.")
        self._used = True
        if other := self._find_alike():
            raise CassetteError(
                f"The cassettes {self.path.name} and {other} are one file where a file system ignores case. Rename one "
                "of the tests."
            )
        if file := os.environ.get(USED):
            with Path(file).open("a", encoding="utf-8") as used:  # of all workers of xdist
                used.write(f"{self.path.resolve()}\n")
        with ExitStack() as opening:
            self._open = opening
            if self.recording:
                self._start_recording()
            else:
                self._start_replaying()
            yield
            self._open = opening.pop_all()

    def _find_alike(self) -> str | None:
        """Another cassette whose name differs in case only, or in how its letters are composed."""
        name = _fold(self.path.name)
        there = [one.name for one in self.path.parent.iterdir()] if self.path.parent.is_dir() else []
        return next((one for one in there if one != self.path.name and _fold(one) == name), None)

    def _settings(self) -> dict[str, str]:
        return {"base_url": self._url} if self.recording else {"base_url": self._url, **_PLACEHOLDERS}

    def _start_recording(self) -> None:
        if found := [*string_problems(re.sub("[_-]", " ", self.path.stem))]:
            raise CassetteError(f"The name of the test would hold {found[0]}. Rename it.")
        settings = config.resolve()
        self._url = settings.base_url
        self._secrets = settings.credentials
        if team := self._open.enter_context(isolate(self._url, self._secrets.values())):
            self._open.enter_context(mock.patch.dict(os.environ, team))
            self._forget_others()
            self._secrets = config.resolve().credentials
        self._recorder.watch(self._intercept("all", persister=self._recorder, decode_compressed_response=True))

    def _start_replaying(self) -> None:
        if not self.path.exists():
            raise CassetteError(
                f"There is no cassette {self._name} yet. To record it, set the credentials in the environment and run "
                "the test with --heymarket-record=new."
            )
        text = read_text(self.path)
        # Before vcrpy reads it: its YAML may run code.
        if found := problems(text):
            raise CassetteError(_list_problems(f"The cassette {self._name} holds what it may not:", found))
        cassette = CassetteFile.of(text)
        self._compare(cassette)
        emulated = cassette.metadata["origin"] == "emulator"
        self._url = EMULATOR_URL if emulated else LIVE_URL
        self._replayer = Replayer(self._intercept("none", match_on=("heymarket",)), self._name, emulated=emulated)
        self._open.enter_context(remember_callers())
        environment = {f"HEYMARKET_{name.upper()}": value for name, value in self._settings().items()}
        self._open.enter_context(mock.patch.dict(os.environ, environment))
        self._forget_others()

    def _forget_others(self) -> None:
        for name in ("HEYMARKET_API_KEY", "HEYMARKET_PROFILE"):
            os.environ.pop(name, None)  # the patch restores them

    def _compare(self, cassette: CassetteFile) -> None:
        """Refuse, or warn of, what the description has otherwise than the cassette."""
        # Requests to paths that never were described are the test's own affair.
        found = [one for one in compare_with_description(cassette) if one.operation]
        if not found:
            return
        lines = [f"{one.operation}, {one.place}: {one.problem}" for one in found[:_MOST]]
        lines += [f"... and {len(found) - _MOST} more" for _ in found[_MOST : _MOST + 1]]
        lines.append(f"See whether the program still fits. Then {AGAIN}")
        since = cassette.metadata.get("described_by", "an unknown version")
        said = _list_problems(
            f"The cassette {self._name}, recorded with {since}, isn't as heymarket {__version__} describes the API:",
            lines,
        )
        if self._strict:
            raise CassetteError(said)
        warnings.warn(said, HeymarketDriftWarning, stacklevel=6)

    def _intercept(self, mode: str, *, persister: Any = None, **options: Any) -> Any:
        """Put vcrpy between httpx and the network until the block ends."""
        vcrpy = vcr.VCR(record_mode=mode)
        vcrpy.register_matcher("heymarket", self._matches)
        if persister is not None:
            vcrpy.register_persister(persister)
        options |= {"skip_patchers": OTHER_LIBRARIES, "before_record_request": self._normalize}
        return self._open.enter_context(vcrpy.use_cassette(str(self.path), **options))

    def _matches(self, request: Any, recorded: Any) -> bool:
        return self._replayer is not None and self._replayer.matches(request, recorded)

    def _normalize(self, request: Any) -> Any:
        """The request with the cassette's address; `None`, which vcrpy lets pass, if it goes elsewhere."""
        here = LIVE_URL if self.recording else self._url
        for url in (here, self._url, config.DEFAULT_BASE_URL):  # vcrpy asks again about what this returned
            if request.uri.startswith(f"{url}/"):
                request.uri = here + request.uri.removeprefix(url)
                return request
        return None

    def _end(self, error: BaseException | None) -> None:
        if self.recording:
            if error is None:
                self._save()
            return
        refused = self.refused
        if error is None and refused:
            raise CassetteError("\n".join(refused))
        if error is None and self._replayer and (left := self._replayer.list_unused()):
            raise CassetteError(
                f"The test didn't make all requests of the cassette {self._name}: {', '.join(left)}. If the program "
                f"should make them, fix the program. Otherwise, {AGAIN}"
            )
        if error is not None and refused and (len(refused) > 1 or not isinstance(error, CassetteError)):
            error.add_note("\n".join(refused))

    def _save(self) -> None:
        origin = self._recorder.origin
        if origin == "emulator":  # in the order of a live recording, a response comes before what repeats it
            self._recorder.sort()
        self._recorder.scrub(Scrubber(self._own))
        text = self._recorder.serialize(
            origin=origin,
            recorded=datetime.now(UTC).date().isoformat(),
            described_by=f"heymarket {__version__}",
            contract=make_contract(self._recorder.operations),
        )
        if found := [*problems(text), *self._leaks(text)]:
            raise CassetteError(
                _list_problems(f"Not recorded: the cassette {self._name} would hold what it may not:", found)
            )
        before = self.path.read_text("utf-8", errors="replace") if self.path.exists() else None
        if before is not None and without_circumstances(before) == without_circumstances(text):
            self.outcome = "unchanged"
            return
        self.outcome = "new" if before is None else "replaced"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text, "utf-8", newline="\n")

    def _leaks(self, text: str) -> Iterator[str]:
        texts = (text, unquote(text))
        if any(secret.reveal() in one for secret in self._secrets.values() for one in texts):
            yield "a credential that it was recorded with"
        if any(len(own) > 5 and own != made_up and own in one for own, made_up in self._own.items() for one in texts):
            yield "a value that own() gave"

    @property
    def _name(self) -> str:
        return "/".join(self.path.parts[-2:])


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _list_problems(title: str, found: list[str]) -> str:
    return "\n  ".join([title, *found])
