"""Cassettes: what a test and Heymarket said to each other, recorded once and replayed from then on, without a network.

    from pathlib import Path

    from heymarket.testing.cassettes import Cassette

    with Cassette(Path("cassettes/ada.yaml")) as hm:
        assert hm.contact_channels.get(contact_id, "phone").channel_type == "phone"

With pytest, the fixture `heymarket_vcr` gives each test its own. Nothing personal and nothing secret is kept: it is
replaced before anything is written (`scrubber`), and what a linter (`problems`) still finds keeps the cassette from
being written, and later from being replayed. Needs the extra `testing`.
"""

from heymarket.testing.cassettes.cassette import Cassette, CassetteError, Record
from heymarket.testing.cassettes.linter import problems

__all__ = ["Cassette", "CassetteError", "Record", "problems"]
