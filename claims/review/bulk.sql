-- How often people left a proposal as it was, of all that they decided one by one: by rule and form, for each
-- program and version of it.
-- What was accepted together says nothing of single claims, and what was undone does not hold.
-- name: precision
SELECT c.rule, c.form, r.command, r.extractor_version, count(*) AS decided,
       count(*) FILTER (WHERE d.after ->> 'status' IN ('accepted', 'corrected')
                          AND NOT jsonb_exists_any(d.after, ARRAY['content', 'form', 'chain'])) AS unchanged
  FROM claims.decision AS d
  JOIN claims.claim AS c ON c.id = d.subject
  JOIN claims.run AS r ON r.id = c.run
 WHERE d.subject_kind = 'claim' AND d.action IN ('accept', 'reject', 'settle') AND d.batch IS NULL
   AND NOT EXISTS (SELECT FROM claims.decision AS u WHERE u.undoes = d.id)
 GROUP BY c.rule, c.form, r.command, r.extractor_version;
