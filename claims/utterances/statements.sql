-- All claims that are due, a portion a row, in the order in which groups are placed: what comes so changes little of
-- what is there.
-- name: portions
SELECT CAST(array_agg(o.claim) AS text) AS claims
  FROM (SELECT q.claim, (row_number() OVER (ORDER BY c.speaker IS NULL, d.published_at NULLS LAST, q.claim) - 1) / :most
                        AS portion
          FROM claims.quote_due AS q
          LEFT JOIN claims.claim AS c ON c.id = q.claim
          LEFT JOIN claims.document_version AS v ON v.id = c.version
          LEFT JOIN claims.document AS d ON d.id = v.document) AS o
 GROUP BY o.portion ORDER BY o.portion;

-- Claims that are due. For a few of them the statements that follow are planned once for all, for planning takes
-- longer than running them; for thousands each is planned for what it is about.
-- name: take_due
WITH q AS (
    SELECT q.claim FROM claims.quote_due AS q WHERE q.claim > :after ORDER BY q.claim LIMIT :most FOR UPDATE SKIP LOCKED
)
SELECT q.claim
  FROM q
 CROSS JOIN (SELECT set_config('plan_cache_mode',
                               CASE WHEN count(*) <= 50 THEN 'force_generic_plan' ELSE 'auto' END, true) AS mode
               FROM q) AS m
 WHERE m.mode <> ''
 ORDER BY q.claim;

-- The same of a portion.
-- name: take_portion
WITH q AS (
    SELECT q.claim FROM claims.quote_due AS q WHERE q.claim = ANY (CAST(:claims AS uuid[])) FOR UPDATE SKIP LOCKED
)
SELECT q.claim
  FROM q
 CROSS JOIN (SELECT set_config('plan_cache_mode',
                               CASE WHEN count(*) <= 50 THEN 'force_generic_plan' ELSE 'auto' END, true) AS mode
               FROM q) AS m
 WHERE m.mode <> ''
 ORDER BY q.claim;

-- Of claims that are due all that decides what they are compared by, and what they were compared by. Those under
-- embargo stay due: they are taken when it ends, or if they were counted before.
-- name: due
SELECT q.claim, c.text, coalesce(m.root, c.speaker) AS speaker, s.kind AS speaker_kind,
       coalesce(a.mode = 'denies', false) AS denied, coalesce(d.published_at, '9999-12-31 00:00+00') AS printed_at,
       coalesce(lower(c.said_on), (d.published_at AT TIME ZONE 'UTC')::date) AS day,
       c.status NOT IN ('rejected', 'withdrawn', 'replaced') AND d.shown_status <> 'withdrawn'
           AND (d.hidden_until IS NULL OR d.hidden_until <= now()) AS counted,
       EXISTS (SELECT FROM claims.claim_link AS l WHERE l.linked_by IS NOT NULL AND l.a = c.id)
           OR EXISTS (SELECT FROM claims.claim_link AS l WHERE l.linked_by IS NOT NULL AND l.b = c.id)
           OR EXISTS (SELECT FROM claims.link_refused AS l WHERE l.a = c.id)
           OR EXISTS (SELECT FROM claims.link_refused AS l WHERE l.b = c.id) AS settled,
       coalesce(d.hidden_until > now(), false) AS hidden,
       k.key, k.word_group, k.speaker AS old_speaker, k.denied AS old_denied, k.printed_at AS old_printed_at,
       k.day AS old_day, k.counted AS old_counted
  FROM unnest(CAST(:claims AS uuid[])) AS q(claim)
  LEFT JOIN claims.claim AS c ON c.id = q.claim
  LEFT JOIN claims.document_version AS v ON v.id = c.version
  LEFT JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_merged AS m ON m.source = c.speaker
  LEFT JOIN claims.source AS s ON s.id = coalesce(m.root, c.speaker)
  LEFT JOIN claims.attribution AS a ON a.claim = c.id AND a.position = 1
  LEFT JOIN claims.quote_key AS k ON k.claim = q.claim
 ORDER BY q.claim;

-- name: unused_keys
SELECT o.key FROM unnest(CAST(:keys AS bigint[])) AS o(key)
 WHERE NOT EXISTS (SELECT FROM claims.quote_key AS k WHERE k.key = o.key);

-- How many wordings have each hash, counted no further than matters.
-- name: counts
SELECT o.hash, (SELECT count(*) FROM (SELECT FROM claims.quote_sketch AS s WHERE s.hash = o.hash LIMIT :most) AS n) AS holders
  FROM unnest(CAST(:hashes AS integer[])) AS o(hash);

-- name: holders
SELECT s.hash, array_agg(s.key) AS keys FROM claims.quote_sketch AS s
 WHERE s.hash = ANY (CAST(:hashes AS integer[])) GROUP BY s.hash;

-- name: words
SELECT w.key, w.words FROM claims.quote_words AS w WHERE w.key = ANY (CAST(:keys AS bigint[]));

-- name: pairs_among
SELECT p.a, p.b FROM claims.quote_pair AS p WHERE p.a = ANY (CAST(:keys AS bigint[])) AND p.b = ANY (CAST(:keys AS bigint[]));

-- name: pairs_of
SELECT p.a, p.b, p.relation, p.share, p.run, p.changes FROM claims.quote_pair AS p WHERE p.a = ANY (CAST(:keys AS bigint[]))
UNION
SELECT p.a, p.b, p.relation, p.share, p.run, p.changes FROM claims.quote_pair AS p WHERE p.b = ANY (CAST(:keys AS bigint[]));

-- The earliest counted claim of each group, and the wording under which the group is stored; a group that
-- is empty and not stored is none.
-- name: firsts
SELECT o.id, coalesce(f.key, g.key) AS key, f.speaker, f.denied, f.claim AS first_claim, f.printed_at, f.day
  FROM unnest(CAST(:groups AS bigint[])) AS o(id)
  LEFT JOIN claims.quote_group AS g ON g.id = o.id
  LEFT JOIN LATERAL (
       SELECT k.* FROM claims.quote_key AS k WHERE k.word_group = o.id AND k.counted
        ORDER BY k.printed_at, k.claim LIMIT 1) AS f ON true
 WHERE f.claim IS NOT NULL OR g.id IS NOT NULL;

-- The groups of wordings: of those with a named speaker the first in their order, or all; and those by nobody named.
-- name: groups_of
SELECT g.id, g.key, g.speaker, g.denied, g.first_claim, g.printed_at, g.day, g.leader, g.kind, g.score, g.reasons,
       g.other, g.other_score, g.other_reasons, g.method
  FROM unnest(CAST(:keys AS bigint[])) AS o(key)
 CROSS JOIN LATERAL (
       (SELECT n.* FROM claims.quote_group AS n WHERE n.key = o.key AND n.speaker IS NOT NULL
         ORDER BY n.printed_at, n.first_claim LIMIT :first)
       UNION ALL
       SELECT n.* FROM claims.quote_group AS n WHERE n.key = o.key AND n.speaker IS NULL) AS g;

-- Of wordings that very many speakers have: the groups of some speakers, and those since a moment.
-- name: groups_beyond
SELECT g.id, g.key, g.speaker, g.denied, g.first_claim, g.printed_at, g.day, g.leader, g.kind, g.score, g.reasons,
       g.other, g.other_score, g.other_reasons, g.method
  FROM claims.quote_group AS g WHERE g.key = ANY (CAST(:keys AS bigint[])) AND g.speaker = ANY (CAST(:speakers AS uuid[]))
UNION
SELECT g.id, g.key, g.speaker, g.denied, g.first_claim, g.printed_at, g.day, g.leader, g.kind, g.score, g.reasons,
       g.other, g.other_score, g.other_reasons, g.method
  FROM claims.quote_group AS g
 WHERE g.key = ANY (CAST(:keys AS bigint[])) AND g.speaker IS NOT NULL AND g.printed_at >= :since;

-- name: led_by
SELECT g.key, g.id FROM claims.quote_group AS g WHERE g.leader = ANY (CAST(:groups AS bigint[])) OR g.other = ANY (CAST(:groups AS bigint[]));

-- What people settled between claims: that they report the same, that they do not, or how else they answer each
-- other, which says that they do not.
-- name: settled
SELECT l.a, l.b, l.kind IN ('same_words', 'same_content') AS joined FROM claims.claim_link AS l
 WHERE l.linked_by IS NOT NULL AND (l.a = ANY (CAST(:claims AS uuid[])) OR l.b = ANY (CAST(:claims AS uuid[])))
UNION
SELECT l.a, l.b, false FROM claims.link_refused AS l
 WHERE l.kind IN ('same_words', 'same_content')
   AND (l.a = ANY (CAST(:claims AS uuid[])) OR l.b = ANY (CAST(:claims AS uuid[])));

-- name: keys_of_claims
SELECT k.key FROM claims.quote_key AS k WHERE k.claim = ANY (CAST(:claims AS uuid[]));

-- Wordings that are not stored yet, with their hashes; in the order of the indexes, whose pages are then read once. Told are which they are, in the row without a hash, and for
-- each hash the wordings that had it before, no more of them than matter.
-- name: add_words
WITH added AS (
    INSERT INTO claims.quote_words (key, words, size)
    SELECT o.key, o.words, o.size
      FROM unnest(CAST(:keys AS bigint[]), CAST(:words AS text[]), CAST(:sizes AS integer[])) AS o(key, words, size)
     ORDER BY 1
    ON CONFLICT (key) DO NOTHING RETURNING key
), hashed AS (
    SELECT o.hash, o.key FROM unnest(CAST(:hashes AS integer[]), CAST(:owners AS bigint[])) AS o(hash, key)
      JOIN added AS w ON w.key = o.key
), sketched AS (
    INSERT INTO claims.quote_sketch (hash, key) SELECT h.hash, h.key FROM hashed AS h ORDER BY 1, 2
)
SELECT NULL AS hash, array_agg(w.key) AS keys FROM added AS w
UNION ALL
SELECT h.hash, n.keys
  FROM (SELECT DISTINCT h.hash FROM hashed AS h ORDER BY 1) AS h
 CROSS JOIN LATERAL (
       SELECT array_agg(n.key) AS keys
         FROM (SELECT s.key FROM claims.quote_sketch AS s WHERE s.hash = h.hash LIMIT :most) AS n) AS n
 WHERE n.keys IS NOT NULL;

-- name: forget_words
SELECT claims.forget_wordings(CAST(:unused AS bigint[]), CAST(:hashes AS integer[]));

-- name: forget_groups
SELECT claims.forget_groups(CAST(:empty AS bigint[]));

-- name: forget_pairs
SELECT claims.forget_pairs(CAST(:one AS bigint[]), CAST(:another AS bigint[]));

-- name: save_claims
WITH pairs AS (
    INSERT INTO claims.quote_pair (a, b, relation, share, run, changes)
    SELECT r.a, r.b, r.relation, r.share, r.run, coalesce(string_to_array(r.changes, chr(10)), '{}')
      FROM unnest(CAST(:a AS bigint[]), CAST(:b AS bigint[]), CAST(:relations AS text[]), CAST(:shares AS real[]),
                  CAST(:runs AS integer[]), CAST(:changes AS text[])) AS r(a, b, relation, share, run, changes)
     ORDER BY 1, 2
    ON CONFLICT (a, b) DO NOTHING
), keys AS (
    INSERT INTO claims.quote_key (claim, key, word_group, speaker, denied, printed_at, day, counted)
    SELECT o.* FROM unnest(CAST(:claims AS uuid[]), CAST(:keys AS bigint[]), CAST(:groups AS bigint[]),
                           CAST(:speakers AS uuid[]), CAST(:denied AS boolean[]), CAST(:printed AS timestamptz[]),
                           CAST(:days AS date[]), CAST(:counted AS boolean[])) AS o
    ON CONFLICT (claim) DO UPDATE
       SET key = excluded.key, word_group = excluded.word_group, speaker = excluded.speaker, denied = excluded.denied,
           printed_at = excluded.printed_at, day = excluded.day, counted = excluded.counted
)
SELECT claims.forget_quotes(CAST(:due AS uuid[]), CAST(:gone AS uuid[]));

-- name: hold
SELECT h.method FROM claims.quote_head AS h FOR UPDATE;

-- Whether more claims are due than these.
-- name: is_more
SELECT q.claim FROM claims.quote_due AS q OFFSET :most LIMIT 1;

-- name: is_due
SELECT q.claim FROM claims.quote_due AS q LIMIT 1;

-- name: count_due
SELECT count(*) FROM claims.quote_due AS q;

-- name: save_groups
INSERT INTO claims.quote_group AS g
       (id, key, speaker, denied, first_claim, printed_at, day, leader, kind, score, reasons,
        other, other_score, other_reasons, method)
SELECT r.id, r.key, r.speaker, r.denied, r.first_claim, r.printed_at, r.day, r.leader, r.kind, r.score,
       string_to_array(r.reasons, chr(10)), r.other, r.other_score, string_to_array(r.other_reasons, chr(10)), r.method
  FROM unnest(CAST(:ids AS bigint[]), CAST(:keys AS bigint[]), CAST(:speakers AS uuid[]), CAST(:denied AS boolean[]),
              CAST(:first_claims AS uuid[]), CAST(:printed AS timestamptz[]), CAST(:days AS date[]),
              CAST(:leaders AS bigint[]), CAST(:kinds AS text[]), CAST(:scores AS double precision[]),
              CAST(:reasons AS text[]), CAST(:others AS bigint[]), CAST(:other_scores AS double precision[]),
              CAST(:other_reasons AS text[]), CAST(:methods AS text[]))
       AS r(id, key, speaker, denied, first_claim, printed_at, day, leader, kind, score, reasons,
            other, other_score, other_reasons, method)
ON CONFLICT (id) DO UPDATE
   SET key = excluded.key, speaker = excluded.speaker, denied = excluded.denied, first_claim = excluded.first_claim,
       printed_at = excluded.printed_at, day = excluded.day, leader = excluded.leader, kind = excluded.kind,
       score = excluded.score, reasons = excluded.reasons, other = excluded.other, other_score = excluded.other_score,
       other_reasons = excluded.other_reasons, method = excluded.method;

-- name: save_pairs
INSERT INTO claims.quote_pair (a, b, relation, share, run, changes)
SELECT r.a, r.b, r.relation, r.share, r.run, coalesce(string_to_array(r.changes, chr(10)), '{}')
  FROM unnest(CAST(:a AS bigint[]), CAST(:b AS bigint[]), CAST(:relations AS text[]), CAST(:shares AS real[]),
              CAST(:runs AS integer[]), CAST(:changes AS text[])) AS r(a, b, relation, share, run, changes)
 ORDER BY 1, 2
ON CONFLICT (a, b) DO NOTHING;
