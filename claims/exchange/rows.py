"""Reads what is published, through the contract's views, as fast as PostgreSQL copies it.

Queries run as COPY, which prints CSV and JSON in the database: a row of Python objects costs ten
times as much.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import LiteralString

from psycopg import Error, sql
from sqlalchemy import Date, Table, cast, func, or_, select, text
from sqlalchemy.orm import Session

from claims.catalogue.find import claim_conditions, is_published_yet
from claims.contract.tables import view_table
from claims.database.copying import Value, copy_rows
from claims.database.driver import driver_of
from claims.database.errors import StatementFailedError
from claims.database.statements import read_statements, reads_past
from claims.exchange.manifest import OmittedClaim
from claims.exchange.queries import count_query, csv_query, lines_query, selected_ids
from claims.exchange.reach import Query, documents_query
from claims.exchange.selection import Selection
from claims.model.kinds import ClaimStatus, DocumentStatus
from claims.schema import ClaimRow, DocumentRow, DocumentVersionRow

CSV = "FORMAT csv, HEADER true"
# Characters that JSON always escapes: a row of one cell is then printed without quotation marks.
LINES = "FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02'"
WITHDRAWN_SINCE = text(read_statements("claims.exchange", "withdrawn.sql")["withdrawn_since"])
BEST = ("speaker", "mode", "form", "content")


def copy_csv(session: Session, selection: Selection) -> Iterator[bytes]:
    """A header and a row for each claim, as CSV with PostgreSQL's line ends, in order of ids."""
    return run_copy(session, csv_query(selection), CSV)


def copy_lines(
    session: Session, selection: Selection, *, evidence: bool = False, printed: bool = False
) -> Iterator[bytes]:
    """A JSON object for each claim, with its newline, in order of ids.

    Args:
        session: A reading session.
        selection: Which claims, which fields.
        evidence: Whether to add `evidence`: where the words stand, and the words around them.
        printed: Whether to add `printed`: the printings of its utterance, the earliest first.
    """
    query = lines_query(selection, evidence=evidence, printed=printed)
    return run_copy(session, query, LINES)


def copy_sources(session: Session, selection: Selection) -> Iterator[bytes]:
    """A JSON object for each source that a chain of the selection names, in the order of ids."""
    hops, view = view_table("attributions"), view_table("sources")
    named = select(hops.c.source_id).where(hops.c.claim.in_(selected_ids(selection, "claim")))
    return _copy_view(session, view, "source", named)


def copy_documents(session: Session, selection: Selection) -> Iterator[bytes]:
    """A JSON object for each article of the selection, in the order of ids."""
    rows = documents_query(selected_ids(selection, "document")).subquery("x")
    query = select(func.row_to_json(rows.table_valued())).order_by(rows.c.document)
    return run_copy(session, query, LINES)


def copy_hops_csv(
    session: Session, selection: Selection, columns: Sequence[str]
) -> Iterator[bytes]:
    """A header and a row for each hop of the selected claims, as CSV."""
    view = view_table("attributions")
    query = select(*(view.c[name] for name in columns))
    query = query.where(view.c.claim.in_(selected_ids(selection, "claim")))
    return run_copy(session, query.order_by(view.c.claim, view.c.position), CSV)


def copy_sources_csv(session: Session, selection: Selection) -> Iterator[bytes]:
    """A header and a row for each source that a chain of the selection names, as CSV."""
    hops, view = view_table("attributions"), view_table("sources")
    named = select(hops.c.source_id).where(hops.c.claim.in_(selected_ids(selection, "claim")))
    query = select(view).where(view.c.source.in_(named)).order_by(view.c.source)
    return run_copy(session, query, CSV)


def count_by_day(session: Session, selection: Selection) -> list[tuple[date, int]]:
    """How many of the selected claims each day of publication has, in the order of days."""
    view = view_table(selection.view)
    day = cast(func.timezone("UTC", view.c.published_at), Date)
    chosen = selected_ids(selection, "claim")
    query = select(day, func.count()).where(view.c.claim.in_(chosen), day.is_not(None))
    rows = session.execute(query.group_by(day).order_by(day))
    return [(published, count) for published, count in rows]


def count_kinds(session: Session, selection: Selection) -> dict[str, int]:
    """How many speakers, articles and outlets the selected claims have, and claims of each form."""
    view, chosen = view_table(selection.view), selected_ids(selection, "claim")
    counted = {"speakers": view.c.speaker_id, "articles": view.c.document, "outlets": view.c.outlet}
    query = select(*(func.count(column.distinct()) for column in counted.values()))
    counts = dict(zip(counted, session.execute(query.where(view.c.claim.in_(chosen))).one(),
                      strict=True))  # fmt: skip
    forms = select(view.c.form, func.count()).where(view.c.claim.in_(chosen))
    rows = session.execute(forms.group_by(view.c.form).order_by(view.c.form))
    return counts | {f"claims of form {form}": count for form, count in rows}


def load_languages(session: Session, selection: Selection) -> list[str]:
    """The languages of the selected claims' articles."""
    view = view_table("documents")
    query = select(view.c.language).distinct().order_by(view.c.language)
    ids = selected_ids(selection, "document")
    return list(session.scalars(query.where(view.c.document.in_(ids))))


def _copy_view(session: Session, view: Table, key: str, ids: Query) -> Iterator[bytes]:
    rows = select(view).where(view.c[key].in_(ids)).subquery("x")
    query = select(func.row_to_json(rows.table_valued())).order_by(rows.c[key])
    return run_copy(session, query, LINES)


def run_copy(session: Session, query: Query, options: LiteralString) -> Iterator[bytes]:
    """What COPY prints of a query, a row at a time.

    Raises:
        StatementFailedError: The database refuses.
    """
    text, values = compile_query(session, query)
    statement = sql.SQL("COPY ({}) TO STDOUT ({})").format(text, sql.SQL(options))
    try:
        yield from copy_rows(driver_of(session.connection()), statement, values)
    except Error as error:
        raise StatementFailedError("export", str(error).splitlines()[0]) from error


def compile_query(session: Session, query: Query) -> tuple[sql.SQL, Mapping[str, Value]]:
    """A query as the driver takes it, with its values, in the schemas that the session reads."""
    connection = session.connection()
    schemas = connection.get_execution_options().get("schema_translate_map")
    compiled = (
        query.compile(
            dialect=connection.dialect, schema_translate_map=schemas, render_schema_translate=True
        )
        if schemas
        else query.compile(dialect=connection.dialect)
    )
    text = str(compiled) if compiled.params else str(compiled).replace("%%", "%")
    # The program's own statement: what users type is in the values.
    return sql.SQL(text), dict(compiled.params)


def count_claims(session: Session, selection: Selection) -> int:
    """How many claims a selection has."""
    return session.scalar(count_query(selection)) or 0


def load_withdrawn(session: Session, selection: Selection) -> Iterator[OmittedClaim]:
    """What a selection leaves out: claims of withdrawn articles, and claims that were withdrawn."""
    joined = (
        select(
            ClaimRow.id, DocumentRow.id.label("document"), DocumentRow.url, DocumentRow.shown_status
        )
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .where(
            or_(
                ClaimRow.status == ClaimStatus.WITHDRAWN,
                DocumentRow.shown_status == DocumentStatus.WITHDRAWN,
            ),
            is_published_yet(),
            *claim_conditions(selection.filters),
        )
        .order_by(ClaimRow.id)
    )
    for row in session.execute(joined.execution_options(yield_per=1000)):
        by_article = row.shown_status == DocumentStatus.WITHDRAWN
        why = "its article was withdrawn" if by_article else "it was withdrawn"
        yield OmittedClaim(row.id, row.document, row.url, why)


def load_copied(session: Session, selection: Selection) -> list[OmittedClaim]:
    """Claims of a selection that came through an article which is withdrawn, each once."""
    view, origins = view_table("claims"), view_table("withdrawn_origins")
    query = (
        select(view.c.claim, view.c.document, view.c.url, origins.c.origin_document)
        .join(origins, origins.c.claim == view.c.claim)
        .where(view.c.claim.in_(selected_ids(selection, "claim")))
        .order_by(view.c.claim, origins.c.origin_document)
    )
    claims = {
        claim: OmittedClaim(claim, document, url, f"it came through document {origin}, withdrawn")
        for claim, document, url, origin in session.execute(query)
    }
    return list(claims.values())


def load_withdrawn_since(session: Session) -> list[OmittedClaim]:
    """Claims that the session's state publishes and relies on, and that are withdrawn today.

    Empty for the present, which is not later than itself.
    """
    if not reads_past(session):
        return []
    return [OmittedClaim(*row) for row in session.execute(WITHDRAWN_SINCE)]


def load_best(session: Session, *, limit: int) -> list[dict[str, str | None]]:
    """Speaker, mode, form and content of the proposals with the highest scores."""
    view = view_table("proposals")
    query = select(*(view.c[name] for name in BEST))
    query = query.order_by(view.c.extractor_score.desc().nulls_last(), view.c.claim).limit(limit)
    return [{name: row[name] for name in BEST} for row in session.execute(query).mappings()]
