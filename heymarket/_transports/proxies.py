"""Which proxy the environment asks for, for the one host there is; both transports decide it here."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from heymarket.config import is_loopback
from heymarket.errors import ConfigurationError

SCHEMES = ("http", "https", "socks5", "socks5h")
"""The kinds of proxy that both transports know."""


def proxy_for(base_url: str) -> str | None:
    """The address of the proxy to go through, which may hold a password, or `None` to go straight.

    `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy` are read as Python's own `urllib` reads them; this machine
    is never reached through a proxy.
    """
    parts = urlsplit(base_url)
    proxies = {} if is_loopback(parts.hostname or "") or proxy_bypass(parts.netloc) else getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    return proxy if proxy is None or "://" in proxy else f"http://{proxy}"


def unusable_proxy(base_url: str) -> ConfigurationError:
    """The error for an address that is none. It does not repeat it."""
    scheme = urlsplit(base_url).scheme
    return ConfigurationError(f"The proxy address in {scheme}_proxy or all_proxy can't be used. Mend it.")


def unusable_settings(error: Exception) -> ConfigurationError:
    """The error for settings that no connection can be made with."""
    return ConfigurationError(
        f"No connections can be made with these settings ({type(error).__name__}). Check the base URL, the proxy "
        "variables (http_proxy, https_proxy, all_proxy; socks needs httpx[socks]) and SSL_CERT_FILE."
    )
