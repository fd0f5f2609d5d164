"""Recording with vcrpy: into memory, so that only what may be kept is written."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from heymarket.testing.cassettes.matching import find_operation
from heymarket.testing.cassettes.scrubber import is_emulated

if TYPE_CHECKING:
    from heymarket.testing.cassettes.scrubber import Scrubber

# By name, because it ships no types.
vcr: Any = import_module("vcr")
_persisters: Any = import_module("vcr.persisters.filesystem")
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
