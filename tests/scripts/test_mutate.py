"""scripts/mutate: a few mistakes are planted in every run of the tests, and the rules make valid ones."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from mutating import command
from mutating.areas import AREAS
from mutating.rules import mutate

ROOT = Path(__file__).parents[2]
PYTHON = """\
def f(a: int = 1) -> bool:
    "Not this 1."
    if a < 2 and not a:
        print(a)
    return a in {"b": a + 1}
"""


def test_mistakes_that_every_run_plants_are_noticed() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/mutate", "--fixed"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_five_hundred_are_chosen_the_same_every_time() -> None:
    assert sum(area.amount for area in AREAS.values()) == 500
    options = command.parse_arguments(["--area", "linter", "--area", "webhooks"])
    chosen = command.choose(ROOT, options)

    assert chosen == command.choose(ROOT, options)
    assert len(chosen) == AREAS["linter"].amount + AREAS["webhooks"].amount
    shares = [command.choose(ROOT, command.parse_arguments(["--area", "linter", "--share", f"{n}/2"])) for n in (0, 1)]
    assert {one[0] for share in shares for one in share} == {one[0] for one in chosen[: AREAS["linter"].amount]}


def test_a_share_that_a_signal_ended_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    codes = iter([0, -9, 0])
    monkeypatch.setattr(subprocess, "Popen", lambda _: SimpleNamespace(wait=lambda: next(codes)))

    assert command.run(command.parse_arguments(["--jobs", "3"])) == 1
    assert list(codes) == [], "all are waited for"


def test_mutants_of_the_description_hold_no_copy_of_it() -> None:
    path = ROOT / "generated/heymarket_openapi/description.json"
    mutants = list(mutate(path, ROOT))
    assert len({one.key for one in mutants}) == len(mutants) > 1000
    assert max(len(str(one)) for one in mutants) < 500


def test_all_patterns_and_tests_are_there() -> None:
    for area in AREAS.values():
        assert all(any(ROOT.glob(pattern)) for pattern in area.files)
        assert all((ROOT / tests).exists() for tests in area.tests)


def test_rules_for_python(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PYTHON)

    mutants = list(mutate(tmp_path / "a.py", tmp_path))

    for mutant in mutants:
        ast.parse(mutant.apply(PYTHON))
    assert {(mutant.old, mutant.new) for mutant in mutants} == {
        ("1", "2"),
        ("a < 2 and not a", "(not (a < 2 and (not a)))"),
        ("a < 2 and not a", "(a < 2 or not a)"),
        ("a < 2", "(a <= 2)"),
        ("2", "3"),
        ("not a", "(a)"),
        ("print(a)", "pass"),
        ('return a in {"b": a + 1}', "return None"),
        ('a in {"b": a + 1}', "(a not in {'b': a + 1})"),
        ('"b"', "'bx'"),
        ("a + 1", "(a - 1)"),
    }


def test_rules_for_the_description_and_for_pages(tmp_path: Path) -> None:
    document = {"paths": {"/a": {"responses": {"200": {"type": "string", "description": "type"}}}}}
    (tmp_path / "a.json").write_text(json.dumps(document))
    (tmp_path / "a.md").write_text("| `some_name` | a |\n")

    mutants = list(mutate(tmp_path / "a.json", tmp_path))
    changed = [json.loads(one.apply(json.dumps(document))) for one in mutants]

    assert {"paths": {"/ax": document["paths"]["/a"]}} in changed
    assert {"paths": {"/a": {"responses": {"201": {"type": "string", "description": "type"}}}}} in changed
    assert {"paths": {"/a": {"responses": {"200": {"type": "integer", "description": "type"}}}}} in changed
    assert len(changed) == 3
    responses = "a.json: paths > /a > responses > 200"
    assert {one.key for one in mutants} == {"a.json: paths > /a", responses, f"{responses} > type"}
    assert {one.describe(json.dumps(document)) for one in mutants} == {one.key for one in mutants}
    assert [one.new for one in mutate(tmp_path / "a.md", tmp_path)] == ["some_namq"]
