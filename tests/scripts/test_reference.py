"""The reference pages: they have every operation, their examples run, and they are written with the package."""

from __future__ import annotations

import ast
import inspect
import json
import re
import shlex
import shutil
import subprocess
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from codegen import code_samples
from codegen.bundle import Document, Operation
from markdown_it import MarkdownIt

from heymarket import Heymarket, cli, description, models
from heymarket.cli import naming
from heymarket.emulator import Emulator
from heymarket.emulator.api.schema_examples import NO_BODY
from heymarket.emulator.api.schema_examples import build_response as described_answer
from tests.fakes import SECRET_ID, SECRET_KEY, FakeClock, Script, ScriptTransport, answer, content_of
from tests.scripts.checkout import ROOT, Checkout

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = ROOT / "docs/reference"
OPERATIONS = description.operations()
every_operation = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)


class Section:
    """What is below one heading of the second level."""

    def __init__(self, heading: str, text: str) -> None:
        self.heading = heading
        self.text = text

    @cached_property
    def blocks(self) -> dict[str, str]:
        """The code, by its language."""
        return {token.info: token.content for token in MarkdownIt().parse(self.text) if token.type == "fence"}

    def rows(self) -> list[list[str]]:
        """The cells of its tables."""
        lines = [line for line in self.text.splitlines() if line.startswith("|")]
        return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def sections(page: Path) -> list[Section]:
    _, *parts = re.split(r"^## ", page.read_text("utf-8"), flags=re.MULTILINE)
    return [Section(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def section(operation: description.OperationInfo, pages: Path = PAGES) -> Section:
    page = pages / f"{operation.resource.replace('_', '-')}.md"
    (found,) = [part for part in sections(page) if part.heading == operation.name]
    return found


@every_operation
def test_every_operation_has_a_section_that_says_what_is_known(operation: description.OperationInfo) -> None:
    text = section(operation).text
    spec = operation.spec

    assert f"`{operation.http_method} {operation.path}` · confidence: {spec['x-heymarket-confidence']}" in text
    assert text.lstrip().startswith(spec["summary"])
    assert ("Heymarket has deprecated it" in text) is bool(spec.get("deprecated"))
    for source in spec["x-heymarket-sources"]:
        assert f"- {source}\n" in text + "\n"
    for entry in spec.get("x-heymarket-discrepancies", []):
        assert f"- {entry['id']}: {entry['says']}" in text
    assert "[retried](index.md#when-a-call-fails)" in text or "[sent once](index.md#when-a-call-fails)" in text


def test_no_page_has_an_operation_that_is_not_described() -> None:
    headings = [part.heading for page in PAGES.glob("*.md") for part in sections(page)]
    shown = [heading for heading in headings if re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", heading)]
    assert sorted(shown) == sorted([*(operation.name for operation in OPERATIONS), "webhooks.event"])


@every_operation
def test_the_arguments_are_those_of_the_method(operation: description.OperationInfo) -> None:
    signature = inspect.signature(method(operation))
    expected = [
        (f"`{parameter.name}`", "yes" if parameter.default is parameter.empty else "")
        for parameter in list(signature.parameters.values())
    ]
    assert [(row[0], row[2]) for row in section(operation).rows() if row[0].startswith("`")] == expected


@cache
def method(operation: description.OperationInfo) -> Any:
    hm = Heymarket(secret_id=SECRET_ID, secret_key=SECRET_KEY, _transport=ScriptTransport(Script(answer())))
    with hm:
        return getattr(getattr(hm, operation.resource), operation.method_name)


@every_operation
def test_the_python_example_runs_and_gives_what_it_says(
    operation: description.OperationInfo, clock: FakeClock, emulator: Emulator
) -> None:
    example = section(operation).blocks["python"]
    with Heymarket(**emulator.settings) as hm:
        namespace = run(example, hm)

    promised = re.search(r"  # (.+)$", example, re.MULTILINE)
    annotated = inspect.signature(method(operation)).return_annotation.replace("builtins.", "").replace("models.", "")
    if promised is None:
        assert annotated == "None"
        assert "=" not in ast.unparse(ast.parse(example)).partition("(")[0]
    elif example.count("for ") and annotated.startswith("Pager["):
        assert annotated == f"Pager[{promised[1]}]"
        assert isinstance(loop_variable(example, namespace), getattr(models, promised[1]))
    else:
        assert annotated == promised[1]
        result, kind = namespace["result"], promised[1].removeprefix("list[").removesuffix("]")
        items = result if kind != promised[1] else [result]
        assert items
        assert [type(item).__name__ for item in items] == [kind] * len(items)


def loop_variable(example: str, namespace: dict[str, Any]) -> Any:
    loop = next(node for node in ast.parse(example).body if isinstance(node, ast.For))
    return namespace[ast.unparse(loop.target)]


def run(example: str, hm: Heymarket) -> dict[str, Any]:
    namespace: dict[str, Any] = {"hm": hm}
    exec(compile(example, "example", "exec"), namespace)  # noqa: S102 - our own pages
    return namespace


@pytest.fixture
def emulator(clock: FakeClock, emulators: list[Emulator]) -> Emulator:
    emulators[0].reset()
    return emulators[0]


@pytest.fixture(scope="module")
def emulators() -> Iterator[list[Emulator]]:
    """One emulator for all, at the time at which the fake clock stands still."""
    at = FakeClock().now
    with Emulator(clock=lambda: at) as emulator:
        yield [emulator]


@every_operation
def test_the_command_sends_what_the_client_sends(
    operation: description.OperationInfo, clock: FakeClock, emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks = section(operation).blocks
    words = shlex.split(blocks["bash"].replace("\\\n", ""))
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    with Heymarket(**emulator.settings) as hm:
        run(blocks["python"], hm)
    expected = emulator.journal[0]
    emulator.reset()
    assert words.pop(0) == "heymarket"
    assert cli.main(words) == 0

    sent = emulator.journal[0]
    key = operation.spec.get("x-heymarket-idempotent-by")
    assert (sent.method, sent.path, sent.query) == (expected.method, expected.path, expected.query)
    in_python = body(json.dumps(expected.request_body), key)
    if first := operation.spec.get("x-heymarket-pagination", {}).get("page"):
        del in_python[first]  # a number that Python counts from
    assert body(json.dumps(sent.request_body or None), key) == (in_python or None)


def test_commands_and_pages_have_the_same_common_options() -> None:
    assert code_samples.COMMON_OPTIONS == naming.COMMON


@every_operation
def test_the_line_for_curl_sends_what_the_client_sends(operation: description.OperationInfo, clock: FakeClock) -> None:
    block = section(operation).blocks
    made = described_answer(operation.spec, description.load())
    script = Script(answer(made.status, b"" if made.body is NO_BODY else made.body))
    with Heymarket(secret_id=SECRET_ID, secret_key=SECRET_KEY, _transport=ScriptTransport(script)) as hm:
        run(block["python"], hm)
    sent = script.sends[0]
    asked = Curl(block["sh"])

    assert (asked.method, asked.url) == (sent.method, sent.url)
    assert asked.headers.pop("Authorization") == "Bearer $(heymarket token)"
    assert asked.headers.items() <= dict(sent.headers).items()
    assert ("Content-Type" in asked.headers) is (sent.body is not None)
    key = operation.spec.get("x-heymarket-idempotent-by")
    assert body(asked.data, key) == body(content_of(sent).decode(), key)


def body(text: str, key: str | None) -> Any:
    """A body as it can be compared: times in one spelling, without the id that the client makes."""
    data: Any = json.loads(re.sub(r"(T[0-9:.]+)\+00:00", r"\1Z", text)) if text else None
    if key:
        assert re.fullmatch(r"[0-9a-f-]{36}", data.pop(key))
    return data


class Curl:
    """What a line for curl asks for."""

    def __init__(self, line: str) -> None:
        words = shlex.split(line.replace("\\\n", " "))
        assert words.pop(0) == "curl"
        self.headers: dict[str, str] = {}
        self.data = ""
        method = ""
        while words:
            word = words.pop(0)
            if word == "-H":
                name, _, value = words.pop(0).partition(": ")
                self.headers[name] = value
            elif word == "-d":
                self.data = words.pop(0)
            elif word == "-X":
                method = words.pop(0)
            else:
                self.url = word
        assert urlsplit(self.url).scheme == "https"
        self.method = method or ("POST" if self.data else "GET")


def slug(heading: str) -> str:
    """GitHub's anchor of a heading."""
    return "".join(c for c in heading.lower() if c.isalnum() or c in "-_ ").replace(" ", "-")


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere_and_nothing_is_read_as_html(page: Path) -> None:
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(page.read_text("utf-8"))
    inline = [child for token in tokens for child in token.children or []]

    assert [token.type for token in [*tokens, *inline] if "html" in token.type] == ["html_block"]  # the first line
    targets = {str(token.attrs["href"]) for token in inline if token.type == "link_open"}
    for target in targets:
        file, _, anchor = target.partition("#")
        other = page.parent / file if file else page
        assert other.is_file(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", other.read_text("utf-8"), re.MULTILINE)
            assert [slug(heading) for heading in headings].count(anchor) == 1, target


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.name)
def test_the_lines_of_a_table_have_as_many_cells_as_its_head(page: Path) -> None:
    for table in re.findall(r"(?:^\|.*\n)+", page.read_text("utf-8"), re.MULTILINE):
        assert len({len(re.split(r"(?<!\\)\|", line)) for line in table.splitlines()}) == 1, table


def test_the_webhook_says_what_each_event_brings() -> None:
    (event,) = sections(PAGES / "webhooks.md")
    schema = description.load()["components"]["schemas"]["WebhookEvent"]

    assert json.loads(event.blocks["json"]) == schema["example"]
    for kind, model in schema["x-heymarket-event-data"].items():
        assert f"| `{kind}` | [{model}](models.md#{model.lower()}) |" in event.text


def pages_of(checkout: Checkout) -> dict[str, str]:
    return {page.name: page.read_text("utf-8") for page in sorted((checkout.root / "docs/reference").iterdir())}


def test_check_names_the_pages_that_differ(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    pages = checkout.root / "docs/reference"
    (pages / "index.md").write_text("changed by hand\n", encoding="utf-8")
    (pages / "models.md").unlink()
    (pages / "extra.md").touch()

    assert checkout.regenerate("--check") == 1

    assert capsys.readouterr().err.splitlines() == [
        "docs/reference/extra.md: not generated",
        "docs/reference/index.md: differs",
        "docs/reference/models.md: missing",
        "Run scripts/regenerate, and commit what it writes.",
    ]


def test_regenerating_puts_the_pages_right_and_says_so(
    checkout: Checkout, generated: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(checkout.root / "docs")

    assert checkout.regenerate() == 0

    assert pages_of(checkout) == pages_of(generated)
    assert capsys.readouterr().out.splitlines() == [
        "generated/heymarket_openapi: files changed: 0",
        "docs/reference: files changed: 4",
    ]


@pytest.mark.parametrize("mode", [[], ["--check"], ["--diff"]])
def test_a_broken_description_leaves_the_pages_alone(checkout: Checkout, mode: list[str]) -> None:
    before = pages_of(checkout)
    checkout.edit("openapi/contact-channels.yaml", "confidence: high", "confidence: sure")

    assert checkout.regenerate(*mode) == 1

    assert pages_of(checkout) == before


@pytest.mark.parametrize("mode", [["--check"], ["--diff"]])
def test_looking_writes_no_pages(checkout: Checkout, mode: list[str]) -> None:
    before = pages_of(checkout)
    checkout.edit("openapi/contact-channels.yaml", "summary: ", "summary: Other. ")

    checkout.regenerate(*mode)

    assert pages_of(checkout) == before


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
def test_package_and_pages_change_together_or_not_at_all(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    before = (checkout.contents(), pages_of(checkout))
    checkout.edit("openapi/contact-channels.yaml", "summary: ", "summary: Other. ")
    rename, renamed = Path.rename, iter(range(1, 100))

    def fail_once(self: Path, target: Path) -> Path:
        if next(renamed) == failing:
            raise PermissionError(13, "in use")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(PermissionError):
        checkout.regenerate()

    assert (checkout.contents(), pages_of(checkout)) == before


def test_a_resource_can_not_have_the_name_of_another_page(
    bare_checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    family = bare_checkout.root / "openapi/contact-channels.yaml"
    text = (
        family.read_text("utf-8").replace("[contact_channels]", "[models]").replace(": contact_channels.", ": models.")
    )
    family.write_text(text, encoding="utf-8")

    assert bare_checkout.regenerate() == 1

    message = capsys.readouterr().err.splitlines()[0]
    assert message.endswith("models is the name of another reference page: give the tag another name")


def test_a_description_without_examples_gets_calls_that_can_be_read(invented: Checkout) -> None:
    notes = {part.heading: part for part in sections(invented.root / "docs/reference/notes.md")}

    assert notes["notes.create"].blocks["python"] == 'result = hm.notes.create(text="no", kind="private")  # Note\n'
    assert notes["notes.delete"].blocks["python"] == "hm.notes.delete(1)\n"
    assert notes["notes.list"].blocks["python"] == "result = hm.notes.list(limit=30)  # list[Note]\n"
    assert Curl(notes["notes.list"].blocks["sh"]).url.endswith("/v9/notes?limit=30")
    assert "At least `1`. At most `50`. Default: `30`." in notes["notes.list"].text
    for part in notes.values():
        ast.parse(part.blocks["python"])
        Curl(part.blocks["sh"])


def test_bars_and_angle_brackets_in_a_text_stay_text(checkout: Checkout) -> None:
    checkout.edit("openapi/contact-channels.yaml", "UUID of the contact.", "One | or <b>`a|<i>`</b>.")

    assert checkout.regenerate() == 0

    page = pages_of(checkout)["contact-channels.md"]
    assert r"One \| or \<b>`a\|<i>`\</b>." in page


HARD = ["O'Hara", "a\nb", "$(rm -r /)", "`id`", '"quoted"', "back\\slash", "ünï☃", "a" * 200, "", "!", "#", "~"]


@pytest.mark.parametrize("text", HARD)
def test_any_example_survives_the_shell_and_python(text: str) -> None:
    document = Document({"servers": [{"url": "https://api.example.com"}], "paths": {}}, {})
    operation = Operation("/v9/{a}", "post", {})
    example = code_samples.Example({"a": text or "x"}, {"q": text}, {"t": [text, {text: None}]}, {})

    line = code_samples.write_curl(document, operation, example)
    shell = f'heymarket() {{ echo t; }}; curl() {{ printf "%s\\0" "$@"; }}; {line}'
    asked = Curl(line)
    heard = subprocess.run(["sh", "-c", shell], check=True, capture_output=True, text=True).stdout.split("\0")

    assert heard == [
        *[asked.url, "-H", "Authorization: Bearer t", "-H", "Content-Type: application/json", "-d", asked.data],
        "",
    ]
    assert json.loads(asked.data) == example.body
    assert re.fullmatch(r"https://api\.example\.com/v9/[A-Za-z0-9%._~-]+\?q=[A-Za-z0-9%._~+-]*", asked.url)
    assert ast.literal_eval(code_samples.format_literal(example.body)) == example.body
