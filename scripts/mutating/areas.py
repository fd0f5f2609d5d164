"""Where mutants are planted, how many, and which tests have to notice them."""

from typing import NamedTuple


class Area(NamedTuple):
    """A part of the project.

    Attributes:
        files: Its files, as patterns from the checkout's root.
        amount: How many mutants are planted there.
        tests: The tests that have to notice, first those that do most often.
    """

    files: tuple[str, ...]
    amount: int
    tests: tuple[str, ...]


_CASSETTES = "heymarket/testing/cassettes"

AREAS = {
    "description": Area(
        ("generated/heymarket_openapi/description.json",), 90,
        ("tests/contract/test_description.py", "tests/contract/test_agreement.py", "tests/contract/test_inventory.py",
         "tests/contract/test_pages.py", "tests/contract/test_replay.py", "tests/generated/test_package.py",
         "tests/cli/test_operations.py", "tests/emulator/api", "tests/scripts/test_unchanged.py"),
    ),
    "generated code": Area(
        ("generated/heymarket_openapi/models/*.py", "generated/heymarket_openapi/resources/*.py"), 60,
        ("tests/generated", "tests/contract/test_replay.py", "tests/contract/test_agreement.py",
         "tests/scripts/test_unchanged.py"),
    ),
    "emulator": Area(
        ("heymarket/emulator/api/*.py", "heymarket/emulator/domain/*.py", "heymarket/emulator/operations/*.py"), 110,
        ("tests/contract/test_agreement.py", "tests/emulator/operations", "tests/emulator/api", "tests/emulator"),
    ),
    "cassettes": Area(
        tuple(f"{_CASSETTES}/{name}.py" for name in
              ("body_fields", "cassette", "checks", "comparison", "matching", "recorder", "recordings", "replayer")),
        70,
        ("tests/testing/test_comparison.py", "tests/testing/test_replaying.py", "tests/cli/test_cassettes_command.py",
         "tests/testing", "tests/scripts/test_record_live.py"),
    ),
    "fingerprint": Area((f"{_CASSETTES}/contract.py",), 35,
        ("tests/testing/test_contract.py", "tests/testing", "tests/contract/test_agreement.py")),
    "scrubber": Area((f"{_CASSETTES}/scrubber.py",), 40,
        ("tests/testing/test_cassettes.py", "tests/scripts/test_record_live.py", "tests/testing")),
    "linter": Area((f"{_CASSETTES}/linter.py",), 35,
        ("tests/testing/test_linter.py", "tests/testing", "tests/contract/test_agreement.py")),
    "webhooks": Area(("heymarket/webhooks/*.py",), 40, ("tests/webhooks",)),
    "docs": Area(("docs/*.md",), 20, ("tests/docs",)),
}  # fmt: skip
"""By name; 500 mutants together."""


class Fixed(NamedTuple):
    """A mutant that is planted in every run of the tests."""

    path: str
    old: str
    new: str
    tests: str


FIXED = (
    Fixed(f"{_CASSETTES}/linter.py", "if _JWT.search(leaf) or", "if", "tests/testing/test_linter.py"),
    Fixed(f"{_CASSETTES}/linter.py", "{20,}", "{90,}", "tests/testing/test_linter.py"),
    Fixed(f"{_CASSETTES}/contract.py", '"externalDocs", "tags", "operationId"}', '"enum", "tags", "operationId"}',
          "tests/testing/test_contract.py"),
    Fixed(f"{_CASSETTES}/contract.py", 'for name in ("columns",', 'for name in ("safe-to-repeat", "columns",',
          "tests/testing/test_contract.py"),
    Fixed(f"{_CASSETTES}/comparison.py", "theirs.get(name, set()) - known -", "theirs.get(name, set()) -",
          "tests/testing/test_comparison.py"),
    Fixed(f"{_CASSETTES}/body_fields.py", "if members[place] < objects[parent]:", "if False:",
          "tests/testing/test_comparison.py"),
)  # fmt: skip
