"""What vcrpy is asked for: to record into memory, and to write what may be written. Imports it when first asked."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from heymarket.errors import ConfigurationError
from heymarket.testing.cassettes.scrubber import Scrubber, is_emulated

OTHERS = ("httplib", "requests", "boto3", "urllib3", "httplib2", "tornado", "aiohttp")
"""What vcrpy would hook into besides httpx, and is to leave alone."""


def vcr(module: str = "vcr") -> Any:
    """vcrpy, or a module of it.

    Raises:
        ConfigurationError: It isn't installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "vcr":
            raise
    raise ConfigurationError('Cassettes need vcrpy. Install it with: pip install "heymarket[testing]"')


class Tape:
    """A persister of vcrpy's that writes nothing: what may be written is decided afterwards.

    Attributes:
        requests: vcrpy's requests, in the order of their answers.
        responses: Their answers.
    """

    def __init__(self) -> None:
        self.requests: list[Any] = []
        self.responses: list[Any] = []

    def load_cassette(self, path: str, **_: object) -> tuple[Any, Any]:
        """As vcrpy asks for: nothing was recorded before."""
        raise vcr("vcr.persisters.filesystem").CassetteNotFoundError(path)

    def save_cassette(self, _: str, content: dict[str, Any], **__: object) -> None:
        """As vcrpy asks for."""
        self.requests, self.responses = content["requests"], content["responses"]

    @property
    def origin(self) -> str:
        """`emulator` or `live`: what the answers say, before anything is scrubbed."""
        return "emulator" if any(map(is_emulated, self.responses)) else "live"

    def scrub(self, scrubber: Scrubber) -> None:
        """Replace what a cassette may not keep."""
        for request, response in zip(self.requests, self.responses, strict=True):
            scrubber.scrub(request, response)

    def text(self, **metadata: str) -> str:
        """The tape as it stands in a file.

        Args:
            metadata: What goes in beside the requests and answers.
        """
        content = {"requests": self.requests, "responses": self.responses, "metadata": metadata}
        text: str = vcr("vcr.serialize").serialize(content, vcr("vcr.serializers.yamlserializer"))
        return text
