"""One entry of a register into the database, as one decision on its source."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.model.authority import AuthorityEntry, AuthorityOffice
from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.kinds import BODIES, SourceKind
from claims.schema import (
    SourceIdentifierRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
)
from claims.sources import changes
from claims.sources.candidates import keys_of
from claims.sources.edit import load_source, role_id, save_source_decision
from claims.sources.mention import Mention, is_distinctive
from claims.sources.names import Name, PersonName

Sign = Callable[[], Signature]


class ImportOutcome(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class AuthorityImport:
    """What every entry of one import needs to know.

    Attributes:
        register: The register's name.
        names: For each id of the register, the entry's name and kind: offices name bodies by id.
        sign: Makes a signature for one decision.
    """

    register: str
    names: Mapping[str, tuple[str, SourceKind]]
    sign: Sign


def import_entry(
    session: Session, entry: AuthorityEntry, context: AuthorityImport
) -> ImportOutcome:
    """Add an entry's source, or what its source lacks; what is there is never overwritten.

    The source is the one that has the entry's id, else the unmerged one with its Wikidata item,
    else the one that the machine made of a name that can hardly be another's, else a new one.

    Raises:
        SourceRefusedError: Its Wikidata item is another source's.
    """
    offices = [_office_row(session, office, context) for office in entry.offices]
    identifier: dict[str, object] = {"register": context.register, "value": entry.key}
    source = _find(session, entry, context.register)
    if source is None:
        save_source_decision(session, _adding(entry, identifier, offices, context))
        return ImportOutcome.ADDED
    brought = {"identifiers": [identifier], "roles": offices}
    decision = _changing(session, source, entry, brought=brought, signed=context.sign())
    if decision is None:
        return ImportOutcome.SAME
    save_source_decision(session, decision)
    return ImportOutcome.CHANGED


def _find(session: Session, entry: AuthorityEntry, register: str) -> uuid.UUID | None:
    known = session.get(SourceIdentifierRow, (register, entry.key))
    if known:
        return known.source
    wikidata = dict(entry.fields).get("wikidata")
    if wikidata:
        bearer = session.scalar(
            select(SourceRow.id).where(
                SourceRow.wikidata == wikidata, SourceRow.merged_into.is_(None)
            )
        )
        if bearer:
            return bearer
    mention = Mention(entry.kind, entry.name)
    if not is_distinctive(mention):
        return None
    made = session.scalars(
        select(SourceRow.id)
        .join(SourceNameRow, SourceNameRow.source == SourceRow.id)
        .where(
            SourceNameRow.keys.contains([_exact_key(mention.parsed)]),
            func.lower(SourceNameRow.name) == entry.name.lower(),
            SourceRow.kind == entry.kind,
            SourceRow.revision == 0,
        )
        .distinct()
        .limit(2)
    ).all()
    return made[0] if len(made) == 1 else None


def _exact_key(name: Name) -> str:
    """The key that is the whole name."""
    start = "p=" if isinstance(name, PersonName) else "b="
    return next(key for key in keys_of(name) if key.startswith(start))


def _adding(
    entry: AuthorityEntry,
    identifier: dict[str, object],
    offices: list[dict[str, object]],
    context: AuthorityImport,
) -> Decision:
    signed = context.sign()
    new = derived_id("source", "register", context.register, entry.key)
    made = changes.add(entry.kind, entry.name, dict(entry.fields), signed, source=new)
    made = changes.with_names(made, entry.aliases)
    rows: dict[str, Sequence[object]] = {"identifiers": [identifier], "roles": offices}
    return changes.with_rows(made, rows, action="import")


def _changing(
    session: Session,
    source: uuid.UUID,
    entry: AuthorityEntry,
    *,
    brought: Mapping[str, Sequence[dict[str, object]]],
    signed: Signature,
) -> Decision | None:
    standing = load_source(session, source)
    fields = {name: value for name, value in entry.fields if not standing.fields.get(name)}
    known = set(session.scalars(select(SourceNameRow.name).where(SourceNameRow.source == source)))
    names = [
        {"name": name, "kind": "alias", "language": None}
        for name in (entry.name, *entry.aliases)
        if name not in known
    ]
    held = set(session.scalars(select(SourceRoleRow.id).where(SourceRoleRow.source == source)))
    rows: dict[str, Sequence[object]] = {
        "names": names,
        "roles": [row for row in brought["roles"] if role_id(source, row) not in held],
        "identifiers": [
            row
            for row in brought["identifiers"]
            if session.get(SourceIdentifierRow, (row["register"], row["value"])) is None
        ],
    }
    added = {name: new for name, new in rows.items() if new}
    if not fields and not added:
        return None
    before: dict[str, object] = {**dict.fromkeys(fields), **{name: [] for name in added}}
    after = {**fields, **added}
    return changes.decision_on(standing, "import", before, after=after, signed=signed)


def _office_row(
    session: Session, office: AuthorityOffice, context: AuthorityImport
) -> dict[str, object]:
    organisation = None
    if office.organisation:
        organisation = str(_find_body(session, office.organisation, context))
    return {
        "title": office.title,
        "organisation": organisation,
        "first": str(office.first) if office.first else None,
        "last": str(office.last) if office.last else None,
        "evidence": f"register {context.register}",
        "version": None,
        "spans": [],
    }


def _find_body(session: Session, stated: str, context: AuthorityImport) -> uuid.UUID:
    """The organisation that an office names, by an id of the register or by name; made if new."""
    known = session.get(SourceIdentifierRow, (context.register, stated))
    if known:
        return known.source
    name, kind = context.names.get(stated, (stated, SourceKind.ORGANISATION))
    if kind not in BODIES:
        kind = SourceKind.ORGANISATION
    if stated in context.names:  # comes later in the file, under the id it will have
        later = derived_id("source", "register", context.register, stated)
        if session.get(SourceRow, later):
            return later
    same = derived_id("source", kind, " ".join(name.split()).casefold())
    merged = session.scalar(
        select(func.coalesce(SourceMergedRow.root, SourceRow.id))
        .select_from(SourceRow)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == SourceRow.id)
        .where(SourceRow.id == same)
    )
    if merged:
        return merged
    save_source_decision(session, changes.add(kind, name, {}, context.sign(), source=same))
    return same
