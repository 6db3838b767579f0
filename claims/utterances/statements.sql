-- Claims that are due, with all that decides what they are compared by. Those under embargo stay due: they
-- are taken when it ends, or if they were counted before.
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
       coalesce(d.hidden_until > now(), false) AS hidden
  FROM (SELECT q.claim FROM claims.quote_due AS q WHERE q.claim > :after
         ORDER BY q.claim LIMIT :most FOR UPDATE SKIP LOCKED) AS q
  LEFT JOIN claims.claim AS c ON c.id = q.claim
  LEFT JOIN claims.document_version AS v ON v.id = c.version
  LEFT JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_merged AS m ON m.source = c.speaker
  LEFT JOIN claims.source AS s ON s.id = coalesce(m.root, c.speaker)
  LEFT JOIN claims.attribution AS a ON a.claim = c.id AND a.position = 1;

-- name: stored
SELECT k.claim, k.key, k.word_group, k.speaker, k.denied, k.printed_at, k.day, k.counted
  FROM claims.quote_key AS k WHERE k.claim = ANY (:claims);

-- name: known_keys
SELECT w.key FROM claims.quote_words AS w WHERE w.key = ANY (:keys);

-- name: unused_keys
SELECT o.key FROM unnest(CAST(:keys AS bigint[])) AS o(key)
 WHERE NOT EXISTS (SELECT FROM claims.quote_key AS k WHERE k.key = o.key);

-- How many wordings have each hash, counted no further than matters.
-- name: counts
SELECT o.hash, (SELECT count(*) FROM (SELECT FROM claims.quote_sketch AS s WHERE s.hash = o.hash LIMIT :most) AS n) AS holders
  FROM unnest(CAST(:hashes AS integer[])) AS o(hash);

-- name: holders
SELECT s.hash, s.key FROM claims.quote_sketch AS s WHERE s.hash = ANY (CAST(:hashes AS integer[]));

-- name: words
SELECT w.key, w.words FROM claims.quote_words AS w WHERE w.key = ANY (:keys);

-- name: sketches
SELECT s.key, s.hash FROM claims.quote_sketch AS s WHERE s.key = ANY (:keys);

-- name: pairs_among
SELECT p.a, p.b FROM claims.quote_pair AS p WHERE p.a = ANY (:keys) AND p.b = ANY (:keys);

-- Of pairs of wordings those that share two hashes that few have.
-- name: sharing
SELECT o.a, o.b
  FROM unnest(CAST(:one AS bigint[]), CAST(:another AS bigint[])) AS o(a, b)
  JOIN claims.quote_sketch AS x ON x.key = o.a
  JOIN claims.quote_sketch AS y ON y.key = o.b AND y.hash = x.hash
 WHERE (SELECT count(*) FROM (SELECT FROM claims.quote_sketch AS s WHERE s.hash = x.hash LIMIT :most + 1) AS n) <= :most
 GROUP BY o.a, o.b HAVING count(*) >= 2;

-- name: pairs_of
SELECT p.a, p.b, p.relation, p.share, p.run, p.changes FROM claims.quote_pair AS p WHERE p.a = ANY (:keys)
UNION
SELECT p.a, p.b, p.relation, p.share, p.run, p.changes FROM claims.quote_pair AS p WHERE p.b = ANY (:keys);

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

-- name: groups_of
SELECT g.id, g.key, g.speaker, g.denied, g.first_claim, g.printed_at, g.day, g.leader, g.kind, g.score, g.reasons,
       g.other, g.other_score, g.other_reasons, g.method
  FROM claims.quote_group AS g WHERE g.key = ANY (:keys);

-- name: led_by
SELECT g.key FROM claims.quote_group AS g WHERE g.leader = ANY (:groups) OR g.other = ANY (:groups);

-- What people settled between claims that are the first of their group.
-- name: settled
SELECT l.a, l.b, true AS joined FROM claims.claim_link AS l
 WHERE l.linked_by IS NOT NULL AND l.kind IN ('same_words', 'same_content') AND (l.a = ANY (:claims) OR l.b = ANY (:claims))
UNION
SELECT l.a, l.b, false FROM claims.link_refused AS l
 WHERE l.kind IN ('same_words', 'same_content') AND (l.a = ANY (:claims) OR l.b = ANY (:claims));

-- name: keys_of_claims
SELECT k.key FROM claims.quote_key AS k WHERE k.claim = ANY (:claims);

-- name: add_words
INSERT INTO claims.quote_words (key, words, size)
SELECT o.key, o.words, o.size FROM unnest(CAST(:keys AS bigint[]), CAST(:words AS text[]), CAST(:sizes AS integer[])) AS o(key, words, size)
ON CONFLICT (key) DO NOTHING;

-- name: add_sketches
INSERT INTO claims.quote_sketch (hash, key)
SELECT o.hash, o.key FROM unnest(CAST(:hashes AS integer[]), CAST(:keys AS bigint[])) AS o(hash, key) ORDER BY 1, 2
ON CONFLICT (hash, key) DO NOTHING;

-- name: forget
SELECT claims.forget_quotes(CAST(:due AS uuid[]), CAST(:gone AS uuid[]), CAST(:unused AS bigint[]), CAST(:empty AS bigint[]));

-- name: forget_pairs
SELECT claims.forget_pairs(CAST(:one AS bigint[]), CAST(:another AS bigint[]));

-- name: add_claims
INSERT INTO claims.quote_key (claim, key, word_group, speaker, denied, printed_at, day, counted)
SELECT o.* FROM unnest(CAST(:claims AS uuid[]), CAST(:keys AS bigint[]), CAST(:groups AS bigint[]), CAST(:speakers AS uuid[]),
                       CAST(:denied AS boolean[]), CAST(:printed AS timestamptz[]), CAST(:days AS date[]), CAST(:counted AS boolean[])) AS o
ON CONFLICT (claim) DO UPDATE
   SET key = excluded.key, word_group = excluded.word_group, speaker = excluded.speaker, denied = excluded.denied,
       printed_at = excluded.printed_at, day = excluded.day, counted = excluded.counted;

-- name: hold
SELECT h.method FROM claims.quote_head AS h FOR UPDATE;

-- name: is_due
SELECT q.claim FROM claims.quote_due AS q LIMIT 1;

-- name: count_due
SELECT count(*) FROM claims.quote_due AS q;

-- name: save_groups
INSERT INTO claims.quote_group AS g
       (id, key, speaker, denied, first_claim, printed_at, day, leader, kind, score, reasons,
        other, other_score, other_reasons, method)
SELECT r.id, r.key, r.speaker, r.denied, r.first_claim, r.printed_at, r.day, r.leader, r.kind, r.score, r.reasons,
       r.other, r.other_score, r.other_reasons, r.method
  FROM jsonb_populate_recordset(CAST(NULL AS claims.quote_group), CAST(:rows AS jsonb)) AS r
ON CONFLICT (id) DO UPDATE
   SET key = excluded.key, speaker = excluded.speaker, denied = excluded.denied, first_claim = excluded.first_claim,
       printed_at = excluded.printed_at, day = excluded.day, leader = excluded.leader, kind = excluded.kind,
       score = excluded.score, reasons = excluded.reasons, other = excluded.other, other_score = excluded.other_score,
       other_reasons = excluded.other_reasons, method = excluded.method;

-- name: save_pairs
INSERT INTO claims.quote_pair (a, b, relation, share, run, changes)
SELECT r.a, r.b, r.relation, r.share, r.run, r.changes
  FROM jsonb_populate_recordset(CAST(NULL AS claims.quote_pair), CAST(:rows AS jsonb)) AS r
ON CONFLICT (a, b) DO NOTHING;
