"""Recording with vcrpy: into memory, so that only what may be kept is written."""

from __future__ import annotations

import http.client
import threading
from importlib import import_module
from typing import TYPE_CHECKING, Any

from heymarket.testing.cassettes import racing
from heymarket.testing.cassettes.contract import find_operation
from heymarket.testing.cassettes.scrubber import is_emulated

if TYPE_CHECKING:
    from heymarket.testing.cassettes.recordings import RecordedRequest, RecordedResponse
    from heymarket.testing.cassettes.scrubber import Scrubber

# By name, because it ships no types.
vcr: Any = import_module("vcr")
_persisters: Any = import_module("vcr.persisters.filesystem")
_Request: Any = import_module("vcr.request").Request
_serialization: Any = import_module("vcr.serialize")
_yaml: Any = import_module("vcr.serializers.yamlserializer")

NotRecordedError: Any = import_module("vcr.errors").UnhandledHTTPRequestError
"""What vcrpy raises when another thread got the response in the meantime."""

OTHER_LIBRARIES = ("httplib", "requests", "boto3", "urllib3", "httplib2", "tornado", "aiohttp")
"""What vcrpy would patch besides httpx, and must leave alone."""


class Recorder:
    """A persister for vcrpy that writes no file: the requests and responses stay here, to be scrubbed and checked.

    Attributes:
        requests: vcrpy's requests, in the order of their responses.
        responses: vcrpy's responses.
    """

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.responses: list[Any] = []
        self._running: set[int] = set()
        self._racing = False

    def watch(self, cassette: Any) -> None:
        """Notice whether requests of vcrpy's cassette are made at the same time."""
        begin, end = cassette.can_play_response_for, cassette.append
        home = threading.get_ident()

        def can_play_response_for(request: Any) -> Any:
            self._racing |= bool(self._running) or threading.get_ident() != home
            self._running.add(id(request))
            return begin(request)

        def append(request: Any, response: Any) -> None:
            self._running.discard(id(request))
            end(request, response)

        cassette.can_play_response_for, cassette.append = can_play_response_for, append

    def sort(self) -> None:
        """Order the requests by what they are, if some were made at the same time, so that no race decides."""
        if self._racing:
            pairs = racing.settle(zip(self.requests, self.responses, strict=True))
            self.requests, self.responses = [one[0] for one in pairs], [one[1] for one in pairs]

    def add(self, request: RecordedRequest, response: RecordedResponse) -> None:
        """Add what was recorded otherwise.

        Args:
            request: The request.
            response: Its response.
        """
        self.requests.append(_Request(request.method, request.url, request.body, dict(request.headers)))
        headers = {name: [value] for name, value in response.headers.items()}
        status = {"code": response.status, "message": http.client.responses.get(response.status, "")}
        self.responses.append({"status": status, "headers": headers, "body": {"string": response.body}})

    def load_cassette(self, path: str, **_: object) -> tuple[Any, Any]:
        """Tell vcrpy that nothing was recorded before."""
        raise _persisters.CassetteNotFoundError(path)

    def save_cassette(self, _: str, content: dict[str, Any], **__: object) -> None:
        """Take what vcrpy recorded."""
        self.requests, self.responses = content["requests"], content["responses"]

    @property
    def origin(self) -> str:
        """`emulator` or `live`, by the response headers before they are scrubbed."""
        return "emulator" if any(map(is_emulated, self.responses)) else "live"

    @property
    def operations(self) -> list[str]:
        """The names of the operations that were called."""
        found = (find_operation(one.method, one.uri) for one in self.requests)
        return [one.name for one in found if one]

    def scrub(self, scrubber: Scrubber) -> None:
        """Replace what a cassette may not keep."""
        for request, response in zip(self.requests, self.responses, strict=True):
            scrubber.scrub(request, response)

    def serialize(self, **metadata: Any) -> str:
        """The cassette as YAML.

        Args:
            metadata: Kept beside the requests and responses.
        """
        content = {"requests": self.requests, "responses": self.responses, "metadata": metadata}
        text: str = _serialization.serialize(content, _yaml)
        return text
