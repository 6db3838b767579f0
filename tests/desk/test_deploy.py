"""docs/how-to/deploy.md and the Containerfile: their steps are run, as far as they need no root."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from claims.cli import cli
from tests.conftest import run_outside
from tests.desk.test_command import started_at

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/how-to/deploy.md").read_text("utf-8")
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")
STEPS = re.findall(r"<!-- (runs[^>]*) -->\n```sh\n(.*?)```", PAGE, re.DOTALL)

SYSTEMD = shutil.which("systemd-analyze") or ""
GIT = shutil.which("git") or ""

needs_psql = pytest.mark.skipif(shutil.which("psql") is None, reason="no psql here")


@pytest.fixture
def empty(server: URL) -> Iterator[URL]:
    """An empty database, as a superuser reaches it."""
    run_outside(server, "CREATE DATABASE deployed TEMPLATE template0 ENCODING 'UTF8'")
    yield server.set(database="deployed")
    run_outside(server, "DROP DATABASE deployed WITH (FORCE)", "DROP ROLE IF EXISTS claims_desk")


def shell(step: str, folder: Path, **variables: str) -> None:
    """Run a step as somebody types it; every password is the same."""
    claims = folder / "claims"
    if not claims.exists():
        claims.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{MAIN}" "$@"\n')
        claims.chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    lines = step.replace("--role admin", "--role admin <<< 'a long password'")
    lines = lines.replace("--role reviewer", "--role reviewer <<< 'a long password'")
    subprocess.run(
        ["/bin/bash", "-euo", "pipefail", "-c", lines], check=True, cwd=folder, timeout=120,
        env=os.environ | variables | {"PATH": path, "CLAIMS_HOME": str(folder)},
    )  # fmt: skip


MAIN = "from claims.cli import main; main()"


@needs_psql
def test_the_steps_lead_to_a_desk_that_answers(empty: URL, tmp_path: Path) -> None:
    admin = empty.set(drivername="postgresql").render_as_string(hide_password=False)
    desk = empty.set(username="claims_desk")
    origin = ("--port", "0", "--origin", "https://desk.example", "--proxy", "127.0.0.1")
    assert len(STEPS) == 6
    for kind, step in STEPS:
        if kind == "runs":
            shell(step, tmp_path, ADMIN_URL=admin)
            continue
        with started_at(desk, *origin) as port:
            shell(step, tmp_path, DESK=f"http://127.0.0.1:{port}")
    assert "About this desk" in (tmp_path / "about.html").read_text("utf-8")
    assert [len(list(tmp_path.glob(kind))) for kind in ("*.dump", "*.jsonl")] == [1, 1]


def test_the_unit_starts_a_command_that_exists() -> None:
    [line] = re.findall(r"^ExecStart=\S+/claims (.*)$", PAGE, re.MULTILINE)
    name, *arguments = shlex.split(line)
    above = cli.make_context("claims", [name, *arguments])
    command = cli.get_command(above, name)
    assert command is not None
    context = command.make_context(name, arguments, parent=above)
    assert context.params["origin"] == "https://desk.example"


@pytest.mark.skipif(not SYSTEMD, reason="no systemd here")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    [unit] = re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL)
    program = tmp_path / "claims"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    file = tmp_path / "claims-desk.service"
    file.write_text(unit.replace("/srv/claims/bin/claims", str(program)))
    ended = subprocess.run(
        [SYSTEMD, "verify", "--man=no", file], check=False, capture_output=True, text=True
    )
    said = [line for line in ended.stderr.splitlines() if "claims-desk" in line]
    assert said == []


def test_the_image_is_built_from_the_lock_and_runs_without_rights() -> None:
    user = re.findall(r"^USER (\d+)$", CONTAINER, re.MULTILINE)
    assert user
    assert user[-1] != "0"
    installs = re.findall(r"^RUN \S+pip install (.*)$", CONTAINER, re.MULTILINE)
    assert [("--require-hashes" in line, "--no-deps" in line) for line in installs] == [
        (True, False),
        (False, True),
    ]
    assert "ADD" not in CONTAINER
    assert "http" not in CONTAINER.replace("https://desk.example", "")


@pytest.mark.long
@pytest.mark.skipif(not (GIT and (ROOT / ".git").exists()), reason="no checkout here")
def test_the_steps_of_the_image_install_the_desk(tmp_path: Path) -> None:
    source = tmp_path / "src"
    kept = subprocess.check_output([GIT, "ls-files", "-z"], cwd=ROOT, text=True).split("\0")
    for name in filter(None, kept):
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / name).read_bytes())
    target = tmp_path / "opt"
    build, _, _ = CONTAINER.partition("\nFROM docker.io/library/python:3.13-slim\n")
    for step in re.findall(r"^RUN (.*)$", build, re.MULTILINE):
        command = step.replace("/srv/claims", str(target)).replace("python3", sys.executable)
        subprocess.run(["/bin/sh", "-euc", command], check=True, cwd=source, timeout=1500)
    said = subprocess.check_output([target / "bin/claims", "desk", "--help"], text=True)
    assert "--origin" in said
    assert not (target / "bin/pytest").exists()
