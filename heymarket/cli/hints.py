"""Hints: which command or option a word may have meant that isn't one."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from heymarket import description

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cyclopts import App, Argument

__all__ = ["find_example", "suggest_command", "suggest_option"]

_COMMANDS = {  # what people type, and the commands that do it, the best first
    "create": "add new",
    "patch": "edit set change modify",
    "update": "edit set change modify",
    "import contacts FILE.csv": "import upload load create-many bulk-create",
    "export contacts": "export download dump",
    "list --all --output csv": "export download dump",
    "get": "show view read fetch retrieve describe info",
    "list": "ls all index show view read fetch",
    "search": "find query filter lookup",
    "lookup": "find",
    "delete": "rm remove del destroy",
    "send": "text sms message reply broadcast create",
    "reassign": "assign",
    "open": "reopen",
    "close": "archive",
    "conversations watch --replies": "watch tail follow replies logs",
    "webhooks listen": "listen receive",
    "doctor": "whoami me check status ping test",
    "login": "auth configure config init signin",
    "emulator": "serve server start run mock sandbox dev",
    "api": "raw request call curl post",
    "token": "jwt",
    "--install-completion": "completion completions",
}
_OPTIONS = {
    "phone-number": "to number phone recipient",
    "contact-channels": "phone email number",
    "text": "message body content msg",
    "inbox-id": "from inbox",
    "creator-id": "user sender",
    "template-id": "template",
    "list-id": "list",
    "output": "format",
    "output csv": "csv",
    "output jsonl": "jsonl",
    "fields": "columns",
    "yes": "force",
    "limit": "size page-size max n",
    "contacts @FILE.csv": "file csv input",
    "to": "phone phone-number number recipient contacts file csv output out o",
    "base-url": "url host",
    "verbose": "debug trace",
    "title": "name",
    "first": "name first-name",
    "last": "last-name",
    "execute-at": "when at",
}
_OTHER_COMMANDS = {  # options that people try at a command, and the command that has them
    "messages list": {"messages history --phone-number": "phone phone-number number to contact"},
    "contacts list": {"contacts search --contact-channels": "phone phone-number number email"},
    "contacts get": {"contacts search --contact-channels": "phone phone-number number email"},
}
_NOTES = {"webhooks": " Webhooks are set up in the Heymarket app, under the integrations."}
_CREDENTIALS = {"api-key", "key", "secret", "secret-id", "secret-key", "token", "password"}
_EXAMPLE = re.compile(r"For example: (.+?)\.(?: Fields: | @FILE|$)")
_MANY = 4


def suggest_command(word: str, app: App) -> str:
    """Suggest a command with another name, or one of another resource.

    Args:
        word: What was typed.
        app: Where there is no such command.
    """
    meant = [line for line, words in _COMMANDS.items() if word in words.split()]
    # In a group, also a command of the program that is for this group.
    found = [line for line in meant if line.partition(" ")[0] in app or line.split()[1:2] == [app.name[0]]][:1]
    in_a_group = "doctor" not in app
    # In a group, what people type for a command isn't one of another group.
    lines = [word, *([] if in_a_group else meant)]
    found = found or _find_elsewhere(lines, in_a_group=in_a_group) or _find_close(word, app)
    if found:
        return f" Did you mean {' or '.join(found)}?"
    known = [name for name in app if not name.startswith("-")]
    return f" There {'is' if len(known) == 1 else 'are'}: {', '.join(known)}.{_NOTES.get(app.name[0], '')}"


def _find_elsewhere(lines: Iterable[str], *, in_a_group: bool) -> list[str]:
    operations = [one.name.replace("_", "-").split(".") for one in description.operations()]
    largest = max(resources := [resource for resource, _ in operations], key=resources.count)
    for line in lines:
        resources = [resource for resource, method in operations if method == line.partition(" ")[0]]
        if len(resources) >= _MANY:  # nearly all have it
            resources = [] if in_a_group else [largest]
        if resources:
            return [f"{resource} {line}" for resource in resources]
    return []


def suggest_option(word: str, arguments: Iterable[Argument], command: str = "") -> str:
    """Suggest an option of a command, with an example if it takes JSON, or another command that has it.

    Args:
        word: What was typed.
        arguments: Those of the command.
        command: The command.
    """
    names = {name.removeprefix("--"): argument for argument in arguments for name in argument.names}
    given = word.lstrip("-")
    meant = [one for one, words in _OPTIONS.items() if given in words.split() and one.partition(" ")[0] in names]
    if given.upper().replace("-", "_") in names:
        return f" {given.upper().replace('-', '_')} comes without an option."
    begins = [name for name in names if len(given) > 1 and name.startswith(given)]
    close = begins or meant or _find_close(given, names)
    if close:
        name, _, value = close[0].partition(" ")
        argument = names[name]
        dashes = "--" * (f"--{argument.name.lstrip('-')}" == argument.name)
        return f" Did you mean {dashes}{close[0]}{'' if value else find_example(argument)}?"
    for line, words in _OTHER_COMMANDS.get(command, {}).items():
        if given in words.split():
            return f" Did you mean {line}?"
    return " Credentials are no options: see heymarket login." if given in _CREDENTIALS else ""


def find_example(argument: Argument) -> str:
    """The JSON that the help of an argument has as its example, as it is typed; empty without one."""
    found = _EXAMPLE.search(argument.parameter.help or "")
    return f" '{found[1]}'" if found else ""


def _find_close(word: str, known: Iterable[str]) -> list[str]:
    names = {name.lstrip("-"): name for name in known}
    close = sorted((name for name in names if name.startswith(word)), key=len)
    close = close or difflib.get_close_matches(word, names, n=1)
    return [names[name] for name in close[:1]]
