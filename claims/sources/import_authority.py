"""Import one entry of an authority file, as one decision on its source."""

import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.model.authority import AuthorityEntry, AuthorityOffice
from claims.model.decision import Decision, Signature
from claims.model.identity import derived_id
from claims.model.json import JsonObject
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
from claims.sources.lists import IdentifierEntry, NameEntry, OfficeEntry
from claims.sources.mention import Mention, is_distinctive
from claims.sources.names import Name, PersonName


class ImportOutcome(StrEnum):
    """What an import did with an entry."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class AuthorityImport:
    """What every entry of one import needs.

    Attributes:
        authority: The name of the authority file.
        entries: The entries of the file by their ids: offices name bodies by id.
        bodies: The ids of bodies by name, if one alone has it: offices also name them so.
        sign: Makes a signature for one decision.
    """

    authority: str
    entries: Mapping[str, AuthorityEntry]
    bodies: Mapping[str, str]
    sign: Callable[[], Signature]


def make_import(
    authority: str, entries: Sequence[AuthorityEntry], sign: Callable[[], Signature]
) -> AuthorityImport:
    """What the entries of a file need to be imported."""
    names = Counter(_folded(entry.name) for entry in entries if entry.kind in BODIES)
    bodies = {
        folded: entry.key
        for entry in entries
        if entry.kind in BODIES and names[folded := _folded(entry.name)] == 1
    }
    return AuthorityImport(authority, {entry.key: entry for entry in entries}, bodies, sign)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def import_entry(
    session: Session, entry: AuthorityEntry, context: AuthorityImport
) -> ImportOutcome:
    """Add an entry's source, or the fields and list entries that it lacks; nothing is overwritten.

    The source is the one that has the entry's id, else the unmerged one with its Wikidata item,
    else the one that the machine made from a distinctive name, else a new one.

    Raises:
        SourceRefusedError: The entry's Wikidata item belongs to another source.
    """
    offices = [_office_entry(session, office, context) for office in entry.offices]
    source = _find(session, entry, context.authority)
    if source is None:
        save_source_decision(session, _addition(entry, offices, context))
        return ImportOutcome.ADDED
    lists = {
        "names": _missing_names(session, source, entry),
        "roles": _missing_offices(session, source, offices),
        "identifiers": _missing_identifier(session, context.authority, entry.key),
    }
    decision = _completion(session, source, entry, lists=lists, signed=context.sign())
    if decision is None:
        return ImportOutcome.SAME
    save_source_decision(session, decision)
    return ImportOutcome.CHANGED


def _find(session: Session, entry: AuthorityEntry, authority: str) -> uuid.UUID | None:
    identifier = session.get(SourceIdentifierRow, (authority, entry.key))
    if identifier:
        return identifier.source
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
    undecided = session.scalars(
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
    return undecided[0] if len(undecided) == 1 else None


def _exact_key(name: Name) -> str:
    """The key that is the whole name."""
    start = "p=" if isinstance(name, PersonName) else "b="
    return next(key for key in keys_of(name) if key.startswith(start))


def _addition(
    entry: AuthorityEntry, offices: Sequence[OfficeEntry], context: AuthorityImport
) -> Decision:
    new = derived_id("source", "register", context.authority, entry.key)
    addition = changes.add(entry.kind, entry.name, dict(entry.fields), context.sign(), source=new)
    lists = {
        "identifiers": [IdentifierEntry(context.authority, entry.key).to_json()],
        "roles": [office.to_json() for office in offices],
    }
    named = changes.with_names(addition, entry.aliases)
    return changes.with_entries(named, lists, action="import")


def _completion(
    session: Session,
    source: uuid.UUID,
    entry: AuthorityEntry,
    *,
    lists: Mapping[str, Sequence[JsonObject]],
    signed: Signature,
) -> Decision | None:
    """The decision that adds what a source lacks; None if it lacks nothing."""
    state = load_source(session, source)
    fields = {name: value for name, value in entry.fields if not state.fields.get(name)}
    added = {name: list(entries) for name, entries in lists.items() if entries}
    if not fields and not added:
        return None
    before: JsonObject = {**dict.fromkeys(fields), **{name: [] for name in added}}
    after: JsonObject = {**fields, **added}
    return changes.decision_on(state, "import", before, after=after, signed=signed)


def _missing_names(session: Session, source: uuid.UUID, entry: AuthorityEntry) -> list[JsonObject]:
    stored = set(session.scalars(select(SourceNameRow.name).where(SourceNameRow.source == source)))
    names = (entry.name, *entry.aliases)
    return [NameEntry(name).to_json() for name in names if name not in stored]


def _missing_offices(
    session: Session, source: uuid.UUID, offices: Sequence[OfficeEntry]
) -> list[JsonObject]:
    stored = set(session.scalars(select(SourceRoleRow.id).where(SourceRoleRow.source == source)))
    return [office.to_json() for office in offices if role_id(source, office) not in stored]


def _missing_identifier(session: Session, authority: str, key: str) -> list[JsonObject]:
    if session.get(SourceIdentifierRow, (authority, key)):
        return []
    return [IdentifierEntry(authority, key).to_json()]


def _office_entry(
    session: Session, office: AuthorityOffice, context: AuthorityImport
) -> OfficeEntry:
    body = _find_body(session, office.organisation, context) if office.organisation else None
    evidence = f"register {context.authority}"
    return OfficeEntry(office.title, body, office.first, office.last, evidence)


def _find_body(session: Session, organisation: str, context: AuthorityImport) -> uuid.UUID:
    """The organisation of an office, by an id or a name of the file; added if it is new."""
    key = organisation if organisation in context.entries else None
    key = key or context.bodies.get(_folded(organisation))
    entry = context.entries[key] if key else None
    if entry and entry.kind in BODIES:
        # Its own turn may come later in the file; it has its source from now on.
        source = _find(session, entry, context.authority)
        if source is None:
            addition = _addition(replace(entry, aliases=()), (), context)
            source = uuid.UUID(str(addition.subject))
            save_source_decision(session, addition)
        return source
    identifier = session.get(SourceIdentifierRow, (context.authority, organisation))
    if identifier:
        return identifier.source
    name = entry.name if entry else organisation
    by_name = derived_id("source", SourceKind.ORGANISATION, _folded(name))
    root = session.scalar(
        select(func.coalesce(SourceMergedRow.root, SourceRow.id))
        .select_from(SourceRow)
        .outerjoin(SourceMergedRow, SourceMergedRow.source == SourceRow.id)
        .where(SourceRow.id == by_name)
    )
    if root:
        return root
    added = changes.add(SourceKind.ORGANISATION, name, {}, context.sign(), source=by_name)
    save_source_decision(session, added)
    return by_name
