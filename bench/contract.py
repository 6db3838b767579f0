"""The published views at a million claims: milliseconds of each query that programs send.

Claims are made in the database by SQL alone from one seed: articles of 3 KB with 20 claims each,
two hops a claim, speakers and words as often as names and words are in news (Zipf), 50,000 sources
of which 1,000 were merged into others, offices, ratings; 5 % of the claims are published, a tenth
of them corrected, each by its decision in the ledger. The laws' triggers are off while claims are
made, because what they check is not what is measured; numbers and digests of decisions are the
ledger's own.

Each query is sent as a program sends it, over psycopg to the server, a thousand times with other
values: speakers as often as they speak. The same values are sent once before, so that figures are
of a server that has been in use. Beside the clock stand the processor milliseconds of program and
server, mean of all, which a busy machine changes less.

    python -m bench.contract [claims [questions]]
"""

import os
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, LiteralString

from bench.home import own_home
from bench.processor import seconds_until_now
from claims.cli.context import open_database

if TYPE_CHECKING:
    from psycopg import Connection

CLAIMS, EACH, SOURCES, OUTLETS, RUNS, PAGE = 1_000_000, 20, 50_000, 200, 1000, 50

# Words of two to four syllables: what is frequent is short, as in English.
FILL = """
    SELECT setseed(0.7);
    SET session_replication_role = replica;
    SET LOCAL synchronous_commit = off;
    ALTER TABLE claims.claim DISABLE TRIGGER ALL;
    ALTER TABLE claims.attribution DISABLE TRIGGER ALL;
    ALTER TABLE claims.source DISABLE TRIGGER ALL;
    ALTER TABLE claims.source_merged DISABLE TRIGGER ALL;
    ALTER TABLE claims.source_name DISABLE TRIGGER ALL;
    ALTER TABLE claims.source_role DISABLE TRIGGER ALL;
    ALTER TABLE claims.outlet_rating DISABLE TRIGGER ALL;
    INSERT INTO claims.run (id, command, inputs, tool_version, extractor_version)
        VALUES ('{run}', 'bench', '[]', '0', '0');
    INSERT INTO claims.reviewer (id, name) VALUES ('{run}', 'Bench');

    INSERT INTO claims.source (id, kind, name)
        SELECT md5('s' || n)::uuid, 'person', 'Person ' || n FROM generate_series(1, {sources}) n;
    INSERT INTO claims.source (id, kind, name)
        SELECT md5('o' || n)::uuid, 'outlet', 'Outlet ' || n FROM generate_series(1, {outlets}) n;
    INSERT INTO claims.source_name (id, source, name, kind, keys)
        SELECT md5('n' || s.id)::uuid, s.id, s.name, 'canonical', ARRAY['p=' || s.name]
          FROM claims.source s;
    -- Rarely quoted ones into often quoted ones, and the second into the first.
    UPDATE claims.source AS s SET revision = 1, merged_into = md5('s' || m.target)::uuid
      FROM (SELECT 2 AS n, 1 AS target
             UNION ALL SELECT {sources} - k, 3 + k FROM generate_series(1, 999) k) AS m
     WHERE s.id = md5('s' || m.n)::uuid;
    INSERT INTO claims.source_merged
        SELECT s.id, s.merged_into FROM claims.source AS s WHERE s.merged_into IS NOT NULL;
    INSERT INTO claims.source_role (id, source, title, organisation, valid, keys)
        SELECT md5('r' || n || '-' || k)::uuid, md5('s' || n)::uuid, 'office ' || k,
               md5('s' || {sources} - n)::uuid,
               daterange(DATE '2010-01-01' + 1500 * k, DATE '2010-01-01' + 1500 * (k + 1)), '{{}}'
          FROM generate_series(1, 3000) n, generate_series(0, 3) k;
    INSERT INTO claims.outlet_rating (id, outlet, rating, rated_on, rated_by, why)
        SELECT md5('g' || n || '-' || k)::uuid, md5('o' || n)::uuid, substr('ABCDEF', 1 + n % 6, 1),
               DATE '2008-01-01' + 900 * k, '{run}', 'because'
          FROM generate_series(1, {outlets}, 2) n, generate_series(0, 5) k;

    CREATE TEMP TABLE word AS
        SELECT n, (SELECT string_agg(substr('bakelimonuresadetifogulavepizohyjuwaxe',
                                            1 + 2 * (n / (19 ^ k)::int % 19), 2), '' ORDER BY k)
                     FROM generate_series(0, 1 + (n > 360)::int + (n > 6858)::int) k) AS word
          FROM generate_series(0, 19999) n;
    CREATE TEMP TABLE said AS
        SELECT n, n / {each} + 1 AS document, n % {each} AS place,
               (SELECT string_agg(w.words[floor(20000 ^ random() + 0 * g)::int], ' ')
                  FROM generate_series(1, 15 + n % 8) g) AS words
          FROM generate_series(0, {claims} - 1) n,
               (SELECT array_agg(word ORDER BY n) AS words FROM word) AS w;
    -- A sentence: who, what, through whom; three kilobytes an article.
    CREATE TEMP TABLE sentence AS
        SELECT s.n, s.document, s.place, s.words,
               sum(length(s.words) + 36) OVER (PARTITION BY s.document ORDER BY s.place)
               - length(s.words) - 36 AS starts
          FROM said AS s;
    DROP TABLE said;
    INSERT INTO claims.document (id, outlet, url, title, published_at, status, language, run)
        SELECT md5('d' || n)::uuid, md5('o' || floor({outlets} ^ random())::int)::uuid,
               'https://example.org/' || n, 'Article ' || n,
               timestamptz '2008-01-01 00:00Z' + n * interval '6 years' / {documents}
                   + n * interval '8 years' / {documents},
               'usable', 'en', '{run}'
          FROM generate_series(1, {documents}) n;
    INSERT INTO claims.archive_record (id, retrieved_at, media_type, payload, sha256, size, run)
        VALUES (md5('r')::uuid, now(), 'text/plain', '', sha256(''), 0, '{run}');
    INSERT INTO claims.document_version
           (id, document, number, text, sha256, retrieved_at, reader, archive_record, run)
        SELECT md5('v' || t.document)::uuid, md5('d' || t.document)::uuid, 1, t.text,
               sha256(convert_to(t.text, 'UTF8')), now(), 'bench', md5('r')::uuid, '{run}'
          FROM (SELECT s.document,
                       string_agg('The mayor said "' || s.words || '", the agency told.\n', ''
                                  ORDER BY s.place) AS text
                  FROM sentence AS s GROUP BY s.document) AS t;
"""
CLAIM = """
    INSERT INTO claims.claim (id, version, form, content_spans, text, speaker, said_on, listed_on,
                              status, run, rule, extractor_score, revision, statement)
        SELECT md5('c' || s.n)::uuid, md5('v' || s.document)::uuid, 'quote',
               int4multirange(int4range(s.starts::int + 15, s.starts::int + 17 + length(s.words))),
               '"' || s.words || '"', md5('s' || floor({sources} ^ random())::int)::uuid,
               CASE WHEN s.n % 3 = 0 THEN daterange(d.day, d.day, '[]') END, d.day,
               CASE WHEN p.rank % 20 <> 0 THEN 'proposed'
                    WHEN p.rank % 200 = 0 THEN 'corrected' ELSE 'accepted' END,
               '{run}', 'bench', 0.5,
               CASE WHEN p.rank % 20 <> 0 THEN 0 WHEN p.rank % 200 = 0 THEN 2 ELSE 1 END,
               CASE WHEN p.rank % 20 = 0 THEN 'It is said that ' || s.words END
          FROM sentence AS s
          JOIN (SELECT md5('d' || n)::uuid AS id, n FROM generate_series(1, {documents}) n) AS k
            ON k.n = s.document
          JOIN (SELECT o.id, (o.published_at AT TIME ZONE 'UTC')::date AS day
                  FROM claims.document AS o) AS d ON d.id = k.id
         CROSS JOIN LATERAL (SELECT s.n * 7919::bigint AS rank) AS p
         ORDER BY s.n;
    INSERT INTO claims.attribution (claim, position, source, mention, mention_spans, cue, cue_spans,
                                    mode, link_rule)
        SELECT c.id, h.position, CASE h.position WHEN 1 THEN c.speaker
                                 ELSE md5('o' || floor({outlets} ^ random())::int)::uuid END,
               CASE h.position WHEN 1 THEN 'The mayor' ELSE 'the agency' END, '{{[0,9)}}',
               CASE h.position WHEN 1 THEN 'said' ELSE 'told' END, '{{[10,14)}}',
               CASE WHEN random() < 0.05 THEN 'denies' ELSE 'says' END, 'new'
          FROM claims.claim AS c CROSS JOIN (VALUES (1), (2)) AS h(position);
    SET session_replication_role = origin;
"""
DECIDE = """
    INSERT INTO claims.decision (id, action, subject_kind, subject, revision, before, after,
                                 reviewer, tool_version)
        SELECT md5('{action}' || c.id)::uuid, '{action}', 'claim', c.id, {revision},
               '{before}', '{after}', '{run}', '0'
          FROM claims.claim AS c
         WHERE c.revision >= {revision} AND c.id > '{last}' ORDER BY c.id LIMIT 500
     RETURNING subject
"""
INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
     WHERE indrelid IN ('claims.claim'::regclass, 'claims.attribution'::regclass)
       AND NOT indisunique
"""

Values = dict[str, object]


def fill(driver: "Connection[Any]", claims: int) -> None:
    """Make the claims; the database is dropped afterwards, the laws stay off until then."""
    values: Values = {
        "run": uuid.UUID(int=7), "claims": claims, "sources": SOURCES, "each": EACH,
        "outlets": OUTLETS, "documents": claims // EACH + 1,
    }  # fmt: skip
    # Indexes of words take hours when kept up row by row, minutes when made of all rows.
    indexes = driver.execute(INDEXES).fetchall()
    for name, _ in indexes:
        driver.execute(f"DROP INDEX {name}".encode())
    driver.execute(FILL.format(**values).encode())
    driver.execute(CLAIM.format(**values).encode())
    driver.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        driver.execute(definition.encode())
    driver.commit()
    for action, revision, before, after in (
        ("accept", 1, '{"status": "proposed", "statement": null}', '{"status": "accepted"}'),
        ("correct", 2, '{"status": "accepted"}', '{"status": "corrected"}'),
    ):
        decide(driver, values | {"action": action, "revision": revision, "before": before,
                                 "after": after})  # fmt: skip
    driver.autocommit = True
    driver.execute("VACUUM (ANALYZE)")
    driver.autocommit = False


def decide(driver: "Connection[Any]", values: Values) -> None:
    """The ledger's rows, 500 a transaction: within one the head's dead rows pile up."""
    last = "00000000-0000-0000-0000-000000000000"
    while True:
        made = driver.execute(DECIDE.format(**values, last=last).encode()).fetchall()
        driver.commit()
        if not made:
            return
        last = str(max(row[0] for row in made))


def timed(
    ask: Callable[[Any], object], values: Sequence[Any], backend: int
) -> tuple[list[float], float]:
    """Milliseconds of each question, after all were asked once, and of the processor on average."""
    for value in values:
        ask(value)
    spent = []
    before = seconds_until_now(backend)
    for value in values:
        began = time.perf_counter()
        ask(value)
        spent.append(1000 * (time.perf_counter() - began))
    processor = (seconds_until_now(backend) - before).processor
    return spent, 1000 * processor / len(values)


def fetch(driver: "Connection[Any]", query: LiteralString, row: Sequence[object]) -> list[Any]:
    """All rows of a query's answer."""
    return driver.execute(query, row).fetchall()


def tell(label: str, spent: list[float], processor: float, target: str) -> None:
    """One line: median, p95, p99, the processor's part and what was promised."""
    cuts = quantiles(spent, n=100)
    print(
        f"{label:<44} median {median(spent):7.2f}  p95 {cuts[94]:7.2f}  p99 {cuts[98]:7.2f} ms"
        f"  processor {processor:6.2f} ms   {target}",
        flush=True,
    )


QUERIES: dict[str, tuple[LiteralString, str]] = {
    "one speaker's timeline page": (
        "SELECT * FROM claims_v1.timeline(%s, 50)", "must p99 10, aim 2"),
    "the next page by key": (
        "SELECT * FROM claims_v1.timeline(%s, 50, %s)", "must p99 10, aim 2"),
    "one claim": ("SELECT * FROM claims_v1.claims WHERE claim = %s", "must p99 10, aim 2"),
    "its trace": (
        "SELECT * FROM claims_v1.attributions WHERE claim = %s ORDER BY position",
        "must p99 10, aim 2"),
    "its trace in one line": ("SELECT claims_v1.chain_text(%s)", "must p99 10, aim 2"),
    "full-text search, 50 best": (
        "SELECT * FROM claims_v1.search(%s, 50)", "must p95 50, aim 20"),
    "who_said_what by speaker and month": (
        ("SELECT * FROM claims_v1.who_said_what WHERE speaker = %s AND day >= %s"
        " AND day < %s::date + 31"), "must p95 50, aim 10"),
    "who_said_what by month": (
        "SELECT * FROM claims_v1.who_said_what WHERE day >= %s AND day < %s::date + 31", ""),
    "claims of a speaker, sorted by the reader": (
        ("SELECT * FROM claims_v1.claims WHERE speaker_id = %s ORDER BY day DESC NULLS LAST, claim"
        " LIMIT 50"), ""),
    "claims_as_of for one claim": (
        "SELECT * FROM claims_v1.claims_as_of(%s, %s)", "must p95 10, aim 3"),
    "changes since a token, 1,000": ("SELECT * FROM claims_v1.changes_since(%s, 1000)", ""),
}  # fmt: skip


def values_for(driver: "Connection[Any]", runs: int = RUNS) -> dict[str, list[tuple[Any, ...]]]:
    """What each query is asked about."""
    spoken = driver.execute(
        "SELECT speaker_id, speaker, day, claim FROM claims_v1.claims ORDER BY md5(claim::text)"
        " LIMIT %s", [runs]
    ).fetchall()  # fmt: skip
    # Words as a reader would ask for: one to three, none of them among the hundred commonest.
    words = driver.execute(
        "SELECT array_to_string((regexp_split_to_array(content, '[^a-z]+'))"
        "[3:3 + hashtext(content) %% 2], ' ') FROM claims_v1.claims"
        " ORDER BY md5(claim::text) LIMIT %s", [runs]
    ).fetchall()  # fmt: skip
    tokens = driver.execute(
        "SELECT token FROM claims_v1.changes ORDER BY md5(token) LIMIT 50"
    ).fetchall()
    speakers = [(row[0],) for row in spoken]
    last = {
        row: driver.execute("SELECT * FROM claims_v1.timeline(%s, 50)", row).fetchall()[-1][0]
        for row in set(speakers)
    }
    [(middle,)] = driver.execute(
        "SELECT min(at) + (max(at) - min(at)) / 2 FROM claims_v1.decisions"
    ).fetchall()
    months = [(row[1], row[2], row[2]) for row in spoken]
    return {
        "one speaker's timeline page": speakers,
        "the next page by key": [(row[0], last[row]) for row in speakers],
        "one claim": [(row[3],) for row in spoken],
        "its trace": [(row[3],) for row in spoken],
        "its trace in one line": [(row[3],) for row in spoken],
        "full-text search, 50 best": words,
        "who_said_what by speaker and month": months,
        "who_said_what by month": [(row[1], row[2]) for row in months[:100]],
        "claims of a speaker, sorted by the reader": speakers,
        "claims_as_of for one claim": [(middle, row[3]) for row in spoken],
        "changes since a token, 1,000": tokens,
    }


def main() -> None:
    """Print one line for each query of the contract."""
    claims, runs, *_ = *map(int, sys.argv[1:]), *(CLAIMS, RUNS)[len(sys.argv) - 1 :]
    with own_home(), open_database() as database:
        began = time.perf_counter()
        with database.engine.connect() as connection:
            driver: Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
            fill(driver, claims)
            took = time.perf_counter() - began
            print(f"{claims} claims made in {took:.0f} s, load {os.getloadavg()[0]:.1f}")
            driver.execute("SET default_transaction_read_only = on")
            values = values_for(driver, runs)
            for label, (query, target) in QUERIES.items():
                asked = partial(fetch, driver, query)
                spent, processor = timed(asked, values[label], driver.info.backend_pid)
                tell(label, spent, processor, target)
            [[moment, _], *_] = values["claims_as_of for one claim"]
            began = time.perf_counter()
            [[count]] = driver.execute(
                "SELECT count(*) FROM claims_v1.claims_as_of(%s)", [moment]
            ).fetchall()
            spent_on_all = time.perf_counter() - began
            print(f"claims_as_of for all, {count} of them: {spent_on_all:.1f} s   must 30, aim 10")


if __name__ == "__main__":
    main()
