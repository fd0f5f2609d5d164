"""Which proxy the environment asks for, for the one host there is."""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from heymarket.config import is_loopback


def proxy_for(base_url: str) -> str | None:
    """The address of the proxy to go through, which may hold a password, or `None` to go straight.

    `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` are read as urllib does, with networks, `*.domain` and ports
    in `no_proxy` too. This machine is never reached through a proxy.
    """
    url, proxies = urlsplit(base_url), getproxies()
    host, port = url.hostname or "", url.port or (443 if url.scheme == "https" else 80)
    excepted = any(_matches(entry.strip().lower(), host, port) for entry in proxies.get("no", "").split(","))
    direct = is_loopback(host) or excepted or proxy_bypass(url.netloc)
    proxy = "" if direct else (proxies.get(url.scheme) or proxies.get("all") or "").strip()
    return proxy if "://" in proxy else f"http://{proxy}" if proxy else None


def _matches(entry: str, host: str, port: int) -> bool:
    """Whether an entry of `no_proxy` names the host: `*`, a domain, an address or a network, perhaps with a port."""
    entry = entry.removesuffix(f":{port}") if entry.count(":") == 1 or "]" in entry else entry
    entry, host = entry.strip("[]").removeprefix("*.").strip("."), host.rstrip(".")
    try:
        return ip_address(host) in ip_network(entry, strict=False)
    except ValueError:
        return entry == "*" or (entry != "" and f".{host}".endswith(f".{entry}"))
