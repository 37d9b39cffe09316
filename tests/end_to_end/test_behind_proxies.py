"""Readers behind real proxies are told apart, whatever they send to be somebody else."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

import pytest

from tests.support.program import Program, free_port, running, wait_until

NGINX = Template(
    """
daemon off; pid $folder/nginx.pid; error_log $folder/nginx.log;
events {}
http {
  access_log off; client_body_temp_path $folder/a; proxy_temp_path $folder/b;
  fastcgi_temp_path $folder/c; uwsgi_temp_path $folder/d; scgi_temp_path $folder/e;
  server {
    listen 127.0.0.1:$port;
    underscores_in_headers on;
    location / {
      proxy_pass http://127.0.0.1:$upstream;
      proxy_set_header Host $$http_host;
      proxy_set_header X-Forwarded-For $$proxy_add_x_forwarded_for;
    }
  }
}
"""
)
HAPROXY = Template(
    """
global
  maxconn 100
defaults
  mode http
  timeout connect 5s
  timeout client 20s
  timeout server 20s
frontend readers
  bind 127.0.0.1:$port
  option forwardfor
  default_backend parley
backend parley
  server parley 127.0.0.1:$upstream
"""
)
PROXIES = {
    "nginx": (NGINX, ["nginx", "-c", "{}"]),
    "haproxy": (HAPROXY, ["haproxy", "-db", "-f", "{}"]),
}
LIMIT = 3
BODY = b'{"site":"demo","page":"/a","name":"Ada","text":"Well argued, thank you."}'
# What a reader adds in front of the proxy's own header, to be taken for somebody else.
LIES = [
    *(b"", b"X-Forwarded-For: 192.0.2.1\r\n", b"X-Forwarded-For: \xe9\r\n"),
    *(
        b"X_Forwarded_For: 192.0.2.2\r\n",
        b"X-Forwarded-For:\r\n",
        b"X-Forwarded_For: 192.0.2.3\r\n",
    ),
    *(
        b"X-Forwarded-For: 192.0.2.4:80\r\nX-Forwarded-For: 192.0.2.5\r\n",
        b"X-Real-IP: 192.0.2.6\r\n",
    ),
    *(b"Forwarded: for=192.0.2.7\r\n", b"X-Forwarded-For: unknown, 127.0.0.1\r\n"),
]


@pytest.fixture(scope="module", params=["127.0.0.1", "::"])
def program(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Program]:
    settings = {
        "PARLEY_TRUSTED_PROXIES": "127.0.0.1",
        "PARLEY_SUBMIT_LIMIT": f"{LIMIT} per minute",
        "PARLEY_HOST": request.param,
    }
    with running(tmp_path_factory.mktemp("var"), **settings) as program:
        yield program


@dataclass(frozen=True)
class Proxy:
    """A proxy before the program; its readers come from addresses that nobody else uses."""

    port: int
    origin: str
    network: str

    def submit(self, reader: int, lie: bytes = b"") -> int:
        """The status code of the answer."""
        head = (
            f"POST /v1/comments HTTP/1.1\r\nHost: {urlsplit(self.origin).netloc}\r\n"
            f"Origin: {self.origin}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(BODY)}\r\nConnection: close\r\n"
        )
        with socket.socket() as connection:
            connection.bind((f"{self.network}.{reader}", 0))
            connection.connect(("127.0.0.1", self.port))
            connection.sendall(head.encode() + lie + b"\r\n" + BODY)
            return int(connection.recv(65_536).split()[1])


@pytest.fixture(params=sorted(PROXIES))
def proxy(request: pytest.FixtureRequest, program: Program, tmp_path: Path) -> Iterator[Proxy]:
    template, command = PROXIES[request.param]
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    port, upstream, file = free_port(), urlsplit(program.url).port, tmp_path / "proxy.conf"
    file.write_text(template.substitute(port=port, upstream=upstream, folder=tmp_path))
    process = subprocess.Popen([part.format(file) for part in command])
    network = f"127.0.{1 + sorted(PROXIES).index(request.param)}"
    try:
        wait_until(lambda: accepts(port))
        yield Proxy(port, program.url, network)
    finally:
        process.terminate()
        process.wait(60)


def accepts(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def test_no_header_makes_a_reader_somebody_else(proxy: Proxy) -> None:
    statuses = [proxy.submit(1, lie) for lie in LIES]

    assert statuses == [202] * LIMIT + [429] * (len(LIES) - LIMIT)
    assert proxy.submit(2) == 202  # another reader is another reader
