"""Load the state of a source, and save a decision on it together with the changes it makes."""

import uuid
from collections.abc import Callable, Mapping

from sqlalchemy import cast, exists, func, insert, select, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Session

from claims.database.ranges import to_multirange, to_open_range
from claims.ledger.append import append
from claims.ledger.errors import ChangedMeanwhileError
from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.json import Json, JsonObject
from claims.model.kinds import SourceKind
from claims.schema import (
    OutletRatingRow,
    SourceDistinctRow,
    SourceIdentifierRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
)
from claims.sources.changes import FIELDS, SourceState, add
from claims.sources.errors import SourceRefusedError
from claims.sources.linking import name_row
from claims.sources.lists import (
    CANONICAL,
    LISTS,
    IdentifierEntry,
    NameEntry,
    OfficeEntry,
    RatingEntry,
    entries_of,
)
from claims.sources.offices import office_keys


def load_source(session: Session, source: uuid.UUID) -> SourceState:
    """The state of a source.

    Raises:
        sqlalchemy.exc.NoResultFound: No source has this id.
    """
    query = (
        select(SourceRow, func.coalesce(SourceMergedRow.root, SourceRow.id))
        .outerjoin(SourceMergedRow, SourceMergedRow.source == SourceRow.id)
        .where(SourceRow.id == source)
    )
    row, root = session.execute(query).one()
    return SourceState(
        source=row.id,
        kind=SourceKind(row.kind),
        name=row.name,
        revision=row.revision,
        merged_into=row.merged_into,
        root=root,
        fields={field: getattr(row, field) for field in FIELDS},
    )


def add_source(session: Session, kind: SourceKind, name: str, signed: Signature) -> uuid.UUID:
    """Add a source that nobody has named yet, with its decision; its id."""
    decision = add(kind, name, {}, signed)
    save_source_decision(session, decision)
    return decision.subject


def load_name(session: Session, source: uuid.UUID, name: str) -> NameEntry | None:
    """A name of a source; None if the source does not have it."""
    query = (
        select(SourceNameRow.name, SourceNameRow.kind, SourceNameRow.language)
        .where(SourceNameRow.source == source, SourceNameRow.name == name)
        .order_by(SourceNameRow.kind != CANONICAL)
        .limit(1)
    )
    row = session.execute(query).first()
    return NameEntry(row.name, row.kind, row.language) if row else None


def is_distinct(session: Session, one: uuid.UUID, other: uuid.UUID) -> bool:
    """Whether it is recorded that two sources are not the same."""
    a, b = sorted((one, other))
    pair = exists().where(SourceDistinctRow.a == a, SourceDistinctRow.b == b)
    return bool(session.scalar(select(pair)))


def role_id(source: uuid.UUID, office: OfficeEntry) -> uuid.UUID:
    """The id of an office of a source: the same title, organisation and days are one office."""
    parts = [str(part or "") for part in (office.organisation, office.first, office.last)]
    return derived_id("source_role", str(source), office.title, *parts)


def save_source_decision(session: Session, decision: Decision) -> int:
    """Save a decision on a source together with its changes, all or nothing.

    Returns:
        The decision's number in the ledger.

    Raises:
        ChangedMeanwhileError: The source has been decided on since the decision was made.
        SourceRefusedError: Another source has the Wikidata item, or the reviewer rated the outlet
            for this day already.
    """
    before, after, source = decision.before, decision.after, decision.subject
    fields = {name: value for name, value in after.items() if name not in LISTS}
    if fields.get("wikidata"):
        _require_free(session, str(fields["wikidata"]), decision)
    if decision.revision == 1 and "kind" in fields:
        session.execute(insert(SourceRow).values(id=source, revision=1, **fields))
    else:
        _update(session, decision, fields)
    session.flush()
    for name in LISTS:
        for entry in entries_of(before, name):
            gone = func.claims.take_entry(source, name, cast(entry, JSONB))
            session.execute(select(gone))
        for entry in entries_of(after, name):
            _ADD[name](session, source, entry)
    return append(session, decision)


def _update(session: Session, decision: Decision, fields: JsonObject) -> None:
    values: dict[str, Json | uuid.UUID] = dict(fields)
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


def _kind_of(session: Session, source: uuid.UUID) -> SourceKind:
    return SourceKind(session.scalars(select(SourceRow.kind).where(SourceRow.id == source)).one())


def _add_name(session: Session, source: uuid.UUID, entry: Json) -> None:
    name = NameEntry.from_json(entry)
    columns = name_row(source, _kind_of(session, source), name.name, name.kind)
    session.execute(insert(SourceNameRow).values(**columns, language=name.language))


def _add_office(session: Session, source: uuid.UUID, entry: Json) -> None:
    office = OfficeEntry.from_json(entry)
    employer = None
    if office.organisation:
        query = select(SourceRow.name).where(SourceRow.id == office.organisation)
        employer = session.scalar(query)
    session.execute(
        insert(SourceRoleRow).values(
            id=role_id(source, office),
            source=source,
            title=office.title,
            organisation=office.organisation,
            valid=to_open_range(office.first, office.last),
            evidence=office.evidence,
            evidence_version=office.version,
            evidence_spans=to_multirange(office.spans),
            keys=office_keys(office.title, employer),
        )
    )


def _add_identifier(session: Session, source: uuid.UUID, entry: Json) -> None:
    identifier = IdentifierEntry.from_json(entry)
    session.execute(
        insert(SourceIdentifierRow).values(
            source=source, register=identifier.register, value=identifier.value
        )
    )


def _add_rating(session: Session, outlet: uuid.UUID, entry: Json) -> None:
    rating = RatingEntry.from_json(entry)
    same_day = exists().where(
        OutletRatingRow.outlet == outlet,
        OutletRatingRow.rated_on == rating.rated_on,
        OutletRatingRow.rated_by == rating.rated_by,
    )
    if session.scalar(select(same_day)):
        detail = f"you rated it for {rating.rated_on} already; give another day"
        raise SourceRefusedError(f"source {str(outlet)[:8]}", detail)
    session.execute(
        insert(OutletRatingRow).values(
            id=derived_id("outlet_rating", str(outlet), str(rating.rated_on), str(rating.rated_by)),
            outlet=outlet,
            rating=rating.rating,
            rated_on=rating.rated_on,
            rated_by=rating.rated_by,
            why=rating.why,
        )
    )


def _add_distinct(session: Session, source: uuid.UUID, entry: Json) -> None:
    session.execute(insert(SourceDistinctRow).values(a=source, b=uuid.UUID(str(entry))))


_ADD: Mapping[str, Callable[[Session, uuid.UUID, Json], None]] = {
    "names": _add_name,
    "roles": _add_office,
    "ratings": _add_rating,
    "identifiers": _add_identifier,
    "distinct": _add_distinct,
}
"""For each list, what adds an entry of it to a source; the database takes entries away itself."""
