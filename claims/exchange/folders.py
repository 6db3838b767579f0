"""Writes the exports that are folders of files: data sets for researchers, and CSV described."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from claims.contract.views import view_columns
from claims.database.comments import view_meanings
from claims.exchange.columns import Column, columns_of
from claims.exchange.export import ExportRequest, describe
from claims.exchange.formats.csv import write_csv
from claims.exchange.formats.datapackage import Resource, descriptor
from claims.exchange.formats.dataset_card import DatasetSummary, write_card
from claims.exchange.formats.json_schema import schema_of_lines
from claims.exchange.formats.splits import find_bounds, write_splits
from claims.exchange.queries import HOP
from claims.exchange.rows import (
    copy_csv,
    copy_hops_csv,
    copy_sources_csv,
    count_by_day,
    count_kinds,
    load_languages,
)

if TYPE_CHECKING:
    from claims.database.engine import OpenSession
    from claims.exchange.manifest import Manifest
    from claims.exchange.selection import Selection
    from claims.model.progress import ReportProgress

MANIFEST = "manifest.json"
"""In every folder that we write; none without it is replaced."""

TITLE = "Source-attributed claims"
HOP_COLUMNS = ("claim", *HOP, "source_id")


@dataclass(frozen=True, slots=True)
class FolderContext:
    """What the writer of a folder needs.

    Attributes:
        provenance: Where it comes from: the program with its version, and the state.
    """

    request: ExportRequest
    provenance: tuple[str, ...]
    report: "ReportProgress"


def write_folder(session: "OpenSession", folder: Path, context: FolderContext) -> "Manifest":
    """Write an export into a folder that exists and is empty.

    Returns:
        What was written; the caller adds the state and saves it as MANIFEST.

    Raises:
        UnknownFieldError: The format cannot have what is asked for.
        PackageMissingError: The format needs a package that is not installed.
    """
    context.request.require_valid()
    write = {"datapackage": _write_datapackage, "huggingface": _write_dataset}
    counts = write[context.request.format](session, folder, context)
    files = {
        str(path.relative_to(folder)): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    return replace(describe(session, context.request, counts), files=files)


def schema_of(selection: "Selection") -> bytes:
    """The JSON schema of a line of JSON lines, indented for people."""
    meanings = view_meanings()
    columns = columns_of(
        selection.view, [n for n in selection.chosen(flat=False) if n != "chain"], meanings
    )
    chain = [Column("chain", "chain", optional=True, meaning="")]
    nested = chain if "chain" in selection.chosen(flat=False) else []
    hops = columns_of("attributions", HOP, meanings)
    schema = schema_of_lines([*columns, *nested], hops)
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _write_datapackage(
    session: "OpenSession", folder: Path, context: FolderContext
) -> dict[str, int]:
    selection, meanings = context.request.selection, view_meanings()
    claims = selection.chosen(flat=True)
    parts = (
        _Part("claims", selection.view, claims, ("claim",), {}),
        _Part("hops", "attributions", HOP_COLUMNS, ("claim", "position"),
              {"claim": ("claims", "claim"), "source_id": ("sources", "source")}),
        _Part("sources", "sources", view_columns("sources"), ("source",), {}),
    )  # fmt: skip
    rows = {
        "claims": _counted(copy_csv(session, selection), context),
        "hops": copy_hops_csv(session, selection, HOP_COLUMNS),
        "sources": copy_sources_csv(session, selection),
    }
    resources = [_write_resource(folder, part, rows[part.name], meanings) for part in parts]
    document = descriptor(
        resources,
        title=TITLE,
        version=", ".join(context.provenance),
        licence=context.request.licence,
    )
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    (folder / "datapackage.json").write_bytes(orjson.dumps(document, option=options))
    return {resource.name: resource.rows for resource in resources}


@dataclass(frozen=True, slots=True)
class _Part:
    """A file of a package, before it is written."""

    name: str
    view: str
    names: tuple[str, ...]
    key: tuple[str, ...]
    points_to: Mapping[str, tuple[str, str]]


def _write_resource(
    folder: Path, part: _Part, rows: Iterable[bytes], meanings: Mapping[str, Mapping[str, str]]
) -> Resource:
    path = folder / f"{part.name}.csv"
    with path.open("wb") as out:
        count = write_csv(rows, out)
    return Resource(
        path=path.name,
        columns=columns_of(part.view, part.names, meanings),
        key=part.key,
        rows=count,
        size=path.stat().st_size,
        sha256=_digest(path),
        points_to=part.points_to,
    )


def _write_dataset(session: "OpenSession", folder: Path, context: FolderContext) -> dict[str, int]:
    selection = context.request.selection
    names = selection.chosen(flat=True)
    bounds = find_bounds(count_by_day(session, selection))
    rows = _counted(copy_csv(session, selection), context)
    splits = write_splits(rows, folder, names, bounds)
    total = sum(split.claims for split in splits)
    counts = {"claims": total, **count_kinds(session, selection)}
    summary = DatasetSummary(
        title=TITLE,
        splits=splits,
        columns=columns_of(selection.view, names, view_meanings()),
        counts=counts,
        languages=load_languages(session, selection),
        licence=context.request.licence,
        provenance=context.provenance,
    )
    (folder / "README.md").write_text(write_card(summary), "utf-8")
    return {"claims": total, **{f"split {one.name}": one.claims for one in splits}}


def _counted(rows: Iterator[bytes], context: FolderContext) -> Iterator[bytes]:
    """A header and rows, each row reported as it passes."""
    for number, row in enumerate(rows):
        if number:
            context.report("claims", 1)
        yield row


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
