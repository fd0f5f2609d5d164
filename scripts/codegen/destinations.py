"""Where an operation is sent, and what signs it, where that isn't the client's base URL and credentials."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from .bundle import Document, Operation
from .problems import Path, Problem
from .static.operation import SecurityScheme

_RESERVED = {"API_KEY", "BASE_URL", "LOG", "PROFILE", "SECRET_ID", "SECRET_KEY"}
"""What environment variables of ours are called, after `HEYMARKET_`."""


def split_server(document: Document, operation: Operation) -> tuple[str, str]:
    """Splits the operation's own server into its origin, empty where it is that of the service, and a path prefix."""
    url = next((server["url"] for server in operation.item.get("servers", ())), "")
    parts, root = urlsplit(url), _origin(find_server(document))
    return ("" if _origin(url) in {"", root} else _origin(url)), parts.path.rstrip("/")


def find_server(document: Document) -> str:
    """Returns the base URL of the service."""
    servers: list[dict[str, str]] = document.data.get("servers") or [{"url": ""}]
    return servers[0]["url"].rstrip("/")


def read_security(document: Document, operation: Operation) -> SecurityScheme | None:
    """Reads what signs an operation's requests; `None` for the client's credentials."""
    if "security" not in operation.item:
        return None
    name = next((name for requirement in operation.item["security"] for name in requirement), "")
    if not name:
        return SecurityScheme("")
    scheme = document.resolved["components"]["securitySchemes"][name]
    if scheme["type"] == "http":
        return SecurityScheme(name, name="Authorization", prefix="Bearer ")
    return SecurityScheme(name, place=scheme["in"], name=scheme["name"])


def name_variable(scheme: str) -> str:
    """Names the environment variable that a scheme's key comes from: `HEYMARKET_AUTOMATION_KEY` for AutomationKey."""
    return "HEYMARKET_" + re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", scheme).upper()


def check_destinations(document: Document) -> Iterator[Problem]:
    """Checks servers and security: that there is one of each, and that no key gets to a host by oversight."""
    schemes: dict[str, Any] = document.resolved["components"].get("securitySchemes", {})
    own = {name for requirement in document.data.get("security", ()) for name in requirement}
    if document.data.get("security", [{"": []}]) in ([], [{}]):
        yield document.problem(("security",), "say at each operation that it needs no credentials: security: []")
    for name in own & schemes.keys():
        if schemes[name]["type"] != "http":
            text = "the client signs with a bearer token: describe type: http, scheme: bearer"
            yield document.problem(("components", "securitySchemes", name), text)
    for name in schemes.keys() - own:
        if name_variable(name).removeprefix("HEYMARKET_") in _RESERVED:
            text = f"{name_variable(name)} has another meaning: give the scheme another name"
            yield document.problem(("components", "securitySchemes", name), text)
    yield from _check_security(document, ("security",), document.data.get("security", []), schemes)
    for operation in document.operations():
        security = operation.item.get("security", [])
        yield from _check_security(document, (*operation.at, "security"), security, schemes)
        servers = operation.item.get("servers", [])
        at = (*operation.at, "servers")
        if len(servers) > 1:
            yield document.problem(at, "one of servers is supported: remove the others")
        for server in servers:
            parts = urlsplit(server["url"])
            if not server["url"].startswith("/") and (parts.scheme != "https" or not parts.hostname):
                yield document.problem(at, "write a server as https://host, with a path if needed, or as /path alone")
            elif parts.username or parts.query or parts.fragment or re.search(r"[{}\s]", server["url"]):
                yield document.problem(at, "a server has a host and a path only")
            elif split_server(document, operation)[0] and "security" not in operation.item:
                text = "another host would get the client's credentials: say which scheme it has, or security: []"
                yield document.problem(at, text)


def _check_security(document: Document, at: Path, security: list[Any], schemes: dict[str, Any]) -> Iterator[Problem]:
    if len(security) > 1 or any(len(requirement) > 1 for requirement in security):
        yield document.problem(at, "one security scheme is supported: remove the others")
    for name in {name for requirement in security for name in requirement} - schemes.keys():
        yield document.problem(at, f"{name} isn't described: add it to components.securitySchemes")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}" if parts.netloc else ""
