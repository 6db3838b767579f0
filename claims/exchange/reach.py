"""How far what claims report went, and whom their articles' texts come from, for exports.

The counts are those of `claims_v1.corroboration`. That view counts for one claim at a time, which
is quick for a few; an export counts each utterance once, however many of its printings it writes.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import (
    ARRAY,
    UUID,
    ColumnElement,
    FromClause,
    Select,
    Table,
    Text,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from claims.contract.tables import view_table
from claims.exchange.selection import ARTICLE, REACH
from claims.model.kinds import PUBLISHED, DocumentStatus

# SQLAlchemy types a query by its columns, and these are chosen by name at run time.
Query: TypeAlias = Select[Any]
Expression: TypeAlias = ColumnElement[Any]

MOST_PRINTINGS = 100
"""Printings that are written with a claim, the earliest: a million would fill a disk."""

_PRINTED = ("claim", "document", "outlet", "title", "url", "published_at", "document_status")
_NAMES = ", "


@dataclass(slots=True)
class Further:
    """What is joined to the rows of an export: only what is asked for.

    Attributes:
        view: The view that the rows come from.
        claims: The ids of the selected claims.
        documents: The ids of their articles.
    """

    view: Table
    claims: Query
    documents: Query
    _joined: list[tuple[FromClause, Expression]] = field(default_factory=list)
    _utterance: Expression | None = None

    def columns(self, names: Iterable[str]) -> dict[str, Expression]:
        """Those of the named columns that the view does not have."""
        asked = set(names)
        columns: dict[str, Expression] = {}
        if asked & set(REACH):
            counts = _counts(self.claims).subquery("reach")
            utterance = self._join_utterance()
            self._joined.append((counts, counts.c.utterance == utterance))
            columns = {name: counts.c[name] for name in REACH}
            columns |= {"utterance": utterance}
            for name in ("printings", "outlets", "heard_by"):
                columns[name] = func.coalesce(counts.c[name], literal(0))
        if asked & set(ARTICLE):
            origins = _articles(self.documents).subquery("article")
            self._joined.append((origins, origins.c.document == self.view.c.document))
            columns |= {name: origins.c[name] for name in ARTICLE}
        return {name: column.label(name) for name, column in columns.items()}

    def printed(self) -> Expression:
        """The printings of a claim's utterance as a list, the earliest first."""
        printed = _printed(self.claims).subquery("printed")
        self._joined.append((printed, printed.c.utterance == self._join_utterance()))
        return printed.c.printed.label("printed")

    def join(self, query: Query) -> Query:
        """The rows with what was asked for."""
        for table, condition in self._joined:
            query = query.outerjoin(table, condition)
        return query

    def _join_utterance(self) -> Expression:
        if self._utterance is None:
            own = view_table("utterances").alias("own")
            self._joined.append((own, own.c.claim == self.view.c.claim))
            self._utterance = func.coalesce(own.c.utterance, self.view.c.claim)
        return self._utterance


def _members(claims: Query) -> Query:
    """The published reports of what claims report; one that is not compared yet is its own."""
    report, own = view_table("utterances"), view_table("utterances").alias("of_own")
    alone = view_table("claims").alias("alone")
    utterances = select(own.c.utterance).where(own.c.claim.in_(claims))
    together = select(report.c.utterance, report.c.claim).where(
        report.c.utterance.in_(utterances),
        or_(*(report.c.status == status.value for status in sorted(PUBLISHED))),
    )
    by_itself = select(alone.c.claim.label("utterance"), alone.c.claim).where(
        alone.c.claim.in_(claims),
        alone.c.document_status != DocumentStatus.WITHDRAWN.value,
        ~exists().where(own.c.claim == alone.c.claim),
    )
    members = union_all(together, by_itself).subquery("member")
    return select(members)


def _counts(claims: Query) -> Query:
    """The columns of REACH for each utterance."""
    member = _members(claims).subquery("counted")
    claim, origin = view_table("claims").alias("printing"), view_table("claim_origins")
    earliest = func.array_agg(
        aggregate_order_by(claim.c.claim, claim.c.published_at, claim.c.claim), type_=ARRAY(UUID)
    )
    outlet = func.coalesce(claim.c.outlet_id, claim.c.document)
    names = aggregate_order_by(literal(_NAMES), origin.c.origin)
    return (
        select(
            member.c.utterance,
            func.count(claim.c.claim.distinct()).label("printings"),
            func.count(outlet.distinct()).label("outlets"),
            func.count(origin.c.origin_key.distinct()).label("heard_by"),
            func.string_agg(origin.c.origin.distinct(), names).label("origins"),
            earliest[1].label("first_printing"),
            func.min(claim.c.published_at).label("first_printed_at"),
        )
        .select_from(member)
        .join(claim, claim.c.claim == member.c.claim)
        .outerjoin(origin, origin.c.claim == member.c.claim)
        .group_by(member.c.utterance)
    )


def _printed(claims: Query) -> Query:
    """The earliest printings of each utterance, as a list of objects."""
    member = _members(claims).subquery("listed")
    claim = view_table("claims").alias("printing")
    order = (claim.c.published_at, claim.c.claim)
    place = func.row_number().over(partition_by=member.c.utterance, order_by=order)
    rows = (
        select(member.c.utterance, place.label("place"), *(claim.c[name] for name in _PRINTED))
        .select_from(member)
        .join(claim, claim.c.claim == member.c.claim)
        .subquery("placed")
    )
    pairs = [part for name in _PRINTED for part in (literal(name), rows.c[name])]
    listed = func.json_agg(aggregate_order_by(func.json_build_object(*pairs), rows.c.place))
    return (
        select(rows.c.utterance, listed.label("printed"))
        .where(rows.c.place <= MOST_PRINTINGS)
        .group_by(rows.c.utterance)
    )


def _articles(documents: Query) -> Query:
    """The columns of ARTICLE for each article."""
    origin = view_table("origins")
    original = func.nullif(origin.c.original, origin.c.document).cast(Text)
    originals = aggregate_order_by(literal(_NAMES), original)
    names = aggregate_order_by(literal(_NAMES), origin.c.origin)
    return (
        select(
            origin.c.document,
            func.string_agg(original.distinct(), originals).label("copy_of"),
            func.string_agg(origin.c.origin.distinct(), names).label("article_origin"),
        )
        .where(origin.c.document.in_(documents))
        .group_by(origin.c.document)
    )


def documents_query(documents: Query) -> Query:
    """Articles, each with what it is printed from and whom its text comes from."""
    view, article = view_table("documents"), _articles(documents).subquery("article")
    return (
        select(view, *(article.c[name] for name in ARTICLE))
        .outerjoin_from(view, article, article.c.document == view.c.document)
        .where(view.c.document.in_(documents))
    )
