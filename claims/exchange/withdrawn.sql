-- What is withdrawn today, in the tables as they are, and was published and relied on in the state of the
-- past that the session reads.
-- name: withdrawn_since
SELECT c.id, d.id AS document, d.url,
       CASE WHEN c.status = 'withdrawn' THEN 'it was withdrawn since' ELSE 'its article was withdrawn since' END AS why
  FROM claims.document AS d
  JOIN claims.document_version AS v ON v.document = d.id
  JOIN claims.claim AS c ON c.version = v.id
 WHERE (d.shown_status = 'withdrawn' OR c.status = 'withdrawn')
   AND EXISTS (SELECT FROM claims_v1_past.claims AS p
                WHERE p.claim = c.id AND p.document_status <> 'withdrawn')
 ORDER BY c.id;
