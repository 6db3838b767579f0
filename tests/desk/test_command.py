"""claims desk: where it listens, and what it says where it cannot."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import psutil
import pytest
from sqlalchemy import URL

from claims.database.engine import Database
from claims.desk.errors import OtherHostError, PortTakenError
from claims.desk.serve import listen
from tests.in_process import connected, run

MAIN = "from claims.cli import main; main()"


def test_it_serves_until_it_is_stopped(database: Database) -> None:
    with started(database, "--port", "0") as (address, process):
        assert "About this desk" in httpx2.get(f"{address}about").text
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, out, err) == (0, "", "")


@contextmanager
def started(database: Database, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A desk in a program of its own, and the address that it printed."""
    with _running(database.url, *options) as (line, process):
        match = re.search(r"http://127\.0\.0\.1:\d+/", line)
        assert match, process.communicate(timeout=30)
        yield match.group(), process


@contextmanager
def started_at(url: URL, *options: str) -> Iterator[int]:
    """A desk that others reach, in a program of its own; the port at which it listens."""
    with started_for_others(url, *options) as (port, _):
        yield port


@contextmanager
def started_for_others(url: URL, *options: str) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """The same, with the program."""
    with _running(url, *options) as (line, process):
        assert "The desk is at https://" in line, process.communicate(timeout=30)
        connections = psutil.Process(process.pid).net_connections("tcp")
        [port] = [one.laddr.port for one in connections if one.status == psutil.CONN_LISTEN]
        yield port, process


@contextmanager
def _running(url: URL, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A desk in a program of its own, and the first line that it printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "desk", *options],
        env=os.environ | {"DATABASE_URL": url.render_as_string(hide_password=False)}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield process.stdout.readline(), process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "claims.example", ""])  # noqa: S104 - refused
def test_no_address_that_others_reach_is_listened_at(host: str) -> None:
    with pytest.raises(OtherHostError):
        listen(host, 0)


def test_a_port_that_is_taken_is_said(shared_database: Database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTakenError):
            listen("127.0.0.1", port)
        with connected(shared_database):
            ended = run("desk", "--port", str(port))
    assert ended.code == 2
    assert ended.err.startswith(f"error[port-taken] 127.0.0.1:{port}: ")


def test_what_is_sent_in_two_parts_waits_for_no_acknowledgement() -> None:
    # Head and body of a page are two writes: held back, the second one comes 40 ms later.
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
