"""Decisions on sources: find what they are about, write the decision with its effect."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from claims.catalogue.find import find_claim, select_shown
from claims.database.ranges import to_multirange, to_open_range, to_spans
from claims.ledger.append import append
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.decision import Decision
from claims.model.identity import derived_id
from claims.model.kinds import SourceKind
from claims.model.span import Span
from claims.schema import (
    AttributionRow,
    ClaimRow,
    OutletRatingRow,
    SourceDistinctRow,
    SourceIdentifierRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
)
from claims.sources.changes import FIELDS, SourceStanding
from claims.sources.errors import AmbiguousSourceError, SourceRefusedError, UnknownSourceError
from claims.sources.linking import name_row
from claims.sources.offices import office_keys
from claims.text.fold import words_of

SHORTEST = 6
"""Digits from which on what is given may be the start of an id; a name such as Ada is shorter."""

SHOWN = 5
"""Most sources that an ambiguous name lists."""


def find_source(session: Session, given: str) -> uuid.UUID:
    """The source whose id begins as given, that has the given name, or that alone contains it.

    Of several sources with the name those that are shown as one count once.

    Raises:
        UnknownSourceError: None has.
        AmbiguousSourceError: More than one has.
    """
    digits = given.strip().lower().replace("-", "")
    found: list[uuid.UUID] = []
    if SHORTEST <= len(digits) <= 32 and set(digits) <= set("0123456789abcdef"):  # noqa: PLR2004
        low, high = uuid.UUID(digits.ljust(32, "0")), uuid.UUID(digits.ljust(32, "f"))
        query = select(SourceRow.id).where(SourceRow.id.between(low, high)).limit(SHOWN + 1)
        found = list(session.scalars(query))
    found = found or _find_named(session, _bears(given))
    if not found and given.strip():
        contains = SourceNameRow.name.icontains(given.strip(), autoescape=True)
        found = _find_named(session, contains)
    if not found:
        raise UnknownSourceError(given)
    if len(found) > 1:
        raise AmbiguousSourceError(given, _told(session, found))
    return found[0]


def _find_named(session: Session, condition: ColumnElement[bool]) -> list[uuid.UUID]:
    """The sources, as they are shown, with a name of which the condition holds."""
    return sorted(set(session.scalars(select_shown(condition))))


def find_merged(session: Session, given: str) -> uuid.UUID:
    """The merged source that has a name, as itself; else as `find_source`.

    Raises:
        UnknownSourceError: None has.
        AmbiguousSourceError: More than one has.
    """
    query = (
        select(SourceNameRow.source)
        .join(SourceMergedRow, SourceMergedRow.source == SourceNameRow.source)
        .where(_bears(given))
        .distinct()
        .order_by(SourceNameRow.source)
    )
    found = list(session.scalars(query))
    if len(found) > 1:
        raise AmbiguousSourceError(given, _told(session, found))
    return found[0] if found else find_source(session, given)


def _bears(name: str) -> ColumnElement[bool]:
    """Whether a stored name is one, whatever its case, accents and spacing."""
    key = "".join(words_of(name))
    return or_(
        SourceNameRow.keys.contains([f"p={key}"]),
        SourceNameRow.keys.contains([f"h={key}"]),
        SourceNameRow.keys.contains([f"n={name.strip().casefold()}"]),
    )


def _told(session: Session, found: list[uuid.UUID]) -> str:
    query = select(SourceRow.id, SourceRow.kind, SourceRow.name, SourceRow.description)
    rows = session.execute(query.where(SourceRow.id.in_(found)).order_by(SourceRow.id).limit(SHOWN))
    listed = [
        f"{str(id_)[:8]} {name}, {description or kind}" for id_, kind, name, description in rows
    ]
    more = [f"and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "; ".join(listed + more)


def load_source(session: Session, source: uuid.UUID) -> SourceStanding:
    """Where a source stands now.

    Raises:
        sqlalchemy.exc.NoResultFound: No source has this id.
    """
    query = (
        select(SourceRow, func.coalesce(SourceMergedRow.root, SourceRow.id))
        .outerjoin(SourceMergedRow, SourceMergedRow.source == SourceRow.id)
        .where(SourceRow.id == source)
    )
    row, root = session.execute(query).one()
    return SourceStanding(
        source=row.id,
        kind=SourceKind(row.kind),
        name=row.name,
        revision=row.revision,
        merged_into=row.merged_into,
        root=root,
        fields={field: getattr(row, field) for field in FIELDS},
    )


def load_name(session: Session, source: uuid.UUID, name: str) -> dict[str, object] | None:
    """A name of a source as decisions write it; None if it has no such name."""
    query = (
        select(SourceNameRow.name, SourceNameRow.kind, SourceNameRow.language)
        .where(SourceNameRow.source == source, SourceNameRow.name == name)
        .order_by(SourceNameRow.kind != "canonical")
        .limit(1)
    )
    row = session.execute(query).first()
    return dict(row._mapping) if row else None  # noqa: SLF001 - SQLAlchemy's public name for it


def load_role_row(
    session: Session, standing: SourceStanding, title: str, stated: Mapping[str, Any]
) -> tuple[dict[str, object], bool]:
    """An office as decisions write it, with what a claim's article prints of it as evidence.

    Args:
        session: A session.
        standing: Who held it.
        title: The office's title.
        stated: `organisation` and `claim` as ids or names, `first`, `last`, `evidence`.

    Returns:
        The row, and whether the source has the office already; then the row as it is stored.

    Raises:
        SourceRefusedError: The claim's article prints no description of the source.
    """
    employer = find_source(session, stated["organisation"]) if stated["organisation"] else None
    row: dict[str, object] = {
        "title": title,
        "organisation": str(employer) if employer else None,
        "first": str(stated["first"].date()) if stated["first"] else None,
        "last": str(stated["last"].date()) if stated["last"] else None,
        "evidence": stated["evidence"],
        "version": None,
        "spans": [],
    }
    stored = session.get(SourceRoleRow, role_id(standing.source, row))
    if stored is not None:
        return row | _evidence_of(stored), True
    if stated["claim"]:
        row |= _printed_in(session, standing, stated["claim"])
    return row, False


def _evidence_of(role: SourceRoleRow) -> dict[str, object]:
    return {
        "evidence": role.evidence,
        "version": str(role.evidence_version) if role.evidence_version else None,
        "spans": [list(span) for span in to_spans(role.evidence_spans)],
    }


def _printed_in(session: Session, standing: SourceStanding, given: str) -> dict[str, object]:
    claim = find_claim(session, given)
    query = (
        select(AttributionRow.capacity_spans, ClaimRow.version)
        .join(ClaimRow, ClaimRow.id == AttributionRow.claim)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == AttributionRow.source)
        .where(
            AttributionRow.claim == claim,
            AttributionRow.capacity.is_not(None),
            func.coalesce(SourceMergedRow.root, AttributionRow.source) == standing.root,
        )
        .order_by(AttributionRow.position)
        .limit(1)
    )
    row = session.execute(query).first()
    if row is None:
        detail = f"claim {str(claim)[:8]} prints no office of it; give --evidence instead"
        raise SourceRefusedError(standing.place, detail)
    spans = [list(span) for span in to_spans(row.capacity_spans)]
    return {"version": str(row.version), "spans": spans}


def is_distinct(session: Session, one: uuid.UUID, other: uuid.UUID) -> bool:
    """Whether two sources were found not to be the same."""
    a, b = sorted((one, other))
    found = exists().where(SourceDistinctRow.a == a, SourceDistinctRow.b == b)
    return bool(session.scalar(select(found)))


def save_source_decision(session: Session, decision: Decision) -> int:
    """Write a decision on a source and its effect, both or neither.

    Returns:
        The decision's place in the ledger.

    Raises:
        ChangedMeanwhileError: The source's revision is no longer what the decision was made on.
        SourceRefusedError: Another source has the Wikidata item already.
    """
    after, source = decision.after, decision.subject
    fields = {name: value for name, value in after.items() if name not in ROWS}
    if fields.get("wikidata"):
        _require_free(session, str(fields["wikidata"]), decision)
    if decision.revision == 1 and "kind" in fields:
        session.execute(insert(SourceRow).values(id=source, revision=1, **fields))
    else:
        _update(session, decision, fields)
    session.flush()
    for name, (remove, add) in ROWS.items():
        for row in _rows(decision.before, name):
            remove(session, source, row)
        for row in _rows(after, name):
            add(session, source, row)
    return append(session, decision)


def _update(session: Session, decision: Decision, fields: Mapping[str, object]) -> None:
    values = dict(fields)
    if values.get("merged_into"):
        values["merged_into"] = uuid.UUID(str(values["merged_into"]))
    changed = session.execute(
        update(SourceRow)
        .where(SourceRow.id == decision.subject, SourceRow.revision == decision.revision - 1)
        .values(revision=decision.revision, **values)
        .returning(SourceRow.id)
    ).first()
    if changed is None:
        raise ChangedMeanwhileError(f"source {str(decision.subject)[:8]}")


def _require_free(session: Session, wikidata: str, decision: Decision) -> None:
    bearer = session.execute(
        select(SourceRow.id, SourceRow.name).where(
            SourceRow.wikidata == wikidata,
            SourceRow.merged_into.is_(None),
            SourceRow.id != decision.subject,
        )
    ).first()
    if bearer:
        detail = f"{wikidata} is {str(bearer.id)[:8]} ({bearer.name}) already; merge them instead"
        raise SourceRefusedError(f"source {str(decision.subject)[:8]}", detail)


def _rows(side: Mapping[str, object], name: str) -> list[Any]:
    rows = side.get(name) or []
    assert isinstance(rows, list), "a decision keeps rows as lists"  # noqa: S101
    return rows


def _kind_of(session: Session, source: uuid.UUID) -> SourceKind:
    return SourceKind(session.scalars(select(SourceRow.kind).where(SourceRow.id == source)).one())


def _add_name(session: Session, source: uuid.UUID, row: Mapping[str, Any]) -> None:
    made = name_row(source, _kind_of(session, source), row["name"], row["kind"])
    session.execute(insert(SourceNameRow).values(made | {"language": row["language"]}))


def _remove_name(session: Session, source: uuid.UUID, row: Mapping[str, Any]) -> None:
    named = (SourceNameRow.name == row["name"], SourceNameRow.kind == row["kind"])
    session.execute(delete(SourceNameRow).where(SourceNameRow.source == source, *named))


def role_id(source: uuid.UUID, row: Mapping[str, Any]) -> uuid.UUID:
    """The id of an office of a source: the same office on the same days is one."""
    parts = (row["title"], row["organisation"] or "", row["first"] or "", row["last"] or "")
    return derived_id("source_role", str(source), *parts)


def _add_role(session: Session, source: uuid.UUID, row: Mapping[str, Any]) -> None:
    organisation = uuid.UUID(row["organisation"]) if row["organisation"] else None
    employer = None
    if organisation:
        employer = session.scalar(select(SourceRow.name).where(SourceRow.id == organisation))
    first, last = (date.fromisoformat(row[end]) if row[end] else None for end in ("first", "last"))
    session.execute(
        insert(SourceRoleRow).values(
            id=role_id(source, row),
            source=source,
            title=row["title"],
            organisation=organisation,
            valid=to_open_range(first, last),
            evidence=row["evidence"],
            evidence_version=uuid.UUID(row["version"]) if row["version"] else None,
            evidence_spans=to_multirange(tuple(Span(*span) for span in row["spans"])),
            keys=office_keys(row["title"], employer),
        )
    )


def _remove_role(session: Session, source: uuid.UUID, row: Mapping[str, Any]) -> None:
    session.execute(delete(SourceRoleRow).where(SourceRoleRow.id == role_id(source, row)))


def _add_identifier(session: Session, source: uuid.UUID, row: Mapping[str, Any]) -> None:
    session.execute(insert(SourceIdentifierRow).values(source=source, **row))


def _remove_identifier(session: Session, _source: uuid.UUID, row: Mapping[str, Any]) -> None:
    named = (
        SourceIdentifierRow.register == row["register"],
        SourceIdentifierRow.value == row["value"],
    )
    session.execute(delete(SourceIdentifierRow).where(*named))


def _rating_key(outlet: uuid.UUID, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        OutletRatingRow.outlet == outlet,
        OutletRatingRow.rated_on == date.fromisoformat(row["rated_on"]),
        OutletRatingRow.rated_by == uuid.UUID(row["rated_by"]),
    )


def _add_rating(session: Session, outlet: uuid.UUID, row: Mapping[str, Any]) -> None:
    if session.scalar(select(exists().where(*_rating_key(outlet, row)))):
        detail = f"you rated it for {row['rated_on']} already; give another day"
        raise SourceRefusedError(f"source {str(outlet)[:8]}", detail)
    session.execute(
        insert(OutletRatingRow).values(
            id=derived_id("outlet_rating", str(outlet), row["rated_on"], row["rated_by"]),
            outlet=outlet,
            rating=row["rating"],
            rated_on=date.fromisoformat(row["rated_on"]),
            rated_by=uuid.UUID(row["rated_by"]),
            why=row["why"],
        )
    )


def _remove_rating(session: Session, outlet: uuid.UUID, row: Mapping[str, Any]) -> None:
    session.execute(delete(OutletRatingRow).where(*_rating_key(outlet, row)))


def _add_distinct(session: Session, source: uuid.UUID, other: str) -> None:
    session.execute(insert(SourceDistinctRow).values(a=source, b=uuid.UUID(other)))


def _remove_distinct(session: Session, source: uuid.UUID, other: str) -> None:
    pair = (SourceDistinctRow.a == source, SourceDistinctRow.b == uuid.UUID(other))
    session.execute(delete(SourceDistinctRow).where(*pair))


Change = Callable[[Session, uuid.UUID, Any], None]

ROWS: Mapping[str, tuple[Change, Change]] = {
    "names": (_remove_name, _add_name),
    "roles": (_remove_role, _add_role),
    "ratings": (_remove_rating, _add_rating),
    "identifiers": (_remove_identifier, _add_identifier),
    "distinct": (_remove_distinct, _add_distinct),
}
"""For each list that a decision can change, how a row of it is taken away and added."""
