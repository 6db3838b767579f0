"""A wheel built from the tree works outside it, with a server of its own."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from claims.database.revision import head_revision

ROOT = Path(__file__).parents[2]
SEED = ROOT / "seeds/000_3401827eaba227a0.txt"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without a network."""
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [built] = out.glob("*.whl")
    return built


def test_the_wheel_holds_migrations_views_and_lexicons(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for part in (
        "claims/database/alembic/env.py",
        "claims/database/alembic/sql/0102_invariants.sql",
        "claims/database/alembic/views/claims_past/claim_01.sql",
        "claims/contract/claims_v1/claims_01.sql",
        "claims/contract/contract.json",
        "claims/database/rights.sql",
        "claims/ledger/checker.py",
        "claims/extraction/lexicons/cues.txt",
    ):
        assert part in names
    assert not [name for name in names if name.startswith(("tests", "bench"))]


def test_two_builds_are_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_the_journey_from_an_installed_wheel(wheel: Path, tmp_path: Path, home: Path) -> None:
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    site = next((venv / "lib").glob("python3*/site-packages"))
    # What the program stands on is lent by the environment that runs the tests, so that the test
    # needs no network; the program itself comes from the wheel alone.
    lent = [path for path in sys.path if path.endswith("site-packages")]
    subprocess.run(
        [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps",
         "--python", str(venv / "bin/python"), str(wheel)], check=True,
    )  # fmt: skip
    (site / "lent.pth").write_text("\n".join(lent))
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "PYTHONPATH"}
    } | {"CLAIMS_HOME": str(home), "CLAIMS_REVIEWER": "Ann"}

    def claims(*arguments: str) -> str:
        done = subprocess.run(
            [str(venv / "bin/claims"), *arguments],
            cwd=tmp_path, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = [str(venv / "bin/python"), "-c", "import claims; print(claims.__file__)"]
    located = subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(venv) in located.stdout
    assert f"to {head_revision()}" in claims("db", "init")
    assert "claims stored" in claims("ingest", str(SEED), "--published", "2018-07-14")
    first = claims("list").splitlines()[0][:8]
    assert "└─" in claims("trace", first)
    assert "accepted" in claims("review", "accept", first)
    assert first in claims("export", "--format", "csv")
    assert "not running" in claims("db", "stop")
