"""Writes the files that three walks pass into docs/architecture.md: `python -m tests.shape.walks`.

A file counts if one of its functions runs during the walk. Code that runs only while modules are
imported does not count, nor does starting the embedded server. What both commands pass (opening
the database, the command line) is listed once, as the way of any command.
"""

import contextlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from inspect import CO_OPTIMIZED
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from types import FrameType

from sqlalchemy import Engine, event

from claims.cli import cli
from claims.database.server import start, stop
from tests.shape.tree import ROOT

PACKAGE = f"{ROOT}/claims/"
DOCUMENT = ROOT / "docs/architecture.md"
ARTICLE = ROOT / "seeds/000_3401827eaba227a0.txt"


class Walk:
    """The files passed while it is followed, in the order in which they are first entered."""

    def __init__(self) -> None:
        self.files: list[str] = []
        self.followed = False

    def enter(self, frame: FrameType, what: str, _: object) -> None:
        """Note a function that begins; called by the interpreter."""
        path = frame.f_code.co_filename
        # A class body or a module is no function.
        if not (self.followed and what == "call" and frame.f_code.co_flags & CO_OPTIMIZED):
            return
        name = path.removeprefix(PACKAGE)
        if path.startswith(PACKAGE) and name not in self.files and not _is_import(frame):
            self.files.append(name)


def _is_import(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_name == "<module>" and frame.f_code.co_filename.startswith(PACKAGE):
            return True
        frame = frame.f_back
    return False


class Keys(io.TextIOBase):
    """Lines typed at the queue; the walk is followed from the first one to the second."""

    def __init__(self, walk: Walk, *lines: str) -> None:
        self.walk = walk
        self.lines = list(lines)

    def readline(self, _size: int = -1, /) -> str:  # type: ignore[override] # as typeshed's own
        """The next line."""
        self.walk.followed = not self.walk.files
        return self.lines.pop(0)


def walk_command(*arguments: str) -> list[str]:
    """Run a whole command."""
    walk = Walk()
    walk.followed = True
    with _profiled(walk):
        cli.main(arguments, prog_name="claims", standalone_mode=False)
    return walk.files


def walk_key() -> list[str]:
    """Press `a` at the first card of the queue, up to the commit of its ledger row."""
    walk = Walk()
    inserted: list[str] = []

    @event.listens_for(Engine, "before_cursor_execute")
    def execute(*execution: object) -> None:
        statement = str(execution[2])
        if statement.startswith("INSERT INTO claims.decision"):
            inserted.append(statement)

    @event.listens_for(Engine, "commit")
    def commit(_: object) -> None:
        if inserted:
            walk.followed = False

    typed, sys.stdin = sys.stdin, Keys(walk, "a\n", "q\n")
    try:
        with _profiled(walk):
            cli.main(["review"], prog_name="claims", standalone_mode=False)
    finally:
        sys.stdin = typed
        event.remove(Engine, "before_cursor_execute", execute)
        event.remove(Engine, "commit", commit)
    assert inserted, "the key was not decided on"
    return walk.files


@contextlib.contextmanager
def _profiled(walk: Walk) -> Iterator[None]:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        sys.setprofile(walk.enter)
        try:
            yield
        finally:
            sys.setprofile(None)


def walks() -> dict[str, list[str]]:
    """The files of each walk, by its title, in a new database."""
    home = Path(tempfile.mkdtemp(prefix="claims-walks-"))
    home.chmod(0o755)
    os.environ |= {
        "DATABASE_URL": start(home).url or "", "CLAIMS_REVIEWER": "Ann", "CLAIMS_HOME": str(home),
    }  # fmt: skip
    try:
        cli.main(["db", "upgrade"], prog_name="claims", standalone_mode=False)
        ingest = walk_command("ingest", str(ARTICLE), "--published", "2018-07-14")
        key = walk_key()
        export = walk_command("export", "--format", "csv", "-o", str(home / "claims.csv"))
    finally:
        stop(home)
        shutil.rmtree(home, ignore_errors=True)
    both = [name for name in ingest if name in export]
    return {
        "any command": both,
        "article to row": [name for name in ingest if name not in both],
        "key to ledger row": key,
        "claim to CSV": [name for name in export if name not in both],
    }


def described(files: list[str]) -> str:
    """How many files, then a line for each stretch of one room."""
    rooms = groupby(files, key=lambda name: name.rpartition("/")[0] or "claims")
    lines = [
        f"{room + '/':<18} {' '.join(n.rpartition('/')[2] for n in part)}" for room, part in rooms
    ]
    wrapped = [part for line in lines for part in wrap(line, 100, subsequent_indent=" " * 19)]
    return "\n".join([f"{len(files)} files", *wrapped])


def updated(page: str) -> str:
    """The page with the lists of files as they are measured now; prints how long they are."""
    for title, files in walks().items():
        before, mark, after = page.partition(f"<!-- {title} -->\n```text\n")
        page = f"{before}{mark}{described(files)}\n```{after.partition('```')[2]}"
        print(f"{title}: {len(files)} files")  # noqa: T201 - it is a report
    return page


def main() -> None:
    """Write the lists."""
    DOCUMENT.write_text(updated(DOCUMENT.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
