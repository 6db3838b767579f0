"""Load the stored sources that mentions may mean; save new sources, names and suggestions."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Text, cast, exists, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY, array, insert
from sqlalchemy.orm import Session, aliased

from claims.database.adding import add_rows
from claims.database.ranges import to_known_days
from claims.model.identity import derived_id
from claims.model.kinds import SourceKind
from claims.schema import (
    AttributionRow,
    SourceMergedRow,
    SourceNameRow,
    SourceRoleRow,
    SourceRow,
    SourceSuggestionRow,
)
from claims.schema.base import Columns
from claims.sources.candidates import CROWDED, Index, StoredSource, keys_of, lookup_keys
from claims.sources.lexicon import host_of, outlets_by_host
from claims.sources.match import is_widespread
from claims.sources.mention import Mention, find_outlet, outlet_mention
from claims.sources.names import PersonName, parse_name
from claims.sources.offices import OfficeHolding, parse_description
from claims.sources.resolve import Knowledge, Link, resolve

DESCRIPTIONS = 50
"""Most printed descriptions of one source that a common name is compared by."""


def load_knowledge(session: Session, mentions: Collection[Mention]) -> Knowledge:
    """The stored sources and offices with which these mentions can be resolved."""
    candidates = _load_named(session, mentions)
    return Knowledge(Index(candidates).candidates_for, _load_described(session, mentions))


def resolve_in_turn(
    session: Session, articles: Sequence[tuple[Mapping[Mention, Sequence[str]], uuid.UUID]]
) -> list[dict[Mention, Link]]:
    """Link the mentions of several articles, each as if those before it were stored.

    Args:
        session: A session, reading or writing.
        articles: The mentions of each article as `resolve` takes them, and its version. Where one
            `needs_descriptions` it stands alone: what others printed before must be stored.
    """
    mentions = {mention for of_article, _ in articles for mention in of_article}
    candidates = _load_named(session, mentions)
    index, met = Index(candidates), {stored.source for stored in candidates}
    knowledge = Knowledge(index.candidates_for, _load_described(session, mentions))
    resolved = []
    for of_article, version in articles:
        links = resolve(of_article, knowledge, version)
        for link in _new_sources(links.values()).values():
            if link.source not in met and link.kind is not SourceKind.GROUP:
                met.add(link.source)
                names = tuple(dict.fromkeys((link.name, *link.aliases)))
                index.add(StoredSource(link.source, link.kind, names, root=link.source))
        resolved.append(links)
    return resolved


def needs_descriptions(mentions: Iterable[Mention]) -> bool:
    """Whether stored descriptions must support a name, since too many people bear it."""
    return any(
        isinstance(mention.parsed, PersonName) and is_widespread(mention.parsed)
        for mention in mentions
    )


def _load_named(session: Session, mentions: Collection[Mention]) -> list[StoredSource]:
    """The stored sources that any of these mentions may mean."""
    keys: set[str] = set()
    for mention in mentions:
        keys.update(lookup_keys(mention.parsed))
        outlet = find_outlet(mention)
        if outlet:
            keys.update(lookup_keys(outlet_mention(outlet).parsed))
    sources = _find_by_keys(session, sorted(keys))
    return load_candidates(session, sources, descriptions=needs_descriptions(mentions))


def _find_by_keys(session: Session, keys: Sequence[str]) -> set[uuid.UUID]:
    """Sources with a name under any of the keys; of a crowded key only the first."""
    if not keys:
        return set()
    key = func.unnest(cast(list(keys), ARRAY(Text))).table_valued("key").render_derived()
    block = (
        select(SourceNameRow.source)
        .where(SourceNameRow.keys.contains(array([key.c.key])))
        .limit(CROWDED + 1)
        .lateral()
    )
    return set(session.scalars(select(block.c.source).select_from(key).join(block, true())))


def load_candidates(
    session: Session, sources: Collection[uuid.UUID] | None = None, *, descriptions: bool = False
) -> list[StoredSource]:
    """Sources with their names and offices, canonical name first.

    Args:
        session: A session, reading or writing.
        sources: The ids of the sources; None for all.
        descriptions: Whether descriptions that articles printed count as offices too.
    """
    query = (
        select(
            SourceRow.id,
            SourceRow.kind,
            SourceRow.name,
            SourceRow.revision,
            func.coalesce(SourceMergedRow.root, SourceRow.id),
            func.array_agg(SourceNameRow.name),
        )
        .outerjoin(SourceMergedRow, SourceMergedRow.source == SourceRow.id)
        .join(SourceNameRow, SourceNameRow.source == SourceRow.id)
        .where(SourceRow.kind != SourceKind.GROUP)
        .group_by(SourceRow.id, SourceMergedRow.root)
        .order_by(SourceRow.id)
    )
    if sources is not None:
        query = query.where(SourceRow.id.in_(sources))
    rows = session.execute(query).all()
    offices = _load_offices(session, sources)
    if descriptions and sources:
        _add_descriptions(session, sources, offices)
    return [
        StoredSource(
            source=source,
            kind=SourceKind(kind),
            names=tuple(dict.fromkeys((shown, *names))),
            root=root,
            offices=tuple(offices.get(source, ())),
            decided=revision > 0,
        )
        for source, kind, shown, revision, root, names in rows
    ]


def _load_offices(
    session: Session, sources: Collection[uuid.UUID] | None
) -> dict[uuid.UUID, list[str]]:
    employer = aliased(SourceRow)
    query = select(SourceRoleRow.source, SourceRoleRow.title, employer.name).outerjoin(
        employer, employer.id == SourceRoleRow.organisation
    )
    if sources is not None:
        query = query.where(SourceRoleRow.source.in_(sources))
    offices: dict[uuid.UUID, list[str]] = defaultdict(list)
    for source, title, organisation in session.execute(query):
        offices[source].append(f"{title} {organisation or ''}")
    return offices


def _add_descriptions(
    session: Session, sources: Collection[uuid.UUID], offices: dict[uuid.UUID, list[str]]
) -> None:
    one = SourceRow.__table__.alias("one")
    printed = (
        select(AttributionRow.capacity)
        .where(AttributionRow.source == one.c.id, AttributionRow.capacity.is_not(None))
        .limit(DESCRIPTIONS)
        .lateral()
    )
    query = (
        select(one.c.id, printed.c.capacity)
        .select_from(one)
        .join(printed, true())
        .where(one.c.id.in_(sources))
        .distinct()
        .order_by(one.c.id, printed.c.capacity)
    )
    for source, capacity in session.execute(query):
        offices[source].append(capacity)


def _load_described(session: Session, mentions: Iterable[Mention]) -> list[OfficeHolding]:
    """The offices that the article's descriptions may mean."""
    offices: dict[uuid.UUID, OfficeHolding] = {}
    for mention in mentions:
        if mention.kind is not SourceKind.GROUP:
            continue
        description = parse_description(mention.name)
        if description.offices and description.rest:
            offices.update(load_offices(session, sorted(description.offices | description.rest)))
    # In one order, so that who bears two of them is told by the same one whatever else is read.
    return [offices[id_] for id_ in sorted(offices)]


def load_offices(session: Session, words: Sequence[str] = ()) -> dict[uuid.UUID, OfficeHolding]:
    """Offices by their ids; only those that have all the words."""
    employer = aliased(SourceRow)
    query = (
        select(SourceRoleRow, SourceRow.kind, SourceRow.name, employer.name)
        .join(SourceRow, SourceRow.id == SourceRoleRow.source)
        .outerjoin(employer, employer.id == SourceRoleRow.organisation)
        .where(SourceRoleRow.keys.contains(list(words)))
        .order_by(SourceRoleRow.id)
    )
    return {
        role.id: OfficeHolding(role.source, SourceKind(kind), name, role.title, organisation, *days)
        for role, kind, name, organisation in session.execute(query)
        for days in [to_known_days(role.valid)]
    }


def load_outlet_at(session: Session, url: str) -> str | None:
    """The name of the outlet that publishes at an address; None if no source or lexicon says."""
    host = host_of(url)
    if host is None:
        return None
    homes = session.execute(
        select(SourceRow.homepage, SourceRow.name)
        .where(
            SourceRow.kind == SourceKind.OUTLET,
            SourceRow.homepage.is_not(None),
            ~exists().where(SourceMergedRow.source == SourceRow.id),
        )
        .order_by(SourceRow.id)
    )
    by_host = {host_of(homepage): name for homepage, name in homes if homepage}
    lexicon = outlets_by_host()
    # The closest host first: news.example.org before example.org.
    while "." in host:
        if host in by_host:
            return by_host[host]
        if host in lexicon:
            return lexicon[host].name
        host = host.partition(".")[2]
    return None


def save_links(session: Session, links: Iterable[Link], run: uuid.UUID) -> int:
    """Add the sources that are not stored yet, with their names and suggestions.

    Returns:
        How many sources were added.
    """
    return save_links_of(session, [links], run)


def save_links_of(session: Session, articles: Iterable[Iterable[Link]], run: uuid.UUID) -> int:
    """As `save_links`, for the links of several articles: the first that names a source makes it.

    Returns:
        How many sources were added.
    """
    new: dict[uuid.UUID, Link] = {}
    suggested: dict[tuple[uuid.UUID, uuid.UUID], tuple[float, str]] = {}
    for links in articles:
        of_article = _new_sources(links)
        new = of_article | new
        suggested = _suggested_pairs(of_article.values()) | suggested
    # In one order everywhere: two writers that add the same sources wait and never deadlock.
    rows: list[Columns] = [
        {"id": source, "kind": new[source].kind, "name": new[source].name, "run": run}
        for source in sorted(new)
    ]
    if not rows:
        return 0
    added = set(add_rows(session, SourceRow, rows, skip_stored=True))
    names = [row for source in sorted(added) for row in _name_rows(new[source])]
    add_rows(session, SourceNameRow, names, skip_stored=True)
    save_suggestions(session, [(*pair, *why) for pair, why in suggested.items()])
    return len(added)


def _new_sources(links: Iterable[Link]) -> dict[uuid.UUID, Link]:
    """The links of one article whose sources may not be stored yet."""
    return {link.source: link for link in links if link.rule in {"new", "register"}}


def _suggested_pairs(
    links: Iterable[Link],
) -> dict[tuple[uuid.UUID, uuid.UUID], tuple[float, str]]:
    """Each pair of sources that may be one, the lesser id first, with score and reason."""
    return {
        (min(link.source, other.source), max(link.source, other.source)): (
            other.score,
            other.reason,
        )
        for link in links
        for other in link.suggestions
    }


def _name_rows(link: Link) -> list[Columns]:
    names = [(link.name, "canonical"), *((alias, "alias") for alias in link.aliases)]
    return [name_row(link.source, link.kind, name, kind) for name, kind in names]


def name_row(source: uuid.UUID, kind: SourceKind, name: str, name_kind: str) -> Columns:
    """A name's columns, with the keys it is found by."""
    return {
        "id": derived_id("source_name", str(source), name, name_kind),
        "source": source,
        "name": name,
        "kind": name_kind,
        "keys": list(keys_of(parse_name(kind, name))),
    }


def save_suggestions(
    session: Session, pairs: Iterable[tuple[uuid.UUID, uuid.UUID, float, str]]
) -> int:
    """Save pairs of sources that may be one, each once, with score and reason.

    Returns:
        How many are new.
    """
    rows = {
        (min(a, b), max(a, b)): {"score": score, "reason": reason} for a, b, score, reason in pairs
    }
    if not rows:
        return 0
    values = [{"a": a, "b": b, **rest} for (a, b), rest in sorted(rows.items())]
    adding = insert(SourceSuggestionRow).on_conflict_do_nothing().returning(SourceSuggestionRow.a)
    return len(session.scalars(adding, values).all())
