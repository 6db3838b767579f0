"""Sources and their names to and from the database."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.model.identity import derived_id
from claims.schema import Source, SourceName
from claims.sources.resolve import Named


def load_known(session: Session, named: Iterable[Named]) -> dict[Named, tuple[uuid.UUID, ...]]:
    """Unmerged sources that carry a name as any of their names, for the names that are certain."""
    wanted = {name.folded: name for name in named if name.certain}
    if not wanted:
        return {}
    rows = session.execute(
        select(func.lower(SourceName.name), Source.kind, Source.id)
        .join(Source, Source.id == SourceName.source)
        .where(func.lower(SourceName.name).in_(wanted), Source.merged_into.is_(None))
        .distinct()
        .order_by(Source.id)
    )
    found: dict[Named, tuple[uuid.UUID, ...]] = {}
    for lowered, kind, source in rows:
        name = wanted.get(lowered)
        if name is not None and name.kind == kind:
            found[name] = (*found.get(name, ()), source)
    return found


def save_sources(session: Session, sources: Mapping[Named, uuid.UUID], run: uuid.UUID) -> int:
    """Add the sources that are not there yet, each with its canonical name.

    Returns:
        How many were added.
    """
    # In one order everywhere: two writers that add the same sources wait, they never deadlock.
    rows = sorted({source: name for name, source in sources.items()}.items())
    if not rows:
        return 0
    added = session.scalars(
        insert(Source)
        .values([{"id": id_, "kind": n.kind, "name": n.name, "run": run} for id_, n in rows])
        .on_conflict_do_nothing(index_elements=[Source.id])
        .returning(Source.id)
    ).all()
    names = [
        {
            "id": derived_id("source_name", str(id_), name.name, "canonical"),
            "source": id_,
            "name": name.name,
            "kind": "canonical",
        }
        for id_, name in rows
        if id_ in set(added)
    ]
    if names:
        session.execute(insert(SourceName).values(names).on_conflict_do_nothing())
    return len(added)
