"""The command line. Each command parses, calls one function and prints."""

import errno
import os
import signal
import sys
from contextlib import suppress

import click

from claims import __version__
from claims.cli.lazy import LazyGroup
from claims.cli.streams import drop, prepare_streams
from claims.errors.base import ClaimsError

COMMANDS = {
    "ingest": ("claims.cli.ingest:ingest", "Read articles and store the claims found in them."),
    "worker": (
        "claims.cli.worker:worker",
        "Extract and store the articles that wait in the queue.",
    ),
    "fetch": (
        "claims.cli.fetch:fetch",
        "Fetch articles from the web and store the claims found in them.",
    ),
    "feeds": ("claims.cli.feeds:feeds", "Follow feeds: add, list, remove and run them."),
    "extract": ("claims.cli.extract:extract", "Find claims without a database; print JSON lines."),
    "list": ("claims.cli.catalogue:list_claims", "List claims, newest article first."),
    "show": ("claims.cli.catalogue:show", "Show one claim, and the article around it."),
    "trace": ("claims.cli.catalogue:trace", "Draw a claim's chain of attribution."),
    "evidence": (
        "claims.cli.evidence:evidence",
        "Show, verify, export the bytes claims came from.",
    ),
    "search": ("claims.cli.catalogue:search", "Search quotes and statements for words."),
    "about": ("claims.cli.asking:about", "Say who said what of something, the earliest first."),
    "drift": (
        "claims.cli.asking:drift",
        "Show how the words of an utterance changed from printing to printing.",
    ),
    "spread": (
        "claims.cli.asking:spread",
        "Draw how an utterance spread: the speaker, agencies, outlets, copies.",
    ),
    "documents": (
        "claims.cli.documents:documents",
        "List and show articles: their addresses, versions and claims.",
    ),
    "versions": (
        "claims.cli.documents:versions",
        "List the versions of an article, and which is current.",
    ),
    "diff": (
        "claims.cli.documents:diff",
        "Show the words that changed between two versions of an article.",
    ),
    "review": ("claims.cli.review:review", "Review claims: accept, reject, edit, undo."),
    "desk": ("claims.cli.desk:desk", "Open the desk: review and trace claims in a browser."),
    "notices": ("claims.cli.notices:notices", "Settle what publishers say of their articles."),
    "compare": ("claims.cli.compare:compare", "Compare articles and claims with each other."),
    "links": ("claims.cli.links:links", "Settle which claims report the same."),
    "problems": ("claims.cli.problems:problems", "List what could not be read, and settle it."),
    "sources": ("claims.cli.sources:sources", "Manage sources: names, offices, ratings, merges."),
    "who": ("claims.cli.who:who", "List what a source is reported to have said."),
    "reviewers": ("claims.cli.reviewers:reviewers", "Add, list, close and rename reviewers."),
    "users": ("claims.cli.users:users", "Manage accounts of people who sign in at the desk."),
    "tokens": (
        "claims.cli.tokens:tokens",
        "Add, list and revoke tokens of programs that use the API.",
    ),
    "ledger": ("claims.cli.ledger:ledger", "Show, verify and export the ledger of decisions."),
    "export": ("claims.cli.export:export", "Export claims in eleven formats, or everything."),
    "import": ("claims.cli.importing:import_file", "Import an archive or a list of quotations."),
    "backup": ("claims.cli.backup:backup", "Back up the database to a file, with pg_dump."),
    "restore": ("claims.cli.backup:restore", "Restore a backup into a new database."),
    "release": ("claims.cli.release:release", "Freeze a state under a name; compare states."),
    "contract": ("claims.cli.contract:contract", "Check the views that programs rely on."),
    "db": ("claims.cli.db:db", "Set up, start, stop and inspect the database."),
    "demo": ("claims.cli.demo:demo", "Take one real article from text to published claims."),
}


class _Commands(LazyGroup):
    commands_at = COMMANDS


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def cli() -> None:
    """Who said what, in which words, through whom.

    claims reads articles, proposes each claim with its chain of attribution, lets editors settle
    it, and publishes the result as SQL views. Start with: claims demo
    """


cli.epilog = "\b\nExample:\n  claims demo"


def main() -> None:
    """Run the command line; every failure is one line on stderr and an exit code.

    Exit codes: 0 done, 1 problem in the input, 2 usage, 3 database, 130 interrupted, 141 if whoever
    read the output has gone, as for programs that the system ends then.
    """
    prepare_streams()
    stdout = sys.stdout
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
        _fail("interrupted: what was reported as done is stored; run it again to continue.", 130)
    except ClaimsError as error:
        _fail(str(error), error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone: nothing to report, nor to flush at exit.
        drop(sys.stdout)
        code = UNREAD
    except SystemExit as ended:
        if sys.stdout is stdout:
            raise
        # Click met the same, put another stream in its place and ended with 1.
        sys.stdout = stdout
        drop(stdout)
        code = UNREAD if ended.code == 1 else ended.code
    except Exception as error:
        if os.environ.get("CLAIMS_TRACEBACK"):
            raise
        _fail(_unforeseen(error), 1)
    _flush()
    sys.exit(code if isinstance(code, int) else 0)


UNREAD = 128 + signal.SIGPIPE
UNWRITTEN = frozenset({errno.ENOSPC, errno.EBADF, errno.EIO, errno.EDQUOT, errno.EFBIG})
"""Of a write to standard output: errors of named files are met where they are opened."""


def _unforeseen(error: Exception) -> str:
    """The message for an error that no part of the program expects."""
    if isinstance(error, OSError) and error.errno in UNWRITTEN:
        return _not_written(error)
    if isinstance(error, OSError) and isinstance(error.filename, str | bytes):
        return _unreadable(error)
    text = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    hint = "Please report it; CLAIMS_TRACEBACK=1 shows where it happened."
    return f"error[internal] claims: {text}. {hint}"


def _unreadable(error: OSError) -> str:
    """The message for a path that the system refuses, such as a name that is too long."""
    from claims.errors.files import UnreadablePathError

    return str(UnreadablePathError(os.fsdecode(error.filename), error.strerror or ""))


def _flush() -> None:
    """Write what is still buffered, or report that it cannot be written.

    Here, not at the interpreter's end, where a full disk would be a traceback.
    """
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        drop(sys.stdout)
        sys.exit(UNREAD)
    except OSError as error:
        _fail(_not_written(error), 1)


def _not_written(error: OSError) -> str:
    from claims.errors.files import OutputCutError

    return str(OutputCutError("standard output", error.strerror or ""))


def _fail(line: str, code: int) -> None:
    from claims.text.display import visible

    with suppress(OSError):
        print(visible(line), file=sys.stderr)  # noqa: T201 - errors are printed here alone, without a logger
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            drop(stream)
    sys.exit(code)
