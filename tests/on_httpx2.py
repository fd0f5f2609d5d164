"""`pytest -p tests.on_httpx2`: whatever imports httpx gets httpx2, so that the move is known to be that one line."""

import httpx2

httpx2.alias_httpx()
