"""Writes an archive."""

import hashlib
from typing import IO, TYPE_CHECKING

from claims.archive.copy_text import blocks_of, to_json
from claims.archive.headers import Summary, foot_line, head_line, table_line
from claims.archive.rows import count_rows, load_head, load_revision, load_rows
from claims.archive.tables import SECTIONS

if TYPE_CHECKING:
    from claims.database.engine import OpenSession
    from claims.model.progress import ReportProgress


def write_archive(session: "OpenSession", out: IO[bytes], report: "ReportProgress") -> Summary:
    """Write all that a database holds, in one snapshot; the same rows always give the same bytes.

    Args:
        session: A reading session.
        out: The file to write to.
        report: Called with "rows" and how many more of them were written.
    """
    digest = hashlib.sha256()

    def put(block: bytes) -> None:
        digest.update(block)
        out.write(block)

    counts = count_rows(session)
    put(head_line(load_revision(session), counts))
    for section in SECTIONS:
        put(table_line(section.table, section.columns, counts[section.table]))
        for block in blocks_of(load_rows(session, section)):
            put(to_json(block))
            report("rows", block.count(b"\n"))
    summary = Summary(counts, *load_head(session))
    out.write(foot_line(summary, digest.hexdigest()))
    return summary
