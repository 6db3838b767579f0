"""The queries of exports on the contract's views.

They are written with SQLAlchemy, so that a session of the past finds the same relations as they
were.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Table,
    Text,
    case,
    func,
    literal,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from claims.catalogue.card import Filters
from claims.catalogue.find import claim_conditions
from claims.contract.tables import view_table
from claims.exchange.reach import Further, Query
from claims.exchange.records import HopRecord
from claims.exchange.selection import Selection
from claims.model.kinds import DocumentStatus
from claims.schema import ClaimRow, DocumentRow, DocumentVersionRow

Expression = ColumnElement[Any]

HOP = tuple(HopRecord.__annotations__)


def csv_query(selection: Selection) -> Query:
    """The cells of each claim, for CSV and what is made from it."""
    view = view_table(selection.view)
    flat = _flat_columns(view)
    names = selection.chosen(flat=True)
    further = Further(view, selected_ids(selection, "claim"), selected_ids(selection, "document"))
    added = flat | further.columns(names)
    columns = [added[name] if name in added else view.c[name] for name in names]
    return further.join(_chosen(select(*columns), view, selection))


def lines_query(selection: Selection, *, evidence: bool = False, printed: bool = False) -> Query:
    """A JSON object for each claim, its chain inside.

    Args:
        selection: Which claims, which fields.
        evidence: Whether to add where its words stand.
        printed: Whether to add the printings of its utterance, the earliest first.
    """
    view = view_table(selection.view)
    nested: dict[str, Expression] = {
        "said_on": _days(view).label("said_on"),
        "chain": _chain(view).label("chain"),
    }
    names = selection.chosen(flat=False)
    further = Further(view, selected_ids(selection, "claim"), selected_ids(selection, "document"))
    nested |= further.columns(names)
    columns: list[Expression] = [nested[name] if name in nested else view.c[name] for name in names]
    if evidence:
        columns.append(_evidence(view).label("evidence"))
    if printed:
        columns.append(further.printed())
    if "claim" not in names:
        columns.append(view.c.claim.label("_order"))
    chosen = further.join(_chosen(select(*columns), view, selection))
    rows = chosen.order_by(None).subquery("x")
    if "claim" in names:
        query = select(func.row_to_json(rows.table_valued()))
        return query.order_by(rows.c.claim)
    pairs = _named({name: rows.c[name] for name in names})
    return select(func.json_build_object(*pairs)).order_by(rows.c["_order"])


def selected_ids(selection: Selection, key: str) -> Query:
    """A column of the selected claims, such as their ids or their articles'."""
    view = view_table(selection.view)
    return _chosen(select(view.c[key]), view, selection).order_by(None)


def count_query(selection: Selection) -> Query:
    """How many claims a selection has."""
    view = view_table(selection.view)
    inner = _chosen(select(view.c.claim), view, selection).order_by(None).subquery()
    return select(func.count()).select_from(inner)


def _chosen(query: Query, view: Table, selection: Selection) -> Query:
    """The claims of a selection, in the order of their ids."""
    query = query.select_from(view)
    if selection.exact:
        query = query.where(view.c.status == selection.exact.value)
    if selection.claim is not None:
        query = query.where(view.c.claim == selection.claim)
    if not selection.withdrawn:
        query = query.where(view.c.document_status != DocumentStatus.WITHDRAWN.value)
    if selection.filters != Filters():
        query = query.where(view.c.claim.in_(_passing(selection.filters)))
    return query.order_by(view.c.claim)


def _passing(filters: Filters) -> Query:
    return (
        select(ClaimRow.id)
        .join(DocumentVersionRow, DocumentVersionRow.id == ClaimRow.version)
        .join(DocumentRow, DocumentRow.id == DocumentVersionRow.document)
        .where(*claim_conditions(filters))
    )


def _days(view: Table) -> Expression:
    """A daterange, which PostgreSQL stores half-open, as its first and last day."""
    days = func.json_build_array(func.lower(view.c.said_on), _last(view))
    return case((view.c.said_on.is_not(None), days))


def _last(view: Table) -> Expression:
    return func.upper(view.c.said_on) - literal_column("1", Integer)


def _flat_columns(view: Table) -> dict[str, Expression]:
    """What cells hold in place of lists."""
    hops = view_table("attributions")
    name = func.coalesce(hops.c.source, hops.c.mention)
    carriers = func.string_agg(name, aggregate_order_by(literal(" < "), hops.c.position))
    cues = func.string_agg(hops.c.cue, aggregate_order_by(literal(" < "), hops.c.position))
    modes = func.string_agg(hops.c.mode, aggregate_order_by(literal(" < "), hops.c.position))
    of_claim = hops.c.claim == view.c.claim
    return {
        "carriers": select(func.coalesce(carriers, ""))
        .where(of_claim, hops.c.position > literal_column("1", Integer))
        .scalar_subquery()
        .label("carriers"),
        "cues": select(func.coalesce(cues, "")).where(of_claim).scalar_subquery().label("cues"),
        "modes": select(modes).where(of_claim).scalar_subquery().label("modes"),
    }


def _chain(view: Table) -> Expression:
    """The hops, from the voice outward, as a list of objects."""
    hops = view_table("attributions")
    pairs = _named({name: hops.c[name] for name in HOP})
    hop = func.json_build_object(*pairs)
    chain = func.json_agg(aggregate_order_by(hop, hops.c.position))
    return select(chain).where(hops.c.claim == view.c.claim).scalar_subquery()


def _evidence(view: Table) -> Expression:
    """Where the words stand in the text, and what stands around them."""
    spans = view_table("evidence")
    plain = {name: spans.c[name] for name in ("exact", "before", "after", "retrieved_at")}
    pairs = _named(plain | {"content_spans": spans.c.content_spans.cast(Text)})
    evidence = func.json_build_object(*pairs)
    return select(evidence).where(spans.c.claim == view.c.claim).scalar_subquery()


def _named(columns: Mapping[str, Expression]) -> list[Expression]:
    """Names and values alternating, as json_build_object wants them."""
    return [part for name, column in columns.items() for part in (literal(name), column)]
