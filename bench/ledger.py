"""A ledger of a million decisions: seconds to verify, export, compare and to tell agreement.

Four decisions a claim, each fifth with two readings in it; made in the database by SQL alone with
the laws' triggers off, because what they check is not what is measured.

    python -m bench.ledger [decisions]
"""

import io
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
from sqlalchemy import Connection, text

from bench.home import own_home
from claims.cli.context import open_database
from claims.database.engine import Database
from claims.ledger import checker
from claims.ledger.append import load_end, load_rows
from claims.ledger.chain import verify
from claims.ledger.consistency import find_differences
from claims.ledger.lines import verify_lines, write_ledger
from claims.ledger.reviewers import load_reviewers
from claims.review.agreement import load_readings
from claims.review.coefficients import compare_readings

DECISIONS, EACH, SOURCES = 1_000_000, 4, 50_000

FILL = """
    ALTER TABLE claims.claim DISABLE TRIGGER ALL;
    ALTER TABLE claims.attribution DISABLE TRIGGER ALL;
    ALTER TABLE claims.source DISABLE TRIGGER ALL;
    ALTER TABLE claims.decision DISABLE TRIGGER ALL;
    ALTER TABLE claims.ledger_head DISABLE TRIGGER ALL;
    INSERT INTO claims.run (id, command, inputs, tool_version, extractor_version)
        VALUES ('{run}', 'bench', '[]', '0', '0');
    INSERT INTO claims.source (id, kind, name)
        SELECT md5('s' || n)::uuid, 'person', 'Person ' || n FROM generate_series(1, {sources}) n;
    INSERT INTO claims.document (id, title, status, language, run)
        VALUES (md5('d')::uuid, 'Article', 'usable', 'en', '{run}');
    INSERT INTO claims.archive_record (id, retrieved_at, media_type, payload, sha256, size, run)
        VALUES (md5('r')::uuid, now(), 'text/plain', '', sha256(''), 0, '{run}');
    INSERT INTO claims.document_version
           (id, document, number, text, sha256, retrieved_at, reader, archive_record, run)
        SELECT md5('v')::uuid, md5('d')::uuid, 1, t, sha256(convert_to(t, 'UTF8')), now(), 'bench',
               md5('r')::uuid, '{run}' FROM repeat('Person said words. ', 150) AS t;
    INSERT INTO claims.claim (id, version, form, content_spans, text, speaker, listed_on, status,
                              revision, run, rule, extractor_score)
        SELECT md5('c' || n)::uuid, md5('v')::uuid,
               (ARRAY['quote', 'mixed', 'paraphrase'])[1 + n % 3],
               int4multirange(int4range(n, n + 18)), 'said words',
               md5('s' || floor({sources} ^ random()))::uuid, '2020-01-01',
               'accepted', {each}, '{run}', 'bench', 0.5
          FROM generate_series(0, {claims} - 1) n;
    INSERT INTO claims.attribution (claim, position, source, mention, mention_spans, cue, cue_spans,
                                    mode, link_rule)
        SELECT id, 1, speaker, 'Person', '{{[0,6)}}', 'said', '{{[7,11)}}', 'says', 'new'
          FROM claims.claim;
    INSERT INTO claims.reviewer (id, name)
        SELECT md5('r' || n)::uuid, 'Reviewer ' || n FROM generate_series(0, 19) n;
"""

DECIDE = """
    DO $$
    DECLARE
        row claims.decision;
        last bytea := decode(repeat('00', 32), 'hex');
        nth integer;
        two jsonb;
    BEGIN
        FOR n IN 0 .. {decisions} - 1 LOOP
            nth := n % {each};
            two := CASE WHEN n % 5 = 0 THEN jsonb_build_object('readings', jsonb_build_array(
                jsonb_build_object('id', md5('a' || n)::uuid, 'reviewer', md5('r' || n % 20)::uuid,
                    'action', 'accept', 'at', '2026-05-01T12:00:00Z', 'after',
                    CASE n % 7 WHEN 0 THEN '{{"form": "mixed"}}' ELSE '{{}}' END::jsonb),
                jsonb_build_object('id', md5('b' || n)::uuid,
                    'reviewer', md5('r' || (n + 1) % 20)::uuid,
                    'action', CASE n % 11 WHEN 0 THEN 'reject' ELSE 'accept' END,
                    'at', '2026-05-01T12:00:00Z', 'after',
                    CASE n % 13 WHEN 0 THEN '{{"content": [[5, 10]]}}' ELSE '{{}}' END::jsonb)))
                ELSE '{{}}' END;
            row := (md5('i' || n)::uuid, n + 1, timestamptz '2020-01-01' + n * interval '1 second',
                md5('r' || n % 20)::uuid, 'accept', 'claim', md5('c' || n / {each})::uuid, nth + 1,
                jsonb_build_object('status', (ARRAY['proposed', 'rejected'])[1 + nth % 2]),
                jsonb_build_object('status', (ARRAY['rejected', 'accepted'])[1 + nth % 2]) || two,
                'read twice', '0', NULL, last, NULL, NULL);
            row.digest := claims.decision_digest(row);
            last := row.digest;
            INSERT INTO claims.decision VALUES (row.*);
        END LOOP;
        UPDATE claims.ledger_head SET no = {decisions}, digest = last;
    END $$;
"""


def fill(connection: Connection, decisions: int) -> None:
    """Make the ledger; the database is dropped afterwards, its laws stay off until then."""
    values = {
        "run": uuid.uuid4(), "decisions": decisions, "claims": decisions // EACH, "each": EACH,
        "sources": SOURCES,
    }  # fmt: skip
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(FILL.format(**values))
    driver.execute(DECIDE.format(**values))


@contextmanager
def timed(what: str, server: psutil.Process | None = None) -> Iterator[None]:
    """Print how long a block took, and how much of a processor the program and its server."""
    began, own = time.perf_counter(), time.process_time()
    theirs = _spent(server)
    yield
    took = (time.perf_counter() - began, time.process_time() - own, _spent(server) - theirs)
    print("{}: {:.1f} s (program {:.1f}, server {:.1f})".format(what, *took), flush=True)


def _spent(server: psutil.Process | None) -> float:
    return sum(server.cpu_times()[:2]) if server else 0.0


def vacuum(database: Database) -> None:
    """As the server does by itself after a while."""
    engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))


def main() -> None:
    """Print seconds."""
    decisions = int(sys.argv[1]) if len(sys.argv) > 1 else DECISIONS
    with own_home(), open_database() as database:
        with timed(f"{decisions} decisions made"), database.engine.begin() as connection:
            fill(connection, decisions)
        vacuum(database)
        with database.reader() as session:
            end = load_end(session)
            server = psutil.Process(session.scalar(text("SELECT pg_backend_pid()")))
            with timed("agreement, counted in the database", server):
                readings = load_readings(session)
            twice = sum(some.count for some in readings if some.field == "decision")
            with timed(f"agreement over {twice} twice-read claims, coefficients"):
                found = compare_readings(readings)
            print(*(f"  {one.field} {one.kappa} {one.alpha}" for one in found[:2]), sep="\n")
            with timed("reviewers listed", server):
                load_reviewers(session)
            with timed("chain verified in the database", server):
                verdict = verify(load_rows(session), end.digest, number=end.no)
            assert (verdict.rows, verdict.problem) == (decisions, None)
            out = io.BytesIO()
            with timed("exported", server):
                write_ledger(load_rows(session), end, out)
            with timed(f"export of {len(out.getvalue()) // 2**20} MB verified"):
                assert verify_lines(io.BytesIO(out.getvalue())).problem is None
            with timed("export checked by the second verifier"):
                assert checker.check(io.BytesIO(out.getvalue())) == (decisions, None)
            with timed("tables compared with the replay of the ledger", server):
                assert list(find_differences(session)) == []
            assert session.scalar(text("SELECT count(*) FROM claims.decision")) == decisions


if __name__ == "__main__":
    main()
