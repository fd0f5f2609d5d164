"""The renderer of the API reference is renewed from npm's archive."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = {
    "package.json": b'{"version": "5.99.0"}',
    "swagger-ui-bundle.js": b"draw();\n//# sourceMappingURL=swagger-ui-bundle.js.map\n",
    "swagger-ui.css": b".swagger-ui{}\n/*# sourceMappingURL=swagger-ui.css.map*/\n",
    "swagger-ui-bundle.js.LICENSE.txt": b"Licences of its parts.",
    "LICENSE": b"Apache License",
    "NOTICE": b"swagger-ui",
    "index.html": b"not needed",
}


def archive(path: Path, without: str = "") -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for name, content in FILES.items():
            if name != without:
                member = tarfile.TarInfo(f"package/{name}")
                member.size = len(content)
                packed.addfile(member, io.BytesIO(content))
    return path


def vendor(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, ROOT / "scripts" / "vendor", *words], capture_output=True, text=True, check=False
    )


def test_what_is_needed_is_kept_with_licence_version_and_digests(tmp_path: Path) -> None:
    folder = tmp_path / "vendor"
    done = vendor("--archive", archive(tmp_path / "npm.tgz"), "--folder", folder)
    assert done.returncode == 0, done.stderr
    assert "swagger-ui-dist 5.99.0" in done.stdout
    origin = json.loads((folder / "origin.json").read_text("utf-8"))
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found.pop("origin.json")
    assert found.pop("heymarket.cdx.json")
    assert found == origin["sha256"]
    assert sorted(found) == [
        "LICENSE",
        "NOTICE",
        "swagger-ui-bundle.js.LICENSE.txt",
        "swagger-ui-bundle.js.gz",
        "swagger-ui.css.gz",
    ]
    assert origin["version"] == "5.99.0"
    assert gzip.decompress((folder / "swagger-ui-bundle.js.gz").read_bytes()) == b"draw();\n"


def test_the_shipped_bill_of_materials_is_that_of_the_shipped_files() -> None:
    folder = ROOT / "heymarket/emulator/ui/vendor"
    (part,) = json.loads((folder / "heymarket.cdx.json").read_text("utf-8"))["components"]
    assert part["purl"] == f"pkg:npm/swagger-ui-dist@{part['version']}"
    assert {one["name"]: one["hashes"][0]["content"] for one in part["components"]} == {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.suffix != ".json"
    }


@pytest.mark.parametrize("missing", ["LICENSE", "swagger-ui.css"])
def test_an_archive_that_lacks_something_changes_nothing(tmp_path: Path, missing: str) -> None:
    folder = tmp_path / "vendor"
    done = vendor("--archive", archive(tmp_path / "npm.tgz", without=missing), "--folder", folder)
    assert done.returncode == 1
    assert f"no file {missing}" in done.stderr
    assert not folder.exists()
