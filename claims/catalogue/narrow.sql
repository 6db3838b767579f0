-- Which rows a query has to look at: from indexes of the present, and in the past from what was decided later.

-- The documents published last, all of those of the last moment, and those whose date was another in the past
-- that the session reads, if it reads one.
-- name: newest_documents
WITH newest AS MATERIALIZED (
     SELECT o.id, o.published_at
       FROM claims.document AS o
      WHERE o.published_at IS NOT NULL
        AND (CAST(:until AS timestamptz) IS NULL OR o.published_at <= :until)
      ORDER BY o.published_at DESC
      FETCH FIRST :most ROWS WITH TIES)
SELECT count(*) AS documents, min(n.published_at) AS oldest,
       array_agg(n.id) || ARRAY(SELECT d.subject
                                  FROM claims.decision AS d
                                 WHERE d.no > nullif(current_setting('claims.as_of_no', true), '')::bigint
                                   AND d.subject_kind = 'document' AND jsonb_exists(d.before, 'published_at'))
           AS ids
  FROM newest AS n;

-- Claims in which words stand today, as many as are ranked; and all whose words were others then, or which may
-- be under embargo.
-- name: claims_with_words
WITH reworded AS MATERIALIZED (
     SELECT DISTINCT d.subject AS id
       FROM claims.decision AS d
      WHERE d.no > current_setting('claims.as_of_no')::bigint
        AND d.subject_kind = 'claim'
        AND (jsonb_exists(d.before, 'statement') OR jsonb_exists(d.before, 'text'))),
hidden AS MATERIALIZED (
     SELECT v.id
       FROM claims.document_version AS v
      WHERE v.document IN (SELECT o.id FROM claims.document AS o WHERE o.embargoed_until IS NOT NULL
                            UNION SELECT c.document FROM claims.document_change AS c
                                   WHERE c.embargo_before IS NOT NULL))
(SELECT c.id
   FROM claims.claim AS c
  WHERE to_tsvector('english', coalesce(c.statement, '') || ' ' || c.text) @@ websearch_to_tsquery('english', :words)
    AND c.recorded_at <= current_setting('claims.as_of')::timestamptz
    AND c.id NOT IN (SELECT r.id FROM reworded AS r)
    AND c.version NOT IN (SELECT h.id FROM hidden AS h)
  LIMIT :most)
UNION ALL
SELECT r.id FROM reworded AS r
UNION ALL
SELECT c.id
  FROM claims.claim AS c
 WHERE c.version IN (SELECT h.id FROM hidden AS h)
   AND to_tsvector('english', coalesce(c.statement, '') || ' ' || c.text) @@ websearch_to_tsquery('english', :words);
