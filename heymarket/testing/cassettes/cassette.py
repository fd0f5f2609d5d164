"""Cassettes: what a test and Heymarket said to each other, recorded once and replayed from then on, without a network.

    from pathlib import Path

    from heymarket.testing.cassettes import Cassette

    with Cassette(Path("cassettes/ada.yaml")) as hm:
        assert hm.contact_channels.get(contact_id, "phone").channel_type == "phone"

With pytest, the fixture `heymarket_vcr` gives each test its own. Nothing personal and nothing secret is kept: it is
replaced before anything is written (`_scrub`), and what a linter (`problems`) still finds keeps the cassette from being
written, and later from being replayed. Needs the extra `testing`.
"""

from __future__ import annotations

import os
import re
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from unittest import mock
from urllib.parse import unquote, urlsplit

from heymarket import config, description
from heymarket.errors import ConfigurationError, HeymarketError
from heymarket.testing.cassettes.linter import problems, problems_in
from heymarket.testing.cassettes.matching import Matching
from heymarket.testing.cassettes.recorder import OTHERS, Tape, vcr
from heymarket.testing.cassettes.scrubber import EMULATOR_URL, Scrubber
from heymarket.testing.clients import ready, ready_async

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping
    from pathlib import Path
    from types import TracebackType

    from heymarket.auth import Secret
    from heymarket.client import AsyncHeymarket, Heymarket

__all__ = ["Cassette", "CassetteError", "Record", "problems"]

Record = Literal["new", "all"]
"""Which cassettes to record: those that aren't there yet, or all."""

ValueT = TypeVar("ValueT", str, int)

_LIVE_URL = "https://heymarket.invalid"
"""Where the live service is, in cassettes: a name that leads nowhere, whatever replays it."""

_PLACEHOLDERS = {"secret_id": "replayed-secret-id", "secret_key": "replayed-secret-key"}
_AGAIN = "Record it anew: run the test with --heymarket-record=all."


class CassetteError(HeymarketError):
    """A cassette is missing, holds what it may not, or isn't what the test asks for."""


class Cassette:
    """A block whose calls are recorded, or answered from the recording.

    `with` gives a ready `Heymarket`, `async with` a ready `AsyncHeymarket`. Other clients that are made inside of the
    block, from the environment, are recorded and replayed too.

    While recording, base URL and credentials come from the environment, or its profile. What is recorded is kept if the
    block ends well. Replaying, the environment has placeholders, nothing reaches Heymarket, each answer is given
    once, and all of them have to be asked for.

    Args:
        path: Where it is kept.
        record: Whether to record it: `new` if it isn't there yet, `all` in any case, `None` not at all.

    Attributes:
        path: As given.
        recording: Whether it is recorded, and not replayed.
        outcome: What became of a recording: `new`, `replaced`, `unchanged`, or, so far, the empty text.
    """

    def __init__(self, path: Path, *, record: Record | None = None) -> None:
        self.path: Path = path
        self.recording: bool = record == "all" or (record == "new" and not path.exists())
        self.outcome: Literal["", "new", "replaced", "unchanged"] = ""
        self._own: dict[str, str] = {}
        self._begun = False
        self._open = ExitStack()
        self._url = ""
        self._tape = Tape()
        self._secrets: Mapping[str, Secret] = {}
        self._replayed: Any = None
        self._matching = Matching((), emulated=False)

    def own(self, variable: str, made_up: ValueT) -> ValueT:
        """A value of your account while recording, the made-up one while replaying, and on the cassette.

        Args:
            variable: The environment variable that holds yours.
            made_up: What stands for it: a phone number `1555555xxxx`, an email address at example.com, a UUID that
                begins with 00000000-0000-4000-8000, or a small number.

        Raises:
            ConfigurationError: Recording, and the variable isn't set, or isn't a number where one is made up.
        """
        if not self.recording:
            return made_up
        try:
            own = type(made_up)(os.environ[variable])
        except (KeyError, ValueError):
            kind = "a whole number" if isinstance(made_up, int) else "a text"
            raise ConfigurationError(
                f"Recording needs {variable} in the environment: {kind} of your account."
            ) from None
        self._own[str(own)] = str(made_up)
        return own

    def __enter__(self) -> Heymarket:
        with self._opening():
            return self._open.enter_context(ready(self._settings(), recording=self.recording))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()
        self._end(error)

    async def __aenter__(self) -> AsyncHeymarket:
        with self._opening():
            return self._open.enter_context(ready_async(self._settings(), recording=self.recording))

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._open.close()
        self._end(error)

    def __repr__(self) -> str:
        return f"<Cassette {self.path.name}, {'recording' if self.recording else 'replaying'}>"

    @contextmanager
    def _opening(self) -> Generator[None]:
        if self._begun:
            raise CassetteError("A cassette is for one with block. Put what belongs together into one.")
        self._begun = True
        with ExitStack() as opening:
            self._open = opening
            if self.recording:
                self._begin_to_record()
            else:
                self._begin_to_replay()
            yield
            self._open = opening.pop_all()

    def _settings(self) -> dict[str, str]:
        return {"base_url": self._url} if self.recording else {"base_url": self._url, **_PLACEHOLDERS}

    def _begin_to_record(self) -> None:
        if found := [*problems_in(re.sub("[_-]", " ", self.path.stem))]:
            raise CassetteError(f"The name of the test would hold {found[0]}. Name it otherwise.")
        settings = config.resolve()
        self._url = settings.base_url
        self._secrets = settings.credentials
        self._hook("all", persister=self._tape, decode_compressed_response=True)

    def _begin_to_replay(self) -> None:
        try:
            text = self.path.read_text("utf-8")
        except FileNotFoundError:
            raise CassetteError(
                f"There is no cassette {self._name} yet. To record it, put the credentials into the environment, and "
                "run the test with --heymarket-record=new."
            ) from None
        # Before vcrpy reads it, whose YAML may run code.
        if found := problems(text):
            raise CassetteError(_listed(f"The cassette {self._name} holds what it may not:", found))
        emulated = re.search(r"^  origin: emulator$", text, re.MULTILINE) is not None
        self._url = EMULATOR_URL if emulated else _LIVE_URL
        self._replayed = self._hook("none", match_on=("heymarket",))
        answers = [response["body"]["string"] for response in self._replayed.responses]
        self._matching = Matching(answers, emulated=emulated)
        environment = {f"HEYMARKET_{name.upper()}": value for name, value in self._settings().items()}
        self._open.enter_context(mock.patch.dict(os.environ, environment))
        for name in ("HEYMARKET_API_KEY", "HEYMARKET_PROFILE"):
            os.environ.pop(name, None)  # the patch puts them back

    def _hook(self, mode: str, *, persister: Any = None, **options: Any) -> Any:
        """Have vcrpy stand between httpx and the network from now on."""
        recorder = vcr().VCR(record_mode=mode)
        recorder.register_matcher("heymarket", self._matches)
        if persister is not None:
            recorder.register_persister(persister)
        options |= {"skip_patchers": OTHERS, "before_record_request": self._of_heymarket}
        return self._open.enter_context(recorder.use_cassette(str(self.path), **options))

    def _matches(self, request: Any, recorded: Any) -> bool:
        return not self._matching.differences(request, recorded)

    def _of_heymarket(self, request: Any) -> Any:
        """The request as it stands on the cassette; `None`, which vcrpy lets pass, if it goes elsewhere."""
        here = _LIVE_URL if self.recording else self._url
        for url in (here, self._url, config.DEFAULT_BASE_URL):  # vcrpy asks about what it was answered, too
            if request.uri.startswith(f"{url}/"):
                request.uri = here + request.uri.removeprefix(url)
                return request
        return None

    def _end(self, error: BaseException | None) -> None:
        if self.recording:
            if error is None:
                self._keep()
            return
        if isinstance(error, vcr("vcr.errors").CannotOverwriteExistingCassetteException):
            failed: Any = error
            raise CassetteError(self._unanswered(failed.failed_request)) from None
        if error is None and (left := self._left()):
            names = ", ".join(map(_operation, left))
            raise CassetteError(f"The cassette {self._name} has answers that were not asked for: {names}. {_AGAIN}")

    def _keep(self) -> None:
        origin = self._tape.origin
        self._tape.scrub(Scrubber(self._own))
        text = self._tape.text(origin=origin, recorded=datetime.now(UTC).date().isoformat())
        if found := [*problems(text), *self._leaks(text)]:
            raise CassetteError(_listed(f"Not recorded, the cassette {self._name} would hold what it may not:", found))
        before = self.path.read_text("utf-8") if self.path.exists() else None
        if before is not None and _undated(before) == _undated(text):
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

    def _left(self) -> list[Any]:
        return [one for number, one in enumerate(self._replayed.requests) if not self._replayed.play_counts[number]]

    def _unanswered(self, request: Any) -> str:
        name, left = _operation(request), self._left()
        nearest = min(
            (self._matching.differences(request, one) for one in left if _operation(one) == name), key=len, default=None
        )
        if nearest is not None:
            why = f"It isn't what was recorded: {', '.join(nearest)} differ{'s' if len(nearest) == 1 else ''}."
        else:
            why = f"Not asked for yet: {', '.join(map(_operation, left)) or 'nothing'}."
        return f"The cassette {self._name} has no answer for this {name}. {why} {_AGAIN}"

    @property
    def _name(self) -> str:
        return "/".join(self.path.parts[-2:])


def _operation(request: Any) -> str:
    """The name of the operation that a request calls."""
    uri: str = request.uri
    path = urlsplit(uri).path
    for operation in sorted(description.operations(), key=lambda one: one.path.count("{")):
        template = re.sub(r"\\{\w+\\}", "[^/]+", re.escape(operation.path))
        if operation.http_method == request.method and re.fullmatch(template, path):
            return operation.name
    return f"{request.method} of what isn't described"


def _undated(text: str) -> str:
    return re.sub(r"^  recorded: .*$", "", text, flags=re.MULTILINE)


def _listed(title: str, found: list[str]) -> str:
    return "\n  ".join([title, *found])
