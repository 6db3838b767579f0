"""A timeline's page at a million claims: milliseconds, and the plan that PostgreSQL chose.

Claims are made in the database by SQL alone, 20 an article, their speakers as often as names are in
news (Zipf); the laws' triggers are off while they are made, because what they check is not what is
measured. The page asked for is that of the most quoted speaker, of a middling one, and of one whom
another was merged into.

    python -m bench.timeline [claims]
"""

import sys
import time
import uuid
from statistics import median, quantiles

from sqlalchemy import Connection, text

from bench.home import own_home
from claims.catalogue.card import Filters
from claims.cli.context import open_database
from claims.sources.cards import load_members
from claims.sources.timeline import load_timeline, timeline_query

CLAIMS, EACH, SOURCES, PAGE, RUNS = 1_000_000, 20, 50_000, 50, 60

FILL = """
    SET session_replication_role = replica;
    ALTER TABLE claims.claim DISABLE TRIGGER ALL;
    ALTER TABLE claims.attribution DISABLE TRIGGER ALL;
    ALTER TABLE claims.source DISABLE TRIGGER ALL;
    ALTER TABLE claims.source_name DISABLE TRIGGER ALL;
    INSERT INTO claims.run (id, command, inputs, tool_version, extractor_version)
        VALUES ('{run}', 'bench', '[]', '0', '0');
    INSERT INTO claims.source (id, kind, name)
        SELECT md5('s' || n)::uuid, 'person', 'Person ' || n FROM generate_series(1, {sources}) n;
    INSERT INTO claims.source_name (id, source, name, kind, keys)
        SELECT md5('n' || n)::uuid, md5('s' || n)::uuid, 'Person ' || n, 'canonical',
               ARRAY['p=person' || n] FROM generate_series(1, {sources}) n;
    INSERT INTO claims.document (id, title, published_at, status, language, run)
        SELECT md5('d' || n)::uuid, 'Article ' || n,
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
    INSERT INTO claims.claim (id, version, form, content_spans, text, speaker, listed_on, status,
                              run, rule, extractor_score)
        SELECT md5('c' || n)::uuid, md5('v' || (n / {each} + 1))::uuid, 'paraphrase',
               int4multirange(int4range(20 * (n % {each}), 20 * (n % {each}) + 18)), 'said words',
               md5('s' || floor({sources} ^ random()))::uuid,
               (timestamptz '2000-01-01' + (n / {each} + 1) * interval '3 hours')::date,
               'proposed', '{run}', 'bench', 0.5
          FROM generate_series(0, {claims} - 1) n;
    INSERT INTO claims.attribution (claim, position, source, mention, mention_spans, cue, cue_spans,
                                    mode, link_rule)
        SELECT id, 1, speaker, 'Person', '{{[0,6)}}', 'said', '{{[7,11)}}', 'says', 'new'
          FROM claims.claim;
    ALTER TABLE claims.source_merged DISABLE TRIGGER ALL;
    INSERT INTO claims.source_merged VALUES (md5('s2')::uuid, md5('s900')::uuid);
    SET session_replication_role = origin;
    ANALYZE;
"""


def fill(connection: Connection, claims: int) -> None:
    """Make the claims; the database is dropped afterwards, its laws stay off until then."""
    values = {
        "run": uuid.uuid4(), "claims": claims, "sources": SOURCES, "each": EACH,
        "documents": claims // EACH + 1,
    }  # fmt: skip
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(FILL.format(**values))


def main() -> None:
    """Print milliseconds of each speaker's page, first and deep, and the plan of one."""
    claims = int(sys.argv[1]) if len(sys.argv) > 1 else CLAIMS
    with own_home(), open_database() as database:
        began = time.perf_counter()
        with database.engine.begin() as connection:
            fill(connection, claims)
        print(f"{claims} claims made in {time.perf_counter() - began:.0f} s")
        with database.reader() as session:
            for label, number in (("most quoted", 1), ("middling", 700), ("merged", 900)):
                source = session.scalar(text("SELECT md5(:n)::uuid"), {"n": f"s{number}"})
                assert source is not None
                count = session.scalar(
                    text("SELECT count(*) FROM claims.claim WHERE speaker = :s"), {"s": source}
                )
                deep = load_timeline(session, source, Filters(), limit=PAGE)[-1].claim.id
                for page, after in (("first", None), ("second", deep)):
                    spent = []
                    for _ in range(RUNS):
                        began = time.perf_counter()
                        load_timeline(session, source, Filters(), limit=PAGE, after=after)
                        spent.append(1000 * (time.perf_counter() - began))
                    p95 = quantiles(spent, n=20)[-1]
                    print(
                        f"{label} ({count} claims), {page} page of {PAGE}:"
                        f" median {median(spent):.1f} ms, p95 {p95:.1f} ms"
                    )
                query = timeline_query(load_members(session, source), Filters(), PAGE)
                times = []
                for _ in range(RUNS):
                    began = time.perf_counter()
                    session.execute(query).all()
                    times.append(1000 * (time.perf_counter() - began))
                print(f"{label}: ids alone median {median(times):.2f} ms")
            sql = str(
                query.compile(
                    dialect=session.get_bind().dialect, compile_kwargs={"literal_binds": True}
                )
            )
            plan = session.connection().exec_driver_sql("EXPLAIN " + sql)
            print("\n".join(row[0] for row in plan))


if __name__ == "__main__":
    main()
