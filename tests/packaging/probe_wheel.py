"""Run in an environment that holds the built wheel and its dependencies, nothing else: is it whole, and does it work?

A program, not a pytest module, because pytest is not there. Run by `tox -e wheel`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import distribution
from pathlib import Path

CHANNEL = {"id": 1, "channel_type": "phone", "channel_id": "15555550100", "created": "2024-01-01T00:00:00Z"}


class Answer(BaseHTTPRequestHandler):
    """Answers every GET that brings a token with the channel."""

    def do_GET(self) -> None:
        body = json.dumps(CHANNEL).encode()
        self.send_response(200 if self.headers["Authorization"].count(".") == 2 else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def check(name: str, condition: object) -> None:
    """Count a check, or end with what is wrong."""
    if not condition:
        sys.exit(f"wheel: {name}: no")
    print(f"wheel: {name}: ok")


def main() -> None:
    """Check the installed wheel."""
    wheel = distribution("heymarket")
    files = [str(file) for file in wheel.files or []]
    addresses = " ".join(wheel.metadata.get_all("Project-URL") or [])
    check("names documentation, source, changelog and issues", addresses.count("https://") == 4)
    check("has a README without relative links", "](docs/" not in (wheel.read_text("METADATA") or ""))
    skill = "heymarket/.agents/skills/heymarket/SKILL.md"
    described = ("heymarket_openapi/description.json", "heymarket_openapi/openapi.json")
    for name in ("heymarket/py.typed", "heymarket_openapi/py.typed", skill, *described):
        check(f"holds {name}", name in files)
    folders = {file.split("/")[0] for file in files}
    check("holds two packages only", {f for f in folders if "." not in f} == {"heymarket", "heymarket_openapi"})
    check("holds the license", any(file.endswith("LICENSE") for file in files))
    needed = sorted(line.split(";")[0].strip() for line in wheel.requires or [] if "extra ==" not in line)
    names = [line.split(">")[0].split("<")[0].split(",")[0] for line in needed]
    expected = ["attrs", "httpx", "pyjwt", "sniffio"]
    check("needs attrs, httpx, PyJWT and sniffio only", [name.lower() for name in names] == expected)

    import heymarket

    check("is imported from where it is installed", "site-packages" in Path(heymarket.__file__).parts)
    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with heymarket.Heymarket("an-id-1", "a-key-" * 6, base_url=f"http://127.0.0.1:{server.server_port}") as hm:
        channel = hm.contact_channels.get("00000000-0000-4000-8000-000000000001", "phone")
        check("makes a call", channel.channel_id == "15555550100")
    server.shutdown()
    server.server_close()

    command = Path(sys.executable).with_name("heymarket")
    done = subprocess.run([command, "doctor"], capture_output=True, text=True, check=False)
    check("names the extra for the command line", done.returncode == 2 and "heymarket[cli]" in done.stderr)
    try:
        from heymarket.emulator import Emulator  # noqa: F401 - that it is missing is the point
    except heymarket.HeymarketError as error:
        check("names the extra for the emulator", "heymarket[emulator]" in str(error))
    else:
        check("has no emulator without its extra", False)
    from heymarket.testing import WebhookReceiver, delivery

    with WebhookReceiver() as receiver:
        check("receives and builds deliveries without an extra", receiver.url and delivery("message_recieved").body)
    try:
        from heymarket.testing.cassettes import Cassette  # noqa: F401 - as above
    except heymarket.ConfigurationError as error:
        check("names the extra for cassettes", "heymarket[testing]" in str(error))
    else:
        check("has no cassettes without their extra", False)
    for what, extra, options in (
        ("profiles", "cli", {"profile": "work"}),
        ("a quota on Redis", "redis", {"quota": heymarket.Quota.redis("redis://localhost")}),
    ):
        try:
            heymarket.Heymarket(**({"secret_id": "an-id-1", "secret_key": "a-key-" * 6} | options))
        except heymarket.ConfigurationError as error:
            check(f"names the extra for {what}", f"heymarket[{extra}]" in str(error))
        else:
            check(f"has no {what} without its extra", extra == "cli")


if __name__ == "__main__":
    main()
