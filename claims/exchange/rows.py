"""Reads what is published, through the contract's views, as fast as PostgreSQL copies it.

Queries are written with SQLAlchemy, so that a session of the past finds the same relations as they
were, and run as COPY, which makes CSV and JSON in the database: a row of Python objects costs ten
times as much.
"""

from collections.abc import Iterator, Mapping
from typing import Any, LiteralString

from psycopg import Connection, Error, sql
from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    MetaData,
    Select,
    Table,
    Text,
    case,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from claims.catalogue.card import Filters
from claims.catalogue.find import claim_conditions
from claims.database.copying import copy_rows
from claims.database.errors import StatementFailedError
from claims.exchange.selection import Selection, view_columns
from claims.model.kinds import ClaimStatus, DocumentStatus
from claims.schema import ClaimRow, DocumentRow, DocumentVersionRow

Record = dict[str, Any]

CSV = "FORMAT csv, HEADER true"
# Marks that JSON never holds as they are: a row of one cell then comes out as it went in.
LINES = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"
HOP = ("position", "source", "source_kind", "mention", "cue", "capacity", "mode")
BEST = ("speaker", "form", "content")


def view_table(name: str) -> Table:
    """A view of the contract; a Table, which sessions of the past find elsewhere."""
    return Table(name, MetaData(), *map(Column, view_columns(name)), schema="claims_v1")


def copy_csv(session: Session, selection: Selection) -> Iterator[bytes]:
    """A header and a row a claim, in CSV with PostgreSQL's line ends, in the order of their ids."""
    return run_copy(session, csv_query(selection), CSV)


def copy_lines(
    session: Session, selection: Selection, *, evidence: bool = False
) -> Iterator[bytes]:
    """A JSON object a claim, each with its newline, in the order of their ids.

    Args:
        session: A reading session.
        selection: Which claims, which fields.
        evidence: Whether `evidence` is added: where the words stand, and what is around them.
    """
    return run_copy(session, lines_query(selection, evidence=evidence), LINES)


def copy_sources(session: Session, selection: Selection) -> Iterator[bytes]:
    """A JSON object for each source that a chain of the selection names, in the order of ids."""
    hops, view = view_table("attributions"), view_table("sources")
    named = select(hops.c.source_id).where(hops.c.claim.in_(_ids(selection, "claim")))
    return _copy_view(session, view, "source", named)


def copy_documents(session: Session, selection: Selection) -> Iterator[bytes]:
    """A JSON object for each article of the selection, in the order of ids."""
    view = view_table("documents")
    return _copy_view(session, view, "document", _ids(selection, "document"))


def _copy_view(session: Session, view: Table, key: str, ids: Select[Any]) -> Iterator[bytes]:
    rows = select(view).where(view.c[key].in_(ids)).subquery("x")
    query = select(func.row_to_json(rows.table_valued())).order_by(rows.c[key])
    return run_copy(session, query, LINES)


def _ids(selection: Selection, key: str) -> Select[Any]:
    view = view_table(selection.view)
    return _chosen(select(view.c[key]), view, selection).order_by(None)


def csv_query(selection: Selection) -> Select[Any]:
    """The rows of `copy_csv`."""
    view = view_table(selection.view)
    made = _flat_columns(view)
    columns = [made.get(name, view.c.get(name)) for name in selection.chosen(flat=True)]
    return _chosen(select(*columns), view, selection)  # type: ignore[arg-type]


def lines_query(selection: Selection, *, evidence: bool = False) -> Select[Any]:
    """The rows of `copy_lines`."""
    view = view_table(selection.view)
    made = {"said_on": _days(view).label("said_on"), "chain": _chain(view).label("chain")}
    names = selection.chosen(flat=False)
    columns = [made[name] if name in made else view.c[name] for name in names]
    if evidence:
        columns.append(_evidence(view).label("evidence"))
    if "claim" not in names:
        columns.append(view.c.claim.label("_order"))
    rows = _chosen(select(*columns), view, selection).order_by(None).subquery("x")
    if "claim" in names:
        query = select(func.row_to_json(rows.table_valued()))
        return query.order_by(rows.c.claim)
    told = _named({name: rows.c[name] for name in names})
    return select(func.json_build_object(*told)).order_by(rows.c["_order"])


def _chosen(query: Select[Any], view: Table, selection: Selection) -> Select[Any]:
    """The claims of a selection, in the order of their ids."""
    query = query.select_from(view)
    if selection.exact:
        query = query.where(view.c.status == selection.exact.value)
    if not selection.withdrawn:
        query = query.where(view.c.document_status != DocumentStatus.WITHDRAWN.value)
    if selection.filters != Filters():
        query = query.where(view.c.claim.in_(_passing(selection.filters)))
    return query.order_by(view.c.claim)


def _passing(filters: Filters) -> Select[Any]:
    return (
        select(ClaimRow.id)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .where(*claim_conditions(filters))
    )


def _days(view: Table) -> ColumnElement[Any]:
    """A daterange, which PostgreSQL keeps half-open, as its first and last day."""
    days = func.json_build_array(func.lower(view.c.said_on), _last(view))
    return case((view.c.said_on.is_not(None), days))


def _last(view: Table) -> ColumnElement[Any]:
    return func.upper(view.c.said_on) - literal_column("1", Integer)


def _flat_columns(view: Table) -> dict[str, ColumnElement[Any]]:
    """What stands in cells in place of lists."""
    hops = view_table("attributions")
    name = func.coalesce(hops.c.source, hops.c.mention)
    carriers = func.string_agg(name, aggregate_order_by(literal(" < "), hops.c.position))
    cues = func.string_agg(hops.c.cue, aggregate_order_by(literal(" < "), hops.c.position))
    of_claim = hops.c.claim == view.c.claim
    return {
        "carriers": select(func.coalesce(carriers, ""))
        .where(of_claim, hops.c.position > literal_column("1", Integer))
        .scalar_subquery()
        .label("carriers"),
        "cues": select(func.coalesce(cues, "")).where(of_claim).scalar_subquery().label("cues"),
    }


def _chain(view: Table) -> ColumnElement[Any]:
    """The hops, from the voice outward, as a list of objects."""
    hops = view_table("attributions")
    told = _named({name: hops.c[name] for name in HOP})
    built = func.json_build_object(*told)
    listed = func.json_agg(aggregate_order_by(built, hops.c.position))
    return select(listed).where(hops.c.claim == view.c.claim).scalar_subquery()


def _evidence(view: Table) -> ColumnElement[Any]:
    """Where the words stand in the text, and what stands around them."""
    of = view_table("evidence")
    plain = {name: of.c[name] for name in ("exact", "before", "after", "retrieved_at")}
    told = _named(plain | {"content_spans": of.c.content_spans.cast(Text)})
    built = func.json_build_object(*told)
    return select(built).where(of.c.claim == view.c.claim).scalar_subquery()


def _named(columns: Mapping[str, ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    """Names and values in turn, as json_build_object takes them."""
    return [part for name, column in columns.items() for part in (literal(name), column)]


def run_copy(session: Session, query: Select[Any], how: LiteralString) -> Iterator[bytes]:
    """What COPY prints of a query, a row at a time.

    Raises:
        StatementFailedError: The database refuses.
    """
    text, values = compile_query(session, query)
    statement = sql.SQL("COPY ({}) TO STDOUT ({})").format(text, sql.SQL(how))
    driver = session.connection().connection.driver_connection
    assert isinstance(driver, Connection), "the connection is open"  # noqa: S101
    try:
        yield from copy_rows(driver, statement, values)
    except Error as error:
        raise StatementFailedError("export", str(error).splitlines()[0]) from error


def compile_query(session: Session, query: Select[Any]) -> tuple[sql.SQL, Mapping[str, Any]]:
    """A query as the driver takes it, with its values, in the schemas that the session reads."""
    connection = session.connection()
    moved = connection.get_execution_options().get("schema_translate_map")
    moving: dict[str, Any] = {"schema_translate_map": moved, "render_schema_translate": True}
    compiled = query.compile(dialect=connection.dialect, **(moving if moved else {}))
    text = str(compiled) if compiled.params else str(compiled).replace("%%", "%")
    # The program's own statement: what users state is in the values.
    return sql.SQL(text), dict(compiled.params)


def count_claims(session: Session, selection: Selection) -> int:
    """How many claims a selection has."""
    view = view_table(selection.view)
    inner = _chosen(select(view.c.claim), view, selection).order_by(None).subquery()
    return session.scalar(select(func.count()).select_from(inner)) or 0


def load_withdrawn(session: Session, selection: Selection) -> Iterator[Record]:
    """What a selection leaves out: claims of withdrawn articles, and claims that were withdrawn."""
    joined = (
        select(ClaimRow.id, DocumentRow.id.label("document"), DocumentRow.url, DocumentRow.status)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .where(
            or_(
                ClaimRow.status == ClaimStatus.WITHDRAWN,
                DocumentRow.status == DocumentStatus.WITHDRAWN,
            ),
            *claim_conditions(selection.filters),
        )
        .order_by(ClaimRow.id)
    )
    for row in session.execute(joined.execution_options(yield_per=1000)):
        gone = row.status == DocumentStatus.WITHDRAWN
        yield {
            "claim": row.id,
            "document": row.document,
            "url": row.url,
            "why": "its article was withdrawn" if gone else "it was withdrawn",
        }


def load_best(session: Session, *, limit: int) -> list[Record]:
    """The proposals that the machine is surest of: speaker, form and content."""
    view = view_table("proposals")
    query = select(view.c.speaker, view.c.form, view.c.content)
    query = query.order_by(view.c.extractor_score.desc(), view.c.claim).limit(limit)
    return [{name: row[name] for name in BEST} for row in session.execute(query).mappings()]
