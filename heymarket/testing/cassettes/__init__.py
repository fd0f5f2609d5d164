"""Cassettes: what a test and Heymarket said to each other, recorded once and replayed from then on, without a network.

    from pathlib import Path

    from heymarket.testing.cassettes import Cassette

    with Cassette(Path("cassettes/ada.yaml")) as hm:
        assert hm.contact_channels.get(contact_id, "phone").channel_type == "phone"

With pytest, the fixture `heymarket_vcr` gives each test its own. No cassette holds personal or secret data: a scrubber
replaces it before anything is written. A linter (`problems`) that shares nothing with the scrubber checks the result,
and checks it again before each replay.

Needs the `testing` extra: `pip install "heymarket[testing]"`.
"""

from heymarket.errors import ConfigurationError

try:
    from heymarket.testing.cassettes.cassette import Cassette, Record
    from heymarket.testing.cassettes.errors import CassetteError
    from heymarket.testing.cassettes.linter import problems
except ModuleNotFoundError as _missing:
    if _missing.name not in {"jsonschema_rs", "vcr", "yaml"}:
        raise
    raise ConfigurationError(
        f'Cassettes need the package {_missing.name}. Install it with: pip install "heymarket[testing]"'
    ) from None

__all__ = ["Cassette", "CassetteError", "Record", "problems"]
