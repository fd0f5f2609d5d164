"""Programs that know https://api.heymarket.com only: led here by a proxy, or by a host name and a certificate."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from heymarket import AsyncHeymarket, Heymarket
from heymarket.emulator import Emulator, Fault
from heymarket.emulator.intake.origins import NO_TUNNEL, NO_WAY, AllowedHosts

PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
URLLIB = """
import os, sys, urllib.request
request = urllib.request.Request(sys.argv[1], headers={"Authorization": "Bearer " + os.environ["HEYMARKET_TEAM_KEY"]})
print(urllib.request.urlopen(request).read().decode())
"""
HTTPX = """
import os, sys, httpx
print(httpx.get(sys.argv[1], headers={"Authorization": "Bearer " + os.environ["HEYMARKET_TEAM_KEY"]}).text)
"""
NODE = """
fetch(process.argv[1], {headers: {Authorization: "Bearer " + process.env.HEYMARKET_TEAM_KEY}})
  .then(async response => console.log(await response.text()), error => { console.error(error.cause); process.exit(1) })
"""
PHP = """
$call = curl_init($argv[1]);
curl_setopt($call, CURLOPT_HTTPHEADER, ["Authorization: Bearer " . getenv("HEYMARKET_TEAM_KEY")]);
exit(curl_exec($call) ? 0 : 1);
"""
RUBY = """
uri = URI(ARGV[0])
puts Net::HTTP.get(uri, {"Authorization" => "Bearer " + ENV["HEYMARKET_TEAM_KEY"]})
"""
PROGRAMS = {
    "urllib": [sys.executable, "-c", URLLIB],
    "httpx": [sys.executable, "-c", HTTPX],
    "curl": ["curl", "-sS", "--fail", "--oauth2-bearer", "$KEY"],
    "node": ["node", "-e", NODE],
    "php": ["php", "-d", "curl.cainfo=$CA", "-r", PHP],
    "ruby": ["ruby", "-rnet/http", "-e", RUBY],
}


@pytest.fixture(scope="module")
def emulator() -> Iterator[Emulator]:
    with Emulator(tls=True) as running:
        yield running


def program(name: str) -> list[str]:
    """The command of a program, if it is on this machine."""
    command, *options = PROGRAMS[name]
    if (found := shutil.which(command)) is None:
        pytest.skip(f"{command} is not installed")
    if name == "node":
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        if int(version.lstrip("v").partition(".")[0]) < 24:
            pytest.skip(f"Node {version.strip()} knows no proxy from the environment; 24 does")
    if (
        name == "php"
        and subprocess.run([found, "-r", "exit((int) !extension_loaded('curl'));"], check=False).returncode
    ):
        pytest.skip("PHP has no curl (Debian: php-curl)")
    return [found, *options]


def run(emulator: Emulator, name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {key: value for key, value in os.environ.items() if key.lower() not in PROXIES}
    given = {"$KEY": emulator.api_key, "$CA": str(emulator.ca_file)}
    return subprocess.run(
        [*(given.get(one, one).replace("$CA", given["$CA"]) for one in program(name)), *arguments],
        env={**plain, **emulator.environment, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def proxied(emulator: Emulator) -> dict[str, str]:
    return {
        "HTTPS_PROXY": emulator.proxy,
        "https_proxy": emulator.proxy,  # curl and Ruby read small letters
        "http_proxy": emulator.proxy,
        "NODE_USE_ENV_PROXY": "1",
    }


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("scheme", ["https", "http"])
def test_through_the_proxy_a_program_reaches_it_unchanged(emulator: Emulator, name: str, scheme: str) -> None:
    ended = run(emulator, name, f"{scheme}://api.heymarket.com/v1/team", **proxied(emulator))

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Example Inc." in ended.stdout


@pytest.mark.parametrize("name", PROGRAMS)
def test_through_the_proxy_a_program_reaches_nothing_else(emulator: Emulator, name: str) -> None:
    ended = run(emulator, name, "https://example.com/", **proxied(emulator))

    assert ended.returncode != 0
    assert "Example Domain" not in ended.stdout
    assert name in {"node", "php", "curl"} or NO_WAY in ended.stderr
    assert name != "curl" or "403" in ended.stderr


@pytest.mark.parametrize("host", ["api.heymarket.com", "triggers.heymarket.com", "localhost"])
def test_a_host_name_that_leads_here_is_in_the_certificate(emulator: Emulator, host: str) -> None:
    port = emulator.base_url.rpartition(":")[2]
    ended = run(emulator, "curl", "--connect-to", f"{host}:443:127.0.0.1:{port}", f"https://{host}/v1/team")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Example Inc." in ended.stdout


@pytest.mark.parametrize("name", PROGRAMS)
def test_https_is_at_the_base_url(emulator: Emulator, name: str) -> None:
    ended = run(emulator, name, f"{emulator.base_url}/v1/team")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Example Inc." in ended.stdout


def test_a_java_program_reaches_it_through_the_proxy(emulator: Emulator, tmp_path: Path) -> None:
    java, keytool = shutil.which("java"), shutil.which("keytool")
    if java is None or keytool is None:
        pytest.skip("Java is not installed")
    source, store = tmp_path / "Program.java", tmp_path / "trust.p12"
    source.write_text("""
        import java.net.URI;
        import java.net.http.*;
        class Program {
            public static void main(String[] arguments) throws Exception {
                var request = HttpRequest.newBuilder(URI.create("https://api.heymarket.com/v1/team"))
                    .header("Authorization", "Bearer " + System.getenv("HEYMARKET_TEAM_KEY")).build();
                var client = HttpClient.newHttpClient();
                System.out.println(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
            }
        }
    """)
    imported = ["-importcert", "-noprompt", "-file", str(emulator.ca_file), "-keystore", str(store)]
    subprocess.run([keytool, *imported, "-storepass", "changeit"], check=True, capture_output=True, timeout=60)
    host, port = emulator.proxy.removeprefix("http://").split(":")
    options = [f"-Dhttps.proxyHost={host}", f"-Dhttps.proxyPort={port}", f"-Djavax.net.ssl.trustStore={store}"]
    ended = subprocess.run(
        [java, *options, "-Djavax.net.ssl.trustStorePassword=changeit", str(source)],
        env={**os.environ, **emulator.environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert "Example Inc." in ended.stdout, ended.stderr


def test_the_client_of_this_package_trusts_what_the_environment_says(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(emulator.ca_file))
    with Heymarket(**emulator.settings) as hm:
        assert hm.team.get().name == "Example Inc."

    async def ask() -> str:
        async with AsyncHeymarket(**emulator.settings) as hm:
            return str((await hm.team.get()).name)

    assert asyncio.run(ask()) == "Example Inc."


def send(emulator: Emulator, request: str) -> bytes:
    host, port = emulator.proxy.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b""))


@pytest.mark.parametrize(
    "target",
    ["example.com:443", "api.heymarket.com.evil.example:443", "localhost:1", "127.0.0.1:22", "x", "[::1", "api:x", ""],
)
def test_a_tunnel_to_elsewhere_is_refused_in_a_sentence(emulator: Emulator, target: str) -> None:
    head, _, body = send(emulator, f"CONNECT {target} HTTP/1.1\r\nHost: x\r\n\r\n").partition(b"\r\n\r\n")

    assert head.startswith(f"HTTP/1.1 403 {NO_WAY}\r\n".encode())
    assert NO_WAY.encode() in body


def test_a_tunnel_to_the_emulator_itself_is_one(emulator: Emulator) -> None:
    port = emulator.base_url.rpartition(":")[2]
    inside = "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    request = f"CONNECT localhost:{port} HTTP/1.1\r\n\r\n{inside}"

    assert send(emulator, request).startswith(b"HTTP/1.1 200 Connection established\r\n\r\nHTTP/1.1 404 ")


def test_a_head_without_end_is_not_kept(emulator: Emulator) -> None:
    assert send(emulator, "CONNECT " + "x" * 20_000).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize("tls", [True, False])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_target_in_absolute_form_is_taken_for_heymarket_alone(*, tls: bool, scheme: str) -> None:
    with Emulator(tls=tls) as emulator:
        form = "GET {} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n"
        for host, expected in [("api.heymarket.com", 200), ("example.com", 403), ("localhost:1", 403), ("[", 403)]:
            url = f"{scheme}://{host}/v1/messages?phoneNumber=15555550100&inboxID=31"
            answer = send(emulator, form.format(url, "api.heymarket.com", emulator.api_key))
            assert answer.startswith(f"HTTP/1.1 {expected} ".encode())
            assert (NO_WAY.encode() in answer) is (expected == 403)
        assert [call.path for call in emulator.journal] == ["/v1/messages"]


def test_without_a_certificate_it_says_how_to_get_one() -> None:
    with Emulator() as emulator:
        assert emulator.ca_file is None
        request = "CONNECT api.heymarket.com:443 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        assert NO_TUNNEL in send(emulator, request).decode()


def test_faults_break_a_connection_with_tls_as_one_without() -> None:
    with Emulator(tls=True) as emulator:
        context = ssl.create_default_context(cafile=emulator.ca_file)
        with httpx.Client(verify=context, trust_env=False) as client:
            emulator.faults.add(Fault("reset", count=1))
            with pytest.raises(httpx.TransportError):
                client.get(f"{emulator.base_url}/v1/team")
            assert client.get(f"{emulator.base_url}/v1/team").status_code == 401


def test_it_leaves_no_file_and_no_thread_and_no_connection_behind() -> None:
    threads = set(threading.enumerate())
    with Emulator(tls=True) as emulator:
        file = emulator.ca_file
        assert file is not None
        assert file.is_file()
        _, port = emulator.proxy.removeprefix("http://").split(":")
        idle = socket.create_connection(("127.0.0.1", int(port)))
        half = socket.create_connection(("127.0.0.1", int(port)))
        half.sendall(b"CONNECT api.")
        time.sleep(0.05)  # for both to be accepted, which nothing shows outside
        began = time.monotonic()
    assert time.monotonic() - began < 10
    assert emulator.ca_file is None
    assert not file.exists()
    assert set(threading.enumerate()) <= threads
    with idle, half:
        assert not idle.recv(1)
        assert not half.recv(1)


def test_a_client_that_does_not_trust_it_gets_no_further(emulator: Emulator) -> None:
    with pytest.raises(httpx.ConnectError, match="certificate"):
        httpx.get(emulator.base_url, trust_env=False)
    assert httpx.get(f"{emulator.proxy}/nowhere", trust_env=False).status_code == 404


@pytest.mark.parametrize(
    ("names", "on_loopback", "target", "expected"),
    [
        (["api.heymarket.com"], True, "API.heymarket.com.:443", True),
        ([".example.com"], True, "a.example.com:443", True),
        (["*"], True, "a.example.com:443", False),
        (["*"], True, "a.example.com:8010", True),
        ([], True, "127.0.0.1:8010", True),
        ([], True, "127.0.0.1:80", False),
        ([], False, "emulator:8010", True),
        ([], False, "emulator:80", False),
        (["api.heymarket.com"], True, "api.heymarket.com:x", True),
    ],
)
def test_names_that_a_proxy_leads_to(names: list[str], *, on_loopback: bool, target: str, expected: bool) -> None:
    assert AllowedHosts.of(names, is_on_loopback=on_loopback).lead_here(target, 8010) is expected
