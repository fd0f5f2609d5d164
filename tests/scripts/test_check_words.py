"""scripts/check_words: it finds the words in prose and strings, and nothing in code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_words"


def check(*paths: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, SCRIPT, *paths], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("name", "content", "line", "phrase"),
    [
        ("docstring.py", '"""Asked anew."""\n', 1, "anew"),
        ("comment.py", "x = 1\ny = 2  # Whoever asks\n", 2, "whoever"),
        ("string.py", 'raise ValueError("Seldom seen.")\n', 1, "seldom"),
        ("template.py", 'x = 1\nprint(f"{x} is amiss")\n', 2, "amiss"),
        ("wrapped_docstring.py", '"""What is to\n    be sent."""\n', 1, "is to be"),
        ("wrapped_comment.py", "# kept for\n# ever\n", 1, "for ever"),
        ("wrapped_string.py", 'x = (\n    "it can\'t be "\n    "had"\n)\n', 2, "be had"),
        ("page.md", "Text.\n\nIt stands\nthere.\n", 3, "stands"),
        ("description.yaml", "description: >\n  What is to\n  be sent.\n", 2, "is to be"),
        ("script", "#!/usr/bin/env python3\n# a script: mend it\n", 2, "mend"),
        ("page.html", "<p>Two blanks.</p>\n", 1, "blanks"),
    ],
)
def test_a_word_is_found_where_people_read_it(tmp_path: Path, name: str, content: str, line: int, phrase: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    status, shown = check(tmp_path)
    assert shown.startswith(f"{tmp_path / name}:{line}: {phrase!r}: write ")
    assert (status, len(shown.splitlines())) == (1, 1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("identifier.py", "def mend(blanks: int) -> int:\n    return blanks\n"),
        ("code_between.py", 'x = {"what it is": 1, "to be": 2}  # is\nto = "be"\n'),
        ("longer_words.py", '"""It understands, recommends and amends."""\n'),
        ("hyphen.py", '"""An as ever-growing list."""\n'),
        ("another_meaning.py", '"""JWT stands for JSON Web Token; the clock stands still."""\n'),
        ("code.md", "Call `mend(blanks)`.\n"),
        ("data.json", '"anew"\n'),
    ],
)
def test_other_words_and_code_are_left_alone(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert check(tmp_path) == (0, "")


def test_what_others_wrote_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "page.md").write_text("anew\n", encoding="utf-8")
    assert check(tmp_path) == (0, "")
