"""Writes an export in any format, and describes what it holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from itertools import chain, islice
from typing import IO, TYPE_CHECKING

import orjson

from claims.archive.write import write_archive
from claims.catalogue.card import Filters
from claims.exchange.errors import UnknownFieldError
from claims.exchange.formats.claimreview import Publisher, write_claimreview
from claims.exchange.formats.csv import write_csv
from claims.exchange.formats.ftm import article_entity, note_entity, source_entity, write_ftm
from claims.exchange.formats.jsonl import write_jsonl
from claims.exchange.formats.parquet import write_parquet
from claims.exchange.formats.webannotation import write_webannotation
from claims.exchange.formats.xlsx import write_xlsx
from claims.exchange.manifest import MOST_OMITTED, Manifest, OmittedClaim
from claims.exchange.rows import (
    copy_csv,
    copy_documents,
    copy_lines,
    copy_sources,
    load_copied,
    load_withdrawn,
    load_withdrawn_since,
)
from claims.exchange.selection import Selection
from claims.ledger.append import load_head

if TYPE_CHECKING:
    from claims.database.engine import OpenSession
    from claims.model.json import JsonObject
    from claims.model.progress import ReportProgress

FORMATS = (
    "jsonl", "csv", "xlsx", "parquet", "claimreview", "webannotation", "ftm", "ftm-csv", "archive",
)  # fmt: skip
FOLDERS = ("datapackage", "huggingface")
"""Formats that are a folder of files."""
FREE = frozenset({"jsonl", "csv", "xlsx", "parquet"})
"""Formats whose fields may be chosen; those of the others are fixed by their specification."""

REPORT_EVERY = 1000
"""Rows between two reports of progress: one for each row would take a tenth of the time."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to write.

    Attributes:
        format: One of FORMATS.
        selection: Which claims; an archive holds them all.
        publisher: Who publishes reviews, for claimreview.
        licence: Of a data set, such as CC-BY-4.0; None if nobody said.
    """

    format: str
    selection: Selection = field(default_factory=Selection)
    publisher: Publisher = field(default_factory=Publisher)
    licence: str | None = None

    def require_valid(self) -> None:
        """Refuse options that the format cannot have.

        Raises:
            UnknownFieldError: Fields were chosen that are fixed, or that no claim has.
        """
        if self.format not in FREE and self.selection.fields:
            raise UnknownFieldError("--fields", f"the fields of {self.format} are fixed")
        if self.format == "archive" and (
            self.selection.filters != Filters() or self.selection.status != "accepted"
        ):
            raise UnknownFieldError(
                "--format archive", "an archive holds everything; leave out the filters"
            )
        self.selection.chosen(flat=self.format != "jsonl")


@dataclass(slots=True)
class _Writer:
    """One export as it is written, with a method for each format."""

    session: "OpenSession"
    request: ExportRequest
    out: IO[bytes]
    report: "ReportProgress"
    notes: list[str] = field(default_factory=list)

    def lines(
        self, *, evidence: bool = False, printed: bool = False, whole: bool = False
    ) -> Iterator[bytes]:
        """A JSON object for each claim; `whole` for all fields, whatever was chosen."""
        selection = self.request.selection
        if whole:
            selection = Selection(
                selection.status, selection.filters, withdrawn=selection.withdrawn
            )
        lines = copy_lines(self.session, selection, evidence=evidence, printed=printed)
        return self.counted(lines)

    def rows(self) -> Iterator[bytes]:
        """A header, and a row of CSV for each claim."""
        rows = copy_csv(self.session, self.request.selection)
        return chain(islice(rows, 1), self.counted(rows))

    def counted(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """The same rows, reported as they pass."""
        passed = 0
        for row in rows:
            yield row
            passed += 1
            if passed == REPORT_EVERY:
                self.report("claims", passed)
                passed = 0
        self.report("claims", passed)

    def jsonl(self) -> dict[str, int]:
        return {"claims": write_jsonl(self.lines(), self.out)}

    def csv(self) -> dict[str, int]:
        return {"claims": write_csv(self.rows(), self.out)}

    def parquet(self) -> dict[str, int]:
        fields = self.request.selection.chosen(flat=True)
        return {"claims": write_parquet(self.rows(), self.out, fields)}

    def xlsx(self) -> dict[str, int]:
        sources = copy_sources(self.session, self.request.selection)
        fields = self.request.selection.chosen(flat=True)
        written = write_xlsx(self.lines(whole=True), sources, self.out, fields)
        if written.cut:
            self.notes.append(f"{written.cut} cells were longer than a spreadsheet takes, and cut")
        more = [name for name in written.sheets if name[-1].isdigit()]
        if more:
            self.notes.append(f"a sheet holds 1,048,576 rows; the rest is in {', '.join(more)}")
        return {"claims": written.claims, **{f"sheet {n}": c for n, c in written.sheets.items()}}

    def claimreview(self) -> dict[str, int]:
        lines = self.lines(printed=True)
        written = write_claimreview(lines, self.out, self.request.publisher)
        if written.unknown:
            whose = "1 claim has" if written.unknown == 1 else f"{written.unknown} claims have"
            self.notes.append(f"{whose} no author: nobody is known to have said it")
        return {"claims": written.claims}

    def webannotation(self) -> dict[str, int]:
        lines = self.lines(evidence=True, printed=True)
        return {"claims": write_webannotation(lines, self.out)}

    def ftm(self, *, as_csv: bool = False) -> dict[str, int]:
        selection = self.request.selection
        kinds = (
            map(source_entity, map(orjson.loads, copy_sources(self.session, selection))),
            map(article_entity, map(orjson.loads, copy_documents(self.session, selection))),
            map(note_entity, map(orjson.loads, self.lines())),
        )
        entities = chain.from_iterable(kinds)
        return {"statements": write_ftm(entities, self.out, as_csv=as_csv, origin="claims")}

    def archive(self) -> dict[str, int]:
        return dict(write_archive(self.session, self.out, self.report).tables)


def write_export(
    session: "OpenSession", request: ExportRequest, out: IO[bytes], report: "ReportProgress"
) -> Manifest:
    """Write an export.

    Args:
        session: A reading session: one snapshot, of now or of the past.
        request: What to write, in which format.
        out: The file to write to.
        report: Called with "claims" (for an archive "rows") and how many more were written.

    Returns:
        What was written; the caller adds the state and the file's digest.

    Raises:
        UnknownFieldError: The format cannot have what is asked for.
        PackageMissingError: The format needs a package that is not installed.
    """
    request.require_valid()
    writer = _Writer(session, request, out, report)
    write: Mapping[str, Callable[[], dict[str, int]]] = {
        "jsonl": writer.jsonl,
        "csv": writer.csv,
        "xlsx": writer.xlsx,
        "parquet": writer.parquet,
        "claimreview": writer.claimreview,
        "webannotation": writer.webannotation,
        "ftm": writer.ftm,
        "ftm-csv": lambda: writer.ftm(as_csv=True),
        "archive": writer.archive,
    }
    counts = write[request.format]()
    if request.selection.hides_modes:
        writer.notes.append(
            "the chosen fields do not say who denies, asks or promises:"
            " add the fields mode and carrier_mode"
        )
    return describe(session, request, counts, writer.notes)


def describe(
    session: "OpenSession",
    request: ExportRequest,
    counts: Mapping[str, int],
    notes: Sequence[str] = (),
) -> Manifest:
    """The manifest of what was written; the caller adds the state and the digests of files."""
    number, digest = load_head(session)
    omitted, omitted_count = _omitted(session, request)
    withdrawn = [] if request.format == "archive" else load_withdrawn_since(session)
    copied = [] if request.format == "archive" else load_copied(session, request.selection)
    return Manifest(
        format=request.format,
        counts=counts,
        ledger_no=number,
        ledger_digest=digest,
        selection=_selection_json(request.selection),
        withdrawn=request.selection.withdrawn or request.format == "archive",
        left_out=omitted,
        left_out_count=omitted_count,
        withdrawn_since=withdrawn[:MOST_OMITTED],
        withdrawn_since_count=len(withdrawn),
        origin_withdrawn=copied[:MOST_OMITTED],
        origin_withdrawn_count=len(copied),
        notes=notes,
    )


def _omitted(session: "OpenSession", request: ExportRequest) -> tuple[list[OmittedClaim], int]:
    """The first claims that are left out, and how many there are."""
    if request.format == "archive":
        return [], 0
    claims: list[OmittedClaim] = []
    count = 0
    for claim in load_withdrawn(session, request.selection):
        count += 1
        if count <= MOST_OMITTED:
            claims.append(claim)
    return claims, count


def _selection_json(selection: Selection) -> "JsonObject":
    """The selection as it was asked for, without what was left at its default."""
    filters = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(selection.filters).items()
        if value
    }
    fields = {"fields": list(selection.fields)} if selection.fields else {}
    return {"status": selection.status, **filters, **fields}
