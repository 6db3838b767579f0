"""Pages that have not changed since they were fetched: the server said so, and no bytes came."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import literal, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from claims.database.engine import Database
from claims.documents.addresses import address_id
from claims.documents.sightings import Sighting, load_current, sighting_id
from claims.fetch.page import UnchangedPage, Validators, validators_of
from claims.ingest.run import IngestRun, save_run
from claims.ingest.save import is_read
from claims.model.kinds import AddressKind
from claims.schema import ArchiveRecordRow, DocumentAddressRow, DocumentRow, SightingRow


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A page as it was last fetched.

    Attributes:
        sighting: The last one of the version that it has.
        validators: What came with its bytes.
    """

    sighting: Sighting
    validators: Validators


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A page that has not changed.

    Attributes:
        page: As it was last fetched.
        seen_at: When the server said that it is as before.
        redirects: The addresses that were asked before it.
    """

    page: KnownPage
    seen_at: datetime
    redirects: tuple[str, ...]


class KnownPages:
    """Finds the validators of the pages that are asked for in a run, and remembers whose they are.

    Args:
        database: Where the pages are stored.
        extractor: Version of the rules that must have read a page.
        with_outlet: Whether a page is fetched again whose outlet nobody knows.
    """

    def __init__(self, database: Database, extractor: str, *, with_outlet: bool = False) -> None:
        self.database = database
        self._extractor = extractor
        self._with_outlet = with_outlet
        self._asked: dict[str, KnownPage] = {}

    def __call__(self, url: str) -> Validators | None:
        """The validators of an address; None if it is to be fetched whatever it is."""
        with self.database.reader() as session:
            page = _find_known(session, url, self._extractor)
            if page is None or (self._with_outlet and not _has_outlet(session, page)):
                return None
        self._asked[url] = page
        return page.validators

    def take(self, answer: UnchangedPage) -> Unchanged:
        """The page that an answer says has not changed.

        Raises:
            KeyError: It was not asked with validators from here.
        """
        capture = answer.capture
        page = self._asked.pop(capture.uri)
        return Unchanged(page, capture.retrieved_at, capture.redirects)


def _find_known(session: Session, url: str, extractor: str) -> KnownPage | None:
    """The page at an address, if nothing would come of the bytes that it had when last fetched.

    That is so if they gave the current version of their document and this extractor has read it.
    """
    document = session.scalar(
        select(DocumentAddressRow.document).where(DocumentAddressRow.id == address_id(url))
    )
    current = load_current(session, document) if document else None
    seen = session.execute(
        select(SightingRow.version, ArchiveRecordRow.http_headers)
        .join(ArchiveRecordRow, ArchiveRecordRow.id == SightingRow.archive_record)
        .where(SightingRow.document == document, ArchiveRecordRow.uri == url)
        .order_by(SightingRow.seen_at.desc(), SightingRow.id.desc())
        .limit(1)
    ).one_or_none()
    if current is None or seen is None or seen.version != current.version:
        return None
    validators = validators_of((name, value) for name, value in seen.http_headers)
    if validators is None or not is_read(session, current.version, extractor):
        return None
    return KnownPage(current, validators)


def _has_outlet(session: Session, page: KnownPage) -> bool:
    query = select(DocumentRow.outlet).where(DocumentRow.id == page.sighting.document)
    return session.scalar(query) is not None


def save_unchanged(database: Database, unchanged: Unchanged, run: IngestRun) -> bool:
    """Save that a page was seen as it was; returns False if another version has come meanwhile."""
    last = unchanged.page.sighting
    with database.writer() as session:
        save_run(session, run)
        # The lock that keeps other writers of the document out, as when a version is stored.
        session.execute(
            select(DocumentRow.id).where(DocumentRow.id == last.document).with_for_update()
        )
        current = load_current(session, last.document)
        if current is None or current.version != last.version:
            return False
        _save_again(session, unchanged, run)
        for url in unchanged.redirects:
            row = {"id": address_id(url), "document": last.document, "url": url, "run": run.id}
            statement = insert(DocumentAddressRow).values(kind=AddressKind.REDIRECT, **row)
            session.execute(statement.on_conflict_do_nothing())
    return True


def _save_again(session: Session, unchanged: Unchanged, run: IngestRun) -> None:
    """Add the last sighting once more: what its publisher said of the version holds as before."""
    last, seen_at = unchanged.page.sighting, unchanged.seen_at
    values = {
        "id": sighting_id(last.version, seen_at.isoformat()),
        "archive_record": None,
        "seen_at": seen_at,
        "run": run.id,
    }
    copied = {
        column.name: literal(values[column.name], column.type) if column.name in values else column
        for column in SightingRow.__table__.columns
        if column.name != "recorded_at"
    }
    again = select(*copied.values()).where(SightingRow.id == last.id)
    session.execute(insert(SightingRow).from_select([*copied], again).on_conflict_do_nothing())
