"""Databases with a history, decision by chance through the program's own functions."""

import io
import random
import uuid
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, text

from claims.archive.importer import ArchiveImporter, ImportResult
from claims.archive.merge_result import SetAsideRow
from claims.archive.read import Archive
from claims.archive.write import write_archive
from claims.database.engine import Database
from claims.errors.base import ClaimsError
from claims.ingest.problems import save_problem
from claims.ledger.consistency import find_differences
from claims.model.capture import Capture
from claims.model.identity import derived_id
from claims.model.kinds import SourceKind
from claims.model.problem import Problem, Reason
from claims.releases.states import save_release
from claims.review.decide import decide
from claims.review.requests import DecisionRequest
from claims.review.transitions import Action
from claims.schema import DraftRow, SourceRow
from claims.sources import changes as curate
from claims.sources.edit import load_source
from claims.sources.lexicon import registered_names
from tests.acts import decide_source, edit_document, signed
from tests.makers import RUN
from tests.review.conftest import Room

if TYPE_CHECKING:
    from claims.model.json import Json

WORDS = (
    "null",
    ",null",
    '"]\n["',
    "a\ttab",
    "\\N",
    "\\",
    "😀",
    "é",
    "\u202ex",
    "=1+1",
    "\u2028",
    '"q"',
)
ACTIONS = ("accept", "reject", "later", "flag", "edit", "withdraw", "correct", "note")


def write(database: Database) -> bytes:
    """The archive of a database."""
    out = io.BytesIO()
    with database.reader() as session:
        write_archive(session, out, lambda _what, _count: None)
    return out.getvalue()


def import_archive(
    database: Database, archive: bytes, *, rehearse: bool = False
) -> tuple[ImportResult, list[SetAsideRow]]:
    """Import an archive; returns the result, and the rows that were set aside."""
    set_aside: list[SetAsideRow] = []
    importer = ArchiveImporter(
        database,
        lambda _session, row: set_aside.append(row),
        lambda session: map(str, find_differences(session, registered_names())),
        lambda _what, _count: None,
        rehearse=rehearse,
    )
    return importer.run(Archive(io.BytesIO(archive), "a.jsonl")), set_aside


CAPTURE = Capture(
    uri="https://mole.example/a?b=\\c",
    retrieved_at=datetime(2026, 5, 4, 8, 30, 0, 123456, UTC),
    http_status=200,
    http_headers=(("Content-Type", "text/html"), ("X-Odd", 'é "\\\t\0'), ("X-Odd", "twice")),
    redirects=("http://mole.example/a",),
    warc_record="<urn:uuid:1>",
)
"""With a header that is hard to carry through files."""


def populate(database: Database, seed: int, acts: int = 12) -> Room:
    """Articles, acts of several reviewers, decisions on sources, a release, drafts and problems."""
    chance = random.Random(seed)
    room = Room(database)
    claims = [
        claim
        for number in range(chance.randint(1, 3))
        for claim in room.store(
            external_id=f"{seed}-{number}",
            title=chance.choice(WORDS),
            outlet=chance.choice(("The Mole", "The Quay")),
            archived=chance.randbytes(20),
            capture=CAPTURE if chance.random() < 0.5 else None,
        )
    ]
    if chance.random() < 0.5:
        room.policy(second_reading="share", share=0.5)
    for _ in range(acts):
        with suppress(ClaimsError):
            _act(room, chance, claims)
    _add_others(room, chance, claims)
    return room


def _act(room: Room, chance: random.Random, claims: list[uuid.UUID]) -> None:
    """One act that may be refused, as acts are."""
    name = chance.choice(("Ann", "Bob", "Cy"))
    kind = chance.random()
    if kind < 0.7:
        action = Action(chance.choice(ACTIONS))
        may: dict[Action, dict[str, Json]] = {
            Action.EDIT: {"statement": chance.choice(WORDS), "credibility": chance.randint(1, 6)},
            Action.CORRECT: {"attribution_confidence": chance.random()},
        }
        changes = may.get(action, {})
        room.act(name, chance.choice(claims), action, changes, reason=chance.choice(WORDS))
    elif kind < 0.8:
        claim = chance.choice(claims)
        by = room.reviewer(name)
        at = room.standing(claim).state.content[0].start + 4
        with room.database.writer() as session:
            decide(session, DecisionRequest(claim, Action.SPLIT, offset=at), signed(by))
    else:
        _curate(room, chance, name)


def _curate(room: Room, chance: random.Random, name: str) -> None:
    with room.database.reader() as session:
        ids = list(session.scalars(select(SourceRow.id).order_by(SourceRow.id)))
        one, other = (load_source(session, chance.choice(ids)) for _ in range(2))
    by = signed(room.reviewer(name))
    act = chance.randrange(5)
    if act == 0:
        decision = curate.merge(one, other, by)
    elif act == 1:
        decision = curate.set_fields(one, {"wikidata": f"Q{chance.randint(1, 99)}"}, by)
    elif act == 2:
        decision = curate.distinct(one, other, by, recorded=False)
    elif act == 3:
        decision = curate.rate(one, chance.choice("ABF"), date(2026, 1, 1), why="so", signed=by)
    else:
        decision = curate.add(SourceKind.PERSON, f"P{chance.random()}", {}, by, source=uuid.uuid4())
    decide_source(room.database, decision)


def _add_others(room: Room, chance: random.Random, claims: list[uuid.UUID]) -> None:
    """What is no decision on a claim or source: a withdrawn article, a release and so on."""
    ann = room.reviewer("Ann")
    if chance.random() < 0.3:
        [(document,)] = room.sql("SELECT id FROM claims.document ORDER BY id LIMIT 1")
        edit_document(room.database, document, ann, status="withdrawn")
    with room.database.writer() as session:
        save_release(session, uuid.uuid4(), f"r{chance.random()}", made_by=ann, note=None)
        problem = Problem("a.txt", Reason.BAD_FIELD, "odd", 7, "text", chance.choice(WORDS))
        save_problem(session, problem, RUN)
        row = {"reviewer": ann, "claim": chance.choice(claims), "draft": {"statement": "half"}}
        session.execute(insert(DraftRow).values(row))
        session.execute(
            text(
                "INSERT INTO claims.document_version"
                " (id, document, number, text, sha256, retrieved_at, reader, archive_record, run)"
                " SELECT :id, v.document, 2, v.text || 'x',"
                " sha256(convert_to(v.text || 'x', 'UTF8')),"
                " v.retrieved_at, v.reader, v.archive_record, v.run"
                " FROM claims.claim AS c JOIN claims.document_version AS v ON v.id = c.version"
                " WHERE c.id = :claim"
            ),
            {"claim": claims[0], "id": derived_id("version", str(claims[0]))},
        )
        session.execute(
            text(
                "INSERT INTO claims.anchor"
                " (claim, version, spans, state, score, changes, hop_spans, method)"
                " SELECT c.id, :version, c.content_spans, 'altered', 0.1 + 0.2, '{words,number}',"
                """ '[{"cue": [], "mention": [[0, 3]], "capacity": []}]', 'words-1'"""
                " FROM claims.claim AS c WHERE c.id = :claim"
            ),
            {"claim": claims[0], "version": derived_id("version", str(claims[0]))},
        )
