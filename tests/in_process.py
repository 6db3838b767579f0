"""Commands in this process: a start of Python costs more than what most commands do."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from typing import TextIO

import pytest
from sqlalchemy import URL, Engine

from claims.cli import main
from claims.database import engine
from claims.database.engine import Database
from claims.extraction import parse, pipeline
from claims.extraction.parse import Parser

load_parser = cache(parse.load_parser)
"""The English parser, loaded once a worker."""


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(*arguments: str, together: bool = False) -> Ended:
    """Run `claims` with arguments.

    Args:
        arguments: After `claims`.
        together: Whether both streams are one, as on a terminal.
    """
    out = _Stream(sys.stdout)
    err = out if together else _Stream(sys.stderr)
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.setattr(sys, "argv", ["claims", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
    return Ended(int(ended.value.code or 0), _text(out), "" if together else _text(err))


class _Stream(io.TextIOWrapper):
    """Keeps what is printed; a terminal if the stream in whose place it stands is one."""

    def __init__(self, outer: TextIO) -> None:
        super().__init__(io.BytesIO(), "utf-8", write_through=True)
        self.isatty = outer.isatty  # type: ignore[method-assign]


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    stream.seek(0)
    return stream.read()


@contextmanager
def connected(database: Database) -> Iterator[None]:
    """Let commands use the connections of a database that is open, and one parser.

    A new connection costs more than most commands do, and a parser more than all of them.
    """
    make, close = engine.make_engine, Database.close

    def make_engine(url: URL, *, keep: bool = False, connections: int = 15) -> Engine:
        ours = url == database.url
        return database.engine if ours else make(url, keep=keep, connections=connections)

    def close_other(other: Database) -> None:
        if other.engine is not database.engine:
            close(other)

    def loaded() -> Parser:
        return load_parser()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "make_engine", make_engine)
        patch.setattr(Database, "close", close_other)
        patch.setattr(parse, "load_parser", loaded)
        patch.setattr(pipeline, "load_parser", loaded)
        patch.setenv("DATABASE_URL", database.url.render_as_string(hide_password=False))
        patch.setenv("CLAIMS_REVIEWER", "Ann")
        yield
