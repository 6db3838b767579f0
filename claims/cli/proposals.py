"""claims ingest --proposals: what another program proposes."""

import io
import uuid
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from claims.cli.options import CommandFunction, add_options
from claims.cli.output import counted
from claims.cli.progress import progress
from claims.cli.reading import report_problem, standard_input

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from claims.database.engine import Database
    from claims.ingest.articles import Outcome
    from claims.readers.proposals import Extractor


@dataclass(frozen=True, slots=True)
class BroughtProposals:
    """Where proposals of another program are, and whose they are.

    Attributes:
        path: The file, or `-`.
        inputs: What the run's id is made of.
        extractor: The program, if the command names it.
        documents: The documents of articles that were read and have no name but their path.
    """

    path: str
    inputs: tuple[str, ...]
    extractor: "Extractor | None"
    documents: dict[str, uuid.UUID] = field(default_factory=dict)

    def remember(self, outcomes: "Iterable[Outcome]") -> "Iterator[Outcome]":
        """The outcomes, while the articles without an address and an id are kept by their paths."""
        from claims.documents.identity import identify
        from claims.model.article import Article

        for outcome in outcomes:
            article = outcome.record
            if isinstance(article, Article) and not (article.external_id or article.url):
                self.documents[article.place] = identify(article).document
            yield outcome


def proposals_options(command: CommandFunction) -> CommandFunction:
    """--proposals and --extractor."""
    return add_options(
        command,
        click.option(
            "--proposals",
            metavar="FILE",
            help="Store what another program proposes: lines like those of `claims extract`, or -.",
        ),
        click.option(
            "--extractor",
            metavar="NAME/VERSION",
            help="The program that proposes, for lines that do not say.",
        ),
    )


def brought_proposals(
    paths: tuple[str, ...], path: str | None, extractor: str | None, *, dry_run: bool
) -> BroughtProposals | None:
    """What the options say of proposals; None if there are none.

    Raises:
        click.UsageError: The options contradict each other, or nothing is to be read.
    """
    if path is None:
        if extractor:
            raise click.UsageError("--extractor says whose --proposals are: name their file too.")
        if not paths:
            raise click.UsageError("Missing argument 'PATH…'.")
        return None
    if dry_run:
        raise click.UsageError("--proposals are checked against stored articles: not a --dry-run.")
    if path == "-" and "-" in paths:
        raise click.UsageError("standard input holds articles or --proposals, not both.")
    return BroughtProposals(path, (path,), _extractor(extractor) if extractor else None)


def _extractor(value: str) -> "Extractor":
    from pydantic import ValidationError

    from claims.readers.proposals import Extractor

    name, _, version = value.rpartition("/")
    try:
        return Extractor(name=name, version=version)
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"].removeprefix("Value error, ")
        message = f"--extractor {value!r}: {reason}; name a program and its version, name/1.0."
        raise click.UsageError(message) from None


def store_proposals(database: "Database", brought: BroughtProposals) -> int:
    """Store the proposals of a file, and report them; the exit code.

    Raises:
        PathNotFoundError: There is no such file.
        UnreadablePathError: It may not be read.
    """
    from claims import __version__
    from claims.ingest.proposals import ProposalsFile, ingest_proposals
    from claims.readers.proposals import read_proposals

    file = ProposalsFile(brought.inputs, __version__, brought.extractor, brought.documents)
    sums: Counter[str] = Counter()
    with (
        _opened(brought.path) as lines,
        progress("proposals", lambda: None) as advance,
    ):
        for outcome in ingest_proposals(database, read_proposals(brought.path, lines), file):
            advance("proposals", outcome.proposals)
            for problem in outcome.problems:
                report_problem(problem)
            sums["proposals"] += outcome.proposals
            sums["claims"] += outcome.claims
            sums["problems"] += len(outcome.problems)
    click.echo(
        f"{counted(sums['proposals'], 'proposal')} fit their articles, {sums['claims']} stored,"
        f" {sums['proposals'] - sums['claims']} already there;"
        f" {counted(sums['problems'], 'problem')}."
    )
    return 1 if sums["problems"] else 0


@contextmanager
def _opened(path: str) -> "Iterator[io.BufferedReader]":
    from claims.errors.files import PathNotFoundError, UnreadablePathError

    if path == "-":
        yield standard_input()
        return
    try:
        file = io.FileIO(path)
    except FileNotFoundError as error:
        raise PathNotFoundError(path) from error
    except (OSError, ValueError) as error:
        raise UnreadablePathError(path, str(getattr(error, "strerror", error))) from error
    lines: io.BufferedReader = io.BufferedReader(file)
    with lines:
        yield lines
