"""Reading the past beside reading the present: one claim, a list, a search, all of the export.

Claims are made in the database by SQL alone, 20 an article, and then decided on: accepted, put in
words, given to another speaker; sources are renamed and merged. The laws' triggers are off while
they are made, except the ledger's own: numbers and digests are real. The past that is asked for is
that of the middle of the ledger, so that half of all decisions have to be looked through.

    python -m bench.past [claims [decisions]]
"""

import io
import sys
import time
import uuid
from collections.abc import Callable
from statistics import median, quantiles

from psycopg import Connection as Driver
from sqlalchemy import text

from bench.home import own_home
from claims.catalogue.card import Filters
from claims.catalogue.cards import load_cards
from claims.catalogue.find import find_claim, find_claims, search_claims
from claims.cli.context import open_database
from claims.database.engine import Database, OpenSession
from claims.exchange.formats.jsonl import write_jsonl
from claims.exchange.rows import copy_lines
from claims.exchange.selection import Selection
from claims.model.moment import AsOf
from claims.sources.cards import load_source_card
from claims.sources.timeline import load_timeline

CLAIMS, DECISIONS, EACH, SOURCES, RUNS = 200_000, 20_000, 20, 50_000, 200
TARGETS = "targets: one claim p95 10 ms, all of 1,000,000 claims 30 s"

FILL = """
    SET session_replication_role = replica;
    ALTER TABLE claims.claim DISABLE TRIGGER ALL;
    ALTER TABLE claims.attribution DISABLE TRIGGER ALL;
    ALTER TABLE claims.source DISABLE TRIGGER ALL;
    ALTER TABLE claims.source_name DISABLE TRIGGER ALL;
    ALTER TABLE claims.source_merged DISABLE TRIGGER ALL;
    INSERT INTO claims.run (id, command, inputs, tool_version, extractor_version)
        VALUES ('{run}', 'bench', '[]', '0', '0');
    INSERT INTO claims.reviewer (id, name) VALUES ('{run}', 'Bench');
    INSERT INTO claims.source (id, kind, name)
        SELECT md5('s' || n)::uuid, 'person', 'Person ' || n FROM generate_series(1, {sources}) n;
    INSERT INTO claims.source_name (id, source, name, kind, keys)
        SELECT md5('n' || n)::uuid, md5('s' || n)::uuid, 'Person ' || n, 'canonical',
               ARRAY['p=person' || n] FROM generate_series(1, {sources}) n;
    INSERT INTO claims.document (id, outlet, title, published_at, status, language, run)
        SELECT md5('d' || n)::uuid, md5('s' || 1 + n % 40)::uuid, 'Article ' || n,
               timestamptz '2000-01-01' + n * interval '3 hours', 'usable', 'en', '{run}'
          FROM generate_series(1, {documents}) n;
    INSERT INTO claims.archive_record (id, retrieved_at, media_type, payload, sha256, size, run)
        VALUES (md5('r')::uuid, now(), 'text/plain', '', sha256(''), 0, '{run}');
    INSERT INTO claims.document_version
           (id, document, number, text, sha256, retrieved_at, reader, archive_record, run)
        SELECT md5('v' || n)::uuid, md5('d' || n)::uuid, 1,
               repeat('Person said words. ', 150),
               sha256(convert_to(repeat('Person said words. ', 150), 'UTF8')),
               now(), 'bench', md5('r')::uuid, '{run}'
          FROM generate_series(1, {documents}) n;
    -- Claims 0, 1, 2 … were decided on: all of them once, the first half twice.
    INSERT INTO claims.claim (id, version, form, content_spans, text, speaker, listed_on, status,
                              run, rule, extractor_score, revision, statement)
        SELECT md5('c' || n)::uuid, md5('v' || (n / {each} + 1))::uuid, 'paraphrase',
               int4multirange(int4range(20 * (n % {each}), 20 * (n % {each}) + 18)), 'said words',
               md5('s' || floor({sources} ^ random()))::uuid,
               (timestamptz '2000-01-01' + (n / {each} + 1) * interval '3 hours')::date,
               CASE WHEN n < {once} THEN 'accepted' ELSE 'proposed' END,
               '{run}', 'bench', 0.5,
               CASE WHEN n < {twice} THEN 2 WHEN n < {once} THEN 1 ELSE 0 END,
               CASE WHEN n < {twice} THEN 'Words were said.' END
          FROM generate_series(0, {claims} - 1) n;
    INSERT INTO claims.attribution (claim, position, source, mention, mention_spans, cue, cue_spans,
                                    mode, link_rule)
        SELECT id, 1, speaker, 'Person', '{{[0,6)}}'::int4multirange, 'said',
               '{{[7,11)}}'::int4multirange, 'says', 'new'
          FROM claims.claim
        UNION ALL
        SELECT md5('c' || n)::uuid, 2, md5('s' || 1 + n % 40)::uuid, 'Person', '{{[0,6)}}',
               'said', '{{[7,11)}}', 'says', 'new'
          FROM generate_series(0, {claims} - 1, 3) n;
    -- Sources from the end were renamed, or merged into the one before them.
    UPDATE claims.source AS s SET revision = 1,
           name = CASE WHEN m.n % 2 = 0 THEN 'Persona ' || m.n ELSE s.name END,
           merged_into = CASE WHEN m.n % 2 = 1 THEN md5('s' || m.n - 1)::uuid END
      FROM generate_series({sources} - {curated} + 1, {sources}) AS m(n)
     WHERE s.id = md5('s' || m.n)::uuid;
    INSERT INTO claims.source_merged
        SELECT s.id, s.merged_into FROM claims.source AS s WHERE s.merged_into IS NOT NULL;
"""
DECIDE = {
    "accept": """
        SELECT md5('a' || n)::uuid, 'accept', 'claim', md5('c' || n)::uuid, 1,
               '{{"status": "proposed"}}'::jsonb, '{{"status": "accepted"}}'::jsonb
          FROM generate_series({first}, {last}) n WHERE n < {once}
    """,
    "curate": """
        SELECT md5('m' || n)::uuid, 'edit', 'source', md5('s' || n)::uuid, 1,
               CASE WHEN n % 2 = 0 THEN jsonb_build_object('name', 'Person ' || n)
                    ELSE '{{"merged_into": null}}' END,
               CASE WHEN n % 2 = 0 THEN jsonb_build_object('name', 'Persona ' || n)
                    ELSE jsonb_build_object('merged_into', md5('s' || n - 1)::uuid) END
          FROM generate_series({sources} - {curated} + 1 + {first},
                               {sources} - {curated} + 1 + {last}) n
         WHERE n <= {sources}
    """,
    "correct": """
        SELECT md5('b' || n)::uuid, 'correct', 'claim', c.id, 2,
               CASE WHEN n % 2 = 0 THEN '{{"statement": null}}'::jsonb
                    ELSE '{{"statement": null, "chain": [{{"source": null, "mention": [[0, 6]],
                        "cue": [[7, 11]], "capacity": [], "mode": "says", "link_rule": null,
                        "link_score": null, "link_reason": null}}]}}' END,
               '{{"statement": "Words were said."}}'::jsonb
          FROM generate_series({first}, {last}) n
          JOIN claims.claim AS c ON c.id = md5('c' || n)::uuid
         WHERE n < {twice}
    """,
}
INSERT = (
    "INSERT INTO claims.decision (id, action, subject_kind, subject, revision, before, after,"
    " reviewer, tool_version) SELECT d.*, '{run}'::uuid, '0' FROM ({rows}) AS d"
)
BATCH = 500
"""Decisions a transaction: within one the head's dead rows pile up and slow the next."""


def fill(database: Database, claims: int, decisions: int) -> int:
    """Make claims and the ledger; returns the last decision's number."""
    curated = decisions // 20
    once = (decisions - curated) * 2 // 3
    values: dict[str, object] = {
        "run": uuid.uuid4(), "claims": claims, "sources": SOURCES, "each": EACH,
        "documents": claims // EACH + 1, "curated": curated, "once": once, "twice": once // 2,
    }  # fmt: skip
    with database.engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, Driver)
        driver.execute(FILL.format(**values).encode())
        driver.commit()
        for first in range(0, once, BATCH):
            for rows in DECIDE.values():
                span = {"first": first, "last": first + BATCH - 1}
                chosen = rows.format(**values, **span)
                driver.execute(INSERT.format(run=values["run"], rows=chosen).encode())
            driver.commit()
        driver.autocommit = True
        driver.execute("VACUUM ANALYZE")
        head = driver.execute("SELECT no FROM claims.ledger_head").fetchone()
    assert head is not None
    return int(head[0])


def spent(act: Callable[[int], object], runs: int) -> list[float]:
    """Milliseconds of each of several runs."""
    times = []
    for run in range(runs):
        began = time.perf_counter()
        act(run)
        times.append(1000 * (time.perf_counter() - began))
    return times


def one_claim(session: OpenSession, prefixes: list[str]) -> Callable[[int], object]:
    """As `claims show ID` does it, of another claim each time."""
    return lambda run: load_cards(session, [find_claim(session, prefixes[run % len(prefixes)])])


def measure(session: OpenSession, prefixes: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each thing that can be asked, in one state."""
    source = session.scalar(text("SELECT md5('s700')::uuid"))
    assert source is not None
    return {
        "one claim": spent(one_claim(session, prefixes), RUNS),
        "list of 50": spent(
            lambda _: load_cards(session, find_claims(session, Filters(), limit=50)), 3
        ),
        "search": spent(lambda _: search_claims(session, "statement words", limit=20), 3),
        "one source": spent(lambda _: load_source_card(session, source), 3),
        "timeline": spent(lambda _: load_timeline(session, source, Filters(), limit=50), 3),
        "export, accepted": spent(
            lambda _: write_jsonl(copy_lines(session, Selection("accepted")), io.BytesIO()), 1
        ),
        "export, proposed": spent(
            lambda _: write_jsonl(copy_lines(session, Selection("proposed")), io.BytesIO()), 1
        ),
    }


def main() -> None:
    """Print each figure beside that of the present."""
    arguments = [int(argument) for argument in sys.argv[1:]]
    claims, decisions = (*arguments, *(CLAIMS, DECISIONS)[len(arguments) :])
    with own_home(), open_database() as database:
        began = time.perf_counter()
        head = fill(database, claims, decisions)
        with database.reader() as session:
            at = session.scalar(text("SELECT clock_timestamp()"))
            ids = session.scalars(text("SELECT id FROM claims.claim WHERE revision > 0 LIMIT 500"))
            prefixes = [str(id_) for id_ in ids]
            present = measure(session, prefixes)
        assert at is not None
        print(f"{claims} claims, {head} decisions, made in {time.perf_counter() - began:.0f} s")
        print(TARGETS)
        with database.reader(AsOf(head // 2, at, "the middle")) as session:
            past = measure(session, prefixes)
    print(f"{'':<18}{'present':>20}{'as of the middle':>24}")
    for name, times in past.items():
        now = present[name]
        p95 = f"  p95 {quantiles(times, n=20)[-1]:.1f}" if len(times) >= RUNS else ""
        print(f"{name:<18}{median(now):>17.1f} ms{median(times):>14.1f} ms{p95}")


if __name__ == "__main__":
    main()
