-- What reviewers did and what waits, as counts. Days are UTC.

-- name: days
SELECT (d.at AT TIME ZONE 'UTC')::date AS day, count(*) AS decisions,
       count(*) FILTER (WHERE d.action = 'undo') AS undone
  FROM claims.decision AS d
 WHERE d.at >= CAST(:since AS timestamptz)
 GROUP BY 1 ORDER BY 1

-- How long claims have waited since their text was read, in days.
-- name: waiting
SELECT width_bucket(extract(epoch FROM CAST(:now AS timestamptz) - v.retrieved_at) / 86400,
                    ARRAY[0, 1, 7, 30, 90]::double precision[]) AS age, count(*) AS claims
  FROM claims.waiting AS w
  JOIN claims.claim AS c ON c.id = w.claim
  JOIN claims.document_version AS v ON v.id = c.version
 GROUP BY 1 ORDER BY 1

-- The same of the past, of which no queue is kept: by what state each claim was in.
-- name: waiting_then
SELECT width_bucket(extract(epoch FROM CAST(:now AS timestamptz) - v.retrieved_at) / 86400,
                    ARRAY[0, 1, 7, 30, 90]::double precision[]) AS age, count(*) AS claims
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
 WHERE c.status = ANY (CAST(:waiting AS text[])) AND d.status <> 'withdrawn'
 GROUP BY 1 ORDER BY 1

-- A claim that was corrected was right but for what the editor changed.
-- name: rules
SELECT c.rule AS name, count(*) FILTER (WHERE c.status = 'accepted') AS accepted,
       count(*) FILTER (WHERE c.status = 'corrected') AS corrected,
       count(*) FILTER (WHERE c.status = 'rejected') AS rejected
  FROM claims.claim AS c
 WHERE c.status IN ('accepted', 'corrected', 'rejected') AND c.extractor_score IS NOT NULL
 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT :most

-- name: outlets
SELECT coalesce(s.name, 'not named') AS name, count(*) FILTER (WHERE c.status = 'accepted') AS accepted,
       count(*) FILTER (WHERE c.status = 'corrected') AS corrected,
       count(*) FILTER (WHERE c.status = 'rejected') AS rejected
  FROM claims.claim AS c
  JOIN claims.document_version AS v ON v.id = c.version
  JOIN claims.document AS d ON d.id = v.document
  LEFT JOIN claims.source_merged AS m ON m.source = d.outlet
  LEFT JOIN claims.source AS s ON s.id = coalesce(m.root, d.outlet)
 WHERE c.status IN ('accepted', 'corrected', 'rejected') AND c.extractor_score IS NOT NULL
 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT :most

-- Of the claims with about this score, how many people took for claims.
-- name: scores
SELECT least(floor(c.extractor_score * 10), 9)::integer AS bin, avg(c.extractor_score) AS score,
       count(*) AS decided, count(*) FILTER (WHERE c.status <> 'rejected') AS accepted
  FROM claims.claim AS c
 WHERE c.status IN ('accepted', 'corrected', 'rejected') AND c.extractor_score IS NOT NULL
 GROUP BY 1 ORDER BY 1
