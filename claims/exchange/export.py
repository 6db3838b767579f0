"""Writes an export in any format, and says what it holds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import chain, islice
from typing import IO, TYPE_CHECKING, Any

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
from claims.exchange.manifest import SHOWN, Manifest
from claims.exchange.rows import copy_csv, copy_documents, copy_lines, copy_sources, load_withdrawn
from claims.exchange.selection import Selection
from claims.ledger.append import load_head

if TYPE_CHECKING:
    from claims.database.engine import OpenSession

FORMATS = (
    "jsonl", "csv", "xlsx", "parquet", "claimreview", "webannotation", "ftm", "ftm-csv", "archive",
)  # fmt: skip
FREE = frozenset({"jsonl", "csv", "xlsx", "parquet"})
"""Formats whose fields may be chosen; the others' are fixed by who made them."""

Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What to write.

    Attributes:
        form: One of FORMATS.
        selection: Which claims; an archive holds them all.
        publisher: Who publishes reviews, for claimreview.
    """

    form: str
    selection: Selection = field(default_factory=Selection)
    publisher: Publisher = field(default_factory=Publisher)

    def require_sense(self) -> None:
        """Refuse what a format cannot have.

        Raises:
            UnknownFieldError: Fields of a format whose fields are fixed, or that no claim has.
        """
        if self.form not in FREE and self.selection.fields:
            raise UnknownFieldError("--fields", f"the fields of {self.form} are fixed")
        if self.form == "archive" and (
            self.selection.filters != Filters() or self.selection.status != "accepted"
        ):
            raise UnknownFieldError("--format archive", "an archive holds all: give no filter")
        self.selection.chosen(flat=self.form != "jsonl")


@dataclass(slots=True)
class _Writing:
    """One export at work."""

    session: "OpenSession"
    wanted: ExportRequest
    out: IO[bytes]
    told: Told
    notes: list[str] = field(default_factory=list)

    def lines(self, *, evidence: bool = False, whole: bool = False) -> Iterator[bytes]:
        """A JSON object a claim, counted; `whole` for all fields, whatever was chosen."""
        selection = self.wanted.selection
        if whole:
            selection = Selection(
                selection.status, selection.filters, withdrawn=selection.withdrawn
            )
        return self.counted(copy_lines(self.session, selection, evidence=evidence))

    def rows(self) -> Iterator[bytes]:
        """A row of CSV a claim after a header."""
        rows = copy_csv(self.session, self.wanted.selection)
        return chain(islice(rows, 1), self.counted(rows))

    def counted(self, rows: Iterable[bytes]) -> Iterator[bytes]:
        """Rows as they pass, told a thousand at a time: each by itself would cost a tenth."""
        passed = 0
        for row in rows:
            yield row
            passed += 1
            if passed == 1000:  # noqa: PLR2004
                self.told(passed)
                passed = 0
        self.told(passed)

    def jsonl(self) -> dict[str, int]:
        return {"claims": write_jsonl(self.lines(), self.out)}

    def csv(self) -> dict[str, int]:
        return {"claims": write_csv(self.rows(), self.out)}

    def parquet(self) -> dict[str, int]:
        fields = self.wanted.selection.chosen(flat=True)
        return {"claims": write_parquet(self.rows(), self.out, fields)}

    def xlsx(self) -> dict[str, int]:
        sources = copy_sources(self.session, self.wanted.selection)
        fields = self.wanted.selection.chosen(flat=True)
        written = write_xlsx(self.lines(whole=True), sources, self.out, fields)
        if written.cut:
            self.notes.append(f"{written.cut} cells were longer than a spreadsheet takes, and cut")
        more = [name for name in written.sheets if name[-1].isdigit()]
        if more:
            self.notes.append(f"a sheet holds 1,048,576 rows; the rest is in {', '.join(more)}")
        return {"claims": written.claims, **{f"sheet {n}": c for n, c in written.sheets.items()}}

    def claimreview(self) -> dict[str, int]:
        return {"claims": write_claimreview(self.lines(), self.out, self.wanted.publisher)}

    def webannotation(self) -> dict[str, int]:
        return {"claims": write_webannotation(self.lines(evidence=True), self.out)}

    def ftm(self, *, as_csv: bool = False) -> dict[str, int]:
        selection = self.wanted.selection
        kinds = (
            map(source_entity, map(orjson.loads, copy_sources(self.session, selection))),
            map(article_entity, map(orjson.loads, copy_documents(self.session, selection))),
            map(note_entity, map(orjson.loads, self.lines())),
        )
        entities = chain.from_iterable(kinds)
        return {"statements": write_ftm(entities, self.out, as_csv=as_csv, origin="claims")}

    def archive(self) -> dict[str, int]:
        return dict(write_archive(self.session, self.out, self.told).tables)


def write_export(
    session: "OpenSession", wanted: ExportRequest, out: IO[bytes], told: Told
) -> Manifest:
    """Write what is wanted.

    Args:
        session: A reading session: one snapshot, of now or of the past.
        wanted: What, in which format.
        out: Where to.
        told: Is told how many claims (of an archive, rows) were written since it was told last.

    Returns:
        What was written; the door adds what it alone knows.
    """
    wanted.require_sense()
    writing = _Writing(session, wanted, out, told)
    write: Mapping[str, Callable[[], dict[str, int]]] = {
        "jsonl": writing.jsonl,
        "csv": writing.csv,
        "xlsx": writing.xlsx,
        "parquet": writing.parquet,
        "claimreview": writing.claimreview,
        "webannotation": writing.webannotation,
        "ftm": writing.ftm,
        "ftm-csv": lambda: writing.ftm(as_csv=True),
        "archive": writing.archive,
    }
    counts = write[wanted.form]()
    number, digest = load_head(session)
    left_out, left_out_count = _left_out(session, wanted)
    return Manifest(
        format=wanted.form,
        counts=counts,
        ledger_no=number,
        ledger_digest=digest,
        selection=_told(wanted.selection),
        withdrawn=wanted.selection.withdrawn or wanted.form == "archive",
        left_out=left_out,
        left_out_count=left_out_count,
        notes=writing.notes,
    )


def _left_out(session: "OpenSession", wanted: ExportRequest) -> tuple[list[Mapping[str, Any]], int]:
    if wanted.form == "archive":
        return [], 0
    listed: list[Mapping[str, Any]] = []
    count = 0
    for one in load_withdrawn(session, wanted.selection):
        count += 1
        if count <= SHOWN:
            listed.append(one)
    return listed, count


def _told(selection: Selection) -> dict[str, Any]:
    """The selection as it was asked for, without what was not."""
    filters = {name: value for name, value in asdict(selection.filters).items() if value}
    fields = {"fields": list(selection.fields)} if selection.fields else {}
    return {"status": selection.status, **filters, **fields}
