"""llms.txt and llms-full.txt (https://llmstxt.org), and the pages as Markdown beside their HTML."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from . import pages

SUMMARY = """\
# heymarket

> A typed Python client for the Heymarket business-messaging API, sync and async, with a local Heymarket (an emulator)
> to develop and test against. Unofficial. Python 3.11 and later. `pip install heymarket`.

What to know before writing code with it:

- `with Heymarket() as hm:` reads HEYMARKET_SECRET_ID, HEYMARKET_SECRET_KEY and HEYMARKET_BASE_URL. `AsyncHeymarket` has
  the same methods as coroutines. Make one client for a program, not one for a call.
- `hm.messages.send(inbox_id=..., creator_id=..., phone_number="+1 555 555 0100", text="...")` texts somebody, for real
  unless HEYMARKET_BASE_URL is an emulator's. A success means accepted, not delivered.
- Give a `local_id` of your own to what may be sent again; the same one texts once.
- Write tests with the pytest fixtures `heymarket` and `heymarket_emulator` (extra `testing`), not with mocks.
- Errors say what to do next. Catch `heymarket.HeymarketError` or its subclasses; calls are retried already.
"""

LEFT_OUT = {"reference/evidence.md", "project/benchmarks.md", "project/changelog.md", "project/code-of-conduct.md"}
"""Pages that tell nobody how to use it; llms-full.txt goes without them."""


def write(root: Path, source: Path, html: Path) -> None:
    """Write both files into the site, and each page as Markdown beside its HTML."""
    urls = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["urls"]
    for page in source.rglob("*.md"):
        copy = html / page.relative_to(source)
        copy.write_text(page.read_text("utf-8"), "utf-8")
    index = summarize(root, urls["Documentation"])
    (html / "llms.txt").write_text(index, "utf-8")
    (html / "llms-full.txt").write_text(gather(root, source, urls["Documentation"]), "utf-8")


def summarize(root: Path, site: str) -> str:
    """llms.txt: what to know, then the index of docs/README.md, its links those of the site's Markdown."""
    where = pages.list_places(root)
    index = (root / "docs/README.md").read_text("utf-8").partition("\n## ")
    links = "".join(index[1:])

    def replace(link: str) -> str:
        found = pages.resolve(root, "docs/README.md", where, link)
        return found if re.match(r"[a-z]+:", found) else site + found

    return f"{SUMMARY}\n{pages.rewrite_links(links, replace).strip()}\n"


def gather(root: Path, source: Path, site: str) -> str:
    """llms-full.txt: what to know, then all pages in the order of the index, each after its address."""
    where = pages.list_places(root)
    listed = re.findall(r"\]\(([^)#]+)\)", (root / "docs/README.md").read_text("utf-8"))
    places = [pages.resolve(root, "docs/README.md", where, link) for link in listed]
    places += [place for place in where.values() if place.startswith("reference/")]
    parts = [SUMMARY]
    for place in dict.fromkeys(places):
        if (source / place).suffix == ".md" and place not in {*LEFT_OUT, "index.md"} and (source / place).exists():
            text = re.sub(r"<!--.*?-->\s*", "", (source / place).read_text("utf-8"), flags=re.DOTALL)
            parts.append(f"<!-- {site}{place.removesuffix('.md')}.html -->\n\n{text.strip()}\n")
    return "\n".join(parts)
