"""A million claims in and out, each beside PostgreSQL's own COPY in the same run.

Makes an archive from a seed number (bench/archive.py), then, on an embedded server of its own:

- imports it into an empty database by `claims import`, compared with bare COPY of the same rows
  into tables without keys, and building every key and index afterwards (no triggers, no foreign
  keys); what the import would compare at its end is compared by `claims compare`;
- imports it again, every row being stored already;
- exports it in each format by `claims export`, compared with COPY TO of the same query.

    python -m bench.load [claims] [seed]     1,000,000 and 1 unless given
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from bench.archive import write
from bench.processor import server_seconds
from claims.archive.restore import SETTINGS
from claims.database.address import parse_url
from claims.database.driver import Driver
from claims.database.engine import Database
from claims.database.migrations import upgrade
from claims.database.server import start, status, stop
from claims.database.statements import read_statements
from claims.exchange.export import FORMATS
from claims.exchange.queries import csv_query, lines_query
from claims.exchange.rows import CSV, LINES, run_copy
from claims.exchange.selection import Selection

QUERIES = {"jsonl": lines_query, "csv": csv_query, "parquet": csv_query}
HOW = {"jsonl": LINES, "csv": CSV, "parquet": CSV}
NOT_COMPARED = """
import sys, types
from claims.cli import importing
importing.compare_all = lambda _: ""
none = types.SimpleNamespace(compare_changed_articles=lambda _: 0, compare_changes=lambda _: 0)
sys.modules |= {"claims.copies.due": none, "claims.utterances.compare": none}
"""
"""What is alike is compared afterwards, by a command of its own: COPY compares nothing, and loads
none of the lexicons for it."""

WORKBOOK = 100_000
"""Claims of the largest workbook that is made: one of a million takes ten minutes, and no
spreadsheet opens it."""


@dataclass(frozen=True)
class Run:
    """How long a command took, processor seconds of program and server, its most memory in MB."""

    seconds: float
    processor: float
    megabytes: float


def claims(url: str, *arguments: str, before: str = "") -> Run:
    """Run the program in a process of its own; `before` is Python that runs before it does."""
    server, begun, peak = server_seconds(url), time.perf_counter(), 0
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(
        [sys.executable, "-c", f"{before}\nfrom claims.cli import main; main()", *arguments],
        env=os.environ | {"DATABASE_URL": url},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    # Not rusage: what it says of a child begins with the size of its parent.
    while process.poll() is None:
        peak = max(peak, high_water(process.pid))
        time.sleep(0.02)
    assert process.returncode == 0, arguments
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    program = after.ru_utime + after.ru_stime - children.ru_utime - children.ru_stime
    seconds = time.perf_counter() - begun
    return Run(seconds, program + server_seconds(url) - server, peak / 1024)


def high_water(process: int) -> int:
    """The most memory that a process had at once, in KiB; 0 once it is gone."""
    try:
        status_file = Path(f"/proc/{process}/status").read_text("ascii", "replace")
    except OSError:
        return 0
    lines = [one for one in status_file.splitlines() if one.startswith("VmHWM")]
    return int(lines[0].split()[1]) if lines else 0


@contextmanager
def timed(times: dict[str, float], name: str) -> Iterator[None]:
    """Note how long a block took."""
    begun = time.perf_counter()
    yield
    times[name] = time.perf_counter() - begun


class Bench:
    """The server, and a database on it for each side."""

    def __init__(self, home: Path) -> None:
        self.server = parse_url(start(home).url or "")

    def make(self, name: str) -> str:
        """A migrated database; its address."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
            )
        database = Database(self.server.set(database=name))
        upgrade(database.engine)
        database.close()
        return self.url(name)

    def url(self, name: str) -> str:
        """A database's address as libpq takes it."""
        plain = self.server.set(database=name, drivername="postgresql")
        return plain.render_as_string(hide_password=False)


def tables_of(driver: Driver) -> list[str]:
    """Every table that holds rows."""
    query = (
        "SELECT relname FROM pg_class WHERE relnamespace = 'claims'::regnamespace"
        " AND relkind = 'r' AND relname NOT IN ('alembic_version', 'ledger_head') ORDER BY 1"
    )
    return [str(name) for (name,) in driver.execute(query)]


def columns_of(driver: Driver, table: str) -> sql.Composed:
    """The columns that can be copied."""
    query = (
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0"
        " AND NOT attisdropped AND attgenerated = '' ORDER BY attnum"
    )
    names = driver.execute(query, [f"claims.{table}"]).fetchall()
    return sql.SQL(", ").join(sql.Identifier(str(name)) for (name,) in names)


def copy_out(url: str, folder: Path) -> None:
    """Every table into a file, as COPY writes it."""
    with psycopg.connect(url) as driver:
        for table in tables_of(driver):
            query = sql.SQL("COPY claims.{} ({}) TO STDOUT").format(
                sql.Identifier(table), columns_of(driver, table)
            )
            with (folder / table).open("wb") as out, driver.cursor().copy(query) as rows:
                for row in rows:
                    out.write(row)


def copy_bare(url: str, folder: Path) -> dict[str, float]:
    """The same rows into tables without keys, triggers or indexes; then keys and indexes."""
    times: dict[str, float] = {}
    queries = read_statements("claims.archive", "catalogue.sql")
    with psycopg.connect(url, options="-c search_path=public") as driver:
        driver.execute(SETTINGS)
        objects = {
            name: driver.execute(query.encode()).fetchall() for name, query in queries.items()
        }
        keys = driver.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
            " FROM pg_constraint WHERE connamespace = 'claims'::regnamespace AND contype = 'p'"
            " AND conrelid <> 'claims.alembic_version'::regclass"
        ).fetchall()
        for table, name, _ in (*objects["foreign_keys"], *objects["uniques"], *keys):
            driver.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name} CASCADE".encode())
        for index, _, _ in objects["indexes"]:
            driver.execute(f"DROP INDEX {index}".encode())
        for table, name, _ in objects["triggers"]:
            driver.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}".encode())
        # A migration may leave a row that the copy brings too.
        for path in sorted(folder.iterdir()):
            driver.execute(sql.SQL("TRUNCATE claims.{}").format(sql.Identifier(path.name)))
        with timed(times, "copy"):
            for path in sorted(folder.iterdir()):
                query = sql.SQL("COPY claims.{} ({}) FROM STDIN").format(
                    sql.Identifier(path.name), columns_of(driver, path.name)
                )
                with path.open("rb") as rows, driver.cursor().copy(query) as into:
                    while block := rows.read(1 << 20):
                        into.write(block)
        with timed(times, "index"):
            for table, name, definition in (*keys, *objects["uniques"]):
                driver.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}".encode())
            for _, _, definition in objects["indexes"]:
                driver.execute(str(definition).encode())
            driver.commit()
    return times


def copy_query(bench: Bench, name: str, form: str) -> float:
    """Seconds of COPY TO of the query that a format runs."""
    database = Database(bench.server.set(database=name))
    begun = time.perf_counter()
    with database.reader() as session:
        for _ in run_copy(session, QUERIES[form](Selection("proposed")), HOW[form]):
            pass
    database.close()
    return time.perf_counter() - begun


def line(name: str, figure: str, must: str, aim: str) -> None:
    """One line of the table."""
    print(f"| {name} | {figure} | {must} | {aim} |", flush=True)


def run(count: int, seed: int, home: Path) -> None:
    """Measure all, and print a table."""
    archive = home / "bench.jsonl"
    write(archive, count, seed)
    print(f"{count:,} claims, archive of {archive.stat().st_size >> 20} MB, seed {seed}\n")
    bench = Bench(home / "claims")
    full = bench.make("full")
    print("| | measured | must | aim |\n|--|--|--|--|")
    into_empty = claims(full, "import", str(archive), before=NOT_COMPARED)
    copies = home / "copies"
    copies.mkdir()
    copy_out(full, copies)
    beside = bench.make("bare")
    server, program = server_seconds(beside), time.process_time()
    bare = copy_bare(beside, copies)
    processor = server_seconds(beside) - server + time.process_time() - program
    shutil.rmtree(copies)
    copy_seconds = sum(bare.values())
    line(
        "archive into empty, beside COPY + index",
        f"{copy_seconds / into_empty.seconds:.2f}× ({into_empty.seconds:.0f} s beside"
        f" {bare['copy']:.0f} + {bare['index']:.0f}), processor"
        f" {processor / into_empty.processor:.2f}× ({into_empty.processor:.1f} s beside"
        f" {processor:.1f}), load {os.getloadavg()[0]:.1f}", "0.5×", "0.8×",
    )  # fmt: skip
    compared = claims(full, "compare")
    line("what was imported, compared",
         f"{compared.seconds:.0f} s, processor {compared.processor:.1f} s", "", "")  # fmt: skip
    again = claims(full, "import", str(archive))
    line("all rows stored already", f"{count / again.seconds:,.0f} claims/s", "100,000", "180,000")
    line(
        "memory of imports", f"{into_empty.megabytes:.0f}, {again.megabytes:.0f} MB",
        "300 MB", "150 MB",
    )  # fmt: skip
    export(bench, full, count, home)


def export(bench: Bench, url: str, count: int, home: Path) -> None:
    """Each format, those that COPY can write too beside it."""
    for form in sorted(FORMATS, key=lambda name: (name not in QUERIES, name)):
        if form == "xlsx" and count > WORKBOOK:
            continue
        status_option: Sequence[str] = () if form == "archive" else ("--status", "proposed")
        ran = claims(
            url, "export", "--format", form, *status_option, "-o", str(home / f"out.{form}")
        )
        (home / f"out.{form}").unlink()
        memory = f"{ran.megabytes:.0f} MB"
        if form in QUERIES:
            copy_seconds = copy_query(bench, "full", form)
            figure = (
                f"{copy_seconds / ran.seconds:.2f}× ({ran.seconds:.0f} s beside {copy_seconds:.0f})"
            )
            line(f"{form} export beside COPY TO", f"{figure}, {memory}", "0.4×", "0.8×")
        else:
            line(f"{form} export", f"{ran.seconds:.0f} s, {memory}", "300 MB", "150 MB")


def main() -> None:
    """Measure on a server of its own, which is removed afterwards."""
    numbers = [int(one.replace(",", "")) for one in sys.argv[1:]]
    count, seed, *_ = *numbers, *(1_000_000, 1)[len(numbers) :]
    home = Path(tempfile.mkdtemp(prefix="claims-load-", dir=os.environ.get("CLAIMS_BENCH")))
    home.chmod(0o755)
    try:
        run(count, seed, home)
    finally:
        directory = status(home / "claims").directory.resolve()
        stop(home / "claims")
        shutil.rmtree(directory, ignore_errors=True)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()
