"""`pytest -p tests.httpx2_plugin`: programs that import httpx get httpx2. The tests show that this line is enough."""

import httpx2

httpx2.alias_httpx()
