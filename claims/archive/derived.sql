-- What the database keeps by itself, derived from the rows that were copied in.

-- name: merged
INSERT INTO claims.source_merged (source, root)
WITH RECURSIVE way AS (
    SELECT s.id AS source, s.merged_into AS here, ARRAY[s.id] AS passed
      FROM claims.source AS s WHERE s.merged_into IS NOT NULL
    UNION ALL
    SELECT w.source, s.merged_into, w.passed || s.id
      FROM way AS w JOIN claims.source AS s ON s.id = w.here
     WHERE s.merged_into IS NOT NULL AND s.id <> ALL (w.passed))
SELECT w.source, w.here
  FROM way AS w JOIN claims.source AS s ON s.id = w.here
 WHERE s.merged_into IS NULL;

-- name: head
UPDATE claims.ledger_head AS h SET no = d.no, digest = d.digest
  FROM (SELECT no, digest FROM claims.decision ORDER BY no DESC LIMIT 1) AS d;

-- name: publishers
UPDATE claims.document AS d
   SET killed_by = claims.kill_in_force(d.id), embargoed_until = claims.embargo_in_force(d.id)
 WHERE d.id IN (SELECT n.document FROM claims.notice AS n WHERE n.kind = 'kill' AND n.document IS NOT NULL
                UNION SELECT s.document FROM claims.sighting AS s WHERE s.embargo IS NOT NULL);

-- Words are compared again: `claims compare`.
-- name: quotes_due
INSERT INTO claims.quote_due (claim) SELECT c.id FROM claims.claim AS c;
-- Copies are found anew from the articles: `claims compare`.
-- name: compared
INSERT INTO claims.comparison_due (document) SELECT DISTINCT s.document FROM claims.sighting AS s;

-- How often words are printed is counted by `claims compare`. The turn of two texts of one moment is as
-- claims.queue_articles gives it.
-- name: waiting_articles
INSERT INTO claims.waiting_article (turn, version, published_at, outlet)
WITH asked AS MATERIALIZED (
    SELECT (extract(epoch FROM v.recorded_at) * 1000000)::bigint AS turn, v.id AS version,
           coalesce(d.published_at, 'infinity') AS published_at, d.outlet,
           row_number() OVER (ORDER BY v.recorded_at, v.id) AS place
      FROM claims.document_version AS v JOIN claims.document AS d ON d.id = v.document
     WHERE d.shown_status <> 'withdrawn'
       AND EXISTS (SELECT FROM claims.claim AS c
                    WHERE c.version = v.id AND c.status IN ('proposed', 'later', 'second_reading', 'disputed')))
SELECT place - 1 + max(turn - place + 1) OVER (ORDER BY place), version, published_at, outlet FROM asked;

-- name: waiting
INSERT INTO claims.waiting (claim, turn, starts, uncertainty, put_aside, form, speaker, class)
SELECT c.id, a.turn, lower(c.content_spans), coalesce(least(abs(c.extractor_score - 0.5), abs(c.name_score - 0.5)), 0), c.status = 'later',
       c.form, c.speaker, c.class
  FROM claims.claim AS c JOIN claims.waiting_article AS a ON a.version = c.version
 WHERE c.status IN ('proposed', 'later', 'second_reading', 'disputed')
 ORDER BY c.id;

-- name: readers
UPDATE claims.waiting AS w
   SET first_reader = nullif(r.first_reader, '00000000-0000-0000-0000-000000000000'),
       second_reader = nullif(r.second_reader, '00000000-0000-0000-0000-000000000000')
  FROM read_by AS r WHERE r.claim = w.claim;
