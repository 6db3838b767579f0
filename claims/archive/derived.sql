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

-- Which words stand in more than one text; a temporary table, because its query may use two
-- processes, and one that writes into claims.waiting may not.
-- name: repeated
CREATE TEMPORARY TABLE repeated ON COMMIT DROP AS
WITH keyed AS MATERIALIZED (
    SELECT c.id, c.version,
           md5(regexp_replace(lower(c.text), '[^[:alnum:]]+', ' ', 'g')) AS words
      FROM claims.claim AS c WHERE char_length(c.text) >= 30)
SELECT k.id AS claim, r.texts
  FROM keyed AS k
  JOIN (SELECT words, count(DISTINCT version) AS texts FROM keyed
         GROUP BY words HAVING count(*) > 1) AS r ON r.words = k.words;

-- name: waiting
INSERT INTO claims.waiting (claim, version, arrived_at, starts, put_aside, uncertainty,
                            published_at, printed, speaker, outlet, form)
SELECT c.id, c.version, v.recorded_at, lower(c.content_spans), c.status = 'later',
       coalesce(abs(c.extractor_score - 0.5), 0), coalesce(d.published_at, 'infinity'),
       coalesce(r.texts, 1), c.speaker, d.outlet, c.form
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN repeated AS r ON r.claim = c.id
 WHERE c.status IN ('proposed', 'later', 'second_reading', 'disputed') AND d.shown_status <> 'withdrawn'
 ORDER BY c.id;

-- name: readers
UPDATE claims.waiting AS w
   SET first_reader = r.first_reader, second_reader = r.second_reader
  FROM read_by AS r WHERE r.claim = w.claim;
