"""The command line: doors only. Each parses, calls one function and prints."""

import errno
import os
import sys

import click

from claims import __version__
from claims.cli.lazy import LazyGroup
from claims.errors.base import ClaimsError

COMMANDS = {
    "ingest": ("claims.cli.ingest:ingest", "Read articles and store the claims found in them."),
    "extract": ("claims.cli.extract:extract", "Find claims without a database, as JSON lines."),
    "list": ("claims.cli.catalogue:list_claims", "List claims, newest article first."),
    "show": ("claims.cli.catalogue:show", "Show one claim with all that is known of it."),
    "trace": ("claims.cli.catalogue:trace", "Draw through whom a claim came."),
    "search": ("claims.cli.catalogue:search", "Search quotes and statements for words."),
    "review": ("claims.cli.review:review", "Decide on claims, each act a ledger row."),
    "sources": ("claims.cli.sources:sources", "Who is who: names, offices, ratings, merges."),
    "who": ("claims.cli.who:who", "Show what a source was reported to have said."),
    "reviewers": ("claims.cli.reviewers:reviewers", "Who decides: add, list, close and rename."),
    "ledger": ("claims.cli.ledger:ledger", "Show, verify and export the list of all decisions."),
    "export": ("claims.cli.export:export", "Write claims in nine formats, or all there is."),
    "import": ("claims.cli.importing:import_file", "Take in an archive or quotations."),
    "backup": ("claims.cli.backup:backup", "Write the database to a file, by pg_dump."),
    "restore": ("claims.cli.backup:restore", "Load a backup into a new database."),
    "release": ("claims.cli.release:release", "Freeze a state under a name, and compare states."),
    "contract": ("claims.cli.contract:contract", "What programs can rely on: views of claims_v1."),
    "db": ("claims.cli.db:db", "Set up, start, stop and look at the database."),
    "demo": ("claims.cli.demo:demo", "One real article from text to published claims."),
}


@click.group(cls=LazyGroup, commands_at=COMMANDS)
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Who said what, in which words, through whom.

    claims reads articles, proposes each claim with its chain of attribution, lets editors settle
    it, and publishes the result as SQL views. Start with: claims demo
    """


def main() -> None:
    """Run the command line; every failure is one line on stderr and an exit code.

    Exit codes: 0 done, 1 problem in the input, 2 usage, 3 database, 130 interrupted.
    """
    try:
        code = cli.main(prog_name="claims", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "claims"
        _fail(f"error[bad-usage] {path}: {error.format_message()} See `{path} --help`.", 2)
    except click.Abort:
        _fail("interrupted: what was reported as done is stored; the same command goes on.", 130)
    except ClaimsError as error:
        _fail(str(error), error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone: nothing more to say, nor to flush at exit.
        _drop_output()
        code = 0
    except Exception as error:
        if os.environ.get("CLAIMS_TRACEBACK"):
            raise
        _fail(_unforeseen(error), 1)
    _flush()
    sys.exit(code if isinstance(code, int) else 0)


def _unforeseen(error: Exception) -> str:
    """What is told of an error that no part of the program expects."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return _not_written(error)
    said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    hint = "Please report it; CLAIMS_TRACEBACK=1 shows where it happened."
    return f"error[internal] claims: {said}. {hint}"


def _flush() -> None:
    """Write what is still buffered, or say that it cannot be.

    Here, not at the interpreter's end, where a full disk would be a traceback.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _fail(_not_written(error), 1)


def _not_written(error: OSError) -> str:
    from claims.errors.files import NotWrittenError

    return str(NotWrittenError("standard output", error.strerror or ""))


def _drop_output() -> None:
    """Let what is still buffered go nowhere: the interpreter flushes it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(line: str, code: int) -> None:
    from claims.text.display import visible

    print(visible(line), file=sys.stderr)  # noqa: T201 - the one place that may
    try:
        sys.stdout.flush()
    except OSError:
        _drop_output()
    sys.exit(code)
