"""What starting costs: `import heymarket` beside `import httpx`, and a cold process up to its first answer.

Each figure is a whole process, the contestants in turn. Usage: python benchmarks/imports.py [ROUNDS]
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from _ratios import compare, table
from _server import CONTACT, PATH, serving

SECRET_ID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
SECRET_KEY = "kN4mQ7rT1vX8zB3dF6hJ9lP2sU5wY0aC"

BARE = """
import time, httpx, jwt
token = jwt.encode({{"iss": {id!r}, "iat": int(time.time())}}, {id!r} + "||" + {key!r}, algorithm="HS256")
with httpx.Client() as client:
    response = client.get({url!r}, headers={{"Authorization": "Bearer " + token}})
    response.raise_for_status()
    assert response.json()["channel_id"] == "15555550100"
"""
OURS = """
from heymarket import Heymarket
with Heymarket({id!r}, {key!r}, base_url={base_url!r}) as hm:
    assert hm.contact_channels.get({contact!r}, "phone").channel_id == "15555550100"
"""


def process(code: str) -> Callable[[], float]:
    """Seconds of a whole Python process that runs the code."""

    def run() -> float:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        return time.perf_counter() - started

    return run


def imported(code: str) -> Callable[[], float]:
    """Seconds of an import alone, as a fresh process measures it itself."""
    probe = f"import time; s = time.perf_counter(); {code}; print(time.perf_counter() - s)"

    def run() -> float:
        done = subprocess.run([sys.executable, "-c", probe], check=True, capture_output=True, text=True)
        return float(done.stdout)

    return run


def main() -> None:
    """Print the costs of starting."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    imports = compare(
        {
            "import httpx": imported("import httpx"),
            "import heymarket": imported("import heymarket"),
            "from heymarket import Heymarket": imported("from heymarket import Heymarket"),
        },
        rounds,
    )
    with serving() as base_url:
        values = {"id": SECRET_ID, "key": SECRET_KEY, "url": base_url + PATH, "base_url": base_url, "contact": CONTACT}
        cold = compare(
            {
                "script with httpx and PyJWT": process(BARE.format(**values)),
                "script with heymarket": process(OURS.format(**values)),
            },
            rounds,
        )
    print(table("Import", imports))
    print(table("Cold process, from start to first answer", cold))


if __name__ == "__main__":
    main()
