-- The sources that the chains of an article name: whose turn it is as they first appear in its text, which are named
-- closest to a place, and whether people settled one as the speaker of another claim.
-- name: named
SELECT source, turn, nearness, settled
  FROM (SELECT source, settled,
               row_number() OVER (ORDER BY replaced, first NULLS LAST, source) + CASE WHEN replaced THEN :most ELSE 0 END
                   AS turn,
               row_number() OVER (ORDER BY distance NULLS LAST, source) AS nearness
          FROM (SELECT coalesce(m.root, a.source) AS source,
                       bool_and(c.status = 'replaced') AS replaced,
                       min(lower(a.mention_spans)) FILTER (WHERE c.status <> 'replaced') AS first,
                       min(abs(lower(a.mention_spans) - :start)) AS distance,
                       bool_or(c.id <> :claim AND a.position = 1 AND c.status IN ('accepted', 'corrected')) AS settled
                  FROM claims.attribution AS a
                  JOIN claims.claim AS c ON c.id = a.claim
                  LEFT JOIN claims.source_merged AS m ON m.source = a.source
                 WHERE c.version = :version AND a.source IS NOT NULL
                 GROUP BY 1) AS each_source) AS numbered
 WHERE turn <= :most OR nearness <= :most + 1 OR settled
 ORDER BY turn;

-- Where the chains of an article name sources, and which of them people settled as speakers.
-- name: named_where
SELECT coalesce(m.root, a.source) AS source, a.mention_spans,
       a.position = 1 AND c.status IN ('accepted', 'corrected') AS settled
  FROM claims.attribution AS a
  JOIN claims.claim AS c ON c.id = a.claim
  LEFT JOIN claims.source_merged AS m ON m.source = a.source
 WHERE c.version = :version AND c.id <> :claim AND a.source IS NOT NULL AND c.status <> 'replaced';

-- Sources by words of a name, with what tells namesakes apart. Claims are counted up to a hundred: of whoever has
-- more of them nobody asks how many.
-- name: search
WITH asked AS (
    SELECT regexp_replace(CAST(:words AS text), '[^\w\s]', '\\\&', 'g') AS pattern),
named AS (
    SELECT coalesce(m.root, n.source) AS id,
           bool_or(n.name ~* ('\m' || q.pattern || '\M')) AS whole,
           bool_or(n.name ~* ('\m' || q.pattern || '\W*$')) AS ends,
           bool_or(lower(n.name) LIKE lower(substr(CAST(:like AS text), 2))) AS begins,
           min(length(n.name)) AS length
      FROM claims.source_name AS n
      CROSS JOIN asked AS q
      LEFT JOIN claims.source_merged AS m ON m.source = n.source
     WHERE lower(n.name) LIKE lower(CAST(:like AS text))
     GROUP BY 1),
here AS (
    SELECT DISTINCT coalesce(m.root, a.source) AS id
      FROM claims.attribution AS a
      JOIN claims.claim AS c ON c.id = a.claim
      LEFT JOIN claims.source_merged AS m ON m.source = a.source
     WHERE c.version = :version AND a.source IS NOT NULL),
best AS (
    SELECT n.*, h.id IS NOT NULL AS here
      FROM named AS n LEFT JOIN here AS h ON h.id = n.id
     ORDER BY n.whole DESC, h.id IS NOT NULL DESC, n.ends DESC, n.begins DESC, n.length, n.id
     LIMIT :most)
SELECT b.id, b.here,
       (SELECT r.title FROM claims.source_role AS r
         WHERE r.source = b.id ORDER BY upper(r.valid) DESC NULLS FIRST, r.id LIMIT 1) AS office,
       (SELECT max(c.listed_on) FROM claims.claim AS c WHERE c.speaker = b.id) AS latest,
       (SELECT count(*) FROM (SELECT FROM claims.claim AS c
                               WHERE c.speaker = b.id AND c.status <> 'replaced' LIMIT 100) AS theirs) AS claims
  FROM best AS b
 ORDER BY b.whole DESC, b.here DESC, b.ends DESC, b.begins DESC, b.length, b.id;
